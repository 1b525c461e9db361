"""Which cells belong together?  Those copied as one piece, and those that nearly touch."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.fields.field import CorrespondenceField
from inpainting_core.fields.query import cell_at, enlarged
from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box, Point


def coherent_piece(field: CorrespondenceField, pixel: Point, tolerance_px: float = 2) -> tuple[Box, Mask]:
    """Return the piece that was copied together with `pixel`: its box and (box.height, box.width) bool.

    It is the 4-connected hole cells about the pixel whose first offsets lie within `tolerance_px` of
    the pixel's own; an empty box outside the hole.

    Args:
        field: Of any stride.
        pixel: (y, x) in the document; may lie anywhere.
        tolerance_px: Euclidean, in document pixels.
    """
    i, j = cell_at(field, pixel)
    height, width = field.hole.shape
    if not (0 <= i < height and 0 <= j < width and field.hole[i, j]):
        return Box(*pixel, 0, 0), np.zeros((0, 0), np.bool_)
    first = field.offsets[:, :, 0]
    dy, dx = (
        (first[..., axis].astype(np.float32) - first[i, j, axis]) * np.float32(field.stride_yx[axis])
        for axis in (0, 1)
    )
    alike = field.hole & (dy * dy + dx * dx <= tolerance_px**2)
    marked = alike.astype(np.uint8)
    left, top, wide, high = cv2.floodFill(marked, None, (j, i), 2, flags=4)[3]
    cells = Box(top, left, high, wide)
    return enlarged(marked[cells.slices] == 2, field, cells)


def grouped(
    cells: Mask, field: CorrespondenceField, gap_px: int, *, within: Mask | None = None
) -> NDArray[np.int32]:
    """Return (h, w) int32: the number of the group that a cell belongs to, from 1; 0 for none.

    Args:
        cells: (h, w) bool, not necessarily on the field's grid, but with cells as large as its cells.
        field: Tells how large that is.
        gap_px: Cells with fewer than about so many document pixels between them are of one group.
        within: The cells between them that join the group too, (h, w) bool; None = no others do.
    """
    window = np.ones([odd_cells(gap_px, stride) for stride in field.stride_yx], np.uint8)
    near = cv2.dilate(cells.view(np.uint8), window)
    labels = cv2.connectedComponents(near, connectivity=8)[1]
    joined = cells if within is None else (cv2.erode(near, window) > 0) & within
    return np.where(joined, labels, np.int32(0))


def group_boxes(labels: NDArray[np.int32]) -> list[Box]:
    """Return the smallest box of cells that holds each group of `grouped`, the first that of number 1."""
    i, j = np.nonzero(labels)
    numbers = labels[i, j] - 1
    count = int(labels.max(initial=0))
    first, last = np.full((count, 2), np.iinfo(np.int32).max), np.full((count, 2), -1)
    for axis, places in enumerate((i, j)):
        np.minimum.at(first[:, axis], numbers, places)
        np.maximum.at(last[:, axis], numbers, places)
    return [Box(*low, *size) for low, size in zip(first.tolist(), (last - first + 1).tolist(), strict=True)]


def odd_cells(length_px: float, stride: float) -> int:
    """Return the odd number of cells that a window of about this length has, at least 1."""
    return 2 * int(length_px / stride / 2) + 1
