"""How far is a filled hole from what was there?  Only pixels of the hole count."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.api import Mask, Pixels

BEST_PSNR = 100.0
_Floats = NDArray[np.float64]


def score(truth: Pixels, filled: Pixels, mask: Mask) -> dict[str, float]:
    """Return l1, psnr, ssim and gradients of `filled` (H, W, 3) uint8 against `truth` inside `mask`."""
    exact, answer = truth.astype(np.float64), filled.astype(np.float64)
    return {
        "l1": l1(exact, answer, mask),
        "psnr": psnr(exact, answer, mask),
        "ssim": ssim(exact, answer, mask),
        "gradients": gradients(exact, answer, mask),
    }


def l1(truth: _Floats, filled: _Floats, mask: Mask) -> float:
    """Return the mean absolute difference in levels of 255; 0 is best."""
    return float(np.abs(truth - filled)[mask].mean())


def psnr(truth: _Floats, filled: _Floats, mask: Mask) -> float:
    """Return the peak signal-to-noise ratio in dB, at most `BEST_PSNR`; more is better."""
    error = float(np.square(truth - filled)[mask].mean())
    return min(BEST_PSNR, 10 * float(np.log10(255**2 / error))) if error else BEST_PSNR


def ssim(truth: _Floats, filled: _Floats, mask: Mask) -> float:
    """Return the mean structural similarity of windows centred in the hole; 1 is best.

    Source: Wang et al. 2004, with its 11 x 11 Gaussian window of deviation 1.5; channels are averaged.
    """
    mean_t, mean_f = _blur(truth), _blur(filled)
    var_t, var_f = _blur(truth * truth) - mean_t**2, _blur(filled * filled) - mean_f**2
    covariance = _blur(truth * filled) - mean_t * mean_f
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    similarity = (2 * mean_t * mean_f + c1) * (2 * covariance + c2)
    similarity /= (mean_t**2 + mean_f**2 + c1) * (var_t + var_f + c2)
    return float(similarity[mask].mean())


def gradients(truth: _Floats, filled: _Floats, mask: Mask) -> float:
    """Return the distance of the two histograms of steps between neighbours, in levels; 0 is best.

    It tells whether texture is as rough as it was, wherever it lies: a blur is punished, another leaf is
    not. The earth mover's distance of equally many samples is their mean difference once sorted.
    """
    grey_t, grey_f = truth.mean(axis=2), filled.mean(axis=2)
    moved = []
    for axis in (0, 1):
        inside = np.diff(grey_t, axis=axis), np.diff(grey_f, axis=axis)
        ends_in_hole = mask[1:] if axis == 0 else mask[:, 1:]
        if ends_in_hole.any():
            steps_t, steps_f = (np.sort(np.abs(step[ends_in_hole])) for step in inside)
            moved.append(float(np.abs(steps_t - steps_f).mean()))
    return float(np.mean(moved)) if moved else 0.0


def _blur(image: _Floats) -> _Floats:
    blurred = cv2.GaussianBlur(image, (11, 11), 1.5, borderType=cv2.BORDER_REFLECT)
    return np.asarray(blurred, np.float64)
