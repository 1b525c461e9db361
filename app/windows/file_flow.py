"""How do pictures come and go?  Dialogs and questions here; reading and writing in the file thread.

The original is never overwritten unasked: the first save proposes a name of its own, and the file
dialog asks before it replaces anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeData, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.crash import ErrorReport
from app.dialogs.export import SUFFIXES, ExportChoices, ExportDialog, summary_of
from app.document.document import PROJECT_SUFFIX, Document
from app.document.snapshot import Snapshot
from app.state.editor import EditorModel
from app.work.file_worker import FileRunner, Opened, SaveJob
from app.work.folders import READABLE, neighbour, pictures_in
from inpainting_core.api import OutsideReport


class FileFlow(QObject):
    """Opens, saves and asks.

    Signals:
        failed: (ErrorReport)
        said: (str) Something worth a line in the status bar.
        noted: (notes) What the person should know about the file.
        title_changed: The file's name, or whether it is saved, changed.
        folder_opened: A picture of a folder is open, and there are more.
    """

    failed = Signal(object)
    said = Signal(str)
    noted = Signal(object)
    title_changed = Signal()
    folder_opened = Signal()

    def __init__(self, editor: EditorModel, files: FileRunner, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._files = files
        self.window = window
        self._after_save: Callable[[], None] | None = None
        self._given_up: tuple[Document, int] | None = None
        self._folder: Path | None = None
        files.opened.connect(self._on_files_opened)
        files.saved.connect(self._on_files_saved)
        files.compared.connect(self._on_files_compared)
        files.failed.connect(self._on_files_failed)
        editor.history_changed.connect(self.title_changed)

    @property
    def title(self) -> str:
        """The file's name, with a mark when there is something to save."""
        document = self._editor.document
        if document is None:
            return "Lacuna"
        path = document.saved_as or document.project or document.path
        name = path.name if path else self.tr("Untitled")
        return f"{name}[*] \u2013 Lacuna"

    @Slot()
    def ask_and_open(self) -> None:
        """Let the person choose a file."""
        pictures, everything = self.tr("Pictures and projects"), self.tr("All files")
        kinds = f"{pictures} ({READABLE} *{PROJECT_SUFFIX});;{everything} (*)"
        start = self.folder
        chosen, _ = QFileDialog.getOpenFileName(self.window, self.tr("Open a photograph"), start, kinds)
        if chosen:
            self.open(Path(chosen))

    @Slot()
    def ask_and_open_folder(self) -> None:
        """Let the person choose a folder and open its first picture; Page Down goes on."""
        title = self.tr("Open a folder of photographs")
        chosen = QFileDialog.getExistingDirectory(self.window, title, self.folder)
        if chosen:
            self.open_folder(Path(chosen))

    def open_folder(self, folder: Path) -> None:
        """Open a folder's first picture, or go on with the one that is open."""
        pictures = pictures_in(folder)
        document = self._editor.document
        if not pictures:
            message = self.tr("There is no picture in {folder}.").format(folder=folder.name)
            self.failed.emit(ErrorReport(message, self.tr("Choose another folder.")))
            return
        self._folder = folder if len(pictures) > 1 else None
        if document is not None and document.path in pictures:
            self._announce_folder()
        else:
            self.open(pictures[0])

    @Slot()
    def close_picture(self) -> None:
        """Close the picture, after asking about unsaved changes."""
        self.when_safe(lambda: self._editor.open(None))

    def open(self, path: Path, mask_path: Path | None = None) -> None:
        """Open a file, after asking about unsaved changes."""
        self.when_safe(lambda: self._files.open(path, mask_path))

    @Slot()
    def paste(self) -> None:
        """Open what is on the clipboard."""
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if data is None or not self.take(data):
            message = self.tr("There is no picture on the clipboard.")
            self.failed.emit(ErrorReport(message, self.tr("Copy a picture first.")))

    def take(self, data: QMimeData) -> bool:
        """Open the first file, folder or the picture in `data`; return False when there is none."""
        path = first_file(data)
        if path is not None:
            self.open_folder(path) if path.is_dir() else self.open(path)
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.when_safe(lambda: self._files.adopt(image))
            return True
        return False

    def step(self, by: int) -> None:
        """Open the next picture of the folder, or with -1 the one before; at the ends, say so."""
        document = self._editor.document
        path = neighbour(document.path, by) if document is not None and document.path is not None else None
        if path is None:
            self.said.emit(self.tr("There is no further picture in this folder."))
        else:
            self.open(path)

    @Slot()
    def save(self) -> None:
        """Save under the name and in the way chosen before; ask when there is none."""
        document = self._editor.document
        if document is None or document.saved_as is None:
            self.save_as()
        else:
            self.write(document.saved_as, *document.saved_how)

    @Slot()
    def save_as(self) -> None:
        """Ask for name, format and quality, and save."""
        document = self._editor.document
        if document is None:
            return
        proposed = document.saved_as or proposed_path(document, self.folder)
        known = document.mask.size - document.provenance.filled_area
        summary = summary_of(document.photo, proposed, document.path, known)
        dialog = ExportDialog(summary, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._write_as(dialog.choices))
        dialog.rejected.connect(self._on_dialog_rejected)
        dialog.open()

    def _write_as(self, choices: ExportChoices) -> None:
        self.write(choices.path, choices.quality, choices.keeps_metadata)

    @Slot()
    def _on_dialog_rejected(self) -> None:
        self._after_save = None

    @Slot()
    def save_project(self) -> None:
        """Ask for a name and keep the picture with its mask, sources and settings, to go on another day."""
        document = self._editor.document
        if document is None:
            return
        beside = document.path or document.saved_as or Path(self.folder) / "picture"
        proposed = document.project or beside.with_suffix(PROJECT_SUFFIX)
        kind, title = self.tr("Lacuna project"), self.tr("Save the project")
        kind = f"{kind} (*{PROJECT_SUFFIX})"
        chosen = ask_for_name(self.window, title, proposed, kind)
        if chosen is not None:
            self.write_project(chosen)

    def write_project(self, path: Path) -> None:
        """Write all of the document but its history to `path`; whatever is there is replaced."""
        document = self._editor.document
        self._editor.end_stroke()
        if document is not None:
            snapshot = replace(Snapshot.of(document), is_modified=False)
            document.lend_to(snapshot)
            self._files.save(SaveJob(document, snapshot, document.history.picture_version, path))

    def write(self, path: Path, quality: int | None = None, keeps_metadata: bool = True) -> None:
        """Write the picture to `path`; whatever is there is replaced."""
        document = self._editor.document
        self._editor.end_stroke()
        if document is not None:
            version, filled = document.history.picture_version, document.provenance.filled
            job = SaveJob(document, document.photo, version, path, quality, keeps_metadata, filled)
            document.lend_to(job)
            self._files.save(job)

    def when_safe(self, action: Callable[[], None]) -> None:
        """Do `action` once no unsaved change is lost by it; never, if the person says so."""
        if not self._editor.is_modified or self._state() == self._given_up:
            action()
            return
        answer = self._ask()
        if answer == QMessageBox.StandardButton.Save:
            self._after_save = action
            self.save()
        elif answer == QMessageBox.StandardButton.Discard:
            self._given_up = self._state()
            action()

    def _state(self) -> tuple[Document, int] | None:
        """Return the picture and its version: what a person who drops changes has seen."""
        document = self._editor.document
        return None if document is None else (document, document.history.picture_version)

    def _ask(self) -> QMessageBox.StandardButton:
        buttons = QMessageBox.StandardButton
        return QMessageBox.warning(
            self.window,
            self.tr("Unsaved changes"),
            self.tr("The picture has changes that are not saved. Save them?"),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )

    @property
    def folder(self) -> str:
        """Where the open picture lies; empty when it is in no file."""
        document = self._editor.document
        path = document.path if document is not None else None
        return str(path.parent) if path is not None else ""

    @Slot(object)
    def _on_files_opened(self, opened: Opened) -> None:
        self.when_safe(lambda: self._show(opened))  # the picture may have changed while this one was read

    def _show(self, opened: Opened) -> None:
        self._after_save = self._given_up = None
        self._editor.open(opened.document)
        if opened.mask is not None:
            self._editor.paint_mask(opened.mask)
        self.title_changed.emit()
        self._announce_folder()

    def _announce_folder(self) -> None:
        """Say that a folder was opened, once a picture of it is there."""
        document, (folder, self._folder) = self._editor.document, (self._folder, None)
        if folder is not None and document is not None and document.path and document.path.parent == folder:
            self.folder_opened.emit()

    @Slot(object, object)
    def _on_files_saved(self, job: SaveJob, notes: tuple[str, ...]) -> None:
        how = job.quality, job.keeps_metadata
        self._editor.mark_saved(job.document, job.version, job.path, how)
        self.title_changed.emit()
        self.said.emit(self.tr("Saved {name}").format(name=job.path.name))
        self.noted.emit(notes)
        after, self._after_save = self._after_save, None
        if after is not None:
            self.when_safe(after)  # the picture may have changed while it was written

    @Slot(object, object)
    def _on_files_compared(self, job: SaveJob, report: OutsideReport) -> None:
        """Say what happened to the pixels that nobody asked to change."""
        count = QLocale().toString(report.known_pixels)
        if not report.changed:
            words = self.tr("Saved {name}: 0 of {count} known pixels changed.")
            self.said.emit(words.format(name=job.path.name, count=count))
            return
        words = self.tr("Saved {name}: by recompression, known pixels changed by at most {most}.")
        self.said.emit(words.format(name=job.path.name, most=report.largest_difference))

    @Slot(object)
    def _on_files_failed(self, report: ErrorReport) -> None:
        self._after_save = self._given_up = None
        self.failed.emit(report)


def first_file(data: QMimeData) -> Path | None:
    """Return the first file or folder that is dropped or pasted, or None."""
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)


def ask_for_name(window: QWidget, title: str, proposed: Path, kind: str) -> Path | None:
    """Return the name that the person chose for a file, with the ending of `proposed`; None = for no file.

    Whoever left the ending out has not been asked about the file that it leads to: the dialog asks again.
    """
    while True:
        chosen, _ = QFileDialog.getSaveFileName(window, title, str(proposed), kind, kind)
        path = Path(chosen)
        if not chosen or path.suffix.lower() == proposed.suffix:
            return path if chosen else None
        proposed = path.with_name(path.name + proposed.suffix)
        if not proposed.exists():
            return proposed


def proposed_path(document: Document, folder: str) -> Path:
    """Return a name beside the original, in its format where that can be written."""
    if document.path is None:
        return Path(folder) / "picture.png"
    suffix = document.path.suffix.lower()
    writable = {".jpeg", ".tiff", *SUFFIXES.values()}
    return document.path.with_name(f"{document.path.stem}_edit{suffix if suffix in writable else '.png'}")
