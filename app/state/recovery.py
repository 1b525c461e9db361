"""What is lost when the program ends unexpectedly?  At most the last minute.

What is being done is kept in a bundle in the recovery folder: soon after every fill, and every minute
when something changed. A lock beside the bundle says that its program lives. A bundle whose lock is free
was left behind; it is offered, and stays until somebody decides.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLockFile, QObject, Qt, QTimer, Signal, Slot

from app.document.bundle import Glimpse, peek
from app.document.document import PROJECT_SUFFIX
from app.document.snapshot import Snapshot
from app.state.models import Models
from app.work.autosaver import Autosaver
from inpainting_core.api import InpaintingError

PERIOD_MS = 60_000
SOON_MS = 300
"""So long after a fill, or the end of a stroke that was waited for, it is kept."""
MOST_TRIES = 5
"""So often a copy may be spoilt by changes before it is taken in the GUI thread, which nothing can spoil."""
_HALVES_SECONDS = 24 * 3600
_LOG = logging.getLogger("lacuna")


@dataclass(frozen=True, eq=False)
class Place:
    """Where a bundle lies, held by this program as long as the lock is.

    Attributes:
        path: Of the bundle.
        lock: Beside it.
    """

    path: Path
    lock: QLockFile

    @classmethod
    def claim(cls, path: Path) -> Place | None:
        """Return the place, ours from now on; None while another program holds it."""
        lock = QLockFile(str(path.with_suffix(".lock")))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            return cls(path, lock)
        # Another program may have the dead one's number by now, or this machine another name. Removing
        # fails for as long as somebody truly holds the lock.
        return cls(path, lock) if lock.removeStaleLockFile() and lock.tryLock(0) else None


@dataclass(frozen=True, eq=False)
class Found:
    """A bundle that was left behind.

    Attributes:
        place: Where it lies; nobody else is offered it while we hold it.
        glimpse: What it shows, or None when it is damaged.
    """

    place: Place
    glimpse: Glimpse | None


class Recovery(QObject):
    """Keeps the open document safe. Lives in the GUI thread and never makes it wait.

    Args:
        models: Whose document.
        folder: Where bundles are kept; made if need be.
        parent: Whose life it shares.

    Signals:
        kept: A bundle of the document is on the disk.
        failed: (ErrorReport) It could not be written; said once until it can again.
    """

    kept = Signal()
    failed = Signal(object)
    _capture = Signal(object)
    _write = Signal(object, object)
    _forget = Signal(object)

    def __init__(self, models: Models, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = models.editor
        self._folder = folder
        self._place = _own_place(folder)
        self._held: list[Place] = []
        self._restoring: Found | None = None
        self._changes = self._changes_seen = 0
        self._tries = 0
        self._is_stale = self._is_wanted = self._is_writing = self._was_said = False
        self._period, self._soon = QTimer(self), QTimer(self)
        self._period.setInterval(PERIOD_MS)
        self._soon.setInterval(SOON_MS)
        self._soon.setSingleShot(True)
        if self._place is not None:
            self._connect(models)

    def _connect(self, models: Models) -> None:
        self._autosaver = Autosaver()
        models.files.host(self._autosaver)
        self._capture.connect(self._autosaver.capture)
        self._write.connect(self._autosaver.write)
        self._forget.connect(self._autosaver.forget)
        self._autosaver.captured.connect(self._on_autosaver_captured)
        self._autosaver.written.connect(self._on_autosaver_written)
        self._autosaver.failed.connect(self._on_autosaver_failed)
        editor = self._editor
        for signal in (editor.picture_changed, editor.mask_changed, editor.rules_changed):
            signal.connect(self._on_editor_plane_changed)
        editor.settings_changed.connect(self._on_editor_changed)
        editor.history_changed.connect(self._on_editor_changed)
        editor.document_changed.connect(self._on_editor_document_changed)
        editor.stroke_ended.connect(self._on_editor_stroke_ended)
        models.filling.applied.connect(self._on_filling_applied)
        queued = Qt.ConnectionType.QueuedConnection  # once it is known which version was saved
        models.files.saved.connect(self._on_files_saved, queued)
        self._period.timeout.connect(self.keep)
        self._soon.timeout.connect(self.keep)
        self._period.start()

    @Slot()
    def keep(self) -> None:
        """Keep the document now if it changed since it was kept last; `kept` or `failed` follows."""
        document = self._editor.document
        if document is None or self._place is None or not self._is_stale:
            return
        self._is_wanted = self._is_writing or self._editor.is_drawing
        if self._is_wanted:
            return
        self._is_writing = True
        self._changes_seen = self._changes
        if self._tries < MOST_TRIES:
            self._capture.emit(document)
        else:
            snapshot = Snapshot.of(document)
            document.lend_to(snapshot)
            self._send(snapshot)

    def find(self) -> tuple[Found, ...]:
        """Return what programs left behind that live no more, newest first; it is ours until `close`."""
        found = []
        _sweep(self._folder)
        for path in sorted(self._folder.glob(f"*{PROJECT_SUFFIX}")):
            place = None if self._place is not None and path == self._place.path else Place.claim(path)
            if place is None:
                continue
            self._held.append(place)
            found.append(Found(place, _look(path)))
        return tuple(sorted(found, key=lambda one: -(one.glimpse.written if one.glimpse else 0)))

    def restore(self, found: Found, models: Models) -> None:
        """Open what was left behind; once it is open, it is kept where it lies."""
        self._restoring = found
        models.files.restore(found.place.path)

    def discard(self, found: Found) -> None:
        """Remove what was left behind for good."""
        _remove(found.place.path)

    def close(self) -> None:
        """Leave nothing behind: whatever was to be saved is. To be called once the file thread has ended."""
        self._period.stop()
        self._soon.stop()
        if self._place is not None:
            _remove(self._place.path)
            self._place.lock.unlock()
        for place in self._held:
            place.lock.unlock()
        self._place, self._held = None, []

    def _send(self, snapshot: Snapshot) -> None:
        if self._place is not None:
            self._is_stale, self._tries = False, 0
            self._write.emit(self._place.path, snapshot)

    def _end_writing(self) -> None:
        self._is_writing = False
        if self._is_wanted:
            self._soon.start()

    @Slot(object)
    def _on_autosaver_captured(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None and self._changes == self._changes_seen:
            self._send(snapshot)
            return
        self._tries += 1
        self._is_wanted = True
        self._end_writing()

    @Slot()
    def _on_autosaver_written(self) -> None:
        self._was_said = False
        self._end_writing()
        self.kept.emit()

    @Slot(object)
    def _on_autosaver_failed(self, report: object) -> None:
        self._is_stale = True
        self._end_writing()
        if not self._was_said:
            self._was_said = True
            self.failed.emit(report)

    @Slot(object)
    def _on_editor_plane_changed(self, _box: object) -> None:
        self._changes += 1

    @Slot()
    def _on_editor_changed(self) -> None:
        self._changes += 1
        document = self._editor.document
        if document is not None and (document.history.done or document.history.undone):
            self._is_stale = True

    @Slot()
    def _on_editor_stroke_ended(self) -> None:
        if self._is_wanted:
            self._soon.start()

    @Slot(object)
    def _on_filling_applied(self, _result: object) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _on_editor_document_changed(self) -> None:
        """Forget what was kept of the document before: it was saved, or given up."""
        self._changes += 1
        self._forget_kept()
        document, found = self._editor.document, self._restoring
        if document is not None and found is not None and document.recovered_from == found.place.path:
            if self._place is not None:
                self._held.append(self._place)
            self._place, self._restoring = found.place, None
            self._held.remove(found.place)

    @Slot(object, object)
    def _on_files_saved(self, _job: object, _notes: object) -> None:
        if not self._editor.is_modified:
            self._forget_kept()

    def _forget_kept(self) -> None:
        self._is_stale = self._is_wanted = False
        self._tries = 0
        self._soon.stop()
        if self._place is not None:
            self._forget.emit(self._place.path)


def recovery_folder() -> Path:
    """Return where bundles are kept for the next start."""
    return Path(platformdirs.user_state_dir("Lacuna", appauthor=False)) / "recovery"


def _own_place(folder: Path) -> Place | None:
    """Return the place of this program's bundle; None when there can be none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _LOG.info("nothing will be kept: %s", error)
        return None
    return Place.claim(folder / f"{os.getpid()}-{time.time_ns() // 1_000_000}{PROJECT_SUFFIX}")


def _sweep(folder: Path) -> None:
    """Remove what killed programs left that nobody can use: locks without a bundle, and halves of files."""
    for lock in folder.glob("*.lock"):
        if not lock.with_suffix(PROJECT_SUFFIX).exists() and (place := Place.claim(lock)) is not None:
            place.lock.unlock()
    for part in folder.glob(".lacuna-*.part"):
        with suppress(OSError):  # another editor that sweeps here, too, was faster
            if part.stat().st_mtime < time.time() - _HALVES_SECONDS:
                part.unlink()


def _remove(path: Path) -> None:
    """Remove a file, if that is allowed; what stays is offered again."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _LOG.info("not removed: %s", error)


def _look(path: Path) -> Glimpse | None:
    try:
        return peek(path)
    except InpaintingError:
        return None
