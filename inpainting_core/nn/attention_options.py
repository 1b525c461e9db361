"""How may contextual attention be varied, and what does it tell about its choices?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from torch import Tensor

from inpainting_core.nn.keys import Reduction, Subsample


@dataclass(frozen=True)
class AttentionOptions:
    """How the layer works; the defaults are what made the paper's weights.

    Attributes:
        ksize: Odd side of the patches compared.
        rate: How coarsely positions are compared; patches of twice this side are copied.
        scale: Factor on the scores before the softmax.
        fuse: True adds scores along diagonals, so that large patches are copied whole.
        fuse_wrap: True lets these diagonals run on from the end of a line to the next, as the paper's code.
        normalise_fg: True divides the query's patch by its norm too, as the paper writes.
        key_norm: "clamp" divides a key by max(norm, 1e-4), "added" by sqrt(sum(b^2 + 1e-4)).
        mask_mode: "mul" gives a masked key the score 0 before the softmax and the weight 0 after it;
            "inf" takes it out of the softmax.
        overlap: "div4" divides the pasted sum by 4 everywhere, "count" by the patches that overlap there.
        subsample: See `inpainting_core.nn.keys.subsampled`.
        mask_reduction: See `inpainting_core.nn.keys.fault`.
        top_k: Sources given for each query when they are asked for.
        budget_bytes: What the layer may hold at once beyond its inputs and its answer.
    """

    ksize: int = 3
    rate: int = 2
    scale: float = 10.0
    fuse: bool = True
    fuse_wrap: bool = True
    normalise_fg: bool = False
    key_norm: Literal["clamp", "added"] = "clamp"
    mask_mode: Literal["mul", "inf"] = "mul"
    overlap: Literal["div4", "count"] = "div4"
    subsample: Subsample = "floor"
    mask_reduction: Reduction = "nearest"
    top_k: int = 8
    budget_bytes: int = 1 << 30


class Attention(NamedTuple):
    """Where each query found its patch.

    Attributes:
        offsets: (B, k, h, w, 2) int64: key minus query, (row, column) in cells, best first.
        scores: (B, k, h, w): the weights in [0, 1]; 0 where nothing could be copied.
        key_grid: Rows and columns of the keys.
        cell: Side of a cell, in the pixels of whoever gives the answer.
    """

    offsets: Tensor
    scores: Tensor
    key_grid: tuple[int, int]
    cell: int
