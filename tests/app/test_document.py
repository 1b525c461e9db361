from __future__ import annotations

import numpy as np
import pytest

from app.document.document import Document
from tests.app.pictures import document, fill_edit


class Reader:
    """Stands for a worker that reads the picture."""


def fill(doc: Document, seed: int, finished: object = None) -> None:
    mask = np.zeros(doc.size, np.bool_)
    mask[10:14, 20:25] = True
    doc.apply(fill_edit(doc, mask, None, seed), finished)


def test_a_borrowed_picture_does_not_change_under_its_reader() -> None:
    doc = document()
    reader = Reader()
    doc.lend_to(reader)
    borrowed, before = doc.image, doc.image.copy()
    fill(doc, 7)
    assert np.array_equal(borrowed, before)
    assert (doc.image[10:14, 20:25] == 7).all()
    assert np.shares_memory(doc.shown.arrays[0], doc.image)


def test_without_a_reader_nothing_is_copied() -> None:
    doc = document()
    reader = Reader()
    doc.lend_to(reader)
    image = doc.image
    fill(doc, 7, finished=reader)
    assert doc.image is image
    doc.lend_to(reader)
    del reader
    fill(doc, 8)
    assert doc.image is image
    assert (image[10:14, 20:25] == 8).all()


def test_nobody_outside_can_write_on_the_picture() -> None:
    doc = document()
    with pytest.raises(ValueError, match="read-only"):
        doc.image[0, 0] = 0


def test_the_photo_to_be_saved_is_the_picture_as_it_is_now() -> None:
    doc = document()
    fill(doc, 9)
    assert np.array_equal(doc.photo.pixels, doc.image)
    assert (doc.photo.pixels[10:14, 20:25] == 9).all()
