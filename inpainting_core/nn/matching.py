"""How well does each query match each key?

A patch is never cut out: the product of two patches is the sum of the products of their cells, which is a
sum along the diagonals of the table of all cells with all cells. One matrix product of inner length C
stands for one of 9C.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from inpainting_core.nn.attention_options import AttentionOptions
from inpainting_core.nn.fusing import Walk, diagonal_sum

_LEAST_NORM = 1e-4


@dataclass(frozen=True)
class Matcher:
    """The table of scores, made row by row.

    Attributes:
        queries: (B, C, h, w).
        keys: (B, C, h', w').
        options: How they are compared.
    """

    queries: Tensor
    keys: Tensor
    options: AttentionOptions

    def scores(self, start: int, stop: int) -> Tensor:
        """Return (B, stop - start, w, h', w'): the scores of these rows of queries, fused if so chosen."""
        if not self.options.fuse:
            return self._similarity(start, stop)
        h, wrap = self.queries.shape[2], self.options.fuse_wrap
        first, last = max(start - 1, 0), min(stop + 1, h)
        rows = [self._fused_sideways(first, last)]
        if wrap and start == 0:
            rows.insert(0, functional.pad(self._fused_sideways(h - 1, h)[:, :, :-1], (0, 0, 0, 0, 1, 0)))
        if wrap and stop == h:
            rows.append(functional.pad(self._fused_sideways(0, 1)[:, :, 1:], (0, 0, 0, 0, 0, 1)))
        before = start - first + len(rows[0][0]) * (wrap and start == 0)
        fused = diagonal_sum(torch.cat(rows, 1) if len(rows) > 1 else rows[0], Walk("row", wrap_keys=wrap))
        return fused.narrow(1, before, stop - start)

    def _fused_sideways(self, start: int, stop: int) -> Tensor:
        wrap = self.options.fuse_wrap
        first, last = (max(start - 1, 0), min(stop + 1, self.queries.shape[2])) if wrap else (start, stop)
        walk = Walk("column", wrap_queries=wrap, wrap_keys=wrap)
        return diagonal_sum(self._similarity(first, last), walk).narrow(1, start - first, stop - start)

    def _similarity(self, start: int, stop: int) -> Tensor:
        """Return the products of the patches, each key's divided by its norm."""
        reach = self.options.ksize // 2
        first, last = max(start - reach, 0), min(stop + reach, self.queries.shape[2])
        rows = self.queries[:, :, first:last].flatten(2).transpose(1, 2)
        products = (rows @ self.keys.flatten(2)).view(
            len(rows), last - first, self.queries.shape[3], *self.keys.shape[2:]
        )
        distances = tuple(range(-reach, reach + 1))
        sideways = diagonal_sum(products, Walk("column", distances))
        patches = diagonal_sum(sideways, Walk("row", distances)).narrow(1, start - first, stop - start)
        patches = patches / self.norms(self.keys)[:, None, None]
        if self.options.normalise_fg:
            patches = patches * self.query_inverses()[:, start:stop, :, None, None]
        return patches

    def query_inverses(self) -> Tensor:
        """Return (B, h, w): 1 over the norm of each query's patch, or ones."""
        if self.options.normalise_fg:
            return 1 / self.norms(self.queries)
        return torch.ones_like(self.queries[:, 0])

    def norms(self, cells: Tensor) -> Tensor:
        """Return (B, h, w): the norm of the patch around each cell."""
        squares = cells.square().sum(1, keepdim=True)
        ksize = self.options.ksize
        total = functional.avg_pool2d(squares, ksize, 1, ksize // 2, divisor_override=1)[:, 0]
        if self.options.key_norm == "added":
            return (total + _LEAST_NORM * cells.shape[1] * ksize**2).sqrt()
        return total.clamp_min(_LEAST_NORM**2).sqrt()
