from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QScrollBar,
    QSlider,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.actions.presets import PRESETS, preset_of
from app.actions.registry import apply_keys, conflicts, keys_of, make_actions, portable, rebound, reset
from app.actions.table import ACTIONS, MENUS
from app.actions.text_guard import TextGuard
from app.style.icons import GLYPHS, icon
from tests.app.conftest import Desk
from tests.app.pictures import document

SHELL = {"open_folder", "preferences", "palette", "cheat_sheet", "shortcuts", "about"}
ALWAYS = SHELL | {"open", "paste", "quit"}
NONE = Qt.KeyboardModifier.NoModifier
WAITING = SHELL | {"close", "cancel_all", "wheel", "arrows", "density", "confidence"}
"""Rows that the window does not connect yet."""
NEEDS_MORE = {"clear_rules", "clear_pins", "restore_mask", "next_variant", "previous_variant"}


def test_no_key_has_two_meanings() -> None:
    keys = Counter(QKeySequence.fromString(key).toString() for spec in ACTIONS for key in spec.keys)
    assert "" not in keys
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_has_a_place_a_help_and_a_known_icon() -> None:
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    assert {spec.menu for spec in ACTIONS} == {menu for menu, _ in MENUS}
    assert [spec.id for spec in ACTIONS if not spec.help.endswith(".")] == []
    assert {spec.icon for spec in ACTIONS if spec.icon} <= set(GLYPHS)


def test_conflicts_are_found_however_the_key_is_spelt() -> None:
    assert conflicts(ACTIONS, {}) == {}
    assert conflicts(ACTIONS, {"eraser": ("b",)}) == {"B": ("brush", "eraser")}
    twice = {"save": ("shift+ctrl+p", "Ctrl+Shift+P")}
    assert conflicts(ACTIONS, twice) == {"Ctrl+Shift+P": ("save", "palette")}


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_name_known_commands_and_real_keys_without_conflict(preset: str) -> None:
    _, keys = PRESETS[preset]
    assert set(keys) <= {spec.id for spec in ACTIONS}
    assert all(portable(key) for own in keys.values() for key in own)
    assert conflicts(ACTIONS, keys) == {}
    assert preset_of(dict(keys)) == preset


def test_own_keys_are_kept_only_while_they_differ_from_the_table() -> None:
    brush = next(spec for spec in ACTIONS if spec.id == "brush")
    own = rebound({"save": ("F9",)}, brush, ("P",))
    assert own == {"save": ("F9",), "brush": ("P",)}
    assert keys_of(brush, own) == ("P",)
    assert rebound(own, brush, ("b",)) == reset(own, "brush") == {"save": ("F9",)}
    assert preset_of(own) == ""


def test_own_keys_win_and_can_change_while_the_window_is_open(qapp: QApplication) -> None:
    parent = QObject()
    actions = make_actions(parent, {"brush": ("P",), "eraser": ()})
    assert actions["brush"].shortcuts() == [QKeySequence("P")]
    assert actions["eraser"].shortcuts() == []
    assert "(P)" in actions["brush"].toolTip()
    apply_keys(actions, {})
    assert actions["brush"].shortcuts() == [QKeySequence("B")]
    assert actions["eraser"].shortcuts() == [QKeySequence("E")]


def test_standard_keys_of_the_system_are_among_ours() -> None:
    kinds = QKeySequence.StandardKey
    standard = {"open": kinds.Open, "save": kinds.Save, "undo": kinds.Undo, "copy": kinds.Copy}
    for action_id, kind in standard.items():
        keys = next(spec.keys for spec in ACTIONS if spec.id == action_id)
        assert QKeySequence.keyBindings(kind)[0] in [QKeySequence(key) for key in keys]


class Room(QWidget):
    """A canvas, a field and a slider, and the commands of the table in one window."""

    def __init__(self) -> None:
        super().__init__()
        self.canvas, self.field = QWidget(), QLineEdit()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        rows = QVBoxLayout(self)
        self.done: list[str] = []
        for widget in (self.canvas, self.field, self.slider):
            rows.addWidget(widget)
        actions = make_actions(self)
        for action_id, action in actions.items():
            action.setEnabled(True)
            action.triggered.connect(lambda _on=False, action_id=action_id: self.done.append(action_id))
        self.addActions(list(actions.values()))
        self.guard = TextGuard(actions, self.canvas, self)


