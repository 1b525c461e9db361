"""How do amounts look?  Confidence and use as colours, with bars that explain them.

All tables rise steadily in lightness: they read in grey, and without red-green or blue-yellow vision.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.fields.render import Rgba
from inpainting_core.imaging.arrays import freeze

Shades = Literal["viridis", "cividis", "inferno"]
SHADES: tuple[Shades, ...] = get_args(Shades)
_TABLES: Mapping[Shades, int] = MappingProxyType(
    {"viridis": cv2.COLORMAP_VIRIDIS, "cividis": cv2.COLORMAP_CIVIDIS, "inferno": cv2.COLORMAP_INFERNO}
)
_STEPS = (1, 2, 5)


class Tick(NamedTuple):
    """A value beside a colour bar.

    Attributes:
        position: 0 at the bar's top, 1 at its bottom.
        value: What its colour there stands for.
    """

    position: float
    value: float


class ColourBar(NamedTuple):
    """What a map's colours mean.

    Attributes:
        picture: (length, 1, 4) uint8, the greatest value at the top.
        ticks: From the bottom up.
    """

    picture: Rgba
    ticks: tuple[Tick, ...]


def render_confidence(confidence: NDArray[np.float32], shades: Shades = "viridis") -> Rgba:
    """Return (h, w, 4): dark = doubtful, light = sure, transparent where it is NaN.

    Args:
        confidence: (h, w) float32 in [0, 1] or NaN.
        shades: One of `SHADES`.
    """
    known = ~np.isnan(confidence)
    return _coloured(np.where(known, confidence, np.float32(0)), known.astype(np.float32), shades)


def render_density(
    counts: NDArray[np.float32], most: float | None = None, shades: Shades = "inferno"
) -> Rgba:
    """Return (h, w, 4): light = used often, on a logarithmic scale; transparent at 0.

    Args:
        counts: (h, w) float32 >= 0, as `source_density` gives them; below 1 they fade out.
        most: The count that is lightest, above 0; None = the greatest there is.
        shades: One of `SHADES`.
    """
    top = max(float(counts.max(initial=0)), 1.0) if most is None else most
    return _coloured(np.log1p(counts) / math.log1p(top), np.minimum(counts, 1), shades)


def confidence_bar(length: int, shades: Shades = "viridis") -> ColourBar:
    """Return the legend of `render_confidence`."""
    values = np.linspace(1, 0, length, dtype=np.float32)[:, None]
    ticks = tuple(Tick(1 - value, value) for value in (0.0, 0.25, 0.5, 0.75, 1.0))
    return ColourBar(freeze(render_confidence(values, shades)), ticks)


def density_bar(length: int, most: float, shades: Shades = "inferno") -> ColourBar:
    """Return the legend of `render_density` for counts from 0 to `most`, above 0; ticks at 1, 2, 5, 10 ..."""
    full = math.log1p(most)
    values = np.expm1(np.linspace(full, 0, length, dtype=np.float32))[:, None]
    steps = [step * 10**decade for decade in range(int(math.log10(max(most, 1))) + 1) for step in _STEPS]
    ticks = tuple(Tick(1 - math.log1p(step) / full, float(step)) for step in steps if step <= most)
    return ColourBar(freeze(render_density(values, most, shades)), ticks)


def _coloured(shares: NDArray[np.floating], opacity: NDArray[np.floating], shades: Shades) -> Rgba:
    """Return (h, w, 4): the table's colour at each share, with this opacity, both 0 to 1."""
    table = cv2.applyColorMap(np.arange(256, dtype=np.uint8)[:, None], _TABLES[shades])[:, 0, ::-1]
    colours = table[np.rint(np.clip(shares, 0, 1) * 255).astype(np.uint8)]
    alpha = np.rint(opacity * 255).astype(np.uint8)
    return np.dstack([np.where(alpha[..., None] > 0, colours, np.uint8(0)), alpha]).astype(np.uint8)
