"""Where did the pixel under the pointer come from, and where did its likes go?

Over a filled pixel the probe shows the chain back to the photograph; over any other, every place that
was pasted from under the pointer. A click locks a filled pixel; the arrow's head can then be dragged to
another source, and what was copied together is filled again from there.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter

from app.canvas.pointer import PointerEvent
from app.canvas.viewpoint import Viewpoint
from app.document.provenance import End, Trace
from app.overlays.source_marks import marks_rect, paint_drag, paint_pasted, paint_trace, pasted_rect
from app.state.editor import EditorModel
from app.state.filling import Filling
from app.translation import core_text
from inpainting_core.api import Box, Point

GRIP_PX = 12.0
"""So near the arrow's head a press takes it."""
REACH_PX = 3
"""Half the side of the square that is looked up under the pointer."""


class SourceProbe(QObject):
    """The probe.

    Signals:
        traced: (Trace) Another pixel is explained, or None.
    """

    traced = Signal(object)

    def __init__(self, editor: EditorModel, filling: Filling, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._filling = filling
        self._trace: Trace | None = None
        self._pasted: NDArray[np.int32] = np.empty((0, 2), np.int32)
        self._is_locked = False
        self._dragged_to: Point | None = None
        editor.document_changed.connect(self.free)
        editor.provenance_changed.connect(self._on_editor_provenance_changed)

    @property
    def cursor(self) -> Qt.CursorShape:
        """A cross, to aim at single pixels; a closed hand while the arrow's head is dragged."""
        return Qt.CursorShape.CrossCursor if self._dragged_to is None else Qt.CursorShape.ClosedHandCursor

    @property
    def trace(self) -> Trace | None:
        """What is shown now."""
        return self._trace

    @property
    def pasted(self) -> NDArray[np.int32]:
        """(n, 2) int32: the pixels that were copied from under the pointer."""
        return self._pasted

    @property
    def is_locked(self) -> bool:
        """True when a click holds the pixel."""
        return self._is_locked

    @Slot()
    def free(self) -> None:
        """Let the locked pixel go."""
        self._is_locked = False
        self._dragged_to = None
        self._show(None)

    def press(self, event: PointerEvent) -> None:
        """Take the arrow's head, or lock the pixel, if it was filled."""
        if self._trace is not None and self._grips(event):
            self._dragged_to = _source_of(self._trace)
        else:
            self._lock(event.pixel)

    def drag(self, event: PointerEvent) -> None:
        """Move the arrow's head, or lock the pixel that the pointer is over now."""
        if self._dragged_to is None:
            self._lock(event.pixel)
        else:
            self._dragged_to = event.pixel

    def release(self, _event: PointerEvent) -> None:
        """Give the pixel its new source."""
        target, self._dragged_to = self._dragged_to, None
        document = self._editor.document
        if target is None or document is None or self._trace is None or not self._trace.steps:
            return
        if Box(0, 0, *document.size).contains(target) and target != _source_of(self._trace):
            self._filling.give_source(self._trace.pixel, target)

    def abandon(self) -> bool:
        """Let go of the arrow's head, or of the pixel; return False when nothing is held."""
        held = self._is_locked or self._dragged_to is not None
        if self._dragged_to is not None:
            self._dragged_to = None
        elif self._is_locked:
            self.free()
        return held

    def hover(self, event: PointerEvent | None) -> None:
        """Explain the pixel, unless another is locked."""
        if self._is_locked:
            return
        trace = None if event is None else self._trace_at(event.pixel)
        if event is None or (trace is not None and trace.end is not End.ORIGINAL) or (trace and trace.steps):
            self._pasted = np.empty((0, 2), np.int32)
        else:
            self._pasted = self._pasted_from(event.pixel)
        self._show(trace)

    def scroll(self, steps: int) -> None:
        """The probe has no size."""

    def marks_rect(self, view: Viewpoint) -> QRectF:
        """See `PointerTarget`."""
        rect = marks_rect(self._trace, view).united(pasted_rect(self._pasted, view))
        if self._dragged_to is not None and self._trace is not None:
            ends = [
                view.to_screen(pixel.y + 0.5, pixel.x + 0.5)
                for pixel in (self._trace.pixel, self._dragged_to)
            ]
            rect = rect.united(QRectF(*ends).normalized().adjusted(-24, -24, 24, 24))
        return rect

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        """Paint the chain from the pixel back to the photograph, or where its copies went."""
        paint_pasted(painter, view, self._pasted)
        if self._trace is not None and self._dragged_to is not None:
            paint_drag(painter, view, self._trace.pixel, self._dragged_to)
        elif self._trace is not None:
            paint_trace(painter, view, self._trace, is_locked=self._is_locked)

    def _grips(self, event: PointerEvent) -> bool:
        if not self._is_locked or self._trace is None or not self._trace.steps:
            return False
        source = _source_of(self._trace)
        way = QPointF(event.position[1] - source.x - 0.5, event.position[0] - source.y - 0.5)
        return math.hypot(way.x(), way.y()) * event.scale <= GRIP_PX

    def _lock(self, pixel: Point) -> None:
        trace = self._trace_at(pixel)
        self._is_locked = trace is not None and bool(trace.steps)
        self._pasted = np.empty((0, 2), np.int32)
        self._trace = trace
        self.traced.emit(trace)  # the pixel may be the same: that it is held is new

    def _trace_at(self, pixel: Point) -> Trace | None:
        document = self._editor.document
        if document is None or not Box(0, 0, *document.size).contains(pixel):
            return None
        return document.provenance.trace(pixel)

    def _pasted_from(self, pixel: Point) -> NDArray[np.int32]:
        document = self._editor.document
        if document is None or not document.provenance.fills:
            return np.empty((0, 2), np.int32)
        return document.provenance.pasted_from(Box(pixel.y, pixel.x, 1, 1).pad(REACH_PX))

    def _show(self, trace: Trace | None) -> None:
        if trace != self._trace:
            self._trace = trace
            self.traced.emit(trace)

    @Slot()
    def _on_editor_provenance_changed(self) -> None:
        self._pasted = np.empty((0, 2), np.int32)
        if self._trace is not None:
            trace = self._trace_at(self._trace.pixel)
            self._is_locked = self._is_locked and trace is not None and bool(trace.steps)
            self._show(trace)


def _source_of(trace: Trace) -> Point:
    box = trace.steps[0].sources[0].box
    return Point(box.top + box.height // 2, box.left + box.width // 2)


def as_text(trace: Trace) -> str:
    """Return the chain as "(x,y) <- (x,y)" and, where there is none or it breaks off, why."""
    places = [_xy(trace.pixel)]
    for step in trace.steps:
        box = step.sources[0].box
        more = f" +{len(step.sources) - 1}" if len(step.sources) > 1 else ""
        places.append(_xy(Point(box.top, box.left)) + more)
    ends = {
        End.ORIGINAL: "" if trace.steps else QCoreApplication.translate("SourceProbe", "original pixel"),
        End.NO_FIELD: core_text(trace.why),
        End.CHANGED: QCoreApplication.translate("SourceProbe", "source has changed since"),
        End.TOO_LONG: "\u2026",
    }
    return " \u2190 ".join(places) + (f"  {ends[trace.end]}" if ends[trace.end] else "")


def _xy(pixel: Point) -> str:
    return f"({pixel.x},{pixel.y})"
