"""How does the origin of every pixel leave the editor?  As pictures and a table, under a name of choice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMessageBox

from app.document.origins import Origins, files_of, write_origins
from app.state.models import Models
from app.windows.file_flow import FileFlow, ask_for_name

LANE = "origins"


class OriginFlow(QObject):
    """Writes where every pixel came from."""

    def __init__(self, models: Models, flow: FileFlow, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = models.editor
        self._background = models.background
        self._flow = flow

    @Slot()
    def ask_and_export(self) -> None:
        """Let the person choose a name for the pictures and the table."""
        document = self._editor.document
        if document is None:
            return
        stem = document.path.stem if document.path is not None else "picture"
        title = self.tr("Save where every pixel came from")
        proposed = Path(self._flow.folder) / f"{stem}_origins.png"
        chosen = ask_for_name(self._flow.window, title, proposed, "PNG (*.png)")
        if chosen is not None and self._may_replace(chosen, title):
            self.export(chosen)

    def _may_replace(self, path: Path, title: str) -> bool:
        """Ask about the files beside the chosen one, which no dialog has asked about."""
        there = [beside.name for beside in files_of(path)[1:] if beside.exists()]
        if not there:
            return True
        buttons = QMessageBox.StandardButton
        words = self.tr("There is {names} already. Replace it?").format(names=", ".join(there))
        answer = QMessageBox.question(self._flow.window, title, words, buttons.Yes | buttons.No, buttons.No)
        return answer == buttons.Yes

    def export(self, path: Path) -> None:
        """Write the pictures and the table; files of these names are replaced."""
        document = self._editor.document
        if document is not None:
            origins = Origins.of(document)
            said = self.tr("Saved {name}, its sources and its table").format(name=path.name)
            self._background.submit(
                LANE,
                lambda _token: write_origins(path, origins),
                lambda _none: self._flow.said.emit(said),
                self,
            )
