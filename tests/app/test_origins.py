"""Do the pictures of origins say of every pixel what the probe says?"""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.document.document import Document
from app.document.edits import Filled
from app.document.origins import Origins, write_origins
from app.document.provenance import End
from app.windows.origin_flow import LANE
from inpainting_core.api import Box, CorrespondenceField, FieldKind, ImageWriteError, Point, sources_at
from tests.app.conftest import Desk
from tests.app.pictures import document, fill_edit

HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def filled_thrice() -> Document:
    """Return a picture with a copied fill, a computed one over a part of it, and a copied one apart."""
    doc = document(60, 80)
    for box, offset in (
        (Box(10, 10, 20, 30), (3, 35)),
        (Box(20, 20, 20, 10), None),
        (Box(45, 60, 9, 9), (-7, -9)),
    ):
        mask = np.zeros(doc.size, np.bool_)
        mask[box.slices] = True
        mask[box.top, box.left] = False
        doc.apply(fill_edit(doc, mask, offset, 9))
    return doc


def read(path: Path) -> tuple[np.ndarray, np.ndarray, dict[str, object]]:
    classes = Image.open(path)
    assert classes.mode == "P"
    sources = cv2.imread(str(path.with_name(f"{path.stem}_sources.png")), cv2.IMREAD_UNCHANGED)
    assert sources.dtype == np.uint16
    return np.array(classes), sources[..., ::-1], json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_every_pixel_is_as_the_probe_says(tmp_path: Path) -> None:
    doc = filled_thrice()
    write_origins(tmp_path / "a.png", Origins.of(doc))
    classes, sources, told = read(tmp_path / "a.png")
    assert classes.shape == doc.size
    for y, x in np.ndindex(*doc.size):
        trace = doc.provenance.trace(Point(y, x))
        if trace.steps:
            source = trace.steps[0].sources[0].box
            assert (classes[y, x], *sources[y, x]) == (1, source.left, source.top, 65535)
        else:
            assert classes[y, x] == (2 if trace.end is End.NO_FIELD else 0)
            assert not sources[y, x].any()
    counts = np.bincount(classes.ravel(), minlength=3).tolist()
    assert min(counts) > 0
    assert told["classes"]["pixels"] == dict(zip(("original", "copied", "synthesised"), counts, strict=True))
    owner = doc.provenance.owner
    assert [fill["pixels_left"] for fill in told["fills"]] == [int((owner == n).sum()) for n in (1, 2, 3)]
    assert [fill["is_copied"] for fill in told["fills"]] == [True, False, True]
    assert (told["height"], told["width"]) == (60, 80)


def test_coarse_fields_lead_into_their_source_cells(tmp_path: Path) -> None:
    doc = document(64, 64)
    box = Box(16, 16, 16, 16)
    offsets = np.random.default_rng(2).integers(-4, 5, (4, 4, 1, 2)).astype(np.int16)
    field = CorrespondenceField(
        Point(16, 16),
        (4.0, 4.0),
        offsets,
        np.ones((4, 4, 1), np.float32),
        np.ones((4, 4), np.bool_),
        Box(0, 0, 64, 64),
        FieldKind.PATCH,
    )
    doc.provenance.add((Filled(box, field, "", "patchmatch"),))
    doc.provenance.owner[box.slices] = 1
    write_origins(tmp_path / "a.png", Origins.of(doc))
    classes, sources, _ = read(tmp_path / "a.png")
    assert (classes[box.slices] == 1).all()
    for y, x in np.argwhere(classes == 1):
        there = sources_at(field, Point(int(y), int(x)))[0].box
        assert there.contains(Point(int(sources[y, x, 1]), int(sources[y, x, 0])))


def test_an_untouched_picture_is_all_original(tmp_path: Path) -> None:
    write_origins(tmp_path / "a.png", Origins.of(document(30, 40)))
    classes, sources, told = read(tmp_path / "a.png")
    assert not classes.any()
    assert not sources.any()
    assert told["classes"]["pixels"] == {"original": 1200, "copied": 0, "synthesised": 0}


def test_it_is_asked_for_by_its_key(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doc = desk.open(filled_thrice())
    target = tmp_path / "caf\u00e9.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    desk.key(Qt.Key.Key_E, HELD)
    desk.wait(lambda: not desk.program.models.background.is_busy(LANE))
    assert "caf\u00e9.png" in desk.program.window.status_line.currentMessage()
    assert np.array_equal(read(target)[0] > 0, doc.provenance.owner > 0)


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])
def test_no_file_is_replaced_that_nobody_was_asked_about(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: QMessageBox.StandardButton
) -> None:
    """The dialog asks about the name that was chosen; the table's name beside it may be somebody's own."""
    desk.open(filled_thrice())
    target, table = tmp_path / "trip.png", tmp_path / "trip.json"
    table.write_text("mine")
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    monkeypatch.setattr(QMessageBox, "question", lambda *args: (asked.append(args[2]), answer)[1])
    desk.key(Qt.Key.Key_E, HELD)
    desk.wait(lambda: not desk.program.models.background.is_busy(LANE))
    assert asked == ["There is trip.json already. Replace it?"]
    is_replaced = answer == QMessageBox.StandardButton.Yes
    assert (table.read_text() == "mine") is not is_replaced
    assert target.exists() is is_replaced


def test_what_cannot_be_written_is_said(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.open(filled_thrice())
    target = tmp_path / "gone" / "a.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    desk.key(Qt.Key.Key_E, HELD)
    desk.wait(lambda: not desk.program.models.background.is_busy(LANE))
    assert "could not be written" in desk.program.window.stage.messages.text
    with pytest.raises(ImageWriteError):
        write_origins(target, Origins.of(desk.document))
