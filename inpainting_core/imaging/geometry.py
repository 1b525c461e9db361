"""Where is it?  Integer points and boxes in pixels, (y, x) order, half-open.

Pixel (y, x) covers [y, y+1) x [x, x+1). Qt's (x, y) order exists only in the canvas.
"""

from __future__ import annotations

from typing import NamedTuple


class Point(NamedTuple):
    """A pixel."""

    y: int
    x: int


class Size(NamedTuple):
    """Height and width in pixels."""

    h: int
    w: int


class Box(NamedTuple):
    """Rows top..top+height, columns left..left+width; empty when a side is 0."""

    top: int
    left: int
    height: int
    width: int

    @property
    def bottom(self) -> int:
        """First row below the box."""
        return self.top + self.height

    @property
    def right(self) -> int:
        """First column right of the box."""
        return self.left + self.width

    @property
    def is_empty(self) -> bool:
        """True when the box holds no pixel."""
        return self.height <= 0 or self.width <= 0

    @property
    def slices(self) -> tuple[slice, slice]:
        """Index of the box in an (H, W, ...) array."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def contains(self, point: Point) -> bool:
        """True when the pixel lies inside."""
        return self.top <= point.y < self.bottom and self.left <= point.x < self.right

    def pad(self, margin: int) -> Box:
        """Return the box grown by `margin` pixels on every side (shrunk when negative)."""
        return Box(
            self.top - margin,
            self.left - margin,
            max(0, self.height + 2 * margin),
            max(0, self.width + 2 * margin),
        )

    def clamp(self, size: Size) -> Box:
        """Return the part that lies inside an image of `size`."""
        return self.intersect(Box(0, 0, size.h, size.w))

    def intersect(self, other: Box) -> Box:
        """Return the common part; empty (height or width 0) when there is none."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom, right = min(self.bottom, other.bottom), min(self.right, other.right)
        return Box(top, left, max(0, bottom - top), max(0, right - left))

    def union(self, other: Box) -> Box:
        """Return the smallest box that holds both; an empty box adds nothing."""
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        top, left = min(self.top, other.top), min(self.left, other.left)
        bottom, right = max(self.bottom, other.bottom), max(self.right, other.right)
        return Box(top, left, bottom - top, right - left)

    def shift(self, dy: int, dx: int) -> Box:
        """Return the box moved by (dy, dx)."""
        return Box(self.top + dy, self.left + dx, self.height, self.width)
