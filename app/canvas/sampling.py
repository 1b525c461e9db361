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
from app.document.levels import Levels, cells_under, pixels_of
from inpainting_core.api import Box, Size

SHARP_ZOOM = 2.0
"""From here on a picture pixel is a square, not a blur."""
_BAND_PIXELS = 1 << 18
Cells = NDArray[np.uint8]
Reader = Callable[[int, Box], Cells]
"""Returns the cells of a level inside a box, (h, w) or (h, w, 3) RGB."""


def sampled(levels: Levels, view: Viewpoint, target: Box, read: Reader | None = None) -> Cells:
    """Return what the device pixels of `target` show, (target.height, target.width) or (..., 4) uint8.

    Colours come as `screen_image` takes them: blue, green, red, 255. Four bytes are quicker than three.

    Args:
        levels: Gives the level to draw, and its cells unless `read` does.
        view: How the picture lies on the screen.
        target: Device pixels of the view that show the picture; not empty.
        read: Reads other cells of the same levels.
    """
    level = levels.level_for(view.zoom)
    zoom = view.zoom * 2**level
    corner = view.device_box_of(Box(0, 0, 0, 0))
    here = target.shift(-corner.top, -corner.left)
    seen = _within(_cells_under(here, zoom), levels.size_of(level))
    block = (read or levels.read)(level, seen)
    if block.ndim == 3:
        block = cv2.cvtColor(block, cv2.COLOR_RGB2BGRA)
    if view.zoom >= SHARP_ZOOM:
        return _nearest(block, seen, here, zoom)
    if zoom == 1 and block.shape[:2] == (target.height, target.width):
        return np.ascontiguousarray(block)
    return _smooth(block, seen, here, zoom)


def seen_part(levels: Levels, view: Viewpoint, box: Box) -> Box:
    """Return the part of `box` in which a level's cells are not all 0: whatever is 0 need not be painted."""
    level = levels.level_for(view.zoom)
    step = 2**level
    cells = cells_under(box, step).pad(1).clamp(levels.size_of(level))
    x, y, width, height = cv2.boundingRect(levels.read(level, cells))
    if not width:
        return Box(0, 0, 0, 0)
    seen = Box(cells.top + y, cells.left + x, height, width).pad(1)  # smoothing spreads by a cell
    return pixels_of(seen, step).intersect(box)


def lay(painter: QPainter, target: Box, look: Callable[[Box], QImage]) -> None:
    """Draw at these device pixels of the view, band by band, so that each is worked on within the cache.

    Args:
        painter: Its transform puts the view's corner in place.
        target: Device pixels of the view.
        look: Returns what a part of `target` shows, as large as that.
    """
    usual = painter.transform()
    painter.setTransform(QTransform.fromTranslate(usual.dx(), usual.dy()))
    rows = max(1, _BAND_PIXELS // max(1, target.width))
    for top in range(target.top, target.bottom, rows):
        band = Box(top, target.left, min(rows, target.bottom - top), target.width)
        painter.drawImage(band.left, band.top, look(band))
    painter.setTransform(usual)


def _within(cells: Box, size: Size) -> Box:
    """Return the part of `cells` that a level has; where rounding leaves none, the cell at the edge."""
    part = cells.clamp(size)
    if not part.is_empty:
        return part
    top, left = min(max(cells.top, 0), size.h - 1), min(max(cells.left, 0), size.w - 1)
    return Box(top, left, 1, 1)


def _cells_under(here: Box, zoom: float) -> Box:
    """Return the cells that device pixels, counted from the picture's corner, show or mix in."""
    if zoom == 1:
        return here
    top, left = int((here.top + 0.5) / zoom) - 1, int((here.left + 0.5) / zoom) - 1
    bottom, right = int((here.bottom - 0.5) / zoom) + 2, int((here.right - 0.5) / zoom) + 2
    return Box(top, left, bottom - top, right - left)


def _nearest(block: Cells, seen: Box, here: Box, zoom: float) -> Cells:
    rows = ((np.arange(here.top, here.bottom) + 0.5) / zoom).astype(np.intp) - seen.top
    columns = ((np.arange(here.left, here.right) + 0.5) / zoom).astype(np.intp) - seen.left
    cells = block if block.ndim == 2 else block.view(np.uint32)[..., 0]
    wide = np.take(cells, columns, axis=1, mode="clip")
    shown = np.take(wide, rows, axis=0, mode="clip")
    return shown if block.ndim == 2 else shown[..., None].view(np.uint8)


def _smooth(block: Cells, seen: Box, here: Box, zoom: float) -> Cells:
    y, x = (here.top + 0.5) / zoom - seen.top - 0.5, (here.left + 0.5) / zoom - seen.left - 0.5
    to_cells: NDArray[Any] = np.array([[1 / zoom, 0, x], [0, 1 / zoom, y]])
    return cv2.warpAffine(  # type: ignore[return-value]
        block,
        to_cells,
        (here.width, here.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
