"""How is a mask drawn?  Rasters that change a mask in place and say where.

A pixel belongs to a stroke when its centre does. Strokes are cut into rows, because a row of a convex
shape is one run of pixels: exact for every diameter, and no slower for a wide brush than for a thin one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box, Point, Size

_Runs = NDArray[np.float64]
"""(rows, 2): first and last x of each row; first > last where the shape misses the row."""


class Rows(NamedTuple):
    """A convex shape, cut at the plane: from row `top` on, one run of columns `left` to `right` a row.

    A run is half-open, and empty where the shape misses its row.
    """

    top: int
    left: NDArray[np.int64]
    right: NDArray[np.int64]

    @property
    def box(self) -> Box:
        """The smallest box that holds the shape."""
        drawn = np.flatnonzero(self.left < self.right)
        if drawn.size == 0:
            return Box(0, 0, 0, 0)
        first, last, edge = int(drawn[0]), int(drawn[-1]), int(self.left[drawn].min())
        return Box(self.top + first, edge, last - first + 1, int(self.right[drawn].max()) - edge)


def capsule(plane: Mask | NDArray[np.uint8], start: Point, end: Point, *, diameter: int, value: int) -> Box:
    """Draw a round-ended line and return the smallest box that holds all that was drawn.

    Symmetric in its ends, and exactly `diameter` pixels wide along rows and columns: a line of even
    width runs along the pixels' lower right corners. What falls outside the plane is cut off.

    Args:
        plane: bool or uint8 (H, W), changed in place.
        start: First pixel; may lie anywhere outside.
        end: Last pixel; may lie anywhere outside.
        diameter: Width in pixels, at least 1.
        value: What is written: for a mask, True paints the hole and False erases it.
    """
    rows = capsule_rows(Size(*plane.shape), start, end, diameter, diameter / 2)
    fill_rows(plane, rows, value)
    return rows.box


def fill_rows(plane: Mask | NDArray[np.uint8], rows: Rows, value: int) -> None:
    """Write `value` to every pixel of a shape, in place."""
    for row, (left, right) in enumerate(zip(rows.left.tolist(), rows.right.tolist(), strict=True), rows.top):
        if left < right:
            plane[row, left:right] = value


def capsule_rows(size: Size, start: Point, end: Point, diameter: int, radius: float) -> Rows:
    """Return the pixels at most `radius` from the middle line of a stroke of `diameter`, row by row."""
    shift = middle_shift(diameter)
    (ay, ax), (by, bx) = sorted([(start.y + shift, start.x + shift), (end.y + shift, end.x + shift)])
    top = int(np.clip(np.ceil(ay - radius), 0, size.h))
    bottom = int(np.clip(np.floor(by + radius) + 1, top, size.h))
    rows = np.arange(top, bottom, dtype=np.float64)
    runs = [
        _disc(rows - ay, ax, radius),
        _disc(rows - by, bx, radius),
        _band(rows - ay, ax, by - ay, bx - ax, radius),
    ]
    left = np.ceil(np.minimum.reduce([run[:, 0] for run in runs]))
    right = np.floor(np.maximum.reduce([run[:, 1] for run in runs])) + 1
    return Rows(top, np.clip(left, 0, size.w).astype(np.int64), np.clip(right, 0, size.w).astype(np.int64))


def middle_shift(diameter: int) -> float:
    """Return how far right of and below its pixels a stroke runs: half a pixel for even diameters."""
    return 0.0 if diameter % 2 else 0.5


def _disc(dy: NDArray[np.float64], x: float, radius: float) -> _Runs:
    """Return the runs of a disc around column `x`; `dy` is each row's distance from its centre."""
    half = np.sqrt(np.maximum(radius * radius - dy * dy, 0))
    half[np.abs(dy) > radius] = -np.inf
    return np.stack([x - half, x + half], axis=1)


def _band(dy: NDArray[np.float64], x: float, height: float, width: float, radius: float) -> _Runs:
    """Return the runs of a rectangle `radius` to both sides of the line (0, x) to (height, x + width).

    `dy` is each row's distance from its start. In a row, two conditions must hold: near the line, and
    between its ends.
    """
    length = np.hypot(height, width)
    first, last = np.full(dy.shape, -np.inf), np.full(dy.shape, np.inf)
    for across, along, low, high in (
        (height, -width, -radius * length, radius * length),
        (width, height, 0.0, length * length),
    ):
        offset = along * dy
        if across:
            ends = np.sort(np.stack([(low - offset) / across, (high - offset) / across]), axis=0)
            first, last = np.maximum(first, ends[0]), np.minimum(last, ends[1])
        else:
            outside = (offset < low) | (offset > high)
            first[outside], last[outside] = np.inf, -np.inf
    missed = (first > last) | (length == 0)
    first[missed], last[missed] = np.inf, -np.inf
    return np.stack([x + first, x + last], axis=1)
