"""How is a field kept as a picture that programs for optical flow read?

    .flo    Middlebury: float32 (dx, dy) of every pixel in document pixels, 1e10 where nothing was filled
    .png    KITTI: 16 bits, R = 64 * dx + 2^15, G = 64 * dy + 2^15, B = 1 where filled; all 0 elsewhere

Both hold the first source of every pixel and nothing else; `files` keeps all.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.errors import ImageWriteError
from inpainting_core.fields.field import CorrespondenceField
from inpainting_core.fields.query import enlarged
from inpainting_core.imaging.atomic import replace_file
from inpainting_core.imaging.geometry import Box, Size

PICTURE_ENDINGS = (".flo", ".png")
_UNKNOWN = np.float32(1e10)
_PER_PX, _ZERO = 64, 1 << 15
_FARTHEST_PX = 511
"""What 16 bits hold of a distance."""


def write_field_picture(path: Path, fields: Sequence[CorrespondenceField], size: tuple[int, int]) -> None:
    """Write where every filled pixel of a picture came from; a file of this name is replaced.

    Args:
        path: Where to; ".flo" or ".png".
        fields: One for each region, of any stride; where they overlap the last one counts.
        size: (H, W) of the picture.

    Raises:
        ImageWriteError: the ending names neither format, the format cannot hold a distance, or it cannot be
            written; a file of this name is as it was.
    """
    ending = path.suffix.lower()
    if ending not in PICTURE_ENDINGS:
        raise ImageWriteError(
            "The ending of {name} names no picture of a field.", "Use .flo or .png.", name=path.name
        )
    encode = _flo if ending == ".flo" else _png
    replace_file(path, encode(*_flow(fields, Size(*size))))


def _flow(fields: Sequence[CorrespondenceField], size: Size) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return (H, W, 2) float32, (dx, dy) in document pixels, and (H, W) bool: where it is known."""
    flow, known = np.zeros((*size, 2), np.float32), np.zeros(size, np.bool_)
    for field in fields:
        first = field.offsets[:, :, 0] * np.array(field.stride_yx, np.float32)
        filled = field.hole & (field.scores[:, :, 0] > 0)
        grid = Box(0, 0, *field.hole.shape)
        whole, offsets = enlarged(first[..., ::-1], field, grid)
        own = enlarged(filled, field, grid)[1]
        box = whole.clamp(size)
        part = box.shift(-whole.top, -whole.left).slices
        flow[box.slices][own[part]] = offsets[part][own[part]]
        known[box.slices] |= own[part]
    return flow, known


def _flo(flow: NDArray[np.float32], known: NDArray[np.bool_]) -> bytes:
    height, width = known.shape
    values = np.where(known[..., None], flow, _UNKNOWN).astype("<f4")
    return b"PIEH" + struct.pack("<ii", width, height) + values.tobytes()


def _png(flow: NDArray[np.float32], known: NDArray[np.bool_]) -> bytes:
    if np.abs(flow).max(initial=0) > _FARTHEST_PX:
        raise ImageWriteError(
            "A 16-bit picture of a field reaches {farthest} pixels and a source lies farther away.",
            "Use .flo or .npz.",
            farthest=_FARTHEST_PX,
        )
    shares = np.rint(flow * _PER_PX) + _ZERO
    blue_green_red = np.dstack([known, shares[..., 1], shares[..., 0]]) * known[..., None]
    return cv2.imencode(".png", blue_green_red.astype(np.uint16))[1].tobytes()
