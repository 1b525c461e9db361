"""What did the engines make of it?  Pictures side by side, for people to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from inpainting_core.imaging.arrays import Mask

_GAP, _LINE, _FONT_SIZE = 8, 17, 13
_PAPER, _INK, _PALE, _HOLE = (24, 24, 27), (235, 235, 235), (150, 150, 155), (255, 64, 160)


class Tile(NamedTuple):
    """A picture with up to two lines below it.

    Attributes:
        pixels: (side, side, 3) uint8, or None for a picture that is not there.
        caption: First line.
        remark: Second line, paler.
    """

    pixels: NDArray[np.uint8] | None
    caption: str
    remark: str = ""


def sheet(title: str, rows: Sequence[Sequence[Tile]], side: int) -> NDArray[np.uint8]:
    """Return (H, W, 3) uint8: the title, and below it rows of tiles with their captions.

    Args:
        title: One line.
        rows: At least one; they may differ in length.
        side: Of a tile, in pixels.
    """
    columns = max(len(row) for row in rows)
    pitch = side + 2 * _LINE + _GAP
    size = (_GAP + columns * (side + _GAP), 2 * _GAP + _LINE + len(rows) * pitch)
    page = Image.new("RGB", size, _PAPER)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(_FONT_SIZE)
    draw.text((_GAP, _GAP), _fitted(title, font, size[0] - 2 * _GAP), _INK, font)
    for number, row in enumerate(rows):
        top = 2 * _GAP + _LINE + number * pitch
        for place, tile in enumerate(row):
            left = _GAP + place * (side + _GAP)
            if tile.pixels is not None:
                page.paste(Image.fromarray(tile.pixels), (left, top))
            draw.text((left, top + side + 1), _fitted(tile.caption, font, side), _INK, font)
            draw.text((left, top + side + 1 + _LINE), _fitted(tile.remark, font, side), _PALE, font)
    return np.asarray(page, np.uint8)


def with_hole(truth: NDArray[np.uint8], hole: Mask) -> NDArray[np.uint8]:
    """Return a copy of the picture with the hole in one colour."""
    shown = truth.copy()
    shown[hole] = _HOLE
    return shown


def _fitted(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    """Return the text, its end cut off where it is wider than `width` pixels."""
    while text and font.getlength(text) > width:
        text = text[:-1]
    return text
