"""Where did every pixel come from, for others to check?  Two pictures and a table beside them.

    NAME.png           8 bits with a palette: 0 = the photograph's own, 1 = copied, 2 = made up
    NAME_sources.png   16 bits: of a copied pixel R = x and G = y of its source, B = 65535; 0 elsewhere
    NAME.json          the picture's size, how many pixels there are of each class, and every fill

A source is where the first one lay when the pixel was filled; it may have been filled before.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.document.document import Document
from app.document.edits import Filled
from inpainting_core.api import Box, CorrespondenceField, Size, replacing

CLASSES = ("original", "copied", "synthesised")
_ORIGINAL, _COPIED, _MADE_UP = range(3)
_PALETTE = (0, 0, 0, 64, 160, 255, 255, 176, 32)
_MARK = 65535


@dataclass(frozen=True, eq=False)
class Origins:
    """What is known of a document's pixels at one moment.

    Attributes:
        name: Of the picture's file; empty when it is in none.
        size: Of the picture.
        box: Holds every filled pixel; may be empty.
        owner: (box.height, box.width) int32: 0 or the number of a fill, from 1.
        fills: The filled regions, oldest first.
    """

    name: str
    size: Size
    box: Box
    owner: NDArray[np.int32]
    fills: tuple[Filled, ...]

    @classmethod
    def of(cls, document: Document) -> Origins:
        """Return the document's as they are now."""
        provenance = document.provenance
        box = provenance.box
        name = document.path.name if document.path is not None else ""
        owner = provenance.owner[box.slices].copy()
        return cls(name, document.size, box, owner, tuple(provenance.fills))

    def planes(self) -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
        """Return (h, w) classes and (h, w, 3) sources, R,G,B as above, of the pixels of `box`."""
        classes = np.where(self.owner > 0, _MADE_UP, _ORIGINAL).astype(np.uint8)
        sources = np.zeros((*self.owner.shape, 3), np.uint16)
        for number, fill in enumerate(self.fills, 1):
            if fill.field is None:
                continue
            reach = fill.field.box.intersect(self.box)
            here = reach.shift(-self.box.top, -self.box.left).slices
            x, y, is_known = _sources(fill.field, reach)
            copied = is_known & (self.owner[here] == number)
            classes[here][copied] = _COPIED
            found = np.dstack([x, y, np.full_like(x, _MARK)])
            sources[here][copied] = found[copied]
        return classes, sources


def files_of(path: Path) -> tuple[Path, Path, Path]:
    """Return the three files that `write_origins` writes: classes, sources, table."""
    return path, path.with_name(f"{path.stem}_sources.png"), path.with_suffix(".json")


def write_origins(path: Path, origins: Origins) -> None:
    """Write the three files; `path` names the first of them, and files of these names are replaced.

    Raises:
        ImageWriteError: one could not be written.
    """
    classes, sources = origins.planes()
    _, beside, table = files_of(path)
    whole = np.zeros(origins.size, np.uint8)
    whole[origins.box.slices] = classes
    picture = Image.fromarray(whole, "P")
    picture.putpalette(_PALETTE)
    with replacing(path) as file:
        picture.save(file, "PNG")
    blue_green_red = np.zeros((*origins.size, 3), np.uint16)
    blue_green_red[origins.box.slices] = sources[..., ::-1]
    with replacing(beside) as file:
        file.write(cv2.imencode(".png", blue_green_red)[1].tobytes())
    told = json.dumps(_table(origins, classes, (path.name, beside.name)), indent=1, ensure_ascii=False)
    with replacing(table) as file:
        file.write(told.encode())


def _table(origins: Origins, classes: NDArray[np.uint8], names: tuple[str, str]) -> dict[str, Any]:
    counts = np.bincount(classes.ravel(), minlength=len(CLASSES)).tolist()
    counts[_ORIGINAL] += origins.size.h * origins.size.w - classes.size
    left = np.bincount(origins.owner.ravel(), minlength=len(origins.fills) + 1).tolist()
    return {
        "format": "lacuna origins",
        "version": 1,
        "picture": origins.name,
        "height": origins.size.h,
        "width": origins.size.w,
        "classes": {
            "file": names[0],
            "values": dict(enumerate(CLASSES)),
            "pixels": dict(zip(CLASSES, counts, strict=True)),
        },
        "sources": {"file": names[1], "red": "x", "green": "y", "blue": f"{_MARK} where copied"},
        "fills": [
            {
                "number": number,
                "engine": fill.engine_id,
                "top": int(fill.box.top),
                "left": int(fill.box.left),
                "height": int(fill.box.height),
                "width": int(fill.box.width),
                "pixels_left": left[number],
                "is_copied": fill.field is not None,
                "why_not": str(fill.why_no_field) if fill.field is None else "",
            }
            for number, fill in enumerate(origins.fills, 1)
        ],
    }


def _sources(
    field: CorrespondenceField, box: Box
) -> tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.bool_]]:
    """Return x and y of the first source of every pixel of `box`, and where there is one."""
    y, x = np.arange(box.top, box.bottom), np.arange(box.left, box.right)
    rows = _cells(y - field.origin.y, field.stride_yx[0], field.hole.shape[0])
    columns = _cells(x - field.origin.x, field.stride_yx[1], field.hole.shape[1])
    cells = np.ix_(rows, columns)
    way = np.rint(field.offsets[..., 0, :][cells] * np.array(field.stride_yx)).astype(np.int32)
    bounds = field.bounds
    at_y = np.clip(y[:, None] + way[..., 0], bounds.top, bounds.bottom - 1)
    at_x = np.clip(x + way[..., 1], bounds.left, bounds.right - 1)
    is_known = field.hole[cells] & (field.scores[..., 0][cells] > 0)
    return at_x.astype(np.uint16), at_y.astype(np.uint16), is_known


def _cells(pixels: NDArray[np.int64], stride: float, count: int) -> NDArray[np.intp]:
    return np.clip(((pixels + 0.5) / stride).astype(np.intp), 0, count - 1)
