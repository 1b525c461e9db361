"""Which arrows show a field?  One for every point of a grid that is fixed to the document."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inpainting_core.fields.field import CorrespondenceField
from inpainting_core.fields.query import cell_edges
from inpainting_core.imaging.geometry import Box


def arrows(
    field: CorrespondenceField,
    confidence: NDArray[np.float32],
    spacing_px: float,
    longest_px: float | None = None,
    at_least: float = 0.0,
) -> NDArray[np.float32]:
    """Return (n, 5) float32: y, x, dy, dx in document pixels, and the confidence there, row by row.

    Arrows start at filled pixels of the grid floor((m + 1/2) * spacing), m = 0, 1, ... of the document, the
    same for any view and any field, and lead to the first source.

    Args:
        field: Of any stride.
        confidence: (h, w) of the field's grid; cells with NaN have no arrow.
        spacing_px: Between grid points, in document pixels; at least 1.
        longest_px: Longer arrows are left out; None = none are.
        at_least: Arrows with less confidence are left out.
    """
    rows, columns = cell_edges(field, Box(0, 0, *field.hole.shape))
    y, x = _grid(rows, spacing_px), _grid(columns, spacing_px)
    i = np.searchsorted(rows, y, side="right") - 1
    j = np.searchsorted(columns, x, side="right") - 1
    cells = np.ix_(i, j)
    sure = confidence[cells]
    offsets = field.offsets[:, :, 0][cells] * np.array(field.stride_yx, np.float32)  # (rows, columns, 2)
    shown = field.hole[cells] & (field.scores[:, :, 0][cells] > 0) & (sure >= at_least)
    if longest_px is not None:
        shown &= np.hypot(offsets[..., 0], offsets[..., 1]) <= longest_px
    starts = np.stack(np.meshgrid(y, x, indexing="ij"), axis=2)  # (rows, columns, 2)
    found = np.concatenate([starts, offsets, sure[..., None]], axis=2)[shown]
    return np.asarray(found, np.float32)


def _grid(edges: NDArray[np.int64], spacing: float) -> NDArray[np.int64]:
    """Return the grid's pixels from the first edge up to, not including, the last."""
    first, last = int(edges[0] / spacing) - 1, int(edges[-1] / spacing) + 1
    pixels = np.floor((np.arange(max(0, first), last + 1) + 0.5) * spacing).astype(np.int64)
    inside: NDArray[np.int64] = pixels[(pixels >= edges[0]) & (pixels < edges[-1])]
    return inside
