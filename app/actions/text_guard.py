"""Who gets a key: the field that has the focus, or a command?  Where text is typed, the field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from app.actions.table import ACTIONS

_WRITING = (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
_MOVING = tuple(QKeySequence(key) for key in ("PgUp", "PgDown", "Tab"))


class TextGuard(QObject):
    """Keeps the keys of the canvas from acting in fields; it listens to the focused widget only.

    In fields, lists and boxes every key of a "canvas" row belongs to the widget; at sliders and buttons
    only Tab and the page keys do, so that every control can be reached. The canvas keeps all its keys.

    Args:
        actions: By id, with their keys of the moment.
        canvas: Where commands go first.
        parent: Whose life it shares.
    """

    def __init__(self, actions: Mapping[str, QAction], canvas: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._canvas = canvas
        self._watched: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_application_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_application_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None if new is self._canvas else new
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Give a key to the widget instead of a command."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if pressed in _MOVING or (isinstance(watched, _WRITING) and self._is_of_canvas(pressed)):
                event.accept()
                return True
        return False

    def _is_of_canvas(self, pressed: QKeySequence) -> bool:
        rows = (spec for spec in ACTIONS if spec.context == "canvas")
        return any(pressed in self._actions[spec.id].shortcuts() for spec in rows)
