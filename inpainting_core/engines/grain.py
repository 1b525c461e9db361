"""How grainy is the photograph, and how is a smooth fill made as grainy?

Noise is told from detail by its high-pass: the kernel of Immerkaer (1996) answers 0 to planes and ramps,
and the median of its answers is not moved by the few edges there are.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask, Rgb

_KERNEL = np.outer([1, -2, 1], [1, -2, 1]).astype(np.float32)
_KERNEL_NORM = 6.0
_MEDIAN_OF_NORMAL = 0.6745
_FEWEST = 25


def noise_level(rgb: Rgb, where: Mask) -> NDArray[np.float32]:
    """Return (3,) float32: the standard deviation of each colour's noise; 0 where too little is seen.

    Args:
        rgb: (h, w, 3) float32.
        where: (h, w) bool; only pixels whose eight neighbours belong to it count.
    """
    inside = cv2.erode(where.view(np.uint8), np.ones((3, 3), np.uint8), borderValue=0).view(np.bool_)
    if np.count_nonzero(inside) < _FEWEST:
        return np.zeros(3, np.float32)
    answers = np.abs(cv2.filter2D(rgb, cv2.CV_32F, _KERNEL)[inside])
    return np.asarray(np.median(answers, axis=0) / (_KERNEL_NORM * _MEDIAN_OF_NORMAL), np.float32)


def with_grain(rgb: Rgb, hole: Mask, seed: int) -> Rgb:
    """Return the fill as grainy as its surroundings; pixels outside the hole are not touched.

    What is missing in variance is added, so a fill that is grainy already stays as it is.

    Args:
        rgb: (h, w, 3) float32 in [0, 1], filled.
        hole: (h, w) bool.
        seed: Same seed, same grain.
    """
    around, inside = noise_level(rgb, ~hole), noise_level(rgb, hole)
    missing = np.sqrt(np.maximum(around**2 - inside**2, 0))
    noise = np.random.default_rng(seed).standard_normal((int(np.count_nonzero(hole)), 3), np.float32)
    result = rgb.copy()
    result[hole] = np.clip(result[hole] + noise * missing, 0, 1)
    return result
