"""What does the network make of a crop, in the crop's own pixels?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.contextual.network import TrainedNetwork
from inpainting_core.engines.contextual.trust import trust
from inpainting_core.engines.contextual.working import cell_size, enlarged, reduced
from inpainting_core.engines.contract import Crop, OptionValue
from inpainting_core.engines.patchmatch.bands import Bands
from inpainting_core.engines.patchmatch.seam import membrane
from inpainting_core.engines.patchmatch.shifts import Shifts
from inpainting_core.fields.field import HeatMap
from inpainting_core.imaging.arrays import Mask, Rgb
from inpainting_core.imaging.geometry import Point, Size
from inpainting_core.masks.shape import tight_box
from inpainting_core.progress import Progress

_WIDEST_SIDES = 1.5
"""The network sees at most so many times the side that it was trained on."""
_THICKEST_SHARE = 0.4
"""Holes it was trained on are about this share of that side thick, at most."""
_FULL_ERROR = np.float32(0.5)
"""Difference of a colour that the map of the first guess's error shows as 1."""


@dataclass(frozen=True)
class Look:
    """What the network sees and paints; pictures are (H, W, 3) float32 of the crop's size.

    Attributes:
        crop: What it was shown.
        painted: The crop with the network's answer in the hole.
        guessed: The crop with its first guess there.
        trust: (H, W) float32 in [0, 1], how far `painted` should be believed; see `trust.trust`.
        cell_px: Pixels of the crop to a cell of the attention map.
        shifts: What every cell would be copied from; None for a network without attention.
    """

    crop: Crop
    painted: Rgb
    guessed: Rgb
    trust: NDArray[np.float32]
    cell_px: int
    shifts: Shifts | None


def look_at(network: TrainedNetwork, crop: Crop, progress: Progress) -> Look:
    """Return what the network makes of the crop.

    Raises:
        Cancelled: `progress` says so; checked before every layer.
    """
    progress.report(0.0, "Looking")
    side = network.side
    cell_px = cell_size(crop.hole, round(_THICKEST_SHARE * side), round(_WIDEST_SIDES * side))
    work = reduced(crop, cell_px)
    answer = network.look(work, progress.check)
    size = Size(*crop.hole.shape)
    with Bands(progress, crop.threads or None) as bands:
        painted, guessed = (
            _joined(enlarged(picture, cell_px, size), crop, bands)
            for picture in (answer.refined, answer.coarse)
        )
    seen = answer.seen
    return Look(
        crop,
        painted,
        guessed,
        np.clip(enlarged(trust(work, answer.refined), cell_px, size), 0, 1),  # cubics overshoot
        cell_px,
        None if seen is None else Shifts(seen.offsets * np.int32(cell_px), seen.scores, cell_px),
    )


def _joined(picture: Rgb, crop: Crop, bands: Bands) -> Rgb:
    """Return the crop with the hole from the network's picture, so that no seam shows.

    What the network misses at the hole's rim is made up there and fades inwards (Perez et al. 2003; Iizuka
    et al. 2017, section 3.4). Nothing becomes darker or brighter than all that is known, and a grey
    photograph stays grey: a network trained on photographs in colour knows neither.
    """
    known = crop.rgb[~crop.hole]
    if (known == known[:, :1]).all():
        picture = np.broadcast_to(picture.mean(axis=2, keepdims=True), picture.shape)
    missed = membrane(crop.rgb - picture, crop.hole, bands)
    joined = np.clip(picture + missed, known.min(axis=0), known.max(axis=0))
    return np.where(crop.hole[..., None], joined, crop.rgb)


def first_guess_error(look: Look, hole: Mask) -> HeatMap:
    """Return how far the first guess was from the answer."""
    box = tight_box(hole)
    apart = np.abs(look.painted[box.slices] - look.guessed[box.slices]).mean(axis=2) / _FULL_ERROR
    shown = np.where(hole[box.slices], np.clip(apart, 0, 1), np.float32(np.nan)).astype(np.float32)
    return HeatMap(Point(box.top, box.left), (1.0, 1.0), shown, "First guess against the answer", "0.5")


def small_crop(options: Mapping[str, OptionValue]) -> Crop:
    """Return a crop to warm up with."""
    rgb = np.linspace(0, 1, 32 * 32 * 3, dtype=np.float32).reshape(32, 32, 3)
    hole = np.zeros((32, 32), np.bool_)
    hole[12:20, 12:20] = True
    return Crop(rgb, hole, (~hole).astype(np.float32), options, 0)
