"""How does an array become a QImage?  Without a copy: the image reads the array's memory.

Whoever holds the image must hold the array; every function here therefore serves a drawing call that
ends before its array does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QColorSpace, QImage

from app.document.settings import NEUTRAL
from inpainting_core.api import Box, Photo

Colours = NDArray[np.uint32]
"""(n,) uint32: 0xAARRGGBB, premultiplied."""


def rgb_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a view of (h, w, 3) uint8, contiguous."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)


def rgba_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a view of (h, w, 4) uint8, contiguous, alpha not premultiplied."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)


def image_of(photo: Photo, box: Box) -> QImage:
    """Return a copy of a part of the photograph at its own depth, with its alpha and its colour profile."""
    pixels = photo.pixels[box.slices]
    is_8_bit, has_alpha = pixels.dtype == np.uint8, photo.alpha is not None
    rgba = np.full((box.height, box.width, 4), np.iinfo(pixels.dtype).max, pixels.dtype)
    rgba[..., :3] = pixels
    if photo.alpha is not None:
        rgba[..., 3] = photo.alpha[box.slices]
    kinds = QImage.Format
    opaque, seen_through = (
        (kinds.Format_RGBX8888, kinds.Format_RGBA8888)
        if is_8_bit
        else (kinds.Format_RGBX64, kinds.Format_RGBA64)
    )
    kind = seen_through if has_alpha else opaque
    image = QImage(rgba.data, box.width, box.height, rgba.strides[0], kind).copy()
    if photo.icc is not None:
        image.setColorSpace(QColorSpace.fromIccProfile(photo.icc))
    return image


def screen_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a view of (h, w, 4) uint8, contiguous: blue, green, red and a byte that counts for nothing."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def coloured_image(values: NDArray[np.uint8], colours: Colours) -> QImage:
    """Return an image of (h, w) uint8 that shows value v as colours[v]."""
    pixels = np.take(colours, values)
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)


def veil_colours(colour: QColor, opacity: float, level: int) -> Colours:
    """Return the colours of coverage 0 to 255: the more is covered, the more of the colour is seen.

    Args:
        colour: Of the veil.
        opacity: Of full coverage.
        level: Of the halves that are drawn. The higher, the more strongly is little coverage shown, lest a
            thin line get lost.
    """
    return _premultiplied(_rgb(colour), opacity * np.linspace(0, 1, 256) ** (2 / (2 + level)))


def rim_colours(colour: QColor, *, marches: bool) -> Colours:
    """Return the colours of nothing, the rim's outer line and its inner line, seen on any picture.

    Where it marches they are the dark and the light dashes.
    """
    inner = (255, 255, 255) if marches else _rgb(colour)
    return _premultiplied(np.array([(0, 0, 0), (0, 0, 0), inner]), np.array([0, 1 if marches else 0.7, 1]))


def rules_colours() -> Colours:
    """Return the colours of source rules 0 to 255: red where less is borrowed, green where more is."""
    percent = np.arange(256)
    red_or_green = np.where((percent < NEUTRAL)[:, None], (0xE5, 0x48, 0x4D), (0x30, 0xA4, 0x6C))
    return _premultiplied(red_or_green, np.clip(0.6 * np.abs(percent - NEUTRAL) / NEUTRAL, 0, 0.6))


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _premultiplied(rgb: NDArray[np.int64] | tuple[int, int, int], alpha: NDArray[np.float64]) -> Colours:
    """Return 0xAARRGGBB, the colours weakened by their alpha, as painting is quickest with."""
    weak = np.rint(np.asarray(rgb) * alpha[:, None]).astype(np.uint32)
    shares = np.rint(255 * alpha).astype(np.uint32)
    return (shares << 24 | weak[:, 0] << 16 | weak[:, 1] << 8 | weak[:, 2]).astype(np.uint32)


def at_8_bits(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return the high bytes of 16-bit pixels; 8-bit pixels as they are."""
    high_bytes = pixels if pixels.dtype == np.uint8 else pixels >> 8
    return np.ascontiguousarray(high_bytes, dtype=np.uint8)
