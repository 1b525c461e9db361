from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QProgressBar,
    QScrollBar,
    QWidget,
)

from app.actions.table import ACTIONS, MENUS
from app.style.icons import GLYPHS, icon
from tests.app.conftest import Desk
from tests.app.pictures import document

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
    assert enabled == {"open", "paste", "quit"}
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
        assert action.receivers(signal_text(signal)) >= 1, action_id


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
