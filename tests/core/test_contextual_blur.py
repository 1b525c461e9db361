"""Is a broad blur, made small, the blur it stands for?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from inpainting_core.engines.contextual.blur import gaussian, mean_about


@pytest.mark.parametrize("sigma", [1.0, 4.0, 9.0, 30.0])
@pytest.mark.parametrize("size", [(200, 301), (7, 400), (64, 64)])
def test_a_broad_blur_is_close_to_the_exact_one(sigma: float, size: tuple[int, int]) -> None:
    y, x = np.mgrid[: size[0], : size[1]].astype(np.float32)
    picture = np.dstack([np.sin(x / 20), np.cos(y / 25), np.sin((x + y) / 30)]).astype(np.float32)
    exact = cv2.GaussianBlur(picture, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    assert np.abs(gaussian(picture, sigma) - exact).max() < 0.05
    assert gaussian(picture[..., 0], sigma).shape == size


def test_one_colour_stays_that_colour_whatever_is_known() -> None:
    known = np.zeros((90, 70), np.bool_)
    known[:, :9] = True
    picture = np.where(known[..., None], np.float32(0.3), np.float32(7)).repeat(3, axis=2)
    for sigma in (2.0, 25.0):
        assert np.abs(mean_about(picture, known, sigma) - 0.3).max() < 1e-5
