"""How do masks come and go as files?"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from app.crash import ErrorReport
from app.document.document import Document
from app.state.models import Models
from app.windows.file_flow import FileFlow, ask_for_name
from app.work.folders import READABLE
from inpainting_core.api import Box, Coverage, Region, read_coverage

LANE = "mask files"


class MaskFlow(QObject):
    """Reads and writes masks."""

    def __init__(self, models: Models, flow: FileFlow, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = models.editor
        self._background = models.background
        self._files = models.files
        self._flow = flow
        models.background.failed.connect(self._on_background_failed)
        models.files.mask_saved.connect(self._on_files_mask_saved)

    @Slot()
    def ask_and_import(self) -> None:
        """Let the person choose a mask: white or opaque = to be filled."""
        pictures = self.tr("Pictures")
        kinds = f"{pictures} ({READABLE})"
        chosen, _ = QFileDialog.getOpenFileName(
            self._flow.window, self.tr("Open a mask"), self._flow.folder, kinds
        )
        if chosen:
            self.import_file(Path(chosen))

    def import_file(self, path: Path) -> None:
        """Add a mask from a file."""
        document = self._editor.document
        if document is not None:
            self._background.submit(
                LANE,
                lambda _token: read_coverage(path, document.size),
                lambda mask: self._add(mask, document),
            )

    def _add(self, mask: Coverage, document: Document) -> None:
        if self._editor.document is document:
            self._editor.apply_region(Region(Box(0, 0, *document.size), mask), "add", "import")

    @Slot()
    def ask_and_export(self) -> None:
        """Let the person choose where the mask is written as a PNG: white = to be filled."""
        document = self._editor.document
        if document is None:
            return
        stem = document.path.stem if document.path is not None else "picture"
        proposed = Path(self._flow.folder) / f"{stem}_mask.png"
        chosen = ask_for_name(self._flow.window, self.tr("Save the mask"), proposed, "PNG (*.png)")
        if chosen is not None:
            self.export_file(chosen)

    def export_file(self, path: Path) -> None:
        """Write the mask that would be filled now."""
        document = self._editor.document
        if document is not None:
            self._files.save_mask(path, document.coverage.copy())

    @Slot(object)
    def _on_files_mask_saved(self, path: Path) -> None:
        self._flow.said.emit(self.tr("Saved {name}").format(name=path.name))

    @Slot(str, object)
    def _on_background_failed(self, lane: str, report: ErrorReport) -> None:
        del lane
        self._flow.failed.emit(report)
