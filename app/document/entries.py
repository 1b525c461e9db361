"""How is one plane kept inside a bundle?  As a PNG or as numpy's .npy, read only as what it must be.

The size, the depth and the kind are known beforehand; an entry that says otherwise is refused before it
is unpacked, whatever it would unpack to.
"""

from __future__ import annotations

import io
import struct
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.api import CorrespondenceField, HeatMap

_LEVEL = 1
"""Four times as fast as the level most programs use, and a few percent larger."""
BAND = 128
"""Rows of a large plane that are encoded at once: what OpenCV hands over keeps other threads waiting."""
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_START = _PNG_SIGNATURE + b"\x00\x00\x00\rIHDR"
_GREY, _COLOUR = 0, 2


def png_bytes(plane: NDArray[Any]) -> bytes:
    """Return a PNG of (H, W) or (H, W, 3), R,G,B, uint8 or uint16, without loss."""
    values = cv2.cvtColor(plane, cv2.COLOR_RGB2BGR) if plane.ndim == 3 else np.ascontiguousarray(plane)
    return cv2.imencode(".png", values, [cv2.IMWRITE_PNG_COMPRESSION, _LEVEL])[1].tobytes()


def array_bytes(array: NDArray[Any]) -> bytes:
    """Return a .npy of the array; its bytes are little-endian and in C order."""
    ordered = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    return _npy_header(ordered.dtype, ordered.shape) + ordered.tobytes()


def add_array(bundle: ZipFile, name: str, array: NDArray[Any]) -> None:
    """Write an array as an entry."""
    bundle.writestr(name, array_bytes(array), ZIP_DEFLATED, compresslevel=1)


def add_sources(
    bundle: ZipFile, folder: str, field: CorrespondenceField | None, energy: HeatMap | None
) -> None:
    """Write what is known of where a region's pixels came from, as entries of a folder."""
    if field is not None:
        for name in ("hole", "offsets", "scores"):
            add_array(bundle, f"{folder}/{name}.npy", getattr(field, name))
    if energy is not None:
        add_array(bundle, f"{folder}/energy.npy", energy.values)


def read_png(bundle: ZipFile, name: str, shape: tuple[int, ...], depth: int) -> NDArray[Any]:
    """Return the plane of `shape`, (H, W) or (H, W, 3), and `depth`, 8 or 16 bits.

    Raises:
        ValueError: it is another one, or damaged.
        KeyError: there is none.
    """
    raw = int(np.prod(shape)) * depth // 8
    data = read_entry(bundle, name, raw + raw // 8 + (1 << 16))
    kind = _COLOUR if len(shape) == 3 else _GREY
    header = _PNG_START + struct.pack(">IIBBBBB", shape[1], shape[0], depth, kind, 0, 0, 0)
    if not data.startswith(header) or not _has_only_pixels(data):
        raise ValueError(f"{name} is not the PNG that it should be")
    plane = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if plane is None or plane.shape != shape or plane.dtype.itemsize * 8 != depth:
        raise ValueError(f"{name} is damaged")
    return cv2.cvtColor(plane, cv2.COLOR_BGR2RGB) if len(shape) == 3 else plane


def read_array(bundle: ZipFile, name: str, shape: tuple[int, ...], dtype: type[Any]) -> NDArray[Any]:
    """Return the array of exactly this shape and type, read-only.

    Raises:
        ValueError: it is another one, or damaged.
        KeyError: there is none.
    """
    little = np.dtype(dtype).newbyteorder("<")
    header = _npy_header(little, shape)
    length = int(np.prod(shape, dtype=np.int64)) * little.itemsize
    data = read_entry(bundle, name, len(header) + length)
    if not data.startswith(header) or len(data) != len(header) + length:
        raise ValueError(f"{name} is not the array that it should be")
    array: NDArray[Any] = np.frombuffer(data, little, offset=len(header)).reshape(shape)
    return array.astype(dtype, copy=False)


def read_entry(bundle: ZipFile, name: str, most: int) -> bytes:
    """Return an entry's bytes.

    Raises:
        ValueError: it is longer than `most`, or its checksum is wrong.
        KeyError: there is none.
    """
    info = bundle.getinfo(name)
    if info.file_size > most:
        raise ValueError(f"{name} is larger than it should be")
    with bundle.open(info) as file:
        return file.read(info.file_size + 1)  # read() without a number would unpack ahead


def _has_only_pixels(data: bytes) -> bool:
    """Say whether a PNG's chunks are those that `png_bytes` writes and lie within its bytes.

    A decoder sets aside what a chunk says its length is, up to 4 GB, before it looks for the bytes.
    """
    at: int = len(_PNG_SIGNATURE)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        if kind == b"IEND":
            return at == len(data)
        if kind not in (b"IHDR", b"IDAT"):
            return False
    return False


def _npy_header(dtype: np.dtype[Any], shape: tuple[int, ...]) -> bytes:
    file = io.BytesIO()
    described = {"descr": dtype.str, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, described)
    return file.getvalue()
