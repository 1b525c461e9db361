"""How is work kept safe without being felt?  It is copied and written in the file thread.

A copy that is taken while the window goes on may show two moments at once. Who asked for it knows
whether anything changed meanwhile, and throws such a copy away.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.crash import report_of
from app.document.bundle import BundleWriter
from app.document.document import Document
from app.document.snapshot import Snapshot

_LOG = logging.getLogger("lacuna")


class Autosaver(QObject):
    """Copies, writes and removes, one job after the other.

    Signals:
        captured: (Snapshot, or None when the document changed under the copy)
        written: A bundle is safe on the disk.
        failed: (ErrorReport) It could not be written.
    """

    captured = Signal(object)
    written = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._writer: BundleWriter | None = None

    @Slot(object)
    def capture(self, document: Document) -> None:
        """Copy the document while others may change it."""
        try:
            snapshot = Snapshot.of(document).detached()
        except Exception as error:  # noqa: BLE001  (what is read while it is written may fail in any way)
            _LOG.info("not captured: %s", error)
            self.captured.emit(None)
        else:
            self.captured.emit(snapshot)

    @Slot(object, object)
    def write(self, path: Path, snapshot: Snapshot) -> None:
        """Write a bundle."""
        if self._writer is None or self._writer.path != path:
            self._writer = BundleWriter(path)
        try:
            self._writer.write(snapshot)
        except Exception as error:  # noqa: BLE001  (a worker must answer, whatever happened)
            self.failed.emit(report_of(error))
        else:
            self.written.emit()

    @Slot(object)
    def forget(self, path: Path) -> None:
        """Remove a bundle that is needed no more."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _LOG.info("not removed: %s", error)
