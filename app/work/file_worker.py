"""How are files read and written beside the window?  One file thread; each job ends in one signal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal, Slot
from PySide6.QtGui import QImage

from app.crash import report_of
from app.document.bundle import read_bundle, write_bundle
from app.document.document import PROJECT_SUFFIX, Document
from app.document.snapshot import Snapshot
from inpainting_core.api import (
    Coverage,
    InpaintingError,
    Mask,
    Photo,
    compare_outside,
    read_image,
    read_mask,
    write_image,
    write_mask,
)

SHUTDOWN_MS = 30_000


@dataclass(frozen=True)
class Opened:
    """A picture that was read.

    Attributes:
        document: Ready to be edited.
        mask: A prepared mask, or None.
    """

    document: Document
    mask: Mask | None = None


@dataclass(frozen=True)
class SaveJob:
    """A picture or a project to be written.

    Attributes:
        document: Whose it is.
        content: The picture, or for a project all of the document, as it was when saving began.
        version: The history's picture version of `content`.
        path: Where to.
        quality: See `write_image`.
        keeps_metadata: See `write_image`.
        filled: (H, W) bool: where the picture was filled; None = nobody asks what else changed.
    """

    document: Document
    content: Photo | Snapshot
    version: int
    path: Path
    quality: int | None = None
    keeps_metadata: bool = True
    filled: Mask | None = None


class FileWorker(QObject):
    """Reads and writes, one job after the other.

    Signals:
        opened: (Opened)
        saved: (SaveJob, notes on what could not be kept)
        compared: (SaveJob, OutsideReport) What a saved file holds outside of what was filled.
        mask_saved: (Path)
        failed: (ErrorReport)
    """

    opened = Signal(object)
    saved = Signal(object, object)
    compared = Signal(object, object)
    mask_saved = Signal(object)
    failed = Signal(object)

    @Slot(object, object)
    def open(self, path: Path, mask_path: Path | None) -> None:
        """Read a photograph and, if given, its mask; or a project."""
        try:
            document = _read(path)
            mask = None if mask_path is None else read_mask(mask_path, document.size)
        except Exception as error:  # noqa: BLE001  (a worker must answer, whatever happened)
            self.failed.emit(report_of(error))
        else:
            self.opened.emit(Opened(document, mask))

    @Slot(object)
    def adopt(self, image: QImage) -> None:
        """Make a document of a picture from the clipboard or another program."""
        try:
            document = Document(photo_of(image))
        except Exception as error:  # noqa: BLE001
            self.failed.emit(report_of(error))
        else:
            self.opened.emit(Opened(document))

    @Slot(object)
    def restore(self, path: Path) -> None:
        """Read the bundle of a program that ended unexpectedly."""
        try:
            document = read_bundle(path)
            document.recovered_from = path
        except Exception as error:  # noqa: BLE001
            self.failed.emit(report_of(error))
        else:
            self.opened.emit(Opened(document))

    @Slot(object)
    def save(self, job: SaveJob) -> None:
        """Write a picture or a project."""
        try:
            notes = _write(job)
        except Exception as error:  # noqa: BLE001
            self.failed.emit(report_of(error))
        else:
            self.saved.emit(job, notes)
            self._compare(job)

    @Slot(object, object)
    def save_mask(self, path: Path, coverage: Coverage) -> None:
        """Write a mask."""
        try:
            write_mask(path, coverage)
        except Exception as error:  # noqa: BLE001
            self.failed.emit(report_of(error))
        else:
            self.mask_saved.emit(path)

    @Slot()
    def end(self) -> None:
        """End the thread; whatever was asked for before is done by now."""
        self.thread().quit()

    def _compare(self, job: SaveJob) -> None:
        if job.filled is None or not isinstance(job.content, Photo):
            return
        try:
            self.compared.emit(job, compare_outside(job.content, job.path, job.filled))
        except InpaintingError:
            return  # the file has another depth, which was said already


class FileRunner(QObject):
    """Sends jobs to the file thread. Lives in the GUI thread.

    Signals:
        opened: (Opened)
        saved: (SaveJob, notes on what could not be kept)
        compared: (SaveJob, OutsideReport) What a saved file holds outside of what was filled.
        mask_saved: (Path)
        failed: (ErrorReport)
        busy_changed: Something began or ended.
    """

    opened = Signal(object)
    saved = Signal(object, object)
    compared = Signal(object, object)
    mask_saved = Signal(object)
    failed = Signal(object)
    busy_changed = Signal()
    _open = Signal(object, object)
    _adopt = Signal(object)
    _restore = Signal(object)
    _save = Signal(object)
    _save_mask = Signal(object, object)
    _end = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = 0
        self._thread = QThread(self)
        self._thread.setObjectName("files")
        self._worker = FileWorker()
        self._worker.moveToThread(self._thread)
        self._open.connect(self._worker.open)
        self._adopt.connect(self._worker.adopt)
        self._restore.connect(self._worker.restore)
        self._save.connect(self._worker.save)
        self._save_mask.connect(self._worker.save_mask)
        self._end.connect(self._worker.end)
        self._worker.opened.connect(self._on_worker_opened)
        self._worker.saved.connect(self._on_worker_saved)
        self._worker.compared.connect(self.compared)
        self._worker.mask_saved.connect(self._on_worker_mask_saved)
        self._worker.failed.connect(self._on_worker_failed)
        self._thread.finished.connect(self._worker.deleteLater)
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """True while a job runs or waits."""
        return self._jobs > 0

    @property
    def has_ended(self) -> bool:
        """True once every job is done and the thread is gone."""
        return self._thread.isFinished()

    def open(self, path: Path, mask_path: Path | None = None) -> None:
        """Read a photograph and perhaps a mask, or a project; `opened` or `failed` follows."""
        self._count(1)
        self._open.emit(path, mask_path)

    def adopt(self, image: QImage) -> None:
        """Take over a picture from the clipboard; `opened` or `failed` follows."""
        self._count(1)
        self._adopt.emit(image)

    def restore(self, path: Path) -> None:
        """Read the bundle of a program that ended unexpectedly; `opened` or `failed` follows."""
        self._count(1)
        self._restore.emit(path)

    def save(self, job: SaveJob) -> None:
        """Write a picture or a project; `saved` or `failed` follows."""
        self._count(1)
        self._save.emit(job)

    def save_mask(self, path: Path, coverage: Coverage) -> None:
        """Write a mask, which nobody may change any more; `mask_saved` or `failed` follows."""
        self._count(1)
        self._save_mask.emit(path, coverage)

    def host(self, worker: QObject) -> None:
        """Let another worker's slots run in the file thread; it ends with it."""
        worker.moveToThread(self._thread)
        self._thread.finished.connect(worker.deleteLater)

    def shutdown(self) -> bool:
        """Finish every job that was asked for and stop the thread; return True when it has ended."""
        self._end.emit()
        return self._thread.wait(SHUTDOWN_MS)

    def _count(self, change: int) -> None:
        self._jobs += change
        self.busy_changed.emit()

    @Slot(object)
    def _on_worker_opened(self, opened: Opened) -> None:
        self._count(-1)
        self.opened.emit(opened)

    @Slot(object, object)
    def _on_worker_saved(self, job: SaveJob, notes: tuple[str, ...]) -> None:
        self._count(-1)
        self.saved.emit(job, notes)

    @Slot(object)
    def _on_worker_mask_saved(self, path: Path) -> None:
        self._count(-1)
        self.mask_saved.emit(path)

    @Slot(object)
    def _on_worker_failed(self, report: object) -> None:
        self._count(-1)
        self.failed.emit(report)


