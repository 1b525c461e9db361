"""What does contextual attention give when it is written down as the paper's code does it, all at once?

Patches are cut out, matches are a convolution with them, sums along diagonals are a convolution with an
identity, pasting is a transposed convolution. One sample, every option, no thought of memory.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from inpainting_core.nn.attention_options import AttentionOptions


def reference(f: Tensor, b: Tensor, faults: Tensor, options: AttentionOptions) -> tuple[Tensor, Tensor]:
    """Return the picture (C, H, W) and the weights (queries, keys) of f, b (C, H, W) and faults (h', w')."""
    rate, k = options.rate, options.ksize
    f_s, b_s = (picked(x, rate, options.subsample) for x in (f, b))
    (h, w), (hb, wb) = f_s.shape[1:], b_s.shape[1:]
    scores = functional.conv2d(f_s[None], normed_patches(b_s, k, options.key_norm), padding=k // 2)[0]
    scores = scores.flatten(1).T
    if options.normalise_fg:
        patches = functional.unfold(f_s[None], k, padding=k // 2)[0].T
        least = 1e-4 if options.key_norm == "added" else 0
        norms = (patches.square() + least).sum(1).sqrt()
        scores = scores / (norms if least else norms.clamp_min(1e-4))[:, None]
    if options.fuse:
        scores = fused(scores, (h, w), (hb, wb), wrap=options.fuse_wrap)
    padded = functional.pad(1 - faults, (k // 2,) * 4, value=1)
    share = padded.unfold(0, k, 1).unfold(1, k, 1).amin((2, 3)).flatten()
    valid = (share > 0).to(f.dtype)
    powers = (options.scale * scores * valid).double()
    powers = (powers - powers.amax(1, keepdim=True)).exp().to(f.dtype) * torch.where(share > 0, share, 1)
    kept = powers if options.mask_mode == "mul" or not valid.any() else powers * valid
    weights = powers / kept.sum(1, keepdim=True) * valid
    return pasted(weights, b, (h, w), options), weights


def picked(x: Tensor, rate: int, how: str) -> Tensor:
    """Return every so manieth value."""
    if how == "floor":
        return x[:, ::rate, ::rate]
    rows, columns = (
        [int(i * (side - 1) / (side // rate - 1) + 0.5) for i in range(side // rate)] for side in x.shape[1:]
    )
    return x[:, rows][:, :, columns]


def normed_patches(b: Tensor, k: int, norm: str) -> Tensor:
    """Return (keys, C, k, k)."""
    patches = functional.unfold(b[None], k, padding=k // 2)[0].T.view(-1, len(b), k, k)
    if norm == "added":
        return patches / (patches.square() + 1e-4).sum((1, 2, 3), keepdim=True).sqrt()
    return patches / patches.square().sum((1, 2, 3), keepdim=True).sqrt().clamp_min(1e-4)


def fused(scores: Tensor, grid: tuple[int, int], keys: tuple[int, int], *, wrap: bool) -> Tensor:
    """Return the scores summed along both diagonals."""
    (h, w), (hb, wb) = grid, keys
    identity = torch.eye(3, dtype=scores.dtype)[None, None]
    if not wrap:
        return clean(clean(scores.view(h, w, hb, wb), 1), 0).view(h * w, hb * wb)
    scores = functional.conv2d(scores[None, None], identity, padding=1)[0, 0]
    turned = scores.view(h, w, hb, wb).permute(1, 0, 3, 2).reshape(h * w, hb * wb)
    turned = functional.conv2d(turned[None, None], identity, padding=1)[0, 0]
    return turned.view(w, h, wb, hb).permute(1, 0, 3, 2).reshape(h * w, hb * wb)


def clean(scores: Tensor, axis: int) -> Tensor:
    """Return the sum along one axis that never crosses a border."""
    padded = functional.pad(scores, (1,) * 8)
    n = scores.shape
    moved = []
    for d in (0, 1, 2):
        at = [1, 1, 1, 1]
        at[axis] = at[axis + 2] = d
        moved.append(padded[tuple(slice(a, a + side) for a, side in zip(at, n, strict=True))])
    return torch.stack(moved).sum(0)


def pasted(weights: Tensor, b: Tensor, grid: tuple[int, int], options: AttentionOptions) -> Tensor:
    """Return the keys' patches of twice the rate, pasted at every query."""
    rate = options.rate
    before, after = rate // 2, rate - rate // 2
    padded = functional.pad(b[None], (before, after, before, after))
    patches = functional.unfold(padded, 2 * rate, stride=rate)[0].T.reshape(-1, len(b), 2 * rate, 2 * rate)
    maps = weights.T.reshape(1, len(patches), *grid)
    height, width = grid[0] * rate, grid[1] * rate
    inside = (slice(before, before + height), slice(before, before + width))
    whole = functional.conv_transpose2d(maps, patches, stride=rate)[0]
    if options.overlap == "div4":
        return whole[:, *inside] / 4
    ones = functional.conv_transpose2d(
        torch.ones(1, 1, *grid, dtype=b.dtype),
        torch.ones(1, 1, 2 * rate, 2 * rate, dtype=b.dtype),
        stride=rate,
    )[0]
    return whole[:, *inside] / ones[:, *inside]
