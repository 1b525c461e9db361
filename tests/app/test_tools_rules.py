"""Do the brushes of source rules reach the request, and does the brush that restores bring back the bytes?"""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.document.document import Document
from app.document.settings import ONLY
from inpainting_core.api import Brushwork, Mask, Nib, Photo, Point, capsule
from tests.app.conftest import Desk
from tests.app.pictures import document, gradient
from tests.harness.hand import ALT, SHIFT, Hand

CONTROL = Qt.KeyboardModifier.ControlModifier


def stroke(doc: Document, start: tuple[int, int], end: tuple[int, int], diameter: int = 9) -> Mask:
    mask = np.zeros(doc.size, np.bool_)
    capsule(mask, Point(*start), Point(*end), diameter=diameter, value=True)
    return mask


def prepared(desk: Desk, doc: Document | None = None) -> Document:
    """Open a picture with a hole marked, brushes of 9 pixels in hand."""
    opened = desk.open(doc or document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_all_sizes(9)
    desk.drag((60, 80), (60, 90))
    return opened


def weights_of_fill(desk: Desk) -> np.ndarray:
    desk.fill()
    weights = desk.filler.requests[-1].source_weights
    assert weights is not None
    return weights


@pytest.mark.parametrize(("percent", "marked", "elsewhere"), [(0, 0.0, 1.0), (40, 0.4, 1.0), (200, 1.0, 0.5)])
def test_the_rule_brush_says_how_much_may_be_borrowed(
    desk: Desk, percent: int, marked: float, elsewhere: float
) -> None:
    doc = prepared(desk)
    desk.key(Qt.Key.Key_N)
    desk.program.state.set_rule_percent(percent)
    desk.drag((20, 30), (40, 30))
    place = stroke(doc, (20, 30), (40, 30))
    assert np.array_equal(doc.rules, np.where(place, percent, 100))
    weights = weights_of_fill(desk)
    assert np.allclose(weights, np.where(place, marked, elsewhere))
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert (doc.rules == 100).all()


def test_only_from_here_forbids_all_else_and_alt_wipes(desk: Desk) -> None:
    doc = prepared(desk)
    desk.key(Qt.Key.Key_N, SHIFT)
    assert desk.program.state.tool == "only"
    desk.drag((20, 30), (40, 30))
    hand = Hand(desk.canvas)
    hand.drag(desk.at(38, 30), desk.at(40, 30), held=ALT)
    place = stroke(doc, (20, 30), (40, 30)) & ~stroke(doc, (38, 30), (40, 30))
    assert np.array_equal(doc.rules, np.where(place, ONLY, 100))
    weights = weights_of_fill(desk)
    assert np.array_equal(weights, place.astype(np.float32))
    assert [step.edit.name for step in doc.history.done] == ["paint", "only", "neutral", "fill"]


def test_rules_are_cleared_in_one_step(desk: Desk) -> None:
    doc = prepared(desk)
    desk.key(Qt.Key.Key_N)
    desk.drag((20, 30), (40, 30))
    painted = doc.rules.copy()
    desk.program.window.actions_by_id["clear_rules"].trigger()
    assert (doc.rules == 100).all()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.rules, painted)


def test_a_preferred_place_is_not_called_only_from_here(desk: Desk) -> None:
    doc = prepared(desk)
    desk.key(Qt.Key.Key_N)
    desk.program.state.set_rule_percent(150)
    desk.drag((20, 30), (40, 30))
    assert doc.history.done[-1].edit.name != "only"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_the_restore_brush_brings_back_every_byte_and_clears_where_it_came_from(
    desk: Desk, dtype: type[np.uint8] | type[np.uint16]
) -> None:
    doc = prepared(desk, Document(Photo(gradient(dtype=dtype))))
    original = doc.image.copy()
    desk.fill()
    filled = doc.image.copy()
    assert not np.array_equal(filled, original)
    owner = doc.provenance.owner.copy()
    desk.key(Qt.Key.Key_Y)
    assert desk.program.state.tool == "restore"
    desk.program.state.set_brush_size(7)
    desk.drag((60, 80), (60, 84))
    place = stroke(doc, (60, 80), (60, 84), 7)
    assert np.array_equal(doc.image, np.where(place[..., None], original, filled))
    assert np.array_equal(doc.provenance.owner, np.where(place, 0, owner))
    assert doc.provenance.trace(Point(60, 82)).steps == ()
    desk.program.state.set_brush_size(60)
    desk.drag((60, 80), (60, 90))
    assert np.array_equal(doc.image, original)
    assert not doc.provenance.owner.any()
    for expected in (np.where(place[..., None], original, filled), filled, original):
        desk.key(Qt.Key.Key_Z, CONTROL)
        assert np.array_equal(doc.image, expected)


