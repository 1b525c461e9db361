"""Which photographs lie beside the open one, and how do they look?  Found and decoded on their own thread.

The list is the folder's as it was when a picture of it was opened. Small pictures are decoded when they
are asked for, the latest wish first, and the least recently seen are let go when they take too much.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtGui import QImage

from app.state.editor import EditorModel
from app.work.background import Background
from app.work.file_worker import FileRunner, SaveJob
from app.work.folders import pictures_in, small_picture

ROOM = QSize(224, 160)
"""The largest small picture, in device pixels."""
BUDGET_BYTES = 64 << 20
MOST_WAITING = 64
"""So many wishes are kept; whoever scrolls past a thousand pictures wants those now in sight."""
_LISTING, _DECODING = "listing", "decoding"


class Gallery(QObject):
    """The folder of the open photograph. Lives in the GUI thread.

    Args:
        editor: Whose open photograph says which folder.
        files: Who writes pictures, perhaps into this folder.
        budget_bytes: Memory for small pictures.

    Signals:
        changed: The list is another one.
        moved: Another photograph is open.
        decoded: (Path) Its small picture is there.
    """

    changed = Signal()
    moved = Signal()
    decoded = Signal(object)

    def __init__(self, editor: EditorModel, files: FileRunner, budget_bytes: int = BUDGET_BYTES) -> None:
        super().__init__()
        self._editor = editor
        self._budget = budget_bytes
        self._background = Background(self)
        self._pictures: tuple[Path, ...] = ()
        self._small: OrderedDict[Path, QImage] = OrderedDict()
        self._held_bytes = 0
        self._waiting: list[Path] = []
        editor.document_changed.connect(self._on_editor_document_changed)
        files.saved.connect(self._on_files_saved)

    @property
    def pictures(self) -> tuple[Path, ...]:
        """The folder's readable pictures, by name; empty without a folder."""
        return self._pictures

    @property
    def here(self) -> Path | None:
        """The file of the open photograph, or None."""
        document = self._editor.document
        return None if document is None else document.path

    @property
    def held_bytes(self) -> int:
        """Memory that the small pictures take."""
        return self._held_bytes

    def small(self, path: Path) -> QImage | None:
        """Return the small picture, null when the file cannot be read; None = not yet, `decoded` follows."""
        if path in self._small:
            self._small.move_to_end(path)
            return self._small[path]
        if path not in self._waiting:
            self._waiting = [*self._waiting, path][-MOST_WAITING:]
            if not self._background.is_busy(_DECODING):
                self._decode_next()
        return None

    def shutdown(self) -> bool:
        """End the thread; return True when it has ended."""
        self._waiting.clear()
        return self._background.shutdown()

    def _decode_next(self) -> None:
        if self._waiting:
            path = self._waiting[-1]
            self._background.submit(
                _DECODING, lambda _token: small_picture(path, ROOM), lambda image: self._take(path, image)
            )

    def _take(self, path: Path, image: QImage) -> None:
        if path in self._waiting:
            self._waiting.remove(path)
        self._small[path] = image
        self._held_bytes += image.sizeInBytes()
        while self._held_bytes > self._budget and len(self._small) > 1:
            self._held_bytes -= self._small.popitem(last=False)[1].sizeInBytes()
        self._decode_next()
        self.decoded.emit(path)

    @Slot()
    def _on_editor_document_changed(self) -> None:
        self._list()
        self.moved.emit()

    @Slot(object, object)
    def _on_files_saved(self, job: SaveJob, _notes: object) -> None:
        """Look again at what was written into the folder."""
        old = self._small.pop(job.path, None)
        if old is not None:
            self._held_bytes -= old.sizeInBytes()
            self.decoded.emit(job.path)
        self._list()

    def _list(self) -> None:
        here = self.here
        if here is not None:
            folder = here.parent
            self._background.submit(_LISTING, lambda _token: tuple(pictures_in(folder)), self._take_list)
        else:
            self._background.cancel(_LISTING)
            self._take_list(())

    def _take_list(self, pictures: tuple[Path, ...]) -> None:
        if pictures != self._pictures:
            self._waiting = [path for path in self._waiting if path in pictures]
            self._pictures = pictures
            self.changed.emit()
