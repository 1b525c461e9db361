"""What does the network make of a crop, in the crop's own pixels?"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from inpainting_core.engines.contextual.network import TrainedNetwork
from inpainting_core.engines.contextual.replay import Shifts
from inpainting_core.engines.contextual.working import cell_size, enlarged, reduced
from inpainting_core.engines.contract import Crop
from inpainting_core.imaging.arrays import Mask, Rgb
from inpainting_core.imaging.geometry import Size
from inpainting_core.progress import Progress

_WIDEST_SIDES = 4
"""The network sees at most so many times the side that it was trained on."""
_THICKEST_SHARE = 0.5
"""Holes it was trained on are about this share of that side thick, at most."""
_BLUR_CELLS = 0.25
"""Sigma, in cells, of the Gaussian that tells what the network is trusted with from the detail it is not."""
_LEAST_SHARE = np.float32(1e-4)


@dataclass(frozen=True)
class Look:
    """What the network sees and paints; pictures are (H, W, 3) float32 of the crop's size.

    Attributes:
        painted: The crop with the network's answer in the hole.
        guessed: The crop with its first guess there.
        smooth: `painted`, blurred.
        smooth_photo: The photograph, blurred alike, without what lies under the hole.
        shifts: What every cell would be copied from.
    """

    painted: Rgb
    guessed: Rgb
    smooth: Rgb
    smooth_photo: Rgb
    shifts: Shifts


def look_at(network: TrainedNetwork, crop: Crop, progress: Progress) -> Look:
    """Return what the network makes of the crop.

    Raises:
        Cancelled: `progress` says so; checked before every layer.
    """
    progress.report(0.0, "Looking")
    side = network.side
    cell_px = cell_size(crop.hole, round(_THICKEST_SHARE * side), _WIDEST_SIDES * side)
    answer = network.look(reduced(crop, cell_px), progress.check)
    size = Size(*crop.hole.shape)
    hole = crop.hole[..., None]
    painted, guessed = (
        np.where(hole, np.clip(enlarged(picture, cell_px, size), 0, 1), crop.rgb)
        for picture in (answer.refined, answer.coarse)
    )
    progress.check()
    sigma_px = _BLUR_CELLS * cell_px
    return Look(
        painted,
        guessed,
        blurred(painted, np.ones_like(crop.hole), sigma_px),
        blurred(crop.rgb, ~crop.hole, sigma_px),
        Shifts(answer.offsets * np.int32(cell_px), answer.scores, cell_px),
    )


def blurred(rgb: Rgb, known: Mask, sigma_px: float) -> Rgb:
    """Return (h, w, 3): the Gaussian mean of the known pixels about each; far from all of them, `rgb`."""
    weight = known.astype(np.float32)
    share = cv2.GaussianBlur(weight, (0, 0), sigma_px, borderType=cv2.BORDER_REPLICATE)
    sums = cv2.GaussianBlur(rgb * weight[..., None], (0, 0), sigma_px, borderType=cv2.BORDER_REPLICATE)
    seen = np.asarray(share, np.float32)[..., None]
    return np.where(seen > _LEAST_SHARE, sums / np.maximum(seen, _LEAST_SHARE), rgb)
