"""Which holes in which photographs?  Always the same ones for the same arguments."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from PIL import Image, ImageOps

from inpainting_core.api import Mask, Pixels, Size, blob_hole, irregular_hole, square_hole

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


@dataclass(frozen=True)
class Case:
    """A photograph with a hole whose content is known.

    Attributes:
        name: File name and hole bin.
        bin: A key of `BINS`.
        image: (size, size, 3) uint8, the truth.
        mask: (size, size) bool.
    """

    name: str
    bin: str
    image: Pixels
    mask: Mask


def _strokes(low: float, high: float) -> Callable[[Size, int], Mask]:
    return lambda size, seed: irregular_hole(size, (low, high), seed)


BINS: Mapping[str, Callable[[Size, int], Mask]] = MappingProxyType(
    {
        "1-10 %": _strokes(0.01, 0.1),
        "10-20 %": _strokes(0.1, 0.2),
        "20-30 %": _strokes(0.2, 0.3),
        "30-40 %": _strokes(0.3, 0.4),
        "40-50 %": _strokes(0.4, 0.5),
        "50-60 %": _strokes(0.5, 0.6),
        "square": lambda size, _: square_hole(size),
        "object": lambda size, seed: blob_hole(size, 0.05, seed),
    }
)
"""Irregular strokes by coverage, the middle square, and one outlined object."""


def bundled_photos() -> list[Path]:
    """Return the sample photographs."""
    entries = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))
    return [SAMPLES / entry["file"] for entry in entries]


def cases(photos: Sequence[Path], size: int, bins: Sequence[str], seed: int) -> Iterator[Case]:
    """Yield one case for every photo and bin; photos are cut to their middle square and scaled to `size`."""
    for path in photos:
        image = middle_square(path, size)
        for name in bins:
            own_seed = zlib.crc32(f"{path.name} {name} {seed}".encode()) & 0x7FFFFFFF
            yield Case(f"{path.stem} {name}", name, image, BINS[name](Size(size, size), own_seed))


def middle_square(path: Path, size: int) -> Pixels:
    """Return (size, size, 3) uint8."""
    with Image.open(path) as photo:
        upright = ImageOps.exif_transpose(photo).convert("RGB")
        square = ImageOps.fit(upright, (size, size), Image.Resampling.LANCZOS)
        return np.asarray(square, np.uint8)
