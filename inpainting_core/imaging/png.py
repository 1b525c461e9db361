"""How is a picture written as PNG?

OpenCV encodes the pixels exactly at both depths; what it would leave out is set between its header and
its data.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.photo import Photo

_HEADER_END = 33
_LEVEL = 6  # as most programs: a third smaller than OpenCV's own choice
_INCHES_PER_METRE = 1 / 0.0254


def encode_png(photo: Photo) -> bytes:
    """Return the file; grey pictures without alpha get one channel."""
    channels: NDArray[Any]
    if photo.alpha is not None:
        channels = np.dstack([photo.pixels[..., ::-1], photo.alpha])
    elif photo.is_grey:
        channels = np.ascontiguousarray(photo.pixels[..., 0])
    else:
        channels = np.ascontiguousarray(photo.pixels[..., ::-1])
    data = cv2.imencode(".png", channels, [cv2.IMWRITE_PNG_COMPRESSION, _LEVEL])[1].tobytes()
    return data[:_HEADER_END] + _metadata(photo) + data[_HEADER_END:]


def _metadata(photo: Photo) -> bytes:
    chunks = b""
    if photo.icc is not None:
        chunks += _chunk(b"iCCP", b"icc\0\0" + zlib.compress(photo.icc))
    if photo.dpi is not None:
        per_metre = [round(side * _INCHES_PER_METRE) for side in photo.dpi]
        chunks += _chunk(b"pHYs", struct.pack(">IIB", *per_metre, 1))
    if photo.exif is not None:
        chunks += _chunk(b"eXIf", photo.exif)
    if photo.xmp is not None:
        chunks += _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + photo.xmp)
    return chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
