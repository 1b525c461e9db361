"""Are the figures of a fill what their definitions say?"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from inpainting_core.evaluation.metrics import measure, ssim_map, variation_map

SIZE = (24, 32)
HOLE = np.zeros(SIZE, np.bool_)
HOLE[4:16, 8:20] = True


def picture(seed: int) -> NDArray[np.uint8]:
    """Return a busy picture that needs no random numbers."""
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    colours = (x * 7 + y * 3 + seed * 11) % 256, (x * y + seed * 29) % 256, (255 - x * 5 - y + seed) % 256
    return np.stack(colours, axis=2).astype(np.uint8)


def mixed() -> NDArray[np.uint8]:
    """Return `picture(0)` with every third diagonal taken from another."""
    third = np.add.outer(np.arange(SIZE[0]), np.arange(SIZE[1])) % 3 == 0
    return np.where(third[..., None], picture(3), picture(0))


def test_psnr_and_ssim_are_those_of_scikit_image() -> None:
    """Printed by scikit-image 0.26, its options for Wang et al.: data_range=255, gaussian_weights=True,
    sigma=1.5, use_sample_covariance=False, channel_axis=-1."""
    whole = measure(picture(0), mixed(), HOLE)
    assert whole["ssim"] == pytest.approx(0.6013170356976661, abs=1e-9)
    assert whole["psnr"] == pytest.approx(14.943910909201644, abs=1e-9)
    similarity = ssim_map(picture(0).astype(np.float64), mixed().astype(np.float64))
    assert similarity[0, 0] == pytest.approx(0.0558735472151568, abs=1e-9)
    assert similarity[12, 16] == pytest.approx(0.5709657536690583, abs=1e-9)
    assert similarity[23, 5] == pytest.approx(0.6603540415820469, abs=1e-9)
    assert whole["ssim_hole"] == pytest.approx(similarity[HOLE].mean())


def test_ssim_is_the_formula_in_one_window() -> None:
    a, b = picture(0).astype(np.float64), mixed().astype(np.float64)
    y, x = 11, 14
    far = np.arange(-5, 6)
    weights = np.exp(-np.add.outer(far**2, far**2) / (2 * 1.5**2))
    weights /= weights.sum()
    values = []
    for colour in range(3):
        p, q = (c[y - 5 : y + 6, x - 5 : x + 6, colour] for c in (a, b))
        mp, mq = (weights * p).sum(), (weights * q).sum()
        vp, vq = (weights * (p - mp) ** 2).sum(), (weights * (q - mq) ** 2).sum()
        cov = (weights * (p - mp) * (q - mq)).sum()
        c1, c2 = 2.55**2, 7.65**2
        values.append((2 * mp * mq + c1) * (2 * cov + c2) / ((mp**2 + mq**2 + c1) * (vp + vq + c2)))
    assert ssim_map(a, b)[y, x] == pytest.approx(np.mean(values), abs=1e-12)


def test_errors_of_a_flat_picture_are_those_computed_by_hand() -> None:
    """Grey 100 becomes 120 in a hole of 144 of 768 pixels."""
    truth = np.full((*SIZE, 3), 100, np.uint8)
    filled = truth.copy()
    filled[HOLE] = 120
    found = measure(truth, filled, HOLE)
    share = 144 / 768
    assert found["l1"] == pytest.approx(100 * share * 20 / 255)
    assert found["l1_hole"] == pytest.approx(100 * 20 / 255)
    assert found["l1_relative"] == pytest.approx(20 * share)
    assert found["l1_relative_hole"] == pytest.approx(20)
    assert found["l2_relative"] == pytest.approx(4 * share)
    assert found["l2_relative_hole"] == pytest.approx(4)
    assert found["psnr_hole"] == pytest.approx(20 * np.log10(255 / 20))
    assert found["psnr"] == pytest.approx(10 * np.log10(255**2 / (share * 400)))


def test_total_variation_counts_each_step_once() -> None:
    """One pixel of white in black has four steps, two of them its own: to the right and below."""
    values = np.zeros((12, 14, 3))
    values[5, 6] = 255
    found = variation_map(values)
    assert found.sum() == 4 * 3
    assert found[5, 6] == 2 * 3
    assert found[4, 6] == found[5, 5] == 3
    hole = np.zeros((12, 14), np.bool_)
    hole[5, 6] = True
    figures = measure(np.zeros((12, 14, 3), np.uint8), values.astype(np.uint8), hole)
    assert figures["tv"] == pytest.approx(100 * 12 / (12 * 14))
    assert figures["tv_hole"] == pytest.approx(600)


def test_the_original_itself_is_perfect() -> None:
    found = measure(picture(1), picture(1), HOLE)
    assert (found["l1"], found["l2_relative_hole"]) == (0, 0)
    assert (found["psnr"], found["psnr_hole"]) == (100, 100)
    assert found["ssim"] == pytest.approx(1)


def test_a_black_original_gives_finite_figures() -> None:
    black = np.zeros((*SIZE, 3), np.uint8)
    assert all(np.isfinite(value) for value in measure(black, picture(0), HOLE).values())
