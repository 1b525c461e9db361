"""How far are the pixels from those that were there?"""

from __future__ import annotations

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from inpainting_core.imaging.arrays import Mask

Weights = NDArray[np.float32]


def discounted_box(height: int, width: int, gamma: float) -> Weights:
    """Return (height, width) float32 weights of a rectangle's pixels, gamma ** (steps to its rim).

    Rows and columns count from zero at the top left and from one at the bottom right, as the authors' code
    does: w[0, 0] is 1, the last corner is gamma.

    Args:
        height: Rows, in pixels.
        width: Columns, in pixels.
        gamma: 0 to 1; 1 weighs all alike.

    Source: Yu et al. 2018, section 3.2 "Spatially discounted reconstruction loss".
    """
    rows = np.minimum(np.arange(height), height - np.arange(height))
    columns = np.minimum(np.arange(width), width - np.arange(width))
    steps = np.minimum(rows[:, None], columns[None, :])  # (height, width)
    return np.power(gamma, steps).astype(np.float32)


def discounted_hole(hole: Mask, gamma: float) -> Weights:
    """Return (H, W) float32 weights of a hole of any shape, gamma ** (steps to the nearest known pixel).

    Steps go to any of eight neighbours (Chebyshev), so that squares are discounted as in the paper. Known
    pixels weigh nothing; a hole without rim weighs 1 everywhere.

    Args:
        hole: (H, W) bool, True = hole.
        gamma: 0 to 1.

    Source: Yu et al. 2018, section 3.2. Differs: the paper has rectangles only.
    """
    if hole.all():
        return np.ones(hole.shape, np.float32)
    steps = cv2.distanceTransform(hole.view(np.uint8), cv2.DIST_C, 3)
    return np.where(hole, np.power(gamma, steps), 0).astype(np.float32)


def weighted_l1(prediction: Tensor, truth: Tensor, weights: Tensor) -> Tensor:
    """Return the mean over samples of sum(weights * |prediction - truth|) / 3.

    Args:
        prediction: (B, 3, H, W) float.
        truth: (B, 3, H, W) float, the same range.
        weights: (B, 1, H, W) float; those of one sample are divided by their region's area beforehand.
    """
    return (weights * (prediction - truth).abs()).sum(dim=(1, 2, 3)).mean() / 3


def known_l1(prediction: Tensor, truth: Tensor, hole: Tensor) -> Tensor:
    """Return mean(|prediction - truth| over known pixels), the autoencoder's part: a scalar.

    Args:
        prediction: (B, 3, H, W) float.
        truth: (B, 3, H, W) float.
        hole: (B, 1, H, W) float, 1 = hole.

    Source: Yu et al. 2018, the authors' code (`ae_loss`).
    """
    known = 1 - hole
    share = known.mean().clamp_min(torch.finfo(known.dtype).tiny)
    return ((prediction - truth).abs() * known).mean() / share
