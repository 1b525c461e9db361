"""What stands out in a picture?  U2-Net-p, a small network that gives every pixel of a crop a share.

Source: Qin et al. 2020, "U2-Net: Going Deeper with Nested U-Structure for Salient Object Detection";
weights by its authors, see resources/models/NOTICE.md.
"""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

_MODEL = Path(__file__).parents[2] / "resources" / "models" / "u2netp.onnx"
_SIDE = 320
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)

Saliency = NDArray[np.float32]
"""(320, 320) float32 in [0, 1], whatever the shape of the crop."""


class SaliencyNet:
    """Looks at crops, one at a time. Loaded when the first one is looked at."""

    def __init__(self) -> None:
        self._net: cv2.dnn.Net | None = None
        self._lock = threading.Lock()

    def look(self, pixels: NDArray[np.uint8]) -> Saliency:
        """Return how much each part of (H, W, 3) uint8 `pixels` stands out."""
        small = cv2.resize(pixels, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
        normal = (small / max(float(small.max()), 1.0) - _MEAN) / _DEVIATION
        with self._lock:
            if self._net is None:
                self._net = cv2.dnn.readNetFromONNX(str(_MODEL))
            self._net.setInput(np.ascontiguousarray(normal.transpose(2, 0, 1)[None]))  # (1, 3, 320, 320)
            first_output = self._net.getUnconnectedOutLayersNames()[0]
            saliency: Saliency = self._net.forward(first_output)[0, 0]
        return saliency