def _read(path: Path) -> Document:
    if path.suffix.lower() != PROJECT_SUFFIX:
        return Document(read_image(path), path)
    document = read_bundle(path)
    document.project = path
    return document


def _write(job: SaveJob) -> tuple[str, ...]:
    if isinstance(job.content, Photo):
        return write_image(job.path, job.content, quality=job.quality, keeps_metadata=job.keeps_metadata)
    write_bundle(job.path, job.content)
    return ()


def photo_of(image: QImage) -> Photo:
    """Return the picture of a QImage at its own depth, with its alpha when it has one, and its profile."""
    is_deep = image.pixelFormat().redSize() > 8  # noqa: PLR2004
    kinds = QImage.Format
    converted = image.convertToFormat(kinds.Format_RGBA64 if is_deep else kinds.Format_RGBA8888)
    dtype: np.dtype[Any] = np.dtype(np.uint16 if is_deep else np.uint8)
    width, height = converted.width(), converted.height()
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(height, converted.bytesPerLine())
    used = np.ascontiguousarray(rows[:, : 4 * width * dtype.itemsize])
    rgba = used.view(dtype).reshape(height, width, 4)
    is_seen_through = image.hasAlphaChannel() and bool(rgba[..., 3].min() < (0xFFFF if is_deep else 0xFF))
    alpha = rgba[..., 3].copy() if is_seen_through else None
    space = image.colorSpace()
    icc = bytes(space.iccProfile().data()) if space.isValid() else None
    return Photo(np.ascontiguousarray(rgba[..., :3]), alpha, icc=icc or None)
