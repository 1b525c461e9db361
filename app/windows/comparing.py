"""How long does a comparison last?  While a key is held, or in turns; otherwise until it is switched off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication

from app.state.view_state import CompareMode, ViewState

BLINK_MS = 700


class Comparing(QObject):
    """Shows "before" while its key is held, and before and after in turn while blinking."""

    def __init__(self, state: ViewState, before: QAction, blink: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._blink = blink
        self._until_then: CompareMode | None = None
        self._turns = QTimer(self, interval=BLINK_MS)
        self._turns.timeout.connect(self._on_turns_timeout)
        before.triggered.connect(self._on_before_triggered)
        blink.toggled.connect(self._on_blink_toggled)
        state.compare_changed.connect(self._on_state_compare_changed)

    def stop(self) -> None:
        """End whatever lasts."""
        self._let_go()
        self._blink.setChecked(False)

    @Slot()
    def _on_before_triggered(self) -> None:
        """Show "before" until the key is let go; from a menu, until the next key or click."""
        if self._until_then is None:
            self._until_then = self._state.compare
            _application().installEventFilter(self)
            self._state.set_compare("before")

    def _let_go(self) -> None:
        if self._until_then is not None:
            _application().removeEventFilter(self)
            mode, self._until_then = self._until_then, None
            self._state.set_compare(mode)

    @Slot(bool)
    def _on_blink_toggled(self, on: bool) -> None:
        if on:
            self._turns.start()
        else:
            self._turns.stop()
            if self._state.compare == "before":
                self._state.set_compare("off")

    @Slot()
    def _on_turns_timeout(self) -> None:
        self._state.set_compare("off" if self._state.compare == "before" else "before")

    @Slot()
    def _on_state_compare_changed(self) -> None:
        if self._state.compare not in ("off", "before"):
            self._blink.setChecked(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let go when the key comes up, a button goes down, or the program is left."""
        ends = {QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress, QEvent.Type.ApplicationDeactivate}
        repeats = isinstance(event, QKeyEvent) and event.isAutoRepeat()
        if event.type() in ends and not repeats:
            self._let_go()
        return super().eventFilter(watched, event)


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("there is no application")
    return application
