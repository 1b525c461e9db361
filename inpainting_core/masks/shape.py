"""What shape has a mask?  Its box, its separate holes, its thickness; grown and shrunk.

All of it looks at the holes and a ring around them only: the rest of a large photograph costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box, Size

_CHECKED_EVERY = 256
_BLOCK = 16


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
    grown = mask.copy()
    if radius > 0 and mask.any():
        window = tight_box(mask).pad(radius).clamp(Size(*mask.shape)).slices
        grown[window] = distance_inside(~mask[window]) <= radius
    return grown


def shrink(mask: Mask, radius: int) -> Mask:
    """Return the pixels farther than `radius` from every False; the outside of the picture counts as True."""
    shrunk = mask.copy()
    if radius > 0 and mask.any() and not mask.all():
        window = tight_box(mask).pad(1).clamp(Size(*mask.shape)).slices
        shrunk[window] = distance_inside(mask[window]) > radius
    return shrunk


def thickness(mask: Mask) -> int:
    """Return twice the deepest point's distance to the rim, in pixels; 0 for an empty mask.

    The picture's border is no rim: a hole that touches it is as deep as its other sides make it.
    A mask without rim counts as thick as its longest side.
    """
    if not mask.any():
        return 0
    if mask.all():
        return int(max(mask.shape))
    deepest = distance_inside(mask[tight_box(mask).pad(1).clamp(Size(*mask.shape)).slices]).max()
    return int(np.ceil(2 * deepest))


def separate(mask: Mask, reach: Callable[[int], int], check: Callable[[], None] = lambda: None) -> list[Box]:
    """Return the boxes of holes that do not need each other, from top to bottom.

    A hole needs its surroundings as far as `reach`. Two holes are one when the surroundings of one meet
    the box of the other; so boxes are disjoint, hold every True, and none lies in another's surroundings.

    Args:
        mask: (H, W) bool.
        reach: Gives the width of the surroundings in pixels for a hole's `thickness`; never falls.
        check: Called now and then; may raise to stop.
    """
    cores = _blocks(mask, max(1, reach(0) // 2))
    margins = np.array([reach_around(mask, _as_box(core), reach) for core in cores], np.int_)
    while True:
        labels = _groups(cores, margins, check)
        count = int(labels.max(initial=-1)) + 1
        if count == len(cores):
            return sorted(_as_box(core) for core in cores)
        order = np.argsort(labels, kind="stable")
        starts = np.searchsorted(labels[order], np.arange(count))
        first = np.minimum.reduceat(cores[order, :2], starts, axis=0)
        last = np.maximum.reduceat(cores[order, 2:], starts, axis=0)
        cores, margins = np.hstack([first, last]), np.maximum.reduceat(margins[order], starts)


def reach_around(mask: Mask, box: Box, reach: Callable[[int], int]) -> int:
    """Return `reach` of the thickness of the holes in `box`, which is measured only where it matters.

    Args:
        mask: (H, W) bool.
        box: Cuts no hole.
        reach: Of a thickness; never falls.
    """
    inside = mask[box.pad(1).clamp(Size(*mask.shape)).slices]
    least, most = _thickness_bounds(inside)
    return reach(least) if reach(least) == reach(most) else reach(thickness(inside))


def _thickness_bounds(mask: Mask) -> tuple[int, int]:
    """Return two numbers that `thickness` lies between, far quicker: from blocks that lie wholly in a hole.

    Around a block that is d blocks from the next one with a rim, everything is hole for d - 1/2 blocks.
    Where the deepest is such, no hole holds a square of 2 d + 2 blocks' sides: wherever that lay, 2 d + 1
    blocks a side would lie in it, one of them d + 1 blocks from a rim. But a pixel deeper than 1.42 times the
    side has one about it, to where the picture goes on, if that is twice as large.
    """
    height, width = mask.shape
    most = int(2 * (height + width))
    if min(height, width) < 4 * _BLOCK:
        return 0, most
    whole = mask[: height // _BLOCK * _BLOCK, : width // _BLOCK * _BLOCK]
    rows = whole.reshape(-1, _BLOCK, whole.shape[1]).min(axis=1)
    full = rows.reshape(len(rows), -1, _BLOCK).min(axis=2)
    if full.all():
        return 0, most
    cut = ((0, height % _BLOCK > 0), (0, width % _BLOCK > 0))
    deepest = int(cv2.distanceTransform(np.pad(full, cut).view(np.uint8), cv2.DIST_C, 3).max())
    if min(height, width) >= 4 * (deepest + 1) * _BLOCK:
        most = min(most, 6 * (deepest + 1) * _BLOCK)
    return max(0, (2 * deepest - 1) * _BLOCK), most


_Edges = NDArray[np.int_]
"""(..., 4): top, left, bottom, right."""


def _blocks(mask: Mask, side: int) -> _Edges:
    """Return the tight boxes of groups of touching blocks, each `side` pixels square with a hole inside.

    Holes of one group lie less than two blocks apart, those of different groups more than one.
    """
    box = tight_box(mask)
    if box.is_empty:
        return np.empty((0, 4), np.int_)
    side = min(side, max(box.height, box.width))
    padded = np.pad(mask[box.slices], ((0, -box.height % side), (0, -box.width % side)))
    rows = padded.reshape(-1, side, padded.shape[1]).max(axis=1)
    blocks = rows.reshape(len(rows), -1, side).max(axis=2).view(np.uint8)
    stats = cv2.connectedComponentsWithStats(blocks, connectivity=8)[2]
    edges = []
    for left, top, width, height, _ in stats[1:].tolist():
        window = Box(top * side, left * side, height * side, width * side).shift(box.top, box.left)
        inner = tight_box(mask[window.slices]).shift(window.top, window.left)
        edges.append((inner.top, inner.left, inner.bottom, inner.right))
    return np.array(edges, np.int_)


def _groups(cores: _Edges, margins: NDArray[np.int_], check: Callable[[], None]) -> NDArray[np.int_]:
    """Return (n,) labels 0, 1, ...: cores that meet, or meet what one meets, have the same."""
    order = np.argsort(cores[:, 0], kind="stable")
    cores, margins = cores[order], margins[order]
    leader = np.arange(len(cores))
    ends = np.searchsorted(cores[:, 0], cores[:, 2] + margins.max(initial=0))
    for i, end in enumerate(ends.tolist()):
        if i % _CHECKED_EVERY == 0:
            check()
        rest = slice(i + 1, end)
        near = np.flatnonzero(_meet(cores[i], cores[rest], np.maximum(margins[i], margins[rest])))
        if near.size:
            joined = np.unique(leader[[i, *(near + i + 1).tolist()]])
            leader[np.isin(leader, joined[1:])] = joined[0]
    labels = np.empty(len(cores), np.int_)
    labels[order] = np.unique(leader, return_inverse=True)[1]
    return labels


def _meet(one: _Edges, others: _Edges, margins: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Return for each of `others` (n, 4) whether `one` (4,), grown by its margin (n,), has a pixel of it."""
    gaps = np.maximum(one[:2], others[:, :2]) - np.minimum(one[2:], others[:, 2:])
    meets: NDArray[np.bool_] = np.all(gaps < margins[:, None], axis=1)
    return meets


def _as_box(edges: _Edges) -> Box:
    top, left, bottom, right = (int(edge) for edge in edges)
    return Box(top, left, bottom - top, right - left)


def distance_inside(inside: Mask) -> NDArray[np.float32]:
    """Return the exact Euclidean distance of every True to the nearest False, 0 for a False."""
    return cv2.distanceTransform(inside.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)  # type: ignore[return-value]
