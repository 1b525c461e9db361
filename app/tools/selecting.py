"""How is something marked by pointing at it?  The wand takes what looks alike, the other what stands out.

Both look beside the window; what they found is shown at once and marked when it is certain: the wand's
on release, since dragging changes its tolerance, an object's as soon as it is found.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen

from app.canvas.pointer import PointerEvent
from app.canvas.qimages import coloured_image, veil_colours
from app.canvas.viewpoint import Viewpoint
from app.state.editor import EditorModel
from app.state.mask_shaping import SELECTING
from app.state.view_state import ViewState
from app.tools.shapes import mode_of
from app.work.background import Background
from inpainting_core.api import Box, ObjectSelector, Point, Progress, Region, RegionMode, similar

_PX_PER_TOLERANCE = 2.0
_DRAG_PX = 6.0
_FOUND, _OPACITY = QColor(90, 200, 255), 0.47


class WandTool(QObject):
    """Press on a colour; drag to take more or less of what is like it.

    Signals:
        changed: What is found so far changed; paint again.
    """

    changed = Signal()

    def __init__(
        self, editor: EditorModel, state: ViewState, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._state = state
        self._background = background
        self._start: PointerEvent | None = None
        self._mode: RegionMode = "add"
        self._tolerance = 0
        self._found: Region | None = None
        self._is_released = False
        self._waiting: list[PointerEvent] = []
        editor.document_changed.connect(self._on_changed)
        state.tool_changed.connect(self._on_changed)

    @property
    def cursor(self) -> Qt.CursorShape:
        """A cross, to aim at a colour."""
        return Qt.CursorShape.CrossCursor

    def press(self, event: PointerEvent) -> None:
        """Look for what is like the pixel, once what was clicked before is marked."""
        if self._start is not None and self._is_released:
            self._waiting.append(event)
            return
        document = self._editor.document
        if document is None or not Box(0, 0, *document.size).contains(event.pixel):
            return
        self._start, self._mode, self._is_released = event, mode_of(event, self._state), False
        self._tolerance = self._state.wand_tolerance
        self._look()

    def drag(self, event: PointerEvent) -> None:
        """Take more to the right, less to the left."""
        if self._start is None or self._waiting:
            return
        way = (event.position[1] - self._start.position[1]) * event.scale
        tolerance = round(self._state.wand_tolerance + way / _PX_PER_TOLERANCE)
        tolerance = min(max(tolerance, 0), 255)
        if tolerance != self._tolerance:
            self._tolerance = tolerance
            self._look()

    def release(self, _event: PointerEvent) -> None:
        """Mark what was found, now or when it is."""
        if self._start is None or self._waiting:
            return
        self._is_released = True
        self._state.set_wand(self._tolerance, self._state.wand_is_contiguous)
        if not self._background.is_busy(SELECTING):
            self._mark()

    def abandon(self) -> bool:
        """Drop what was found; return False when nothing was looked for."""
        was_looking = self._start is not None
        self._start = self._found = None
        self._waiting.clear()
        self._background.cancel(SELECTING)
        self.changed.emit()
        return was_looking

    def hover(self, event: PointerEvent | None) -> None:
        """Nothing follows the pointer."""

    def scroll(self, steps: int) -> None:
        """Change the tolerance."""
        self._state.set_wand(self._state.wand_tolerance + steps, self._state.wand_is_contiguous)

    def marks_rect(self, view: Viewpoint) -> QRectF:
        """See `PointerTarget`."""
        return QRectF() if self._found is None else view.rect_of(self._found.box)

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        """Paint what was found so far."""
        if self._found is not None:
            paint_region(painter, view, self._found)

    def _look(self) -> None:
        document, start = self._editor.document, self._start
        if document is not None and start is not None:
            picture = document.shown.arrays[0]
            job = partial(similar, picture, start.pixel, self._tolerance, self._state.wand_is_contiguous)
            self._background.submit(SELECTING, lambda _token: job(), self._take, self)

    def _take(self, region: Region) -> None:
        self._found = region
        self.changed.emit()
        if self._is_released:
            self._mark()

    def _mark(self) -> None:
        found, self._found, self._start = self._found, None, None
        self.changed.emit()
        if found is not None:
            self._editor.apply_region(found, self._mode, "wand")
        if self._waiting:
            self.press(self._waiting.pop(0))
            self._is_released = True

    @Slot()
    def _on_changed(self) -> None:
        if self._start is not None:
            self.abandon()


class ObjectTool(QObject):
    """Click an object, or drag a box around it, and all of it is marked.

    Signals:
        changed: Paint again.
        looking_changed: The search for an object began or ended.
    """

    changed = Signal()
    looking_changed = Signal()

    def __init__(
        self, editor: EditorModel, state: ViewState, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._state = state
        self._background = background
        self._selector = ObjectSelector()
        self._start: PointerEvent | None = None
        self._end: PointerEvent | None = None
        self._mode: RegionMode = "add"
        self._pinged: Point | None = None
        background.busy_changed.connect(self._on_background_busy_changed)
        editor.document_changed.connect(self._on_changed)
        state.tool_changed.connect(self._on_changed)

    @property
    def cursor(self) -> Qt.CursorShape:
        """A hand that points, or a clock while it looks."""
        return Qt.CursorShape.BusyCursor if self.is_looking else Qt.CursorShape.PointingHandCursor

    @property
    def is_looking(self) -> bool:
        """True while an object is looked for."""
        return self._pinged is not None and self._background.is_busy(SELECTING)

    def press(self, event: PointerEvent) -> None:
        """Begin a click or a box."""
        self._start = self._end = event
        self._mode = mode_of(event, self._state)

    def drag(self, event: PointerEvent) -> None:
        """Stretch the box."""
        self._end = event

    def release(self, event: PointerEvent) -> None:
        """Look for the object."""
        document, start, self._start, self._end = self._editor.document, self._start, None, None
        if document is None or start is None:
            return
        way = max(abs(event.position[0] - start.position[0]), abs(event.position[1] - start.position[1]))
        at: Point | Box = start.pixel
        if way * event.scale > _DRAG_PX:
            at = _box_between(start.pixel, event.pixel).clamp(document.size)
        elif not Box(0, 0, *document.size).contains(start.pixel):
            return
        self._pinged = start.pixel
        picture, mode = document.shown.arrays[0], self._mode
        self._background.submit(
            SELECTING,
            lambda token: self._selector.select(picture, at, Progress(token).check),
            lambda region: self._editor.apply_region(region, mode, "object"),
        )

    def abandon(self) -> bool:
        """Stop looking; return False when nothing was looked for."""
        was_looking = self.is_looking or self._start is not None
        self._start = self._end = None
        if self.is_looking:
            self._background.cancel(SELECTING)
        return was_looking

    def hover(self, event: PointerEvent | None) -> None:
        """Nothing follows the pointer."""

    def scroll(self, steps: int) -> None:
        """Objects have no size."""

    def marks_rect(self, view: Viewpoint) -> QRectF:
        """See `PointerTarget`."""
        if self._start is not None and self._end is not None:
            return view.rect_of(_box_between(self._start.pixel, self._end.pixel)).adjusted(-3, -3, 3, 3)
        if self.is_looking and self._pinged is not None:
            middle = view.to_screen(self._pinged.y + 0.5, self._pinged.x + 0.5)
            return QRectF(middle - QPointF(14, 14), middle + QPointF(14, 14))
        return QRectF()

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        """Paint the box that is drawn, or a ring where an object is looked for."""
        rect = self.marks_rect(view)
        if rect.isEmpty():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 170), 3.0), (QColor(255, 255, 255), 1.4)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine if width > 2 else Qt.PenStyle.DashLine))
            if self._start is not None:
                painter.drawRect(rect.adjusted(3, 3, -3, -3))
            else:
                painter.drawEllipse(rect.adjusted(4, 4, -4, -4))

    @Slot(str)
    def _on_background_busy_changed(self, lane: str) -> None:
        if lane == SELECTING and self._pinged is not None:
            if not self._background.is_busy(SELECTING):
                self._pinged = None
            self.looking_changed.emit()
            self.changed.emit()

    @Slot()
    def _on_changed(self) -> None:
        self.abandon()


def paint_region(painter: QPainter, view: Viewpoint, region: Region) -> None:
    """Paint what the clip shows of a region that is not in the mask yet, no finer than the screen."""
    seen = view.box_of(painter.clipBoundingRect()).intersect(region.box)
    if seen.is_empty:
        return
    step = max(1, int(1 / view.zoom))
    part = region.coverage[seen.shift(-region.box.top, -region.box.left).slices][::step, ::step]
    place = Box(seen.top, seen.left, part.shape[0] * step, part.shape[1] * step)
    painter.drawImage(view.rect_of(place), coloured_image(part, veil_colours(_FOUND, _OPACITY, 0)))


def _box_between(one: Point, other: Point) -> Box:
    top, left = min(one.y, other.y), min(one.x, other.x)
    return Box(top, left, abs(one.y - other.y) + 1, abs(one.x - other.x) + 1)
