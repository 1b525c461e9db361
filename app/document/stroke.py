"""How does a stroke become one step of the history?  Segment by segment, in place, noting what flips."""

from __future__ import annotations

import numpy as np

from app.document.edits import Edit, Patch
from inpainting_core.api import Box, Mask, Point, Size, capsule, tight_box


class Stroke:
    """A stroke being drawn on `mask`."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._patches: list[Patch] = []

    def line(self, start: Point, end: Point, diameter: int, value: bool) -> tuple[Box, int]:
        """Draw a segment; return the box of the pixels that changed and how many the mask gained.

        Args:
            start: First pixel, anywhere.
            end: Last pixel, anywhere.
            diameter: Width in pixels.
            value: True paints, False erases.
        """
        ends = Box(start.y, start.x, 1, 1).union(Box(end.y, end.x, 1, 1))
        box = ends.pad(diameter // 2 + 1).clamp(Size(*self._mask.shape))
        before = self._mask[box.slices].copy()
        capsule(self._mask, start, end, diameter=diameter, value=value)
        flips = before ^ self._mask[box.slices]
        inner = tight_box(flips)
        changed = inner.shift(box.top, box.left)
        if not changed.is_empty:
            self._patches.append(Patch.of(changed, flips[inner.slices]))
        growth = int(np.count_nonzero(flips))
        return changed, growth if value else -growth

    def finish(self) -> Edit | None:
        """Return the whole stroke as one edit, already applied; None when nothing flipped."""
        if not self._patches:
            return None
        whole = Box(0, 0, 0, 0)
        for patch in self._patches:
            whole = whole.union(patch.box)
        if whole.height * whole.width > sum(patch.box.height * patch.box.width for patch in self._patches):
            return Edit(mask=tuple(self._patches))
        flips = np.zeros((whole.height, whole.width), np.bool_)
        for patch in self._patches:
            flips[patch.box.shift(-whole.top, -whole.left).slices] ^= patch.unpacked()
        return Edit(mask=(Patch.of(whole, flips),)) if flips.any() else None
