"""Which pixels of the photograph does an attention map stand for?

The map says, in cells, where the network's features came from. Cells are whole pixels of the photograph
(`working`), so the same shifts copy the photograph's own pixels, at full size. In the layer four patches
overlap at every pixel and are averaged; an average of copies has no grain, so here each pixel follows one
of the four: the one whose copy looks most like what the network painted there.

Source: Yu et al. 2018, section 4.1 (patches of 4 x 4 features every 2); Yi et al. 2020, section 3.2 (the
attention of a small picture moves the detail of the large one). Differs: one source a pixel, no averages.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask, Rgb
from inpainting_core.imaging.geometry import Box
from inpainting_core.masks.shape import tight_box

_UNSURE = np.float32(0.02)
"""What a source of no score costs more than one of full score, in squared difference of colour."""


@dataclass(frozen=True)
class Shifts:
    """What every cell of a crop would copy from.

    Attributes:
        pixels: (gh, gw, k, 2) int32, (dy, dx) in pixels of the crop, strongest first.
        scores: (gh, gw, k) float32 in [0, 1]; 0 = none.
        cell_px: Pixels to a cell.
    """

    pixels: NDArray[np.int32]
    scores: NDArray[np.float32]
    cell_px: int

    def strongest(self, count: int) -> Shifts:
        """Return at most so many sources for each cell."""
        return Shifts(self.pixels[:, :, :count], self.scores[:, :, :count], self.cell_px)


@dataclass(frozen=True)
class Replay:
    """Where each pixel of a box comes from.

    Attributes:
        box: The hole's, in the crop.
        sources: (h, w, k, 2) int32, (y, x) in the crop, strongest first; the first is the one to copy.
        scores: (h, w, k) float32; 0 where there is no such source, or outside the hole.
    """

    box: Box
    sources: NDArray[np.int32]
    scores: NDArray[np.float32]


def replay(shifts: Shifts, painted: Rgb, smooth: Rgb, hole: Mask, allowed: Mask) -> Replay:
    """Return the sources of every hole pixel; only allowed ones are named.

    Args:
        shifts: The attention's.
        painted: (H, W, 3) float32, the crop as the network painted it.
        smooth: (H, W, 3) float32, the photograph as blurred as `painted` is.
        hole: (H, W) bool, not empty.
        allowed: (H, W) bool, what may be copied; at least one True.
    """
    box = tight_box(hole)
    inside = hole[box.slices]
    best = np.full(inside.shape, np.inf, np.float32)
    k = shifts.scores.shape[2]
    sources = np.zeros((*inside.shape, k, 2), np.int32)
    scores = np.zeros((*inside.shape, k), np.float32)
    for corner in range(4):
        found, shares = _followed(shifts, box, divmod(corner, 2), allowed)
        first = found[:, :, 0]
        unlike = np.square(smooth[first[..., 0], first[..., 1]] - painted[box.slices]).sum(axis=2)
        cost = cv2.blur(unlike, (shifts.cell_px // 2 | 1,) * 2) + _UNSURE * (1 - shares[:, :, 0])
        cost[shares[:, :, 0] == 0] = np.inf
        better = inside & (cost < best)
        best[better], sources[better], scores[better] = cost[better], found[better], shares[better]
    _rescue(sources, scores, box, inside, allowed)
    return Replay(box, sources, scores)


def _followed(
    shifts: Shifts, box: Box, corner: tuple[int, int], allowed: Mask
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return the sources (h, w, k, 2) and scores (h, w, k) of the box's pixels by one of the cells near each.

    Sources outside the picture or not allowed have score 0 and come last; the others keep their order.
    """
    height, width = allowed.shape
    rows = _cells(np.arange(box.top, box.bottom), corner[0], shifts.cell_px, shifts.scores.shape[0])
    columns = _cells(np.arange(box.left, box.right), corner[1], shifts.cell_px, shifts.scores.shape[1])
    grid = np.ix_(rows, columns)
    here = np.mgrid[box.top : box.bottom, box.left : box.right].astype(np.int32).transpose(1, 2, 0)
    found = here[:, :, None] + shifts.pixels[grid]
    within = (found >= 0).all(axis=3) & (found[..., 0] < height) & (found[..., 1] < width)
    np.clip(found, 0, (height - 1, width - 1), out=found)
    fit = within & allowed[found[..., 0], found[..., 1]]
    shares = np.where(fit, shifts.scores[grid], np.float32(0))
    if not fit.all():
        order = np.argsort(-shares, axis=2, kind="stable")
        found = np.take_along_axis(found, order[..., None], axis=2)
        shares = np.take_along_axis(shares, order, axis=2)
    return found, shares


def _cells(pixels: NDArray[np.int_], after: int, cell_px: int, count: int) -> NDArray[np.int_]:
    """Return the last cell whose centre lies at or before each pixel, or the one after it."""
    return np.clip((2 * pixels + 1 - cell_px) // (2 * cell_px) + after, 0, count - 1)


def _rescue(
    sources: NDArray[np.int32], scores: NDArray[np.float32], box: Box, inside: Mask, allowed: Mask
) -> None:
    """Give the pixels that no cell has an allowed source for the nearest allowed pixel."""
    lost = inside & (scores[:, :, 0] == 0)
    if not lost.any():
        return
    _, labels = cv2.distanceTransformWithLabels(
        (~allowed).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    places = np.zeros((int(labels.max()) + 1, 2), np.int32)
    places[labels[allowed]] = np.argwhere(allowed)
    sources[lost, 0] = places[labels[box.slices][lost]]
    scores[lost, 0] = 1
