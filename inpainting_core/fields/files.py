"""How is a field kept in a file?

The endings .flo and .png make a picture of its first sources (`pictures`). Any other makes numpy's
.npz, which keeps everything, readable anywhere, version 1:
    version         1
    size            (2,) height and width of the picture
    count           number of regions; their arrays are numbered from 0
    kind_0          "patch"
    origin_0        (2,) int32, (y, x) of the grid's first cell in the picture
    stride_0        (2,) float64, (y, x) pixels per cell
    bounds_0        (4,) int32, top, left, height and width of the part that sources may lie in
    hole_0          (h, w) bool, True = this cell was filled
    offsets_0       (h, w, k, 2) int16, (dy, dx) in cells from a cell to its n-th source
    scores_0        (h, w, k) float32, the sources' shares
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from inpainting_core.fields.field import CorrespondenceField
from inpainting_core.fields.pictures import PICTURE_ENDINGS, write_field_picture
from inpainting_core.imaging.atomic import replace_file

VERSION = 1


def write_fields(path: Path, fields: Sequence[CorrespondenceField], size: tuple[int, int]) -> None:
    """Write the fields of a picture's regions; a file of this name is replaced.

    Args:
        path: Where to; the ending decides, as said above.
        fields: One for each region.
        size: (H, W) of the picture.

    Raises:
        ImageWriteError: it cannot be written, or a picture cannot hold a distance; a file of this name is
            as it was.
    """
    if path.suffix.lower() in PICTURE_ENDINGS:
        write_field_picture(path, fields, size)
        return
    arrays: dict[str, Any] = {"version": VERSION, "size": size, "count": len(fields)}
    for number, field in enumerate(fields):
        parts = {
            "kind": field.kind.value,
            "origin": np.array(field.origin, np.int32),
            "stride": field.stride_yx,
            "bounds": np.array(field.bounds, np.int32),
            "hole": field.hole,
            "offsets": field.offsets,
            "scores": field.scores,
        }
        arrays |= {f"{key}_{number}": value for key, value in parts.items()}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    replace_file(path, file.getvalue())
