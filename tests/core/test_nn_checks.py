"""Do the numbers come out that were measured for contextual attention?  The layer's checks, by number."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from inpainting_core.nn.attention_options import Attention, AttentionOptions
from inpainting_core.nn.contextual_attention import contextual_attention, source_faults
from inpainting_core.nn.fusing import Walk, diagonal_sum
from inpainting_core.nn.keys import fault, key_weights, subsampled

PLAIN = AttentionOptions()


def noise(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def box(size: tuple[int, int], rows: slice, columns: slice) -> Tensor:
    hole = torch.zeros(1, 1, *size)
    hole[:, :, rows, columns] = 1
    return hole


def attended(x: Tensor, hole: Tensor | None, options: AttentionOptions = PLAIN) -> tuple[Tensor, Attention]:
    faults = source_faults(x, hole, None, options)
    with torch.no_grad():
        y, attention = contextual_attention(x, x, faults, options, want_attention=True)
    assert attention is not None
    return y, attention


def hole_offsets(attention: Attention, rows: slice, columns: slice) -> set[tuple[int, ...]]:
    found = attention.offsets[0, 0, rows, columns].reshape(-1, 2)
    return {tuple(pair.tolist()) for pair in found}


@pytest.mark.parametrize("mask_mode", ["mul", "inf"])
@pytest.mark.parametrize("fuse", [True, False])
@pytest.mark.parametrize("rectified", [True, False])
@pytest.mark.parametrize("stands", [True, False])
def test_check_2_exact_copy(mask_mode: str, fuse: bool, rectified: bool, stands: bool) -> None:
    half = noise(1, 32, 64, 32)
    x = torch.cat((half, half), 3)
    rows, columns = slice(24, 40), slice(40, 56)
    if stands:
        x, (rows, columns) = x.transpose(2, 3).contiguous(), (columns, rows)
    x = x.relu() if rectified else x
    hole = box((64, 64), rows, columns)
    options = replace(PLAIN, fuse=fuse, mask_mode=mask_mode)
    assert int((key_weights(source_faults(x, hole, None, options), 3) == 0).sum()) == 100
    y, attention = attended(x, hole, options)
    cells = slice(rows.start // 2, rows.stop // 2), slice(columns.start // 2, columns.stop // 2)
    assert hole_offsets(attention, *cells) == {(-16, 0) if stands else (0, -16)}
    assert float((y - x)[:, :, rows, columns].abs().max()) <= 1e-6


def test_check_2_exact_copy_where_sides_differ() -> None:
    half = noise(1, 32, 48, 40)
    _, attention = attended(torch.cat((half, half), 3), box((48, 80), slice(16, 32), slice(52, 68)))
    assert hole_offsets(attention, slice(8, 16), slice(26, 34)) == {(0, -20)}


@pytest.mark.parametrize(("overlap", "edge", "corner"), [("div4", 0.5, 0.25), ("count", 1.0, 1.0)])
def test_check_3_without_a_hole_everything_finds_itself(overlap: str, edge: float, corner: float) -> None:
    x = noise(1, 16, 64, 64)
    y, attention = attended(x, None, replace(PLAIN, overlap=overlap))
    assert not attention.offsets[:, 0].any()
    ratio = (y / x)[0]
    torch.testing.assert_close(ratio[:, 1:-1, 1:-1], torch.ones(16, 62, 62), rtol=0, atol=1e-4)
    torch.testing.assert_close(ratio[:, 0, 1:-1], torch.full((16, 62), edge), rtol=0, atol=1e-4)
    torch.testing.assert_close(ratio[:, 63, 63], torch.full((16,), corner), rtol=0, atol=1e-4)


def test_check_4_constant_features_stay_constant() -> None:
    y, _ = attended(torch.full((1, 8, 64, 64), 3.0), None)
    torch.testing.assert_close(y[:, :, 2:-2, 2:-2], torch.full((1, 8, 60, 60), 3.0), rtol=1e-4, atol=0)
    torch.testing.assert_close(y[0, :, 0, 20], torch.full((8,), 1.5), rtol=1e-4, atol=0)
    torch.testing.assert_close(y[0, :, 0, 0], torch.full((8,), 0.75), rtol=1e-4, atol=0)


@pytest.mark.parametrize("sigma", [1.5, 2.0])
def test_check_5_fusing_finds_more_of_a_noisy_copy(sigma: float) -> None:
    torch.manual_seed(0)
    left = torch.randn(1, 4, 64, 32)
    x = torch.cat((left, left + sigma * torch.randn(1, 4, 64, 32)), 3)
    hole = box((64, 64), slice(24, 40), slice(40, 56))
    right = []
    for fuse in (False, True):
        _, attention = attended(x, hole, replace(PLAIN, fuse=fuse))
        found = attention.offsets[0, 0, 12:20, 20:28]
        right.append(float((found == torch.tensor([0, -16])).all(-1).float().mean()))
    assert right[1] > right[0] + 0.2


def test_check_6_a_fuse_pass_is_the_double_loop() -> None:
    grid, keys = (3, 4), (3, 5)
    table = noise(1, *grid, *keys).double()

    def loop(flat: Tensor) -> Tensor:
        summed = torch.zeros_like(flat)
        for p in range(flat.shape[0]):
            for q in range(flat.shape[1]):
                for d in (-1, 0, 1):
                    if 0 <= p + d < flat.shape[0] and 0 <= q + d < flat.shape[1]:
                        summed[p, q] += flat[p + d, q + d]
        return summed

    sideways = diagonal_sum(table, Walk("column", wrap_queries=True, wrap_keys=True))
    expected = loop(table.view(12, 15))
    torch.testing.assert_close(sideways.view(12, 15), expected, rtol=0, atol=1e-12)
    both = diagonal_sum(sideways, Walk("row", wrap_queries=True, wrap_keys=True))
    turned = expected.view(*grid, *keys).permute(1, 0, 3, 2).reshape(12, 15)
    expected = loop(turned).view(4, 3, 5, 3).permute(1, 0, 3, 2)
    torch.testing.assert_close(both[0], expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("mask_mode", ["mul", "inf"])
@pytest.mark.parametrize("precision", [torch.float32, torch.float64])
def test_check_7_nothing_to_copy_gives_nothing(mask_mode: str, precision: torch.dtype) -> None:
    x = noise(1, 8, 16, 16).to(precision)
    y, attention = attended(x, torch.ones(1, 1, 16, 16), replace(PLAIN, mask_mode=mask_mode))
    assert torch.equal(y, torch.zeros_like(x))
    assert torch.equal(attention.scores, torch.zeros_like(attention.scores))


@pytest.mark.parametrize(("mask_mode", "least"), [("mul", 0.0), ("inf", 1 - 1e-5)])
def test_check_7_shares_sum_to_one_or_less(mask_mode: str, least: float) -> None:
    hole = box((16, 16), slice(4, 12), slice(4, 12))
    _, attention = attended(noise(1, 8, 16, 16), hole, replace(PLAIN, mask_mode=mask_mode, top_k=64))
    sums = attention.scores.sum(1)
    assert least <= float(sums.min()) <= float(sums.max()) <= 1 + 1e-5


def test_check_8_weak_features_leak_into_masked_keys() -> None:
    half = noise(1, 32, 64, 32)
    x = torch.cat((half, half), 3) * 0.01
    hole = box((64, 64), slice(24, 40), slice(40, 56))
    _, attention = attended(x, hole, replace(PLAIN, top_k=1024))
    sums = attention.scores.sum(1)
    assert float(sums.min()) == pytest.approx(0.946, abs=0.02)
    assert float(sums.max()) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("precision", [torch.float32, torch.float64])
def test_check_9_each_sample_has_its_own_mask_and_blocks_change_nothing(precision: torch.dtype) -> None:
    x = noise(2, 8, 32, 48).to(precision)
    holes = torch.cat(
        (box((32, 48), slice(0, 12), slice(8, 30)), box((32, 48), slice(20, 30), slice(30, 46)))
    )
    together, _ = attended(x, holes)
    for i in range(2):
        alone, _ = attended(x[i : i + 1], holes[i : i + 1])
        torch.testing.assert_close(together[i : i + 1], alone, rtol=0, atol=1e-5)
    small, _ = attended(x, holes, replace(PLAIN, budget_bytes=1))
    torch.testing.assert_close(together, small, rtol=0, atol=1e-5)


@pytest.mark.parametrize("options", [PLAIN, replace(PLAIN, mask_mode="inf", fuse_wrap=False)], ids=str)
@pytest.mark.parametrize("budget", [1 << 30, 1])
def test_check_15_gradients_are_those_of_differences(options: AttentionOptions, budget: int) -> None:
    options = replace(options, scale=1.0, budget_bytes=budget)
    f, b = (noise(1, 2, 8, 8, seed=seed).double().requires_grad_() for seed in (0, 1))
    faults = source_faults(b, box((8, 8), slice(2, 4), slice(2, 4)), None, options)
    assert torch.autograd.gradcheck(
        lambda f, b: contextual_attention(f, b, faults, options)[0], (f, b), fast_mode=True
    )


def test_a_weight_multiplies_a_keys_share() -> None:
    """A quarter of the weight gives a quarter of the odds against a key of full weight."""
    x = noise(1, 8, 16, 16).double() * 0.1
    weights = torch.ones(1, 1, 16, 16)
    options = replace(PLAIN, top_k=64, ksize=1)
    weights[:, :, 4:6, 4:6] = 0.25

    def share(source_weights: Tensor | None) -> Tensor:
        faults = source_faults(x, None, source_weights, options)
        with torch.no_grad():
            _, attention = contextual_attention(x, x, faults, options, want_attention=True)
        assert attention is not None
        grid = torch.stack(torch.meshgrid(torch.arange(8), torch.arange(8), indexing="ij"), -1)
        keys = attention.offsets[0] + grid
        order = (keys[..., 0] * 8 + keys[..., 1]).argsort(0)
        return attention.scores[0].gather(0, order).flatten(1)

    plain, weighted = share(None), share(weights)
    odds = (weighted[18] / weighted[0]) / (plain[18] / plain[0])
    torch.testing.assert_close(odds, torch.full((64,), 0.25).double(), rtol=1e-9, atol=0)


def test_a_key_of_weight_0_is_never_copied() -> None:
    x = noise(1, 8, 32, 32)
    weights = torch.zeros(1, 1, 32, 32)
    weights[:, :, :, 16:] = 1
    faults = source_faults(x, None, weights, PLAIN)
    with torch.no_grad():
        _, attention = contextual_attention(x, x, faults, PLAIN, want_attention=True)
    assert attention is not None
    columns = attention.offsets[..., 1] + torch.arange(16)
    assert int(columns[attention.scores > 0].min()) == 9  # the column at the border sees what is forbidden


@pytest.mark.parametrize(("reduction", "cells"), [("nearest", 0), ("max", 32)])
def test_a_thin_stroke_vanishes_or_stays(reduction: str, cells: int) -> None:
    """A stroke of 6 pixels that misses the first of every 8."""
    hole = box((256, 256), slice(129, 135), slice(0, 256))
    faults = fault(hole, [(64, 64), (32, 32)], "floor", reduction)
    assert int((faults > 0).sum()) == cells


def test_tensorflows_sampling_takes_the_last_as_well() -> None:
    line = torch.arange(64.0).view(1, 1, 1, 64).expand(1, 1, 2, 64)
    taken = subsampled(line, (2, 32), "tf_align_corners")[0, 0, 0].tolist()
    assert taken == [*range(0, 31, 2), *range(33, 64, 2)]
    with pytest.raises(ValueError, match="multiple"):
        subsampled(line, (2, 30), "floor")
