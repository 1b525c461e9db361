"""How is a mask drawn?  Rasters that change a mask in place and say where.

A pixel belongs to a stroke when its centre does. Strokes are cut into rows, because a row of a convex
shape is one run of pixels: exact for every diameter, and no slower for a wide brush than for a thin one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box, Point

_Runs = NDArray[np.float64]
"""(rows, 2): first and last x of each row; first > last where the shape misses the row."""


def capsule(mask: Mask, start: Point, end: Point, *, diameter: int, value: bool) -> Box:
    """Draw a round-ended line and return the smallest box that holds all that was drawn.

    Symmetric in its ends, and exactly `diameter` pixels wide along rows and columns: a line of even
    width runs along the pixels' lower right corners. What falls outside the mask is cut off.

    Args:
        mask: bool (H, W), changed in place.
        start: First pixel; may lie anywhere outside.
        end: Last pixel; may lie anywhere outside.
        diameter: Width in pixels, at least 1.
        value: True paints the hole, False erases it.
    """
    shift = 0.0 if diameter % 2 else 0.5
    (ay, ax), (by, bx) = sorted([(start.y + shift, start.x + shift), (end.y + shift, end.x + shift)])
    radius = diameter / 2
    top = int(np.clip(np.ceil(ay - radius), 0, mask.shape[0]))
    bottom = int(np.clip(np.floor(by + radius) + 1, top, mask.shape[0]))
    rows = np.arange(top, bottom, dtype=np.float64)
    runs = [
        _disc(rows - ay, ax, radius),
        _disc(rows - by, bx, radius),
        _band(rows - ay, ax, by - ay, bx - ax, radius),
    ]
    left = np.clip(np.ceil(np.minimum.reduce([run[:, 0] for run in runs])), 0, mask.shape[1]).astype(int)
    right = np.clip(np.floor(np.maximum.reduce([run[:, 1] for run in runs])) + 1, 0, mask.shape[1]).astype(
        int
    )
    drawn = np.flatnonzero(left < right)
    if drawn.size == 0:
        return Box(0, 0, 0, 0)
    for row in drawn.tolist():
        mask[top + row, left[row] : right[row]] = value
    first, last = int(drawn[0]), int(drawn[-1])
    edge = int(left[drawn].min())
    return Box(top + first, edge, last - first + 1, int(right[drawn].max()) - edge)


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
