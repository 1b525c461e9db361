"""Which picture is open, what is masked on it, and what was done to it?

A large picture must not be copied for every change, and must not change under a worker that reads it.
So whoever reads it elsewhere borrows it: a change is made in place unless a borrower is still alive,
in which case the picture is copied first and the borrower keeps the old one. The mask is always drawn
on in place, and copied for a fill. A document is built in a worker and then lives in the GUI thread,
where only `app.state.editor` changes it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from weakref import ReferenceType, ref

import numpy as np
from numpy.typing import NDArray

from app.document.edits import Edit
from app.document.history import BUDGET_BYTES, History
from app.document.levels import Levels, halve_any, halve_mean
from app.document.provenance import Provenance
from app.document.stroke import Stroke
from inpainting_core.api import Box, Photo, Point, Size, freeze


class Document:
    """A picture being edited.

    Args:
        photo: What was read; its pixels belong to the document from now on.
        path: The file it was read from, or None.
        budget_bytes: Memory for undo.

    Attributes:
        image: (H, W, 3), the picture as it is now; read-only.
        mask: (H, W) bool, True = to be filled.
        mask_area: Number of True in `mask`.
        shown: The picture at 8 bits, ready to draw, and its halves.
        shown_alpha: The alpha likewise, or None.
        shown_mask: The mask and its halves.
        provenance: Where filled pixels came from.
        history: What can be undone.
        revision: Rises whenever the picture changes.
    """

    def __init__(self, photo: Photo, path: Path | None = None, budget_bytes: int = BUDGET_BYTES) -> None:
        self._pixels = np.require(photo.pixels, requirements=("C", "W"))
        self.image = freeze(self._pixels.view())
        self._photo = replace(photo, pixels=self.image)
        self._borrowers: list[ReferenceType[object]] = []
        alpha = photo.alpha
        self.path = path
        self.size = Size(*self.image.shape[:2])
        self.mask = np.zeros(self.size, np.bool_)
        self.mask_area = 0
        self.shown = Levels(_at_8_bits(self.image), halve_mean)
        self.shown_alpha = None if alpha is None else Levels(_at_8_bits(alpha), halve_mean)
        self.shown_mask = Levels(self.mask, halve_any)
        self.provenance = Provenance(self.size)
        self.history = History(budget_bytes)
        self.revision = 0
        self._saved_version = 0

    @property
    def photo(self) -> Photo:
        """The picture as it is now, with all that is written to a file beside the pixels."""
        return replace(self._photo, pixels=self.image)

    @property
    def is_modified(self) -> bool:
        """True when the picture differs from the one opened or saved last."""
        return self.history.picture_version != self._saved_version

    def mark_saved(self, version: int) -> None:
        """Note that the picture with this `history.picture_version` is safe in a file."""
        self._saved_version = version

    def lend_to(self, borrower: object) -> None:
        """Leave `image` as it is for as long as `borrower`, who holds it, is alive."""
        self._borrowers.append(ref(borrower))

    def begin_stroke(self) -> Stroke:
        """Return a new stroke on the mask; draw it with `draw`, then `end_stroke`."""
        return Stroke(self.mask)

    def draw(self, stroke: Stroke, start: Point, end: Point, diameter: int, value: bool) -> Box:
        """Draw a segment of `stroke` and return the box that changed."""
        box, growth = stroke.line(start, end, diameter, value)
        self.mask_area += growth
        self.shown_mask.refresh(box)
        return box

    def end_stroke(self, stroke: Stroke) -> None:
        """Remember the stroke, unless it flipped nothing."""
        edit = stroke.finish()
        if edit is not None:
            self.history.push(edit)

    def apply(self, edit: Edit, finished: object = None) -> None:
        """Make a new edit and remember it; `finished` is a borrower that reads no longer."""
        self._borrowers = [borrower for borrower in self._borrowers if borrower() is not finished]
        self._flip(edit)
        self.provenance.add(edit.fills)
        self.history.push(edit)

    def undo(self) -> Edit:
        """Take the newest edit back and return it. Needs `history.can_undo`."""
        edit = self.history.undo()
        self._flip(edit)
        self.provenance.remove(len(edit.fills))
        return edit

    def redo(self) -> Edit:
        """Make the last undone edit again and return it. Needs `history.can_redo`."""
        edit = self.history.redo()
        self._flip(edit)
        self.provenance.add(edit.fills)
        return edit

    def _flip(self, edit: Edit) -> None:
        for patch in edit.mask:
            part = self.mask[patch.box.slices]
            before = int(np.count_nonzero(part))
            patch.apply(self.mask)
            self.mask_area += int(np.count_nonzero(part)) - before
            self.shown_mask.refresh(patch.box)
        for patch in edit.owner:
            patch.apply(self.provenance.owner)
        if edit.image:
            self._stop_sharing()
            for patch in edit.image:
                patch.apply(self._pixels)
            self.revision += 1
            for patch in edit.image:
                self._show(patch.box)

    def _stop_sharing(self) -> None:
        self._borrowers = [borrower for borrower in self._borrowers if borrower() is not None]
        if self._borrowers:
            self._pixels = self._pixels.copy()
            self.image = freeze(self._pixels.view())
            self._borrowers.clear()
            if self.image.dtype == np.uint8:
                self.shown.arrays[0] = self.image

    def _show(self, box: Box) -> None:
        if self.image.dtype != np.uint8:
            self.shown.arrays[0][box.slices] = _at_8_bits(self.image[box.slices])
        self.shown.refresh(box)


def _at_8_bits(values: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return the high bytes; 8-bit values are returned as they are, not copied."""
    high_bytes = values if values.dtype == np.uint8 else values >> 8
    return high_bytes.astype(np.uint8, copy=False)
