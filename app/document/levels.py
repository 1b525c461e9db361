"""How does a large array look from afar?  The array and its halves, quarters, eighths.

Painting a 24-megapixel picture into a small window then reads a few screenfuls, and a change costs a
third more than itself. Level n's cell (i, j) stands for the 2**n x 2**n pixels from (i, j) * 2**n.
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


def halve_mean(pixels: Plane) -> Plane:
    """Return half the size, (h/2, w/2, ...) uint8: the mean of each 2 x 2 block. Sides must be even."""
    half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
    return cv2.resize(pixels, half, interpolation=cv2.INTER_AREA)


def halve_any(mask: Plane) -> Plane:
    """Return half the size, (h/2, w/2) bool: True where any of 2 x 2 is, so thin strokes stay visible."""
    halved: Plane = mask[::2, ::2] | mask[1::2, ::2] | mask[::2, 1::2] | mask[1::2, 1::2]
    return halved


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

    def refresh(self, box: Box) -> None:
        """Bring the smaller levels up to date after level 0 changed inside `box`."""
        for fine, coarse in zip(self.arrays, self.arrays[1:], strict=False):
            if box.is_empty:
                return
            top, left = box.top // 2, box.left // 2
            half = Box(top, left, -(-box.bottom // 2) - top, -(-box.right // 2) - left)
            block = fine[2 * half.top : 2 * half.bottom, 2 * half.left : 2 * half.right]
            coarse[half.slices] = self._halve(_even(block))
            box = half.clamp(Size(*coarse.shape[:2]))

    def read(self, level: int, cells: Box) -> Plane:
        """Return the cells of a level inside `cells`, which lies within it, up to date; a view."""
        part: Plane = self.arrays[level][cells.slices]
        return part

    def level_for(self, scale: float) -> int:
        """Return the level to draw at `scale` screen pixels per pixel: the smallest not smaller than that."""
        level = 0
        while level + 1 < len(self.arrays) and scale * 2 ** (level + 1) <= 1:
            level += 1
        return level


def _even(block: Plane) -> Plane:
    """Return the block with its last row and column repeated where a side is odd."""
    odd = [(0, side % 2) for side in block.shape[:2]] + [(0, 0)] * (block.ndim - 2)
    return np.pad(block, odd, mode="edge") if odd[0][1] or odd[1][1] else block
