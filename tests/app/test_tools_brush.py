"""Does the brush draw what its nib says: hardness, opacity, pressure, straight lines, either end of a pen?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.document.document import Document
from inpainting_core.api import Brushwork, Coverage, Nib, Point, Size
from tests.app.conftest import Desk
from tests.app.pictures import document, fill_edit
from tests.harness.hand import ALT, LEFT, RIGHT, SHIFT, Hand

CONTROL = Qt.KeyboardModifier.ControlModifier
Path = list[tuple[Point, Nib]]


def drawn(size: Size, path: Path, paints: bool = True, on: Coverage | None = None) -> Coverage:
    """Return what Brushwork makes of a path whose every point has its own nib."""
    coverage = np.zeros(size, np.uint8) if on is None else on.copy()
    work = Brushwork()
    work.draw_segment(coverage, path[0][0], path[0][0], path[0][1], paints)
    for (start, _), (end, nib) in pairwise(path):
        work.draw_segment(coverage, start, end, nib, paints)
    return coverage


def by_distance(size: Size, path: list[Point], nib: Nib) -> Coverage:
    """Return the definition: the nib's profile at the distance to the nearest segment; odd diameters."""
    y, x = np.mgrid[: size.h, : size.w].astype(np.float32)
    nearest = np.full(size, np.inf, np.float32)
    for start, end in pairwise([path[0], *path]):
        dy, dx = end.y - start.y, end.x - start.x
        share = np.clip(((y - start.y) * dy + (x - start.x) * dx) / max(dy * dy + dx * dx, 1), 0, 1)
        nearest = np.minimum(nearest, np.hypot(y - start.y - share * dy, x - start.x - share * dx))
    return nib.profile(nearest)


@pytest.mark.parametrize(("zoom", "hardness", "opacity"), [(1.0, 0.0, 1.0), (4.0, 0.5, 0.6), (0.5, 0.9, 0.3)])
def test_a_soft_stroke_covers_what_its_nib_says(
    desk: Desk, zoom: float, hardness: float, opacity: float
) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(zoom)
    state = desk.program.state
    state.set_brush_size(25)
    state.set_hardness(hardness)
    state.set_brush_opacity(opacity)
    path = desk.drag((40, 50), (60, 90), (70, 60))
    expected = drawn(doc.size, [(pixel, state.nib) for pixel in path])
    assert np.array_equal(doc.mask, expected)
    defined = by_distance(doc.size, path, state.nib)
    assert np.abs(doc.mask.astype(int) - defined).max() <= 6
    assert doc.mask.max() == round(255 * opacity)
    assert doc.mask_area == np.count_nonzero(expected)


def test_strokes_of_half_opacity_do_not_build_up_and_erase_to_what_is_left(desk: Desk) -> None:
    doc = desk.open(document())
    state = desk.program.state
    state.set_all_sizes(11)
    state.set_brush_opacity(0.4)
    spot = desk.drag((60, 80))[0]
    desk.drag((60, 80))
    assert doc.mask[spot] == 102
    state.set_brush_opacity(1.0)
    desk.drag((60, 80))
    desk.key(Qt.Key.Key_E)
    state.set_brush_opacity(0.4)
    desk.drag((60, 80))
    assert doc.mask[spot] == 255 - 102


def test_keys_soften_and_harden(desk: Desk) -> None:
    desk.open(document())
    state = desk.program.state
    for _ in range(3):
        desk.key(Qt.Key.Key_BracketLeft, SHIFT)
    assert state.nib.hardness == pytest.approx(0.7)
    desk.key(Qt.Key.Key_BracketRight, SHIFT)
    assert state.nib.hardness == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("way", "end"), [([(61, 42), (63, 70), (90, 100)], (60, 100)), ([(62, 41), (80, 50), (95, 90)], (95, 40))]
)
def test_shift_keeps_a_stroke_on_its_row_or_column(
    desk: Desk, way: list[tuple[int, int]], end: tuple[int, int]
) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_brush_size(5)
    Hand(desk.canvas).drag(*(desk.at(*place) for place in [(60, 40), *way]), held=SHIFT)
    nib = Nib(5)
    assert np.array_equal(doc.mask, drawn(doc.size, [(Point(60, 40), nib), (Point(*end), nib)]))