def test_half_restored_is_half_of_both(desk: Desk) -> None:
    doc = prepared(desk)
    original = doc.image.astype(int)
    desk.fill()
    filled = doc.image.astype(int)
    desk.key(Qt.Key.Key_Y)
    desk.program.state.set_brush_size(15)
    desk.program.state.set_hardness(0.2)
    desk.program.state.set_brush_opacity(0.6)
    desk.drag((60, 80), (60, 90))
    share = np.zeros(doc.size, np.uint8)
    nib, work = Nib(15, 0.2, 0.6), Brushwork()
    work.draw_segment(share, Point(60, 80), Point(60, 80), nib, True)
    work.draw_segment(share, Point(60, 80), Point(60, 90), nib, True)
    assert share.max() == 153
    mixed = (filled * (255 - share[..., None].astype(int)) + original * share[..., None] + 127) // 255
    assert np.array_equal(doc.image, mixed)
    assert np.array_equal(doc.provenance.owner == 0, (doc.image == original).all(axis=2))


def test_restoring_what_looks_like_the_original_can_be_undone_and_abandoned(desk: Desk) -> None:
    desk.filler.offset = (0, 0)
    doc = prepared(desk)
    desk.fill()
    owner = doc.provenance.owner.copy()
    assert owner.any()
    desk.key(Qt.Key.Key_Y)
    hand = Hand(desk.canvas)
    hand.press(desk.at(60, 80))
    desk.key(Qt.Key.Key_Escape)
    hand.release(desk.at(60, 80))
    assert np.array_equal(doc.provenance.owner, owner)
    desk.program.state.set_brush_size(60)
    desk.drag((60, 80), (60, 90))
    assert not doc.provenance.owner.any()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.provenance.owner, owner)


def test_escape_takes_a_restoring_stroke_back(desk: Desk) -> None:
    doc = prepared(desk)
    desk.fill()
    filled, owner = doc.image.copy(), doc.provenance.owner.copy()
    version = doc.history.picture_version
    desk.key(Qt.Key.Key_Y)
    hand = Hand(desk.canvas)
    hand.press(desk.at(60, 80))
    hand.move(desk.at(60, 90), Qt.MouseButton.LeftButton)
    assert not np.array_equal(doc.image, filled)
    desk.key(Qt.Key.Key_Escape)
    hand.release(desk.at(60, 90))
    assert np.array_equal(doc.image, filled)
    assert np.array_equal(doc.provenance.owner, owner)
    assert doc.history.picture_version == version


def test_a_picture_that_is_being_read_does_not_change_under_a_restoring_stroke(desk: Desk) -> None:
    class Reader:
        """Stands for a worker that reads the picture."""

    doc = prepared(desk)
    desk.fill()
    desk.key(Qt.Key.Key_Y)
    hand, reader = Hand(desk.canvas), Reader()
    hand.press(desk.at(60, 80))
    doc.lend_to(reader)
    borrowed, before = doc.image, doc.image.copy()
    hand.move(desk.at(60, 90), Qt.MouseButton.LeftButton)
    hand.release(desk.at(60, 90))
    assert np.array_equal(borrowed, before)
    assert not np.array_equal(doc.image, before)
