"""How is one trace drawn?  A box at every stop, an arrow from each source to the pixel it became."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.canvas.viewpoint import Viewpoint
from app.document.provenance import Trace
from inpainting_core.api import Box, Point

SMALLEST_PX = 13.0
_HALO = QColor(0, 0, 0, 170)
_FILLED = QColor("#ffffff")
_SOURCE = QColor("#ffd400")
_MARGIN = 14


def marks_rect(trace: Trace | None, view: Viewpoint) -> QRectF:
    """Return the screen rectangle that `paint_trace` touches."""
    rect = QRectF()
    for step in trace.steps if trace else ():
        rect = rect.united(_stop(_cell(step.pixel), view))
        for source in step.sources:
            rect = rect.united(_stop(source.box, view))
    return rect.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) if rect.isValid() else rect


def paint_trace(painter: QPainter, view: Viewpoint, trace: Trace) -> None:
    """Paint the chain: white where pixels were filled, yellow where they came from, fainter further back."""
    for hop, step in enumerate(trace.steps):
        painter.setOpacity(max(0.45, 1 - 0.2 * hop))
        here = _stop(_cell(step.pixel), view)
        for source in step.sources[1:]:
            painter.setOpacity(0.3 + 0.5 * source.score)
            _paint_box(painter, _stop(source.box, view), _SOURCE)
        painter.setOpacity(max(0.45, 1 - 0.2 * hop))
        there = _stop(step.sources[0].box, view)
        _paint_arrow(painter, there, here)
        _paint_box(painter, there, _SOURCE)
        if hop == 0:
            _paint_box(painter, here, _FILLED)
    painter.setOpacity(1.0)


def _cell(pixel: Point) -> Box:
    return Box(pixel.y, pixel.x, 1, 1)


def _stop(box: Box, view: Viewpoint) -> QRectF:
    """Return the cell's rectangle on the screen, grown until it can be seen."""
    rect = view.rect_of(box)
    grow_x, grow_y = max(0.0, SMALLEST_PX - rect.width()) / 2, max(0.0, SMALLEST_PX - rect.height()) / 2
    return rect.adjusted(-grow_x, -grow_y, grow_x, grow_y)


def _paint_box(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in _pens(colour):
        painter.setPen(pen)
        painter.drawRect(rect)


def _paint_arrow(painter: QPainter, source: QRectF, target: QRectF) -> None:
    """Paint the line between the rims of two boxes, with a head at the target."""
    start, end = source.center(), target.center()
    length = math.hypot(end.x() - start.x(), end.y() - start.y())
    if length < SMALLEST_PX:
        return
    along = (end - start) / length
    start, end = start + along * _to_rim(source, along), end - along * _to_rim(target, along)
    across = QPointF(-along.y(), along.x())
    head = QPolygonF([end, end - along * 9 + across * 4.5, end - along * 9 - across * 4.5])
    for pen in _pens(_FILLED):
        painter.setPen(pen)
        painter.drawLine(start, end - along * 6)
        painter.setBrush(pen.color())
        painter.drawPolygon(head)


def _to_rim(rect: QRectF, along: QPointF) -> float:
    """Return how far it is from the centre to the rim in the direction `along`."""
    across_x = rect.width() / 2 / abs(along.x()) if along.x() else math.inf
    across_y = rect.height() / 2 / abs(along.y()) if along.y() else math.inf
    return min(across_x, across_y)


def _pens(colour: QColor) -> tuple[QPen, QPen]:
    """Return a dark halo and the line itself: seen on any picture."""
    return QPen(_HALO, 3.5), QPen(colour, 1.5)
