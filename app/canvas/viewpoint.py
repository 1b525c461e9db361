"""Which pixel lies under this screen point?  Zoom and pan as one value; Qt's (x, y) ends here."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from inpainting_core.api import Box, Point, Size

MIN_ZOOM, MAX_ZOOM = 1 / 64, 64.0
ZOOM_STOPS = (
    1 / 64,
    1 / 32,
    1 / 16,
    1 / 8,
    1 / 6,
    1 / 4,
    1 / 3,
    1 / 2,
    2 / 3,
    1,
    1.5,
    2,
    3,
    4,
    6,
    8,
    12,
    16,
    24,
    32,
    64,
)


@dataclass(frozen=True)
class Viewpoint:
    """How the picture lies on the screen.

    Attributes:
        scale: Logical screen pixels per picture pixel.
        left: Logical x of the picture's left edge.
        top: Logical y of the picture's top edge.
        ratio: Device pixels per logical pixel.
    """

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0
    ratio: float = 1.0

    @property
    def zoom(self) -> float:
        """Device pixels per picture pixel: 1.0 is 100 %."""
        return self.scale * self.ratio

    def pixel_at(self, position: QPointF) -> Point:
        """Return the pixel under a screen point; it may lie outside the picture."""
        return Point(
            math.floor((position.y() - self.top) / self.scale),
            math.floor((position.x() - self.left) / self.scale),
        )

    def place_at(self, position: QPointF) -> tuple[float, float]:
        """Return (y, x) in the picture, between pixels, under a screen point."""
        return (position.y() - self.top) / self.scale, (position.x() - self.left) / self.scale

    def to_screen(self, y: float, x: float) -> QPointF:
        """Return the screen point of picture coordinates; pixel (y, x)'s centre is (y + 0.5, x + 0.5)."""
        return QPointF(self.left + x * self.scale, self.top + y * self.scale)

    def rect_of(self, box: Box) -> QRectF:
        """Return the screen rectangle that the pixels of `box` cover."""
        return QRectF(self.to_screen(box.top, box.left), self.to_screen(box.bottom, box.right))

    def box_of(self, rect: QRectF) -> Box:
        """Return the smallest box of pixels that covers a screen rectangle."""
        first = self.pixel_at(rect.topLeft())
        bottom = math.ceil((rect.bottom() - self.top) / self.scale)
        right = math.ceil((rect.right() - self.left) / self.scale)
        return Box(first.y, first.x, max(0, bottom - first.y), max(0, right - first.x))

    def device_box_of(self, box: Box) -> Box:
        """Return the device pixels whose middles lie in the pixels of `box`; (0, 0) is the window's."""
        left, top = round(self.left * self.ratio), round(self.top * self.ratio)
        y, x, bottom, right = (
            math.ceil(edge * self.zoom - 0.5) for edge in (box.top, box.left, box.bottom, box.right)
        )
        return Box(top + y, left + x, bottom - y, right - x)

    def zoomed(self, zoom: float, anchor: QPointF) -> Viewpoint:
        """Return the view at another zoom; what lies under `anchor` stays there."""
        scale = min(max(zoom, MIN_ZOOM), MAX_ZOOM) / self.ratio
        factor = scale / self.scale
        left = anchor.x() - (anchor.x() - self.left) * factor
        top = anchor.y() - (anchor.y() - self.top) * factor
        return Viewpoint(scale, self._snap(left), self._snap(top), self.ratio)

    def moved(self, dx: float, dy: float) -> Viewpoint:
        """Return the view with the picture moved over the screen."""
        return Viewpoint(self.scale, self._snap(self.left + dx), self._snap(self.top + dy), self.ratio)

    def kept_in_sight(self, picture: Size, window: QSizeF) -> Viewpoint:
        """Return the view with at least a third of the window, or of a small picture, showing the picture."""
        width, height = picture.w * self.scale, picture.h * self.scale
        rim_x, rim_y = min(width, window.width()) / 3, min(height, window.height()) / 3
        left = min(max(self.left, rim_x - width), window.width() - rim_x)
        top = min(max(self.top, rim_y - height), window.height() - rim_y)
        return Viewpoint(self.scale, self._snap(left), self._snap(top), self.ratio)

    def centred(self, picture: Size, window: QSizeF, zoom: float | None = None) -> Viewpoint:
        """Return the view of the whole picture, at most at 100 %, or of its middle at `zoom`."""
        if zoom is None:
            room = min((window.width() - 48) / picture.w, (window.height() - 48) / picture.h)
            zoom = min(max(room, 0.0) * self.ratio, 1.0)
        scale = min(max(zoom, MIN_ZOOM), MAX_ZOOM) / self.ratio
        left = (window.width() - picture.w * scale) / 2
        top = (window.height() - picture.h * scale) / 2
        return Viewpoint(scale, self._snap(left), self._snap(top), self.ratio)

    def _snap(self, position: float) -> float:
        """Return the position moved onto the grid of device pixels, so that 100 % is sharp."""
        return round(position * self.ratio) / self.ratio
