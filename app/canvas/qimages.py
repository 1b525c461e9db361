"""How does an array become a QImage?  Without a copy: the image reads the array's memory.

Whoever holds the image must hold the array; every function here therefore serves a drawing call that
ends before its array does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def rgb_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a view of (h, w, 3) uint8, contiguous."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)


def rgba_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a view of (h, w, 4) uint8, contiguous, alpha not premultiplied."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)


def mask_image(mask: NDArray[np.bool_], argb: int) -> QImage:
    """Return a view of (h, w) bool, contiguous; True shows as the colour 0xAARRGGBB, False as nothing."""
    height, width = mask.shape
    image = QImage(mask.view(np.uint8).data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable([0, argb])
    return image


def at_8_bits(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return the high bytes of 16-bit pixels; 8-bit pixels as they are."""
    high_bytes = pixels if pixels.dtype == np.uint8 else pixels >> 8
    return np.ascontiguousarray(high_bytes, dtype=np.uint8)
