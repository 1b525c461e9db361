"""What does one step of the history hold?  The bits that flip, the regions filled, the settings changed.

Patches are symmetric, so one edit is undone by applying it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.document.patches import Patch
from app.document.settings import FillSettings
from app.document.task import FillTask
from inpainting_core.api import (
    Box,
    CorrespondenceField,
    Coverage,
    FilledRegion,
    FillResult,
    HeatMap,
    Pixels,
    engine_info,
)

EditName = Literal[
    "paint",
    "erase",
    "rectangle",
    "ellipse",
    "lasso",
    "polygon",
    "wand",
    "object",
    "weak_spot",
    "invert",
    "all",
    "clear",
    "last_mask",
    "import",
    "never",
    "only",
    "prefer",
    "neutral",
    "clear_rules",
    "restore",
    "fill",
    "refill",
    "engine",
    "option",
    "shape",
    "area",
    "pins",
]


@dataclass(frozen=True)
class Filled:
    """What provenance keeps of a filled region.

    Attributes:
        box: The hole's box.
        field: Where its pixels came from, or None.
        why_no_field: One sentence when `field` is None.
        engine_id: Who filled.
        energy: How badly its patches match, where the engine says so.
    """

    box: Box
    field: CorrespondenceField | None
    why_no_field: str
    engine_id: str = ""
    energy: HeatMap | None = None

    @classmethod
    def of(cls, region: FilledRegion, engine_id: str) -> Filled:
        """Return the record of `region`, filled by the engine."""
        why = engine_info(engine_id).why_no_field
        return cls(region.box, region.field, why, engine_id, region.maps.get("energy"))

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        field = self.field
        held = 0 if field is None else field.offsets.nbytes + field.scores.nbytes + field.hole.nbytes
        return held + (0 if self.energy is None else self.energy.values.nbytes)


@dataclass(frozen=True, eq=False)
class Edit:
    """One step that can be undone.

    Attributes:
        name: What was done.
        mask: Patches of the painted mask.
        rules: Patches of the source rules.
        image: Patches of the picture.
        owner: Patches of provenance's owner map.
        fills: Regions added to provenance, in order.
        settings: Before and after, or None.
    """

    name: EditName
    mask: tuple[Patch, ...] = ()
    rules: tuple[Patch, ...] = ()
    image: tuple[Patch, ...] = ()
    owner: tuple[Patch, ...] = ()
    fills: tuple[Filled, ...] = ()
    settings: tuple[FillSettings, FillSettings] | None = None

    @property
    def is_fill(self) -> bool:
        """True when regions were filled."""
        return bool(self.fills)

    @property
    def changes_picture(self) -> bool:
        """True when pixels of the picture change."""
        return bool(self.image)

    @property
    def box(self) -> Box:
        """The smallest box that holds every change of a plane; empty for settings."""
        box = Box(0, 0, 0, 0)
        for patch in (*self.mask, *self.rules, *self.image):
            box = box.union(patch.box)
        return box

    @cached_property
    def nbytes(self) -> int:
        """Memory held by the arrays, in bytes."""
        patches = sum(patch.nbytes for patch in (*self.mask, *self.rules, *self.image, *self.owner))
        return patches + sum(fill.nbytes for fill in self.fills)

    def merged(self, later: Edit) -> Edit | None:
        """Return one edit for both when they turn the same knob, else None."""
        if self.settings is None or later.settings is None or self.name != later.name:
            return None
        if not (self.box.is_empty and later.box.is_empty):
            return None
        return replace(self, settings=(self.settings[0], later.settings[1]))


def filling(
    task: FillTask,
    result: FillResult,
    planes: tuple[Pixels, Coverage, NDArray[np.int32]],
    known: int,
    settings: FillSettings,
) -> Edit:
    """Return the edit that puts a fill into the document and takes what was filled off the mask.

    Args:
        task: What was filled; its coverage says how much of the fill each pixel takes.
        result: The fill's answer.
        planes: Picture, painted mask and owner map as they are now; strokes drawn meanwhile stay.
        known: Number of regions that provenance already knows.
        settings: The document's now; pins of the task are kept in them.
    """
    image, mask, owner = planes
    pinned = replace(settings, pins=task.settings.pins)
    image_patches, owner_patches = [], []
    for number, region in enumerate(result.regions, known + 1):
        box, hole = region.box, region.mask
        inside = box.shift(-task.box.top, -task.box.left).slices
        blended = _blend(image[box.slices], region.pixels, task.coverage[inside])
        changed = (image[box.slices] ^ blended) * hole[..., None].astype(image.dtype)
        owned = (owner[box.slices] ^ np.int32(number)) * hole.astype(np.int32)
        image_patches.append(Patch.of(box, changed))
        owner_patches.append(Patch.of(box, owned))
    painted = mask[task.box.slices] * (task.painted > 0).astype(np.uint8)
    mask_patches = (Patch.of(task.box, painted),) if painted.any() else ()
    fills = tuple(Filled.of(region, result.engine_id) for region in result.regions)
    name: EditName = "refill" if task.is_refill else "fill"
    change = (settings, pinned) if task.is_refill and pinned != settings else None
    return Edit(name, mask_patches, (), tuple(image_patches), tuple(owner_patches), fills, change)


def _blend(known: NDArray[Any], filled: NDArray[Any], coverage: Coverage) -> NDArray[Any]:
    """Return `known` where coverage is 0, `filled` where it is 255, a mixture between."""
    if np.all((coverage == 0) | (coverage == 255)):  # noqa: PLR2004
        return filled
    share = coverage[..., None].astype(np.uint32)
    mixed = (known * (255 - share) + filled * share + 127) // 255
    return np.where(share == 255, filled, mixed).astype(known.dtype)  # noqa: PLR2004
