"""What does the photograph look like at each scale?  The pyramid, its holes, and the texture to expect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.patchmatch.shifts import Shifts
from inpainting_core.imaging.arrays import Mask, Rgb

_TAPS = np.array([1, 5, 10, 10, 5, 1], np.float32) / 32
_KNOWN_SHARE = 0.05
"""A coarse pixel is known once this share of its (Gaussian) surroundings is: thin holes soon close, and
what closes them is the mean of their rims, a good guess of the low frequencies."""
_COARSEST_THICKNESS = 4
"""Holes are halved while at least this is left, so that every coarsest patch sees the rim and lines join."""
_TEXTURE_SIDE = 13
_TEXTURE_SPREAD = 17
_WINDOW_STEPS, _LARGE = 4, 512
"""Large pictures are reduced for wide windows, to at least so many pixels a window and a side."""
TEXTURE_GAIN = np.float32(6)
"""How many times a difference in texture counts as much as the same difference in one colour."""

Plane = NDArray[np.float32]


class Guess(NamedTuple):
    """What a hole may look like.

    Attributes:
        rgb: (h, w, 3) float32.
        belief: (h, w) float32 in [0, 1]: how likely that is.
        detail_px: Side, in pixels of the finest scale, of the smallest thing that it tells.
        shifts: Where to begin to look for what to copy; None = anywhere.
        near: True = at every scale that the guess leads, sources are held to about these places unless
            others fit far better.
    """

    rgb: Rgb
    belief: Plane
    detail_px: float
    shifts: Shifts | None = None
    near: bool = False

    def framed(self, margin: int) -> Guess:
        """Return the same for a picture with `margin` pixels more on every side."""
        rgb = np.pad(self.rgb, ((margin, margin), (margin, margin), (0, 0)), mode="edge")
        belief = np.pad(self.belief, margin, mode="edge")
        return self._replace(rgb=rgb, belief=belief, shifts=self.shifts and self.shifts.framed(margin))


@dataclass(frozen=True)
class Scale:
    """The photograph at one scale.

    Attributes:
        rgb: (h, w, 3) float32; means nothing in the hole.
        hole: (h, w) bool.
        usable: (h, w) bool, where content may be borrowed; never in the hole.
        reluctance: (h, w) float32 in [0, 1], 1 - source weight.
        guess: What the hole may look like; None = nobody knows.
    """

    rgb: Rgb
    hole: Mask
    usable: Mask
    reluctance: Plane
    guess: Guess | None = None


def pyramid(finest: Scale, patch: int) -> list[Scale]:
    """Return the scales from fine to coarse, each half the size of the one before.

    Halving ends when the hole is thin, or when no room would be left for patches of side `patch`.
    """
    scales = [finest]
    while min(scales[-1].hole.shape) // 2 >= 2 * patch:
        coarser = _halve(scales[-1])
        inner = coarser.usable[patch // 2 : -(patch // 2), patch // 2 : -(patch // 2)]
        if _thickness(coarser.hole) < _COARSEST_THICKNESS or not inner.any():
            break
        scales.append(coarser)
    return scales


def expected_texture(scale: Scale, check: Callable[[], None] = lambda: None) -> Plane:
    """Return (h, w) float32: mean step between neighbours about each pixel, continued into the hole.

    Sums of squares prefer smooth sources; a target that says how rough it should be corrects that.

    Source: Newson et al. 2014, section 3.3. Differs: continued from the rim once instead of voted, so that it
    cannot fade; the window is centred.
    """
    known = (~scale.hole).astype(np.float32)
    grey = cv2.transform(scale.rgb, np.full((1, 3), 1 / 3, np.float32)) * known
    steps, pairs = np.zeros_like(known), np.zeros_like(known)
    for axis in (0, 1):
        if known.shape[axis] == 1:
            continue
        ahead = (slice(1, None), slice(None)) if axis == 0 else (slice(None), slice(1, None))
        behind = (slice(None, -1), slice(None)) if axis == 0 else (slice(None), slice(None, -1))
        both = known[ahead] * known[behind]
        pairs[ahead] += both
        both *= cv2.absdiff(grey[ahead], grey[behind])
        steps[ahead] += both
        check()
    side = (_TEXTURE_SIDE, _TEXTURE_SIDE)
    texture = np.asarray(cv2.blur(steps, side) / np.maximum(cv2.blur(pairs, side), 1e-3), np.float32)
    check()
    return spread(texture[..., None], ~scale.hole, _TEXTURE_SPREAD)[..., 0]


def spread(values: NDArray[np.float32], known: Mask, side: int) -> NDArray[np.float32]:
    """Return (h, w, c) `values` with the unknown pixels set to the mean of known ones about them.

    The window has `side` pixels and is doubled for pixels that see too little; what is farther from
    everything than the picture's longer side gets the mean of all known pixels.
    """
    height, width = known.shape
    step = max(1, min(side // _WINDOW_STEPS, height // _LARGE, width // _LARGE))
    size = (-(-width // step), -(-height // step))
    mass = known.astype(np.float32)
    sums = np.asarray(cv2.resize(values * mass[..., None], size, interpolation=cv2.INTER_AREA), np.float32)
    share = np.asarray(cv2.resize(mass, size, interpolation=cv2.INTER_AREA), np.float32)
    mean = _window_means(sums.reshape(*share.shape, -1), share, side // step | 1)
    result, given = values.copy(), values[known]
    spread_out = cv2.resize(mean, (width, height)).reshape(values.shape)[~known]
    result[~known] = np.clip(spread_out, given.min(axis=0), given.max(axis=0))  # the blur rounds
    return result


def _window_means(sums: NDArray[np.float32], mass: Plane, side: int) -> NDArray[np.float32]:
    """Return (h, w, c): the mean over the smallest window about each pixel that holds enough mass."""
    result = np.empty_like(sums)
    missing = np.ones(mass.shape, np.bool_)
    while missing.any() and side < 2 * max(mass.shape):
        share = cv2.stackBlur(mass, (side, side))
        mean = cv2.stackBlur(sums, (side, side)).reshape(sums.shape)
        now = missing & (share > np.float32(1e-3))
        result[now] = mean[now] / share[now][:, None]
        missing &= ~now
        side = 2 * side + 1
    result[missing] = sums.sum(axis=(0, 1)) / mass.sum()
    return result


def smooth_guess(scale: Scale) -> Rgb:
    """Return (h, w, 3) float32: the picture with its hole as guessed, or continued smoothly from the rim."""
    if scale.guess is not None:
        return scale.guess.rgb
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
    usable = ~hole & (_every_other(scale.usable.astype(np.float32)) > np.float32(0.5) * whole)
    guess = None
    if scale.guess is not None:
        area = _every_other(np.ones_like(known))
        picture, belief = (_every_other(values) for values in scale.guess[:2])
        shifts = scale.guess.shifts and scale.guess.shifts.halved()
        guess = scale.guess._replace(rgb=picture / area[..., None], belief=belief / area, shifts=shifts)
    return Scale(np.asarray(rgb, np.float32), hole, usable, np.clip(reluctance, 0, 1), guess)


def _every_other(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return `values` low-passed and halved; the outside counts as 0. Sample k sits at 2k + 1/2."""
    padded = cv2.copyMakeBorder(values, 2, 3, 2, 3, cv2.BORDER_CONSTANT, value=(0.0, 0.0, 0.0, 0.0))
    smooth = cv2.sepFilter2D(padded, -1, _TAPS, _TAPS, anchor=(2, 2))
    return np.ascontiguousarray(smooth[2:-3:2, 2:-3:2])


def _thickness(hole: Mask) -> float:
    framed = cv2.copyMakeBorder(hole.view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return 2 * float(cv2.distanceTransform(framed, cv2.DIST_L2, cv2.DIST_MASK_5).max())
