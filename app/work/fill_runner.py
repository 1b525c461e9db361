"""Which fill runs now?  The newest one asked for: a newer wish cancels the older and takes its turn.

Lives in the GUI thread. The token is cancelled directly, because a busy worker reads no queued signals.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.crash import ErrorReport
from app.document.task import FillTask
from app.work.fill_worker import Filler, FillWorker
from inpainting_core.api import CancelToken, FillResult, Report

SHUTDOWN_MS = 5000


class FillRunner(QObject):
    """Runs at most one fill and remembers at most one more.

    Signals:
        started: (FillTask) A fill was handed to the worker.
        progressed: (Report) Of the fill that counts; older ones are silent.
        finished: (FillTask, FillResult)
        cancelled: () Nothing runs any more; the wish was withdrawn.
        failed: (ErrorReport)
    """

    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object, object)
    cancelled = Signal()
    failed = Signal(object)
    _start = Signal(object, object)
    _warm_up = Signal(str)

    def __init__(self, filler: Filler, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._token = CancelToken()
        self._running: FillTask | None = None
        self._pending: FillTask | None = None
        self._is_closed = False
        self._thread = QThread(self)
        self._thread.setObjectName("fill")
        self._worker = FillWorker(filler)
        self._worker.moveToThread(self._thread)
        self._start.connect(self._worker.run)
        self._warm_up.connect(self._worker.warm_up)
        self._worker.progressed.connect(self._on_worker_progressed)
        self._worker.finished.connect(self._on_worker_finished)
        self._worker.cancelled.connect(self._on_worker_cancelled)
        self._worker.failed.connect(self._on_worker_failed)
        self._thread.finished.connect(self._worker.deleteLater)
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """True while a fill runs, waits, or is on its way to being cancelled."""
        return self._running is not None

    def warm_up(self, engine_id: str) -> None:
        """Let the worker import the engine."""
        self._warm_up.emit(engine_id)

    def submit(self, task: FillTask) -> None:
        """Fill `task` as soon as possible; whatever ran or waited before is dropped."""
        if self._is_closed:
            return
        if self._running is not None:
            self._pending = task
            self._token.cancel()
            return
        self._running = task
        self._token = CancelToken()
        self.started.emit(task)
        self._start.emit(task, self._token)

    def cancel(self) -> None:
        """Withdraw every wish; `cancelled` follows when the worker has let go."""
        self._pending = None
        self._token.cancel()

    def shutdown(self) -> bool:
        """Stop the thread and return True when it has ended; it is never killed."""
        self._is_closed = True
        self.cancel()
        self._thread.quit()
        return self._thread.wait(SHUTDOWN_MS)

    def _counts(self, task_id: int) -> bool:
        is_running = self._running is not None and self._running.id == task_id
        return is_running and not self._token.is_set

    def _turn(self) -> None:
        """Let go of the fill that ended and start the one that waits."""
        self._running = None
        pending, self._pending = self._pending, None
        if pending is not None:
            self.submit(pending)
        elif self._token.is_set:
            self.cancelled.emit()

    @Slot(int, object)
    def _on_worker_progressed(self, task_id: int, report: Report) -> None:
        if self._counts(task_id):
            self.progressed.emit(report)

    @Slot(int, object)
    def _on_worker_finished(self, task_id: int, result: FillResult) -> None:
        task, counts = self._running, self._counts(task_id)
        self._turn()
        if counts:
            self.finished.emit(task, result)

    @Slot(int)
    def _on_worker_cancelled(self, _task_id: int) -> None:
        self._turn()

    @Slot(int, object)
    def _on_worker_failed(self, task_id: int, report: ErrorReport) -> None:
        counts = self._counts(task_id)
        self._turn()
        if counts:
            self.failed.emit(report)
