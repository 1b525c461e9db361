"""Which weak spot is looked at?  A frame about it, in two tones, so that it is seen on anything."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.canvas.viewpoint import Viewpoint
from inpainting_core.api import Box

REACH_PX = 16
"""So far outside the spot, in screen pixels, something may be painted."""
_ROOM_PX, _CORNER_PX = 8.0, 6.0


class SpotLayer:
    """A rounded frame.

    Attributes:
        spot: Where, or None.
    """

    spot: Box | None = None

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        if self.spot is None or self.spot.pad(round(REACH_PX / view.scale) + 1).intersect(box).is_empty:
            return
        frame = view.rect_of(self.spot).adjusted(-_ROOM_PX, -_ROOM_PX, _ROOM_PX, _ROOM_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 170), 4.0), (QColor("#ffffff"), 1.8)):
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(frame, _CORNER_PX, _CORNER_PX)
