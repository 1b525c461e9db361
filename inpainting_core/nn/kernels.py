"""Which inner loops run as machine code?

Those of attention work on flat lines: the keys' grid with `margin` cells around it, row after row, so that
a step to a neighbouring key is one offset for the whole line and needs no thought of borders. What a line
holds between its first and last key, `span` numbers, is one loop that the compiler makes vectors of. Every
kernel works on one band and releases the GIL.
"""

from __future__ import annotations

import math
from functools import partial
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
compiled = partial(njit, nogil=True, cache=True, fastmath=True, boundscheck=False, error_model="numpy")
"""How every kernel is compiled."""
NEVER = np.float32(-1e30)
"""The score of what has no share in a softmax."""


class Lines(NamedTuple):
    """How a line is laid out.

    Attributes:
        rows: Of the keys' grid.
        columns: Of the keys' grid.
        margin: Cells around it.
        pitch: From a key to the one below it.
        start: Place of the first key.
        span: Numbers from the first key to the last.
        length: Of the line.
    """

    rows: int
    columns: int
    margin: int
    pitch: int
    start: int
    span: int
    length: int

    @classmethod
    def around(cls, grid: tuple[int, int], margin: int) -> Lines:
        """Return the layout for a grid of keys."""
        rows, columns = grid
        pitch = columns + 2 * margin
        span = (rows - 1) * pitch + columns
        return cls(rows, columns, margin, pitch, margin * pitch + margin, span, (rows + 2 * margin) * pitch)


@compiled(inline="always")
def _exponential(x: np.float32) -> np.float32:
    """Return exp(x) for x <= 0: 2^n times a polynomial, as that vectorises; error 1e-7 * (1 + |x|) of it."""
    power = max(x, np.float32(-87)) * np.float32(1.44269504)
    n = math.floor(power + np.float32(0.5))
    rest = (power - n) * np.float32(0.693147181)
    p = np.float32(1 / 5040)
    p = p * rest + np.float32(1 / 720)
    p = p * rest + np.float32(1 / 120)
    p = p * rest + np.float32(1 / 24)
    p = p * rest + np.float32(1 / 6)
    p = p * rest + np.float32(1 / 2)
    p = (p * rest + np.float32(1)) * rest + np.float32(1)
    return p * np.int32((np.int32(n) + np.int32(127)) << np.int32(23)).view(np.float32)


@compiled()
def elu(band: tuple[int, int], values: Floats) -> None:
    """Replace a band of values below 0 by exp(value) - 1."""
    part = values[band[0] : band[1]]
    for i in range(len(part)):
        low = _exponential(min(part[i], np.float32(0))) - np.float32(1)
        part[i] = part[i] if part[i] > 0 else low


@compiled()
def compare(  # noqa: PLR0913, PLR0917  a kernel names its arrays
    band: tuple[int, int],
    lines: Lines,
    products: tuple[Floats, Floats],
    inverses: tuple[Floats, Floats],
    places: Places,
    scores: Floats,
    wrap: bool,
) -> None:
    """Write the scores of a band of queries: the products' sum over the patch, over the norms.

    Args:
        band: First query and the one after the last, in rows of `places.shape[1]`.
        lines: The layout.
        products: Two runs of rows (n, w + k - 1, length), the second going on from the first: cell by cell.
        inverses: (span,) 1 over each key's norm, 0 beside the grid; (rows, w) the same for the queries.
        places: (rows, w): which line of the scores.
        scores: (n, length).
        wrap: True fills the margins so that a step beyond a line's end comes to the next line.
    """
    old, new = products
    w = places.shape[1]
    side = new.shape[1] - w + 1
    reach = side // 2
    for query in range(band[0], band[1]):
        row, column = query // w, query % w
        line = scores[places[row, column]]
        out = line[lines.start : lines.start + lines.span]
        out[:] = 0
        for down in range(side):
            at = row + down
            for right in range(side):
                first = lines.start + (down - reach) * lines.pitch + right - reach
                if at < len(old):
                    taken = old[at, column + right, first : first + lines.span]
                else:
                    taken = new[at - len(old), column + right, first : first + lines.span]
                for i in range(lines.span):
                    out[i] += taken[i]
        own = inverses[1][row, column]
        for i in range(lines.span):
            out[i] *= inverses[0][i] * own
        if wrap:
            _wrap(line, lines)


