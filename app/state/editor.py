"""Who may change the document?  Only this model; whoever shows it listens to its signals."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.document.document import Document
from app.document.edits import Edit, clearing, filling
from app.document.stroke import Stroke
from inpainting_core.api import FillRequest, FillResult, Mask, Point, tight_box


class EditorModel(QObject):
    """The open document and the only way to change it.

    Signals:
        document_changed: Another document is open, or none.
        picture_changed: (Box) Pixels of the picture changed.
        mask_changed: (Box) The mask changed.
        provenance_changed: Regions were filled or taken back.
        history_changed: Undo, redo or "unsaved" may have changed.
    """

    document_changed = Signal()
    picture_changed = Signal(object)
    mask_changed = Signal(object)
    provenance_changed = Signal()
    history_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._stroke: Stroke | None = None

    @property
    def document(self) -> Document | None:
        """The open document; look, but change it through this model."""
        return self._document

    @property
    def is_modified(self) -> bool:
        """True when the picture has changes that are in no file."""
        return self._document is not None and self._document.is_modified

    def open(self, document: Document) -> None:
        """Edit `document` from now on."""
        self._document = document
        self._stroke = None
        self.document_changed.emit()
        self.history_changed.emit()

    def begin_stroke(self) -> None:
        """Start a stroke; without a document nothing happens, then and in what follows."""
        self.end_stroke()
        if self._document is not None:
            self._stroke = self._document.begin_stroke()

    def draw_line(self, start: Point, end: Point, diameter: int, value: bool) -> None:
        """Draw a segment of the stroke that was begun: True paints the mask, False erases it."""
        if self._document is None or self._stroke is None:
            return
        box = self._document.draw(self._stroke, start, end, diameter, value)
        if not box.is_empty:
            self.mask_changed.emit(box)

    def end_stroke(self) -> None:
        """Make the stroke one step of the history."""
        if self._document is None or self._stroke is None:
            return
        self._document.end_stroke(self._stroke)
        self._stroke = None
        self.history_changed.emit()

    def clear_mask(self) -> None:
        """Empty the mask, as one step of the history."""
        self.end_stroke()
        if self._document is not None and self._document.mask_area:
            self._apply(self._document, clearing(self._document.mask, tight_box(self._document.mask)))

    def paint_mask(self, mask: Mask) -> None:
        """Add every True of `mask`, as large as the picture, as one step of the history."""
        if self._document is not None and (added := mask & ~self._document.mask).any():
            self._apply(self._document, clearing(added, tight_box(added)))

    def fill_request(
        self, engine_id: str, options: dict[str, int | float | bool | str], seed: int
    ) -> FillRequest:
        """Return the wish to fill the mask as it is now. Needs a document.

        Raises:
            InvalidRequest: nothing is masked.
            NothingKnown: everything is masked.
        """
        self.end_stroke()
        document = self._open_document()
        request = FillRequest(
            document.image,
            document.mask.copy(),
            engine_id,
            options,
            seed,
            revision=document.revision,
        )
        document.lend_to(request)
        return request

    def apply_fill(self, request: FillRequest, result: FillResult) -> bool:
        """Put a fill into the picture as one step; return False when the picture has changed meanwhile."""
        document = self._document
        if document is None or document.image is not request.image or document.revision != request.revision:
            return False
        owner, known = document.provenance.owner, len(document.provenance.fills)
        edit = filling(document.image, document.mask, owner, known, result)
        document.apply(edit, finished=request)
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

    def mark_saved(self, document: Document, version: int) -> None:
        """Note that this version of the document's picture is safe in a file."""
        document.mark_saved(version)
        self.history_changed.emit()

    def _apply(self, document: Document, edit: Edit) -> None:
        document.apply(edit)
        self._announce(edit)

    def _announce(self, edit: Edit) -> None:
        for patch in edit.image:
            self.picture_changed.emit(patch.box)
        for patch in edit.mask:
            self.mask_changed.emit(patch.box)
        if edit.fills:
            self.provenance_changed.emit()
        self.history_changed.emit()

    def _open_document(self) -> Document:
        if self._document is None:
            raise LookupError("no document is open")
        return self._document
