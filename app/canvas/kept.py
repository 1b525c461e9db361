"""What of the canvas need not be painted again?  Its last look, in device pixels, without the tool's marks.

The brush's outline then moves over a finished picture, and panning paints only what comes into sight.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform

_MANY = 64
"""So many separate pieces are painted as one."""


class KeptLook:
    """The canvas as it was painted last.

    Args:
        paint: Paints a rectangle of the canvas, in logical coordinates; the clip is set.
    """

    def __init__(self, paint: Callable[[QPainter, QRectF], None]) -> None:
        self._paint = paint
        self._pixmap = QPixmap()
        self._ratio = 1.0
        self._stale = QRegion()

    def fit(self, size: QSize, ratio: float) -> None:
        """Cover a widget of this logical size; all is stale when that is news."""
        device = QSize(math.ceil(size.width() * ratio), math.ceil(size.height() * ratio))
        if device != self._pixmap.size() or ratio != self._ratio:
            self._pixmap = QPixmap(device)
            self._ratio = ratio
            self.spoil()

    def spoil(self, rect: QRectF | None = None) -> None:
        """Paint the logical rectangle again when it is exposed; None = everything."""
        whole = self._pixmap.rect()
        self._stale += whole if rect is None else self._to_device(rect).intersected(whole)

    def scroll(self, dx: float, dy: float, rect: QRectF) -> None:
        """Move what is kept inside a logical rectangle by whole device pixels; what comes in is stale."""
        x, y = round(dx * self._ratio), round(dy * self._ratio)
        part = self._to_device(rect).intersected(self._pixmap.rect())
        moved = self._stale.intersected(part).translated(x, y).intersected(part)
        self._stale = self._stale.subtracted(part) + moved
        exposed = QRegion()
        self._pixmap.scroll(x, y, part, exposed)
        self._stale += exposed

    def draw(self, painter: QPainter, region: QRegion) -> None:
        """Draw the logical `region`, painting first what is stale there."""
        device = QRegion()
        for rect in _rects(region):
            device += self._to_device(QRectF(rect)).intersected(self._pixmap.rect())
        self._freshen(device)
        bounds = device.boundingRect()
        scale = 1 / self._ratio
        target = QRectF(
            bounds.x() * scale, bounds.y() * scale, bounds.width() * scale, bounds.height() * scale
        )
        painter.drawPixmap(target, self._pixmap, QRectF(bounds))

    def _freshen(self, device: QRegion) -> None:
        stale = self._stale.intersected(device)
        if stale.isEmpty():
            return
        if stale.rectCount() > _MANY:
            stale = QRegion(stale.boundingRect())
        self._stale -= stale
        painter = QPainter(self._pixmap)
        for rect in _rects(stale):
            painter.setTransform(QTransform())
            painter.setClipRect(rect)
            painter.setTransform(QTransform.fromScale(self._ratio, self._ratio))
            self._paint(painter, self._to_logical(rect))
        painter.end()

    def _to_device(self, rect: QRectF) -> QRect:
        left, top = math.floor(rect.left() * self._ratio), math.floor(rect.top() * self._ratio)
        right, bottom = math.ceil(rect.right() * self._ratio), math.ceil(rect.bottom() * self._ratio)
        return QRect(left, top, right - left, bottom - top)

    def _to_logical(self, rect: QRect) -> QRectF:
        ratio = self._ratio
        return QRectF(rect.x() / ratio, rect.y() / ratio, rect.width() / ratio, rect.height() / ratio)


def _rects(region: QRegion) -> Iterable[QRect]:
    """Return its rectangles; that it can be iterated its types do not tell."""
    return cast(Iterable[QRect], region)