def test_a_pen_draws_thinner_where_it_presses_less(desk: Desk) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_brush_size(20)
    presses = [((50, 40), 0.2), ((50, 60), 0.5), ((60, 90), 0.95), ((60, 110), 1.0)]
    Hand(desk.canvas).pen(*((desk.at(*place), pressure) for place, pressure in presses))
    sizes = (6, 12, 19, 20)  # round(20 * (0.15 + 0.85 * pressure)), by hand
    path = [(Point(*place), Nib(size)) for (place, _), size in zip(presses, sizes, strict=True)]
    assert np.array_equal(doc.mask, drawn(doc.size, path))
    assert len(doc.history.done) == 1


def test_pressure_hardens_when_asked_and_sizes_only_when_asked(desk: Desk) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    state = desk.program.state
    state.set_brush_size(21)
    state.pressure_sizes, state.pressure_hardens = False, True
    Hand(desk.canvas).pen((desk.at(50, 40), 0.0))
    nib = Nib(21, 0.15)
    assert np.array_equal(doc.mask, drawn(doc.size, [(Point(50, 40), nib)]))


def test_the_pens_other_end_erases(desk: Desk) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_all_sizes(15)
    hand = Hand(desk.canvas)
    hand.pen((desk.at(50, 40), 1.0), (desk.at(50, 90), 1.0))
    full = doc.mask.copy()
    hand.pen((desk.at(50, 60), 1.0), is_eraser=True)
    assert np.array_equal(doc.mask, drawn(doc.size, [(Point(50, 60), Nib(15))], False, full))
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.mask, full)


def test_the_right_button_erases_once_it_is_dragged(desk: Desk) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_all_sizes(9)
    desk.drag((50, 40), (50, 90))
    full = doc.mask.copy()
    Hand(desk.canvas).drag(desk.at(50, 50), desk.at(50, 60), button=RIGHT)
    path = [(Point(50, 50), Nib(9)), (Point(50, 60), Nib(9))]
    assert np.array_equal(doc.mask, drawn(doc.size, path, False, full))


def test_the_wheel_with_alt_sizes_by_ten_percent_a_notch(desk: Desk) -> None:
    desk.open(document())
    desk.program.state.set_brush_size(100)
    hand = Hand(desk.canvas)
    hand.turn(desk.at(50, 50), 1, ALT)
    assert desk.program.state.brush_size == 110
    for _ in range(4):
        hand.turn(desk.at(50, 50), -0.25, ALT)
    assert desk.program.state.brush_size == 100


def _undone_fill(desk: Desk) -> Document:
    doc = desk.open(document())
    hole = np.zeros(doc.size, np.bool_)
    hole[10:20, 10:20] = True
    doc.apply(fill_edit(doc, hole, None, 9))
    desk.program.editor.undo()
    return doc


def test_escape_takes_a_stroke_back_and_nothing_else(desk: Desk) -> None:
    doc = _undone_fill(desk)
    assert doc.history.can_redo
    hand = Hand(desk.canvas)
    hand.press(desk.at(50, 50))
    hand.move(desk.at(60, 90), Qt.MouseButton.LeftButton)
    assert doc.mask.any()
    desk.key(Qt.Key.Key_Escape)
    hand.release(desk.at(60, 90))
    assert not doc.mask.any()
    assert doc.mask_area == 0
    assert not doc.history.can_undo
    assert doc.history.can_redo
    desk.key(Qt.Key.Key_Y, CONTROL)
    assert (doc.image[10:20, 10:20] == 9).all()


