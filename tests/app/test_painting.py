"""Does the hand do what it means to, with real mouse, wheel and key events, at any zoom?"""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox

from app.document.painting import RestoreStroke
from inpainting_core.api import Mask, Nib, Point, capsule
from tests.app.conftest import Desk
from tests.app.pictures import document, fill_edit, gradient

at_three_zooms = pytest.mark.parametrize("zoom", [0.5, 1.0, 6.0])
ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def drawn(shape: tuple[int, int], path: list[Point], diameter: int, value: bool = True) -> Mask:
    mask = np.full(shape, not value)
    capsule(mask, path[0], path[0], diameter=diameter, value=value)
    for start, end in zip(path, path[1:], strict=False):
        capsule(mask, start, end, diameter=diameter, value=value)
    return mask


def turn_wheel(
    desk: Desk, position: QPoint, notches: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    angle = QPoint(120 * notches, 0) if held == ALT else QPoint(0, 120 * notches)
    event = QWheelEvent(
        QPointF(position),
        QPointF(desk.canvas.mapToGlobal(position)),
        QPoint(),
        angle,
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(desk.canvas, event)


@at_three_zooms
def test_paint_erase_and_undo(desk: Desk, zoom: float) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(zoom)
    desk.program.state.set_brush_size(9)
    painted = desk.drag((50, 70), (55, 80), (60, 85))
    expected = drawn(doc.size, painted, 9)
    assert np.array_equal(doc.hole, expected)

    desk.key(Qt.Key.Key_E)
    desk.program.state.set_brush_size(5)
    erased = desk.drag((52, 74), (58, 84))
    expected_erased = expected & drawn(doc.size, erased, 5, value=False)
    assert np.array_equal(doc.hole, expected_erased)
    assert doc.mask_area == np.count_nonzero(expected_erased)

    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.hole, expected)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert not doc.hole.any()
    desk.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    desk.key(Qt.Key.Key_Y, CONTROL)
    assert np.array_equal(doc.hole, expected_erased)


def test_right_button_and_alt_erase_for_the_moment(desk: Desk) -> None:
    doc = desk.open(document())
    desk.program.state.set_all_sizes(11)
    desk.drag((60, 40), (60, 120))
    full = doc.mask_area
    spot = desk.drag((60, 60), (60, 68), button=Qt.MouseButton.RightButton)[0]
    assert not doc.hole[spot]
    spot = desk.drag((60, 100), held=ALT)[0]
    assert not doc.hole[spot]
    spot = desk.drag((60, 60))[0]
    assert doc.hole[spot]
    assert full > doc.mask_area > full // 2


def test_shift_click_draws_a_straight_line_from_the_last_stroke(desk: Desk) -> None:
    doc = desk.open(document())
    desk.program.state.set_brush_size(3)
    first = desk.drag((20, 20))[0]
    second = desk.drag((90, 130), held=SHIFT)[0]
    assert np.array_equal(doc.hole, drawn(doc.size, [first, second], 3))
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.hole, drawn(doc.size, [first], 3))


def test_strokes_outside_the_picture_change_nothing_inside(desk: Desk) -> None:
    doc = desk.open(document())
    desk.program.state.set_brush_size(7)
    desk.drag((-30, -30), (-30, 100))
    assert not doc.hole.any()
    assert not doc.history.can_undo


def test_keys_take_tools_and_change_sizes(desk: Desk) -> None:
    desk.open(document())
    state = desk.program.state
    state.set_all_sizes(50)
    desk.key(Qt.Key.Key_BracketRight)
    assert state.brush_size == 55
    desk.key(Qt.Key.Key_BracketLeft)
    assert state.brush_size == 50
    desk.key(Qt.Key.Key_E)
    assert state.tool == "eraser"
    desk.key(Qt.Key.Key_BracketRight)
    desk.key(Qt.Key.Key_X)
    assert (state.tool, state.brush_size) == ("brush", 50)
    desk.key(Qt.Key.Key_X)
    assert (state.tool, state.brush_size) == ("eraser", 55)
    desk.key(Qt.Key.Key_I)
    assert state.tool == "probe"
    desk.key(Qt.Key.Key_B)
    assert state.tool == "brush"


def test_the_smallest_brush_can_grow_and_the_largest_is_bounded(desk: Desk) -> None:
    state = desk.program.state
    state.set_brush_size(1)
    state.grow_brush(-1)
    assert state.brush_size == 1
    state.grow_brush(3)
    assert state.brush_size == 4
    state.set_brush_size(100_000)
    assert state.brush_size == 4096


def test_alt_and_wheel_change_the_size_and_the_wheel_alone_zooms_at_the_pointer(desk: Desk) -> None:
    desk.open(document())
    desk.program.state.set_brush_size(50)
    desk.canvas.zoom_to(4.0)
    spot = desk.at(30, 40)
    turn_wheel(desk, spot, 1, ALT)
    assert desk.program.state.brush_size == 55
    zoom, pixel = desk.canvas.viewpoint.zoom, desk.under(spot)
    turn_wheel(desk, spot, 3)
    assert desk.canvas.viewpoint.zoom == pytest.approx(zoom * 1.25**3)
    assert desk.under(spot) == pixel
    assert desk.program.state.brush_size == 55


