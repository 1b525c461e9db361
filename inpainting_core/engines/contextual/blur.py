"""What does a neighbourhood look like on the whole?  Gaussian means, broad ones made small."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask, Rgb

_Values = NDArray[np.float32]
_WIDE_PX = 4.0
"""Sigma that is not widened further: pictures are made small instead, which keeps the time in bounds."""
_LEAST = np.float32(1e-4)


def gaussian(values: _Values, sigma_px: float) -> _Values:
    """Return (h, w) or (h, w, c), blurred; edges are continued."""
    step = max(1, int(sigma_px / _WIDE_PX))
    if step == 1:
        return _blurred(values, sigma_px)
    height, width = values.shape[:2]
    rim = 2 * step
    sides = (rim, rim - height % -step, rim, rim - width % -step)
    framed = cv2.copyMakeBorder(values, *sides, cv2.BORDER_REPLICATE)
    full = framed.shape[1], framed.shape[0]
    small = cv2.resize(framed, (full[0] // step, full[1] // step), interpolation=cv2.INTER_AREA)
    broad = cv2.resize(_blurred(np.asarray(small, np.float32), sigma_px / step), full)
    return np.asarray(broad[rim : rim + height, rim : rim + width], np.float32)


def mean_about(values: Rgb, known: Mask, sigma_px: float) -> Rgb:
    """Return (h, w, 3): the Gaussian mean of the known pixels about each; far from all, of them all."""
    weight = known.astype(np.float32)
    sums, share = gaussian(values * weight[..., None], sigma_px), gaussian(weight, sigma_px)[..., None]
    overall = values[known].sum(axis=0) / np.float32(np.count_nonzero(known) or 1)
    return np.asarray((sums + _LEAST * overall) / (share + _LEAST), np.float32)


def _blurred(values: _Values, sigma_px: float) -> _Values:
    blurred = cv2.GaussianBlur(values, (0, 0), sigma_px, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred, np.float32).reshape(values.shape)
