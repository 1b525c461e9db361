from __future__ import annotations

import numpy as np

from app.document.document import Document
from app.document.provenance import End
from inpainting_core.api import Box, Point
from tests.app.pictures import document, fill_edit


def fill(doc: Document, box: Box, offset: tuple[int, int] | None) -> None:
    mask = np.zeros(doc.size, np.bool_)
    mask[box.slices] = True
    doc.apply(fill_edit(doc, mask, offset))


def test_an_untouched_pixel_is_its_own_origin() -> None:
    trace = document().provenance.trace(Point(5, 6))
    assert trace.end is End.ORIGINAL
    assert trace.steps == ()


def test_a_filled_pixel_leads_to_the_pixel_it_copies() -> None:
    doc = document()
    fill(doc, Box(50, 60, 10, 10), (0, -20))
    trace = doc.provenance.trace(Point(52, 63))
    assert trace.end is End.ORIGINAL
    assert [(step.pixel, step.sources) for step in trace.steps] == [
        (Point(52, 63), ((Box(52, 43, 1, 1), 1.0),))
    ]
    assert (doc.image[52, 63] == doc.image[52, 43]).all()


def test_a_chain_runs_through_earlier_fills() -> None:
    doc = document()
    fill(doc, Box(50, 60, 10, 10), (0, -20))
    fill(doc, Box(50, 80, 10, 10), (0, -20))
    trace = doc.provenance.trace(Point(55, 85))
    assert [step.pixel for step in trace.steps] == [Point(55, 85), Point(55, 65)]
    assert trace.steps[-1].sources[0].box == Box(55, 45, 1, 1)
    assert trace.end is End.ORIGINAL


def test_a_source_overwritten_later_ends_the_chain() -> None:
    doc = document()
    fill(doc, Box(50, 80, 10, 10), (0, -20))
    fill(doc, Box(50, 60, 10, 10), (-20, 0))
    trace = doc.provenance.trace(Point(55, 85))
    assert [step.pixel for step in trace.steps] == [Point(55, 85)]
    assert trace.end is End.CHANGED


def test_an_engine_without_a_field_says_why() -> None:
    doc = document()
    fill(doc, Box(50, 60, 10, 10), None)
    fill(doc, Box(50, 80, 10, 10), (0, -20))
    assert doc.provenance.trace(Point(55, 65)).end is End.NO_FIELD
    trace = doc.provenance.trace(Point(55, 85))
    assert len(trace.steps) == 1
    assert trace.end is End.NO_FIELD
    assert "none is copied" in trace.why


def test_undo_forgets_and_redo_remembers() -> None:
    doc = document()
    fill(doc, Box(50, 60, 10, 10), (0, -20))
    fill(doc, Box(48, 58, 5, 5), (-20, 0))
    doc.undo()
    assert doc.provenance.trace(Point(51, 61)).steps[0].sources[0].box == Box(51, 41, 1, 1)
    doc.undo()
    assert doc.provenance.trace(Point(51, 61)).steps == ()
    doc.redo()
    doc.redo()
    assert doc.provenance.trace(Point(51, 61)).steps[0].sources[0].box == Box(31, 61, 1, 1)


def test_every_chain_ends() -> None:
    doc = document(40, 400)
    for number in range(12):
        fill(doc, Box(10, 20 + 10 * number, 10, 10), (0, -10))
    trace = doc.provenance.trace(Point(15, 135))
    assert trace.end is End.TOO_LONG
    assert len(trace.steps) == 8