def test_zoom_keys(desk: Desk) -> None:
    desk.open(document(1200, 3000))
    fitted = desk.canvas.viewpoint
    desk.key(Qt.Key.Key_1, CONTROL)
    assert desk.canvas.viewpoint.zoom == 1
    desk.key(Qt.Key.Key_2, CONTROL)
    assert desk.canvas.viewpoint.zoom == 2
    desk.key(Qt.Key.Key_Plus, CONTROL)
    assert desk.canvas.viewpoint.zoom == 3
    desk.key(Qt.Key.Key_Minus, CONTROL)
    assert desk.canvas.viewpoint.zoom == 2
    desk.key(Qt.Key.Key_0, CONTROL)
    assert desk.canvas.viewpoint == fitted


@pytest.mark.parametrize("by_space", [True, False])
def test_space_and_the_middle_button_pan_and_paint_nothing(desk: Desk, by_space: bool) -> None:
    doc = desk.open(document(1200, 3000))
    desk.key(Qt.Key.Key_1, CONTROL)
    before = desk.canvas.viewpoint
    button = Qt.MouseButton.LeftButton if by_space else Qt.MouseButton.MiddleButton
    if by_space:
        QTest.keyPress(desk.canvas, Qt.Key.Key_Space)
    middle = desk.canvas.rect().center()
    QTest.mousePress(desk.canvas, button, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(desk.canvas, middle + QPoint(30, -20))
    QTest.mouseRelease(desk.canvas, button, Qt.KeyboardModifier.NoModifier, middle + QPoint(30, -20))
    if by_space:
        QTest.keyRelease(desk.canvas, Qt.Key.Key_Space)
    after = desk.canvas.viewpoint
    assert (after.left - before.left, after.top - before.top) == (30, -20)
    assert not doc.hole.any()
    desk.drag((600, 1500))
    assert doc.hole.any()


def test_typing_in_a_number_field_takes_no_tool(desk: Desk) -> None:
    desk.open(document())
    number = desk.program.window.stage.strip.findChild(QSpinBox)
    number.setFocus()
    QTest.keyClick(number, Qt.Key.Key_E)
    assert desk.program.state.tool == "brush"


def test_the_outline_is_as_large_as_what_a_click_covers(desk: Desk) -> None:
    doc = desk.open(document())
    for size in (7, 12):
        for zoom in (1.0, 4.0):
            desk.program.state.set_brush_size(size)
            desk.canvas.zoom_to(zoom)
            desk.hover(60, 80)
            desk.key(Qt.Key.Key_D, CONTROL)
            desk.drag((60, 80))
            brush = desk.program.window.stage.tools.brush
            margin = 7.0
            marks = brush.marks_rect(desk.canvas.viewpoint).adjusted(margin, margin, -margin, -margin)
            rows, columns = np.flatnonzero(doc.hole.any(axis=1)), np.flatnonzero(doc.hole.any(axis=0))
            view = desk.canvas.viewpoint
            assert marks.topLeft() == view.to_screen(int(rows[0]), int(columns[0]))
            assert marks.bottomRight() == view.to_screen(int(rows[-1]) + 1, int(columns[-1]) + 1)


def test_clearing_the_mask_is_one_step(desk: Desk) -> None:
    doc = desk.open(document())
    desk.drag((20, 20), (40, 40))
    desk.drag((80, 20), (80, 40))
    both = doc.hole.copy()
    desk.key(Qt.Key.Key_D, CONTROL)
    assert not doc.hole.any()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.hole, both)


def test_taking_another_tool_does_not_move_the_picture(desk: Desk) -> None:
    desk.open(document())
    before = desk.canvas.viewpoint
    for key in (Qt.Key.Key_I, Qt.Key.Key_E, Qt.Key.Key_B):
        desk.key(key)
        QApplication.processEvents()
        assert desk.canvas.viewpoint == before


@pytest.mark.parametrize("hardness", [1.0, 0.0])
def test_what_is_called_known_is_the_photograph_to_the_last_bit(hardness: float) -> None:
    doc = document()
    mask = np.zeros(doc.size, np.bool_)
    mask[20:80, 20:80] = True
    doc.apply(fill_edit(doc, mask, None, seed=7))
    stroke = RestoreStroke(doc)
    stroke.draw(Point(50, 30), Point(50, 70), Nib(30, hardness))
    edit = stroke.finish()
    assert edit is not None
    doc.remember(edit)
    known = ~doc.provenance.filled
    assert np.array_equal(doc.image[known], gradient()[known])
    assert known[50, 50]
    assert not known[22, 22]
