"""What should the person know?  Failures and notes on a plate over the picture; it never blocks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.crash import ErrorReport
from app.panels.plate import Plate
from app.style.icons import icon
from app.translation import core_text


class MessageBar(Plate):
    """Shows a failure's message and hint, or notes, until it is closed."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, at_top=True, width=560)
        self._icon = QLabel()
        self._message = QLabel()
        self._message.setObjectName("strong")
        self._hint = QLabel()
        for label in (self._message, self._hint):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setWordWrap(True)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.setToolTip(self._close.accessibleName())
        self._close.clicked.connect(self.hide)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._message)
        texts.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """What is shown."""
        return f"{self._message.text()} {self._hint.text()}".strip()

    @Slot(object)
    def show_report(self, report: ErrorReport) -> None:
        """Show an explained failure."""
        self._show(report.message, report.hint)

    @Slot(object)
    def show_notes(self, notes: Sequence[str]) -> None:
        """Show what the person should know; nothing when there is nothing."""
        said = [core_text(note) for note in notes]
        if said:
            self._show(said[0], " ".join(said[1:]))

    def _show(self, message: str, hint: str) -> None:
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._icon.setPixmap(icon("warning", self.palette(), QPalette.ColorRole.WindowText).pixmap(20, 20))
        self._close.setIcon(icon("cancel", self.palette()))
        self.setAccessibleName(self.text)
        self.present()
