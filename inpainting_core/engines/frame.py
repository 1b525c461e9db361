"""How does an engine's crop become part of the photograph?

The only pipeline: part the mask, cut the surroundings, convert the crop, fill, paste. Holes that lie
farther apart than their context are problems of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from inpainting_core.engines.contract import (
    Crop,
    CropFill,
    CropPolicy,
    Engine,
    EngineInfo,
    FilledRegion,
    FillRequest,
    OptionValue,
)
from inpainting_core.errors import NothingKnown
from inpainting_core.fields.build import reanchor
from inpainting_core.fields.field import HeatMap
from inpainting_core.imaging.arrays import Mask, Pixels, Rgb, Weights, freeze, to_pixels, to_rgb
from inpainting_core.imaging.geometry import Box, Size
from inpainting_core.masks.shape import groups, thickness, tight_box
from inpainting_core.progress import Preview, Progress


def fill_all(
    engine: Engine, info: EngineInfo, request: FillRequest, progress: Progress
) -> tuple[tuple[FilledRegion, ...], tuple[str, ...]]:
    """Return the filled regions of `request`, hole by hole, and the engine's notes.

    Raises:
        InvalidRequest: the options do not fit the engine.
        NothingKnown: the source weights forbid everything.
        Cancelled: somebody asked to stop.
    """
    options = info.complete(request.options)
    margin = context_margin(info.crop, thickness(request.mask))
    holes = groups(request.mask, margin)
    areas = [int(np.count_nonzero(hole)) for hole in holes]
    regions: list[FilledRegion] = []
    notes: list[str] = []
    done = 0
    for hole, area in zip(holes, areas, strict=True):
        part = progress.sub(done / sum(areas), area / sum(areas))
        frame = _Frame(request, hole, _source_box(request, hole, margin))
        filled = engine.fill_crop(frame.crop(options), _with_document_previews(part, frame))
        regions.append(frame.region(filled))
        notes += [note for note in filled.notes if note not in notes]
        done += area
    return tuple(regions), tuple(notes)


def context_margin(policy: CropPolicy, hole_thickness: int) -> int:
    """Return the pixels of surroundings that a hole of this thickness is shown with."""
    return int(np.clip(policy.context * hole_thickness, policy.min_margin, policy.max_margin))


@dataclass(frozen=True)
class _Frame:
    """One hole of the document with the box of its surroundings."""

    request: FillRequest
    hole: Mask
    box: Box

    def crop(self, options: Mapping[str, OptionValue]) -> Crop:
        """Return what the engine sees: float pixels, this hole, and where it may borrow."""
        window = self.box.slices
        return Crop(
            rgb=to_rgb(self.request.image[window]),
            hole=self.hole[window],
            weights=_allowed(self.request, self.box),
            options=MappingProxyType(dict(options)),
            seed=self.request.seed,
        )

    def composite(self, rgb: Rgb, box: Box) -> Pixels:
        """Return the document's pixels of `box` (in the crop) with the hole taken from `rgb`."""
        inside = box.shift(self.box.top, self.box.left)
        hole = self.hole[inside.slices]
        pixels = self.request.image[inside.slices].copy()
        pixels[hole] = to_pixels(rgb[box.slices][hole], pixels.dtype)
        return pixels

    def region(self, filled: CropFill) -> FilledRegion:
        """Return the engine's answer in document coordinates."""
        box = tight_box(self.hole)
        inside = box.shift(-self.box.top, -self.box.left)
        field = None
        if filled.field is not None:
            field = reanchor(filled.field, self.box.top, self.box.left)
        return FilledRegion(
            box=box,
            mask=freeze(self.hole[box.slices].copy()),
            pixels=freeze(self.composite(filled.rgb, inside)),
            field=field,
            maps=MappingProxyType({name: self._moved(heat) for name, heat in filled.maps.items()}),
        )

    def _moved(self, heat: HeatMap) -> HeatMap:
        origin = heat.origin
        return replace(heat, origin=origin._replace(y=origin.y + self.box.top, x=origin.x + self.box.left))


def context_margin(policy: CropPolicy, hole_thickness: int) -> int:
    """Return the pixels of surroundings that a hole of this thickness is shown with."""
    return int(np.clip(policy.context * hole_thickness, policy.min_margin, policy.max_margin))


def _source_box(request: FillRequest, hole: Mask, margin: int) -> Box:
    """Return the hole's box grown by `margin`, and further until it holds something to borrow."""
    size = Size(*hole.shape)
    core = tight_box(hole)
    while True:
        box = core.pad(margin).clamp(size)
        if _allowed(request, box).any():
            return box
        if box == Box(0, 0, size.h, size.w):
            raise NothingKnown(
                "No pixel is allowed as a source for this hole.", "Allow borrowing from some part of the picture."
            )
        margin *= 2


def _allowed(request: FillRequest, box: Box) -> Weights:
    """Return the source weights inside `box`; every hole of the request is 0."""
    weights = (~request.mask[box.slices]).astype(np.float32)
    if request.source_weights is not None:
        weights *= request.source_weights[box.slices]
    return weights


def _with_document_previews(progress: Progress, frame: _Frame) -> Progress:
    """Return a progress whose engine-side previews (whole crops) arrive as document previews."""
    box = tight_box(frame.hole)
    inside = box.shift(-frame.box.top, -frame.box.left)
    return progress.framed(lambda rgb: Preview(box, frame.composite(rgb, inside)))
