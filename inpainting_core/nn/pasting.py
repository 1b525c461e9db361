"""What comes of pasting every key's patch at every query, weighted?

A pasted pixel lies under two patches in each direction, a neighbour's and its own. So it is the pixel at
the key's own place, weighted by a sum of two weights along the diagonal: a matrix product with the pixels
themselves, a quarter of one with whole patches.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from inpainting_core.nn.fusing import Walk, diagonal_sum


@dataclass(frozen=True)
class Paster:
    """The features to copy, split by their place in a cell.

    Attributes:
        source: (B, C, H', W').
        rate: Side of a cell.
    """

    source: Tensor
    rate: int

    def halves(self) -> list[tuple[slice, int]]:
        """Return the parts of a cell's side with the distance to the neighbour whose patch reaches them."""
        middle = self.rate - self.rate // 2
        parts = [(slice(0, middle), -1), (slice(middle, self.rate), 1)]
        return [part for part in parts if part[0].start < part[0].stop]

    def paste(self, weights: Tensor) -> Tensor:
        """Return (B, rows + 2, rate, w, rate, C): what these rows of queries paste, with a row around.

        Args:
            weights: (B, rows, w, h', w').
        """
        size, rows, w = weights.shape[:3]
        channels = self.source.shape[1]
        answer = weights.new_zeros(size, rows + 2, self.rate, w, self.rate, channels)
        for across, aside in self.halves():
            beside = diagonal_sum(weights, Walk("column", (0, aside)))
            for down, above in self.halves():
                pixels = self.pixels(down, across)
                place = answer[:, :, down, :, across]
                place[:, 1:-1] += self._mixed(diagonal_sum(beside, Walk("row", (0, above))), pixels)
                edge = 0 if above == 1 else -1
                onward = torch.zeros_like(pixels)
                inner, outer = slice(1, None), slice(None, -1)
                here, there = (outer, inner) if above == -1 else (inner, outer)
                onward[:, here] = pixels[:, there]
                place[:, edge:][:, :1] += self._mixed(beside[:, edge:][:, :1], onward)
        return answer

    def pixels(self, down: slice, across: slice) -> Tensor:
        """Return (B, h', w', a, b, C): the source's pixels at these places of each cell."""
        cells = torch.unflatten(self.source.permute(0, 2, 3, 1), 2, (-1, self.rate))
        cells = torch.unflatten(cells, 1, (-1, self.rate))
        return cells[:, :, down, :, across].permute(0, 1, 3, 2, 4, 5)

    @staticmethod
    def _mixed(weights: Tensor, pixels: Tensor) -> Tensor:
        """Return (B, rows, a, w, b, C): the pixels' sums under these weights."""
        size, rows, w = weights.shape[:3]
        mixed = weights.reshape(size, rows * w, -1) @ pixels.flatten(3).flatten(1, 2)
        return mixed.view(size, rows, w, *pixels.shape[3:]).permute(0, 1, 3, 2, 4, 5)
