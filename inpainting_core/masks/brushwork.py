"""How is a soft brush drawn?  A round nib, full in its core, that fades to nothing at its rim.

What a segment covers depends on the distance to its middle line alone. Painting keeps the greater
coverage and erasing the smaller, so segments may overlap in any order without building up.

A wide rim is drawn by printing the nib along the segment: cheap, and off by at most 6 of 255. Any other
is computed, pixel by pixel of the rim, exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.arrays import Coverage
from inpainting_core.imaging.geometry import Box, Point, Size
from inpainting_core.masks.strokes import Rows, capsule_rows, fill_rows, middle_shift

WIDEST = 4096
_PRINTABLE_RIM = 80.0
"""Rim in pixels above which half a pixel beside the line, where prints may lie, does not show."""
_SCALABLE_RIM = 16.0
"""Rim in pixels above which a print can be made from a larger one."""
_HEADROOM = 1.4
"""How much larger than the growing nib its new master is made."""


@dataclass(frozen=True)
class Nib:
    """The end of a brush.

    Attributes:
        diameter: 1 to 4096 pixels.
        hardness: Share of the radius that covers in full, 0 to 1; from there it fades like a cosine.
        opacity: What is covered in full, 0 to 1 of a pixel.
    """

    diameter: int
    hardness: float = 1.0
    opacity: float = 1.0

    def __post_init__(self) -> None:
        if not (1 <= self.diameter <= WIDEST and 0 <= self.hardness <= 1 and 0 <= self.opacity <= 1):
            raise InvalidRequest(
                "There is no brush of {diameter} px, hardness {hardness}, opacity {opacity}.",
                "Choose 1 to {widest} px, and hardness and opacity from 0 to 1.",
                diameter=self.diameter,
                hardness=self.hardness,
                opacity=self.opacity,
                widest=WIDEST,
            )

    @property
    def radius(self) -> float:
        """Distance at which nothing is covered."""
        return self.diameter / 2

    @property
    def rim(self) -> float:
        """Width in pixels over which the nib fades."""
        return self.radius * (1 - self.hardness)

    @property
    def peak(self) -> int:
        """Greatest coverage, 0 to 255."""
        return round(255 * self.opacity)

    def profile(self, distance: NDArray[np.float32]) -> Coverage:
        """Return what is covered at a distance from the middle, in pixels; the same shape, uint8."""
        if self.rim == 0:
            return np.where(distance <= self.radius, self.peak, 0).astype(np.uint8)
        faded = np.clip((distance - (self.radius - self.rim)) / self.rim, 0, 1)
        covered: Coverage = np.rint((0.5 * 255 * self.opacity) * (1 + np.cos(np.pi * faded))).astype(np.uint8)
        return covered


def reach(start: Point, end: Point, diameter: int, size: Size) -> Box:
    """Return a box inside the picture that holds all that a segment may touch; it may be empty."""
    top, left = min(start.y, end.y), min(start.x, end.x)
    box = Box(top, left, abs(start.y - end.y) + 1, abs(start.x - end.x) + 1)
    return box.pad(diameter // 2 + 1).clamp(size)


class Brushwork:
    """Draws segments; remembers what the last wide nib looks like, so keep one from stroke to stroke."""

    def __init__(self) -> None:
        self._nib: Nib | None = None
        self._print: Coverage = np.zeros((0, 0), np.uint8)
        self._master: tuple[Nib, Coverage] | None = None

    def draw_segment(self, coverage: Coverage, start: Point, end: Point, nib: Nib, paints: bool) -> Box:
        """Draw a segment in place and return a box outside which nothing changed.

        Args:
            coverage: (H, W) uint8.
            start: First pixel; may lie outside.
            end: Last pixel; may lie outside.
            nib: At hardness and opacity 1 exactly `capsule`.
            paints: True keeps the greater of the coverage and the nib's, False the smaller of it and what
                the nib leaves.
        """
        start, end = sorted((start, end))
        box = reach(start, end, nib.diameter, Size(*coverage.shape))
        if not box.is_empty:
            places = _prints(start, end, nib)
            if places:
                self._press(coverage, places, nib, paints)
            else:
                _trace(coverage, start, end, nib, paints)
        return box

    def _press(self, coverage: Coverage, places: list[Point], nib: Nib, paints: bool) -> None:
        print_ = self._print_of(nib)
        corner = (nib.diameter - 1) // 2
        for place in places:
            whole = Box(place.y - corner, place.x - corner, nib.diameter, nib.diameter)
            box = whole.clamp(Size(*coverage.shape))
            part = print_[box.shift(-whole.top, -whole.left).slices]
            if not box.is_empty:
                _lay(coverage[box.slices], part, paints)

    def _print_of(self, nib: Nib) -> Coverage:
        """Return what the nib covers, (diameter, diameter) uint8."""
        if nib == self._nib:
            return self._print
        self._nib, self._print = nib, _printed(nib) if nib.rim < _SCALABLE_RIM else self._shrunk(nib)
        return self._print

    def _shrunk(self, nib: Nib) -> Coverage:
        """Return the print made from a larger one, so that a nib may follow the pen's pressure."""
        master = self._master
        if master is None or not _is_alike(nib, master[0]):
            self._master = nib, _printed(nib)
            return self._master[1]
        if nib.diameter > master[0].diameter:
            roomier = replace(nib, diameter=min(WIDEST, round(_HEADROOM * nib.diameter)))
            master = self._master = roomier, _printed(roomier)
        made: Coverage = cv2.resize(master[1], (nib.diameter,) * 2, interpolation=cv2.INTER_LINEAR)  # type: ignore[assignment]
        return made