def press(room: Room, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> list[str]:
    """Return what a key did with the focus in `widget`."""
    room.done.clear()
    widget.setFocus()
    QApplication.processEvents()
    QTest.keyClick(widget, key, held)
    return list(room.done)


def test_keys_of_the_canvas_are_dead_where_text_is_typed(qtbot: QtBot) -> None:
    room = Room()
    qtbot.addWidget(room)
    room.show()
    qtbot.waitExposed(room)
    room.activateWindow()
    keys, free, ctrl = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    for key, action_id in ((keys.Key_B, "brush"), (keys.Key_Return, "fill"), (keys.Key_Tab, "hide_panels")):
        assert press(room, room.canvas, key, free) == [action_id]
        assert press(room, room.field, key, free) == []
    assert room.field.text() == "b"
    assert press(room, room.field, keys.Key_S, ctrl) == ["save"]
    assert press(room, room.slider, keys.Key_PageDown, free) == []
    assert press(room, room.slider, keys.Key_B, free) == ["brush"]
    assert press(room, room.canvas, keys.Key_PageDown, free) == ["next_picture"]
    room.hide()


def test_letters_for_menus_are_not_used_twice() -> None:
    for menu, _ in MENUS:
        texts = [spec.text for spec in ACTIONS if spec.menu == menu and "&" in spec.text]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(letters)) == len(letters), menu


def test_every_icon_can_be_drawn(desk: Desk) -> None:
    palette = desk.program.window.palette()
    for name in GLYPHS:
        assert not icon(name, palette).pixmap(16, 16).isNull()


def test_without_a_picture_only_what_works_is_enabled(desk: Desk) -> None:
    actions = desk.program.window.actions_by_id
    enabled = {action_id for action_id, action in actions.items() if action.isEnabled()}
    assert enabled == ALWAYS
    desk.open(document())
    disabled = {action_id for action_id, action in actions.items() if not action.isEnabled()}
    assert disabled == NEEDS_MORE | {"undo", "redo", "clear", "overlay"}
    desk.drag((20, 20))
    disabled = {action_id for action_id, action in actions.items() if not action.isEnabled()}
    assert disabled == NEEDS_MORE | {"redo", "overlay"}


def test_every_action_does_something(desk: Desk) -> None:
    desk.open(document())
    for action_id, action in desk.program.window.actions_by_id.items():
        signal = action.toggled if action_id in {"overlay", "full_screen"} else action.triggered
        assert action_id in WAITING or action.receivers(signal_text(signal)) >= 1, action_id


def signal_text(signal: object) -> str:
    return "2" + str(signal).split(" ")[1] if str(signal).startswith("<") else str(signal)


def test_every_control_can_be_named_aloud(desk: Desk) -> None:
    desk.open(document())
    window = desk.program.window
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QProgressBar)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds) and not isinstance(widget, QScrollBar)
        if not (widget.accessibleName() or isinstance(widget, QAbstractButton) and widget.text())
        if widget.objectName() not in {"qt_toolbar_ext_button", "qt_menubar_ext_button"}
    ]
    assert nameless == []
    assert desk.canvas.accessibleName()
    assert desk.canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_a_key_that_is_held_repeats_only_what_goes_step_by_step(desk: Desk) -> None:
    doc = desk.open(document())
    for row in (20, 60, 100):
        desk.drag((row, 80))
    size = desk.program.state.brush_size

    def hold(key: Qt.Key, text: str, times: int, held: Qt.KeyboardModifier = NONE) -> None:
        for number in range(times):
            QTest.simulateEvent(desk.canvas, True, key, held, text, number > 0)
        QTest.simulateEvent(desk.canvas, False, key, held, text, False)

    hold(Qt.Key.Key_BracketRight, "]", 4)
    assert desk.program.state.brush_size >= size + 4
    hold(Qt.Key.Key_Z, "", 2, Qt.KeyboardModifier.ControlModifier)
    assert len(doc.history.done) == 1
    hold(Qt.Key.Key_I, "", 3, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [step.edit.name for step in doc.history.done] == ["paint", "invert"]
    hold(Qt.Key.Key_Return, "\r", 5)
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert len(desk.filler.requests) == 1
