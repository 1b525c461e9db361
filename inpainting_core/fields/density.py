"""How often was each place of the picture used as a source?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inpainting_core.fields.field import CorrespondenceField
from inpainting_core.fields.pieces import group_boxes, grouped
from inpainting_core.fields.query import enlarged, pixels_of
from inpainting_core.imaging.geometry import Box

_GAP_PX = 8
_LEAST_PX = 25
"""Smaller places cannot be seen to repeat."""


def source_density(field: CorrespondenceField) -> tuple[Box, NDArray[np.float32]]:
    """Return the smallest box that holds all sources, and how often each of its pixels was used.

    Returns:
        The box in document pixels, empty without sources, and (box.height, box.width) float32: copies
        per pixel, each counted by its share.
    """
    cells, uses = _uses(field)
    whole, counts = enlarged(uses, field, cells)
    box = whole.intersect(field.bounds)
    return box, np.ascontiguousarray(counts[box.shift(-whole.top, -whole.left).slices])


def repetitions(field: CorrespondenceField, more_than: float) -> tuple[Box, ...]:
    """Return the places used more than so many times, in document pixels, those with most copies first.

    Places that nearly touch are one; places too small to be seen again are left out.

    Args:
        field: Of any stride and any k.
        more_than: Uses of a pixel, counted as in `source_density`; at least 0.
    """
    cells, uses = _uses(field)
    if cells.is_empty:
        return ()
    labels = grouped(uses > more_than, field, _GAP_PX)
    sy, sx = field.stride_yx
    areas = np.bincount(labels.ravel()) * sy * sx
    copies = np.bincount(labels.ravel(), uses.ravel())
    most_first = np.argsort(-copies, kind="stable").tolist()
    seen = [n for n in most_first if n > 0 and areas[n] >= _LEAST_PX]
    boxes = group_boxes(labels)
    found = (pixels_of(field, boxes[n - 1].shift(cells.top, cells.left)) for n in seen)
    return tuple(box.intersect(field.bounds) for box in found)


def _uses(field: CorrespondenceField) -> tuple[Box, NDArray[np.float32]]:
    """Return the smallest box of cells that holds all sources, and the shares taken from each cell."""
    shares = np.where(field.hole[:, :, None], field.scores, np.float32(0))
    i, j, n = np.nonzero(shares)
    if i.size == 0:
        return Box(0, 0, 0, 0), np.zeros((0, 0), np.float32)
    offsets = field.offsets[i, j, n]
    shares = shares[i, j, n]
    i, j = i + offsets[:, 0], j + offsets[:, 1]
    cells = Box(int(i.min()), int(j.min()), int(np.ptp(i)) + 1, int(np.ptp(j)) + 1)
    uses = np.bincount((i - cells.top) * cells.width + (j - cells.left), shares, cells.height * cells.width)
    return cells, uses.reshape(cells.height, cells.width).astype(np.float32)
