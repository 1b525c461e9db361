"""What is a correspondence field?

Offsets rather than absolute positions: they survive cropping and are what a colour wheel shows. The
grid covers the hole's box only. Cell (i, j) covers the pixels origin + stride * (i..i+1, j..j+1); its
n-th source is the cell (i, j) + offsets[i, j, n].
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inpainting_core.imaging.arrays import Mask, freeze
from inpainting_core.imaging.geometry import Box, Point


class FieldKind(Enum):
    """How an engine knows where its pixels came from."""

    NONE = "none"
    PATCH = "patch"
    ATTENTION = "attention"


class Source(NamedTuple):
    """A place that a pixel was copied from.

    Attributes:
        box: The source cell in document pixels.
        score: Its share, 0 to 1; of a copy that a network led, what its looks elsewhere leave of 1.
    """

    box: Box
    score: float


@dataclass(frozen=True)
class CorrespondenceField:
    """The sources of every hole cell: what was copied, what else was considered. Arrays are read-only.

    Attributes:
        origin: Document pixel of the grid's top left corner.
        stride_yx: Pixels per cell, (1.0, 1.0) for patch fields.
        offsets: (h, w, k, 2) int16, (dy, dx) in cells; 0 outside the hole.
        scores: (h, w, k) float32 >= 0, sum <= 1; the missing mass lies beyond the top k. The first source is
            the one that was copied, whatever its score; those of the others fall.
        hole: (h, w) bool, True = this cell was filled.
        bounds: The part of the document where sources may lie.
        kind: How the offsets were found.
    """

    origin: Point
    stride_yx: tuple[float, float]
    offsets: NDArray[np.int16]
    scores: NDArray[np.float32]
    hole: Mask
    bounds: Box
    kind: FieldKind

    def __post_init__(self) -> None:
        h, w, k = self.scores.shape
        if self.offsets.shape != (h, w, k, 2) or self.hole.shape != (h, w):
            raise ValueError(f"{self.offsets.shape=}, {self.scores.shape=}, {self.hole.shape=}")
        if self.offsets.dtype != np.int16 or self.scores.dtype != np.float32 or self.hole.dtype != np.bool_:
            raise TypeError("a field is int16 offsets, float32 scores and a bool hole")
        for array in (self.offsets, self.scores, self.hole):
            freeze(array)

    @property
    def box(self) -> Box:
        """The document pixels that the grid covers."""
        h, w = self.hole.shape
        sy, sx = self.stride_yx
        return Box(self.origin.y, self.origin.x, math.floor(h * sy + 0.5), math.floor(w * sx + 0.5))


@dataclass(frozen=True)
class HeatMap:
    """A quantity over the hole that is not a correspondence.

    Attributes:
        origin: Document pixel of the top left corner.
        stride_yx: Pixels per cell.
        values: (h, w) float32 in [0, 1]; NaN where it says nothing.
        caption: What it shows.
        unit: What 1.0 stands for.
    """

    origin: Point
    stride_yx: tuple[float, float]
    values: NDArray[np.float32]
    caption: str
    unit: str

    def __post_init__(self) -> None:
        freeze(self.values)
