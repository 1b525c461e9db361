"""How does the painted mask become the one that is filled?  Worked out beside the window after each step."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.document.document import Document, box_of
from app.state.editor import EditorModel
from app.work.background import Background
from inpainting_core.api import MaskShape, Region, reshaped

LANE = "mask shape"
SELECTING = "selecting"
"""The lane of whoever looks for what is to be marked."""


class MaskShaping(QObject):
    """Keeps the mask that is filled in step with the painted one and the mask's shape.

    Signals:
        settled: The mask that is filled is known, or will not be known better.
    """

    settled = Signal()

    def __init__(self, editor: EditorModel, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._background = background
        self._shape = MaskShape()
        self._painted_by_us = False
        editor.settings_changed.connect(self._on_editor_settings_changed)
        editor.history_changed.connect(self._on_editor_history_changed)
        background.busy_changed.connect(self._on_background_busy_changed)

    @property
    def is_pending(self) -> bool:
        """True while something is looked for to be marked, or the painted mask is being shaped."""
        return self._background.is_busy(SELECTING) or self._background.is_busy(LANE)

    @Slot()
    def _on_editor_settings_changed(self) -> None:
        if self._editor.settings.mask_shape != self._shape:
            self._refresh()

    @Slot()
    def _on_editor_history_changed(self) -> None:
        if not self._painted_by_us and not self._shape.is_neutral:
            self._refresh()

    @Slot(str)
    def _on_background_busy_changed(self, lane: str) -> None:
        if lane in (LANE, SELECTING) and not self.is_pending:
            self.settled.emit()

    def _refresh(self) -> None:
        document = self._editor.document
        self._shape = shape = self._editor.settings.mask_shape
        if document is None:
            return
        if shape.is_neutral:
            if document.is_shaped:
                self._show(None)
            self._background.cancel(LANE)
            return
        self._background.submit(LANE, lambda _token: _shaped(document, shape), self._show)

    def _show(self, region: Region | None) -> None:
        self._painted_by_us = True
        self._editor.show_shaped(region)
        self._painted_by_us = False


def _shaped(document: Document, shape: MaskShape) -> Region:
    """Return the mask that is filled; what changes while it is copied here is asked for again."""
    box = box_of(document.mask).pad(shape.reach).clamp(document.size)
    region = reshaped(document.mask[box.slices].copy(), shape)
    return Region(region.box.shift(box.top, box.left), region.coverage)
