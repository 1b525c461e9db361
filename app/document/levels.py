"""How does a large array look from afar?  The array and its halves, quarters, eighths.

Painting a 24-megapixel picture into a small window then reads a few screenfuls. A change only notes
which tiles of the smaller levels are out of date; they are made again when they are read.
Level n's cell (i, j) stands for the 2**n x 2**n pixels from (i, j) * 2**n.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.api import Box, Size

Plane = NDArray[Any]
SMALLEST = 256
"""No level is made once both sides are at most this long."""
_TILE = 64
"""Side in cells of what is made again at once."""


def halve_mean(pixels: Plane) -> Plane:
    """Return half the size, (h/2, w/2, ...) uint8: the mean of each 2 x 2 block. Sides must be even."""
    half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
    return cv2.resize(pixels, half, interpolation=cv2.INTER_AREA)


class Levels:
    """An array and its halves.

    Args:
        base: (H, W) or (H, W, 3); level 0, shared with the caller.
        halve: Halves a block with even sides.
    """

    def __init__(self, base: Plane, halve: Callable[[Plane], Plane]) -> None:
        self._halve = halve
        self.arrays = [base]
        while max(self.arrays[-1].shape[:2]) > SMALLEST:
            self.arrays.append(halve(_even(self.arrays[-1])))
        self._stale = [
            np.zeros((-(-level.shape[0] // _TILE), -(-level.shape[1] // _TILE)), np.bool_)
            for level in self.arrays
        ]

    def size_of(self, level: int) -> Size:
        """Return how many cells a level has."""
        return Size(*self.arrays[level].shape[:2])

    def refresh(self, box: Box) -> None:
        """Note that level 0 changed inside `box`."""
        for stale in self._stale[1:]:
            box = cells_under(box, 2)
            stale[cells_under(box, _TILE).slices] = True

    def read(self, level: int, cells: Box) -> Plane:
        """Return the cells of a level inside `cells`, which lies within it, up to date; a view."""
        if level:
            self._make_again(level, cells)
        part: Plane = self.arrays[level][cells.slices]
        return part

    def level_for(self, scale: float) -> int:
        """Return the level to draw at `scale` screen pixels per pixel: the smallest not smaller than that."""
        level = 0
        while level + 1 < len(self.arrays) and scale * 2 ** (level + 1) <= 1:
            level += 1
        return level

    def _make_again(self, level: int, cells: Box) -> None:
        tiles = cells_under(cells, _TILE)
        stale = self._stale[level][tiles.slices]
        if not stale.any():
            return
        rows, columns = np.nonzero(stale)
        top, left = tiles.top + int(rows.min()), tiles.left + int(columns.min())
        tiles = Box(
            top, left, tiles.top + int(rows.max()) + 1 - top, tiles.left + int(columns.max()) + 1 - left
        )
        part = pixels_of(tiles, _TILE).clamp(self.size_of(level))
        fine = self.read(level - 1, pixels_of(part, 2).clamp(self.size_of(level - 1)))
        self.arrays[level][part.slices] = self._halve(_even(fine))
        self._stale[level][tiles.slices] = False


def pixels_of(cells: Box, step: int) -> Box:
    """Return the pixels that cells of `step` x `step` pixels stand for."""
    return Box(*(step * number for number in cells))


def cells_under(pixels: Box, step: int) -> Box:
    """Return the cells of `step` x `step` pixels that cover `pixels`."""
    top, left = pixels.top // step, pixels.left // step
    return Box(top, left, -(-pixels.bottom // step) - top, -(-pixels.right // step) - left)


def _even(block: Plane) -> Plane:
    """Return the block with its last row and column repeated where a side is odd."""
    odd = [(0, side % 2) for side in block.shape[:2]] + [(0, 0)] * (block.ndim - 2)
    return np.pad(block, odd, mode="edge") if odd[0][1] or odd[1][1] else block
