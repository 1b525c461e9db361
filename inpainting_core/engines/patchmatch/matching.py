"""How do search and vote alternate at one scale, and how does a scale begin where the coarser one ended?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.patchmatch import kernels
from inpainting_core.engines.patchmatch.bands import Band, Bands
from inpainting_core.engines.patchmatch.kernels import Ground, spacious
from inpainting_core.engines.patchmatch.scales import (
    TEXTURE_GAIN,
    Plane,
    Scale,
    expected_texture,
    window_count,
)
from inpainting_core.engines.patchmatch.shifts import Shifts
from inpainting_core.imaging.arrays import Mask, Rgb

_T = TypeVar("_T")
_GUESS_TRUST = 0.1
_FIRST_TRUST = (0.001, 0.05)
_FIRST_SWEEPS = (6, 2, 1)
_FIRST_ROUNDS = 8
_BELIEVED = 0.02
"""Trust in a guess of the hole that is believed, while sources are first looked for."""
_LED = np.float32(0.25)
"""Share of a guess that is believed in what is voted for."""
NEAR = 4
"""First random window, in pixels, once sources are nearly right."""
_UNUSABLE_PRICE = np.float32(0.1)
"""Cost of each pixel of a source patch that cannot be copied."""
_UNUSABLE_SHARE = 0.4
"""Sources with more than this share of such pixels are out while better ones exist."""
_RELUCTANCE_PRICE = np.float32(0.5)
"""Cost of a source of weight 1/2; it grows from nothing at 1 to hundreds of times as much next to 0."""
_DEPTH_DECAY = 1.3
_DEEPEST = 40
"""Votes lose the factor _DEPTH_DECAY with every pixel from the rim, down to the depth _DEEPEST: much deeper
they would vanish in float32. Source: Wexler et al. 2007, section 3.3."""
_LIKENESS_QUANTILE = 0.4
"""Votes fall by e at this quantile of all costs. Source: Wexler et al. 2007, section 3.1; lower than theirs,
for less blur."""
_EXHAUSTIVE = 400_000
"""Targets times sources up to which all pairs are tried."""


@dataclass(frozen=True)
class Match:
    """The search at one scale: a picture in the making and where its patches come from.

    Attributes:
        scale: The photograph at this scale.
        ground: The arrays that change, and lists of places; `trust` and `scale` change as well.
    """

    scale: Scale
    ground: Ground

    @property
    def picture(self) -> Rgb:
        """(h, w, 3) float32: the photograph with the present guess in the hole."""
        return self.ground.features[..., :3]


@dataclass(frozen=True)
class Effort:
    """How hard to search at one scale.

    Attributes:
        rounds: Searches and votes.
        sweeps: PatchMatch sweeps in each search, by round; the last value stays.
        reach: First random window in pixels, by round; the last value stays.
        trust: Weight in a patch of guessed pixels, known ones being 1, by round; the last value stays.
    """

    rounds: int
    sweeps: tuple[int, ...]
    reach: tuple[int, ...]
    trust: tuple[float, ...]

    @classmethod
    def coarsest(cls, size: int) -> Effort:
        """Return the thorough one: the guess is a mere blur, so the rim decides alone at first."""
        return cls(rounds=_FIRST_ROUNDS, sweeps=_FIRST_SWEEPS, reach=(size, size, NEAR), trust=_FIRST_TRUST)

    @classmethod
    def finer(cls, rounds: int, size: int) -> Effort:
        """Return the one for scales that inherit their sources."""
        return cls(max(1, rounds), sweeps=(1,), reach=(max(NEAR, size // 4), NEAR), trust=(_GUESS_TRUST,))


def begin(scale: Scale, radius: int, guess: Rgb, check: Callable[[], None] = lambda: None) -> Match:
    """Return a match without sources whose hole shows `guess`, (h, w, 3); `check` may raise to stop."""
    shape = scale.hole.shape
    interior = np.zeros(shape, np.bool_)
    interior[radius : shape[0] - radius, radius : shape[1] - radius] = True
    surcharge, pool = _places(scale, interior, radius)
    check()
    features = spacious((*shape, 4))
    features[..., :3] = np.where(scale.hole[..., None], guess, scale.rgb)
    check()
    features[..., 3] = TEXTURE_GAIN * expected_texture(scale, check)
    check()
    targets = _pixels(interior & (window_count(scale.hole, radius) > 0))
    check()
    ground = Ground(
        features=features,
        trust=spacious(shape),
        scale=np.empty(shape, np.float32),
        usable=scale.usable,
        surcharge=surcharge,
        nnf=np.full((*shape, 2), -1, np.int32),
        cost=np.zeros(shape, np.float32),
        weight=np.zeros(shape, np.float32),
        targets=targets,
        inside=_pixels(scale.hole),
        pool=pool,
        radius=radius,
    )
    return Match(scale, ground)


def set_trust(ground: Ground, pixels: Plane) -> None:
    """Set how much each pixel counts in a patch: (h, w) float32, above 0."""
    ground.trust[...] = pixels
    side = 2 * ground.radius + 1
    ground.scale[...] = 1 / cv2.blur(pixels, (side, side))


def start(match: Match, bands: Bands, seed: int) -> None:
    """Find first sources at the coarsest scale: those suggested, or all where they are few, or any."""
    ground, guess = match.ground, match.scale.guess
    set_trust(ground, _trusted(match.scale, _FIRST_TRUST[0]))
    ranges = Bands.of(ground.targets)
    if guess is not None and guess.shifts is not None:
        _try_suggested(ground, guess.shifts, bands)
        bands.run(partial(kernels.scatter, ground, seed), ranges)
        return
    bands.run(partial(kernels.scatter, ground, seed), ranges)
    if len(ground.targets) * len(ground.pool) <= _EXHAUSTIVE:
        bands.run(partial(kernels.exhaust, ground), ranges)


def _try_suggested(ground: Ground, shifts: Shifts, bands: Bands) -> None:
    """Give every target the best of what is suggested most for its cell and those beside it, if allowed."""
    ranges = Bands.of(ground.targets)
    y, x = ground.targets[:, 0], ground.targets[:, 1]
    step = max(1, shifts.cell_px // shifts.scale)
    height, width = ground.surcharge.shape
    r = ground.radius
    best = np.full(len(y), np.inf, np.float32)
    chosen = np.full((len(y), 2), -1, np.int32)
    for dy, dx in ((0, 0), (-step, 0), (step, 0), (0, -step), (0, step)):
        sy, sx = shifts.sources(y, x, shifts.cells(y + dy, x + dx), 0)
        within = (sy >= 0) & (sx >= 0) & (sy < height) & (sx < width)
        sy, sx = np.clip(sy, r, height - 1 - r), np.clip(sx, r, width - 1 - r)  # where a patch has room
        fits = within & _allowed(ground, sy, sx)
        ground.nnf[y, x, 0], ground.nnf[y, x, 1] = np.where(fits, sy, -1), np.where(fits, sx, -1)
        bands.run(partial(kernels.search, ground, _rims(ground, ranges), 1, 0, 0), ranges)
        better = ground.cost[y, x] < best
        best[better] = ground.cost[y, x][better]
        chosen[better] = ground.nnf[y, x][better]
    ground.nnf[y, x] = chosen


def _allowed(ground: Ground, y: NDArray[np.int32], x: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which places (y, x), wherever they lie, may be sources."""
    fits: NDArray[np.bool_] = (
        (y >= 0) & (x >= 0) & (y < ground.surcharge.shape[0]) & (x < ground.surcharge.shape[1])
    )
    fits[fits] = ground.surcharge[y[fits], x[fits]] >= 0
    return fits