@compiled()
def _wrap(line: Floats, lines: Lines) -> None:
    """Fill the ring around the keys with what a step beyond the border comes to."""
    rows, columns, pitch, start = lines.rows, lines.columns, lines.pitch, lines.start
    for y in range(rows):
        here = start + y * pitch
        line[here - 1] = line[here - pitch + columns - 1] if y > 0 else np.float32(0)
        line[here + columns] = line[here + pitch] if y + 1 < rows else np.float32(0)
    for x in range(-1, columns + 1):
        above = (rows - 1) * columns + x - 1  # in reading order, of the last row
        below = x + 1
        there = start + above // columns * pitch + above % columns
        line[start - pitch + x] = line[there] if x >= 0 and above >= 0 else np.float32(0)
        there = start + below // columns * pitch + below % columns
        last = x == columns or below >= rows * columns
        line[start + rows * pitch + x] = np.float32(0) if last else line[there]


@compiled()
def attend(  # noqa: PLR0913, PLR0917  a kernel names its arrays
    band: tuple[int, int],
    lines: Lines,
    scores: Floats,
    taps: Places,
    terms: tuple[Floats, Floats, Floats],
    wrap: bool,
    weights: Floats,
    best: tuple[Floats, Places],
) -> None:
    """Write the weights of a band of queries: the softmax over the keys of the fused scores.

    Args:
        band: First query and the one after the last.
        lines: The layout.
        scores: (n, length).
        taps: (queries, 9): the lines of the query's neighbours, (up, here, down) x (left, here, right).
        terms: Each (span,): factor of the score, what is added to it, and 1 for keys that may be copied.
        wrap: True if the scores' margins are filled; then the first and last key have no further neighbour.
        weights: (rows, w + 2, length); what stands on both sides stays.
        best: (queries, k) the largest weights and their places in reading order of the keys.
    """
    span, pitch, start = lines.span, lines.pitch, lines.start
    w = weights.shape[1] - 2
    total = np.empty(span, np.float32)
    for query in range(band[0], band[1]):
        total[:] = 0
        for tap in range(9):
            first = start + (tap // 3 - 1) * pitch + tap % 3 - 1
            taken = scores[taps[query, tap], first : first + span]
            for i in range(span):
                total[i] += taken[i]
        if wrap:
            for right in range(3):
                total[0] -= scores[taps[query, right], start - pitch + right - 1]
                total[span - 1] -= scores[taps[query, 6 + right], start + span - 1 + pitch + right - 1]
        out = weights[query // w, query % w + 1, start : start + span]
        _softmax(total, terms, out)
        _remember(out, lines, best[0][query], best[1][query])


@compiled()
def _softmax(scores: Floats, terms: tuple[Floats, Floats, Floats], out: Floats) -> None:
    """Write the shares."""
    factor, added, keep = terms
    highest = NEVER
    for i in range(len(scores)):
        scores[i] = scores[i] * factor[i] + added[i]
        highest = max(highest, scores[i])
    whole = np.float32(0)
    for i in range(len(scores)):
        share = _exponential(scores[i] - highest)
        whole += share
        out[i] = share
    inverse = np.float32(1) / whole
    for i in range(len(scores)):
        out[i] *= inverse * keep[i]


@compiled()
def _remember(weights: Floats, lines: Lines, largest: Floats, places: Places) -> None:
    """Write the largest weights in descending order, and where they are; the first of equals wins."""
    count = len(largest)
    if count == 0:
        return
    largest[:] = 0
    places[:] = 0
    for i in range(len(weights)):
        if weights[i] > largest[count - 1]:
            k = count - 1
            while k > 0 and weights[i] > largest[k - 1]:
                largest[k], places[k] = largest[k - 1], places[k - 1]
                k -= 1
            largest[k] = weights[i]
            places[k] = i // lines.pitch * lines.columns + i % lines.pitch


@compiled()
def overlap(  # noqa: PLR0913, PLR0917  a kernel names its arrays
    band: tuple[int, int], lines: Lines, weights: Floats, first: int, down: int, right: int, out: Floats
) -> None:
    """Write what the patches of a query and of its neighbours weigh at a key's own place.

    Args:
        band: First query and the one after the last, of `out`.
        lines: The layout.
        weights: (rows, w + 2, length): zeros on both sides.
        first: The weights' row of the first query.
        down: -1 or 1: the neighbour above or below.
        right: -1 or 1: the neighbour to the left or right.
        out: (queries, span).
    """
    w = weights.shape[1] - 2
    start, span, pitch = lines.start, lines.span, lines.pitch
    for query in range(band[0], band[1]):
        y, x = first + query // w, query % w + 1
        line = out[query]
        a = weights[y, x, start : start + span]
        below = start + down * pitch
        b = weights[y + down, x, below : below + span]
        c = weights[y, x + right, start + right : start + right + span]
        d = weights[y + down, x + right, below + right : below + right + span]
        for i in range(span):
            line[i] = (a[i] + b[i]) + (c[i] + d[i])
