"""Where does a plate over the picture stand?  Centred at one rim of its host, whatever the host's size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QWidget

_GAP = 20


class Plate(QFrame):
    """A small frame over `host` that pushes nothing aside; hidden at first.

    Args:
        host: The widget it lies on.
        at_top: True for the upper rim, False for the lower one.
        width: Greatest width in logical pixels.
    """

    def __init__(self, host: QWidget, *, at_top: bool, width: int) -> None:
        super().__init__(host)
        self._host = host
        self._at_top = at_top
        self._width = width
        self.setObjectName("plate")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()
        host.installEventFilter(self)

    def present(self) -> None:
        """Show the plate over everything else."""
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        self.setFixedWidth(min(self._width, self._host.width() - 2 * _GAP))
        layout = self.layout()
        if layout is not None:
            layout.activate()
        height = self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setFixedHeight(max(height, self.minimumSizeHint().height()))
        top = _GAP if self._at_top else self._host.height() - self.height() - _GAP
        self.move((self._host.width() - self.width()) // 2, top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay at the rim when the host is resized."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)
