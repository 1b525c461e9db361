"""Which holes does a network learn to fill?  The paper's rectangles, and strokes of a brush."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box, Size
from inpainting_core.masks.sampling import irregular_hole
from inpainting_core.masks.shape import tight_box
from inpainting_core.training.config import HoleSettings

_DRAWN = 1024


class Hole(NamedTuple):
    """What is missing from a square.

    Attributes:
        mask: (S, S) bool, True = hole.
        box: A square inside that holds it: what a local critic sees.
        is_rectangle: True for the paper's own kind.
    """

    mask: Mask
    box: Box
    is_rectangle: bool


class Holes:
    """Holes of both families, drawn by chance.

    Strokes cost milliseconds: a thousand are drawn, each when first asked for, and then turned, mirrored
    and moved around the border into ever other ones.

    Args:
        side: Of the squares, in pixels.
        settings: How often which.
    """

    def __init__(self, side: int, settings: HoleSettings) -> None:
        self._side, self._settings = side, settings
        self._drawn: dict[int, Mask] = {}

    def sampled(self, rng: np.random.Generator) -> Hole:
        """Return a hole; the same whenever `rng` is in the same state."""
        if rng.random() < self._settings.rectangles:
            return rectangle(self._side, rng)
        seed, turns, down, right = (
            int(number) for number in rng.integers([_DRAWN, 8, self._side, self._side])
        )
        if seed not in self._drawn:
            coverage = self._settings.least, self._settings.most
            self._drawn[seed] = irregular_hole(Size(self._side, self._side), coverage, seed)
        mask = np.rot90(self._drawn[seed], turns)
        mask = np.roll(mask.T if turns >= 4 else mask, (down, right), axis=(0, 1))
        return _of_strokes(np.ascontiguousarray(mask))


def rectangle(side: int, rng: np.random.Generator) -> Hole:
    """Return the paper's rectangle: a box of half the side, shrunk by up to 1/16 of the side on each side.

    At 256 the hole's sides are even numbers from 96 to 128; the box is the one before it shrank.

    Source: Yu et al. 2018, section 4 and the authors' code (`random_bbox`, `bbox2mask`).
    """
    half = side // 2
    top, left = (int(start) for start in rng.integers(0, half, 2))
    less = [int(shrunk) for shrunk in rng.integers(0, side // 16 + 1, 2)]
    mask = np.zeros((side, side), np.bool_)
    mask[top + less[0] : top + half - less[0], left + less[1] : left + half - less[1]] = True
    return Hole(mask, Box(top, left, half, half), is_rectangle=True)


def centred(side: int) -> Hole:
    """Return the fixed hole that the paper validates with: the square in the middle, half as wide."""
    mask = np.zeros((side, side), np.bool_)
    box = Box(side // 4, side // 4, side // 2, side // 2)
    mask[box.slices] = True
    return Hole(mask, box, is_rectangle=True)


def strokes(side: int, coverage: tuple[float, float], seed: int) -> Hole:
    """Return brush strokes that cover more than `coverage[0]` and at most `coverage[1]` of the square."""
    return _of_strokes(irregular_hole(Size(side, side), coverage, seed))


def _of_strokes(mask: Mask) -> Hole:
    return Hole(mask, _square_around(tight_box(mask), len(mask)), is_rectangle=False)


def _square_around(box: Box, side: int) -> Box:
    """Return the square around a box, at least half the side wide, moved inside where it sticks out."""
    wide = max(side // 2, box.height, box.width)
    top = min(max(0, box.top + box.height // 2 - wide // 2), side - wide)
    left = min(max(0, box.left + box.width // 2 - wide // 2), side - wide)
    return Box(top, left, wide, wide)
