"""From where may a hole's content come, as somebody suggests?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int32]
"""(n,) int32, one coordinate of each of n pixels."""
_Pair = tuple[Places, Places]


@dataclass(frozen=True)
class Shifts:
    """What the pixels of every cell would be copied from.

    Attributes:
        pixels: (gh, gw, k, 2) int32, (dy, dx) in pixels of the finest scale, strongest first.
        scores: (gh, gw, k) float32 in [0, 1], falling in k; 0 = none.
        cell_px: Pixels to a cell.
        margin: Pixels of the frame before the first cell.
        scale: Pixels of the finest scale to one of the scale that asks.
    """

    pixels: NDArray[np.int32]
    scores: NDArray[np.float32]
    cell_px: int
    margin: int = 0
    scale: int = 1

    @property
    def plain(self) -> tuple[NDArray[np.int32], NDArray[np.float32], int, int, int]:
        """All of it, in this order, for machine code."""
        return self.pixels, self.scores, self.cell_px, self.margin, self.scale

    def halved(self) -> Shifts:
        """Return the same for a scale of half the size."""
        return replace(self, scale=2 * self.scale)

    def framed(self, margin: int) -> Shifts:
        """Return the same for a picture with `margin` pixels more on every side."""
        return replace(self, margin=self.margin + margin)

    def strongest(self, count: int) -> Shifts:
        """Return at most so many sources for each cell."""
        return replace(self, pixels=self.pixels[:, :, :count], scores=self.scores[:, :, :count])

    def cells(self, y: Places, x: Places) -> _Pair:
        """Return the row and the column of the cell that each pixel (y, x) of the asking scale lies in."""
        centres = ((2 * place + 1) * self.scale // 2 - self.margin for place in (y, x))
        row, column = (
            np.clip(centre // self.cell_px, 0, count - 1)
            for centre, count in zip(centres, self.scores.shape, strict=False)
        )
        return row, column

    def sources(self, y: Places, x: Places, cells: _Pair, number: int) -> _Pair:
        """Return where in the asking scale these pixels would be copied from by source `number` of `cells`.

        Places may lie outside the picture; -1, -1 where there is no such source.
        """
        shift = (self.pixels[(*cells, number)] + self.scale // 2) // self.scale
        there = self.scores[(*cells, number)] > 0
        return np.where(there, y + shift[:, 0], -1), np.where(there, x + shift[:, 1], -1)
