"""How is a mask drawn?  Rasters that change a mask in place and say where."""

from __future__ import annotations

import cv2
import numpy as np

from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box, Point, Size


def capsule(mask: Mask, start: Point, end: Point, *, diameter: int, value: bool) -> Box:
    """Draw a round-ended line and return the box that it may have changed.

    Symmetric in its ends; what falls outside the mask is cut off.

    Args:
        mask: bool (H, W), changed in place.
        start: First pixel; may lie outside.
        end: Last pixel; may lie outside.
        diameter: Width in pixels, at least 1.
        value: True paints the hole, False erases it.
    """
    raster = mask.view(np.uint8)
    radius = (diameter - 1) // 2
    first, last = min(start, end), max(start, end)
    if diameter > 2:
        cv2.line(raster, (first.x, first.y), (last.x, last.y), int(value), diameter, cv2.LINE_8)
    else:
        cv2.line(raster, (first.x, first.y), (last.x, last.y), int(value), 1, cv2.LINE_8)
    for point in (first, last):
        cv2.circle(raster, (point.x, point.y), radius, int(value), cv2.FILLED, cv2.LINE_8)
    reach = Box(*first, 1, 1).union(Box(*last, 1, 1)).pad(diameter // 2 + 2)
    return reach.clamp(Size(*mask.shape))
