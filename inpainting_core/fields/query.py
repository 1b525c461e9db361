"""Where did this pixel come from?  Pixels of the document and cells of a field, each found from the other."""

from __future__ import annotations

import math
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from inpainting_core.fields.field import CorrespondenceField, Source
from inpainting_core.imaging.geometry import Box, Point

_Array = TypeVar("_Array", bound=NDArray[Any])


def sources_at(field: CorrespondenceField, pixel: Point) -> tuple[Source, ...]:
    """Return the sources of the cell that holds `pixel`, the copied one first; empty outside the hole.

    Args:
        field: Of any stride.
        pixel: (y, x) in the document; may lie anywhere.
    """
    i, j = cell_at(field, pixel)
    h, w = field.hole.shape
    if not (0 <= i < h and 0 <= j < w and field.hole[i, j]):
        return ()
    offsets, scores = field.offsets[i, j].tolist(), field.scores[i, j].tolist()
    return tuple(
        Source(cell_box(field, i + dy, j + dx).intersect(field.bounds), score)
        for (dy, dx), score in zip(offsets, scores, strict=True)
        if score > 0
    )


def cell_at(field: CorrespondenceField, pixel: Point) -> tuple[int, int]:
    """Return (i, j) of the cell that holds `pixel`; it may lie outside the grid."""
    sy, sx = field.stride_yx
    dy, dx = pixel.y - field.origin.y, pixel.x - field.origin.x
    return math.ceil((dy + 0.5) / sy) - 1, math.ceil((dx + 0.5) / sx) - 1


def cell_box(field: CorrespondenceField, i: int, j: int) -> Box:
    """Return the document pixels of cell (i, j); neighbouring cells share no pixel and leave none out."""
    return pixels_of(field, Box(i, j, 1, 1))


def pixels_of(field: CorrespondenceField, cells: Box) -> Box:
    """Return the document pixels of a box of cells, which may lie off the grid."""
    sy, sx = field.stride_yx
    top, bottom = _edge(cells.top * sy), _edge(cells.bottom * sy)
    left, right = _edge(cells.left * sx), _edge(cells.right * sx)
    return Box(top, left, bottom - top, right - left).shift(field.origin.y, field.origin.x)


def cell_edges(field: CorrespondenceField, cells: Box) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first document rows (cells.height + 1,) and columns (cells.width + 1,) of a box of cells.

    Entry n belongs to the box's n-th row of cells, the last to the row below it; as in `cell_box`.
    """
    sy, sx = field.stride_yx
    rows = np.floor(np.arange(cells.top, cells.bottom + 1) * sy + 0.5).astype(np.int64)
    columns = np.floor(np.arange(cells.left, cells.right + 1) * sx + 0.5).astype(np.int64)
    return rows + field.origin.y, columns + field.origin.x


def enlarged(values: _Array, field: CorrespondenceField, cells: Box) -> tuple[Box, _Array]:
    """Return the document pixels of a box of cells, and for each pixel its cell's value.

    Args:
        values: (cells.height, cells.width, ...).
        field: Tells where cells lie.
        cells: May lie off the grid.
    """
    rows, columns = cell_edges(field, cells)
    pixels: Any = np.repeat(np.repeat(values, np.diff(rows), axis=0), np.diff(columns), axis=1)
    return pixels_of(field, cells), pixels


def _edge(position: float) -> int:
    """Return the first pixel whose centre lies at or beyond `position`."""
    return math.floor(position + 0.5)
