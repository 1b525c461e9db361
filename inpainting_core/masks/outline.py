"""Where exactly does an object end?  From a rough sighting to an outline on the picture's own edges.

GrabCut decides in a small copy which side the pixels near the rough outline belong to; a guided filter
carries that to full size along the picture's edges.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box, Point, Size
from inpainting_core.masks.region import Region, trimmed
from inpainting_core.masks.saliency import Saliency
from inpainting_core.masks.shape import grow, shrink, tight_box

_HALF = 0.5
_CERTAIN = 0.9
"""Share above which nothing is cut off: GrabCut loses thin limbs."""
_LONGEST = 500
"""Of the small copy, in pixels."""
_BAND = 0.03
"""Of the object's longer side: how far from the rough outline the real one may lie."""
_ROUNDS = 3
_TRUSTED = 0.75
"""Overlap of GrabCut's answer and the sighting below which GrabCut was misled."""
_SPECK = 0.02
"""Of the largest part: smaller parts and smaller holes are dropped."""
_EDGE = 1e-4
"""Variance of grey above which the guided filter sees an edge."""
_HALO = 0.015, 2, 8
"""Share of the object's longer side, least and most pixels of the small copy, by which the outline grows."""


_Plane = NDArray[np.floating[Any]]


class Sighting(NamedTuple):
    """How much of each part of a window is the object.

    Attributes:
        window: In the picture.
        shares: (h, w) float32 in [0, 1], one for each cell of a grid over the window.
    """

    window: Box
    shares: Saliency

    @property
    def stands_out(self) -> Mask:
        """(h, w) bool: more than half."""
        return self.shares > _HALF

    @property
    def box(self) -> Box:
        """What the object takes up of the picture."""
        cells = tight_box(self.stands_out)
        high, wide = self.window.height / self.shares.shape[0], self.window.width / self.shares.shape[1]
        top, left = int(cells.top * high), int(cells.left * wide)
        bottom, right = int(np.ceil(cells.bottom * high)), int(np.ceil(cells.right * wide))
        return Box(top, left, bottom - top, right - left).shift(self.window.top, self.window.left)

    def cell_of(self, pixel: Point) -> Point:
        """Return the cell that holds a pixel."""
        rows, columns = self.shares.shape
        y, x = pixel.y - self.window.top, pixel.x - self.window.left
        return Point(y * rows // self.window.height, x * columns // self.window.width)

    def cells_of(self, box: Box) -> Mask:
        """Return (h, w) bool: the cells that a box inside the window touches."""
        first, last = (
            self.cell_of(Point(box.top, box.left)),
            self.cell_of(Point(box.bottom - 1, box.right - 1)),
        )
        cells = np.zeros(self.shares.shape, np.bool_)
        cells[first.y : last.y + 1, first.x : last.x + 1] = True
        return cells

    def only(self, body: Mask) -> Sighting:
        """Return the sighting without anything but `body` and its soft rim."""
        others = self.stands_out & ~body
        return Sighting(self.window, np.where(grow(body, 6) & ~others, self.shares, np.float32(0)))

    def shares_in(self, box: Box, shape: tuple[int, ...]) -> Saliency:
        """Return the shares in a box of the picture, scaled to `shape` (h, w); 0 outside the window."""
        step_y = box.height / shape[0] * self.shares.shape[0] / self.window.height
        step_x = box.width / shape[1] * self.shares.shape[1] / self.window.width
        first_y = (box.top - self.window.top) * self.shares.shape[0] / self.window.height + step_y / 2 - _HALF
        first_x = (
            (box.left - self.window.left) * self.shares.shape[1] / self.window.width + step_x / 2 - _HALF
        )
        to_cell = np.array([[step_x, 0, first_x], [0, step_y, first_y]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        shares: Saliency = cv2.warpAffine(self.shares, to_cell, (shape[1], shape[0]), flags=flags)  # type: ignore[assignment]
        return shares


def outlined(pixels: NDArray[np.uint8], seen: Sighting) -> Region:
    """Return the object seen, outlined and grown by a few pixels for halo and shadow.

    Args:
        pixels: (H, W, 3) uint8.
        seen: Where the object is, roughly.
    """
    longest = max(seen.box.height, seen.box.width)
    box = seen.box.pad(max(8, longest // 8)).clamp(Size(*pixels.shape[:2]))
    scale = min(1.0, _LONGEST / max(box.height, box.width))
    small = Size(max(1, round(box.height * scale)), max(1, round(box.width * scale)))
    crop = pixels[box.slices]
    copy = cv2.resize(crop, (small.w, small.h), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    inside = _cut_out(copy, seen.shares_in(box, small), longest * scale)
    share, least, most = _HALO
    halo = min(max(share * longest * scale, least), most)
    full = inside if scale == 1 else _carried(inside, copy, crop)
    coverage = grow(full, round(halo / scale)).view(np.uint8) * np.uint8(255)
    return trimmed(coverage, box.top, box.left)


def _cut_out(copy: NDArray[np.uint8], shares: Saliency, longest: float) -> Mask:
    """Return what of the small copy is the object, by GrabCut within a band around the rough outline."""
    rough = shares > _HALF
    band = max(3, round(_BAND * longest))
    labels = np.where(rough, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    labels[shrink(rough, band)] = cv2.GC_FGD
    labels[~grow(rough, band)] = cv2.GC_BGD
    if rough.all() or not rough.any():
        return rough
    cv2.setRNGSeed(1)
    cv2.grabCut(copy, labels, None, np.zeros((1, 65)), np.zeros((1, 65)), _ROUNDS, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]
    cut = cv2.medianBlur((labels & 1) * np.uint8(255), 5) > 0
    common = np.count_nonzero(cut & rough)
    if common < _TRUSTED * np.count_nonzero(cut | rough):
        cut = rough
    return ~_without_specks(~_without_specks(cut | (shares > _CERTAIN)))


def _without_specks(mask: Mask) -> Mask:
    """Return the mask without the parts that are small beside its largest."""
    labels, stats = cv2.connectedComponentsWithStats(mask.view(np.uint8))[1:3]
    area = stats[:, cv2.CC_STAT_AREA].copy()
    area[0] = 0
    kept: Mask = (area >= max(1, _SPECK * area.max()))[labels]
    return kept


def _carried(inside: Mask, copy: NDArray[np.uint8], crop: NDArray[np.uint8]) -> Mask:
    """Return the small copy's mask at full size, its rim on the nearest edges of the crop.

    Source: He & Sun 2015, "Fast Guided Filter", with the grey picture as its guide.
    """
    guide, wanted = _grey(copy), inside.astype(np.float32)
    mean, aim = _mean(guide), _mean(wanted)
    slope = (_mean(guide * wanted) - mean * aim) / (_mean(guide * guide) - mean * mean + np.float32(_EDGE))
    offset = aim - slope * mean
    size = crop.shape[1], crop.shape[0]
    full = cv2.resize(_mean(slope), size) * _grey(crop) + cv2.resize(_mean(offset), size)
    carried: Mask = full > _HALF
    return carried


def _grey(pixels: NDArray[np.uint8]) -> _Plane:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32) / np.float32(255)


def _mean(values: _Plane) -> _Plane:
    return cv2.blur(values, (5, 5)).astype(np.float32, copy=False)
