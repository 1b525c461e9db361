"""How does an array become a QImage?  Without a copy: the image reads the array's memory.

Whoever holds the image must hold the array; every function here therefore serves a drawing call that
ends before its array does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.document.settings import NEUTRAL
from inpainting_core.api import Coverage


def rgb_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a view of (h, w, 3) uint8, contiguous."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)


def rgba_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a view of (h, w, 4) uint8, contiguous, alpha not premultiplied."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)


def veil_image(coverage: Coverage, rgb: int, opacity: float, *, lift: bool) -> QImage:
    """Return an image of (h, w) uint8: the more is covered, the more of the colour is seen.

    Args:
        coverage: A view of it is enough.
        rgb: 0xRRGGBB.
        opacity: Of full coverage.
        lift: True shows little coverage more strongly, as that of a thin line seen from afar.
    """
    share = np.linspace(0, 1, 256) ** (0.4 if lift else 1.0)
    alphas = np.rint(255 * opacity * share).astype(np.int64)
    return _indexed(coverage, (alphas << 24 | (rgb & 0xFFFFFF)).tolist())


def rules_image(rules: NDArray[np.uint8]) -> QImage:
    """Return an image of (h, w) uint8 source rules: red where less is borrowed, green where more is."""
    percent = np.arange(256)
    alphas = np.where(
        percent < NEUTRAL, 150 * (NEUTRAL - percent) // NEUTRAL, 150 * (percent - NEUTRAL) // NEUTRAL
    )
    alphas = np.clip(alphas, 0, 150)
    colours = np.where(percent < NEUTRAL, 0xE5484D, 0x30A46C)
    return _indexed(rules, (alphas << 24 | colours).tolist())


def _indexed(values: NDArray[np.uint8], table: list[int]) -> QImage:
    """Return an image of (h, w) uint8 that shows value v as table[v], 0xAARRGGBB."""
    height, width = values.shape
    image = QImage(
        np.ascontiguousarray(values).data, width, height, width, QImage.Format.Format_Indexed8
    ).copy()
    image.setColorTable(table)
    return image


def at_8_bits(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return the high bytes of 16-bit pixels; 8-bit pixels as they are."""
    high_bytes = pixels if pixels.dtype == np.uint8 else pixels >> 8
    return np.ascontiguousarray(high_bytes, dtype=np.uint8)
