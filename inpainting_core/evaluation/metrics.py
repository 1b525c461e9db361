"""How far is a filled picture from the original?  The figures that need no network.

Values are 8-bit, 0 to 255. Each figure is given over the whole picture and, with `_hole` behind its
name, over the pixels of the hole alone:

    l1            100 * mean |d| / 255, in percent                             (Liu et al. 2018, our reading)
    l1_relative   100 * sum |d| / sum |x|, in percent                          (Yu et al. 2018, see below)
    l2_relative   100 * sum d^2 / sum x^2, in percent                          (likewise)
    psnr          10 log10(255^2 / mean d^2) in dB, 100 at most, so that means stay finite
    ssim          structural similarity (Wang et al. 2004), mean over the colours
    tv            total variation of the filled picture, in percent: sum over colours of the absolute
                  differences to the right and to below, per pixel, white being 1

Why it is so: the author of Yu et al. calls their figures the relative l1 error and the squared relative l2
error; the formulas are lost, and so is that of TV, whose printed values fit a sum over colours. All of
them are our reading.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask

_Values = NDArray[np.float64]
_WHITE = 255.0
_PERFECT_DB = 100.0
_WINDOW, _SIGMA = 11, 1.5
_SMALL = ((0.01 * _WHITE) ** 2, (0.03 * _WHITE) ** 2)


def measure(truth: NDArray[np.uint8], filled: NDArray[np.uint8], hole: Mask) -> dict[str, float]:
    """Return every figure of this module, whole and `_hole`.

    Args:
        truth: (H, W, 3) uint8, sides of at least 11.
        filled: Likewise; equal to `truth` outside the hole.
        hole: (H, W) bool, at least one True.
    """
    original, answer = truth.astype(np.float64), filled.astype(np.float64)
    similarity, variation = ssim_map(original, answer), variation_map(answer)
    rim = _WINDOW // 2
    whole = _errors(original, answer)
    whole["ssim"] = float(similarity[rim:-rim, rim:-rim].mean())
    whole["tv"] = 100 * float(variation.mean())
    inside = _errors(original[hole], answer[hole])
    inside["ssim"] = float(similarity[hole].mean())
    inside["tv"] = 100 * float(variation[hole].mean())
    return whole | {f"{name}_hole": value for name, value in inside.items()}


def ssim_map(truth: _Values, filled: _Values) -> _Values:
    """Return (H, W) float64 in [-1, 1], the similarity around each pixel, mean over the colours.

    Windows are 11 x 11 with a Gaussian of 1.5; beyond the border the picture is mirrored. The mean of Wang
    et al. leaves out the 5 pixels along the border, whose windows are not whole.
    """
    mean_a, mean_b = _blurred(truth), _blurred(filled)
    spread_a = _blurred(truth * truth) - mean_a**2
    spread_b = _blurred(filled * filled) - mean_b**2
    common = _blurred(truth * filled) - mean_a * mean_b
    c1, c2 = _SMALL
    alike = (2 * mean_a * mean_b + c1) * (2 * common + c2)
    similarity: _Values = alike / ((mean_a**2 + mean_b**2 + c1) * (spread_a + spread_b + c2))
    mean: _Values = similarity.mean(axis=2)
    return mean


def variation_map(values: _Values) -> _Values:
    """Return (H, W) float64: how much each pixel differs from the next to the right and below, 1 = white.

    Colours are summed; the last column has no right, the last row nothing below.
    """
    steps = np.zeros(values.shape[:2])
    steps[:, :-1] += np.abs(np.diff(values, axis=1)).sum(axis=2)
    steps[:-1] += np.abs(np.diff(values, axis=0)).sum(axis=2)
    return steps / _WHITE


def _errors(truth: _Values, filled: _Values) -> dict[str, float]:
    """Return what is measured pixel by pixel."""
    apart = filled - truth
    absolute, squared = float(np.abs(apart).sum()), float((apart**2).sum())
    mean_square = squared / apart.size
    return {
        "l1": 100 * absolute / apart.size / _WHITE,
        "l1_relative": 100 * absolute / max(float(truth.sum()), 1.0),
        "l2_relative": 100 * squared / max(float((truth**2).sum()), 1.0),
        "psnr": min(_PERFECT_DB, 10 * float(np.log10(_WHITE**2 / mean_square))) if squared else _PERFECT_DB,
    }


def _blurred(values: _Values) -> _Values:
    blurred: _Values = cv2.GaussianBlur(
        values, (_WINDOW, _WINDOW), _SIGMA, borderType=cv2.BORDER_REFLECT
    ).astype(np.float64, copy=False)
    return blurred
