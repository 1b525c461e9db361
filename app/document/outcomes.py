"""How do the outcomes of the newest fill lie in a bundle, and how does that fill become a step again?

variants/coverage.png       what was filled: of the box in the manifest, 0 to 255
variants/painted.png        the same part of the mask as it was painted
variants/mask.png           what undoing flips in the painted mask, where it does
variants/N/M/pixels.png     of the N-th outcome's M-th region, its pixels,
variants/N/M/filled.npy     (h, w) bool, which of them were filled,
variants/N/M/hole.npy ...   its field and its map, as of a fill
variants/flips/M.png        what undoing flips in the picture, in the M-th region of the shown one,
variants/flips/M.npy        and in the owner map, int32
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from app.document.document import Document
from app.document.edits import Edit
from app.document.entries import add_array, add_sources, png_bytes
from app.document.manifest import EnergyPart, FieldPart, RegionPart, VariantPart, VariantsPart, plain_box
from app.document.patches import Patch
from app.document.task import FillTask
from app.document.variants import Variant, Variants
from inpainting_core.api import (
    ENGINES,
    Box,
    CorrespondenceField,
    Coverage,
    FilledRegion,
    FillResult,
    HeatMap,
    Mask,
)


class Reader(Protocol):
    """Reads entries as what they must be; ValueError and KeyError otherwise."""

    def holds(self, box: Box) -> bool:
        """Say whether a box lies within the picture and is not empty."""

    def png(self, name: str, box: Box, *, colour: bool = False) -> NDArray[Any]:
        """Return a plane as large as `box`."""

    def array(self, name: str, shape: tuple[int, ...], dtype: type[Any]) -> NDArray[Any]:
        """Return an array."""

    def mask(self, name: str, shape: tuple[int, ...]) -> Mask:
        """Return an array of truths."""

    def field(self, part: FieldPart, folder: str) -> CorrespondenceField:
        """Return a field."""

    def energy(self, part: EnergyPart, name: str) -> HeatMap:
        """Return a map."""

    def check_owner(self, owner: NDArray[np.int32], tile: Box, known: int) -> None:
        """Raise ValueError unless every pixel belongs to one of the first `known` fills, or to none."""


def described(variants: Variants) -> VariantsPart:
    """Return what the manifest says of them."""
    first = variants.items[0].task
    return VariantsPart(
        box=plain_box(first.box),
        shown=variants.shown,
        is_refill=first.is_refill,
        has_mask=bool(variants.edit.mask),
        items=tuple(
            VariantPart(
                engine=variant.result.engine_id,
                seed=variant.task.settings.seed,
                seconds=float(variant.result.seconds["total"]),
                regions=tuple(map(_describe_region, variant.result.regions)),
            )
            for variant in variants.items
        ),
    )


def add_variants(bundle: ZipFile, variants: Variants) -> None:
    """Write their entries."""
    task, edit = variants.items[0].task, variants.edit
    bundle.writestr("variants/coverage.png", png_bytes(task.coverage))
    bundle.writestr("variants/painted.png", png_bytes(task.painted))
    for patch in edit.mask:
        bundle.writestr("variants/mask.png", png_bytes(patch.flips))
    for place, (image, owner) in enumerate(zip(edit.image, edit.owner, strict=True)):
        bundle.writestr(f"variants/flips/{place}.png", png_bytes(image.flips))
        add_array(bundle, f"variants/flips/{place}.npy", owner.flips)
    for number, variant in enumerate(variants.items):
        for place, region in enumerate(variant.result.regions):
            folder = f"variants/{number}/{place}"
            bundle.writestr(f"{folder}/pixels.png", png_bytes(region.pixels))
            add_array(bundle, f"{folder}/filled.npy", region.mask)
            add_sources(bundle, folder, region.field, region.maps.get("energy"))


def bytes_of(part: VariantsPart, depth: int) -> int:
    """Return what they take in memory."""
    regions = [region for item in part.items for region in item.regions]
    kept = sum(each.nbytes for region in regions for each in (region.field, region.energy) if each)
    return kept + sum(region.box.height * region.box.width * (3 * depth // 8 + 1) for region in regions)


def restore_variants(document: Document, part: VariantsPart, reader: Reader) -> None:
    """Give a document, whose picture and fills are there, its newest step and that step's outcomes again.

    Outcomes of an engine that this version does not know are left out.

    Raises:
        ValueError: they contradict the document or themselves.
        KeyError: something is missing.
    """
    known = {info.id for info in ENGINES}
    if any(item.engine not in known for item in part.items):
        return
    if part.shown >= len(part.items):
        raise ValueError("no such variant")
    if not reader.holds(part.box):
        raise ValueError("the variants lie outside the picture")
    coverage = reader.png("variants/coverage.png", part.box)
    task = FillTask(
        np.broadcast_to(np.zeros((), document.image.dtype), document.image.shape),
        part.box,
        coverage,
        reader.png("variants/painted.png", part.box),
        None if document.rules is None else document.rules.copy(),
        document.settings,
        document.id,
        document.revision,
        is_refill=part.is_refill,
    )
    items = tuple(
        Variant(
            replace(task, settings=replace(task.settings, seed=item.seed), id=FillTask.next_id()),
            FillResult(
                0,
                item.engine,
                tuple(
                    _region(each, f"variants/{number}/{place}", task, reader)
                    for place, each in enumerate(item.regions)
                ),
                {"total": item.seconds},
            ),
        )
        for number, item in enumerate(part.items)
    )
    edit = _step(document, part, items[part.shown].result.regions, reader)
    document.history.push(edit)
    document.variants = Variants(edit, items, part.shown)


def _describe_region(region: FilledRegion) -> RegionPart:
    energy = region.maps.get("energy")
    return RegionPart(
        box=plain_box(region.box),
        field=None if region.field is None else FieldPart.of(region.field),
        energy=None if energy is None else EnergyPart.of(energy),
    )


def _region(part: RegionPart, folder: str, task: FillTask, reader: Reader) -> FilledRegion:
    box = part.box
    if box.is_empty or box.intersect(task.box) != box:
        raise ValueError("a variant's region lies outside what was filled")
    filled = reader.mask(f"{folder}/filled.npy", (box.height, box.width))
    covered: Coverage = task.coverage[box.shift(-task.box.top, -task.box.left).slices]
    if np.any(filled & (covered == 0)):
        raise ValueError("a variant fills what was not masked")
    energy = None if part.energy is None else reader.energy(part.energy, f"{folder}/energy.npy")
    return FilledRegion(
        box,
        filled,
        reader.png(f"{folder}/pixels.png", box, colour=True),
        None if part.field is None else reader.field(part.field, folder),
        {} if energy is None else {"energy": energy},
    )


def _step(document: Document, part: VariantsPart, regions: tuple[FilledRegion, ...], reader: Reader) -> Edit:
    """Return the step that filled, as it was made."""
    fills = tuple(document.provenance.fills)
    known = len(fills) - len(regions)
    if known < 0 or [fill.box for fill in fills[known:]] != [region.box for region in regions]:
        raise ValueError("the shown variant is not the newest fill")
    image, owner = [], []
    for place, region in enumerate(regions):
        box, filled = region.box, region.mask
        now = document.provenance.owner[box.slices]
        flips = reader.array(f"variants/flips/{place}.npy", filled.shape, np.int32)
        if np.any(now[filled] != known + place + 1) or np.any(flips[~filled]):
            raise ValueError("the shown variant is not in the picture")
        reader.check_owner(np.where(filled, now ^ flips, 0), box, known)
        changed = reader.png(f"variants/flips/{place}.png", box, colour=True)
        image.append(Patch.of(box, changed * filled[..., None].astype(changed.dtype)))
        owner.append(Patch.of(box, flips))
    mask = (Patch.of(part.box, reader.png("variants/mask.png", part.box)),) if part.has_mask else ()
    return Edit("refill" if part.is_refill else "fill", mask, (), tuple(image), tuple(owner), fills[known:])
