"""How does contextual attention fill a hole of any size, and by which sources?

The network sees the crop at a size it was trained for. It says what it would paint and, for every cell,
which cells it looked at. Those cells are whole pixels of the photograph, and patches of the photograph's own
full-size detail are copied from near them, or where those do not fit from others: a large hole becomes as
sharp as what surrounds it.

Three kinds of content. "generated" is the network's picture, enlarged. "copied" is made of the copies alone,
with seams closed as PatchMatch closes them. "mixed" moves the copies a little towards the tones that the
network paints, or where it is not trusted those that continue the rim (Yi et al. 2020, section 3.2: detail
follows the attention of the small picture).
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from inpainting_core.engines.contextual.guide import guide, tone
from inpainting_core.engines.contextual.look import Look, first_guess_error, look_at, small_crop
from inpainting_core.engines.contextual.looked import Looked, copied_first, looked_at
from inpainting_core.engines.contextual.network import Newest
from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.engines.patchmatch.engine import PatchMatch
from inpainting_core.engines.patchmatch.pins import pinned_sources
from inpainting_core.engines.patchmatch.scales import Scale
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
_COPYING = MappingProxyType({"patch": 7, "rounds": 5, "colour": True, "seam": True})
"""How patches are copied."""


class ContextualAttention:
    """The trained network; loaded when first needed."""

    def __init__(self) -> None:
        self._patchmatch = PatchMatch()
        self._newest = Newest(WEIGHTS)

    def warm_up(self) -> None:
        """Import, load and compile by filling a small hole.

        Raises:
            WeightsMissing: there are no weights.
            WeightsDamaged: they are not what was published.
        """
        self._patchmatch.warm_up()
        self._newest.warm_up(lambda: self.fill_crop(small_crop({"content": "copied"}), Progress()))

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Return the crop filled, what each pixel was copied from, and the error of the first guess.

        Generated content names the sources that the network made it from.

        Raises:
            Cancelled: `progress` says so; checked before every layer, and as PatchMatch does.
            NothingKnown: no pixel may be borrowed from.
            WeightsMissing: there are no weights.
            WeightsDamaged: they are not what was published, or have no attention.
        """
        allowed = (crop.weights > 0) & ~crop.hole
        if not allowed.any():
            raise NothingKnown("No pixel is allowed as a source.", "Allow borrowing from some part.")
        network = self._newest()
        look = look_at(network, crop, progress.sub(0, 0.3))
        if look.shifts is None:
            raise WeightsDamaged("These weights have no attention.", "Use them for the baseline.")
        shifts = look.shifts.strongest(_most_sources(crop.hole))
        looked = looked_at(shifts, crop.hole, allowed, progress.check)
        if crop.options["content"] == "generated":
            rgb = look.painted.copy()
        else:
            rgb, looked = self._copied(look, looked, progress)
        _pin(rgb, looked, crop, allowed)
        field = from_sources(looked.sources, looked.scores, crop.hole, FieldKind.ATTENTION)
        return CropFill(rgb, field, {"coarse": first_guess_error(look, crop.hole)}, network.notes)

    def _copied(self, look: Look, looked: Looked, progress: Progress) -> tuple[Rgb, Looked]:
        """Return the crop filled by copies, from about what was looked at if that fits; they come first."""
        crop = look.crop
        guess = guide(look, progress, near=True)
        filled = self._patchmatch.fill_guided(replace(crop, options=_COPYING), guess, progress.sub(0.3, 0.7))
        rgb = filled.rgb
        if crop.options["content"] == "mixed":
            rgb = rgb + tone(rgb, look, guess.rgb)
        assert filled.field is not None  # PatchMatch always says where from
        progress.check()
        return rgb, copied_first(looked, filled.field.offsets[:, :, 0], look.cell_px, progress.check)


def _most_sources(hole: Mask) -> int:
    """Return how many sources a pixel of the hole may name."""
    box = tight_box(hole)
    return max(1, _SOURCES_BYTES // (_SOURCE_BYTES * box.height * box.width))


def _pin(rgb: Rgb, looked: Looked, crop: Crop, allowed: Mask) -> None:
    """Give the pinned pixels their own sources, exactly."""
    whole = Scale(crop.rgb, crop.hole, allowed, 1 - crop.weights)
    pinned = pinned_sources(whole, crop.pins, 0)
    settled = pinned[..., 0] >= 0
    rgb[settled] = crop.rgb[pinned[settled, 0], pinned[settled, 1]]
    inside = settled[looked.box.slices]
    looked.sources[inside, 0] = pinned[settled]
    looked.scores[inside] = 0
    looked.scores[inside, 0] = 1
