"""How is the mask painted?  Strokes of a round brush in picture pixels; Alt or the right button inverts."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen

from app.canvas.pointer import PointerEvent
from app.canvas.viewpoint import Viewpoint
from app.state.editor import EditorModel
from app.state.view_state import ViewState
from inpainting_core.api import Point

_CROSS_BELOW_PX = 8.0
_CROSS_PX = 7.0


class BrushTool(QObject):
    """Brush and eraser: the same hand, another sign."""

    def __init__(self, editor: EditorModel, state: ViewState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._state = state
        self._at: PointerEvent | None = None
        self._paints = True
        self._is_drawing = False
        self._last: Point | None = None
        editor.document_changed.connect(self._on_editor_document_changed)

    @property
    def cursor(self) -> Qt.CursorShape:
        """None: the outline is the cursor."""
        return Qt.CursorShape.BlankCursor

    def press(self, event: PointerEvent) -> None:
        """Start a stroke; with Shift it begins where the last one ended."""
        self._at = event
        self._paints = self._would_paint(event)
        self._is_drawing = True
        start = self._last if event.shift and self._last is not None else event.pixel
        self._editor.begin_stroke()
        self._editor.draw_line(start, event.pixel, self._state.brush_size, self._paints)
        self._last = event.pixel

    def drag(self, event: PointerEvent) -> None:
        """Draw on."""
        if not self._is_drawing:
            return
        self._at = event
        self._editor.draw_line(self._last or event.pixel, event.pixel, self._state.brush_size, self._paints)
        self._last = event.pixel

    def release(self, event: PointerEvent) -> None:
        """End the stroke: one step of the history."""
        self._at = event
        if self._is_drawing:
            self._is_drawing = False
            self._editor.end_stroke()

    def hover(self, event: PointerEvent | None) -> None:
        """Move the outline."""
        self._at = event
        if event is not None and not self._is_drawing:
            self._paints = self._would_paint(event)

    def scroll(self, steps: int) -> None:
        """Change the size."""
        self._state.grow_brush(steps)

    def marks_rect(self, view: Viewpoint) -> QRectF:
        """See `PointerTarget`."""
        if self._at is None:
            return QRectF()
        return self._circle(self._at.pixel, view).adjusted(-_CROSS_PX, -_CROSS_PX, _CROSS_PX, _CROSS_PX)

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        """Paint the outline of what a click would cover; dashed when it would erase."""
        if self._at is None:
            return
        circle = self._circle(self._at.pixel, view)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255, 235), 1.2)):
            style = Qt.PenStyle.SolidLine if self._paints or width > 2 else Qt.PenStyle.DashLine
            painter.setPen(QPen(colour, width, style))
            painter.drawEllipse(circle)
            if circle.width() < _CROSS_BELOW_PX:
                middle = circle.center()
                for along in (QPointF(_CROSS_PX, 0), QPointF(0, _CROSS_PX)):
                    painter.drawLine(middle - along, middle - along / 2)
                    painter.drawLine(middle + along / 2, middle + along)

    def _circle(self, pixel: Point, view: Viewpoint) -> QRectF:
        """Return the outline on the screen; an even brush is centred on the pixel's lower right corner."""
        size = self._state.brush_size
        shift = 0.5 if size % 2 else 1.0
        top_left = view.to_screen(pixel.y + shift - size / 2, pixel.x + shift - size / 2)
        return QRectF(top_left.x(), top_left.y(), size * view.scale, size * view.scale)

    def _would_paint(self, event: PointerEvent) -> bool:
        is_inverted = event.is_right or event.alt
        return (self._state.tool == "brush") != is_inverted

    @Slot()
    def _on_editor_document_changed(self) -> None:
        self._last = None
        self._is_drawing = False
