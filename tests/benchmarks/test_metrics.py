"""Do the scores agree with a public library and with sums done by hand?"""

from __future__ import annotations

import numpy as np
import pytest

from inpainting_core.api import Mask, Pixels
from tests.benchmarks.metrics import BEST_PSNR, score

HOLE = np.zeros((32, 40), np.bool_)
HOLE[5:20, 8:33] = True


def pictures() -> tuple[Pixels, Pixels]:
    """Return a truth and another filling of `HOLE`."""
    y, x = np.mgrid[:32, :40]
    truth = np.stack([(x * 5 + y * 3) % 256, (x * y) % 256, (y * 7) % 256], axis=-1).astype(np.uint8)
    other = np.stack([(x * 5 + y * 2) % 256, (x * y + 9) % 256, (y * 6) % 256], axis=-1).astype(np.uint8)
    return truth, np.where(HOLE[..., None], other, truth)


def test_similarity_and_noise_agree_with_scikit_image() -> None:
    """The literals are scikit-image 0.26.0's.

    structural_similarity(truth, filled, channel_axis=2, gaussian_weights=True, sigma=1.5,
        use_sample_covariance=False, data_range=255, full=True)[1][HOLE].mean()
    peak_signal_noise_ratio(truth[HOLE], filled[HOLE], data_range=255)
    """
    scores = score(*pictures(), HOLE)
    assert scores["ssim"] == pytest.approx(0.8968679539014387, abs=1e-9)
    assert scores["psnr"] == pytest.approx(18.890589706274945, abs=1e-9)


def test_the_truth_scores_best() -> None:
    truth, _ = pictures()
    assert score(truth, truth, HOLE) == {
        "l1": 0.0,
        "psnr": BEST_PSNR,
        "ssim": pytest.approx(1.0),
        "gradients": 0.0,
    }


def test_only_the_hole_counts_for_differences() -> None:
    truth, filled = pictures()
    spoilt = np.where(HOLE[..., None], filled, 255 - filled)
    for key in ("l1", "psnr"):
        assert score(truth, filled, HOLE)[key] == score(truth, spoilt, HOLE)[key]


def one_row(*levels: int) -> Pixels:
    return np.array(levels, np.uint8)[None, :, None].repeat(3, axis=2)


def scored(truth: Pixels, filled: Pixels, *hole: int) -> dict[str, float]:
    mask: Mask = np.zeros(truth.shape[:2], np.bool_)
    mask[0, list(hole)] = True
    return score(truth, filled, mask)


def test_differences_by_hand() -> None:
    scores = scored(one_row(10, 20, 30, 40), one_row(10, 24, 22, 40), 1, 2)
    assert scores["l1"] == 6.0
    assert scores["psnr"] == pytest.approx(10 * np.log10(255**2 / 40))


def test_gradients_by_hand() -> None:
    # steps that end in the hole: 10, 10 against 14, 2; sorted 10, 10 against 2, 14; apart by 8 and 4
    assert scored(one_row(10, 20, 30, 40), one_row(10, 24, 22, 40), 1, 2)["gradients"] == 6.0


def test_a_shifted_texture_is_forgiven_and_a_blur_is_not() -> None:
    stripes = np.zeros((8, 40, 3), np.uint8)
    stripes[:, 1::2] = 200
    hole = np.zeros(stripes.shape[:2], np.bool_)
    hole[:, 10:30] = True
    shifted = np.where(hole[..., None], 200 - stripes, stripes).astype(np.uint8)
    blurred = np.where(hole[..., None], 100, stripes).astype(np.uint8)
    assert score(stripes, shifted, hole)["gradients"] < 10
    assert score(stripes, blurred, hole)["gradients"] > 90
