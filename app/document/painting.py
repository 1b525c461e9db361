"""What does a stroke do to a plane?  Mask, source rules, or the picture itself, segment by segment.

Each stroke draws in place and ends as one edit of what flipped, or none.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from app.document.document import Document
from app.document.edits import Edit, EditName
from app.document.settings import NEUTRAL, ONLY
from app.document.tiles import Tiles
from inpainting_core.api import Box, Brushwork, Coverage, Nib, Point, capsule, reach


class Stroke(Protocol):
    """A stroke being drawn."""

    def draw(self, start: Point, end: Point, nib: Nib) -> Box:
        """Draw a segment and return the box that may have changed; it may be empty."""

    def finish(self) -> Edit | None:
        """Return the whole stroke, drawn already; None when nothing flipped."""


class MaskStroke:
    """Paints or erases the mask; where the mask's shape is set, a preview of it, too."""

    def __init__(self, document: Document, paints: bool, work: Brushwork | None = None) -> None:
        self._document = document
        self._paints = paints
        self._tiles = Tiles(document.mask)
        self._work = work or Brushwork()

    def draw(self, start: Point, end: Point, nib: Nib) -> Box:
        """See `Stroke`."""
        document = self._document
        box = reach(start, end, nib.diameter, document.size)
        if box.is_empty:
            return box
        self._tiles.keep(box)
        changed = self._work.draw_segment(document.mask, start, end, nib, self._paints)
        if document.is_shaped:
            self._work.draw_segment(document.coverage, start, end, nib, self._paints)
        document.shown_mask.refresh(changed)
        return changed

    def finish(self) -> Edit | None:
        """See `Stroke`."""
        patches = self._tiles.patches()
        return Edit("paint" if self._paints else "erase", mask=patches) if patches else None


class RulesStroke:
    """Says how much a place may be borrowed from."""

    def __init__(self, document: Document, name: EditName, value: int) -> None:
        self._document = document
        self._name = name
        self._value = value
        self._tiles = Tiles(document.plane_of_rules())

    def draw(self, start: Point, end: Point, nib: Nib) -> Box:
        """See `Stroke`; the nib is always hard."""
        document = self._document
        box = reach(start, end, nib.diameter, document.size)
        if not box.is_empty and document.shown_rules is not None:
            self._tiles.keep(box)
            capsule(document.plane_of_rules(), start, end, diameter=nib.diameter, value=self._value)
            document.shown_rules.refresh(box)
        return box

    def finish(self) -> Edit | None:
        """See `Stroke`."""
        patches = self._tiles.patches()
        return Edit(self._name, rules=patches) if patches else None


class RestoreStroke:
    """Brings the original photograph back; what is not restored to the last bit is still filled."""

    def __init__(self, document: Document, work: Brushwork | None = None) -> None:
        self._document = document
        self._drawn: Coverage = np.zeros(document.size, np.uint8)
        self._tiles = Tiles(document.image)
        self._owner = Tiles(document.provenance.owner)
        self._work = work or Brushwork()

    def draw(self, start: Point, end: Point, nib: Nib) -> Box:
        """See `Stroke`."""
        document = self._document
        box = reach(start, end, nib.diameter, document.size).intersect(document.original.box)
        if box.is_empty:
            return box
        pixels = document.writable_pixels(box)
        self._tiles.follow(pixels)
        self._tiles.keep(box)
        self._owner.keep(box)
        self._work.draw_segment(self._drawn, start, end, nib, True)
        share = self._drawn[box.slices]
        before, original = self._tiles.read(box), document.original.read(document.image, box)
        weight = share[..., None].astype(np.uint32)
        mixed = (before * (255 - weight) + original * weight + 127) // 255
        pixels[box.slices] = mixed
        is_original = (share > 0) & (mixed == original).all(axis=2)
        document.provenance.owner[box.slices][is_original] = 0
        document.show(box)
        return box

    def finish(self) -> Edit | None:
        """See `Stroke`."""
        patches, owner = self._tiles.patches(), self._owner.patches()
        return Edit("restore", image=patches, owner=owner) if patches or owner else None


def rule_name(value: int) -> EditName:
    """Return what the history calls painting this rule."""
    if value == NEUTRAL:
        return "neutral"
    if value == ONLY:
        return "only"
    return "never" if value < NEUTRAL else "prefer"
