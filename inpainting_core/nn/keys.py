"""Which positions may be copied from, and at what weight?

Masks and weights of an image come down to the attention grid twice: to the cells (see `Reduction`), and
from a cell's 3x3 neighbourhood, the patch that is compared, to its worst value. What lies outside the
picture is never a fault.
"""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

Reduction = Literal["nearest", "max"]
Subsample = Literal["floor", "tf_align_corners"]


def subsampled(x: Tensor, size: tuple[int, int], how: Subsample) -> Tensor:
    """Return (B, C, *size): every so manieth value of (B, C, H, W).

    Args:
        x: What is sampled; its sides are multiples of the size's.
        size: Height and width wanted.
        how: "floor" takes the first of each cell; "tf_align_corners" first and last of the line and what
            rounds nearest between them.

    Raises:
        ValueError: a side is no multiple.
    """
    picked = [_places(have, want, how) for have, want in zip(x.shape[2:], size, strict=True)]
    if how == "floor":
        return x[:, :, :: picked[0][1], :: picked[1][1]]
    rows, columns = (torch.tensor(places[0], device=x.device) for places in picked)
    return x.index_select(2, rows).index_select(3, columns)


def _places(have: int, want: int, how: Subsample) -> tuple[list[int], int]:
    """Return the indices taken from `have` values to get `want`, and the size of a cell."""
    if want < 1 or have % want:
        raise ValueError(f"{have} values cannot be sampled to {want}: not a multiple.")
    step = have // want
    if how == "floor" or want == 1:
        return list(range(0, have, step)), step
    return [(2 * i * (have - 1) + want - 1) // (2 * (want - 1)) for i in range(want)], step


def fault(worst: Tensor, sizes: list[tuple[int, int]], how: Subsample, reduction: Reduction) -> Tensor:
    """Return (B, *sizes[-1]): how bad each cell is, 0 for spotless.

    Args:
        worst: (B, 1, H, W) in [0, 1], 1 for what must not be copied.
        sizes: The grids on the way, the last one the wanted: [C] samples a mask to the features' size
            first, then to the attention's.
        how: See `subsampled`; only for "nearest".
        reduction: "nearest" looks at one pixel of a cell (strokes thinner than a cell vanish), "max" at all.
    """
    if reduction == "max":
        return functional.adaptive_max_pool2d(worst, sizes[-1])[:, 0]
    for size in sizes:
        worst = subsampled(worst, size, how)
    return worst[:, 0]


def key_weights(faults: Tensor, ksize: int) -> Tensor:
    """Return (B, h, w) in [0, 1]: the least weight in each cell's neighbourhood, 0 for never.

    Args:
        faults: (B, h, w): 1 minus the weight of each cell.
        ksize: Odd side of the neighbourhood.
    """
    return 1 - functional.max_pool2d(faults[:, None], ksize, 1, ksize // 2)[:, 0]
