"""Who may change the document?  Only this model; whoever shows it listens to its signals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, SignalInstance

from app.document.document import Document, box_of
from app.document.edits import Edit, EditName, filling
from app.document.painting import MaskStroke, RestoreStroke, RulesStroke, Stroke, rule_name
from app.document.patches import Patch
from app.document.resourcing import refill_task
from app.document.settings import NEUTRAL, FillSettings
from app.document.task import FillTask
from inpainting_core.api import Box, Brushwork, FillResult, Mask, Nib, Point, Region, RegionMode, combine


class EditorModel(QObject):
    """The open document and the only way to change it.

    Signals:
        document_changed: Another document is open, or none.
        picture_changed: (Box) Pixels of the picture changed.
        mask_changed: (Box) The mask changed.
        rules_changed: (Box) The source rules changed.
        settings_changed: What the next fill is made with changed.
        provenance_changed: Regions were filled or taken back.
        history_changed: Undo, redo or "unsaved" may have changed.
        painted: The person finished adding to the mask, or to the source rules.
        stroke_ended: Nothing is being drawn any more.
    """

    document_changed = Signal()
    picture_changed = Signal(object)
    mask_changed = Signal(object)
    rules_changed = Signal(object)
    settings_changed = Signal()
    provenance_changed = Signal()
    history_changed = Signal()
    painted = Signal()
    stroke_ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._stroke: Stroke | None = None
        self._brushwork = Brushwork()  # kept, since a wide nib's print is dear
        self._carried = FillSettings()
        self._is_next = False

    @property
    def is_next(self) -> bool:
        """True when the open picture lies in the folder of the one before: the same work goes on."""
        return self._is_next

    @property
    def document(self) -> Document | None:
        """The open document; look, but change it through this model."""
        return self._document

    @property
    def is_modified(self) -> bool:
        """True when the picture has changes that are in no file."""
        return self._document is not None and self._document.is_modified

    @property
    def is_drawing(self) -> bool:
        """True between the begin and the end of a stroke."""
        return self._stroke is not None

    @property
    def settings(self) -> FillSettings:
        """What the next fill is made with; kept from picture to picture."""
        return self._carried if self._document is None else self._document.settings

    def open(self, document: Document | None) -> None:
        """Edit `document` from now on, None = nothing; engine, options, mask shape and source area stay.

        So do painted source rules in the next picture of the same folder and size. Unless it has settings
        of its own.
        """
        kept, former = self.settings, self._document
        self._document = document
        self._stroke = None
        self._is_next = _are_neighbours(former, document)
        self._carried = FillSettings(kept.engine_id, kept.options, mask_shape=kept.mask_shape, area=kept.area)
        if self._is_next and former is not None and document is not None and former.rules is not None:
            document.take_rules(former.rules)
        if document is not None and document.settings == FillSettings() and not document.has_own_settings:
            document.settings = self._carried
        self.document_changed.emit()
        self.settings_changed.emit()
        self.history_changed.emit()

    def begin_painting(self, paints: bool) -> None:
        """Start a stroke on the mask; without a document nothing happens, then and in what follows."""
        self.end_stroke()
        if self._document is not None:
            self._stroke = MaskStroke(self._document, paints, self._brushwork)

    def begin_rules(self, value: int) -> None:
        """Start a stroke of the source rules: percent, or ONLY."""
        self.end_stroke()
        if self._document is not None:
            self._stroke = RulesStroke(self._document, rule_name(value), value)

    def begin_restoring(self) -> None:
        """Start a stroke that brings the original back."""
        self.end_stroke()
        if self._document is not None and self._document.original.is_changed:
            self._stroke = RestoreStroke(self._document, self._brushwork)

    def draw(self, start: Point, end: Point, nib: Nib) -> None:
        """Draw a segment of the stroke that was begun."""
        if self._stroke is None:
            return
        box = self._stroke.draw(start, end, nib)
        if not box.is_empty:
            self._signal_of(self._stroke).emit(box)

    def end_stroke(self) -> None:
        """Make the stroke one step of the history."""
        document, stroke, self._stroke = self._document, self._stroke, None
        edit = stroke.finish() if stroke is not None else None
        if document is not None and edit is not None:
            self._remember(document, edit)
        self._leave(stroke, edit)

    def _remember(self, document: Document, edit: Edit) -> None:
        document.remember(edit)
        if edit.owner:
            self.provenance_changed.emit()
        self.history_changed.emit()
        if edit.mask:
            self.mask_changed.emit(Box(0, 0, 0, 0))
        if edit.name == "paint" or edit.rules:
            self.painted.emit()

    def abandon_stroke(self) -> None:
        """Take the unfinished stroke back."""
        document, stroke, self._stroke = self._document, self._stroke, None
        edit = stroke.finish() if stroke is not None else None
        if document is not None and edit is not None:
            document.discard(edit)
            self._announce(edit)
        self._leave(stroke, edit)

    def _leave(self, stroke: Stroke | None, edit: Edit | None) -> None:
        """Tell that a stroke is over; one that flipped nothing may still show in a mask that is reshaped."""
        if isinstance(stroke, MaskStroke) and edit is None and self._document and self._document.is_shaped:
            self.history_changed.emit()
        if stroke is not None:
            self.stroke_ended.emit()

    def apply_region(self, region: Region, how: RegionMode, name: EditName) -> None:
        """Combine `region` with the painted mask, as one step of the history."""
        self.end_stroke()
        document = self._document
        if document is None:
            return
        after = combine(document.mask, region, how)
        flips = document.mask[after.box.slices] ^ after.coverage
        if flips.any():
            self._apply(document, Edit(name, mask=(Patch.of(after.box, flips),)))
            if how in ("add", "replace"):
                self.painted.emit()

    def clear_mask(self) -> None:
        """Empty the mask, as one step of the history."""
        self.end_stroke()
        document = self._document
        if document is not None and not (box := box_of(document.mask)).is_empty:
            document.remember_mask()
            self._apply(document, Edit("clear", mask=(Patch.of(box, document.mask[box.slices].copy()),)))

    def invert_mask(self) -> None:
        """Mask what is not masked, and the other way round."""
        self.end_stroke()
        if self._document is not None:
            whole = Box(0, 0, *self._document.size)
            flips = np.broadcast_to(np.uint8(255), self._document.size)
            self._apply(self._document, Edit("invert", mask=(Patch.of(whole, flips),)))

    def mask_all(self) -> None:
        """Mask the whole picture."""
        self.end_stroke()
        document = self._document
        if document is not None and (flips := ~document.mask).any():
            self._apply(document, Edit("all", mask=(Patch.of(Box(0, 0, *document.size), flips),)))
            self.painted.emit()

    def restore_last_mask(self) -> None:
        """Bring back the mask that was cleared or filled last, instead of today's."""
        document = self._document
        if document is not None and document.last_mask is not None:
            last = document.last_mask
            self.apply_region(Region(last.box, last.flips), "replace", "last_mask")

    def paint_mask(self, mask: Mask, name: EditName = "import") -> None:
        """Add every True of `mask`, as large as the picture, as one step of the history."""
        if self._document is not None:
            coverage = mask.astype(np.uint8) * np.uint8(255)
            self.apply_region(Region(Box(0, 0, *self._document.size), coverage), "add", name)

    def clear_rules(self) -> None:
        """Allow borrowing from everywhere again."""
        self.end_stroke()
        document = self._document
        if document is None or document.rules is None:
            return
        flips = document.rules ^ np.uint8(NEUTRAL)
        if flips.any():
            self._apply(document, Edit("clear_rules", rules=(Patch.of(Box(0, 0, *document.size), flips),)))

    def clear_pins(self) -> None:
        """Let sources go that were dragged; the picture stays as it is."""
        self.change_settings(replace(self.settings, pins=()), "pins")

    def change_settings(self, settings: FillSettings, name: EditName) -> None:
        """Fill with other settings from now on, as one step of the history."""
        self.end_stroke()
        if settings == self.settings:
            return
        if self._document is None:
            self._carried = settings
            self.settings_changed.emit()
        else:
            self._apply(self._document, Edit(name, settings=(self._document.settings, settings)))

    def show_shaped(self, region: Region | None) -> None:
        """Fill `region` instead of the painted mask; None = the painted one."""
        if self._document is not None:
            self.mask_changed.emit(self._document.show_shaped(region))
            self.history_changed.emit()

    def fill_task(self, seed: int) -> FillTask:
        """Return the wish to fill the mask as it is now. Needs a document."""
        self.end_stroke()
        return self._open_document().fill_task(seed)

    def refill_task(self, pixel: Point, source: Point) -> FillTask | None:
        """Return the wish to copy the piece around `pixel` from elsewhere; None where nothing was copied."""
        self.end_stroke()
        return refill_task(self._open_document(), pixel, source)

    def apply_fill(self, task: FillTask, result: FillResult) -> bool:
        """Put a fill into the picture as one step; return False when the picture has changed meanwhile.

        A variant takes the place of the fill that it is another outcome of.
        """
        document = self._document
        if document is None or document.id != task.document_id or document.revision != task.revision:
            return False
        self.end_stroke()
        if task.instead_of is not None:
            if document.history.newest is not task.instead_of:
                return False
            self._announce(document.undo())
        elif not task.is_refill:
            document.remember_mask()
        planes = document.image, document.mask, document.provenance.owner
        edit = filling(task, result, planes, len(document.provenance.fills), document.settings)
        document.apply(edit, finished=task)
        self._announce(edit)
        return True

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        self.end_stroke()
        if self._document is not None and self._document.history.can_undo:
            self._announce(self._document.undo())

    def redo(self) -> None:
        """Make the last undone step again, if there is one."""
        self.end_stroke()
        if self._document is not None and self._document.history.can_redo:
            self._announce(self._document.redo())

    def go_to(self, step_id: int) -> None:
        """Undo or redo until the step is the newest one that is done; 0 = the picture as it was opened."""
        self.end_stroke()
        document, edits = self._open_document(), []
        history = document.history
        while history.done and history.done[-1].id > step_id:
            edits.append(document.undo())
        while history.undone and history.undone[0].id <= step_id:
            edits.append(document.redo())
        if edits:
            self._announce(*edits)

    def mark_saved(
        self, document: Document, version: int, path: Path, how: tuple[int | None, bool] = (None, True)
    ) -> None:
        """Note that this version of the document's picture is safe in the file at `path`, and how written."""
        document.mark_saved(version, path, how)
        self.history_changed.emit()

    def _apply(self, document: Document, edit: Edit) -> None:
        document.apply(edit)
        self._announce(edit)

    def _announce(self, *edits: Edit) -> None:
        """Tell what changed, in one go for all `edits`."""
        for edit in edits:
            for patch in edit.image:
                self.picture_changed.emit(patch.box)
            for patch in edit.mask:
                self.mask_changed.emit(patch.box)
            for patch in edit.rules:
                self.rules_changed.emit(patch.box)
        if any(edit.fills or edit.owner for edit in edits):
            self.provenance_changed.emit()
        if any(edit.settings is not None for edit in edits):
            self.settings_changed.emit()
        self.history_changed.emit()

    def _signal_of(self, stroke: Stroke) -> SignalInstance:
        if isinstance(stroke, RestoreStroke):
            return self.picture_changed
        return self.mask_changed if isinstance(stroke, MaskStroke) else self.rules_changed

    def _open_document(self) -> Document:
        if self._document is None:
            raise LookupError("no document is open")
        return self._document


def _are_neighbours(one: Document | None, other: Document | None) -> bool:
    """Say whether two pictures lie in one folder."""
    paths = [None if document is None else document.path for document in (one, other)]
    return None not in paths and len({path.parent for path in paths if path is not None}) == 1
