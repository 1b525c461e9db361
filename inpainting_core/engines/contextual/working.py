"""At which size does a network see a crop?  Small enough for what it learned, in whole cells of attention.

One cell of the attention map is `CELL` pixels of the network's picture and `cell_px` whole pixels of the
photograph: whatever the network says about cells says the same about pixels, without rounding.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.contract import Crop
from inpainting_core.imaging.arrays import Mask, Rgb, Weights
from inpainting_core.imaging.geometry import Size
from inpainting_core.masks.shape import thickness

_Values = NDArray[np.float32]
CELL = 8
"""Pixels of the network's picture to a cell: every other feature of a quarter of its size is matched."""
_FEWEST_CELLS = 4
"""Smaller pictures are framed: the widest dilation would see nothing but padding."""


@dataclass(frozen=True)
class Working:
    """A crop as a network sees it; sides are multiples of `CELL`.

    Attributes:
        rgb: (h, w, 3) float32 in [0, 1]; means nothing in the hole.
        hole: (h, w) bool, True = touches the hole.
        weights: (h, w) float32 in [0, 1], 0 = holds a pixel that must not be borrowed.
        cell_px: Pixels of the crop to a cell, at least `CELL`.
    """

    rgb: Rgb
    hole: Mask
    weights: Weights
    cell_px: int


def cell_size(hole: Mask, thickest: int, widest: int) -> int:
    """Return the pixels of the crop that one cell stands for.

    Args:
        hole: (H, W) bool, the crop's hole.
        thickest: Pixels of the network's picture that a hole is at most thick.
        widest: Pixels that the picture's longer side has at most.
    """
    by_hole = -(-CELL * thickness(hole) // thickest)
    by_side = -(-CELL * int(max(hole.shape)) // widest)
    return max(CELL, by_hole, by_side)


def reduced(crop: Crop, cell_px: int) -> Working:
    """Return the crop at the network's size: framed to whole cells by reflection, then averaged."""
    size = Size(*(max(_FEWEST_CELLS, -(-side // cell_px)) * cell_px for side in crop.hole.shape))
    small = size.w * CELL // cell_px, size.h * CELL // cell_px
    room = [(0, size.h - crop.hole.shape[0]), (0, size.w - crop.hole.shape[1])]
    rgb = np.pad(crop.rgb, [*room, (0, 0)], mode="symmetric")
    hole = np.pad(crop.hole, room, mode="symmetric")
    weights = np.pad(crop.weights, room)
    if cell_px == CELL:
        return Working(rgb, hole, weights, cell_px)
    touched = _averaged(hole.astype(np.float32), small) > 0
    forbidden = _averaged((weights == 0).astype(np.float32), small) > 0
    shares = np.where(forbidden, np.float32(0), _averaged(weights, small))
    return Working(_averaged(rgb, small), touched, np.clip(shares, 0, 1), cell_px)


def enlarged(picture: _Values, cell_px: int, size: Size) -> _Values:
    """Return the network's picture, (h, w) or (h, w, 3), at the crop's size `size`."""
    if cell_px != CELL:
        height, width = (side // CELL * cell_px for side in picture.shape[:2])
        picture = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    return picture[: size.h, : size.w]


def _averaged(values: _Values, size: tuple[int, int]) -> _Values:
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
