"""How sure is a fill, and where is it weakest?

Confidence is what the energy leaves, times how concentrated the sources are: (1 - energy) * sum(scores^2).
The second factor is the chance that two draws from a cell's shares agree: 1 for a plain copy, 1/k for k
equal shares, and shares beyond the top k count as never agreeing.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.fields.field import CorrespondenceField, HeatMap
from inpainting_core.fields.pieces import group_boxes, grouped, odd_cells
from inpainting_core.fields.query import cell_edges, enlarged
from inpainting_core.imaging.arrays import Mask, freeze
from inpainting_core.imaging.geometry import Box

_GOOD = 0.5
"""Below this it is weak, however good or bad the rest is."""
_SIGMAS = 3.0
_LEAST_DROP = 0.15
"""Weak is also what lies this far, and `_SIGMAS` deviations, below the middle of its fill."""
_WINDOW_PX = 9
_GAP_PX = 12
"""Areas less than about this far apart are one."""


class WeakSpot(NamedTuple):
    """A connected area that is likely wrong.

    Attributes:
        box: Document pixels.
        score: What lacks to good confidence, summed over its pixels: the worst spot has the greatest.
        mask: (box.height, box.width) bool, True = belongs to it. Read-only.
    """

    box: Box
    score: float
    mask: Mask


def confidence(field: CorrespondenceField, energy: HeatMap | None = None) -> NDArray[np.float32]:
    """Return (h, w) float32 in [0, 1] for every cell of the field's grid, NaN outside the hole.

    Args:
        field: Of any stride and any k.
        energy: The engine's misfit, 0 to 1, on any grid; where it says nothing, and when it is None,
            only the scores count.
    """
    sure: NDArray[np.float32] = np.clip(np.square(field.scores).sum(axis=2), 0, 1)
    if energy is not None:
        misfit = _mean_in_cells(energy, field)
        sure *= np.clip(1 - np.where(np.isnan(misfit), np.float32(0), misfit), 0, 1)
    return np.where(field.hole, sure, np.float32(np.nan))


def weak_spots(
    sure: NDArray[np.float32], field: CorrespondenceField, *, at_least_px: int = 64, most: int = 12
) -> tuple[WeakSpot, ...]:
    """Return the weakest connected areas, worst first; areas that nearly touch are one.

    Weak is what lies, smoothed over some pixels, under one half, or well under the fill's own middle.

    Args:
        sure: `confidence` of `field`; cells set to NaN are left out.
        field: Tells where the cells lie.
        at_least_px: Smaller areas, in document pixels, are no spots; at least 1.
        most: So many at most.
    """
    known = ~np.isnan(sure)
    if not known.any():
        return ()
    lack = np.where(known, _level(sure[known]) - _smoothed(sure, known, field), np.float32(0))
    labels = grouped(lack > 0, field, _GAP_PX, within=known)
    rows, columns = cell_edges(field, Box(0, 0, *sure.shape))
    cell_areas = np.diff(rows)[:, None] * np.diff(columns)
    areas = np.bincount(labels.ravel(), cell_areas.ravel())
    scores = np.bincount(labels.ravel(), (np.maximum(lack, 0) * cell_areas).ravel())
    worst = [n for n in np.argsort(-scores, kind="stable").tolist() if n > 0 and areas[n] >= at_least_px]
    boxes = group_boxes(labels)
    return tuple(_spot(labels, n, boxes[n - 1], float(scores[n]), field) for n in worst[:most])


def _level(values: NDArray[np.float32]) -> np.float32:
    """Return the confidence that good content has at least, given that of the whole fill."""
    middle = np.median(values)
    deviation = 1.4826 * np.median(np.abs(values - middle))
    return np.float32(max(_GOOD, middle - max(_LEAST_DROP, _SIGMAS * deviation)))


def _smoothed(sure: NDArray[np.float32], known: Mask, field: CorrespondenceField) -> NDArray[np.float32]:
    """Return the mean confidence of the known cells about each cell."""
    window = tuple(odd_cells(_WINDOW_PX, stride) for stride in reversed(field.stride_yx))  # (x, y)
    total = cv2.boxFilter(np.where(known, sure, np.float32(0)), -1, window, borderType=cv2.BORDER_CONSTANT)
    share = cv2.boxFilter(known.astype(np.float32), -1, window, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(total / np.maximum(share, np.float32(1e-6)), np.float32)


def _spot(
    labels: NDArray[np.int32], number: int, cells: Box, score: float, field: CorrespondenceField
) -> WeakSpot:
    box, mask = enlarged(labels[cells.slices] == number, field, cells)
    return WeakSpot(box, score, freeze(mask))


def _mean_in_cells(heat: HeatMap, field: CorrespondenceField) -> NDArray[np.float32]:
    """Return (h, w): the mean of the map over each cell's area, NaN where it says nothing."""
    says = ~np.isnan(heat.values)
    totals = _sums_in_cells(np.where(says, heat.values, np.float32(0)), heat, field)
    shares = _sums_in_cells(says.astype(np.float32), heat, field)
    mean = np.full(field.hole.shape, np.nan, np.float32)
    np.divide(totals, shares, out=mean, where=shares > 1e-6, casting="same_kind")
    return mean


def _sums_in_cells(
    values: NDArray[np.float32], heat: HeatMap, field: CorrespondenceField
) -> NDArray[np.float64]:
    """Return (h, w): the integral of `values` over each cell of the field, in cells of the map."""
    sums: NDArray[np.float64] = cv2.integral(values, sdepth=cv2.CV_64F)  # type: ignore[assignment]
    for axis in (0, 1):
        start = field.origin[axis] - heat.origin[axis]
        edges = start + field.stride_yx[axis] * np.arange(field.hole.shape[axis] + 1)
        edges = np.clip(edges / heat.stride_yx[axis], 0, values.shape[axis])
        first = np.minimum(edges.astype(np.intp), values.shape[axis] - 1)
        part = np.expand_dims(edges - first, 1 - axis)
        low, high = np.take(sums, first, axis), np.take(sums, first + 1, axis)
        sums = np.diff(low + (high - low) * part, axis=axis)
    return sums
