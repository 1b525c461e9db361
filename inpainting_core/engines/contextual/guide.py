"""What does the network tell those who copy?  Where to look, what the hole looks like, and its tones."""

from __future__ import annotations

import cv2
import numpy as np

from inpainting_core.engines.contextual.blur import gaussian
from inpainting_core.engines.contextual.look import Look
from inpainting_core.engines.contextual.working import CELL
from inpainting_core.engines.patchmatch.bands import Bands
from inpainting_core.engines.patchmatch.scales import Guess
from inpainting_core.engines.patchmatch.seam import membrane
from inpainting_core.imaging.arrays import Rgb
from inpainting_core.progress import Progress

_DETAIL_PX = 2.0
"""Side, in the network's pixels, of the smallest thing that it tells."""
_SIGMA_CELLS, _LEAST_SIGMA = 0.12, 2.0
"""Sigma of the Gaussian that tells tone from texture, in cells of attention; at least, in px."""
_SHARE, _MOST = np.float32(0.5), np.float32(0.03)
"""Share of the difference in tone that is made up for, and the greatest change of a colour."""
_RIM = 2.0
"""Tones set in over half the sigma that they are told from texture by: at the rim the copies fit already."""


def guide(look: Look, progress: Progress, *, near: bool) -> Guess:
    """Return what the network tells of the hole, as far as it is trusted, and where it looked.

    Args:
        look: What it makes of the crop.
        progress: Asked whether to stop.
        near: True = copies are held to about where it looked, as far as that fits; see `Guess`.
    """
    crop = look.crop
    with Bands(progress, crop.threads or None) as bands:
        smooth = membrane(crop.rgb, crop.hole, bands)
        bands.check()
    expected = smooth + look.trust[..., None] * (look.painted - smooth)
    return Guess(expected, look.trust, _DETAIL_PX * look.cell_px / CELL, look.shifts, near)


def tone(rgb: Rgb, look: Look, expected: Rgb) -> Rgb:
    """Return the change that sets the tones of copies right: (H, W, 3) float32, nothing at the hole's rim.

    Half of what they lack, and little of it: drifting light is set right, and what was copied never fades
    into the network's averages. More of it lowers errors, and looks like fog.

    Args:
        rgb: The crop, filled by copies.
        look: What led them.
        expected: (H, W, 3) float32: what the hole may look like.
    """
    change = _SHARE * _missing(rgb, look, expected)
    greatest = np.abs(change).max(axis=2, keepdims=True)  # of three: colours keep their direction
    capped: Rgb = change * (_MOST / np.maximum(greatest, _MOST))
    return capped


def _missing(rgb: Rgb, look: Look, expected: Rgb) -> Rgb:
    """Return what the filled crop lacks of the tones expected: (H, W, 3) float32, 0 at the hole's rim."""
    hole = look.crop.hole
    sigma_px = max(_LEAST_SIGMA, _SIGMA_CELLS * look.cell_px)
    missing = gaussian(expected - np.where(hole[..., None], rgb, look.crop.rgb), sigma_px)
    depth = cv2.distanceTransform(hole.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    within = 1 - np.exp(np.square(np.maximum(depth - 1, 0) * np.float32(_RIM / sigma_px)) / -2)
    inside: Rgb = missing * within[..., None]
    return inside
