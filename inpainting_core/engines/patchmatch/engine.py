"""How is a hole filled from patches?  Coarse to fine: find where patches come from, vote, and copy at last.

At each scale rounds of two steps lower one energy, the sum over all patches that touch the hole of the
distance to their source: searching keeps the picture and improves the sources, voting keeps the sources
and improves the picture (Wexler et al. 2007; search by PatchMatch, Barnes et al. 2009). The last pass
copies: every pixel gets one source, the one its patches agree on, so the field is the picture's recipe.

Where we leave the papers, each for a measured gain:
- known pixels of a patch weigh ten times what guessed ones do: the rim decides;
- a fourth channel holds the texture to expect (`scales.expected_texture`): no drift to smooth sources;
- a source patch may lie partly in a hole, at a price; only its usable pixels are ever copied;
- continuing a neighbour's piece is favoured slightly, so that pieces grow;
- a screened correction closes the seams between the copies (`seam`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.engines.patchmatch import kernels, seam
from inpainting_core.engines.patchmatch.bands import Band, Bands
from inpainting_core.engines.patchmatch.matching import NEAR, Effort, Match, begin, inherit, refine, start
from inpainting_core.engines.patchmatch.pins import pinned_sources, with_pinned
from inpainting_core.engines.patchmatch.scales import TEXTURE_GAIN, Guess, Scale, pyramid, smooth_guess
from inpainting_core.engines.patchmatch.seam import correction
from inpainting_core.errors import NothingKnown
from inpainting_core.fields.build import from_nnf
from inpainting_core.fields.field import HeatMap
from inpainting_core.imaging.arrays import Mask, Rgb
from inpainting_core.imaging.geometry import Point
from inpainting_core.progress import Progress
from inpainting_core.sentences import Sentence

_KERNELS = (kernels.scatter, kernels.exhaust, kernels.search, kernels.vote, kernels.choose, *seam.KERNELS)
_FULL_ENERGY = 0.25
"""Root-mean-square difference per colour that the energy map shows as 1; texture counts too."""


class PatchMatch:
    """Multi-scale patch synthesis on the CPU; stateless, bit-reproducible for a seed."""

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads

    def warm_up(self) -> None:
        """Compile every kernel by filling a small hole: some seconds once after installation, then cached."""
        if all(kernel.signatures for kernel in _KERNELS):
            return
        rgb = np.linspace(0, 1, 64 * 64 * 3, dtype=np.float32).reshape(64, 64, 3)
        hole = np.zeros((64, 64), np.bool_)
        hole[20:44, 20:44] = True
        options = {"patch": 7, "rounds": 1, "colour": True, "seam": True}
        self.fill_crop(Crop(rgb, hole, (~hole).astype(np.float32), options, 0), Progress())

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Return the crop filled, the source of each hole pixel, and the energy left.

        With "colour" and "seam" off, every filled pixel equals its source exactly. Pinned pixels are copied
        first; the rest is matched to them as if they were known, though never from them.

        Raises:
            Cancelled: `progress` says so; checked before every band of rows and between scales.
            NothingKnown: no pixel may be borrowed from.
        """
        return self.fill_guided(crop, None, progress)

    def fill_guided(self, crop: Crop, guess: Guess | None, progress: Progress) -> CropFill:
        """Return what `fill_crop` returns, led by a guess of what the hole looks like.

        Raises:
            Cancelled: `progress` says so; checked before every band of rows and between scales.
            NothingKnown: no pixel may be borrowed from.
        """
        radius = int(crop.options["patch"]) // 2
        whole, margin = _with_room(crop, guess, radius)
        pinned = pinned_sources(whole, crop.pins, margin)
        rest = with_pinned(whole, pinned)
        with Bands(progress, crop.threads or self._threads) as bands:
            match = _match(rest, crop, margin, bands, progress)
            sources = _chosen(match, bands)
            settled = pinned[..., 0] >= 0
            sources[settled] = pinned[settled]
            progress.check()
            rgb = _copied(whole, sources, bands)
            shares = np.float32(bool(crop.options["colour"])), np.float32(bool(crop.options["seam"]))
            if any(shares):
                progress.report(0.92, "Closing seams")
                texture = match.ground.features[..., 3] / TEXTURE_GAIN
                rgb += correction(rgb, (whole.hole, whole.usable), sources, texture, shares, bands)
                progress.check()
        height, width = crop.hole.shape
        inner = (slice(margin, margin + height), slice(margin, margin + width))
        field = from_nnf(sources[inner] - margin, crop.hole)
        progress.check()
        energy = HeatMap(
            Point(0, 0), (1.0, 1.0), _energy(match, settled)[inner], "Mismatch of patches", "RMS 0.25"
        )
        return CropFill(rgb[inner], field, {"energy": energy})


