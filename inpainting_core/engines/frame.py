"""How does an engine's crop become part of the photograph?

The only pipeline: part the mask, cut the surroundings, convert the crop, fill, paste. Holes that lie
farther apart than their context are problems of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
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
    Pin,
)
from inpainting_core.errors import InvalidRequest, NothingKnown
from inpainting_core.fields.build import reanchor
from inpainting_core.fields.field import HeatMap
from inpainting_core.imaging.arrays import Pixels, Rgb, Weights, freeze, to_pixels, to_rgb
from inpainting_core.imaging.geometry import Box, Point, Size
from inpainting_core.masks.shape import reach_around, separate
from inpainting_core.progress import Preview, Progress

_PIN_ROOM = 16
"""Surroundings of a pinned source that the engine sees, too."""


def fill_all(
    engine: Engine, info: EngineInfo, request: FillRequest, progress: Progress
) -> tuple[tuple[FilledRegion, ...], tuple[str, ...]]:
    """Return the filled regions of `request`, hole by hole, and the engine's notes.

    Raises:
        InvalidRequest: the options do not fit the engine.
        InvalidRequest: the engine cannot do what is asked of its sources.
        NothingKnown: the source weights forbid everything.
        Cancelled: somebody asked to stop.
    """
    options = info.complete(request.options)
    _check_honoured(info, request)
    boxes = hole_boxes(info, request, progress.check)
    areas = [int(np.count_nonzero(request.mask[box.slices])) for box in boxes]
    regions: list[FilledRegion] = []
    notes: list[str] = []
    done = 0
    for box, area in zip(boxes, areas, strict=True):
        part = progress.sub(done / sum(areas), area / sum(areas))
        frame = _Frame(request, box, window_of(info, request, box))
        filled = engine.fill_crop(frame.crop(options), part.framed(frame.preview))
        regions.append(frame.region(filled))
        notes += [note for note in filled.notes if note not in notes]
        done += area
    progress.report(1.0, "Filled")
    return tuple(regions), tuple(notes)


def hole_boxes(info: EngineInfo, request: FillRequest, check: Callable[[], None] = lambda: None) -> list[Box]:
    """Return the boxes of the holes that are problems of their own; `check` may raise to stop."""
    return separate(request.mask, _reach(info, request), check)


def window_of(info: EngineInfo, request: FillRequest, box: Box) -> Box:
    """Return what the engine is shown of the hole in `box`: surroundings that hold something to borrow.

    Raises:
        NothingKnown: the source weights forbid everything.
    """
    size = Size(*request.mask.shape)
    asked = box
    for pin in _pins_in(request, box):
        asked = asked.union(Box(pin.source.y, pin.source.x, 1, 1).pad(pin.radius + _PIN_ROOM))
    margin = reach_around(request.mask, box, _reach(info, request))
    while True:
        window = box.pad(margin).union(asked).clamp(size)
        if _may_borrow(request, window):
            return window
        if window == Box(0, 0, size.h, size.w):
            raise NothingKnown(
                "No pixel is allowed as a source for this hole.",
                "Allow borrowing from some part of the picture.",
            )
        margin = max(1, 2 * margin)


def _reach(info: EngineInfo, request: FillRequest) -> Callable[[int], int]:
    """Return what gives the width of the surroundings for a hole's thickness."""
    if request.context_px is not None:
        return partial(_given_margin, request.context_px)
    return partial(context_margin, info.crop)


def context_margin(policy: CropPolicy, hole_thickness: int) -> int:
    """Return the pixels of surroundings that a hole of this thickness is shown with."""
    return int(np.clip(policy.context * hole_thickness, policy.min_margin, policy.max_margin))


def _given_margin(context_px: int, _hole_thickness: int) -> int:
    return context_px


def _check_honoured(info: EngineInfo, request: FillRequest) -> None:
    """Refuse wishes about sources that the engine would silently ignore."""
    if request.source_weights is not None and not info.honours_sources:
        raise InvalidRequest(
            "{engine} borrows nothing, so it cannot be told where from.",
            "Clear the source rules, or fill with PatchMatch.",
            engine=info.name,
        )
    if request.pins and not info.honours_pins:
        raise InvalidRequest(
            "{engine} cannot be given a source for a pixel.",
            "Let the sources go, or fill with PatchMatch.",
            engine=info.name,
        )


@dataclass(frozen=True)
class _Frame:
    """One hole of the document with its surroundings.

    Attributes:
        request: What was asked for.
        box: The hole's box.
        window: The crop: `box` and its surroundings.
    """

    request: FillRequest
    box: Box
    window: Box

    def crop(self, options: Mapping[str, OptionValue]) -> Crop:
        """Return what the engine sees: float pixels, what is missing, and where it may borrow."""
        return Crop(
            rgb=to_rgb(self.request.image[self.window.slices]),
            hole=self.request.mask[self.window.slices],
            weights=_allowed(self.request, self.window),
            options=MappingProxyType(dict(options)),
            seed=self.request.seed,
            threads=self.request.threads,
            pins=tuple(_shifted(pin, self.window) for pin in _pins_in(self.request, self.box)),
        )

    def preview(self, rgb: Rgb) -> Preview:
        """Return what the document would look like with the crop `rgb` in place."""
        return Preview(self.box, self._composite(rgb))

    def region(self, filled: CropFill) -> FilledRegion:
        """Return the engine's answer in document coordinates."""
        field = None
        if filled.field is not None:
            field = reanchor(filled.field, self.window.top, self.window.left)
        return FilledRegion(
            box=self.box,
            mask=freeze(self.request.mask[self.box.slices].copy()),
            pixels=freeze(self._composite(filled.rgb)),
            field=field,
            maps=MappingProxyType({name: self._moved(heat) for name, heat in filled.maps.items()}),
        )

    def _composite(self, rgb: Rgb) -> Pixels:
        """Return the document's pixels of the hole's box with the hole taken from the crop `rgb`."""
        hole = self.request.mask[self.box.slices]
        pixels = self.request.image[self.box.slices].copy()
        inside = self.box.shift(-self.window.top, -self.window.left)
        pixels[hole] = to_pixels(rgb[inside.slices][hole], pixels.dtype)
        return pixels

    def _moved(self, heat: HeatMap) -> HeatMap:
        origin = heat.origin
        return replace(heat, origin=Point(origin.y + self.window.top, origin.x + self.window.left))


def _pins_in(request: FillRequest, core: Box) -> tuple[Pin, ...]:
    """Return the pins that hold a pixel of the hole in `core`."""
    return tuple(pin for pin in request.pins if core.contains(pin.target) and request.mask[pin.target])


def _shifted(pin: Pin, window: Box) -> Pin:
    target, source = pin.target, pin.source
    return Pin(
        Point(target.y - window.top, target.x - window.left),
        Point(source.y - window.top, source.x - window.left),
        pin.radius,
    )


def _may_borrow(request: FillRequest, window: Box) -> bool:
    """Return whether `_allowed` is above 0 anywhere."""
    hole = request.mask[window.slices]
    if request.source_weights is None:
        return not hole.all()
    return bool((request.source_weights[window.slices][~hole] > 0).any())


def _allowed(request: FillRequest, window: Box) -> Weights:
    """Return the source weights inside `window`; every hole of the request is 0."""
    weights = (~request.mask[window.slices]).astype(np.float32)
    if request.source_weights is not None:
        weights *= request.source_weights[window.slices]
    return weights
