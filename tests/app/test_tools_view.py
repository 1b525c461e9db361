"""Do the hand and the glass move the view, and nothing else?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.app.conftest import Desk
from tests.app.pictures import document
from tests.harness.hand import ALT, LEFT, RIGHT, Hand


def test_the_hand_moves_the_picture_with_the_pointer(desk: Desk) -> None:
    doc = desk.open(document(1200, 3000))
    desk.canvas.zoom_to(1.0)
    desk.key(Qt.Key.Key_H)
    before, middle = desk.canvas.viewpoint, desk.canvas.rect().center()
    Hand(desk.canvas).drag(middle, middle + QPoint(7, 9), middle + QPoint(35, -22))
    after = desk.canvas.viewpoint
    assert (after.left - before.left, after.top - before.top) == (35, -22)
    assert not doc.mask.any()


@pytest.mark.parametrize(
    ("held", "button", "factor"), [(Qt.KeyboardModifier.NoModifier, LEFT, 2), (ALT, LEFT, 0.5)]
)
def test_the_glass_comes_closer_or_steps_back_and_keeps_the_place(
    desk: Desk, held: Qt.KeyboardModifier, button: Qt.MouseButton, factor: float
) -> None:
    doc = desk.open(document(1200, 3000))
    desk.canvas.zoom_to(2.0)
    desk.key(Qt.Key.Key_Z)
    spot = desk.canvas.rect().center() + QPoint(40, 30)
    pixel = desk.under(spot)
    Hand(desk.canvas).click(spot, button, held)
    assert desk.canvas.viewpoint.zoom == pytest.approx(2.0 * factor)
    there = desk.under(spot)
    assert abs(there.y - pixel.y) + abs(there.x - pixel.x) <= 1
    assert not doc.mask.any()


def test_the_right_button_steps_back_once_it_is_dragged(desk: Desk) -> None:
    desk.open(document(1200, 3000))
    desk.canvas.zoom_to(2.0)
    desk.key(Qt.Key.Key_Z)
    spot = desk.canvas.rect().center()
    Hand(desk.canvas).drag(spot, spot + QPoint(9, 0), button=RIGHT)
    assert desk.canvas.viewpoint.zoom == pytest.approx(1.0)


def test_every_tool_keeps_away_from_the_picture_while_the_space_bar_is_held(desk: Desk) -> None:
    doc = desk.open(document(1200, 3000))
    desk.canvas.zoom_to(1.0)
    hand, middle = Hand(desk.canvas), desk.canvas.rect().center()
    for tool in ("rectangle", "lasso", "never", "wand"):
        desk.program.window.actions_by_id[tool].trigger()
        desk.canvas.setFocus()
        desk.qtbot.keyPress(desk.canvas, Qt.Key.Key_Space)
        hand.drag(middle, middle + QPoint(20, 20))
        desk.qtbot.keyRelease(desk.canvas, Qt.Key.Key_Space)
    assert not doc.mask.any()
    assert not doc.history.can_undo
