"""What did the network look at for each pixel, and how much did it look at what was copied?

The attention map says, in cells, where the network's features came from. Cells are whole pixels of the
photograph (`working`), so that the same shifts name pixels of the photograph, at full size.

Source: Yu et al. 2018, section 4.1; Yi et al. 2020, section 3.2 (the attention of a small picture moves the
detail of the large one). Differs: patches decide, near the places named, which pixel is copied; see `guide`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.patchmatch.shifts import Places, Shifts
from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box
from inpainting_core.masks.shape import tight_box

_Scores = NDArray[np.float32]
_STRIP_PX = 1 << 16
"""Pixels worked on between two checks."""
_LEAST = np.float32(0.01)
"""Least score of what was copied, or stands for what was looked at."""


@dataclass(frozen=True)
class Looked:
    """What each pixel of a box was made from.

    Attributes:
        box: The hole's, in the crop.
        sources: (h, w, k, 2) int32, (y, x) in the crop; what was copied first, if anything was, then the
            strongest.
        scores: (h, w, k) float32; 0 where there is no such source, or outside the hole.
    """

    box: Box
    sources: NDArray[np.int32]
    scores: NDArray[np.float32]


def looked_at(shifts: Shifts, hole: Mask, allowed: Mask, check: Callable[[], None]) -> Looked:
    """Return what the network looked at for every hole pixel; only allowed pixels are named, at least one.

    Args:
        shifts: The attention's.
        hole: (H, W) bool, not empty.
        allowed: (H, W) bool, what may be copied; at least one True.
        check: Called every few milliseconds; may raise to stop.
    """
    box = tight_box(hole)
    inside = hole[box.slices]
    k = shifts.scores.shape[2]
    sources = np.zeros((*inside.shape, k, 2), np.int32)
    scores = np.zeros((*inside.shape, k), np.float32)
    for rows in _strips(inside.shape):
        check()
        here = np.argwhere(inside[rows]).astype(np.int32) + np.array(
            [box.top + rows.start, box.left], np.int32
        )
        named = _named(shifts, here[:, 0], here[:, 1], allowed)
        sources[rows][inside[rows]], scores[rows][inside[rows]] = named
    lost = inside & (scores[:, :, 0] == 0)
    if lost.any():
        check()
        sources[lost, 0], scores[lost, 0] = _nearest(lost, box, allowed), _LEAST
    return Looked(box, sources, scores)


def _named(shifts: Shifts, y: Places, x: Places, allowed: Mask) -> tuple[NDArray[np.int32], _Scores]:
    """Return the allowed sources (n, k, 2) of n pixels, and their scores (n, k), falling."""
    k = shifts.scores.shape[2]
    found, shares = np.zeros((len(y), k, 2), np.int32), np.zeros((len(y), k), np.float32)
    cells = shifts.cells(y, x)
    for number in range(k):
        sy, sx = shifts.sources(y, x, cells, number)
        fits = (sy >= 0) & (sx >= 0) & (sy < allowed.shape[0]) & (sx < allowed.shape[1])
        fits[fits] = allowed[sy[fits], sx[fits]]
        found[fits, number, 0], found[fits, number, 1] = sy[fits], sx[fits]
        shares[fits, number] = shifts.scores[(*cells, number)][fits]
    order = np.argsort(-shares, axis=1, kind="stable")
    return np.take_along_axis(found, order[..., None], 1), np.take_along_axis(shares, order, 1)


def copied_first(
    looked: Looked, offsets: NDArray[np.int16], near_px: int, check: Callable[[], None]
) -> Looked:
    """Return the same with what was copied in front of what was looked at elsewhere.

    The copy's score is what the others leave of 1: it is low where the network looked hard at other places.

    Args:
        looked: What the network looked at.
        offsets: (h, w, 2) int16 over the box, (dy, dx) from each pixel to the one that was copied.
        near_px: Sources no farther from it, in each direction, are the copy's own.
        check: Called every few milliseconds; may raise to stop.
    """
    sources, scores = looked.sources.copy(), looked.scores.copy()
    for rows in _strips(scores.shape):
        check()
        inside = scores[rows, :, 0] > 0
        y, x = np.nonzero(inside)
        copy = offsets[rows][inside] + np.stack([y + (looked.box.top + rows.start), x + looked.box.left], 1)
        found, shares = sources[rows][inside], scores[rows][inside]
        elsewhere = np.where(np.abs(found - copy[:, None]).max(axis=2) > near_px, shares, np.float32(0))
        order = np.argsort(-elsewhere, axis=1, kind="stable")[:, : shares.shape[1] - 1]
        elsewhere = np.take_along_axis(elsewhere, order, 1)
        total = elsewhere.sum(axis=1, keepdims=True)
        elsewhere *= np.minimum(1, (1 - _LEAST) / np.maximum(total, _LEAST))
        found[:, 1:] = np.take_along_axis(found, order[..., None], 1)
        found[:, 0] = copy
        shares[:, 1:], shares[:, 0] = elsewhere, 1 - elsewhere.sum(axis=1)
        sources[rows][inside], scores[rows][inside] = found, shares
    return Looked(looked.box, sources, scores)


def _strips(shape: tuple[int, ...]) -> Iterator[slice]:
    """Return the rows of a picture, a few at a time."""
    rows = max(1, _STRIP_PX // shape[1])
    return (slice(top, min(top + rows, shape[0])) for top in range(0, shape[0], rows))


def _nearest(lost: Mask, box: Box, allowed: Mask) -> NDArray[np.int32]:
    """Return (n, 2) int32: the allowed pixel nearest to each of the box's `lost` ones."""
    _, labels = cv2.distanceTransformWithLabels(
        (~allowed).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    places = np.zeros((int(labels.max()) + 1, 2), np.int32)
    places[labels[allowed]] = np.argwhere(allowed)
    nearest: NDArray[np.int32] = places[labels[box.slices][lost]]
    return nearest
