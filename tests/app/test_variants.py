"""Which outcome is in the picture, and what is left when it is taken back?  Soft masks, several holes."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from app.document.document import Document
from inpainting_core.api import Photo, Session, engine_info
from tests.app.conftest import Desk
from tests.app.pictures import document, gradient
from tests.harness.hand import SHIFT, Hand

CONTROL = Qt.KeyboardModifier.ControlModifier


def marked(desk: Desk) -> Document:
    """Open a picture whose fills are the number of their seed, and mark a hole."""
    desk.filler.offset = None
    desk.program.filling.use_engine(engine_info("telea"))
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_all_sizes(11)
    desk.drag((60, 80), (60, 90))
    return doc


def another(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Slash)
    desk.wait(lambda: not desk.program.filling.is_busy)


def test_outcomes_are_leafed_through_and_undo_takes_the_shown_one_back(desk: Desk) -> None:
    doc = marked(desk)
    original, mask, hole = doc.image.copy(), doc.mask.copy(), doc.hole.copy()
    desk.fill()
    first = int(doc.image[60, 85, 0])
    another(desk)
    another(desk)
    seeds = [request.seed for request in desk.filler.requests]
    assert len(set(seeds)) == 3
    assert seeds[0] == first
    assert all(np.array_equal(request.mask, hole) for request in desk.filler.requests)
    filling = desk.program.filling
    shown = [2]
    for key in (Qt.Key.Key_Comma, Qt.Key.Key_Comma, Qt.Key.Key_Comma, Qt.Key.Key_Period):
        desk.key(key)
        shown.append(filling.shown_variant)
        seed = seeds[filling.shown_variant]
        assert np.array_equal(doc.image, np.where(hole[..., None], np.uint8(seed), original))
    assert shown == [2, 1, 0, 0, 1]
    assert len(doc.provenance.fills) == 1
    assert [step.edit.name for step in doc.history.done][-1] == "fill"
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.image, original)
    assert np.array_equal(doc.mask, mask)
    assert not doc.provenance.owner.any()
    assert filling.variants == ()
    desk.key(Qt.Key.Key_Y, CONTROL)
    assert np.array_equal(doc.image, np.where(hole[..., None], np.uint8(seeds[1]), original))


def test_a_variant_is_chosen_by_its_picture(desk: Desk) -> None:
    doc = marked(desk)
    desk.fill()
    bar = desk.program.window.stage.variants
    assert not bar.isVisible()
    another(desk)
    assert bar.isVisible()
    seeds = [request.seed for request in desk.filler.requests]
    for number in (0, 1, 0):
        buttons = [button for button in bar.findChildren(QToolButton) if button.isCheckable()]
        shown = [button for button in buttons if button in bar._buttons]
        assert len(shown) == 2
        shown[number].click()
        assert (doc.image[60, 85] == seeds[number]).all()
        assert [button.isChecked() for button in bar._buttons[:2]] == [number == 0, number == 1]
    desk.drag((20, 20))
    assert not bar.isVisible()


def test_the_next_variant_after_the_last_is_a_new_one(desk: Desk) -> None:
    marked(desk)
    desk.fill()
    desk.key(Qt.Key.Key_Period)
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert len(desk.program.filling.variants) == 2
    assert len(desk.filler.requests) == 2


def test_at_most_nine_outcomes_are_kept(desk: Desk) -> None:
    doc = marked(desk)
    desk.fill()
    for _ in range(10):
        another(desk)
    assert len(desk.program.filling.variants) == 9
    seeds = [request.seed for request in desk.filler.requests]
    assert len(set(seeds)) == 11
    assert (doc.image[60, 85] == seeds[-1]).all()
    for _ in range(10):
        desk.key(Qt.Key.Key_Comma)
    assert (doc.image[60, 85] == seeds[2]).all()


def test_escape_calls_a_variant_off_and_leaves_the_shown_one(desk: Desk) -> None:
    doc = marked(desk)
    desk.fill()
    filled = doc.image.copy()
    desk.filler.gate.clear()
    desk.key(Qt.Key.Key_Slash)
    desk.wait(lambda: len(desk.filler.requests) == 2)
    desk.key(Qt.Key.Key_Escape)
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert np.array_equal(doc.image, filled)
    assert len(desk.program.filling.variants) == 1
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert doc.hole.any()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_what_is_covered_in_part_is_filled_in_part(desk: Desk, dtype: type[np.uint8]) -> None:
    desk.filler.offset = (0, -20)
    doc = desk.open(Document(Photo(gradient(dtype=dtype))))
    desk.canvas.zoom_to(4.0)
    state = desk.program.state
    state.set_all_sizes(21)
    state.set_hardness(0.3)
    state.set_brush_opacity(0.5)
    desk.drag((60, 80), (60, 90))
    coverage, original = doc.mask.astype(np.int64)[..., None], doc.image.astype(np.int64)
    assert coverage.max() == 128
    desk.fill()
    copied = np.roll(original, 20, axis=1)
    blended = (original * (255 - coverage) + copied * coverage + 127) // 255
    assert np.array_equal(doc.image, np.where(coverage > 0, blended, original))
    assert doc.image[60, 80, 0] == {np.uint8: 70, np.uint16: 17980}[dtype]  # 80 and 60, half of each
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.image, original)


def test_holes_far_apart_are_filled_as_regions_of_their_own(desk: Desk) -> None:
    desk.program.runner._worker._filler = Session()
    desk.program.filling.use_engine(engine_info("telea"))
    doc = desk.open(document(300, 400))
    desk.program.state.set_all_sizes(9)
    for place in ((30, 30), (30, 360), (270, 200)):
        desk.drag(place)
    original, hole = doc.image.copy(), doc.hole.copy()
    desk.fill()
    assert len(doc.provenance.fills) == 3
    assert np.array_equal(doc.provenance.owner > 0, hole)
    assert np.array_equal(doc.image[~hole], original[~hole])
    assert len(doc.history.done) == 4
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.image, original)
    assert not doc.provenance.owner.any()
    assert np.array_equal(doc.hole, hole)


def test_a_second_stroke_joins_a_fill_on_release(desk: Desk) -> None:
    doc = marked(desk)
    desk.key(Qt.Key.Key_D, CONTROL)
    desk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    assert desk.program.filling.is_on_release
    desk.drag((60, 80))
    desk.qtbot.wait(60)
    desk.drag((20, 30))
    both = doc.hole.copy()
    desk.wait(lambda: bool(desk.filler.requests))
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert len(desk.filler.requests) == 1
    assert np.array_equal(desk.filler.requests[0].mask, both)
    assert not doc.hole.any()


def test_nothing_is_filled_while_the_second_stroke_is_being_drawn(desk: Desk) -> None:
    marked(desk)
    desk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    hand = Hand(desk.canvas)
    desk.drag((60, 80))
    hand.press(desk.at(20, 30))
    desk.qtbot.wait(250)
    assert desk.filler.requests == []
    hand.release(desk.at(20, 30))
    desk.wait(lambda: len(desk.filler.requests) == 1)
    desk.wait(lambda: not desk.program.filling.is_busy)


def test_undo_before_a_fill_on_release_begins_calls_it_off(desk: Desk) -> None:
    marked(desk)
    desk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    desk.drag((20, 30))
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.qtbot.wait(250)
    assert desk.filler.requests == []


def test_repeat_fills_the_new_mask_with_the_same_settings(desk: Desk) -> None:
    doc = marked(desk)
    desk.program.filling.set_option("radius", 9)
    desk.fill()
    desk.drag((20, 30))
    hole = doc.hole.copy()
    desk.key(Qt.Key.Key_R, CONTROL)
    desk.wait(lambda: not desk.program.filling.is_busy)
    first, second = desk.filler.requests
    assert (second.engine_id, second.options, second.seed) == (first.engine_id, first.options, first.seed)
    assert np.array_equal(second.mask, hole)


def test_another_outcome_of_a_hole_filled_again_takes_no_step_back(desk: Desk) -> None:
    doc = desk.open(document())
    desk.drag((60, 80))
    desk.fill()
    desk.fill()
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    desk.key(Qt.Key.Key_Slash)
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert [step.edit.name for step in doc.history.done] == ["paint", "fill", "refill", "refill"]
    assert desk.program.window.stage.messages.isHidden()
