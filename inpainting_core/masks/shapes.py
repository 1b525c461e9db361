"""Which pixels does an outline enclose?  Rectangle, ellipse and polygon, cut at the picture.

A pixel belongs when its centre does. Rectangle and ellipse are decided in whole numbers, the polygon in
double precision, where only a centre on the line itself may fall either way (`cv2.fillPoly` would add every
pixel that the outline touches).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Coverage, Mask
from inpainting_core.imaging.geometry import Box, Point, Size
from inpainting_core.masks.region import Region


def rectangle(size: Size, a: Point, b: Point) -> Region:
    """Return the rectangle with the corner pixels `a` and `b`, both included; they may lie outside."""
    box = _between(a, b).clamp(size)
    return Region(box, np.full((box.height, box.width), 255, np.uint8))


def ellipse(size: Size, a: Point, b: Point) -> Region:
    """Return the ellipse that touches all sides of `rectangle(a, b)`.

    Args:
        size: Of the picture.
        a: A corner pixel of the rectangle; may lie outside, up to 30,000 pixels from `b`.
        b: The opposite one.
    """
    whole = _between(a, b)
    box = whole.clamp(size)
    height, width = whole.height, whole.width
    dy = 2 * np.arange(box.top - whole.top, box.bottom - whole.top, dtype=np.int64) + 1 - height
    dx = 2 * np.arange(box.left - whole.left, box.right - whole.left, dtype=np.int64) + 1 - width
    widest = width * width * (height * height - dy * dy) // (height * height)
    return Region(box, _full(dx * dx <= widest[:, None]))


def polygon(size: Size, points: Sequence[tuple[float, float]]) -> Region:
    """Return what a closed line goes around at least once (the nonzero rule): loops of a lasso are filled.

    Args:
        size: Of the picture.
        points: (y, x) corners in the picture, between pixels: (0.5, 0.5) is the first pixel's centre.
    """
    if len(points) == 0:
        return Region(Box(0, 0, 0, 0), np.zeros((0, 0), np.uint8))
    corners = np.asarray(points, np.float64)
    (top, left), (bottom, right) = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
    box = Box(int(top), int(left), int(bottom - top), int(right - left)).clamp(size)
    rows, columns, steps = _crossings(corners - (box.top + 0.5, box.left + 0.5), box.height)
    columns = np.clip(columns, 0, box.width)
    order = np.lexsort((columns, rows))
    inside = np.flatnonzero(np.cumsum(steps[order]))  # a row's turns add up to 0, so rows do not mix
    coverage = np.zeros((box.height, box.width), np.uint8)
    runs = rows[order[inside]], columns[order[inside]], columns[order[inside + 1]]
    for row, first, last in zip(*(run.tolist() for run in runs), strict=True):
        coverage[row, first:last] = 255
    return Region(box, coverage)


_Ints = NDArray[np.int64]


def _crossings(corners: NDArray[np.float64], height: int) -> tuple[_Ints, _Ints, _Ints]:
    """Return where edges cross rows: the row, the first centre at or after it, 1 for down and -1 for up.

    Row i's centre line lies at y = i, and its centres at whole x. An edge owns its upper end, not its lower.
    """
    (ay, ax), (by, bx) = corners.T, np.roll(corners, -1, axis=0).T
    first = np.maximum(0, np.ceil(np.minimum(ay, by))).astype(np.int64)
    last = np.minimum(height, np.ceil(np.maximum(ay, by))).astype(np.int64)
    counts = np.maximum(last - first, 0)
    edge = np.repeat(np.arange(len(corners)), counts)
    rows = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - first, counts)
    x = ax[edge] + (rows - ay[edge]) * (bx - ax)[edge] / (by - ay)[edge]
    return rows, np.ceil(x).astype(np.int64), np.where(ay < by, 1, -1)[edge]


def _between(a: Point, b: Point) -> Box:
    top, left = min(a.y, b.y), min(a.x, b.x)
    return Box(top, left, abs(a.y - b.y) + 1, abs(a.x - b.x) + 1)


def _full(inside: Mask) -> Coverage:
    return inside.view(np.uint8) * np.uint8(255)