def _prints(start: Point, end: Point, nib: Nib) -> list[Point]:
    """Return where to print the nib for a segment; nothing when prints would show.

    Between two prints `gap` apart the distance is too great by up to gap^2 / 8p at a distance p from the
    line, where the profile falls by 400 / rim a pixel: an error of 50 pi^(1 - hardness) gap^2 / (rim radius)
    at most, of which we allow 2.5.
    """
    gap = math.sqrt(nib.rim * nib.radius / (20 * math.pi ** (1 - nib.hardness)))
    length = math.hypot(end.y - start.y, end.x - start.x)
    if length > gap * math.sqrt(2) and nib.rim < _PRINTABLE_RIM or nib.rim == 0:
        return []
    count = 1 if length <= gap * math.sqrt(2) else math.ceil(length / gap)
    return [
        Point(*(round(a + (b - a) * i / count) for a, b in zip(start, end, strict=True)))
        for i in range(count + 1)
    ]


def _is_alike(nib: Nib, other: Nib) -> bool:
    """Return whether the two differ in diameter at most."""
    return replace(nib, diameter=1) == replace(other, diameter=1)


def _printed(nib: Nib) -> Coverage:
    """Return what the nib covers, (diameter, diameter) uint8; a quarter of it is computed."""
    half = (nib.diameter + 1) // 2
    steps = np.square(np.arange(half, dtype=np.float32) + np.float32(middle_shift(nib.diameter)))
    quarter = nib.profile(np.sqrt(steps[:, None] + steps))
    skip = nib.diameter % 2
    below = np.concatenate([quarter[:, : skip - 1 if skip else None : -1], quarter], axis=1)
    return np.concatenate([below[: skip - 1 if skip else None : -1], below])


def _trace(coverage: Coverage, start: Point, end: Point, nib: Nib, paints: bool) -> None:
    """Draw a segment exactly: its core in runs, then each pixel of its rim."""
    size = Size(*coverage.shape)
    core = capsule_rows(size, start, end, nib.diameter, nib.radius - nib.rim)
    if nib.peak == 255:  # noqa: PLR2004
        fill_rows(coverage, core, 255 if paints else 0)
    else:
        box = core.box
        full = np.zeros((box.height, box.width), np.uint8)
        fill_rows(full, Rows(core.top - box.top, core.left - box.left, core.right - box.left), nib.peak)
        _lay(coverage[box.slices], full, paints)
    if nib.rim > 0:
        places = _rim(capsule_rows(size, start, end, nib.diameter, nib.radius), core)
        covered = nib.profile(_distance(places, start, end, nib.diameter))
        drawn = coverage[places]
        _lay(drawn, covered, paints)
        coverage[places] = drawn


def _lay(coverage: Coverage, covered: Coverage, paints: bool) -> None:
    """Add or take `covered`, in place."""
    if paints:
        np.maximum(coverage, covered, out=coverage)
    else:
        np.minimum(coverage, ~covered, out=coverage)


_Places = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Rows and columns of pixels."""


def _rim(outer: Rows, core: Rows) -> _Places:
    """Return the pixels of `outer` that are not in `core`."""
    left, right = outer.right.copy(), outer.right.copy()
    inner = slice(core.top - outer.top, core.top - outer.top + core.left.size)
    has_core = core.left < core.right
    left[inner] = np.where(has_core, core.left, left[inner])
    right[inner] = np.where(has_core, core.right, right[inner])
    rows = np.tile(np.arange(outer.top, outer.top + outer.left.size), 2)
    starts, ends = np.concatenate([outer.left, right]), np.concatenate([left, outer.right])
    counts = np.maximum(ends - starts, 0)
    before = np.cumsum(counts) - counts
    columns = np.arange(counts.sum()) + np.repeat(starts - before, counts)
    return np.repeat(rows, counts), columns


def _distance(places: _Places, start: Point, end: Point, diameter: int) -> NDArray[np.float32]:
    """Return each pixel's distance to the segment."""
    shift = middle_shift(diameter)
    dy = (places[0] - start.y).astype(np.float32) - np.float32(shift)
    dx = (places[1] - start.x).astype(np.float32) - np.float32(shift)
    height, width = end.y - start.y, end.x - start.x
    share = np.clip((dy * height + dx * width) / max(height * height + width * width, 1), 0, 1)
    distance: NDArray[np.float32] = np.hypot(dy - share * height, dx - share * width)
    return distance
