"""What did the photograph show before anything was filled?  Tiles kept when they are first changed.

Every level of the shown picture is kept with the tile, so that "before" is drawn from the same pixels
as the picture itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.document.levels import Levels
from app.document.tiles import tiles_under
from inpainting_core.api import Box, Pixels, Size


class Original:
    """The picture as it was opened.

    Args:
        size: Of the picture.
        shown: The picture as it is drawn now; read whenever tiles are kept.
    """

    def __init__(self, size: Size, shown: Levels) -> None:
        self._size = size
        self._shown = shown
        self._pixels: dict[Box, Pixels] = {}
        self._levels: dict[Box, list[NDArray[np.uint8]]] = {}

    @property
    def tiles(self) -> Mapping[Box, Pixels]:
        """The tiles ever changed, as they were; none of them changes any more."""
        return self._pixels

    @property
    def is_changed(self) -> bool:
        """True when the picture was ever changed."""
        return bool(self._pixels)

    @property
    def box(self) -> Box:
        """The smallest box that holds every tile ever changed."""
        box = Box(0, 0, 0, 0)
        for tile in self._pixels:
            box = box.union(tile)
        return box

    def keep(self, image: Pixels, box: Box) -> None:
        """Keep the tiles of `image` under `box`, which is about to change, unless they are kept already."""
        for tile in tiles_under(box, self._size):
            if tile not in self._pixels:
                self._pixels[tile] = image[tile.slices].copy()
                self._levels[tile] = [
                    self._shown.read(level, _cells(tile, level)).copy()
                    for level in range(len(self._shown.arrays))
                ]

    def read(self, image: Pixels, box: Box) -> Pixels:
        """Return the original pixels of `box`, which lies inside; `image` is the picture as it is now."""
        pixels: Pixels = image[box.slices].copy()
        for tile in tiles_under(box, self._size):
            if tile in self._pixels:
                _overlay(pixels, box, self._pixels[tile], tile)
        return pixels

    def block(self, level: int, cells: Box) -> NDArray[np.uint8]:
        """Return the original as it is drawn, (cells.height, cells.width, 3) uint8, at a level's cells."""
        block = self._shown.read(level, cells).copy()
        step = 2**level
        pixels = Box(cells.top * step, cells.left * step, cells.height * step, cells.width * step)
        for tile in tiles_under(pixels.clamp(self._size), self._size):
            if tile in self._levels:
                _overlay(block, cells, self._levels[tile][level], _cells(tile, level))
        return block


def _cells(tile: Box, level: int) -> Box:
    """Return the cells that a tile covers; no picture has more levels than a tile can be halved."""
    step = 2**level
    top, left = tile.top // step, tile.left // step
    return Box(top, left, -(-tile.bottom // step) - top, -(-tile.right // step) - left)


def _overlay(into: NDArray[Any], into_box: Box, piece: NDArray[Any], box: Box) -> None:
    """Copy what `piece` and `into` have in common."""
    common = box.intersect(into_box)
    if not common.is_empty:
        target = common.shift(-into_box.top, -into_box.left).slices
        into[target] = piece[common.shift(-box.top, -box.left).slices]
