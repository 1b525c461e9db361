"""How does a field look?  Offsets as colours: the angle says where to, the strength how far.

Three palettes. "hue": direction = hue, distance = saturation, white = copied from next door. "blue_yellow"
needs no red-green vision: right is yellow, left blue, up light, down dark. In both, strength is the square
root of the distance, so that the direction can be told for near sources too. "paper" is the wheel of the
published maps of attention (Yu et al. 2018, figure 4): the 55 hues of the Middlebury flow benchmark (Baker
et al. 2011), turned so that sources down-left are pink and those up-right green; strength is the distance.
The legend is drawn by the same rule.
"""

from __future__ import annotations

from typing import Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.fields.field import CorrespondenceField

Rgba = NDArray[np.uint8]
"""(h, w, 4) uint8: R, G, B, A, not premultiplied."""
Palette = Literal["hue", "blue_yellow", "paper"]
PALETTES: tuple[Palette, ...] = get_args(Palette)
_RED, _YELLOW, _GREEN, _CYAN, _BLUE, _PINK = np.array(
    [[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1], [1, 0, 1]], np.float64
)
_PAPER_HUES = (
    (15, _RED, _YELLOW),
    (6, _YELLOW, _GREEN),
    (4, _GREEN, _CYAN),
    (11, _CYAN, _BLUE),
    (13, _BLUE, _PINK),
    (6, _PINK, _RED),
)
"""How many hues lead from one colour to the next, and which."""
_PAPER_WHEEL = np.concatenate(
    [start + (np.arange(n)[:, None] / n) * (end - start) for n, start, end in _PAPER_HUES]
)


def render_field(field: CorrespondenceField, full_px: float, palette: Palette = "hue") -> Rgba:
    """Return the first offset of every cell as a colour, transparent outside the hole.

    Args:
        field: Its grid has (h, w) cells; so has the picture.
        full_px: Distance in document pixels shown at full strength, above 0; farther looks the same.
        palette: One of `PALETTES`.
    """
    strides = np.array(field.stride_yx, np.float32)
    offsets = field.offsets[:, :, 0].astype(np.float32) * (strides / np.float32(full_px))  # (h, w, 2)
    return _with_alpha(_colours(offsets[..., 0], offsets[..., 1], palette), field.hole)


def render_wheel(side: int, palette: Palette = "hue") -> Rgba:
    """Return the legend, (side, side, 4): seen from its centre, each colour lies where it was copied from."""
    axis = (np.arange(side, dtype=np.float32) + 0.5) * (2 / side) - 1
    dy, dx = np.meshgrid(axis, axis, indexing="ij")
    return _with_alpha(_colours(dy, dx, palette), np.hypot(dy, dx) <= 1)


def longest_offset(field: CorrespondenceField) -> float:
    """Return the greatest distance in document pixels between a filled cell and its first source."""
    offsets = field.offsets[:, :, 0][field.hole].astype(np.float32) * np.array(field.stride_yx, np.float32)
    return float(np.hypot(offsets[:, 0], offsets[:, 1]).max(initial=0.0))


def _colours(dy: NDArray[np.float32], dx: NDArray[np.float32], palette: Palette) -> NDArray[np.uint8]:
    """Return (h, w, 3) uint8; offsets of length 1 and more have full strength."""
    if palette == "paper":
        return _paper_colours(dy, dx)
    length, angle = cv2.cartToPolar(dx, dy, angleInDegrees=True)
    strength = np.sqrt(np.minimum(length, 1))
    if palette == "hue":
        hsv = np.dstack([angle, strength, np.ones_like(length)]).astype(np.float32)
        rgb = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    else:
        scale = strength / np.maximum(length, np.float32(1e-6))
        lightness, yellowness = 58 - 34 * dy * scale, 62 * dx * scale
        lab = np.dstack([lightness, np.zeros_like(length), yellowness]).astype(np.float32)
        rgb = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
    return np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint8)


def _paper_colours(dy: NDArray[np.float32], dx: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return (h, w, 3) uint8; the wheel's u is the offset down, its v the offset to the right."""
    places = (np.arctan2(-dx, -dy) / np.pi + 1) / 2 * (len(_PAPER_WHEEL) - 1)
    first = places.astype(np.intp)
    between = (places - first)[..., None]
    following = (first + 1) % len(_PAPER_WHEEL)
    hues = (1 - between) * _PAPER_WHEEL[first] + between * _PAPER_WHEEL[following]
    strength = np.minimum(np.hypot(dy, dx), 1)[..., None]
    rgb: NDArray[np.uint8] = np.rint((1 - strength * (1 - hues)) * 255).astype(np.uint8)
    return rgb


def _with_alpha(colours: NDArray[np.uint8], visible: NDArray[np.bool_]) -> Rgba:
    alpha = visible.astype(np.uint8)[..., None] * np.uint8(255)
    return np.concatenate([colours * visible[..., None], alpha], axis=2)
