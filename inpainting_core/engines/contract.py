"""What does every engine promise?

An engine sees one crop and gives back one crop; cutting, padding, converting and pasting happen once,
in `frame`. What it offers is declared in the catalogue, without importing it.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from inpainting_core.errors import InvalidRequest, NothingKnown
from inpainting_core.fields.field import CorrespondenceField, FieldKind, HeatMap
from inpainting_core.imaging.arrays import (
    Mask,
    Pixels,
    Rgb,
    Weights,
    check_mask,
    check_pixels,
    check_weights,
)
from inpainting_core.imaging.geometry import Box, Point
from inpainting_core.progress import Progress
from inpainting_core.sentences import Sentence

OptionValue = int | float | bool | str
_ids = itertools.count(1)
_WIDEST = 32767


@dataclass(frozen=True)
class OptionSpec:
    """One setting of an engine; the form is built from it.

    Attributes:
        key: Name in `FillRequest.options` and on the command line.
        label: Name on the screen.
        kind: "int", "float", "bool" or "choice".
        default: Value when not given.
        low: Smallest number (numbers only).
        high: Largest number (numbers only).
        step: Distance between allowed numbers, counted from `low`; 0 = any.
        choices: Allowed texts (choice only).
        unit: Such as "px"; empty for none.
        help: One sentence on what it changes in the picture.
    """

    key: str
    label: str
    kind: Literal["int", "float", "bool", "choice"]
    default: OptionValue
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    choices: tuple[str, ...] = ()
    unit: str = ""
    help: str = ""

    def check(self, value: OptionValue) -> None:
        """Raise InvalidRequest unless `value` is allowed here."""
        if self.kind == "bool":
            fits = isinstance(value, bool)
        elif self.kind == "choice":
            fits = value in self.choices
        else:
            fits = self._fits_number(value)
        if not fits:
            raise InvalidRequest(
                "{label} cannot be {value!r}.",
                "Give {allowed}.",
                label=Sentence(self.label),
                value=value,
                allowed=self._allowed,
            )

    @property
    def _allowed(self) -> Sentence:
        if self.kind == "bool":
            return Sentence("true or false")
        if self.kind == "choice":
            return Sentence("one of {choices}", choices=", ".join(self.choices))
        if self.step:
            return Sentence(
                "{low:g} to {high:g} in steps of {step:g}", low=self.low, high=self.high, step=self.step
            )
        return Sentence("{low:g} to {high:g}", low=self.low, high=self.high)

    def _fits_number(self, value: OptionValue) -> bool:
        if isinstance(value, (bool, str)) or (self.kind == "int" and not isinstance(value, int)):
            return False
        if not self.low <= value <= self.high:
            return False
        steps = (value - self.low) / self.step if self.step else 0.0
        return abs(steps - round(steps)) < 1e-9


@dataclass(frozen=True)
class CropPolicy:
    """How much of the photograph an engine is shown around the hole.

    Attributes:
        context: Margin in units of the hole's thickness (twice its deepest point's distance to the rim).
        min_margin: Least margin in pixels.
        max_margin: Greatest margin in pixels.
    """

    context: float
    min_margin: int
    max_margin: int


@dataclass(frozen=True)
class Cost:
    """What a fill takes, measured on two cores at 2.5 GHz; a session learns how fast its machine is.

    Attributes:
        seconds_per_hole: For every separate hole.
        seconds_per_pixel: For every pixel of the holes, with default options.
        seconds_per_box_pixel: For every pixel of the holes' boxes.
        seconds_per_window_pixel: For every pixel that is shown.
        bytes_per_pixel: Extra memory, for every pixel of the largest window.
        effort: Options that the time of a hole's pixel depends on, as (key, rest, power): it grows with
            rest + value ** power.
    """

    seconds_per_hole: float
    seconds_per_pixel: float
    seconds_per_box_pixel: float
    seconds_per_window_pixel: float
    bytes_per_pixel: float
    effort: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True)
class Citation:
    """Where an engine was published."""

    title: str
    authors: str
    year: int
    venue: str


@dataclass(frozen=True)
class EngineInfo:
    """An engine as the catalogue lists it.

    Attributes:
        id: Name in requests and on the command line.
        name: Name on the screen.
        summary: One sentence: what it is good at.
        papers: Where it was published.
        options: Its settings.
        crop: How much surroundings it is shown.
        cost: What a fill takes.
        field_kind: How it knows where pixels came from; NONE needs `why_no_field`.
        why_no_field: One sentence, empty when there is a field.
        map_names: Keys of the heat maps it returns.
        honours_sources: True when `source_weights` restrict what it borrows.
        honours_pins: True when `pins` decide what is copied where.
        loader: "module:Class", imported when first used.
        weights: Name of the weights that it needs, as in `inpainting_core.weights.shelf.find`; empty = none.
    """

    id: str
    name: str
    summary: str
    papers: tuple[Citation, ...]
    options: tuple[OptionSpec, ...]
    crop: CropPolicy
    cost: Cost
    field_kind: FieldKind
    why_no_field: str
    map_names: tuple[str, ...]
    honours_sources: bool
    honours_pins: bool
    loader: str
    weights: str = ""

    def complete(self, options: Mapping[str, OptionValue]) -> dict[str, OptionValue]:
        """Return all options with defaults filled in.

        Raises:
            InvalidRequest: an unknown key or a value that is not allowed.
        """
        specs = {spec.key: spec for spec in self.options}
        for key, value in options.items():
            if key not in specs:
                known = ", ".join(specs) or "none"
                raise InvalidRequest(
                    "{engine} has no option {key!r}.",
                    "It has: {known}.",
                    engine=self.name,
                    key=key,
                    known=known,
                )
            specs[key].check(value)
        return {key: options.get(key, spec.default) for key, spec in specs.items()}


@dataclass(frozen=True)
class Pin:
    """A source that the person chose: hole pixels near `target` are copied from as near to `source`.

    Attributes:
        target: (y, x) in the hole.
        source: (y, x) in the picture; where it is not known or not allowed, the pixel stays free.
        radius: Euclidean, in pixels, at least 1.
    """

    target: Point
    source: Point
    radius: int


@dataclass(frozen=True)
class FillRequest:
    """One wish: fill this hole of this picture.

    Attributes:
        image: Pixels; shared, never written to.
        mask: bool (H, W), True = fill.
        engine_id: An id of the catalogue.
        options: Some of the engine's options; the rest keep their defaults.
        seed: Same seed, same bytes; 0 to 2**31 - 1.
        source_weights: Where content may be borrowed from, or None = everywhere outside the hole.
        context_px: Width of the surroundings that the engine is shown, 1 to 32767, or None = by its policy.
        pins: Sources that are settled; later ones win. Those whose target is not masked count nothing.
        threads: Processor threads that may work on it, 0 = all; the result is the same.
        revision: The document's revision the request was made from.
        id: Rises with every request of the process.

    Raises:
        InvalidRequest: arrays of the wrong type or size, nothing masked, seed out of range.
        NothingKnown: everything is masked.
    """

    image: Pixels
    mask: Mask
    engine_id: str = "patchmatch"
    options: Mapping[str, OptionValue] = dataclasses.field(default_factory=dict)
    seed: int = 0
    source_weights: Weights | None = None
    context_px: int | None = None
    pins: tuple[Pin, ...] = ()
    threads: int = 0
    revision: int = 0
    id: int = dataclasses.field(default_factory=lambda: next(_ids))

    def __post_init__(self) -> None:
        check_pixels(self.image)
        check_mask(self.mask, self.image.shape[:2])
        if self.source_weights is not None:
            check_weights(self.source_weights, self.image.shape[:2])
        if not isinstance(self.seed, int) or not 0 <= self.seed < 2**31:
            raise InvalidRequest(
                "The seed is {seed}.", "Give a whole number from 0 to 2147483647.", seed=self.seed
            )
        if self.context_px is not None and not 1 <= self.context_px <= _WIDEST:
            allowed = Sentence("{low:g} to {high:g}", low=1, high=_WIDEST)
            raise InvalidRequest(
                "The surroundings are {width} px wide.",
                "Give {allowed}.",
                width=self.context_px,
                allowed=allowed,
            )
        whole = Box(0, 0, *self.image.shape[:2])
        if not all(pin.radius >= 1 and whole.contains(pin.source) for pin in self.pins):
            raise InvalidRequest("A source lies outside the picture.", "Drag it to a place inside.")
        if not self.mask.any():
            raise InvalidRequest("The mask is empty: there is nothing to fill.", "Paint over what should go.")
        if self.mask.all():
            raise NothingKnown(
                "The mask covers the whole picture: nothing is left to copy from.",
                "Uncover a part of the picture.",
            )


@dataclass(frozen=True)
class Crop:
    """What an engine sees.

    Attributes:
        rgb: (h, w, 3) float32 in [0, 1]; what lies under the hole means nothing.
        hole: (h, w) bool, at least one True and one False.
        weights: (h, w) float32 in [0, 1], 0 = never borrow from here (always 0 in the hole).
        options: Every option of the engine, checked.
        seed: For all randomness.
        pins: In crop coordinates; for engines that honour them.
        threads: Processor threads that may be used, 0 = all.
    """

    rgb: Rgb
    hole: Mask
    weights: Weights
    options: Mapping[str, OptionValue]
    seed: int
    pins: tuple[Pin, ...] = ()
    threads: int = 0


@dataclass(frozen=True)
class CropFill:
    """What an engine answers, in crop coordinates.

    Attributes:
        rgb: (h, w, 3) float32; only the hole's pixels are used.
        field: Where they came from; origin and bounds in the crop. None = see `why_no_field`.
        maps: Heat maps by the names of the catalogue.
        notes: Sentences the user should read.
    """

    rgb: Rgb
    field: CorrespondenceField | None = None
    maps: Mapping[str, HeatMap] = dataclasses.field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Engine(Protocol):
    """One way to fill a crop. Called by one thread at a time."""

    def warm_up(self) -> None:
        """Pay for imports and compilation now rather than in the first fill."""

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Return the filled crop.

        Raises:
            Cancelled: `progress` says so; checked at least every 100 ms.
            NothingKnown: no place has a weight above 0.
        """


@dataclass(frozen=True)
class FilledRegion:
    """One hole, filled. Far-apart holes of one request are separate regions.

    Attributes:
        box: The hole's bounding box in the document.
        mask: (box.height, box.width) bool: the pixels that were filled.
        pixels: (box.height, box.width, 3), the document's depth; outside `mask` the document's own bytes.
        field: In document coordinates, or None.
        maps: In document coordinates.
    """

    box: Box
    mask: Mask
    pixels: Pixels
    field: CorrespondenceField | None
    maps: Mapping[str, HeatMap]


@dataclass(frozen=True)
class FillResult:
    """The answer to a request.

    Attributes:
        request_id: Which one.
        engine_id: Who filled.
        regions: One for each separate hole; their masks are disjoint and together the request's mask.
        seconds: Wall time by stage, with "total".
        notes: Sentences the user should read.
    """

    request_id: int
    engine_id: str
    regions: tuple[FilledRegion, ...]
    seconds: Mapping[str, float]
    notes: tuple[str, ...] = ()

    def paste(self, image: Pixels) -> Pixels:
        """Return a copy of `image` with the regions filled in; every other byte is kept."""
        result = image.copy()
        for region in self.regions:
            result[region.box.slices][region.mask] = region.pixels[region.mask]
        return result