def inherit(match: Match, coarse: Match, bands: Bands, seed: int) -> None:
    """Give every target the source of the coarser target above it, doubled, and vote once.

    Targets whose inherited source is not allowed here get a random one and no say in this vote.
    """
    ground = match.ground
    y, x = ground.targets[:, 0], ground.targets[:, 1]
    height, width = coarse.scale.hole.shape
    r = coarse.ground.radius
    cy, cx = np.clip(y // 2, r, height - 1 - r), np.clip(x // 2, r, width - 1 - r)
    sources = coarse.ground.nnf[cy, cx]  # (n, 2)
    bands.check()
    sy = 2 * (sources[:, 0] + y // 2 - cy) + (y & 1)
    sx = 2 * (sources[:, 1] + x // 2 - cx) + (x & 1)
    fits = (sources[:, 0] >= 0) & _allowed(ground, sy, sx)
    bands.check()
    ground.nnf[y[fits], x[fits], 0] = sy[fits]
    ground.nnf[y[fits], x[fits], 1] = sx[fits]
    bands.run(partial(kernels.scatter, ground, seed), Bands.of(ground.targets))
    ground.weight[y, x] = np.where(fits, np.float32(1), np.float32(1e-6))
    _vote(match, bands)


def refine(match: Match, effort: Effort, bands: Bands, seed: int) -> None:
    """Alternate search and vote.

    Args:
        match: Changed in place.
        effort: How hard to try.
        bands: Runs the work.
        seed: For the random tries.

    Raises:
        Cancelled: somebody asked to stop.
    """
    ground, guess = match.ground, match.scale.guess
    y, x = ground.targets[:, 0], ground.targets[:, 1]
    depth = np.minimum(_depth(match.scale.hole)[y, x], _DEEPEST)
    nearness = (_DEPTH_DECAY**-depth).astype(np.float32)
    ranges = Bands.of(ground.targets)
    number = 0
    for turn in range(effort.rounds):
        if turn < len(effort.trust):
            set_trust(ground, _trusted(match.scale, effort.trust[turn]))
        reach = _by_round(effort.reach, turn)
        for _ in range(_by_round(effort.sweeps, turn)):
            dice = (seed * 0x9E3779B1 + number * 0x85EBCA77 + ground.features.size) & 0xFFFFFFFF
            step = 1 if number % 2 == 0 else -1
            number += 1
            bands.run(partial(kernels.search, ground, _rims(ground, ranges), step, reach, dice), ranges)
        if guess is not None and guess.shifts is not None and guess.near:
            bands.run(partial(kernels.hold, ground, guess.shifts.plain), ranges)
        costs = ground.cost[y, x]
        typical = max(float(np.quantile(costs, _LIKENESS_QUANTILE)), 1e-6)
        ground.weight[y, x] = nearness * (np.exp(-costs / np.float32(typical)) + np.float32(1e-6))
        _vote(match, bands)


def _trusted(scale: Scale, in_hole: float) -> Plane:
    """Return (h, w) float32: how much each pixel counts in a patch."""
    trust = np.where(scale.hole, np.float32(in_hole), np.float32(1))
    if scale.guess is not None:
        np.maximum(trust, np.float32(_BELIEVED) * scale.guess.belief, out=trust)
    return trust


def _by_round(values: tuple[_T, ...], turn: int) -> _T:
    return values[min(turn, len(values) - 1)]


def _places(scale: Scale, interior: Mask, radius: int) -> tuple[Plane, NDArray[np.int32]]:
    """Return the surcharge of every source centre, and the centres to begin with."""
    unusable = window_count(~scale.usable, radius)
    allowed = interior & scale.usable
    clear = allowed & (unusable <= _UNUSABLE_SHARE * (2 * radius + 1) ** 2)
    if clear.any():
        allowed = clear
    weight = np.maximum(1 - scale.reluctance, np.float32(1e-3))
    price = _UNUSABLE_PRICE * unusable + 2 * _RELUCTANCE_PRICE * scale.reluctance**2 / weight
    whole = allowed & (unusable == 0)
    pool = _pixels(whole if np.count_nonzero(whole) > 50 else allowed)
    return np.where(allowed, price, np.float32(-1)), pool


def _rims(ground: Ground, ranges: list[Band]) -> NDArray[np.int32]:
    """Return (bands, 2, w, 2): the field's rows just above and below each band, copied."""
    first = np.array([ground.targets[band[0], 0] for band in ranges]) - 1
    last = np.array([ground.targets[band[1] - 1, 0] for band in ranges]) + 1
    rows = np.stack([np.maximum(first, 0), np.minimum(last, ground.nnf.shape[0] - 1)], axis=1)
    rims: NDArray[np.int32] = ground.nnf[rows]
    return rims


def _vote(match: Match, bands: Bands) -> None:
    ground, guess = match.ground, match.scale.guess
    out = np.empty((len(ground.inside), 3), np.float32)
    bands.run(partial(kernels.vote, ground, out), Bands.of(ground.inside))
    if guess is not None:
        inside = ground.inside[:, 0], ground.inside[:, 1]
        out += _LED * guess.belief[inside][:, None] * (guess.rgb[inside] - out)
    ground.features[ground.inside[:, 0], ground.inside[:, 1], :3] = out


def _depth(hole: Mask) -> Plane:
    """Return each hole pixel's distance to the rim in pixels; the picture's border is a rim here."""
    framed = cv2.copyMakeBorder(hole.view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0,))
    return np.asarray(cv2.distanceTransform(framed, cv2.DIST_L2, 3)[1:-1, 1:-1], np.float32)


def _pixels(mask: Mask) -> NDArray[np.int32]:
    """Return (n, 2) int32: (y, x) of every True, in reading order."""
    return np.ascontiguousarray(np.argwhere(mask), np.int32)  # one layout, one compilation
