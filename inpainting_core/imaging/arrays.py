"""Which arrays are images and masks?

Conventions, once for the whole program: R,G,B order; (y, x) indexing from the top left; True in a mask
is a hole. `Pixels` keep the depth of their file; `Rgb` exists only inside engines.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from inpainting_core.errors import InvalidRequest

Pixels = NDArray[np.uint8] | NDArray[np.uint16]
"""(H, W, 3) uint8 or uint16, sRGB-encoded unless the ICC profile carried beside it says otherwise."""
Alpha = NDArray[np.uint8] | NDArray[np.uint16]
"""(H, W), the same depth as the pixels it belongs to."""
Mask = NDArray[np.bool_]
"""(H, W) bool, True = hole."""
Coverage = NDArray[np.uint8]
"""(H, W) uint8, how much of a pixel is replaced: 0 = none of it, 255 = all; a hole is where it is above 0."""
Rgb = NDArray[np.float32]
"""(H, W, 3) float32 in [0, 1], encoded like the pixels it was made from."""
Weights = NDArray[np.float32]
"""(H, W) float32 in [0, 1]: how gladly content is borrowed from here; 0 = never."""

MAX_SIDE = 32_767
"""Longest side in pixels: source offsets are stored as int16."""

_Array = TypeVar("_Array", bound=NDArray[Any])


def freeze(array: _Array) -> _Array:
    """Return the same array, made read-only."""
    array.flags.writeable = False
    return array


def full_scale(pixels: Pixels | np.dtype[Any]) -> int:
    """Return the value of white: 255 or 65535."""
    dtype = pixels if isinstance(pixels, np.dtype) else pixels.dtype
    return int(np.iinfo(dtype).max)


def to_rgb(pixels: Pixels) -> Rgb:
    """Return (H, W, 3) float32 in [0, 1]; `to_pixels` takes it back without loss."""
    return pixels.astype(np.float32) / np.float32(full_scale(pixels))


def to_pixels(rgb: Rgb, dtype: np.dtype[Any]) -> Pixels:
    """Return `rgb` clipped, scaled and rounded to the depth `dtype` (uint8 or uint16)."""
    scale = full_scale(dtype)
    result: Pixels = np.rint(np.clip(rgb, 0, 1) * np.float32(scale)).astype(dtype)
    return result


def check_pixels(pixels: Pixels) -> None:
    """Raise InvalidRequest unless `pixels` is (H, W, 3), uint8 or uint16, sides 1 to MAX_SIDE."""
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype not in (np.uint8, np.uint16):
        raise InvalidRequest(
            "The picture is an array of shape {shape} and type {type}.",
            "Give (height, width, 3) in uint8 or uint16.",
            shape=pixels.shape,
            type=pixels.dtype,
        )
    _check_sides(pixels.shape[:2])


def check_mask(mask: Mask, size: tuple[int, int]) -> None:
    """Raise InvalidRequest unless `mask` is bool and (H, W) equals `size`."""
    if mask.dtype != np.bool_:
        raise InvalidRequest("The mask's type is {type}.", "Give a bool array, True = hole.", type=mask.dtype)
    if mask.shape != size:
        raise InvalidRequest(
            "The mask is {mask} but the picture is {picture}.",
            "Make the mask exactly as large as the picture.",
            mask=_as_text(mask.shape),
            picture=_as_text(size),
        )


def check_weights(weights: Weights, size: tuple[int, int]) -> None:
    """Raise InvalidRequest unless `weights` is float32 in [0, 1] and (H, W) equals `size`."""
    if weights.dtype != np.float32 or weights.shape != size:
        raise InvalidRequest(
            "The source weights are {weights} of type {type}.",
            "Give a float32 array of {picture}.",
            weights=_as_text(weights.shape),
            type=weights.dtype,
            picture=_as_text(size),
        )
    if not (weights.min() >= 0 and weights.max() <= 1):
        raise InvalidRequest("A source weight lies outside 0 to 1.", "Scale the weights into 0 to 1.")


def _check_sides(size: tuple[int, ...]) -> None:
    if min(size) < 1 or max(size) > MAX_SIDE:
        raise InvalidRequest(
            "The picture is {picture}.",
            "Sides of 1 to {most} pixels can be filled.",
            picture=_as_text(size),
            most=MAX_SIDE,
        )


def _as_text(size: tuple[int, ...]) -> str:
    return " x ".join(str(side) for side in reversed(size)) + " pixels"
