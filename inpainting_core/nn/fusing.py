"""How are neighbouring matches added up along their diagonal?

A table of matches has the axes (batch, query row, query column, key row, key column). If a query matches
a key, then its right neighbour should match the key's right neighbour: a sum adds to every entry those
whose query and key both lie the same number of steps further. The adjoint of such a sum is the sum over
the opposite steps, so that nothing has to be kept for its gradient.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.autograd.function import FunctionCtx

_Rectangle = tuple[slice, slice]
_Move = tuple[tuple[slice, ...], tuple[slice, ...]]
_ALL = slice(None)


@dataclass(frozen=True)
class Walk:
    """Which neighbours are added.

    Attributes:
        axis: "column" steps to the right, "row" steps down.
        distances: How far; 0 is the entry itself and always belongs.
        wrap_queries: True steps from the end of a line to the start of the next, as flattening the grid
            does; False adds nothing across a border. With a wrap only the distances -1, 0, 1 exist.
        wrap_keys: The same for the keys.
    """

    axis: Literal["row", "column"]
    distances: tuple[int, ...] = (-1, 0, 1)
    wrap_queries: bool = False
    wrap_keys: bool = False

    def back(self) -> Walk:
        """Return the walk in the opposite direction."""
        opposite = tuple(-distance for distance in self.distances)
        return Walk(self.axis, opposite, self.wrap_queries, self.wrap_keys)


def diagonal_sum(matches: Tensor, walk: Walk) -> Tensor:
    """Return T[p, q] = sum over the walk's d of matches[p + d, q + d], of the same shape.

    Args:
        matches: (B, h, w, h', w'), real.
        walk: Which neighbours.
    """
    result: Tensor = _DiagonalSum.apply(matches, walk)  # type: ignore[no-untyped-call]
    return result


class _DiagonalSum(torch.autograd.Function):
    @staticmethod
    def forward(ctx: FunctionCtx, matches: Tensor, walk: Walk) -> Tensor:
        ctx.walk = walk  # type: ignore[attr-defined]
        total = matches.clone()
        for distance in walk.distances:
            for here, there in _moves(matches.shape, walk, distance):
                total[here].add_(matches[there])
        return total

    @staticmethod
    def backward(ctx: FunctionCtx, *gradients: Tensor) -> tuple[Tensor, None]:
        return diagonal_sum(gradients[0], ctx.walk.back()), None  # type: ignore[attr-defined]


def _moves(shape: torch.Size, walk: Walk, distance: int) -> list[_Move]:
    """Return which rectangles of the table receive which, for one distance other than 0."""
    if distance == 0:
        return []
    queries = _steps((shape[1], shape[2]), walk.axis, abs(distance), wrap=walk.wrap_queries)
    keys = _steps((shape[3], shape[4]), walk.axis, abs(distance), wrap=walk.wrap_keys)
    pairs: list[_Move] = [
        ((_ALL, *query[0], *key[0]), (_ALL, *query[1], *key[1])) for query in queries for key in keys
    ]
    return pairs if distance > 0 else [(there, here) for here, there in pairs]


def _steps(
    grid: tuple[int, int], axis: str, distance: int, *, wrap: bool
) -> list[tuple[_Rectangle, _Rectangle]]:
    """Return pairs of equal rectangles of a grid: the second lies `distance` steps after the first."""
    h, w = grid
    if axis == "column":
        within = (_ALL, slice(0, max(w - distance, 0))), (_ALL, slice(distance, None))
        around = (slice(0, h - 1), slice(w - 1, w)), (slice(1, h), slice(0, 1))
    else:
        within = (slice(0, max(h - distance, 0)), _ALL), (slice(distance, None), _ALL)
        around = (slice(h - 1, h), slice(0, w - 1)), (slice(0, 1), slice(1, w))
    return [within, around] if wrap else [within]
