"""Can a source be chosen by hand, with the real engine, and does everything else stay as it was?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from app.document.document import Document
from app.document.provenance import End
from app.document.settings import NEUTRAL, source_weights
from app.tools.source_probe import REACH_PX
from inpainting_core.api import Box, Photo, Pixels, Point, Session, engine_info
from tests.app.conftest import Desk
from tests.app.pictures import document
from tests.harness.hand import LEFT, Hand

CONTROL = Qt.KeyboardModifier.ControlModifier
HELD = Point(70, 84)
"""A pixel in the middle of the hole."""


class Before(NamedTuple):
    image: Pixels
    owner: np.ndarray
    fills: int


def remember(doc: Document) -> Before:
    return Before(doc.image.copy(), doc.provenance.owner.copy(), len(doc.provenance.fills))


def noise(height: int = 140, width: int = 200) -> Document:
    """Return a picture of coarse noise: every place looks different."""
    rng = np.random.default_rng(5)
    cells = rng.integers(40, 216, (height // 4, width // 4, 3)).astype(np.uint8)
    return Document(Photo(np.kron(cells, np.ones((4, 4, 1), np.uint8))))


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Return the editor with a hole filled by the real engine and the probe in hand."""
    desk.program.runner._worker._filler = Session()
    desk.program.filling.use_engine(engine_info("patchmatch"))
    desk.program.filling.set_option("colour", False)
    desk.program.filling.set_option("seam", False)
    desk.open(noise())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_all_sizes(29)
    desk.drag((70, 80), (70, 96))
    settle(desk, Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_I)
    return desk


def settle(desk: Desk, key: Qt.Key) -> None:
    desk.key(key)
    wait(desk)


def wait(desk: Desk) -> None:
    desk.qtbot.waitUntil(lambda: not desk.program.filling.is_busy, timeout=60_000)


