"""What would the engine see?  A frame about every hole's surroundings, while sources are being chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.canvas.viewpoint import Viewpoint
from app.state.forecasting import Forecasting
from app.state.view_state import ViewState
from inpainting_core.api import Box


class ContextLayer:
    """Dashed frames in two tones, so that they are seen on anything."""

    def __init__(self, state: ViewState, forecasting: Forecasting) -> None:
        self._state = state
        self._forecasting = forecasting

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        forecast = self._forecasting.latest
        if forecast is None or not self._state.shows_context:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for window in forecast.windows:
            if not window.intersect(box).is_empty:
                frame = view.rect_of(window).adjusted(0.5, 0.5, -0.5, -0.5)
                painter.setPen(QPen(QColor(0, 0, 0, 150), 1.0))
                painter.drawRect(frame)
                painter.setPen(QPen(QColor(255, 255, 255), 1.0, Qt.PenStyle.DashLine))
                painter.drawRect(frame)
