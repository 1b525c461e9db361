"""How do OpenCV's diffusion methods fill a hole?  The baselines that every table shows."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Thread

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.engines.grain import with_grain
from inpainting_core.progress import Progress

_CHECK_SECONDS = 0.05


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
            filled = self._inpaint(plane, crop.hole.astype(np.uint8), radius, progress)
            rgb[..., channel] = filled.astype(np.float32) / np.float32(65535)
        return CropFill(with_grain(rgb, crop.hole, crop.seed) if crop.options["grain"] else rgb)

    def _inpaint(
        self, plane: NDArray[np.uint16], hole: NDArray[np.uint8], radius: float, progress: Progress
    ) -> NDArray[np.uint16]:
        """Return the filled plane; OpenCV cannot be cancelled, so it is left behind in its own thread."""
        answer: Future[NDArray[np.uint16]] = Future()

        def work() -> None:
            try:
                answer.set_result(cv2.inpaint(plane, hole, radius, self.flag))  # type: ignore[arg-type]
            except BaseException as error:  # noqa: BLE001  it is raised again by who waits
                answer.set_exception(error)

        Thread(target=work, name="cv2.inpaint", daemon=True).start()
        while True:
            try:
                return answer.result(timeout=_CHECK_SECONDS)
            except TimeoutError:
                progress.check()


class Telea(_Diffusion):
    """Source: Telea 2004."""

    flag = cv2.INPAINT_TELEA


class NavierStokes(_Diffusion):
    """Source: Bertalmio et al. 2001."""

    flag = cv2.INPAINT_NS