def source_of(doc: Document, pixel: Point) -> Point:
    trace = doc.provenance.trace(pixel)
    assert trace.steps
    box = trace.steps[0].sources[0].box
    return Point(box.top + box.height // 2, box.left + box.width // 2)


def hold(desk: Desk, pixel: Point = HELD) -> Point:
    """Click the pixel and return its source."""
    Hand(desk.canvas).click(desk.at(*pixel))
    assert desk.program.window.stage.probe.is_locked
    return source_of(desk.document, pixel)


def drag_head(desk: Desk, source: Point, target: Point) -> None:
    hand = Hand(desk.canvas)
    hand.press(desk.at(*source))
    hand.move(desk.at((source.y + target.y) // 2, (source.x + target.x) // 2), LEFT)
    hand.move(desk.at(*target), LEFT)
    hand.release(desk.at(*target))
    wait(desk)


def far_from(source: Point) -> Point:
    """Return a known place well away from the source and from the hole."""
    return Point(24, 30) if abs(source.x - 30) > 40 or abs(source.y - 24) > 40 else Point(120, 170)


def test_a_dragged_head_copies_from_there_and_changes_only_what_lies_about(filled: Desk) -> None:
    doc, before = filled.document, remember(filled.document)
    source = hold(filled)
    target = far_from(source)
    submitted: list[object] = []
    filled.program.filling.started.connect(submitted.append)
    drag_head(filled, source, target)
    (task,) = submitted
    (pin,) = task.settings.pins
    assert (pin.target, pin.source) == (HELD, target)
    assert doc.settings.pins == (pin,)
    assert source_of(doc, HELD) == target
    assert (doc.image[HELD] == before.image[target]).all()
    asked = np.zeros(doc.size, np.bool_)
    asked[task.box.slices] = task.coverage > 0
    assert asked.sum() <= (before.owner > 0).sum()
    changed = (doc.image != before.image).any(axis=2)
    assert changed.any()
    assert not (changed & ~asked).any()
    assert not ((before.owner == 0) & asked).any()
    assert np.array_equal(doc.provenance.owner[~asked], before.owner[~asked])
    assert doc.history.done[-1].edit.name == "refill"
    filled.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.image, before.image)
    assert np.array_equal(doc.provenance.owner, before.owner)
    assert len(doc.provenance.fills) == before.fills
    assert doc.settings.pins == ()
    assert source_of(doc, HELD) == source
    filled.key(Qt.Key.Key_Y, CONTROL)
    assert source_of(doc, HELD) == target
    assert doc.settings.pins == (pin,)


def test_two_drags_of_one_head_are_two_steps(filled: Desk) -> None:
    doc = filled.document
    states = [remember(doc)]
    source = hold(filled)
    for target in (far_from(source), Point(100, 40)):
        drag_head(filled, source_of(doc, HELD), target)
        assert source_of(doc, HELD) == target
        states.append(remember(doc))
    for expected in states[-2::-1]:
        filled.key(Qt.Key.Key_Z, CONTROL)
        assert np.array_equal(doc.image, expected.image)
        assert np.array_equal(doc.provenance.owner, expected.owner)
        assert len(doc.provenance.fills) == expected.fills
    filled.key(Qt.Key.Key_Y, CONTROL)
    filled.key(Qt.Key.Key_Y, CONTROL)
    assert np.array_equal(doc.image, states[2].image)


def test_a_click_on_the_head_and_a_drag_out_of_the_picture_change_nothing(filled: Desk) -> None:
    doc, before = filled.document, remember(filled.document)
    source = hold(filled)
    steps = len(doc.history.done)
    hand = Hand(filled.canvas)
    near = filled.at(*source) + QPoint(6, 5)
    hand.click(near)
    wait(filled)
    hand.press(filled.at(*source))
    hand.move(filled.at(-9, -9), LEFT)
    hand.release(filled.at(-9, -9))
    wait(filled)
    hand.press(filled.at(*source))
    hand.move(filled.at(20, 20), LEFT)
    filled.key(Qt.Key.Key_Escape)
    hand.release(filled.at(20, 20))
    wait(filled)
    assert np.array_equal(doc.image, before.image)
    assert len(doc.history.done) == steps


def test_letting_dragged_sources_go_leaves_the_picture(filled: Desk) -> None:
    doc = filled.document
    source = hold(filled)
    drag_head(filled, source, far_from(source))
    image = doc.image.copy()
    action = filled.program.window.actions_by_id["clear_pins"]
    assert action.isEnabled()
    action.trigger()
    assert doc.settings.pins == ()
    assert np.array_equal(doc.image, image)
    filled.key(Qt.Key.Key_Z, CONTROL)
    assert len(doc.settings.pins) == 1


def test_what_was_pasted_from_under_the_pointer_lights_up(filled: Desk) -> None:
    doc = filled.document
    place = source_of(doc, HELD)
    pixel = filled.hover(*place)
    asked = Box(pixel.y, pixel.x, 1, 1).pad(REACH_PX)
    expected = {
        (int(y), int(x))
        for y, x in np.argwhere(doc.provenance.owner > 0)
        if asked.contains(source_of(doc, Point(int(y), int(x))))
    }
    probe = filled.program.window.stage.probe
    assert expected
    assert {tuple(pair) for pair in probe.pasted.tolist()} == expected
    filled.hover(*HELD)
    assert len(probe.pasted) == 0
    filled.key(Qt.Key.Key_Z, CONTROL)
    filled.hover(*place)
    assert len(probe.pasted) == 0


def test_a_trace_ends_in_the_photograph(filled: Desk) -> None:
    doc = filled.document
    for y, x in np.argwhere(doc.provenance.owner > 0)[::7]:
        trace = doc.provenance.trace(Point(int(y), int(x)))
        assert trace.end is End.ORIGINAL
        source = source_of(doc, trace.pixel)
        assert doc.provenance.owner[source] == 0
        assert (doc.image[trace.pixel] == doc.image[source]).all()


def test_the_key_goes_to_the_weak_spots_one_after_the_other(filled: Desk) -> None:
    filled.canvas.zoom_to(1.0)
    said: list[str] = []
    filled.program.window.stage.said.connect(said.append)
    view = filled.canvas.viewpoint
    filled.key(Qt.Key.Key_F2)
    filled.wait(lambda: bool(said))
    if said[0].startswith("Weak spot"):
        assert filled.canvas.viewpoint != view
        count = int(said[0].split()[-1])
        for _ in range(count):
            filled.key(Qt.Key.Key_F2)
        assert [int(text.split()[2]) for text in said] == [*range(1, count + 1), 1]
        filled.key(Qt.Key.Key_F3)
        marked = filled.document.mask > 0
        assert marked.any()
        assert not (marked & (filled.document.provenance.owner == 0)).any()
    else:
        assert said == ["No weak spot was found."]


def test_weak_spots_of_a_picture_that_has_gone_are_not_marked(filled: Desk) -> None:
    filled.key(Qt.Key.Key_F3)
    other = filled.open(document(30, 30))
    filled.qtbot.wait(50)
    filled.key(Qt.Key.Key_F3)
    filled.wait(lambda: not filled.program.models.background.is_busy("weak spots"))
    assert not other.mask.any()


def test_rules_that_were_taken_back_weigh_nothing() -> None:
    neutral = np.full((4, 5), NEUTRAL, np.uint8)
    allowed = np.zeros((4, 5), np.bool_)
    allowed[1:3] = True
    assert source_weights(neutral, None) is None
    np.testing.assert_array_equal(source_weights(neutral, allowed), allowed.astype(np.float32))
