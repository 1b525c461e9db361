"""What does a selection do to the mask?  A region is a part of a mask; here it meets the whole."""

from __future__ import annotations

from typing import Literal, NamedTuple

import cv2
import numpy as np

from inpainting_core.imaging.arrays import Coverage, Mask
from inpainting_core.imaging.geometry import Box

RegionMode = Literal["replace", "add", "subtract", "intersect"]


class Region(NamedTuple):
    """A part of a mask; outside its box it covers nothing.

    Attributes:
        box: Where it lies in the picture.
        coverage: (box.height, box.width) uint8.
    """

    box: Box
    coverage: Coverage


def trimmed(coverage: Coverage, top: int = 0, left: int = 0) -> Region:
    """Return all that (H, W) `coverage` covers in its tight box; its first pixel lies at (top, left).

    Nothing covered is `Box(0, 0, 0, 0)`.
    """
    x, y, width, height = cv2.boundingRect(coverage)
    box = Box(y, x, height, width)
    return Region(box if box.is_empty else box.shift(top, left), coverage[box.slices])


def combine(coverage: Coverage, region: Region, how: RegionMode) -> Region:
    """Return what the mask becomes, in a box outside which nothing changes.

    Args:
        coverage: (H, W) uint8, the mask as it is; not changed.
        region: Lies inside the picture.
        how: "add" keeps the greater coverage, "intersect" the smaller, "subtract" leaves at most what
            `region` leaves uncovered, "replace" forgets the mask.
    """
    if how in ("add", "subtract"):
        old = coverage[region.box.slices]
        joined = np.maximum(old, region.coverage) if how == "add" else np.minimum(old, ~region.coverage)
        return Region(region.box, joined)
    kept = trimmed(coverage)
    if how == "replace":
        return Region(region.box.union(kept.box), _within(region, region.box.union(kept.box)))
    return Region(kept.box, np.minimum(kept.coverage, _within(region, kept.box)))


def inverted(coverage: Coverage) -> Coverage:
    """Return (H, W) uint8: as much as `coverage` leaves."""
    return ~coverage


def hole_of(coverage: Coverage) -> Mask:
    """Return (H, W) bool: every pixel that is replaced, be it in part."""
    return coverage > 0


def _within(region: Region, box: Box) -> Coverage:
    """Return what `region` covers of `box`."""
    coverage = np.zeros((box.height, box.width), np.uint8)
    common = region.box.intersect(box)
    if not common.is_empty:
        part = region.coverage[common.shift(-region.box.top, -region.box.left).slices]
        coverage[common.shift(-box.top, -box.left).slices] = part
    return coverage
