"""What does a mask become when it is grown, smoothed and softened?  Without the painted one being changed.

Each step keeps the order of masks: where one mask covers at least as much as another everywhere, so do
their reshaped ones. Only the mask's surroundings are computed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.arrays import Coverage
from inpainting_core.imaging.geometry import Size
from inpainting_core.masks.region import Region, trimmed
from inpainting_core.masks.shape import grow

_FULL = 255


@dataclass(frozen=True)
class MaskShape:
    """What is done to a painted mask before it is filled, in this order; all in pixels.

    Attributes:
        pinholes: Side of the largest hole in the mask that is closed, 0 to 500. A hole is a place that is
            not wholly covered and that covered pixels enclose.
        grow: How far the mask grows, -200 to 200; negative = shrinks. The picture's border is no rim.
        smooth: Half the side of the square in which the majority decides, 0 to 100: rounds corners, and
            drops what is thinner.
        feather: How far inwards and outwards the mask fades, 0 to 200.
    """

    grow: int = 0
    smooth: int = 0
    feather: int = 0
    pinholes: int = 0

    def __post_init__(self) -> None:
        ranges = (
            (self.grow, -200, 200),
            (self.smooth, 0, 100),
            (self.feather, 0, 200),
            (self.pinholes, 0, 500),
        )
        if any(not low <= value <= high for value, low, high in ranges):
            raise InvalidRequest(
                "A mask cannot be reshaped by {shape}.",
                "Grow by -200 to 200, smooth 0 to 100, feather 0 to 200, close holes up to 500 pixels.",
                shape=self,
            )

    @property
    def is_neutral(self) -> bool:
        """True when a mask stays as it is."""
        return self == MaskShape()

    @property
    def reach(self) -> int:
        """How far from the painted mask's tight box one must look to reshape it."""
        return max(0, self.grow) + self.feather + 1


def reshaped(coverage: Coverage, shape: MaskShape) -> Region:
    """Return what the mask becomes, in its tight box.

    Args:
        coverage: (H, W) uint8; not changed. May be a part of a picture, if it holds all that is covered
            and `shape.reach` pixels around it as far as the picture goes.
        shape: What to do.
    """
    painted = trimmed(coverage)
    box = painted.box
    if box.is_empty or shape.is_neutral:
        return Region(box, painted.coverage.copy())
    window = box.pad(shape.reach).clamp(Size(*coverage.shape))
    result = coverage[window.slices].copy()
    if shape.pinholes:
        result = _closed(result, shape.pinholes)
    if shape.grow > 0:
        result = _grown(result, shape.grow)
    elif shape.grow < 0:
        result = ~_grown(~result, -shape.grow)
    if shape.smooth:
        result = cv2.medianBlur(result, 2 * shape.smooth + 1).astype(np.uint8, copy=False)
    if shape.feather:
        result = _feathered(result, shape.feather)
    return trimmed(result, window.top, window.left)


def _closed(coverage: Coverage, side: int) -> Coverage:
    """Return the mask with every hole that fits into `side` x `side` pixels covered."""
    open_ = np.where(coverage < _FULL, np.uint8(1), np.uint8(0))
    labels, stats = cv2.connectedComponentsWithStats(open_, connectivity=4)[1:3]
    left, top, width, height = stats[:, :4].T
    encloses = (left > 0) & (top > 0) & (left + width < open_.shape[1]) & (top + height < open_.shape[0])
    closes = encloses & (width <= side) & (height <= side)
    closes[0] = False
    closed: Coverage = np.where(closes[labels], np.uint8(_FULL), coverage)
    return closed


def _grown(coverage: Coverage, radius: int) -> Coverage:
    """Return the greatest coverage at most `radius` (Euclidean) from each pixel."""
    covered = coverage > 0
    if not (covered & (coverage < _FULL)).any():
        return grow(covered, radius).view(np.uint8) * np.uint8(_FULL)
    grown, row, half = coverage.copy(), coverage.copy(), 0
    for dy in range(radius, -1, -1):
        wider = int(np.sqrt(radius * radius - dy * dy))
        while half < wider:
            step = min(wider - half, half + 1)
            row, half = _greater_beside(row, step), half + step
        if dy < coverage.shape[0]:
            np.maximum(grown[dy:], row[: len(row) - dy], out=grown[dy:])
            np.maximum(grown[: len(row) - dy], row[dy:], out=grown[: len(row) - dy])
    return grown


def _greater_beside(row: Coverage, step: int) -> Coverage:
    """Return the greatest of each pixel and those `step` columns left and right of it."""
    greater = row.copy()
    if step < row.shape[1]:
        np.maximum(greater[:, step:], row[:, :-step], out=greater[:, step:])
        np.maximum(greater[:, :-step], row[:, step:], out=greater[:, :-step])
    return greater


def _feathered(coverage: Coverage, radius: int) -> Coverage:
    """Return the mask blurred by three boxes of together `radius`; it goes no farther out than that."""
    blurred = coverage
    for part in (radius, radius + 1, radius + 2):
        side = 2 * (part // 3) + 1
        blurred = cv2.blur(blurred, (side, side), borderType=cv2.BORDER_REPLICATE)  # type: ignore[assignment]
    return np.where(grow(coverage > 0, radius), blurred, np.uint8(0))
