"""Which pictures stand for masks and for source weights?

Nobody wants to learn a polarity: white is the hole, white may be borrowed.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Coverage, Mask, Weights, check_mask, check_weights, full_scale
from inpainting_core.imaging.atomic import replace_file
from inpainting_core.imaging.photo import Photo
from inpainting_core.imaging.reading import read_image

_LUMINANCE = (0.2126, 0.7152, 0.0722)
_TRACE = np.float32(8 / 255)


def read_mask(path: Path, size: tuple[int, int]) -> Mask:
    """Return the hole that a picture shows, bool (H, W).

    If its alpha varies, what is more than half opaque is the hole; otherwise what is brighter than half.

    Args:
        path: A picture.
        size: (H, W) that it must have.

    Raises:
        ImageReadError: it cannot be read.
        InvalidRequest: it has another size.
    """
    mask = np.asarray(_shares(path) > np.float32(0.5))
    check_mask(mask, size)
    return mask


def read_coverage(path: Path, size: tuple[int, int]) -> Coverage:
    """Return the mask that a picture shows with its soft edges, uint8 (H, W); see `read_mask`.

    What is all but black or all but white counts as that: JPEG leaves such traces.

    Args:
        path: A picture.
        size: (H, W) that it must have.

    Raises:
        ImageReadError: it cannot be read.
        InvalidRequest: it has another size.
    """
    shares = _shares(path)
    check_mask(shares > 0, size)
    shares = np.where(shares < _TRACE, 0, np.where(shares > 1 - _TRACE, 1, shares))
    return np.rint(shares * 255).astype(np.uint8)


def write_mask(path: Path, coverage: Coverage) -> None:
    """Write a mask as a grey PNG: white = to be filled, grey = in part.

    Args:
        path: Where to; a file there is replaced, all or nothing.
        coverage: (H, W) uint8.

    Raises:
        ImageWriteError: it cannot be written.
    """
    replace_file(path, cv2.imencode(".png", coverage)[1].tobytes())


def read_weights(path: Path, size: tuple[int, int]) -> Weights:
    """Return how gladly content is borrowed from each place, float32 (H, W) in [0, 1]: white 1, black 0.

    Args:
        path: A picture; its brightness counts.
        size: (H, W) that it must have.

    Raises:
        ImageReadError: it cannot be read.
        InvalidRequest: it has another size.
    """
    photo = read_image(path)
    weights = (_luminance(photo) / np.float32(full_scale(photo.pixels))).astype(np.float32)
    check_weights(weights, size)
    return weights


def _shares(path: Path) -> NDArray[np.float32]:
    """Return (H, W) in [0, 1]: the picture's alpha, or its brightness where alpha says nothing."""
    photo = read_image(path)
    alpha = photo.alpha
    shown = _luminance(photo) if alpha is None or alpha.min() == alpha.max() else alpha
    return shown.astype(np.float32) / np.float32(full_scale(photo.pixels))


def _luminance(photo: Photo) -> NDArray[np.float32]:
    """Return (H, W) from 0 to the picture's full scale; a grey picture's own values."""
    grey = photo.pixels[..., 0]
    if photo.is_grey:
        return grey.astype(np.float32)
    weighed = photo.pixels @ np.array(_LUMINANCE, np.float32)
    return np.minimum(weighed, full_scale(photo.pixels))
