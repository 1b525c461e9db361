"""What does a bundle say of itself?  The schema of its `manifest.json`, version 1.

Every class here is a JSON object, every attribute a key; what is unknown is ignored, what is missing or
of another type is refused. Boxes are [top, left, height, width], points [y, x], sizes [height, width].
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from app.document.settings import FillSettings, SourceArea
from app.document.variants import MOST_VARIANTS
from inpainting_core.api import (
    ENGINES,
    Box,
    CorrespondenceField,
    Encoding,
    FieldKind,
    HeatMap,
    InvalidRequest,
    MaskShape,
    OptionValue,
    Pin,
    Point,
)

VERSION = 1
Side = Annotated[int, Field(ge=1)]
Stride = Annotated[FiniteFloat, Field(gt=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Heading(_Part):
    """What every version has."""

    format: Literal["lacuna"]
    version: Side


class EncodingPart(_Part):
    """How the photograph's file was written."""

    format: Literal["JPEG", "PNG", "WebP", "TIFF", "BMP", "AVIF", "GIF", "JPEG 2000"]
    qtables: tuple[tuple[Annotated[int, Field(ge=1, le=255)], ...], ...] | None = None
    subsampling: Annotated[int, Field(ge=0, le=2)] | None = None
    progressive: bool | None = None
    lossless: bool | None = None
    compression: Literal[1, 8] | None = None

    @classmethod
    def of(cls, encoding: Encoding) -> EncodingPart:
        """Return the part for an encoding."""
        return cls(format=encoding.format, **encoding.options)  # type: ignore[arg-type]

    @property
    def encoding(self) -> Encoding:
        """The encoding.

        Raises:
            ValueError: a table has not 64 numbers.
        """
        options: dict[str, Any] = self.model_dump(exclude={"format"}, exclude_none=True)
        if any(len(table) != 64 for table in self.qtables or ()):
            raise ValueError("a quantisation table is incomplete")
        return Encoding(self.format, MappingProxyType(options))


class PhotoPart(_Part):
    """The photograph beside its pixels; profile, EXIF, XMP and IPTC are entries of the bundle."""

    has_alpha: bool
    is_grey: bool
    dpi: tuple[Stride, Stride] | None
    encoding: EncodingPart | None
    notes: tuple[str, ...]


class SettingsPart(_Part):
    """What the next fill is made with."""

    engine: str
    options: dict[str, dict[str, int | float | bool | str]]
    seed: Annotated[int, Field(ge=0, lt=2**31)]
    mask_shape: MaskShape
    area: SourceArea
    pins: tuple[Pin, ...]

    @classmethod
    def of(cls, settings: FillSettings) -> SettingsPart:
        """Return the part for settings."""
        return cls(
            engine=settings.engine_id,
            options={engine_id: dict(own) for engine_id, own in settings.options.items()},
            seed=settings.seed,
            mask_shape=settings.mask_shape,
            area=settings.area,
            pins=settings.pins,
        )

    @property
    def settings(self) -> FillSettings:
        """The settings; an engine or option that this version does not know gives way to the default."""
        known = {info.id for info in ENGINES}
        return FillSettings(
            self.engine if self.engine in known else ENGINES[0].id,
            MappingProxyType({info.id: _options(self.options.get(info.id, {}), info.id) for info in ENGINES}),
            self.seed,
            self.mask_shape,
            self.area,
            self.pins,
        )


def _options(given: Mapping[str, OptionValue], engine_id: str) -> dict[str, OptionValue]:
    info = next(info for info in ENGINES if info.id == engine_id)
    try:
        return info.complete(given)
    except InvalidRequest:
        return info.complete({})


class FieldPart(_Part):
    """Where a region's pixels came from; its arrays are entries of the bundle."""

    origin: Point
    stride: tuple[Stride, Stride]
    bounds: Box
    kind: FieldKind
    shape: tuple[Side, Side, Side]

    @classmethod
    def of(cls, field: CorrespondenceField) -> FieldPart:
        """Return the part for a field."""
        return cls(
            origin=Point(*map(int, field.origin)),
            stride=field.stride_yx,
            bounds=plain_box(field.bounds),
            kind=field.kind,
            shape=field.scores.shape,
        )

    @property
    def nbytes(self) -> int:
        """Memory that the field takes."""
        h, w, k = self.shape
        return h * w * (8 * k + 1)


class EnergyPart(_Part):
    """How badly a region's patches match; its values are an entry of the bundle."""

    origin: Point
    stride: tuple[Stride, Stride]
    shape: tuple[Side, Side]
    caption: str
    unit: str

    @classmethod
    def of(cls, energy: HeatMap) -> EnergyPart:
        """Return the part for a map."""
        return cls(
            origin=Point(*map(int, energy.origin)),
            stride=energy.stride_yx,
            shape=energy.values.shape,
            caption=str(energy.caption),
            unit=str(energy.unit),
        )

    @property
    def nbytes(self) -> int:
        """Memory that the map takes."""
        return 4 * self.shape[0] * self.shape[1]


class FillPart(_Part):
    """A filled region."""

    box: Box
    engine: str
    why_no_field: str
    field: FieldPart | None
    energy: EnergyPart | None


class RegionPart(_Part):
    """A region of a variant; its pixels and its hole are entries of the bundle, as its field and map."""

    box: Box
    field: FieldPart | None
    energy: EnergyPart | None


class VariantPart(_Part):
    """An outcome of the newest fill."""

    engine: str
    seed: Annotated[int, Field(ge=0, lt=2**31)]
    seconds: FiniteFloat
    regions: Annotated[tuple[RegionPart, ...], Field(min_length=1)]


class VariantsPart(_Part):
    """The outcomes of the newest fill, and what undoing it takes."""

    box: Box
    shown: Annotated[int, Field(ge=0)]
    is_refill: bool
    has_mask: bool
    items: Annotated[tuple[VariantPart, ...], Field(min_length=1, max_length=MOST_VARIANTS)]


class Manifest(Heading):
    """The whole.

    Attributes:
        written: When, in seconds since 1970.
        size: Height and width of the picture.
        depth: Bits per channel.
        source: Path of the file that was opened, or null.
        saved_as: Path of the picture saved last, or null; no name to save to unasked, whoever wrote it.
        project: Path of the project file, or null.
        is_modified: True when the picture had changes that were in no file.
        photo: The photograph beside its pixels.
        settings: What the next fill is made with.
        changed: Tiles of the picture that differ, or once differed, from the photograph.
        mask: Tiles of the painted mask that are not empty.
        rules: Tiles of the source rules that are not neutral, or null while there are none.
        owner: Tiles of the owner map that are not 0.
        last_mask: Box of the mask cleared or filled last, or null.
        fills: The filled regions, oldest first.
        variants: The outcomes of the newest fill, or null.
    """

    format: Literal["lacuna"] = "lacuna"
    version: Side = VERSION
    written: FiniteFloat
    size: tuple[Side, Side]
    depth: Literal[8, 16]
    source: str | None
    saved_as: str | None
    project: str | None
    is_modified: bool
    photo: PhotoPart
    settings: SettingsPart
    changed: tuple[Box, ...]
    mask: tuple[Box, ...]
    rules: tuple[Box, ...] | None
    owner: tuple[Box, ...]
    last_mask: Box | None
    fills: tuple[FillPart, ...]
    variants: VariantsPart | None = None


def plain_box(box: Box) -> Box:
    """Return the box in plain whole numbers, which JSON can hold."""
    return Box(*map(int, box))
