"""What shape has a mask?  Its box, its separate parts, its thickness; grown and shrunk."""

from __future__ import annotations

import cv2
import numpy as np

from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box


def tight_box(mask: Mask) -> Box:
    """Return the smallest box that holds every True; empty for an empty mask."""
    rows = np.flatnonzero(mask.any(axis=1))
    if rows.size == 0:
        return Box(0, 0, 0, 0)
    columns = np.flatnonzero(mask[rows[0] : rows[-1] + 1].any(axis=0))
    top, left = int(rows[0]), int(columns[0])
    return Box(top, left, int(rows[-1]) - top + 1, int(columns[-1]) - left + 1)


def grow(mask: Mask, radius: int) -> Mask:
    """Return the pixels at most `radius` (Euclidean, in pixels) from a True of `mask`."""
    return cv2.dilate(mask.view(np.uint8), _disc(radius), borderValue=0).view(np.bool_) if radius > 0 else mask.copy()


def shrink(mask: Mask, radius: int) -> Mask:
    """Return the pixels farther than `radius` from every False; the outside of the picture counts as True."""
    return cv2.erode(mask.view(np.uint8), _disc(radius), borderValue=1).view(np.bool_) if radius > 0 else mask.copy()


def thickness(mask: Mask) -> int:
    """Return twice the deepest point's distance to the rim, in pixels; 0 for an empty mask.

    The picture's border is no rim: a hole that touches it is as deep as its other sides make it.
    """
    if not mask.any():
        return 0
    deepest = cv2.distanceTransform(mask.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5).max()
    return int(np.ceil(2 * min(float(deepest), float(max(mask.shape)))))


def groups(mask: Mask, gap: int) -> list[Mask]:
    """Return the parts of `mask` that lie more than `gap` pixels apart, as masks of the same size.

    Parts are ordered by their first pixel, row by row. The distance is the chessboard's: exact enough
    for telling neighbours from strangers, and separable.
    """
    side = 2 * (gap // 2) + 1
    near = cv2.dilate(mask.view(np.uint8), np.ones((side, 1), np.uint8))
    near = cv2.dilate(near, np.ones((1, side), np.uint8))
    count, labels = cv2.connectedComponents(near, connectivity=8)
    if count == 2:
        return [mask]
    labels[~mask] = 0
    return [labels == label for label in range(1, count)]


def _disc(radius: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    y, x = np.ogrid[-radius : radius + 1, -radius : radius + 1]
    return (y * y + x * x <= radius * radius).astype(np.uint8)
