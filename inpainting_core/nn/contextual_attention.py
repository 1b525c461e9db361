"""Which known patch resembles each position, and what comes of copying it?  Yu et al. 2018's layer.

Every query (a 3x3 patch of the features, sampled down by `rate`) is compared with every key, the scores
are added along diagonals and turned into weights, and the keys' own patches are pasted, weighted. The table
of all queries with all keys never exists: rows of queries are done in blocks that fit the budget, and where
gradients are wanted a block is computed again on the way back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from inpainting_core.nn.attention_options import Attention, AttentionOptions
from inpainting_core.nn.kernels import NEVER
from inpainting_core.nn.keys import fault, key_weights, subsampled
from inpainting_core.nn.matching import Matcher
from inpainting_core.nn.pasting import Paster
from inpainting_core.nn.streaming import Stream
from inpainting_core.nn.swift import swift

_COPIES, _COPIES_TO_LEARN = 6, 13  # of a block's table, alive at once, as measured: 5.1 and 12.7
_HALO = 6  # rows that a block computes beyond its own
_DEFAULT = AttentionOptions()
_Terms = tuple[Tensor, Tensor, Tensor]
_Best = tuple[Tensor, Tensor]


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
    grid, key_grid = (f.shape[2] // options.rate, f.shape[3] // options.rate), _pair(faults)
    task = _Task(
        Matcher(subsampled(f, grid, options.subsample), subsampled(b, key_grid, options.subsample), options),
        Paster(b, options.rate),
        _terms(key_weights(faults, options.ksize), options),
        min(options.top_k, faults[0].numel()) if want_attention else 0,
    )
    pasted, found = task.streamed() if swift(f, b, faults) else task.in_blocks()
    picture = (pasted / _overlaps(grid, options, f)).permute(0, 5, 1, 2, 3, 4).flatten(4).flatten(2, 3)
    return picture, _attention(found, grid, key_grid, options.rate) if want_attention else None


@dataclass(frozen=True)
class _Task:
    """All that is compared, weighted and copied."""

    matcher: Matcher
    paster: Paster
    terms: _Terms
    top_k: int

    def streamed(self) -> tuple[Tensor, _Best]:
        """Return the pasted sum (B, h, rate, w, rate, C) and the best keys (B, h * w, k), on a CPU."""
        rows = range(self.matcher.queries.shape[2])
        answers = []
        for i in range(len(self.matcher.queries)):
            one = slice(i, i + 1)
            matcher = replace(self.matcher, queries=self.matcher.queries[one], keys=self.matcher.keys[one])
            paster = replace(self.paster, source=self.paster.source[one])
            factor, added, keep = (term[i] for term in self.terms)
            budget = self.matcher.options.budget_bytes
            answers.append(Stream(matcher, paster, (factor, added, keep), self.top_k, budget).run(rows))
        weights, places = (torch.stack(parts) for parts in zip(*(best for _, best in answers), strict=True))
        return torch.stack([pasted for pasted, _ in answers]), (weights, places)

    def in_blocks(self) -> tuple[Tensor, _Best]:
        """Return the same from tensors, in blocks of rows, with gradients if they are wanted."""
        queries, source = self.matcher.queries, self.paster.source
        size, h, w = len(queries), queries.shape[2], queries.shape[3]
        answer = source.new_zeros(size, h + 2, self.paster.rate, w, self.paster.rate, source.shape[1])
        found: list[_Best] = []
        rows = self._rows_in_a_block()
        for start in range(0, h, rows):
            stop = min(start + rows, h)
            if torch.is_grad_enabled() and rows < h:
                pasted, best = checkpoint(self._block, start, stop, use_reentrant=False)
            else:
                pasted, best = self._block(start, stop)
            answer[:, start : stop + 2] += pasted
            found.append(best)
        weights, places = (torch.cat(parts, 1) for parts in zip(*found, strict=True))
        return answer[:, 1:-1], (weights, places)

    def _block(self, start: int, stop: int) -> tuple[Tensor, _Best]:
        """Return what these rows of queries paste with a row around, and their best keys."""
        scores = self.matcher.scores(start, stop)
        factor, added, keep = (term[:, None, None] for term in self.terms)
        shares = torch.addcmul(added, scores, factor).flatten(3).softmax(3).view(scores.shape)
        weights = shares * keep
        best = weights.detach().flatten(3).flatten(1, 2).topk(self.top_k, 2)
        return self.paster.paste(weights), (best.values, best.indices)

    def _rows_in_a_block(self) -> int:
        """Return how many rows of queries fit the budget, at least one."""
        queries, keys = self.matcher.queries, self.matcher.keys
        row = len(queries) * queries.shape[3] * keys[0, 0].numel() * queries.element_size()
        copies = _COPIES_TO_LEARN if torch.is_grad_enabled() else _COPIES
        return max(1, min(queries.shape[2], self.matcher.options.budget_bytes // (copies * row) - _HALO))


def _terms(key_weights: Tensor, options: AttentionOptions) -> _Terms:
    """Return, each (B, h', w'): factor of a score, what is added to it, and 1 for keys that are copied."""
    valid = key_weights > 0
    added = torch.where(valid, key_weights, 1).log()
    if options.mask_mode == "inf":
        added = added.masked_fill(~valid & valid.flatten(1).any(1)[:, None, None], float(NEVER))
    keep = valid.to(key_weights.dtype)
    return options.scale * keep, added, keep


def _attention(found: _Best, grid: tuple[int, int], key_grid: tuple[int, int], cell: int) -> Attention:
    """Return the best keys relative to their queries."""
    scores, index = (torch.unflatten(part.transpose(1, 2), 2, grid) for part in found)
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


def _pair(cells: Tensor) -> tuple[int, int]:
    return cells.shape[1], cells.shape[2]