def test_a_straight_line_does_not_begin_where_a_dropped_stroke_ended(desk: Desk) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_brush_size(5)
    desk.drag((50, 40))
    hand = Hand(desk.canvas)
    hand.press(desk.at(90, 40))
    desk.key(Qt.Key.Key_Escape)
    hand.release(desk.at(90, 40))
    hand.click(desk.at(50, 100), held=SHIFT)
    nib = Nib(5)
    assert np.array_equal(doc.mask, drawn(doc.size, [(Point(50, 40), nib), (Point(50, 100), nib)]))


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_M, Qt.Key.Key_H])
def test_taking_another_tool_ends_the_stroke_where_it_is(desk: Desk, key: Qt.Key) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_all_sizes(5)
    hand = Hand(desk.canvas)
    hand.press(desk.at(50, 40))
    hand.move(desk.at(50, 60), Qt.MouseButton.LeftButton)
    desk.key(key)
    hand.move(desk.at(90, 60), Qt.MouseButton.LeftButton)
    hand.release(desk.at(90, 60))
    assert not desk.program.editor.is_drawing
    nib = Nib(5)
    assert np.array_equal(doc.mask, drawn(doc.size, [(Point(50, 40), nib), (Point(50, 60), nib)]))
    desk.fill()
    assert len(desk.filler.requests) == 1


@pytest.mark.parametrize("button", [LEFT, RIGHT])
def test_a_stroke_whose_release_went_elsewhere_ends_where_it_was(desk: Desk, button: Qt.MouseButton) -> None:
    doc = desk.open(document())
    desk.drag((60, 20), (60, 140))
    before, hand = doc.mask.copy(), Hand(desk.canvas)
    hand.press(desk.at(30, 30), button)
    hand.move(desk.at(30, 50), button)
    drawn = doc.mask.copy()
    hand.move(desk.at(100, 100))
    hand.move(desk.at(60, 90))
    assert np.array_equal(doc.mask, drawn)
    assert not desk.program.editor.is_drawing
    hand.drag(desk.at(90, 30), desk.at(90, 60))
    assert doc.mask[90, 45]
    while len(doc.history.done) > 1:
        desk.program.filling.undo()
    assert np.array_equal(doc.mask, before)


def pulled(path: list[Point], string: float) -> list[Point]:
    """Return where a nib on a string goes: it moves only when the string is taut, straight to the hand."""
    y, x = path[0]
    led = [path[0]]
    for hand_y, hand_x in path[1:]:
        gap = np.array([hand_y - y, hand_x - x], float)
        length = float(np.hypot(*gap))
        if length > string:
            y, x = np.array([y, x]) + gap * (length - string) / length
        led.append(Point(round(y), round(x)))
    return [*led, path[-1]]


@pytest.mark.parametrize("zoom", [1.0, 4.0])
def test_a_smoothed_stroke_is_pulled_on_a_string_and_catches_up(desk: Desk, zoom: float) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(zoom)
    state = desk.program.state
    desk.program.models.preferences.change(smoothing_px=24)
    state.set_brush_size(5)
    shaky = [(60 + 3 * (-1) ** step, 60 + 2 * step) for step in range(20)]
    path = desk.drag(*shaky)
    expected = drawn(doc.size, [(pixel, state.nib) for pixel in pulled(path, 24 / zoom)])
    assert np.array_equal(doc.mask, expected)
    assert doc.mask[path[-1]] == 255
    assert [step.edit.name for step in doc.history.done] == ["paint"]
    smooth = doc.mask.any(axis=1).sum()
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.program.models.preferences.change(smoothing_px=0)
    desk.drag(*shaky)
    assert np.array_equal(doc.mask, drawn(doc.size, [(pixel, state.nib) for pixel in path]))
    assert smooth <= doc.mask.any(axis=1).sum()


def test_axis_lock_and_a_click_need_no_smoothing(desk: Desk) -> None:
    doc = desk.open(document())
    desk.program.models.preferences.change(smoothing_px=30)
    desk.program.state.set_brush_size(5)
    (pixel,) = desk.drag((30, 30))
    assert np.array_equal(doc.mask, drawn(doc.size, [(pixel, desk.program.state.nib)]))
