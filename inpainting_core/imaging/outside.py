"""Did saving leave alone what nobody asked to change?  The written file is decoded and compared."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.arrays import Alpha, Mask, Pixels
from inpainting_core.imaging.photo import Photo
from inpainting_core.imaging.reading import read_image

_BAND = 256


class OutsideReport(NamedTuple):
    """How a written file differs from the photograph outside the mask.

    Attributes:
        known_pixels: Pixels outside the mask.
        changed: Those of them of which any channel differs.
        largest_difference: The largest difference of a channel, in steps of the picture's depth.
    """

    known_pixels: int
    changed: int
    largest_difference: int


def compare_outside(photo: Photo, path: Path, mask: Mask) -> OutsideReport:
    """Return how the written file differs from `photo` where `mask` is False.

    Args:
        photo: The picture before it was filled. An alpha channel is compared when both have one.
        path: The file, of the same size and depth.
        mask: (H, W) bool, True = filled, may differ.

    Raises:
        ImageReadError: the file cannot be read.
        InvalidRequest: file or mask do not fit the photograph.
    """
    written = read_image(path)
    if mask.shape != photo.pixels.shape[:2]:
        raise InvalidRequest("The mask does not fit the picture.", "Give a mask of the picture's size.")
    if written.pixels.shape != photo.pixels.shape or written.depth != photo.depth:
        raise InvalidRequest(
            "{name} has another size or depth than the picture.",
            "Compare the picture with its own file.",
            name=path.name,
        )
    changed = largest = 0
    for top in range(0, mask.shape[0], _BAND):
        rows = slice(top, top + _BAND)
        difference = _largest_channel(photo.pixels[rows], written.pixels[rows])
        if photo.alpha is not None and written.alpha is not None:
            difference = np.maximum(difference, _apart(photo.alpha[rows], written.alpha[rows]))
        difference[mask[rows]] = 0
        changed += int(np.count_nonzero(difference))
        largest = max(largest, int(difference.max(initial=0)))
    return OutsideReport(mask.size - int(np.count_nonzero(mask)), changed, largest)


def _largest_channel(one: Pixels, other: Pixels) -> Alpha:
    return _apart(one, other).max(axis=2)  # type: ignore[no-any-return]


def _apart(one: Pixels, other: Pixels) -> Pixels:
    return np.maximum(one, other) - np.minimum(one, other)
