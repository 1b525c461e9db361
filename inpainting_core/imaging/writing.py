"""How does a photograph become a file again?

The name's ending decides the format. In the format it came from, a picture is written the way it was:
a JPEG with its own tables, a lossless WebP without loss. Nothing is lost without being asked for:
what a format cannot hold is refused, except metadata, which are left out with a note.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from PIL import Image

from inpainting_core.errors import ImageWriteError
from inpainting_core.imaging.arrays import full_scale
from inpainting_core.imaging.atomic import replace_file
from inpainting_core.imaging.photo import Photo
from inpainting_core.imaging.png import encode_png
from inpainting_core.imaging.tiff import encode_tiff
from inpainting_core.sentences import Sentence

_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WebP"}
    | {".tif": "TIFF", ".tiff": "TIFF", ".bmp": "BMP", ".avif": "AVIF"}
)
_DEFAULTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "JPEG": MappingProxyType({"quality": 95, "subsampling": 0}),
        "WebP": MappingProxyType({"quality": 90, "exact": True}),
        "AVIF": MappingProxyType({"quality": 85, "subsampling": "4:4:4"}),
    }
)
_DEEP = ("PNG", "TIFF")
_OPAQUE = ("JPEG", "BMP")
_BARE = ("BMP",)
_WITH_IPTC = ("JPEG", "TIFF")
_MARKER_BYTES = 65_000


def check_writable(path: Path, photo: Photo, *, quality: int | None = None) -> str:
    """Return the format that the name's ending stands for: "JPEG", "PNG", "WebP", "TIFF", "BMP" or "AVIF".

    Raises:
        ImageWriteError: there is no such format or folder, or the format cannot hold the picture.
    """
    name = _SUFFIXES.get(path.suffix.lower())
    if name is None:
        raise ImageWriteError(
            "The ending of {name} names no format.",
            "Use one of {endings}.",
            name=path.name,
            endings=", ".join(_SUFFIXES),
        )
    if not path.parent.is_dir():
        raise ImageWriteError("There is no folder {folder}.", "Make it first.", folder=path.parent)
    if photo.depth > 8 and name not in _DEEP:
        raise ImageWriteError(
            "{format} holds 8 bits per channel and the picture has {depth}.",
            "Choose PNG or TIFF, or narrow the picture to 8 bits.",
            format=name,
            depth=photo.depth,
        )
    if name in _OPAQUE and photo.alpha is not None and photo.alpha.min() < full_scale(photo.pixels):
        raise ImageWriteError(
            "{format} holds no transparency and the picture has some.",
            "Choose PNG, TIFF, WebP or AVIF.",
            format=name,
        )
    if quality is not None and (name not in _DEFAULTS or not 1 <= quality <= 100):
        raise ImageWriteError(
            "{format} cannot be written with quality {quality}.",
            "Quality is 1 to 100, for JPEG, WebP and AVIF.",
            format=name,
            quality=quality,
        )
    return name


def write_image(
    path: Path, photo: Photo, *, quality: int | None = None, keeps_metadata: bool = True
) -> tuple[str, ...]:
    """Write the picture and return notes on what could not be kept; a file of this name is replaced.

    Args:
        path: Where to; the ending decides the format.
        photo: The picture.
        quality: 1 to 100 for JPEG, WebP and AVIF; None = as the file was, or high.
        keeps_metadata: False leaves out EXIF, XMP and IPTC; the colour profile stays.

    Raises:
        ImageWriteError: it cannot be written; a file of this name is as it was.
    """
    name = check_writable(path, photo, quality=quality)
    if not keeps_metadata:
        photo = replace(photo, exif=None, xmp=None, iptc=None)
    fitting, notes = _fitted(photo, name)
    bare = replace(fitting, exif=None, xmp=None, iptc=None, dpi=None)
    try:
        with warnings.catch_warnings(action="ignore"):  # on damaged EXIF: what is sound is kept
            try:
                data = _encode(fitting, name, quality)
            except Exception:  # noqa: BLE001  (a picture that can be saved without its metadata must be)
                data = _encode(bare, name, quality)
                notes = (*notes, Sentence("The EXIF, XMP and IPTC data are damaged and were left out."))
    except Exception as error:  # encoders fail in as many ways as decoders do
        raise ImageWriteError(
            "{name} could not be written as {format}: {reason}",
            "Choose another format.",
            name=path.name,
            format=name,
            reason=error,
        ) from error
    replace_file(path, data)
    return notes


def _fitted(photo: Photo, name: str) -> tuple[Photo, tuple[str, ...]]:
    """Return the picture with what the format can hold, and notes on the rest."""
    has_alpha = photo.alpha is not None and name not in _OPAQUE
    is_grey = photo.is_grey and not has_alpha and name != "WebP" and _looks_grey(photo)
    lost: dict[str, Sentence | None] = {}
    if photo.icc is not None and (photo.icc[16:20] != (b"GRAY" if is_grey else b"RGB ") or name in _BARE):
        lost["icc"] = Sentence("The colour profile found no place in the file.")
    for key, title in (("exif", "EXIF"), ("xmp", "XMP"), ("iptc", "IPTC")):
        value = getattr(photo, key)
        has_place = name not in _BARE and (key != "iptc" or name in _WITH_IPTC)
        if value is not None and not (has_place and (name != "JPEG" or len(value) <= _MARKER_BYTES)):
            lost[key] = Sentence("The {kind} data found no place in the file.", kind=title)
    if name in _OPAQUE:
        lost["alpha"] = None  # it is opaque everywhere: nothing is lost
    changes: dict[str, Any] = dict.fromkeys(lost)
    notes = tuple(note for note in lost.values() if note is not None)
    return replace(photo, is_grey=is_grey, **changes), notes


def _looks_grey(photo: Photo) -> bool:
    return bool((photo.pixels == photo.pixels[..., :1]).all())


def _encode(photo: Photo, name: str, quality: int | None) -> bytes:
    options = dict(_DEFAULTS.get(name, {}))
    if quality is not None:
        options["quality"] = quality
    elif photo.encoding is not None and photo.encoding.format == name:
        options |= photo.encoding.options
    if name == "PNG":
        return encode_png(photo)
    if name == "TIFF":
        return encode_tiff(photo, **options)
    if photo.is_grey:
        options.pop("subsampling", None)
    if "qtables" in options:
        options.pop("quality")
    if photo.dpi is not None:
        options["dpi"] = photo.dpi
    for key, value in (("icc_profile", photo.icc), ("xmp", photo.xmp), ("exif", photo.exif)):
        if value is not None:
            options[key] = b"Exif\0\0" + value if key == "exif" else value
    if name == "JPEG" and photo.iptc is not None:
        options["extra"] = _photoshop_marker(photo.iptc)
    file = io.BytesIO()
    _image(photo).save(file, name, **options)
    return file.getvalue()


def _image(photo: Photo) -> Image.Image:
    if photo.alpha is not None:
        return Image.fromarray(np.dstack([photo.pixels, photo.alpha]))
    return Image.fromarray(np.ascontiguousarray(photo.pixels[..., 0]) if photo.is_grey else photo.pixels)


def _photoshop_marker(iptc: bytes) -> bytes:
    """Return the JPEG segment in which IPTC records are kept."""
    padded = iptc + b"\0" * (len(iptc) % 2)
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(iptc).to_bytes(4, "big") + padded
    return b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
