"""Which picture is open, what is masked on it, and what was done to it?

A large picture must not be copied for every change, and must not change under a worker that reads it.
So whoever reads it elsewhere borrows it: a change is made in place unless a borrower is still alive,
in which case the picture is copied first and the borrower keeps the old one. Mask and rules are always
drawn on in place, and copied for a fill. A document is built in a worker and then lives in the GUI
thread, where only `app.state.editor` changes it.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import ReferenceType, ref

import cv2
import numpy as np
from numpy.typing import NDArray

from app.document.edits import Edit
from app.document.history import BUDGET_BYTES, History
from app.document.levels import Levels, halve_mean
from app.document.original import Original
from app.document.patches import Patch
from app.document.provenance import Provenance
from app.document.settings import NEUTRAL, FillSettings, Rules
from app.document.task import FillTask
from app.document.variants import Variants
from inpainting_core.api import Box, Coverage, Mask, Photo, Region, Size, freeze, hole_of

PROJECT_SUFFIX = ".lacuna"
_ids = itertools.count(1)


class Document:
    """A picture being edited.

    Args:
        photo: What was read; its pixels belong to the document from now on.
        path: The file it was read from, or None.
        budget_bytes: Memory for undo.

    Attributes:
        id: Unlike that of every other document of the process.
        image: (H, W, 3), the picture as it is now; read-only.
        mask: (H, W) uint8 coverage as painted: 0 = keep, 255 = replace.
        mask_area: Number of pixels in the mask that is filled, as of the last finished step.
        last_mask: The mask that was cleared or filled last, or None.
        settings: What the next fill is made with.
        rules: (H, W) uint8 source rules, or None while all is neutral.
        shown: The picture at 8 bits, ready to draw, and its halves.
        shown_alpha: The alpha likewise, or None.
        shown_mask: The mask that is filled, and its halves.
        shown_rules: The rules likewise, or None.
        provenance: Where filled pixels came from.
        original: The picture before anything was filled.
        history: What can be undone.
        revision: Rises whenever the picture changes.
        saved_as: Where the picture was saved to last, or None.
        saved_how: Quality, as `write_image` takes it, and whether metadata were kept, when it was.
        project: The project file that the whole document is kept in, or None.
        recovered_from: The bundle of a program that ended unexpectedly, which this was read from, or None.
        variants: The outcomes of the fill that was the newest step when they were noted, or None.
        has_own_settings: True when it came with settings, which then count more than those in use.
    """

    def __init__(self, photo: Photo, path: Path | None = None, budget_bytes: int = BUDGET_BYTES) -> None:
        self.id = next(_ids)
        self._pixels = np.require(photo.pixels, requirements=("C", "W"))
        self.image = freeze(self._pixels.view())
        self._photo = replace(photo, pixels=self.image)
        self._borrowers: list[ReferenceType[object]] = []
        alpha = photo.alpha
        self.path = path
        self.saved_as: Path | None = None
        self.saved_how: tuple[int | None, bool] = (None, True)
        self.project: Path | None = None
        self.recovered_from: Path | None = None
        self.has_own_settings = False
        self.variants: Variants | None = None
        self.size = Size(*self.image.shape[:2])
        self.mask: Coverage = np.zeros(self.size, np.uint8)
        self.mask_area = 0
        self.last_mask: Patch | None = None
        self.settings = FillSettings()
        self.rules: Rules | None = None
        self.shown = Levels(_at_8_bits(self.image), halve_mean)
        self.shown_alpha = None if alpha is None else Levels(_at_8_bits(alpha), halve_mean)
        self.shown_mask = Levels(self.mask, halve_mean)
        self.shown_rules: Levels | None = None
        self.provenance = Provenance(self.size)
        self.original = Original(self.size, self.shown)
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

    @property
    def coverage(self) -> Coverage:
        """(H, W) uint8: the mask that is filled, after the mask's shape."""
        coverage: Coverage = self.shown_mask.arrays[0]
        return coverage

    @property
    def hole(self) -> Mask:
        """(H, W) bool: what the next fill replaces, wholly or in part; made anew each time."""
        return hole_of(self.coverage)

    @property
    def mask_box(self) -> Box:
        """The smallest box that holds the mask that is filled; empty without one."""
        return box_of(self.coverage)

    @property
    def has_mask(self) -> bool:
        """True when something is painted."""
        return self.mask_area > 0

    @property
    def is_shaped(self) -> bool:
        """True when the mask that is filled is not the painted one."""
        return self.coverage is not self.mask

    def mark_saved(
        self, version: int, path: Path | None = None, how: tuple[int | None, bool] = (None, True)
    ) -> None:
        """Note that the picture with this `history.picture_version` is safe in a file, or in a project."""
        self._saved_version = version
        if path is not None and path.suffix.lower() == PROJECT_SUFFIX:
            self.project = path
        else:
            self.saved_as, self.saved_how = path or self.saved_as, how

    def lend_to(self, borrower: object) -> None:
        """Leave `image` as it is for as long as `borrower`, who holds it, is alive."""
        self._borrowers.append(ref(borrower))

    def fill_task(self, seed: int = 0) -> FillTask:
        """Return the wish to fill the mask as it is now; it borrows the picture."""
        task = self.describe_fill(seed)
        self.lend_to(task)
        return task

    def describe_fill(self, seed: int = 0) -> FillTask:
        """Return the wish to fill the mask as it is now, for looking at only: the picture may change."""
        box = box_of(self.coverage).union(box_of(self.mask) if self.is_shaped else Box(0, 0, 0, 0))
        part = box.slices
        rules = None if self.rules is None else self.rules.copy()
        coverage, painted = self.coverage[part].copy(), self.mask[part].copy()
        settings = replace(self.settings, seed=seed)
        return FillTask(self.image, box, coverage, painted, rules, settings, self.id, self.revision)

    def show_shaped(self, region: Region | None) -> Box:
        """Fill `region` instead of the painted mask; None = the painted one. Return the box that changed."""
        changed = box_of(self.coverage)
        if region is None:
            self.shown_mask = Levels(self.mask, halve_mean)
        else:
            if not self.is_shaped:
                self.shown_mask = Levels(np.zeros(self.size, np.uint8), halve_mean)
            self.coverage[changed.slices] = 0
            self.coverage[region.box.slices] = region.coverage
            changed = changed.union(region.box)
            self.shown_mask.refresh(changed)
        self.count_mask()
        return changed.union(box_of(self.mask))

    def count_mask(self) -> None:
        """Bring `mask_area` up to date."""
        self.mask_area = cv2.countNonZero(self.coverage)

    def plane_of_rules(self) -> Rules:
        """Return the rules to draw on, neutral at first."""
        if self.rules is None:
            self.rules = np.full(self.size, NEUTRAL, np.uint8)
            self.shown_rules = Levels(self.rules, _every_other)
        return self.rules

    def take_rules(self, rules: Rules) -> None:
        """Begin with the rules of another picture, if they fit and this one has none of its own."""
        if rules.shape == self.size and not self.has_own_settings and np.any(rules != NEUTRAL):
            self.rules = rules.copy()
            self.shown_rules = Levels(self.rules, _every_other)

    def writable_pixels(self, box: Box) -> NDArray[Any]:
        """Return the picture to draw on inside `box`; borrowers keep theirs, the original is kept."""
        self._stop_sharing()
        self.original.keep(self.image, box)
        return self._pixels

    def remember_mask(self) -> None:
        """Keep the painted mask, unless it is empty, for "restore the last mask"."""
        box = box_of(self.mask)
        if not box.is_empty:
            self.last_mask = Patch.of(box, self.mask[box.slices])

    def apply(self, edit: Edit, finished: object = None) -> None:
        """Make a new edit and remember it; `finished` is a borrower that reads no longer."""
        self._borrowers = [borrower for borrower in self._borrowers if borrower() is not finished]
        self._flip(edit)
        self.provenance.add(edit.fills)
        if edit.settings is not None:
            self.settings = edit.settings[1]
        self.history.push(edit)

    def remember(self, edit: Edit) -> None:
        """Remember an edit that was drawn in place already."""
        if edit.changes_picture:
            self.revision += 1
        self.count_mask()
        self.history.push(edit)

    def discard(self, edit: Edit) -> None:
        """Take back an edit that was drawn in place and not remembered: all is as it was before it."""
        revision = self.revision
        self._flip(edit)
        self.revision = revision

    def undo(self) -> Edit:
        """Take the newest edit back and return it. Needs `history.can_undo`."""
        edit = self.history.undo()
        self._flip(edit)
        self.provenance.remove(len(edit.fills))
        if edit.settings is not None:
            self.settings = edit.settings[0]
        return edit

    def redo(self) -> Edit:
        """Make the last undone edit again and return it. Needs `history.can_redo`."""
        edit = self.history.redo()
        self._flip(edit)
        self.provenance.add(edit.fills)
        if edit.settings is not None:
            self.settings = edit.settings[1]
        return edit

    def show(self, box: Box) -> None:
        """Bring the shown picture up to date after the picture changed inside `box`."""
        if self.image.dtype != np.uint8:
            self.shown.arrays[0][box.slices] = _at_8_bits(self.image[box.slices])
        self.shown.refresh(box)

    def _flip(self, edit: Edit) -> None:
        for patch in edit.mask:
            patch.apply(self.mask)
            self.shown_mask.refresh(patch.box)
        if edit.mask:
            self.count_mask()
        for patch in edit.rules:
            patch.apply(self.plane_of_rules())
            if self.shown_rules is not None:
                self.shown_rules.refresh(patch.box)
        for patch in edit.owner:
            patch.apply(self.provenance.owner)
        for patch in edit.image:
            patch.apply(self.writable_pixels(patch.box))
        if edit.image:
            self.revision += 1
        for patch in edit.image:
            self.show(patch.box)

    def _stop_sharing(self) -> None:
        self._borrowers = [borrower for borrower in self._borrowers if borrower() is not None]
        if self._borrowers:
            self._pixels = self._pixels.copy()
            self.image = freeze(self._pixels.view())
            self._borrowers.clear()
            if self.image.dtype == np.uint8:
                self.shown.arrays[0] = self.image


def box_of(coverage: Coverage) -> Box:
    """Return the smallest box that holds every pixel above 0; empty for an empty mask."""
    left, top, width, height = cv2.boundingRect(coverage)
    return Box(top, left, height, width)


def _every_other(plane: NDArray[Any]) -> NDArray[Any]:
    return plane[::2, ::2]


def _at_8_bits(values: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return the high bytes; 8-bit values are returned as they are, not copied."""
    high_bytes = values if values.dtype == np.uint8 else values >> 8
    return high_bytes.astype(np.uint8, copy=False)
