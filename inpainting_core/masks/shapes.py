"""Which pixels does an outline enclose?  Rectangle, ellipse and polygon, cut at the picture.

A pixel belongs when its centre does. Rectangle and ellipse are decided in whole numbers, the polygon in
double precision, where only a centre on the line itself may fall either way (`cv2.fillPoly` would add every
pixel that the outline touches).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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
    turns = np.zeros((box.height, box.width + 1), np.int16)
    for rows, columns, step in _crossings(corners - (box.top + 0.5, box.left + 0.5), box.height):
        np.add.at(turns, (rows, np.clip(columns, 0, box.width)), step)
    return Region(box, _full(np.cumsum(turns[:, :-1], axis=1, dtype=np.int16, out=turns[:, :-1]) != 0))


_Run = tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]], int]


def _crossings(corners: np.ndarray[tuple[int, ...], np.dtype[np.float64]], height: int) -> list[_Run]:
    """Return for every edge the rows whose centre line it crosses, the first centre after it, its direction.

    Row i's centre line lies at y = i. An edge owns its upper end and not its lower one.
    """
    found = []
    for (ay, ax), (by, bx) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        first, last = sorted((ay, by))
        rows = np.arange(max(0, np.ceil(first)), min(height, np.ceil(last)), dtype=np.int64)
        if rows.size:
            x = ax + (rows - ay) * (bx - ax) / (by - ay)
            found.append((rows, np.ceil(x).astype(np.int64), 1 if ay < by else -1))
    return found


def _between(a: Point, b: Point) -> Box:
    top, left = min(a.y, b.y), min(a.x, b.x)
    return Box(top, left, abs(a.y - b.y) + 1, abs(a.x - b.x) + 1)


def _full(
    inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    coverage = inside.view(np.uint8)
    coverage *= 255
    return coverage
