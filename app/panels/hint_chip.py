"""What would help somebody who is here for the first time?  One line, gone for good once followed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.panels.plate import Plate
from app.style.icons import icon


class HintChip(Plate):
    """A line, perhaps a button that does what it says, and a way to be rid of it.

    Signals:
        followed: The button was pressed.
        dismissed: The person has read enough.
    """

    followed = Signal()
    dismissed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, at_top=True, width=460)
        self._text = QLabel()
        self._button = QPushButton()
        self._button.setObjectName("secondary")
        self._button.setAccessibleName(self.tr("Do it"))
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close the hint"))
        self._close.setToolTip(self._close.accessibleName())
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._button.clicked.connect(self.followed)
        self._close.clicked.connect(self.dismissed)
        self._close.clicked.connect(self.hide)

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def say(self, text: str, button: str = "") -> None:
        """Show a line, and a button when there is something to press."""
        self._text.setText(text)
        self._button.setText(button)
        self._button.setAccessibleName(button or text)
        self._button.setVisible(bool(button))
        self._close.setIcon(icon("cancel", self.palette()))
        self.setAccessibleName(text)
        self.present()
