"""What does the photograph look like at each scale?  The pyramid, its holes, and the texture to expect."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask, Rgb

_TAPS = np.array([1, 5, 10, 10, 5, 1], np.float32) / 32
_KNOWN_SHARE = 0.05
"""A coarse pixel is known once this share of its (Gaussian) surroundings is: thin holes soon close, and
what closes them is the mean of their rims, a good guess of the low frequencies."""
_COARSEST_THICKNESS = 8
"""Holes are halved until less than this is left, so that almost every coarsest patch sees the rim."""
_TEXTURE_SIDE = 9
_TEXTURE_SPREAD = 49
TEXTURE_GAIN = np.float32(6)
"""How many times a difference in texture counts as much as the same difference in one colour."""

Plane = NDArray[np.float32]


@dataclass(frozen=True)
class Scale:
    """The photograph at one scale.

    Attributes:
        rgb: (h, w, 3) float32; means nothing in the hole.
        hole: (h, w) bool.
        usable: (h, w) bool, where content may be borrowed; never in the hole.
        reluctance: (h, w) float32 in [0, 1], 1 - source weight.
    """

    rgb: Rgb
    hole: Mask
    usable: Mask
    reluctance: Plane


def pyramid(finest: Scale, patch: int) -> list[Scale]:
    """Return the scales from fine to coarse, each half the size of the one before.

    Halving ends when the hole is thin, or too small a picture would be left for patches of side `patch`.
    """
    scales = [finest]
    while min(scales[-1].hole.shape) // 2 >= 2 * patch:
        coarser = _halve(scales[-1])
        if _thickness(coarser.hole) < _COARSEST_THICKNESS:
            break
        scales.append(coarser)
    return scales


def expected_texture(scale: Scale) -> Plane:
    """Return (h, w) float32: mean step between neighbours about each pixel, continued into the hole.

    Sums of squares prefer smooth sources; a target that says how rough it should be corrects that.

    Source: Newson et al. 2014, section 3.3. Differs: continued from the rim once instead of voted, so that it
    cannot fade; the window is centred.
    """
    grey = scale.rgb.mean(axis=2)
    known = (~scale.hole).astype(np.float32)
    steps, pairs = np.zeros_like(grey), np.zeros_like(grey)
    for axis in (0, 1):
        ahead = (slice(1, None), slice(None)) if axis == 0 else (slice(None), slice(1, None))
        behind = (slice(None, -1), slice(None)) if axis == 0 else (slice(None), slice(None, -1))
        both = known[ahead] * known[behind]
        steps[ahead] += np.abs(grey[ahead] - grey[behind]) * both
        pairs[ahead] += both
    side = (_TEXTURE_SIDE, _TEXTURE_SIDE)
    texture = cv2.blur(steps, side) / np.maximum(cv2.blur(pairs, side), np.float32(1e-3))
    return spread(texture[..., None], ~scale.hole, _TEXTURE_SPREAD)[..., 0]


def spread(values: NDArray[np.float32], known: Mask, side: int) -> NDArray[np.float32]:
    """Return (h, w, c) `values` with the unknown pixels set to the mean of known ones about them.

    The window has `side` pixels and is doubled for pixels that see too little; what is farther from
    everything than the picture's longer side gets the mean of all known pixels.
    """
    result = values.copy()
    missing = ~known
    mass = known.astype(np.float32)
    sums = values * mass[..., None]
    while missing.any() and side < 2 * max(known.shape):
        share = cv2.stackBlur(mass, (side, side))
        mean = cv2.stackBlur(sums, (side, side)).reshape(values.shape)
        now = missing & (share > np.float32(1e-3))
        result[now] = mean[now] / share[now][:, None]
        missing &= ~now
        side = 2 * side + 1
    result[missing] = values[known].mean(axis=0)
    return result


def smooth_guess(scale: Scale) -> Rgb:
    """Return (h, w, 3) float32: the picture with its hole continued smoothly from the rim."""
    return spread(scale.rgb, ~scale.hole, 7)


def window_count(inside: Mask, radius: int) -> Plane:
    """Return how many True pixels the window of 2 * radius + 1 about each pixel holds; none lie outside."""
    side = 2 * radius + 1
    return cv2.boxFilter(
        inside.view(np.uint8), cv2.CV_32F, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT
    )  # type: ignore[return-value]


def _halve(scale: Scale) -> Scale:
    known = (~scale.hole).astype(np.float32)
    share = _every_other(known)
    hole = share <= _KNOWN_SHARE
    whole = np.maximum(share, np.float32(1e-6))
    rgb = _every_other(scale.rgb * known[..., None]) / whole[..., None]
    reluctance = _every_other(scale.reluctance * known) / whole
    forbidden = _every_other((~(scale.usable | scale.hole)).astype(np.float32))
    usable = ~hole & (forbidden < np.float32(0.5))
    return Scale(np.asarray(rgb, np.float32), hole, usable, np.clip(reluctance, 0, 1))


def _every_other(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return `values` low-passed and halved; the outside counts as 0. Sample k sits at 2k + 1/2."""
    padded = cv2.copyMakeBorder(values, 2, 3, 2, 3, cv2.BORDER_CONSTANT, value=(0.0, 0.0, 0.0, 0.0))
    smooth = cv2.sepFilter2D(padded, -1, _TAPS, _TAPS, anchor=(2, 2))
    return np.ascontiguousarray(smooth[2:-3:2, 2:-3:2])


def _thickness(hole: Mask) -> float:
    framed = cv2.copyMakeBorder(hole.view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return 2 * float(cv2.distanceTransform(framed, cv2.DIST_L2, cv2.DIST_MASK_5).max())
