"""How is the view moved by a tool of its own?  A hand that drags the picture, a glass that comes closer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.canvas.pointer import PointerEvent
from app.canvas.view import CanvasView
from app.canvas.viewpoint import Viewpoint


class _NoMarks:
    """Nothing is painted over the picture, and nothing follows the pointer."""

    def hover(self, event: PointerEvent | None) -> None:
        """See `PointerTarget`."""

    def scroll(self, steps: int) -> None:
        """See `PointerTarget`."""

    def marks_rect(self, view: Viewpoint) -> QRectF:
        """See `PointerTarget`."""
        del view
        return QRectF()

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        """See `PointerTarget`."""


class HandTarget(_NoMarks):
    """Drags the picture."""

    def __init__(self, canvas: CanvasView) -> None:
        self._canvas = canvas
        self._from: QPointF | None = None

    @property
    def cursor(self) -> Qt.CursorShape:
        """An open hand, closed while it drags."""
        return Qt.CursorShape.OpenHandCursor if self._from is None else Qt.CursorShape.ClosedHandCursor

    def press(self, event: PointerEvent) -> None:
        """Take hold of the picture."""
        self._from = QPointF(event.position[1], event.position[0])

    def drag(self, event: PointerEvent) -> None:
        """Move what was taken under the pointer."""
        if self._from is not None:
            way = QPointF(event.position[1], event.position[0]) - self._from
            self._canvas.pan(way.x() * event.scale, way.y() * event.scale)

    def release(self, event: PointerEvent) -> None:
        """Let go."""
        del event
        self._from = None


class ZoomTarget(_NoMarks):
    """Comes closer where it is clicked; with Alt or the right button steps back."""

    def __init__(self, canvas: CanvasView) -> None:
        self._canvas = canvas

    @property
    def cursor(self) -> Qt.CursorShape:
        """A cross."""
        return Qt.CursorShape.CrossCursor

    def press(self, event: PointerEvent) -> None:
        """Zoom by one stop."""
        at = self._canvas.viewpoint.to_screen(*event.position)
        factor = 1 / 2 if event.alt or event.is_right else 2
        self._canvas.zoom_to(self._canvas.viewpoint.zoom * factor, at)

    def drag(self, event: PointerEvent) -> None:
        """See `PointerTarget`."""

    def release(self, event: PointerEvent) -> None:
        """See `PointerTarget`."""
