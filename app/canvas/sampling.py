"""What does each device pixel show?  A level's cells, brought to the screen's own grid.

Layers are painted at device pixels, so that nothing is scaled twice and 100 % is exactly the picture.
A viewpoint's left and top lie on device pixels; a device pixel shows what lies under its middle.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter, QTransform

from app.canvas.viewpoint import Viewpoint
from app.document.levels import Levels
from inpainting_core.api import Box

SHARP_ZOOM = 2.0
"""From here on a picture pixel is a square, not a blur."""
Cells = NDArray[np.uint8]
Reader = Callable[[int, Box], Cells]
"""Returns the cells of a level inside a box, (h, w) or (h, w, 3)."""


def sampled(levels: Levels, view: Viewpoint, target: Box, read: Reader | None = None) -> Cells:
    """Return what the device pixels of `target` show, (target.height, target.width, ...) uint8.

    Args:
        levels: Gives the level to draw, and its cells unless `read` does.
        view: How the picture lies on the screen.
        target: Device pixels of the view that show the picture; not empty.
        read: Reads other cells of the same levels.
    """
    level = levels.level_for(view.zoom)
    zoom = view.zoom * 2**level
    y = (target.top + 0.5 - round(view.top * view.ratio)) / zoom
    x = (target.left + 0.5 - round(view.left * view.ratio)) / zoom
    size = levels.size_of(level)
    seen = _cells_under(y, x, target, zoom).clamp(size)
    block = (read or levels.read)(level, seen)
    y, x = y - seen.top, x - seen.left
    if view.zoom >= SHARP_ZOOM:
        return _nearest(block, y, x, target, zoom)
    if zoom == 1 and block.shape[:2] == (target.height, target.width):
        return np.ascontiguousarray(block)
    return _smooth(block, y, x, target, zoom)


def lay(painter: QPainter, image: QImage, target: Box) -> None:
    """Draw `image`, as large as `target`, at these device pixels of the view."""
    usual = painter.transform()
    painter.setTransform(QTransform.fromTranslate(usual.dx(), usual.dy()))
    painter.drawImage(target.left, target.top, image)
    painter.setTransform(usual)


def _cells_under(y: float, x: float, target: Box, zoom: float) -> Box:
    """Return the cells that the device pixels of `target` show and, below 200 %, mix in."""
    top, left = int(np.floor(y)) - 1, int(np.floor(x)) - 1
    bottom = int(np.floor(y + (target.height - 1) / zoom)) + 2
    right = int(np.floor(x + (target.width - 1) / zoom)) + 2
    if zoom == 1:
        return Box(top + 1, left + 1, target.height, target.width)
    return Box(top, left, bottom - top, right - left)


def _nearest(block: Cells, y: float, x: float, target: Box, zoom: float) -> Cells:
    rows = np.floor(y + np.arange(target.height) / zoom).astype(np.intp)
    columns = np.floor(x + np.arange(target.width) / zoom).astype(np.intp)
    wide = np.take(block, columns, axis=1, mode="clip")
    return np.take(wide, rows, axis=0, mode="clip")


def _smooth(block: Cells, y: float, x: float, target: Box, zoom: float) -> Cells:
    to_cells: NDArray[Any] = np.array([[1 / zoom, 0, x - 0.5], [0, 1 / zoom, y - 0.5]])
    return cv2.warpAffine(  # type: ignore[return-value]
        block,
        to_cells,
        (target.width, target.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
