"""What went wrong, and what can be done?  One line above the picture that never blocks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from app.crash import ErrorReport
from app.style.icons import icon


class MessageBar(QFrame):
    """Shows the message and hint of an explained failure until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
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
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._message)
        row.addWidget(self._hint, 1)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown."""
        return f"{self._message.text()} {self._hint.text()}"

    @Slot(object)
    def show_report(self, report: ErrorReport) -> None:
        """Show an explained failure."""
        self._message.setText(report.message)
        self._hint.setText(report.hint)
        self._icon.setPixmap(icon("warning", self.palette(), QPalette.ColorRole.WindowText).pixmap(20, 20))
        self._close.setIcon(icon("cancel", self.palette()))
        self.setAccessibleName(self.text)
        self.show()
