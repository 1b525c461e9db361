"""What is a photograph beside its pixels?  Everything that goes back into the file when it is saved."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.arrays import Alpha, Pixels, check_pixels


@dataclass(frozen=True)
class Encoding:
    """How a file was written, so that it can be written the same way again.

    Attributes:
        format: "JPEG", "PNG", "WebP", "TIFF", "BMP", "AVIF", "GIF" or "JPEG 2000".
        options: What the encoder of this format must be told, such as JPEG's quantisation tables.
    """

    format: str
    options: Mapping[str, Any] = dataclasses.field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Photo:
    """A picture upright, with what its file held beside the pixels.

    Attributes:
        pixels: (H, W, 3) uint8 or uint16.
        alpha: (H, W), the same depth, straight (colours are not multiplied with it), or None.
        icc: Colour profile, or None. A grey picture's is for grey.
        exif: EXIF block from its TIFF header on, orientation 1 and without thumbnail, or None.
        xmp: XMP packet, orientation 1 and without thumbnails, or None.
        iptc: IPTC records, or None.
        dpi: Pixels per inch, horizontal and vertical, or None.
        is_grey: True when the file had brightness only; it is written so while it is grey and without alpha.
        encoding: How the file was written, or None when there was none.
        notes: Sentences the user should read.

    Raises:
        InvalidRequest: pixels or alpha of the wrong type or size.
    """

    pixels: Pixels
    alpha: Alpha | None = None
    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    dpi: tuple[float, float] | None = None
    is_grey: bool = False
    encoding: Encoding | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_pixels(self.pixels)
        if self.alpha is None:
            return
        if self.alpha.shape != self.pixels.shape[:2] or self.alpha.dtype != self.pixels.dtype:
            raise InvalidRequest(
                "The alpha channel does not fit the pixels.", "Give (height, width) of the same depth."
            )

    @property
    def depth(self) -> int:
        """Bits per channel: 8 or 16."""
        return 8 * self.pixels.dtype.itemsize


def narrowed(photo: Photo) -> Photo:
    """Return the picture at 8 bits per channel, each value rounded; an 8-bit picture as it is."""
    if photo.depth == 8:
        return photo
    alpha = None if photo.alpha is None else _to_8_bits(photo.alpha)
    return dataclasses.replace(photo, pixels=_to_8_bits(photo.pixels), alpha=alpha)


def _to_8_bits(values: Pixels | Alpha) -> NDArray[np.uint8]:
    return ((values.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
