"""How is a document kept in a file?  As a zip of lossless PNGs, plain arrays and a manifest.

A bundle holds all of a document but its undo history and the view:

    manifest.json         what is there and where it belongs: `manifest.Manifest`
    thumbnail.png         the picture as it is now, small
    photograph/N.png      rows 128 N to 128 N + 127 of the picture as it was opened, 8 or 16 bits per channel,
                          without alpha
    alpha/N.png           the same rows of its alpha, where it has one
    icc, exif, xmp, iptc  what its file held beside the pixels, where it did
    changed/N.png         the N-th changed tile as it is now
    mask/N.png            the N-th tile of the painted mask
    rules/N.png           the N-th tile of the source rules
    last_mask.png         the mask that "restore the last mask" brings back
    owner/N.npy           the N-th tile of the owner map, int32: 0 or the number of a fill, from 1
    fills/N/hole.npy      of the N-th fill's field, (h, w) bool,
    fills/N/offsets.npy   (h, w, k, 2) int16 and
    fills/N/scores.npy    (h, w, k) float32
    fills/N/energy.npy    (h, w) float32
    variants/...          the outcomes of the newest fill: `outcomes`

N counts from 0. Nothing in a bundle is believed: sizes are checked before anything is unpacked, no
entry is ever written to disk under its own name, and no array can hold code.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import cv2
import numpy as np
from numpy.typing import NDArray

from app.document.document import Document
from app.document.entries import BAND, add_array, add_sources, png_bytes, read_png
from app.document.manifest import (
    VERSION,
    EncodingPart,
    EnergyPart,
    FieldPart,
    FillPart,
    Heading,
    Manifest,
    PhotoPart,
    SettingsPart,
    plain_box,
)
from app.document.outcomes import add_variants, described
from app.document.rebuilding import METADATA, rebuilt
from app.document.snapshot import Snapshot
from inpainting_core.api import ImageReadError, replacing

_THUMBNAIL_SIDE = 320
_MANIFEST_BYTES = 1 << 24
_PHOTOGRAPH = ("photograph/", "alpha/")
_HINT = "Use another copy of it."
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Glimpse:
    """What can be told of a bundle without reading it all.

    Attributes:
        name: Of the picture's file; empty when it was in none.
        written: When, in seconds since 1970.
        thumbnail: A small PNG.
    """

    name: str
    written: float
    thumbnail: bytes


class BundleWriter:
    """Writes bundles to one place; of the same document only what is new is encoded anew.

    Args:
        path: Where to; a bundle of this name is replaced, never left half written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._document_id: int | None = None

    def write(self, snapshot: Snapshot) -> None:
        """Write the bundle.

        Raises:
            ImageWriteError: it could not be written; one of this name is as it was.
        """
        is_known, self._document_id = self._document_id == snapshot.document_id, None
        with replacing(self.path) as file, ZipFile(file, "w") as bundle:
            if not (is_known and self._copy_photograph(bundle)):
                _add_bands(bundle, "photograph", snapshot.photograph)
                if snapshot.photo.alpha is not None:
                    _add_bands(bundle, "alpha", snapshot.photo.alpha)
            _add_rest(bundle, snapshot)
        self._document_id = snapshot.document_id

    def _copy_photograph(self, bundle: ZipFile) -> bool:
        """Copy the photograph from the bundle that is to be replaced; return False when that is not there."""
        try:
            with ZipFile(self.path) as old:
                bands = {name: old.read(name) for name in old.namelist() if name.startswith(_PHOTOGRAPH)}
        except (FileNotFoundError, BadZipFile):
            return False
        for name, data in bands.items():
            bundle.writestr(name, data)
        return bool(bands)


def write_bundle(path: Path, snapshot: Snapshot) -> None:
    """Write a bundle; a file of this name is replaced.

    Raises:
        ImageWriteError: it could not be written; a file of this name is as it was.
    """
    BundleWriter(path).write(snapshot)


def read_bundle(path: Path) -> Document:
    """Return the document in a bundle, with an empty history.

    Raises:
        ImageReadError: it cannot be opened, is no bundle, is damaged, too large, or of a newer version.
    """
    return _guarded(path, lambda bundle: rebuilt(_manifest(bundle, path), bundle))


def peek(path: Path) -> Glimpse:
    """Return what a bundle shows from outside; takes milliseconds.

    Raises:
        ImageReadError: as of `read_bundle`, as far as that can be seen.
    """

    def look(bundle: ZipFile) -> Glimpse:
        manifest = _manifest(bundle, path)
        known = manifest.saved_as or manifest.project or manifest.source
        name = Path(known).name if known else ""
        thumbnail = read_png(bundle, "thumbnail.png", (*_thumbnail_size(manifest.size), 3), 8)
        return Glimpse(name, manifest.written, png_bytes(thumbnail))

    return _guarded(path, look)


