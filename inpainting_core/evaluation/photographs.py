"""Which squares does a folder of photographs give?  Any size and format; what cannot be read is said."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.errors import ImageReadError, InvalidRequest
from inpainting_core.imaging.arrays import Pixels, freeze
from inpainting_core.imaging.photo import narrowed
from inpainting_core.imaging.reading import read_image


class Square(NamedTuple):
    """The middle of a photograph.

    Attributes:
        name: The file's path below the folder, with forward slashes.
        pixels: (side, side, 3) uint8, read-only.
        digest: Of the pixels; tells another photograph of the same name.
    """

    name: str
    pixels: NDArray[np.uint8]
    digest: str


def file_stem(name: str) -> str:
    """Return a square's name as a part of file names."""
    return name.replace("/", "__")


def photographs_in(folder: Path, limit: int | None = None, leave_out: Path | None = None) -> list[Path]:
    """Return the folder's files, those of folders in it included, sorted; hidden ones are no photographs.

    Args:
        folder: Where to look.
        limit: How many at most; the first ones are taken.
        leave_out: A folder whose files do not count, because we write to it.

    Raises:
        InvalidRequest: there is no such folder, or it is empty.
    """
    if not folder.is_dir():
        raise InvalidRequest("There is no folder {folder}.", "Give a folder of photographs.", folder=folder)
    hidden = [part for part in (leave_out,) if part is not None]
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not any(path.resolve().is_relative_to(part.resolve()) for part in hidden)
    ]
    if not found:
        raise InvalidRequest("{folder} holds no files.", "Give a folder of photographs.", folder=folder)
    return found[:limit]


def read_square(path: Path, folder: Path, side: int) -> Square:
    """Return the largest square in the middle of the photograph, resized to `side`.

    Deeper pixels are narrowed to 8 bits; transparency and colour profile do not count.

    Raises:
        ImageReadError: the file is no picture that can be read, or a side is under 8 pixels.
    """
    pixels = narrowed(read_image(path)).pixels
    height, width = pixels.shape[:2]
    edge = min(height, width)
    if edge < 8:
        raise ImageReadError("{name} is too small.", "Leave it out.", name=path.name)
    top, left = (height - edge) // 2, (width - edge) // 2
    square = freeze(_resized(pixels[top : top + edge, left : left + edge], side))
    digest = hashlib.sha256(square.tobytes()).hexdigest()[:16]
    return Square(path.relative_to(folder).as_posix(), square, digest)


def _resized(pixels: Pixels, side: int) -> NDArray[np.uint8]:
    """Return the square scaled; averaged where it shrinks, so that nothing flickers."""
    how = cv2.INTER_AREA if pixels.shape[0] >= side else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(pixels, (side, side), interpolation=how), np.uint8)
