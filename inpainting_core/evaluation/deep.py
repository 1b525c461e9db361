"""How far is a filled picture from the original in the eyes of a network?  The VGG distance of each hole.

What the distance is, and why: `inpainting_core.losses.features`. The weights are those of Simonyan &
Zisserman 2014.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from inpainting_core.imaging.arrays import Mask
from inpainting_core.losses.features import feature_distance, seen, shipped_vgg


class VggDistance:
    """The distance to one original at a time.

    Raises:
        WeightsMissing: the weights that ship with the program are not there.
        WeightsDamaged: they are not as published.
    """

    def __init__(self) -> None:
        self._network = shipped_vgg()
        self._truth: dict[str, Tensor] = {}

    def look_at(self, truth: NDArray[np.uint8]) -> None:
        """Take (H, W, 3) uint8 as the original that fills are compared with from now on."""
        self._truth = self._features(truth)

    def measure(self, filled: NDArray[np.uint8], hole: Mask) -> dict[str, float]:
        """Return "vgg" over the whole picture and "vgg_hole" over the hole.

        Args:
            filled: (H, W, 3) uint8, as large as the original.
            hole: (H, W) bool, at least one True.
        """
        found = self._features(filled)
        inside = torch.from_numpy(hole.astype(np.float32))[None, None]  # (1, 1, H, W)
        whole = torch.ones_like(inside)
        return {
            "vgg": float(feature_distance(found, self._truth, whole)),
            "vgg_hole": float(feature_distance(found, self._truth, inside)),
        }

    def _features(self, pixels: NDArray[np.uint8]) -> dict[str, Tensor]:
        rgb = torch.from_numpy(pixels.astype(np.float32) / 255).permute(2, 0, 1)[None]  # (1, 3, H, W)
        with torch.inference_mode():
            return seen(self._network, rgb.contiguous())
