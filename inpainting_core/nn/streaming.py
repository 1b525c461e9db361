"""How is attention computed on a CPU when nobody asks for gradients?

A few rows of queries at a time go through all steps while they are warm: products of cells, patches,
fusing and softmax, pasting. Of the scores only the rows stay that a neighbour still needs, of the weights
one. Measured by `python -m tests.benchmarks.attention` on two busy cores, beside the public port's layer,
whose answer differs by less than 1e-6: 512 x 512 0.27 s and 120 MB (3.97 s, 1.2 GB), 1024 x 1024 4.6 s and
0.5 GB (96 s, 19 GB), 1080 x 1920 30 s and 0.97 GB. Whole tensors, the way with gradients, take twice to
three times as long. Of the time half goes into two kinds of matrix products, 5 C multiplications for each
query and key where cut-out patches need 25 C.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from inpainting_core.nn import kernels
from inpainting_core.nn.attention_options import AttentionOptions
from inpainting_core.nn.kernels import Floats, Lines, Places
from inpainting_core.nn.matching import Matcher
from inpainting_core.nn.pasting import Paster
from inpainting_core.nn.swift import product, spread

_AT_ONCE = 1024  # queries, at least, in a matrix product
_SPARE = 8  # rows of scores that neighbours need beyond the rows at work


class _Part(NamedTuple):
    """The pixels at the same places of every cell, for which the same neighbours' patches overlap."""

    down: slice
    across: slice
    moves: tuple[int, int]
    pixels: Tensor  # (places * C, span)

    def paste(self, weights: Tensor, w: int) -> Tensor:
        """Return (rows, a, w, b, C) from weights (rows * w, span)."""
        a, b = self.down.stop - self.down.start, self.across.stop - self.across.start
        return product(weights, self.pixels).view(-1, w, a, b, len(self.pixels) // (a * b)).transpose(1, 2)


class Stream:
    """One sample's attention.

    Args:
        matcher: Queries (1, C, h, w) and keys, float32.
        paster: What is copied.
        terms: Each (h', w'): factor of a score, what is added, and 1 for keys that may be copied.
        top_k: How many sources are remembered.
        budget: Bytes that may be held at once.
    """

    def __init__(
        self, matcher: Matcher, paster: Paster, terms: tuple[Tensor, Tensor, Tensor], top_k: int, budget: int
    ) -> None:
        self._options = matcher.options
        self._h, self._w = matcher.queries.shape[2:]
        reach = matcher.options.ksize // 2
        self._lines = Lines.around((matcher.keys.shape[2], matcher.keys.shape[3]), max(reach, 1))
        self._wrap = matcher.options.fuse and matcher.options.fuse_wrap
        self._queries = _cells(matcher.queries, reach)
        self._keys = _cells(matcher.keys, self._lines.margin).flatten(0, 1)
        keys = self._line(1 / matcher.norms(matcher.keys)[0])
        self._inverses = (keys, matcher.query_inverses()[0].contiguous().numpy())
        self._terms = (self._line(terms[0]), self._line(terms[1], float(kernels.NEVER)), self._line(terms[2]))
        self._paster = paster
        self._n = self._rows_at_once(budget)
        line, columns = self._lines.length, self._w + 2 * reach
        self._scores = np.zeros(((self._n + _SPARE) * self._w + 1, line), np.float32)
        self._slots: dict[int, int] = {}
        self._tail = np.zeros((0, columns, line), np.float32)
        self._next = -1  # the row of scores after the last one computed
        self._weights = np.zeros((self._n + 2, self._w + 2, line), np.float32)
        self._mixed = torch.zeros((self._n + 1) * self._w, self._lines.span)
        size = (self._h * self._w, top_k)
        self._best = (np.zeros(size, np.float32), np.zeros(size, np.int64))

    def run(self, rows: range) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Return (h, rate, w, rate, C), the sum of what these rows of queries paste, and their best keys.

        The keys are weights and places in reading order, each (h * w, k), 0 for other rows' queries.
        """
        source, rate = self._paster.source, self._paster.rate
        answer = torch.zeros(self._h, rate, self._w, rate, source.shape[1])
        parts = self._parts()
        with ThreadPoolExecutor(torch.get_num_threads()) as pool:
            for start in range(rows.start, rows.stop, self._n):
                stop = min(start + self._n, rows.stop)
                self._attend(pool, start, stop)
                if stop == rows.stop:
                    self._weights[stop - start + 1] = 0
                for part in parts:
                    ahead = int(part.moves[0] == 1)  # whoever looks down waits for the row below
                    first = max(start - ahead, rows.start)
                    last = stop - (0 if stop == rows.stop else ahead)
                    if last > first:
                        mixed = self._overlap(pool, first - start + 1, last - first, part.moves)
                        answer[first:last, part.down, :, part.across] = part.paste(mixed, self._w)
                self._weights[0] = self._weights[stop - start]
        return answer, (torch.from_numpy(self._best[0]), torch.from_numpy(self._best[1]))

    def _attend(self, pool: Executor, start: int, stop: int) -> None:
        """Fill the weights' rows from 1 on with these rows of queries."""
        taps = neighbours((self._h, self._w), range(start, stop), self._options)
        needed = sorted({int(row) for row in np.unique(taps[taps >= 0] // self._w)})
        self._slots = {row: slot for row, slot in self._slots.items() if row in needed}
        missing = [row for row in needed if row not in self._slots]
        for run in _runs(missing, self._n):
            self._compare(pool, run)
        slots = np.zeros(self._h, np.int64)
        for row, slot in self._slots.items():
            slots[row] = slot
        lines = np.where(taps < 0, len(self._scores) - 1, slots[taps // self._w] * self._w + taps % self._w)
        here = slice(start * self._w, stop * self._w)
        best = (self._best[0][here], self._best[1][here])
        spread(
            pool,
            len(taps),
            lambda band: kernels.attend(
                band, self._lines, self._scores, lines, self._terms, self._wrap, self._weights[1:], best
            ),
        )

    def _compare(self, pool: Executor, rows: range) -> None:
        """Compute the scores of these rows into free slots."""
        if self._next != rows.start:
            self._tail = self._tail[:0]
        reach = self._options.ksize // 2
        cells = self._queries[rows.start + len(self._tail) : rows.stop + 2 * reach]
        new = product(cells.flatten(0, 1), self._keys).view(*cells.shape[:2], -1).numpy()
        free = [slot for slot in range(self._n + _SPARE) if slot not in self._slots.values()]
        self._slots |= dict(zip(rows, free, strict=False))
        slots = np.array([self._slots[row] for row in rows])
        places = slots[:, None] * self._w + np.arange(self._w)
        inverses = (self._inverses[0], self._inverses[1][rows.start : rows.stop])
        products = (self._tail, new)
        spread(
            pool,
            places.size,
            lambda band: kernels.compare(
                band, self._lines, products, inverses, places, self._scores, self._wrap
            ),
        )
        joined = np.concatenate((self._tail, new[-2 * reach :])) if reach else self._tail
        self._tail, self._next = joined[len(joined) - 2 * reach :].copy(), rows.stop

    def _overlap(self, pool: Executor, first: int, count: int, moves: tuple[int, int]) -> Tensor:
        """Return (count * w, span): the weights of patches that overlap, from this row of the weights on."""
        mixed = self._mixed[: count * self._w]
        out = mixed.numpy()
        spread(
            pool,
            len(out),
            lambda band: kernels.overlap(band, self._lines, self._weights, first, *moves, out),
        )
        return mixed

    def _parts(self) -> list[_Part]:
        parts = []
        for down, above in self._paster.halves():
            for across, aside in self._paster.halves():
                pixels = self._paster.pixels(down, across)[0].flatten(2).permute(2, 0, 1)
                flat = functional.pad(pixels, (0, 2 * self._lines.margin)).flatten(1)
                flat = flat[:, : self._lines.span].contiguous()
                parts.append(_Part(down, across, (above, aside), flat))
        return parts

    def _line(self, grid: Tensor, outside: float = 0) -> Floats:
        """Return (span,): a value of each key, `outside` between the rows."""
        flat = functional.pad(grid, (0, 2 * self._lines.margin), value=outside).flatten()
        line: Floats = flat[: self._lines.span].contiguous().numpy()
        return line

    def _rows_at_once(self, budget: int) -> int:
        """Return how many rows of queries are at work together."""
        row = 4 * (self._w + 2 * self._lines.margin) * self._lines.length
        channels = self._paster.source.shape[1]
        fixed = 4 * self._lines.length * channels * (3 + self._paster.rate**2)
        fit = ((budget - fixed) // row - _SPARE - 8 * self._lines.margin) // 4
        return max(1, min(self._h, fit, -(-_AT_ONCE // self._w)))


def neighbours(grid: tuple[int, int], rows: range, options: AttentionOptions) -> Places:
    """Return (queries, 9): which queries stand up-left, up, up-right, left ... of each, -1 for none.

    As a step up or down comes first and one aside follows, and with `fuse_wrap` both run on at the ends of
    lines, up-left of a query is what stands before the one above it.
    """
    h, w = grid
    y, x = np.divmod(np.arange(rows.start * w, rows.stop * w), w)
    taps = np.full((len(y), 3, 3), -1)
    if not options.fuse:
        taps[:, 1, 1] = y * w + x
        return taps.reshape(-1, 9)
    for i, down in enumerate((-1, 0, 1)):
        turned = x * h + y + down
        inside = (turned >= 0) & (turned < h * w) if options.fuse_wrap else (y + down >= 0) & (y + down < h)
        row, column = (turned % h, turned // h) if options.fuse_wrap else (y + down, x)
        for j, right in enumerate((-1, 0, 1)):
            flat = row * w + column + right
            beside = (flat >= 0) & (flat < h * w)
            if not options.fuse_wrap:
                beside = (column + right >= 0) & (column + right < w)
            taps[:, i, j] = np.where(inside & beside, flat, -1)
    return taps.reshape(-1, 9)


def _cells(grid: Tensor, margin: int) -> Tensor:
    """Return (h + 2 * margin, w + 2 * margin, C) with zeros around, from (1, C, h, w)."""
    return functional.pad(grid[0].permute(1, 2, 0), (0, 0) + (margin,) * 4).contiguous()


def _runs(rows: list[int], longest: int) -> Iterator[range]:
    """Yield the rows as runs of neighbours, none longer than so many."""
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i] != rows[i - 1] + 1 or i - start == longest:
            yield range(rows[start], rows[i - 1] + 1)
            start = i