def _guarded(path: Path, read: Callable[[ZipFile], _Read]) -> _Read:
    try:
        with ZipFile(path) as bundle:
            _check_names(bundle.namelist())
            return read(bundle)
    except ImageReadError:
        raise
    except (FileNotFoundError, IsADirectoryError) as error:
        raise ImageReadError(
            "{name} does not exist.", "Give the path of a project.", name=path.name
        ) from error
    except PermissionError as error:
        raise ImageReadError("{name} may not be read.", "Change its permissions.", name=path.name) from error
    except BadZipFile as error:
        raise ImageReadError(
            "{name} is not a whole Lacuna project.", "Use another copy of it.", name=path.name
        ) from error
    except (MemoryError, OverflowError) as error:
        raise ImageReadError(
            "{name} is too large.", "Open it on a machine with more memory.", name=path.name
        ) from error
    except Exception as error:  # whatever is wrong with it, the bundle is at fault
        raise ImageReadError("{name} is a damaged project.", _HINT, name=path.name) from error


def _check_names(names: Iterable[str]) -> None:
    for name in names:
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
            raise ValueError(f"an entry leads outside: {name!r}")


def _manifest(bundle: ZipFile, path: Path) -> Manifest:
    with bundle.open("manifest.json") as file:
        data = file.read(_MANIFEST_BYTES + 1)
    if len(data) > _MANIFEST_BYTES:
        raise ValueError("the manifest is too large")
    if Heading.model_validate_json(data, strict=True).version > VERSION:
        raise ImageReadError(
            "{name} was made by a newer Lacuna.", "Open it with the newest version.", name=path.name
        )
    return Manifest.model_validate_json(data, strict=True)


def _add_rest(bundle: ZipFile, snapshot: Snapshot) -> None:
    photo = snapshot.photo
    manifest = _describe(snapshot).model_dump_json(indent=1)
    bundle.writestr("manifest.json", manifest, ZIP_DEFLATED)
    bundle.writestr("thumbnail.png", png_bytes(_thumbnail(photo.pixels)))
    for name in METADATA:
        block: bytes | None = getattr(photo, name)
        if block is not None:
            bundle.writestr(name, block, ZIP_DEFLATED)
    _add_tiles(bundle, "changed", (photo.pixels[tile.slices] for tile in snapshot.original))
    _add_tiles(bundle, "mask", snapshot.mask.values())
    _add_tiles(bundle, "rules", (snapshot.rules or {}).values())
    if snapshot.last_mask is not None:
        bundle.writestr("last_mask.png", png_bytes(snapshot.last_mask.flips))
    for number, tile in enumerate(snapshot.owner.values()):
        add_array(bundle, f"owner/{number}.npy", tile)
    for number, fill in enumerate(snapshot.fills):
        add_sources(bundle, f"fills/{number}", fill.field, fill.energy)
    if snapshot.variants is not None:
        add_variants(bundle, snapshot.variants)


def _add_bands(bundle: ZipFile, folder: str, plane: NDArray[Any]) -> None:
    _add_tiles(bundle, folder, (plane[top : top + BAND] for top in range(0, len(plane), BAND)))


def _add_tiles(bundle: ZipFile, folder: str, tiles: Iterable[NDArray[Any]]) -> None:
    for number, tile in enumerate(tiles):
        bundle.writestr(f"{folder}/{number}.png", png_bytes(tile))


def _describe(snapshot: Snapshot) -> Manifest:
    photo, last_mask = snapshot.photo, snapshot.last_mask
    return Manifest(
        written=time.time(),
        size=(snapshot.size.h, snapshot.size.w),
        depth=8 if photo.depth == 8 else 16,
        source=_text(snapshot.path),
        saved_as=_text(snapshot.saved_as),
        project=_text(snapshot.project),
        is_modified=snapshot.is_modified,
        photo=PhotoPart(
            has_alpha=photo.alpha is not None,
            is_grey=photo.is_grey,
            dpi=photo.dpi,
            encoding=None if photo.encoding is None else EncodingPart.of(photo.encoding),
            notes=tuple(str(note) for note in photo.notes),
        ),
        settings=SettingsPart.of(snapshot.settings),
        changed=tuple(snapshot.original),
        mask=tuple(snapshot.mask),
        rules=None if snapshot.rules is None else tuple(snapshot.rules),
        owner=tuple(snapshot.owner),
        last_mask=None if last_mask is None else plain_box(last_mask.box),
        fills=tuple(_describe_fill(snapshot, number) for number in range(len(snapshot.fills))),
        variants=None if snapshot.variants is None else described(snapshot.variants),
    )


def _describe_fill(snapshot: Snapshot, number: int) -> FillPart:
    fill = snapshot.fills[number]
    field, energy = fill.field, fill.energy
    return FillPart(
        box=plain_box(fill.box),
        engine=fill.engine_id,
        why_no_field=str(fill.why_no_field),
        field=None if field is None else FieldPart.of(field),
        energy=None if energy is None else EnergyPart.of(energy),
    )


def _text(path: Path | None) -> str | None:
    """Return the path as JSON can hold it; a name that is no Unicode is left out."""
    try:
        return None if path is None else str(path).encode().decode()
    except UnicodeEncodeError:
        return None


def _thumbnail(pixels: NDArray[Any]) -> NDArray[Any]:
    """Return the picture at 8 bits, its longer side at most `_THUMBNAIL_SIDE`."""
    height, width = _thumbnail_size(pixels.shape[:2])
    small: NDArray[Any] = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return small if small.dtype == np.uint8 else (small >> 8).astype(np.uint8)


def _thumbnail_size(size: tuple[int, ...]) -> tuple[int, int]:
    scale = min(1.0, _THUMBNAIL_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