def _with_room(crop: Crop, guess: Guess | None, radius: int) -> tuple[Scale, int]:
    """Return the crop as a scale, and the margin it was framed with.

    A frame, copied from the edges and never a source, is added only where patches would not fit: round
    tiny pictures, and where all that may be borrowed lies within a patch's radius of the edge.
    """
    usable = (crop.weights > 0) & ~crop.hole
    if not usable.any():
        raise NothingKnown("No pixel is allowed as a source.", "Allow borrowing from some part.")
    inner = usable[radius:-radius, radius:-radius]
    room = min(usable.shape) > 4 * radius and inner.any()
    reluctance = np.where(crop.hole, np.float32(0), 1 - crop.weights)
    if room:
        return Scale(crop.rgb, np.ascontiguousarray(crop.hole), usable, reluctance, guess), 0
    margin = 2 * radius
    sides = ((margin, margin), (margin, margin), (0, 0))
    rgb = np.pad(crop.rgb, sides, mode="edge")
    hole = np.pad(crop.hole, margin, mode="edge")
    framed = guess and guess.framed(margin)
    return Scale(rgb, hole, np.pad(usable, margin), np.pad(reluctance, margin), framed), margin


def _led(scales: list[Scale], finest_px: float) -> list[Scale]:
    """Return the scales; those whose pixels are finer than what the guess can tell do without it."""
    last = len(scales) - 1
    return [
        scale if 2**level >= finest_px or level == last else replace(scale, guess=None)
        for level, scale in enumerate(scales)
    ]


def _match(whole: Scale, crop: Crop, margin: int, bands: Bands, progress: Progress) -> Match:
    """Return the finest scale's match after all rounds at all scales."""
    patch, rounds = int(crop.options["patch"]), int(crop.options["rounds"])
    scales = _led(pyramid(whole, patch), whole.guess.detail_px if whole.guess else 0)
    near = whole.guess is not None and whole.guess.near
    match = begin(scales[-1], patch // 2, smooth_guess(scales[-1]))
    start(match, bands, crop.seed)
    for level in reversed(range(len(scales))):
        size = NEAR if near else max(scales[level].hole.shape)
        if level == len(scales) - 1:
            refine(match, Effort.coarsest(size), bands, crop.seed)
        else:
            progress.check()
            guess = _doubled(match, scales[level])
            progress.check()
            coarse, match = match, begin(scales[level], patch // 2, guess, progress.check)
            inherit(match, coarse, bands, crop.seed)
            refine(match, Effort.finer(rounds, size if level else 0), bands, crop.seed)
        preview = partial(_enlarged, match, crop, margin)
        stage = Sentence("Scale {number} of {count}", number=len(scales) - level, count=len(scales))
        progress.report(0.9 * 0.3**level, stage, preview)
    return match


def _doubled(coarse: Match, fine: Scale) -> Rgb:
    """Return the coarse picture at the fine scale's size."""
    height, width = coarse.scale.hole.shape
    doubled = cv2.resize(coarse.picture, (2 * width, 2 * height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(doubled[: fine.hole.shape[0], : fine.hole.shape[1]], np.float32)


def _enlarged(match: Match, crop: Crop, margin: int) -> Rgb:
    """Return the crop's size of picture with the hole filled as far as this match knows."""
    height, width = crop.hole.shape
    whole = cv2.resize(match.picture, (width + 2 * margin, height + 2 * margin))
    return np.asarray(whole[margin : margin + height, margin : margin + width], np.float32)


def _chosen(match: Match, bands: Bands) -> NDArray[np.int32]:
    """Return (h, w, 2) int32: the source of every hole pixel; other pixels are their own."""
    inside = match.ground.inside
    chosen = np.empty((len(inside), 2), np.int32)
    bands.run(partial(kernels.choose, match.ground, chosen), Bands.of(inside))
    bands.check()
    sources = np.moveaxis(np.indices(match.scale.hole.shape, np.int32), 0, -1).copy()
    bands.check()
    sources[inside[:, 0], inside[:, 1]] = chosen
    return sources


def _copied(whole: Scale, sources: NDArray[np.int32], bands: Bands) -> Rgb:
    """Return the picture with every hole pixel copied from its source."""
    rgb = whole.rgb.copy()

    def copy(band: Band) -> None:
        rows = slice(*band[:2])
        hole = whole.hole[rows]
        where = sources[rows][hole]
        rgb[rows][hole] = whole.rgb[where[:, 0], where[:, 1]]

    bands.run(copy, bands.rows(*whole.hole.shape))
    return rgb


def _energy(match: Match, settled: Mask) -> NDArray[np.float32]:
    """Return (h, w) float32 in [0, 1]: how badly the patch about each hole pixel matches its source.

    A pinned pixel has what it was given: 0.
    """
    radius = match.ground.radius
    area = (2 * radius + 1) ** 2
    ground = match.ground
    y, x = ground.targets[:, 0], ground.targets[:, 1]
    distance = np.zeros_like(ground.cost)
    distance[y, x] = ground.cost[y, x] - ground.surcharge[ground.nnf[y, x, 0], ground.nnf[y, x, 1]]
    inner = distance[radius:-radius, radius:-radius]  # (h - 2r, w - 2r), where patches fit
    energy = np.clip(np.sqrt(np.maximum(inner, 0) / np.float32(3 * area)) / np.float32(_FULL_ENERGY), 0, 1)
    energy = np.pad(energy, radius, mode="edge")
    shown = np.where(match.scale.hole, energy, np.float32(np.nan))
    shown[settled] = 0
    return shown
