"""Which holes does a protocol cut into a photograph?  The same for every engine, by seed.

yu      Yu et al. 2018 at 256: the centred square of half the side, which they validate with, and one
        rectangle as they train with. Their Table 1 does not say where its holes lay.
pconv   Liu et al. 2018 at 512: brush strokes in six bins of hole-to-image area, each once at least 50
        pixels (of 512) from the border and once anywhere. They gave each photograph one of 12,000
        masks; ours are drawn, and each photograph gets all twelve. Their IScore is left out: its
        definition is not given.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Size
from inpainting_core.masks.sampling import irregular_hole, rectangle_hole, square_hole

ProtocolName = Literal["yu", "pconv"]

BINS = ((0.01, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 0.6))
"""Shares of the picture, more than the first and at most the second."""
RECTANGLES = ("centre", "random")
PLACES = ("inside", "border")
"""Away from the border ("N" in the paper's table), and free to touch it ("B")."""

_MARGIN = 50 / 512
_USUAL_SIDES = (("yu", 256), ("pconv", 512))
_LEAST_SIDE = 32


class Hole(NamedTuple):
    """A hole of the protocol.

    Attributes:
        name: Unique among the holes of a photograph.
        mask: (side, side) bool.
        seed: For the engine that fills it.
    """

    name: str
    mask: Mask
    seed: int


@dataclass(frozen=True)
class ComparisonSettings:
    """What the figures depend on, beside photographs and engines.

    Attributes:
        protocol: "yu" or "pconv".
        side: Of the square that is cut from each photograph, in pixels; 0 = the paper's.
        seed: Same seed, same holes.
        vgg: False leaves out the VGG distance, which takes most of the time and needs torch.

    Raises:
        InvalidRequest: there is no such protocol, or the side is too small.
    """

    protocol: ProtocolName = "yu"
    side: int = 0
    seed: int = 0
    vgg: bool = True

    def __post_init__(self) -> None:
        if self.protocol not in get_args(ProtocolName):
            raise InvalidRequest(
                "There is no protocol {protocol!r}.", "There are: yu, pconv.", protocol=self.protocol
            )
        if self.side == 0:
            object.__setattr__(self, "side", dict(_USUAL_SIDES)[self.protocol])
        if self.side < _LEAST_SIDE:
            raise InvalidRequest(
                "A side of {side} pixels is too small.",
                "Give {least} or more.",
                side=self.side,
                least=_LEAST_SIDE,
            )


def holes(settings: ComparisonSettings, photo: str) -> Iterator[Hole]:
    """Yield the holes of the photograph of this name; another name or seed draws others."""
    size = Size(settings.side, settings.side)
    for name in hole_names(settings.protocol):
        seed = zlib.crc32(f"{settings.seed}/{photo}/{name}".encode()) % 2**31
        yield Hole(name, _mask(name, size, seed), seed)


def hole_names(protocol: ProtocolName) -> tuple[str, ...]:
    """Return the names of the holes that each photograph gets, in the order of the tables."""
    if protocol == "yu":
        return RECTANGLES
    return tuple(f"{bin_name(coverage)}_{place}" for coverage in BINS for place in PLACES)


def bin_name(coverage: tuple[float, float]) -> str:
    """Return such as "1-10" for (0.01, 0.1)."""
    return f"{coverage[0]:.0%}-{coverage[1]:.0%}".replace("%", "")


def _mask(name: str, size: Size, seed: int) -> Mask:
    if name == "centre":
        return square_hole(size, 0.5)
    if name == "random":
        return rectangle_hole(size, seed)
    coverage, place = name.split("_")
    share = next(share for share in BINS if bin_name(share) == coverage)
    return irregular_hole(size, share, seed) if place == "border" else _inner_hole(size, share, seed)


def _inner_hole(size: Size, coverage: tuple[float, float], seed: int) -> Mask:
    """Return (H, W) bool brush strokes that stay away from the border."""
    margin = round(_MARGIN * size.h)
    inner = Size(size.h - 2 * margin, size.w - 2 * margin)
    ratio = size.h * size.w / (inner.h * inner.w)
    least, most = coverage
    return np.pad(irregular_hole(inner, (ratio * least, ratio * most), seed), margin)
