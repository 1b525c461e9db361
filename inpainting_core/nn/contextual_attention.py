"""Which known patch resembles each position, and what comes of copying it?  Yu et al. 2018's layer.

Every query (a 3x3 patch of the features, sampled down by `rate`) is compared with every key, the scores
are added along diagonals and turned into weights, and the keys' own patches are pasted, weighted. The table
of all queries with all keys never exists: rows of queries are done in blocks that fit the budget, and where
gradients are wanted a block is computed again on the way back.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from inpainting_core.nn.attention_options import Attention, AttentionOptions
from inpainting_core.nn.keys import fault, key_weights, subsampled
from inpainting_core.nn.matching import Matcher
from inpainting_core.nn.pasting import Paster

_COPIES = 4  # of a block's table, alive at once, at most
_HALO = 6  # rows that a block computes beyond its own
_DEFAULT = AttentionOptions()


class ContextualAttention(nn.Module):
    """The layer; it learns nothing.

    Args:
        options: How it works.
    """

    def __init__(self, options: AttentionOptions = _DEFAULT) -> None:
        super().__init__()
        self.options = options

    def forward(
        self,
        features: Tensor,
        hole: Tensor,
        source_weights: Tensor | None = None,
        *,
        want_attention: bool = False,
    ) -> tuple[Tensor, Attention | None]:
        """Return the features made of the known ones, and where they came from (see below)."""
        faults = source_faults(features, hole, source_weights, self.options)
        return contextual_attention(features, features, faults, self.options, want_attention=want_attention)


def source_faults(
    b: Tensor, hole: Tensor | None, source_weights: Tensor | None, options: AttentionOptions
) -> Tensor:
    """Return (B, h', w') in [0, 1]: what is wrong with each cell of b, 1 for never to be copied.

    Args:
        b: (B, C, H', W'): the features that are copied; sides multiples of `options.rate`.
        hole: (B, 1, Hm, Wm), 1 where b is unknown, sides multiples of b's; each sample its own.
        source_weights: (B, 1, Hm, Wm) in [0, 1]; 0 is never copied.
        options: How masks come down to the grid.
    """
    height, width = b.shape[2:]
    cells = (height // options.rate, width // options.rate)
    worst = b.new_zeros(len(b), 1, height, width) if hole is None else hole.to(b.dtype)
    faults = fault(worst, [(height, width), cells], options.subsample, options.mask_reduction)
    if source_weights is not None:
        faults = torch.maximum(faults, fault(1 - source_weights.to(b.dtype), [cells], "floor", "max"))
    return faults


def contextual_attention(
    f: Tensor,
    b: Tensor,
    faults: Tensor,
    options: AttentionOptions = _DEFAULT,
    *,
    want_attention: bool = False,
) -> tuple[Tensor, Attention | None]:
    """Return f's picture made of b's patches, and where they came from.

    Args:
        f: (B, C, H, W): the features that ask; sides multiples of `options.rate`.
        b: (B, C, H', W'): the features that are copied, likewise.
        faults: (B, h', w') from `source_faults`: 1 is never copied, and below it 1 - fault multiplies the
            key's share in the softmax, which is adding log(1 - fault) to its score.
        options: How.
        want_attention: True gives the second part.

    Returns:
        (B, C, H, W), and the Attention or None. Where no key may be copied, the picture is 0.
    """
    grid = (f.shape[2] // options.rate, f.shape[3] // options.rate)
    block = _Block(
        Matcher(
            subsampled(f, grid, options.subsample), subsampled(b, _pair(faults), options.subsample), options
        ),
        Paster(b, options.rate),
        key_weights(faults, options.ksize),
    )
    answer = f.new_zeros(len(f), grid[0] + 2, options.rate, grid[1], options.rate, f.shape[1])
    found: list[tuple[Tensor, Tensor]] = []
    rows = _rows_in_a_block(block, options.budget_bytes)
    top_k = min(options.top_k, faults[0].numel()) if want_attention else 0
    for start in range(0, grid[0], rows):
        stop = min(start + rows, grid[0])
        if torch.is_grad_enabled() and rows < grid[0]:
            pasted, best = checkpoint(block.run, start, stop, top_k, use_reentrant=False)
        else:
            pasted, best = block.run(start, stop, top_k)
        answer[:, start : stop + 2] += pasted
        found.append(best)
    answer = answer[:, 1:-1] / _overlaps(grid, options, f)
    picture = answer.permute(0, 5, 1, 2, 3, 4).flatten(4).flatten(2, 3)
    return picture, _attention(found, grid, _pair(faults), options.rate) if want_attention else None


@dataclass(frozen=True)
class _Block:
    """Everything that a block of rows needs."""

    matcher: Matcher
    paster: Paster
    key_weights: Tensor

    def run(self, start: int, stop: int, top_k: int) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Return what these rows of queries paste, and the best keys' weights and indices (B, n, k)."""
        scores = self.matcher.scores(start, stop)
        flat = scores.reshape(len(scores), -1, self.key_weights[0].numel())
        weights = _softmax(flat, self.key_weights.flatten(1), self.matcher.options)
        best = weights.detach().topk(top_k, 2)
        return self.paster.paste(weights.view(scores.shape)), (best.values, best.indices)


def _softmax(scores: Tensor, key_weights: Tensor, options: AttentionOptions) -> Tensor:
    """Return (B, queries, keys): the shares; a key of weight 0 has none."""
    valid = key_weights > 0
    share = torch.where(valid, key_weights, 1).log()
    if options.mask_mode == "inf":
        somewhere = valid.any(1, keepdim=True)
        share = share.masked_fill(~valid & somewhere, -torch.inf)
    factor = options.scale * valid.to(scores.dtype)
    logits = torch.addcmul(share[:, None], scores, factor[:, None])
    return logits.softmax(2) * valid[:, None].to(scores.dtype)


def _attention(
    found: list[tuple[Tensor, Tensor]], grid: tuple[int, int], key_grid: tuple[int, int], cell: int
) -> Attention:
    """Return the best keys of all blocks, relative to their queries."""
    scores, index = (
        torch.unflatten(torch.cat(parts, 1).transpose(1, 2), 2, grid) for parts in zip(*found, strict=True)
    )
    keys = torch.stack((index // key_grid[1], index % key_grid[1]), -1)
    rows, columns = (torch.arange(side, device=index.device) for side in grid)
    here = torch.stack(torch.meshgrid(rows, columns, indexing="ij"), -1)
    return Attention(keys - here, scores, key_grid, cell)


def _overlaps(grid: tuple[int, int], options: AttentionOptions, like: Tensor) -> Tensor | float:
    """Return by what the pasted sums are divided: 4, or (h, rate, w, rate, 1) patches."""
    if options.overlap == "div4":
        return 4.0
    middle = options.rate - options.rate // 2
    sides = []
    for cells in grid:
        count = like.new_full((cells, options.rate), 2)
        count[0, :middle] = 1
        count[-1, middle:] = 1
        sides.append(count)
    return sides[0][:, :, None, None, None] * sides[1][:, :, None]


def _rows_in_a_block(block: _Block, budget: int) -> int:
    """Return how many rows of queries fit the budget, at least one."""
    queries = block.matcher.queries
    row = len(queries) * queries.shape[3] * block.key_weights[0].numel() * queries.element_size()
    return max(1, min(queries.shape[2], budget // (_COPIES * row) - _HALO))


def _pair(cells: Tensor) -> tuple[int, int]:
    return cells.shape[1], cells.shape[2]
