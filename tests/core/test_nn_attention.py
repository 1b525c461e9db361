"""Is contextual attention what the paper's code computes, whatever its options and its budget?"""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from inpainting_core.nn.attention_options import AttentionOptions
from inpainting_core.nn.contextual_attention import contextual_attention
from tests.core.attention_reference import reference

PLAIN = AttentionOptions()


def features(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.fixture(params=[torch.float64, torch.float32], ids=["as tensors", "streamed"])
def precision(request: pytest.FixtureRequest) -> torch.dtype:
    """Return the numbers that take one way through the layer, or the other."""
    dtype: torch.dtype = request.param
    return dtype


def holes(*grid: int, seed: int = 1) -> Tensor:
    """Return (B, h, w): a rectangle for each sample, a cell alone, and a few weights."""
    faults = torch.zeros(grid, dtype=torch.float64)
    for i, sample in enumerate(faults):
        sample[2 + i : 5 + i, 1:4] = 1
        sample[-1, -1 - i] = 1
        sample[0, 3:] = 0.25
    return faults


VARIANTS = [
    PLAIN,
    replace(PLAIN, fuse=False),
    replace(PLAIN, fuse_wrap=False),
    replace(PLAIN, mask_mode="inf"),
    replace(PLAIN, mask_mode="inf", fuse_wrap=False, overlap="count"),
    replace(PLAIN, normalise_fg=True),
    replace(PLAIN, normalise_fg=True, key_norm="added"),
    replace(PLAIN, subsample="tf_align_corners"),
    replace(PLAIN, ksize=5, fuse_wrap=False),
    replace(PLAIN, ksize=1, scale=3.0),
    replace(PLAIN, rate=1),
    replace(PLAIN, rate=3, overlap="count"),
    replace(PLAIN, rate=4),
]


@pytest.mark.parametrize("budget", [1, 1 << 30])
@pytest.mark.parametrize("options", VARIANTS, ids=str)
def test_equals_the_dense_reference(options: AttentionOptions, budget: int, precision: torch.dtype) -> None:
    rate = options.rate
    f, b = features(2, 3, 7 * rate, 9 * rate), features(2, 3, 8 * rate, 6 * rate, seed=2)
    faults = holes(2, 8, 6)
    numbers = [x.to(precision) for x in (f, b, faults)]
    with torch.no_grad():
        y, found = contextual_attention(*numbers, replace(options, budget_bytes=budget), want_attention=True)
    assert found is not None
    far = 1e-9 if precision == torch.float64 else 1e-5
    for i in range(2):
        expected, weights = reference(f[i], b[i], faults[i], options)
        torch.testing.assert_close(y[i].double(), expected, rtol=0, atol=far)
        best = weights.topk(8, 1).values
        torch.testing.assert_close(found.scores[i].flatten(1).T.double(), best, rtol=0, atol=far)
