"""What looks like this pixel?  The magic wand."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Coverage
from inpainting_core.imaging.geometry import Box, Point, Size
from inpainting_core.masks.region import Region, trimmed

_FIRST_MARGIN = 256
_FLAGS = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | 255 << 8


def similar(pixels: NDArray[np.uint8], at: Point, tolerance: int, contiguous: bool = True) -> Region:
    """Return the pixels that differ from the one at `at` by at most `tolerance` in each colour.

    Args:
        pixels: (H, W, 3) uint8; may be read-only.
        at: Inside the picture.
        tolerance: 0 to 255.
        contiguous: Only what hangs together with `at` over the pixels' sides.
    """
    if contiguous:
        return _flooded(pixels, at, tolerance)
    colour = pixels[at].astype(np.int_)
    low, high = np.maximum(colour - tolerance, 0), np.minimum(colour + tolerance, 255)
    alike: Coverage = cv2.inRange(pixels, low, high)  # type: ignore[assignment]
    return trimmed(alike)


def _flooded(pixels: NDArray[np.uint8], at: Point, tolerance: int) -> Region:
    """Return the connected area, looked for in a window that grows until the area ends inside it."""
    size, margin = Size(*pixels.shape[:2]), _FIRST_MARGIN
    while True:
        window = Box(at.y, at.x, 1, 1).pad(margin).clamp(size)
        flood = np.zeros((window.height + 2, window.width + 2), np.uint8)
        seed = at.x - window.left, at.y - window.top
        cv2.floodFill(
            pixels[window.slices].copy(), flood, seed, 0, (tolerance,) * 3, (tolerance,) * 3, _FLAGS
        )
        region = trimmed(flood[1:-1, 1:-1], window.top, window.left)
        if region.box.pad(1).clamp(size).intersect(window) == region.box.pad(1).clamp(size):
            return region
        margin *= 3
