"""Where did this pixel come from?  One pixel of the document looked up in a field."""

from __future__ import annotations

import math

from inpainting_core.fields.field import CorrespondenceField, Source
from inpainting_core.imaging.geometry import Box, Point


def sources_at(field: CorrespondenceField, pixel: Point) -> tuple[Source, ...]:
    """Return the sources of the cell that holds `pixel`, strongest first; empty outside the hole.

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
    sy, sx = field.stride_yx
    top, bottom = _edge(i * sy), _edge((i + 1) * sy)
    left, right = _edge(j * sx), _edge((j + 1) * sx)
    return Box(top, left, bottom - top, right - left).shift(field.origin.y, field.origin.x)


def _edge(position: float) -> int:
    """Return the first pixel whose centre lies at or beyond `position`."""
    return math.floor(position + 0.5)
