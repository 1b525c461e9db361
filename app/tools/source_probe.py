"""Where did the pixel under the pointer come from?  Hover to see, click to lock, Esc to let go."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter

from app.canvas.pointer import PointerEvent
from app.canvas.viewpoint import Viewpoint
from app.document.provenance import End, Trace
from app.overlays.source_marks import marks_rect, paint_trace
from app.state.editor import EditorModel
from inpainting_core.api import Box, Point


class SourceProbe(QObject):
    """The probe.

    Signals:
        traced: (Trace) Another pixel is explained, or None.
    """

    traced = Signal(object)

    def __init__(self, editor: EditorModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._trace: Trace | None = None
        self._is_locked = False
        editor.document_changed.connect(self.free)
        editor.provenance_changed.connect(self._on_editor_provenance_changed)

    @property
    def cursor(self) -> Qt.CursorShape:
        """A cross, to aim at single pixels."""
        return Qt.CursorShape.CrossCursor

    @property
    def trace(self) -> Trace | None:
        """What is shown now."""
        return self._trace

    @property
    def is_locked(self) -> bool:
        """True when a click holds the pixel."""
        return self._is_locked

    @Slot()
    def free(self) -> None:
        """Let the locked pixel go."""
        self._is_locked = False
        self._show(None)

    def press(self, event: PointerEvent) -> None:
        """Lock the pixel, if it was filled."""
        trace = self._trace_at(event.pixel)
        self._is_locked = trace is not None and bool(trace.steps)
        self._show(trace)

    def drag(self, event: PointerEvent) -> None:
        """Lock the pixel that the pointer is over now."""
        self.press(event)

    def release(self, event: PointerEvent) -> None:
        """Nothing more to do."""

    def hover(self, event: PointerEvent | None) -> None:
        """Explain the pixel, unless another is locked."""
        if not self._is_locked:
            self._show(None if event is None else self._trace_at(event.pixel))

    def scroll(self, steps: int) -> None:
        """The probe has no size."""

    def marks_rect(self, view: Viewpoint) -> QRectF:
        """See `PointerTarget`."""
        return marks_rect(self._trace, view)

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        """Paint the chain from the pixel back to the photograph."""
        if self._trace is not None:
            paint_trace(painter, view, self._trace)

    def _trace_at(self, pixel: Point) -> Trace | None:
        document = self._editor.document
        if document is None or not Box(0, 0, *document.size).contains(pixel):
            return None
        return document.provenance.trace(pixel)

    def _show(self, trace: Trace | None) -> None:
        if trace != self._trace:
            self._trace = trace
            self.traced.emit(trace)

    @Slot()
    def _on_editor_provenance_changed(self) -> None:
        if self._trace is not None:
            trace = self._trace_at(self._trace.pixel)
            self._is_locked = self._is_locked and trace is not None and bool(trace.steps)
            self._show(trace)


def as_text(trace: Trace) -> str:
    """Return the chain as "(x,y) <- (x,y)" and, where there is none or it breaks off, why."""
    places = [_xy(trace.pixel)]
    for step in trace.steps:
        box = step.sources[0].box
        more = f" +{len(step.sources) - 1}" if len(step.sources) > 1 else ""
        places.append(_xy(Point(box.top, box.left)) + more)
    ends = {
        End.ORIGINAL: "" if trace.steps else QCoreApplication.translate("SourceProbe", "original pixel"),
        End.NO_FIELD: trace.why,
        End.CHANGED: QCoreApplication.translate("SourceProbe", "source has changed since"),
        End.TOO_LONG: "\u2026",
    }
    return " \u2190 ".join(places) + (f"  {ends[trace.end]}" if ends[trace.end] else "")


def _xy(pixel: Point) -> str:
    return f"({pixel.x},{pixel.y})"
