"""How does a stroke become one step of the history?  Tiles are copied before they are first drawn on.

So a step costs what it touches, however long the stroke is, and the stroke's patches hold only what
flipped.
"""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from app.document.patches import Patch
from inpainting_core.api import Box, Size

TILE = 256


class Tiles:
    """What the tiles of `plane` held before something drew on them."""

    def __init__(self, plane: NDArray[Any]) -> None:
        self._plane = plane
        self._size = Size(*plane.shape[:2])
        self._before: dict[Box, NDArray[Any]] = {}

    def follow(self, plane: NDArray[Any]) -> None:
        """Go on with `plane`, the same or an equal copy of it."""
        self._plane = plane

    def keep(self, box: Box) -> None:
        """Copy the tiles under `box`, which lies inside the plane, unless they are kept already."""
        for tile in tiles_under(box, self._size):
            if tile not in self._before:
                self._before[tile] = self._plane[tile.slices].copy()

    def read(self, box: Box) -> NDArray[Any]:
        """Return what the plane held inside `box`, kept or not."""
        pixels: NDArray[Any] = self._plane[box.slices].copy()
        for tile in tiles_under(box, self._size):
            common = tile.intersect(box)
            if tile in self._before and not common.is_empty:
                kept = self._before[tile][common.shift(-tile.top, -tile.left).slices]
                pixels[common.shift(-box.top, -box.left).slices] = kept
        return pixels

    def patches(self) -> tuple[Patch, ...]:
        """Return what flipped since, tile by tile."""
        patches = []
        for tile, before in self._before.items():
            flips = before ^ self._plane[tile.slices]
            if flips.any():
                patches.append(Patch.of(tile, flips))
        return tuple(patches)


def tiles_under(box: Box, size: Size) -> list[Box]:
    """Return the tiles of a grid of `TILE` pixels that meet `box`, cut at the picture."""
    whole = Box(0, 0, *size)
    return [
        Box(top, left, TILE, TILE).intersect(whole)
        for top in range(box.top // TILE * TILE, box.bottom, TILE)
        for left in range(box.left // TILE * TILE, box.right, TILE)
    ]
