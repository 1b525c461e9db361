"""How is one trace drawn?  A box at every stop, an arrow from each pixel to where it came from."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.canvas.viewpoint import Viewpoint
from app.document.provenance import Trace
from inpainting_core.api import Box, Point

SMALLEST_PX = 13.0
_HALO = QColor(0, 0, 0, 170)
_FILLED = QColor("#ffffff")
_SOURCE = QColor("#ffd400")
_PASTED = QColor("#39d0ff")
_MARGIN = 14
_HANDLE_PX = 5.5
_MOST_PASTED = 400


def marks_rect(trace: Trace | None, view: Viewpoint) -> QRectF:
    """Return the screen rectangle that `paint_trace` touches."""
    rect = QRectF()
    for step in trace.steps if trace else ():
        rect = rect.united(_stop(_cell(step.pixel), view))
        for source in step.sources:
            rect = rect.united(_stop(source.box, view))
    return rect.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) if rect.isValid() else rect


def paint_trace(painter: QPainter, view: Viewpoint, trace: Trace, *, is_locked: bool = False) -> None:
    """Paint the chain: white where pixels were filled, yellow where they came from, fainter further back.

    A locked trace shows a handle at the arrow's head: it can be dragged.
    """
    for hop, step in enumerate(trace.steps):
        painter.setOpacity(max(0.45, 1 - 0.2 * hop))
        here = _stop(_cell(step.pixel), view)
        for source in step.sources[1:]:
            painter.setOpacity(0.3 + 0.5 * source.score)
            _paint_box(painter, _stop(source.box, view), _SOURCE)
        painter.setOpacity(max(0.45, 1 - 0.2 * hop))
        there = _stop(step.sources[0].box, view)
        _paint_arrow(painter, here, there)
        _paint_box(painter, there, _SOURCE)
        if hop == 0 and is_locked:
            _paint_handle(painter, there.center())
        if hop == 0:
            _paint_box(painter, here, _FILLED)
    painter.setOpacity(1.0)


def paint_drag(painter: QPainter, view: Viewpoint, pixel: Point, to: Point) -> None:
    """Paint the arrow while its head is dragged to another source."""
    here, there = _stop(_cell(pixel), view), _stop(_cell(to), view)
    _paint_arrow(painter, here, there)
    _paint_box(painter, here, _FILLED)
    _paint_handle(painter, there.center())


def pasted_rect(pasted: NDArray[np.int32], view: Viewpoint) -> QRectF:
    """Return the screen rectangle that `paint_pasted` touches."""
    if not len(pasted):
        return QRectF()
    (top, left), (bottom, right) = pasted.min(axis=0).tolist(), pasted.max(axis=0).tolist()
    rect = view.rect_of(Box(top, left, bottom - top + 1, right - left + 1))
    return rect.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)


def paint_pasted(painter: QPainter, view: Viewpoint, pasted: NDArray[np.int32]) -> None:
    """Light up the pixels, (n, 2) of (y, x), that were pasted from under the pointer."""
    side = max(view.scale, 2.0)
    squares = []
    for y, x in pasted[:_MOST_PASTED].tolist():
        corner = view.to_screen(y + 0.5, x + 0.5) - QPointF(side / 2, side / 2)
        squares.append(QRectF(corner.x(), corner.y(), side, side))
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, grown in ((_HALO, 1.5), (_PASTED, 0.0)):
        painter.setBrush(colour)
        painter.drawRects([square.adjusted(-grown, -grown, grown, grown) for square in squares])


def _paint_handle(painter: QPainter, middle: QPointF) -> None:
    painter.setPen(QPen(_HALO, 1.5))
    painter.setBrush(_SOURCE)
    painter.drawEllipse(middle, _HANDLE_PX, _HANDLE_PX)


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


def _paint_arrow(painter: QPainter, tail: QRectF, head: QRectF) -> None:
    """Paint the line between the rims of two boxes, with a tip at the head."""
    start, end = tail.center(), head.center()
    length = math.hypot(end.x() - start.x(), end.y() - start.y())
    if length < SMALLEST_PX:
        return
    along = (end - start) / length
    start, end = start + along * _to_rim(tail, along), end - along * _to_rim(head, along)
    across = QPointF(-along.y(), along.x())
    tip = QPolygonF([end, end - along * 9 + across * 4.5, end - along * 9 - across * 4.5])
    for pen in _pens(_FILLED):
        painter.setPen(pen)
        painter.drawLine(start, end - along * 6)
        painter.setBrush(pen.color())
        painter.drawPolygon(tip)


def _to_rim(rect: QRectF, along: QPointF) -> float:
    """Return how far it is from the centre to the rim in the direction `along`."""
    across_x = rect.width() / 2 / abs(along.x()) if along.x() else math.inf
    across_y = rect.height() / 2 / abs(along.y()) if along.y() else math.inf
    return min(across_x, across_y)


def _pens(colour: QColor) -> tuple[QPen, QPen]:
    """Return a dark halo and the line itself: seen on any picture."""
    return QPen(_HALO, 3.5), QPen(colour, 1.5)
