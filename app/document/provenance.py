"""Where did each pixel come from?  Which fill wrote it, and the chain of sources back to the photograph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from app.document.edits import Filled
from inpainting_core.api import Box, Mask, Point, Size, Source, SourceIndex, sources_at

MOST_STEPS = 8


class End(Enum):
    """Why a trace stops."""

    ORIGINAL = "original"
    NO_FIELD = "no field"
    CHANGED = "changed since"
    TOO_LONG = "too long"


@dataclass(frozen=True)
class Step:
    """One hop from a filled pixel to where it came from.

    Attributes:
        pixel: The filled pixel.
        sources: Its sources, the copied one first, at least one.
    """

    pixel: Point
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Trace:
    """The chain from a pixel to its origin.

    Attributes:
        pixel: Where it starts.
        steps: Empty when the pixel was never filled, or its engine cannot say.
        end: What was met at the end.
        why: The engine's sentence when `end` is NO_FIELD.
    """

    pixel: Point
    steps: tuple[Step, ...]
    end: End
    why: str = ""


class Provenance:
    """Every filled region and, for every pixel, the newest one that wrote it.

    Attributes:
        owner: (H, W) int32; 0 = the photograph's own, n = fills[n - 1].
    """

    def __init__(self, size: Size) -> None:
        self.owner = np.zeros(size, np.int32)
        self._fills: list[Filled] = []
        self._indexes: dict[int, SourceIndex] = {}

    @property
    def fills(self) -> Sequence[Filled]:
        """The regions, oldest first."""
        return self._fills

    @property
    def filled(self) -> Mask:
        """(H, W) bool: what is filled now, made anew."""
        filled = np.zeros(self.owner.shape, np.bool_)
        part = self.box.slices
        filled[part] = self.owner[part] > 0
        return filled

    @property
    def filled_area(self) -> int:
        """Number of pixels that are filled now."""
        return int(np.count_nonzero(self.owner[self.box.slices]))

    @property
    def box(self) -> Box:
        """The smallest box that holds every filled region."""
        box = Box(0, 0, 0, 0)
        for fill in self._fills:
            box = box.union(fill.box)
        return box

    def add(self, fills: Sequence[Filled]) -> None:
        """Append regions whose pixels the owner map already shows."""
        self._fills.extend(fills)

    def remove(self, count: int) -> None:
        """Forget the newest `count` regions."""
        del self._fills[len(self._fills) - count :]
        self._indexes = {n: index for n, index in self._indexes.items() if n <= len(self._fills)}

    def pasted_from(self, box: Box) -> NDArray[np.int32]:
        """Return (n, 2) int32: every pixel now in the picture that was copied from inside `box`."""
        found = [np.empty((0, 2), np.int32)]
        for number, fill in enumerate(self._fills, 1):
            if fill.field is None:
                continue
            if number not in self._indexes:
                self._indexes[number] = SourceIndex(fill.field)
            pixels = self._indexes[number].pasted_from(box)
            found.append(pixels[self.owner[pixels[:, 0], pixels[:, 1]] == number])
        return np.concatenate(found)

    def trace(self, pixel: Point) -> Trace:
        """Return where `pixel`, inside the picture, came from, through earlier fills.

        A source that a later fill has overwritten no longer shows what was copied: the chain stops there.
        """
        steps: list[Step] = []
        here, newest = pixel, len(self._fills) + 1
        while True:
            number = int(self.owner[here])
            if number == 0:
                return Trace(pixel, tuple(steps), End.ORIGINAL)
            if number >= newest:
                return Trace(pixel, tuple(steps), End.CHANGED)
            if len(steps) == MOST_STEPS:
                return Trace(pixel, tuple(steps), End.TOO_LONG)
            fill = self._fills[number - 1]
            sources = sources_at(fill.field, here) if fill.field is not None else ()
            if not sources:
                return Trace(pixel, tuple(steps), End.NO_FIELD, fill.why_no_field)
            steps.append(Step(here, sources))
            best = sources[0].box
            here, newest = Point(best.top + best.height // 2, best.left + best.width // 2), number
