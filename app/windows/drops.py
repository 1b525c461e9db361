"""What becomes of what is dropped on the window?  A file or a folder is opened; with Alt it is a mask."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.crash import ErrorReport
from app.state.editor import EditorModel
from app.windows.clipboard_flow import MASK_KIND, ClipboardFlow
from app.windows.file_flow import FileFlow, first_file
from app.windows.mask_flow import MaskFlow


class Drops(QObject):
    """Sends what is dropped to where it belongs; what is dropped is copied, never moved or linked."""

    def __init__(
        self, editor: EditorModel, flow: FileFlow, masks: MaskFlow, clipboard: ClipboardFlow, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._flow = flow
        self._masks = masks
        self._clipboard = clipboard

    def enter(self, event: QDragEnterEvent) -> None:
        """Say whether the window takes it."""
        data = event.mimeData()
        if data.hasUrls() or data.hasImage() or data.hasFormat(MASK_KIND):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def take(self, event: QDropEvent) -> None:
        """Open it, or with Alt, and for what was copied as a mask, add it to the mask."""
        data = event.mimeData()
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if self._editor.document is not None and (has_alt or data.hasFormat(MASK_KIND)):
            self._take_as_mask(data)
        elif not self._flow.take(data):
            self._flow.failed.emit(
                ErrorReport(
                    self.tr("What was dropped is a web address, and nothing is fetched from the network."),
                    self.tr("Copy the picture itself and paste it."),
                )
            )

    def _take_as_mask(self, data: QMimeData) -> None:
        path = first_file(data)
        if path is not None:
            self._masks.import_file(path)
        else:
            self._clipboard.take_mask(data)
