"""How does a bundle become a document again?  The photograph first, then all that was done to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from app.document.document import Document
from app.document.edits import Filled
from app.document.entries import BAND, read_array, read_entry, read_png
from app.document.manifest import EnergyPart, FieldPart, FillPart, Manifest
from app.document.outcomes import bytes_of, restore_variants
from app.document.patches import Patch
from app.document.tiles import tiles_under
from inpainting_core.api import Box, CorrespondenceField, HeatMap, Mask, Photo, Point, Size

METADATA = ("icc", "exif", "xmp", "iptc")
MOST_PIXELS = 400_000_000
"""As of any picture that is opened."""
MOST_SIDE = 32_767
MOST_BYTES = 8 << 30
"""Of all fields together; a session with more would not have fitted into memory."""
_METADATA_BYTES = 1 << 26
_UNSAVED = -1


def rebuilt(manifest: Manifest, bundle: ZipFile) -> Document:
    """Return the document.

    Raises:
        ValueError: the bundle contradicts itself or its manifest, or is too large.
        KeyError: something is missing.
    """
    return _Rebuilder(manifest, bundle).document()


class _Rebuilder:
    """One bundle on its way to a document."""

    def __init__(self, manifest: Manifest, bundle: ZipFile) -> None:
        self._manifest = manifest
        self._bundle = bundle
        self._size = Size(*manifest.size)
        self._whole = Box(0, 0, *self._size)
        self._check()

    def document(self) -> Document:
        manifest = self._manifest
        document = Document(self._photo(), _path(manifest.source))
        document.project = _path(manifest.project)
        document.settings, document.has_own_settings = manifest.settings.settings, True
        for number, tile in enumerate(manifest.changed):
            pixels = self.png(f"changed/{number}.png", tile, colour=True)
            document.writable_pixels(tile)[tile.slices] = pixels
            document.show(tile)
        self._put_mask(document)
        self._put_rules(document)
        fills = [self._fill(part, f"fills/{number}") for number, part in enumerate(manifest.fills)]
        document.provenance.add(fills)
        for number, tile in enumerate(manifest.owner):
            owner = self.array(f"owner/{number}.npy", (tile.height, tile.width), np.int32)
            self.check_owner(owner, tile, len(fills))
            document.provenance.owner[tile.slices] = owner
        if manifest.variants is not None:
            restore_variants(document, manifest.variants, self)
        document.mark_saved(_UNSAVED if manifest.is_modified else document.history.picture_version)
        return document

    def _check(self) -> None:
        """Refuse what is too large or out of place, before anything is unpacked."""
        manifest = self._manifest
        if max(self._size) > MOST_SIDE or self._size.h * self._size.w > MOST_PIXELS:
            raise MemoryError("the picture is too large")
        grid = set(tiles_under(self._whole, self._size))
        for tiles in (manifest.changed, manifest.mask, manifest.rules or (), manifest.owner):
            if len(set(tiles)) != len(tiles) or not grid.issuperset(tiles):
                raise ValueError("a tile lies beside its place")
        if any(not self.holds(fill.box) for fill in manifest.fills):
            raise ValueError("a fill lies outside the picture")
        if manifest.last_mask is not None and not self.holds(manifest.last_mask):
            raise ValueError("the last mask lies outside the picture")
        for pin in manifest.settings.pins:
            if pin.radius < 1 or not (self._whole.contains(pin.target) and self._whole.contains(pin.source)):
                raise ValueError("a pin lies outside the picture")
        parts = [part for fill in manifest.fills for part in (fill.field, fill.energy) if part is not None]
        outcomes = 0 if manifest.variants is None else bytes_of(manifest.variants, manifest.depth)
        if sum(part.nbytes for part in parts) + outcomes > MOST_BYTES:
            raise MemoryError("the fields are too large")

    def holds(self, box: Box) -> bool:
        """See `outcomes.Reader`."""
        return not box.is_empty and box.intersect(self._whole) == box

    def png(self, name: str, box: Box, *, colour: bool = False) -> NDArray[Any]:
        """See `outcomes.Reader`."""
        shape = (box.height, box.width, 3) if colour else (box.height, box.width)
        return read_png(self._bundle, name, shape, self._manifest.depth if colour else 8)

    def _bands(self, folder: str, shape: tuple[int, ...]) -> NDArray[Any]:
        """Return a plane of the picture's depth that is kept in bands."""
        depth = self._manifest.depth
        plane = np.empty(shape, np.uint8 if depth == 8 else np.uint16)
        for number, top in enumerate(range(0, shape[0], BAND)):
            band = plane[top : top + BAND]
            band[...] = read_png(self._bundle, f"{folder}/{number}.png", band.shape, depth)
        return plane

    def _photo(self) -> Photo:
        manifest, bundle = self._manifest, self._bundle
        part, names = manifest.photo, bundle.namelist()
        blocks: dict[str, Any] = {
            name: read_entry(bundle, name, _METADATA_BYTES) for name in METADATA if name in names
        }
        return Photo(
            self._bands("photograph", (*self._size, 3)),
            self._bands("alpha", self._size) if part.has_alpha else None,
            dpi=part.dpi,
            is_grey=part.is_grey,
            encoding=None if part.encoding is None else part.encoding.encoding,
            notes=part.notes,
            **blocks,
        )

    def _put_mask(self, document: Document) -> None:
        for number, tile in enumerate(self._manifest.mask):
            document.mask[tile.slices] = self.png(f"mask/{number}.png", tile)
            document.shown_mask.refresh(tile)
        document.count_mask()
        last = self._manifest.last_mask
        if last is not None:
            document.last_mask = Patch.of(last, self.png("last_mask.png", last))

    def _put_rules(self, document: Document) -> None:
        if self._manifest.rules is None:
            return
        rules = document.plane_of_rules()
        for number, tile in enumerate(self._manifest.rules):
            rules[tile.slices] = self.png(f"rules/{number}.png", tile)
            if document.shown_rules is not None:
                document.shown_rules.refresh(tile)

    def _fill(self, part: FillPart, folder: str) -> Filled:
        field = None if part.field is None else self.field(part.field, folder)
        energy = None if part.energy is None else self.energy(part.energy, f"{folder}/energy.npy")
        return Filled(part.box, field, part.why_no_field, part.engine, energy)

    def array(self, name: str, shape: tuple[int, ...], dtype: type[Any]) -> NDArray[Any]:
        """See `outcomes.Reader`."""
        return read_array(self._bundle, name, shape, dtype)

    def mask(self, name: str, shape: tuple[int, ...]) -> Mask:
        """See `outcomes.Reader`."""
        values = self.array(name, shape, np.bool_)
        if values.view(np.uint8).max() > 1:
            raise ValueError("a hole is neither true nor false")
        return values

    def field(self, part: FieldPart, folder: str) -> CorrespondenceField:
        """See `outcomes.Reader`."""
        hole = self.mask(f"{folder}/hole.npy", part.shape[:2])
        offsets = self.array(f"{folder}/offsets.npy", (*part.shape, 2), np.int16)
        scores = self.array(f"{folder}/scores.npy", part.shape, np.float32)
        field = CorrespondenceField(part.origin, part.stride, offsets, scores, hole, part.bounds, part.kind)
        if not (self.holds(field.box) and self.holds(field.bounds)):
            raise ValueError("a field lies outside the picture")
        _check_sources(field)
        return field

    def energy(self, part: EnergyPart, name: str) -> HeatMap:
        """See `outcomes.Reader`."""
        values = read_array(self._bundle, name, part.shape, np.float32)
        if np.any((values < 0) | (values > 1)):
            raise ValueError("an energy lies outside 0 to 1")
        covered = [round(side * step) for side, step in zip(part.shape, part.stride, strict=True)]
        if not self.holds(Box(*part.origin, *covered)):
            raise ValueError("a heat map lies outside the picture")
        return HeatMap(part.origin, part.stride, values, part.caption, part.unit)

    def check_owner(self, owner: NDArray[np.int32], tile: Box, known: int) -> None:
        """See `outcomes.Reader`."""
        if owner.min() < 0 or owner.max() > known:
            raise ValueError("a pixel belongs to no fill")
        boxes = np.array([self._whole, *(fill.box for fill in self._manifest.fills)], np.int32)
        top, left, height, width = boxes[owner].transpose(2, 0, 1)
        y, x = np.ogrid[tile.top : tile.bottom, tile.left : tile.right]
        if np.any((y < top) | (y >= top + height) | (x < left) | (x >= left + width)):
            raise ValueError("a pixel lies outside its fill")


def _check_sources(field: CorrespondenceField) -> None:
    """Raise ValueError unless every source lies where sources may."""
    if not np.all((field.scores >= 0) & (field.scores <= 1)):
        raise ValueError("a source's share is not 0 to 1")
    counted = field.hole[..., None] & (field.scores > 0)
    starts = Point(field.bounds.top, field.bounds.left), Point(field.bounds.bottom, field.bounds.right)
    cells = np.indices(field.hole.shape, np.int32)[..., None]
    for axis in (0, 1):
        near = (cells[axis] + field.offsets[..., axis]) * field.stride_yx[axis] + field.origin[axis]
        inside = (near + field.stride_yx[axis] > starts[0][axis]) & (near < starts[1][axis])
        if np.any(counted & ~inside):
            raise ValueError("a source lies outside the picture")


def _path(text: str | None) -> Path | None:
    return Path(text) if text and "\0" not in text else None
