"""How is an area marked?  Rectangle, ellipse, lasso and polygon, added to the mask or taken off it.

Shift adds, Alt or the right button takes away, both keep what is common; else the strip above the
picture says. A polygon is closed by Enter, a double click, or a click near its start.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF

from app.canvas.pointer import PointerEvent
from app.canvas.viewpoint import Viewpoint
from app.document.edits import EditName
from app.state.editor import EditorModel
from app.state.view_state import ViewState
from inpainting_core.api import Point, Region, RegionMode, Size, ellipse, polygon, rectangle

_NEAR_PX = 9.0
_MARGIN = 6
_FEWEST = 3
Place = tuple[float, float]
"""(y, x) in the picture, between pixels."""


class ShapeTool(QObject):
    """Rectangle and ellipse by their corners, lasso by its way, polygon by its corners."""

    def __init__(self, editor: EditorModel, state: ViewState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._state = state
        self._places: list[Place] = []
        self._mode: RegionMode = "add"
        self._is_dragging = False
        self._pointer: Place | None = None
        self._near_px = _NEAR_PX
        editor.document_changed.connect(self._on_changed)
        state.tool_changed.connect(self._on_changed)

    @property
    def cursor(self) -> Qt.CursorShape:
        """A cross, to aim at edges."""
        return Qt.CursorShape.CrossCursor

    @property
    def is_unfinished(self) -> bool:
        """True while a shape waits for its next corner."""
        return bool(self._places)

    def press(self, event: PointerEvent) -> None:
        """Begin a shape, or put a polygon's next corner."""
        if not self._places:
            self._mode = mode_of(event, self._state)
        if self._state.tool != "polygon":
            self._places = [event.position]
            self._is_dragging = True
        elif len(self._places) >= _FEWEST and self._is_near_start(event.position):
            self._finish()
        else:
            self._places.append(event.position)
        self._pointer = event.position

    def drag(self, event: PointerEvent) -> None:
        """Stretch the shape or draw the lasso on."""
        self._pointer = event.position
        if self._is_dragging and self._state.tool == "lasso":
            if math.dist(event.position, self._places[-1]) >= 1:
                self._places.append(event.position)
        elif self._is_dragging:
            self._places = [
                self._places[0],
                _square(self._places[0], event) if event.shift else event.position,
            ]

    def release(self, event: PointerEvent) -> None:
        """Finish all but a polygon."""
        if self._is_dragging:
            self.drag(event)
            self._is_dragging = False
            self._finish()

    def double_click(self, _event: PointerEvent) -> bool:
        """Close the polygon; return False for the other shapes."""
        if self._state.tool == "polygon":
            self._finish()
        return self._state.tool == "polygon"

    def key(self, event: QKeyEvent) -> bool:
        """Enter closes the polygon, Backspace takes its last corner; return True when the key was used."""
        if not self._places or self._state.tool != "polygon":
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._places.pop()
        else:
            return False
        return True

    def abandon(self) -> bool:
        """Drop the unfinished shape; return False when there is none."""
        was_unfinished = bool(self._places)
        self._places, self._is_dragging = [], False
        return was_unfinished

    def hover(self, event: PointerEvent | None) -> None:
        """Stretch the polygon's last edge."""
        self._pointer = None if event is None else event.position

    def scroll(self, steps: int) -> None:
        """Shapes have no size."""

    def marks_rect(self, view: Viewpoint) -> QRectF:
        """See `PointerTarget`."""
        self._near_px = _NEAR_PX / view.scale
        outline = self._outline(view)
        return (
            outline.boundingRect().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
            if outline.size()
            else QRectF()
        )

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        """Paint the shape's outline, and a ring where a click would close a polygon."""
        outline = self._outline(view)
        if outline.isEmpty():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width, style in (
            (QColor(0, 0, 0, 170), 2.6, Qt.PenStyle.SolidLine),
            (QColor(255, 255, 255), 1.2, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(colour, width, style))
            if self._state.tool == "ellipse":
                painter.drawEllipse(outline.boundingRect())
            else:
                painter.drawPolyline(outline)
        if self._state.tool == "polygon" and len(self._places) >= _FEWEST:
            painter.setPen(QPen(QColor(255, 255, 255), 1.4))
            painter.drawEllipse(outline.first(), _NEAR_PX / 2, _NEAR_PX / 2)

    def _outline(self, view: Viewpoint) -> QPolygonF:
        places = list(self._places)
        if not places:
            return QPolygonF()
        if self._state.tool in ("rectangle", "ellipse"):
            (top, left), (bottom, right) = places[0], places[-1]
            places = [(top, left), (top, right), (bottom, right), (bottom, left), (top, left)]
        elif self._state.tool == "polygon" and self._pointer is not None:
            places.append(self._pointer)
        return QPolygonF([QPointF(view.to_screen(y, x)) for y, x in places])

    def _is_near_start(self, place: Place) -> bool:
        return math.dist(place, self._places[0]) <= self._near_px

    def _finish(self) -> None:
        places, self._places = self._places, []
        document = self._editor.document
        if document is None:
            return
        tool = self._state.tool
        region = region_of(tool, places, document.size)
        name: EditName = tool if tool in ("rectangle", "ellipse", "lasso") else "polygon"
        if region is not None:
            self._editor.apply_region(region, self._mode, name)

    @Slot()
    def _on_changed(self) -> None:
        self.abandon()


def region_of(tool: str, places: list[Place], size: Size) -> Region | None:
    """Return what the shape encloses, or None when it encloses nothing."""
    if tool in ("rectangle", "ellipse"):
        if places[0] == places[-1]:
            return None
        (ay, ax), (by, bx) = places[0], places[-1]
        corners = Point(math.floor(ay), math.floor(ax)), Point(math.floor(by), math.floor(bx))
        region = rectangle(size, *corners) if tool == "rectangle" else ellipse(size, *corners)
    elif len(places) < _FEWEST:
        return None
    else:
        region = polygon(size, places)
    return None if region.box.is_empty else region


def mode_of(event: PointerEvent, state: ViewState) -> RegionMode:
    """Return how a shape begun with this event is combined with the mask."""
    takes_away = event.alt or event.is_right or event.is_eraser
    if event.shift and takes_away:
        return "intersect"
    if takes_away:
        return "subtract"
    return "add" if event.shift else state.region_mode


def _square(corner: Place, event: PointerEvent) -> Place:
    """Return the corner that makes a square or a circle."""
    dy, dx = event.position[0] - corner[0], event.position[1] - corner[1]
    side = max(abs(dy), abs(dx))
    return corner[0] + math.copysign(side, dy), corner[1] + math.copysign(side, dx)
