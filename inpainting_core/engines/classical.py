"""How do OpenCV's diffusion methods fill a hole?  The baselines that every table shows."""

from __future__ import annotations

from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.engines.grain import with_grain
from inpainting_core.engines.patience import patiently
from inpainting_core.progress import Progress


class _Diffusion:
    flag: int

    def warm_up(self) -> None:
        """Nothing to pay for."""

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Return the crop filled by `cv2.inpaint`, channel by channel at 16 bits.

        OpenCV takes three channels at 8 bits only; one channel goes at 16, so no depth is lost.
        """
        radius = float(crop.options["radius"])
        rgb = crop.rgb.copy()
        for channel in range(3):
            progress.report(channel / 3, "Diffusing")
            plane = np.rint(crop.rgb[..., channel] * 65535).astype(np.uint16)
            filled = patiently(partial(self._inpaint, plane, crop.hole.astype(np.uint8), radius), progress)
            rgb[..., channel] = filled.astype(np.float32) / np.float32(65535)
        return CropFill(with_grain(rgb, crop.hole, crop.seed) if crop.options["grain"] else rgb)

    def _inpaint(
        self, plane: NDArray[np.uint16], hole: NDArray[np.uint8], radius: float
    ) -> NDArray[np.uint16]:
        return cv2.inpaint(plane, hole, radius, self.flag)  # type: ignore[return-value]


class Telea(_Diffusion):
    """Source: Telea 2004."""

    flag = cv2.INPAINT_TELEA


class NavierStokes(_Diffusion):
    """Source: Bertalmio et al. 2001."""

    flag = cv2.INPAINT_NS
