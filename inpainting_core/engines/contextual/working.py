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
    """Return the crop at the network's size: framed to whole cells by reflection, then averaged.

    Cells that a strip lacks are reflected after that: at the size of the crop they would take most of it.
    """
    room = [(0, -side % cell_px) for side in crop.hole.shape]
    rgb = np.pad(crop.rgb, [*room, (0, 0)], mode="symmetric")
    hole = np.pad(crop.hole, room, mode="symmetric")
    weights = np.pad(crop.weights, room)
    if cell_px > CELL:
        small = hole.shape[1] // cell_px * CELL, hole.shape[0] // cell_px * CELL
        forbidden = _averaged((weights == 0).astype(np.float32), small) > 0
        rgb, hole = _averaged(rgb, small), _averaged(hole.astype(np.float32), small) > 0
        weights = np.clip(np.where(forbidden, np.float32(0), _averaged(weights, small)), 0, 1)
    lacking = [(0, max(0, _FEWEST_CELLS * CELL - side)) for side in hole.shape]
    rgb = np.pad(rgb, [*lacking, (0, 0)], mode="symmetric")
    return Working(rgb, np.pad(hole, lacking, mode="symmetric"), np.pad(weights, lacking), cell_px)


def enlarged(picture: _Values, cell_px: int, size: Size) -> _Values:
    """Return the network's picture, (h, w) or (h, w, 3), at the crop's size `size`."""
    if cell_px != CELL:
        rows, columns = ((-(-side // cell_px) + 1) * CELL for side in size)  # one cell more, for the cubics
        picture = picture[:rows, :columns]
        height, width = (side // CELL * cell_px for side in picture.shape[:2])
        picture = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    return picture[: size.h, : size.w].copy()  # a slice would keep the frame alive


def _averaged(values: _Values, size: tuple[int, int]) -> _Values:
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
