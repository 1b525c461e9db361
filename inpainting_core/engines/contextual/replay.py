"""What did the network look at for each pixel, and how much did it look at what was copied?

The attention map says, in cells, where the network's features came from. Cells are whole pixels of the
photograph (`working`), so that the same shifts name pixels of the photograph, at full size.

Source: Yu et al. 2018, section 4.1; Yi et al. 2020, section 3.2 (the attention of a small picture moves the
detail of the large one). Differs: patches decide, near the places named, which pixel is copied; see `guide`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.patchmatch.shifts import Shifts
from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box
from inpainting_core.masks.shape import tight_box

_LEAST = np.float32(0.01)
"""Least score of what was copied, or stands for what was looked at."""


@dataclass(frozen=True)
class Looked:
    """What each pixel of a box was made from.

    Attributes:
        box: The hole's, in the crop.
        sources: (h, w, k, 2) int32, (y, x) in the crop, strongest first.
        scores: (h, w, k) float32; 0 where there is no such source, or outside the hole.
    """

    box: Box
    sources: NDArray[np.int32]
    scores: NDArray[np.float32]


def looked_at(shifts: Shifts, hole: Mask, allowed: Mask) -> Looked:
    """Return what the network looked at for every hole pixel; only allowed pixels are named, at least one.

    Args:
        shifts: The attention's.
        hole: (H, W) bool, not empty.
        allowed: (H, W) bool, what may be copied; at least one True.
    """
    box = tight_box(hole)
    inside = hole[box.slices]
    here = np.argwhere(inside).astype(np.int32) + np.array([box.top, box.left], np.int32)
    y, x = here[:, 0], here[:, 1]
    k = shifts.scores.shape[2]
    found = np.zeros((len(y), k, 2), np.int32)
    shares = np.zeros((len(y), k), np.float32)
    cells = shifts.cells(y, x)
    for number in range(k):
        sy, sx = shifts.sources(y, x, cells, number)
        fits = (sy >= 0) & (sx >= 0) & (sy < hole.shape[0]) & (sx < hole.shape[1])
        fits[fits] = allowed[sy[fits], sx[fits]]
        found[fits, number] = np.stack([sy, sx], axis=1)[fits]
        shares[fits, number] = shifts.scores[(*cells, number)][fits]
    order = np.argsort(-shares, axis=1, kind="stable")
    found, shares = np.take_along_axis(found, order[..., None], 1), np.take_along_axis(shares, order, 1)
    lost = shares[:, 0] == 0
    if lost.any():
        found[lost, 0], shares[lost, 0] = _nearest(here[lost], allowed), _LEAST
    sources = np.zeros((*inside.shape, k, 2), np.int32)
    scores = np.zeros((*inside.shape, k), np.float32)
    sources[inside], scores[inside] = found, shares
    return Looked(box, sources, scores)


def copied_first(looked: Looked, offsets: NDArray[np.int16], near_px: int) -> Looked:
    """Return the same with what was copied in front of what was looked at elsewhere.

    The copy's score is what the others leave of 1: it is low where the network looked hard at other places.

    Args:
        looked: What the network looked at.
        offsets: (h, w, 2) int16 over the box, (dy, dx) from each pixel to the one that was copied.
        near_px: Sources no farther from it, in each direction, are the copy's own.
    """
    inside = looked.scores[:, :, 0] > 0
    found, shares = looked.sources[inside], looked.scores[inside]
    copy = np.argwhere(inside).astype(np.int32) + (looked.box.top, looked.box.left) + offsets[inside]
    elsewhere = np.where(np.abs(found - copy[:, None]).max(axis=2) > near_px, shares, np.float32(0))
    order = np.argsort(-elsewhere, axis=1, kind="stable")[:, : shares.shape[1] - 1]
    elsewhere = np.take_along_axis(elsewhere, order, 1)
    total = elsewhere.sum(axis=1, keepdims=True)
    elsewhere *= np.minimum(1, (1 - _LEAST) / np.maximum(total, _LEAST))
    sources, scores = looked.sources.copy(), looked.scores.copy()
    sources[inside] = np.concatenate([copy[:, None], np.take_along_axis(found, order[..., None], 1)], axis=1)
    left = 1 - elsewhere.sum(axis=1, keepdims=True)
    scores[inside] = np.concatenate([left, elsewhere], axis=1)
    return Looked(looked.box, sources, scores)


def _nearest(pixels: NDArray[np.int32], allowed: Mask) -> NDArray[np.int32]:
    """Return the allowed pixel nearest to each of (n, 2) pixels."""
    _, labels = cv2.distanceTransformWithLabels(
        (~allowed).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    places = np.zeros((int(labels.max()) + 1, 2), np.int32)
    places[labels[allowed]] = np.argwhere(allowed)
    nearest: NDArray[np.int32] = places[labels[pixels[:, 0], pixels[:, 1]]]
    return nearest
