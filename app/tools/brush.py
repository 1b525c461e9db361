"""How is something painted?  Mask, source rules or the original: the same round nib, in picture pixels.

Alt, the right button or the pen's other end invert what the tool does. Shift draws a straight line from
where the last stroke ended, and then keeps the stroke on an axis.
"""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen

from app.canvas.pointer import PointerEvent
from app.canvas.viewpoint import Viewpoint
from app.document.settings import NEUTRAL, ONLY
from app.state.editor import EditorModel
from app.state.view_state import ViewState
from inpainting_core.api import Nib, Point

_CROSS_BELOW_PX = 8.0
_CROSS_PX = 7.0
_LOCKS_AFTER_PX = 3
_THINNEST = 0.15
"""Share of the nib that a pen without pressure draws with."""
_HARDNESS_PER_PX = 1 / 200


class BrushTool(QObject):
    """Brush, eraser, rule brushes and the brush that restores: one hand, several planes."""

    def __init__(self, editor: EditorModel, state: ViewState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._state = state
        self._at: PointerEvent | None = None
        self._is_inverted = False
        self._is_drawing = False
        self._last: Point | None = None
        self._last_kept: Point | None = None
        self._start: Point | None = None
        self._axis: str | None = None
        self._led_to: tuple[float, float] = (0.0, 0.0)
        editor.document_changed.connect(self._on_editor_document_changed)

    @property
    def cursor(self) -> Qt.CursorShape:
        """None: the outline is the cursor."""
        return Qt.CursorShape.BlankCursor

    def press(self, event: PointerEvent) -> None:
        """Start a stroke; with Shift it begins where the last one ended."""
        self._at = event
        self._is_inverted = _inverts(event)
        self._is_drawing = True
        start = self._last if event.shift and self._last is not None else event.pixel
        self._start, self._axis = event.pixel, None
        self._led_to = event.pixel
        self._last_kept = self._last
        self._begin()
        self._editor.draw(start, event.pixel, self._nib(event))
        self._last = event.pixel

    def drag(self, event: PointerEvent) -> None:
        """Draw on; with Shift along a row or a column, otherwise as smoothly as is wished."""
        if not self._is_drawing:
            return
        pixel = self._locked(event) if event.shift else self._led(event)
        self._at = replace(event, pixel=pixel)
        self._editor.draw(self._last or pixel, pixel, self._nib(event))
        self._last = pixel

    def release(self, event: PointerEvent) -> None:
        """End the stroke, which catches up with the pointer: one step of the history."""
        if self._is_drawing and self._state.smoothing_px and not event.shift:
            self._editor.draw(self._last or event.pixel, event.pixel, self._nib(self._at or event))
            self._last = event.pixel
        self._at = event
        self.finish()

    def finish(self) -> None:
        """End the stroke where it is, if there is one."""
        if self._is_drawing:
            self._is_drawing = False
            self._editor.end_stroke()

    def abandon(self) -> bool:
        """Take the unfinished stroke back; return False when there is none."""
        was_drawing, self._is_drawing = self._is_drawing, False
        if was_drawing:
            self._last = self._last_kept
            self._editor.abandon_stroke()
        return was_drawing

    def hover(self, event: PointerEvent | None) -> None:
        """Move the outline."""
        self._at = event
        if event is not None and not self._is_drawing:
            self._is_inverted = _inverts(event)

    def scroll(self, steps: int) -> None:
        """Change the size."""
        self._state.grow_brush(steps)

    def resize_by(self, dx_px: float, dy_px: float) -> None:
        """Grow by `dx_px` screen pixels of the pointer's way, harden by `dy_px` upwards."""
        self._state.set_brush_size(round(self._state.brush_size + dx_px))
        self._state.set_hardness(self._state.nib.hardness - dy_px * _HARDNESS_PER_PX)

    def marks_rect(self, view: Viewpoint) -> QRectF:
        """See `PointerTarget`."""
        if self._at is None:
            return QRectF()
        return self._circle(self._at.pixel, view).adjusted(-_CROSS_PX, -_CROSS_PX, _CROSS_PX, _CROSS_PX)

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        """Paint the outline of what a click would cover and of the nib's core; dashed when it takes away."""
        if self._at is None:
            return
        circle = self._circle(self._at.pixel, view)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        takes_away = (self._state.tool == "eraser") != self._is_inverted
        for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255, 235), 1.2)):
            style = Qt.PenStyle.DashLine if takes_away and width < 2 else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colour, width, style))
            if self._state.shows_rim:
                painter.drawEllipse(circle)
            if circle.width() < _CROSS_BELOW_PX or not self._state.shows_rim:
                middle = circle.center()
                for along in (QPointF(_CROSS_PX, 0), QPointF(0, _CROSS_PX)):
                    painter.drawLine(middle - along, middle - along / 2)
                    painter.drawLine(middle + along / 2, middle + along)
        if self._state.nib.hardness < 1 and self._state.shows_rim:
            core = circle.width() / 2 * self._state.nib.hardness
            painter.setPen(QPen(QColor(255, 255, 255, 110), 1.0, Qt.PenStyle.DotLine))
            painter.drawEllipse(circle.center(), core, core)

    def _begin(self) -> None:
        tool = self._state.tool
        if tool in ("never", "only"):
            value = ONLY if tool == "only" else self._state.rule_percent
            self._editor.begin_rules(NEUTRAL if self._is_inverted else value)
        elif tool == "restore":
            self._editor.begin_restoring()
        else:
            self._editor.begin_painting((tool == "eraser") == self._is_inverted)

    def _nib(self, event: PointerEvent) -> Nib:
        """Return the nib, thinner where the pen presses less."""
        nib, share = self._state.nib, _THINNEST + (1 - _THINNEST) * event.pressure
        if event.pressure < 1 and self._state.pressure_sizes:
            nib = replace(nib, diameter=max(1, round(nib.diameter * share)))
        if event.pressure < 1 and self._state.pressure_hardens:
            nib = replace(nib, hardness=nib.hardness * share)
        return nib

    def _led(self, event: PointerEvent) -> Point:
        """Return the pixel that the nib is pulled to: the pointer's, less the string between them."""
        string = self._state.smoothing_px / event.scale
        (y, x), pixel = self._led_to, event.pixel
        way = math.hypot(pixel.y - y, pixel.x - x)
        if not string:
            self._led_to = pixel
        elif way > string:
            share = 1 - string / way
            self._led_to = y + share * (pixel.y - y), x + share * (pixel.x - x)
        return Point(round(self._led_to[0]), round(self._led_to[1]))

    def _locked(self, event: PointerEvent) -> Point:
        """Return the pixel moved onto the row or the column on which the stroke began."""
        start = self._start or event.pixel
        dy, dx = abs(event.pixel.y - start.y), abs(event.pixel.x - start.x)
        if self._axis is None and max(dy, dx) > _LOCKS_AFTER_PX:
            self._axis = "x" if dx > dy else "y"
        if self._axis is None:
            return start
        return Point(start.y, event.pixel.x) if self._axis == "x" else Point(event.pixel.y, start.x)

    def _circle(self, pixel: Point, view: Viewpoint) -> QRectF:
        """Return the outline on the screen; an even brush is centred on the pixel's lower right corner."""
        size = self._state.brush_size
        shift = 0.5 if size % 2 else 1.0
        top_left = view.to_screen(pixel.y + shift - size / 2, pixel.x + shift - size / 2)
        return QRectF(top_left.x(), top_left.y(), size * view.scale, size * view.scale)

    @Slot()
    def _on_editor_document_changed(self) -> None:
        self._last = None
        self._is_drawing = False


def _inverts(event: PointerEvent) -> bool:
    return event.is_right or event.alt or event.is_eraser
