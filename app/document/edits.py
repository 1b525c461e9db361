"""What does one step of the history hold?  The bits that flip.

A patch is before XOR after: half the memory of both, applied twice it is nothing, and patches of one
step may overlap and come in any order. So a stroke records each of its segments as it is drawn, and
needs no copy of the mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inpainting_core.api import Box, CorrespondenceField, FilledRegion, FillResult, Mask, Pixels, engine_info


@dataclass(frozen=True)
class Patch:
    """What flips inside `box` of one plane.

    Attributes:
        box: Where.
        flips: Before XOR after; a mask's is packed to bits.
    """

    box: Box
    flips: NDArray[Any]

    @classmethod
    def of(cls, box: Box, flips: NDArray[Any]) -> Patch:
        """Return the patch that flips `flips`, (box.height, box.width, ...), inside `box`."""
        return cls(box, np.packbits(flips) if flips.dtype == np.bool_ else flips)

    def apply(self, plane: NDArray[Any]) -> None:
        """Flip `plane` in place."""
        plane[self.box.slices] ^= self.unpacked() if plane.dtype == np.bool_ else self.flips

    def unpacked(self) -> Mask:
        """Return a mask patch's flips, (box.height, box.width) bool."""
        count = self.box.height * self.box.width
        return np.unpackbits(self.flips, count=count).view(np.bool_).reshape(self.box.height, self.box.width)


@dataclass(frozen=True)
class Filled:
    """What provenance keeps of a filled region.

    Attributes:
        box: The hole's box.
        field: Where its pixels came from, or None.
        why_no_field: One sentence when `field` is None.
    """

    box: Box
    field: CorrespondenceField | None
    why_no_field: str

    @classmethod
    def of(cls, region: FilledRegion, engine_id: str) -> Filled:
        """Return the record of `region`, filled by the engine."""
        return cls(region.box, region.field, engine_info(engine_id).why_no_field)


@dataclass(frozen=True)
class Edit:
    """One step that can be undone.

    Attributes:
        mask: Patches of the mask.
        image: Patches of the picture.
        owner: Patches of provenance's owner map.
        fills: Regions added to provenance, in order.
    """

    mask: tuple[Patch, ...] = ()
    image: tuple[Patch, ...] = ()
    owner: tuple[Patch, ...] = ()
    fills: tuple[Filled, ...] = ()

    @property
    def is_fill(self) -> bool:
        """True when pixels of the picture change."""
        return bool(self.image)

    @property
    def nbytes(self) -> int:
        """Memory held by the arrays, in bytes."""
        patches = sum(patch.flips.nbytes for patch in (*self.mask, *self.image, *self.owner))
        fields = [fill.field for fill in self.fills if fill.field is not None]
        return patches + sum(f.offsets.nbytes + f.scores.nbytes + f.hole.nbytes for f in fields)


def clearing(mask: Mask, box: Box) -> Edit:
    """Return the edit that empties the mask; `box` is its tight box, not empty."""
    return Edit(mask=(Patch.of(box, mask[box.slices]),))


def filling(image: Pixels, mask: Mask, owner: NDArray[np.int32], known: int, result: FillResult) -> Edit:
    """Return the edit that puts a fill into the document and takes its holes off the mask.

    Args:
        image: (H, W, 3), the picture that was filled.
        mask: (H, W) bool as it is now; strokes drawn during the fill stay.
        owner: (H, W) int32, provenance's owner map.
        known: Number of regions that provenance already knows.
        result: The fill's answer.
    """
    mask_patches, image_patches, owner_patches = [], [], []
    for number, region in enumerate(result.regions, known + 1):
        box, hole = region.box, region.mask
        still_masked = mask[box.slices] & hole
        changed = (image[box.slices] ^ region.pixels) * hole[..., None].astype(image.dtype)
        owned = (owner[box.slices] ^ np.int32(number)) * hole.astype(np.int32)
        mask_patches.append(Patch.of(box, still_masked))
        image_patches.append(Patch.of(box, changed))
        owner_patches.append(Patch.of(box, owned))
    fills = tuple(Filled.of(region, result.engine_id) for region in result.regions)
    return Edit(tuple(mask_patches), tuple(image_patches), tuple(owner_patches), fills)
