"""How does contextual attention fill a hole of any size, and by which sources?

The network sees the crop at a size it was trained for. It says what it would paint and, for every cell,
which cells it looked at. Those cells are whole pixels of the photograph, so the photograph's own detail is
copied at full size (`replay`): a large hole becomes as sharp as what surrounds it.

Three kinds of content. "generated" is the network's picture, enlarged. "copied" follows the attention pixel
by pixel, with seams closed as PatchMatch closes them. "mixed" takes what a blur leaves from the network and
the rest from the copies (Yi et al. 2020, section 3.2: residuals follow the attention of the small picture).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.contextual.look import Look, first_guess_error, look_at, small_crop
from inpainting_core.engines.contextual.network import Newest
from inpainting_core.engines.contextual.replay import Replay, replay
from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.engines.patchmatch.bands import Bands
from inpainting_core.engines.patchmatch.pins import pinned_sources
from inpainting_core.engines.patchmatch.scales import Scale, expected_texture
from inpainting_core.engines.patchmatch.seam import correction
from inpainting_core.errors import NothingKnown, WeightsDamaged
from inpainting_core.fields.build import from_sources
from inpainting_core.fields.field import FieldKind
from inpainting_core.imaging.arrays import Mask, Rgb
from inpainting_core.masks.shape import tight_box
from inpainting_core.progress import Progress

WEIGHTS = "contextual_attention"
_SOURCES_BYTES = 64 << 20
"""Room for the sources of a hole: large holes name fewer for each pixel."""
_SOURCE_BYTES = 12
_ONE = np.float32(1)


class ContextualAttention:
    """The trained network; loaded when first needed."""

    def __init__(self) -> None:
        self._newest = Newest(WEIGHTS)

    def warm_up(self) -> None:
        """Import, load and compile by filling a small hole.

        Raises:
            WeightsMissing: there are no weights.
            WeightsDamaged: they are not what was published.
        """
        self._newest.warm_up(lambda: self.fill_crop(small_crop({"content": "copied"}), Progress()))

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Return the crop filled, what each pixel was copied from, and the error of the first guess.

        Generated content names the sources that it was made from: those that would be copied.

        Raises:
            Cancelled: `progress` says so; checked before every layer.
            NothingKnown: no pixel may be borrowed from.
            WeightsMissing: there are no weights.
            WeightsDamaged: they are not what was published, or have no attention.
        """
        allowed = (crop.weights > 0) & ~crop.hole
        if not allowed.any():
            raise NothingKnown("No pixel is allowed as a source.", "Allow borrowing from some part.")
        network = self._newest()
        look = look_at(network, crop, progress)
        progress.report(0.6, "Copying", lambda: look.painted)
        if look.shifts is None:
            raise WeightsDamaged("These weights have no attention.", "Use them for the baseline.")
        shifts = look.shifts.strongest(_most_sources(crop.hole))
        found = replay(shifts, look.smooth, look.smooth_photo, crop.hole, allowed)
        progress.check()
        settled = _pin(found, crop, allowed)
        sources = _everywhere(found, crop.hole)
        rgb = _content(crop, look, sources, allowed, progress)
        rgb[settled] = crop.rgb[sources[settled, 0], sources[settled, 1]]
        progress.check()
        field = from_sources(found.sources, found.scores, crop.hole, FieldKind.ATTENTION)
        return CropFill(rgb, field, {"coarse": first_guess_error(look, crop.hole)}, network.notes)


def _most_sources(hole: Mask) -> int:
    """Return how many sources a pixel of the hole may name."""
    box = tight_box(hole)
    return max(1, _SOURCES_BYTES // (_SOURCE_BYTES * box.height * box.width))


def _pin(found: Replay, crop: Crop, allowed: Mask) -> Mask:
    """Give the pinned pixels their own sources; return (H, W) bool, where."""
    whole = Scale(crop.rgb, crop.hole, allowed, 1 - crop.weights)
    pinned = pinned_sources(whole, crop.pins, 0)
    settled = pinned[..., 0] >= 0
    inside = settled[found.box.slices]
    found.sources[inside, 0] = pinned[settled]
    found.scores[inside] = 0
    found.scores[inside, 0] = 1
    return settled


def _everywhere(found: Replay, hole: Mask) -> NDArray[np.int32]:
    """Return (H, W, 2) int32: the source of every hole pixel; other pixels are their own."""
    sources = np.moveaxis(np.indices(hole.shape, np.int32), 0, -1).copy()
    inside = hole[found.box.slices]
    sources[found.box.slices][inside] = found.sources[inside, 0]
    return sources


def _content(crop: Crop, look: Look, sources: NDArray[np.int32], allowed: Mask, progress: Progress) -> Rgb:
    """Return the crop with the hole filled by what was asked for: a new array."""
    content = crop.options["content"]
    if content == "generated":
        return look.painted.copy()
    ground = look.smooth if content == "mixed" else None
    copied_from = crop.rgb if ground is None else crop.rgb - look.smooth_photo
    copies = copied_from[sources[..., 0], sources[..., 1]]
    texture = expected_texture(Scale(crop.rgb, crop.hole, allowed, 1 - crop.weights), progress.check)
    with Bands(progress, crop.threads or None) as bands:
        copies += correction(copies, (crop.hole, allowed), sources, texture, (_ONE, _ONE), bands)
    return copies if ground is None else ground + copies
