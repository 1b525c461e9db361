"""How are sources drawn as arrows?  From filled pixels towards their sources, thinned to the screen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from app.canvas.viewpoint import Viewpoint
from app.state.view_state import ViewState
from inpainting_core.api import Box

_BANDS = ((0.0, "#ff5252"), (0.5, "#ffd400"), (0.75, "#ffffff"))
"""Least confidence of each colour."""
_HEAD_PX = 6.0


class ArrowLayer:
    """Arrows from filled pixels towards their sources."""

    def __init__(self, state: ViewState) -> None:
        self._state = state
        self.arrows: NDArray[np.float32] | None = None
        self.opacity = 1.0

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        if self.arrows is None or not len(self.arrows):
            return
        shown = thinned(self.arrows, self._state.overlay.spacing_px / view.scale)
        shown = shown[shown[:, 4] >= self._state.overlay.least_confidence]
        shown = shown[_reaches(shown, self._state.overlay.length, box.pad(round(_HEAD_PX / view.scale) + 1))]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self.opacity)
        ends = [(low, high) for (low, _), (high, _) in zip(_BANDS, (*_BANDS[1:], (np.inf, "")), strict=True)]
        for (low, high), (_, colour) in zip(ends, _BANDS, strict=True):
            part = shown[(shown[:, 4] >= low) & (shown[:, 4] < high)]
            share = self._state.overlay.length
            lines = [_line(view, share, arrow) for arrow in part[:, :4].tolist()]
            for pen in (QPen(QColor(0, 0, 0, 150), 2.8), QPen(QColor(colour), 1.3)):
                painter.setPen(pen)
                painter.drawLines([piece for line in lines for piece in (line, *_barbs(line))])
        painter.setOpacity(1.0)


def _reaches(arrows: NDArray[np.float32], share: float, box: Box) -> NDArray[np.bool_]:
    """Return (n,) bool: whether an arrow's own box meets `box`."""
    start, end = arrows[:, :2], arrows[:, :2] + share * arrows[:, 2:4]
    first, last = np.minimum(start, end), np.maximum(start, end) + 1
    inside = (first < (box.bottom, box.right)) & (last > (box.top, box.left))
    return np.asarray(inside.all(axis=1))


def thinned(arrows: NDArray[np.float32], spacing: float) -> NDArray[np.float32]:
    """Return at most one arrow for each square of `spacing` pixels: the same ones whatever is exposed."""
    cells = np.floor(arrows[:, :2] / spacing).astype(np.int64)
    _, first = np.unique(cells[:, 0] * (1 << 32) + cells[:, 1], return_index=True)
    return arrows[np.sort(first)]


def _line(view: Viewpoint, share: float, arrow: list[float]) -> QLineF:
    y, x, dy, dx = arrow
    start = view.to_screen(y + 0.5, x + 0.5)
    return QLineF(start, start + QPointF(dx, dy) * (view.scale * share))


def _barbs(line: QLineF) -> tuple[QLineF, QLineF]:
    """Return the two strokes of an arrow's head."""
    length = max(line.length(), 1e-6)
    back = (line.p1() - line.p2()) * (min(_HEAD_PX, length / 2) / length)
    aside = QPointF(-back.y(), back.x()) * 0.5
    return QLineF(line.p2(), line.p2() + back + aside), QLineF(line.p2(), line.p2() + back - aside)
