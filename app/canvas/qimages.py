"""How does an array become a QImage?  Without a copy: the image reads the array's memory.

Whoever holds the image must hold the array; every function here therefore serves a drawing call that
ends before its array does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.document.settings import NEUTRAL


def rgb_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a view of (h, w, 3) uint8, contiguous."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)


def rgba_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a view of (h, w, 4) uint8, contiguous, alpha not premultiplied."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)


def indexed_image(values: NDArray[np.uint8], colours: list[int]) -> QImage:
    """Return an image of (h, w) uint8 that shows value v as colours[v], 0xAARRGGBB; a copy."""
    height, width = values.shape
    values = np.ascontiguousarray(values)
    image = QImage(values.data, width, height, width, QImage.Format.Format_Indexed8).copy()
    image.setColorTable(colours)
    return image


def veil_colours(rgb: int, opacity: float, level: int) -> list[int]:
    """Return the colours of coverage 0 to 255: the more is covered, the more is seen of 0xRRGGBB.

    Args:
        rgb: 0xRRGGBB.
        opacity: Of full coverage.
        level: Of the halves that are drawn. The higher, the more strongly is little coverage shown, lest a
            thin line get lost.
    """
    share = np.linspace(0, 1, 256) ** (2 / (2 + level))
    alphas = np.rint(255 * opacity * share).astype(np.int64)
    return (alphas << 24 | (rgb & 0xFFFFFF)).tolist()  # type: ignore[no-any-return]


def rim_colours(rgb: int, *, marches: bool) -> list[int]:
    """Return the colours of nothing, the rim's outer line and its inner line, seen on any picture.

    Where it marches they are the dark and the light dashes.
    """
    return [0, 0xFF000000, 0xFFFFFFFF] if marches else [0, 0xB0000000, 0xFF000000 | rgb & 0xFFFFFF]


def rules_colours() -> list[int]:
    """Return the colours of source rules 0 to 255: red where less is borrowed, green where more is."""
    percent = np.arange(256)
    alphas = np.clip(150 * np.abs(percent - NEUTRAL) // NEUTRAL, 0, 150)
    colours = np.where(percent < NEUTRAL, 0xE5484D, 0x30A46C)
    return (alphas << 24 | colours).tolist()  # type: ignore[no-any-return]


def at_8_bits(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return the high bytes of 16-bit pixels; 8-bit pixels as they are."""
    high_bytes = pixels if pixels.dtype == np.uint8 else pixels >> 8
    return np.ascontiguousarray(high_bytes, dtype=np.uint8)
