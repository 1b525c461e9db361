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
    """Runs fills; only the newest counts.

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
        self._is_closed = False
        self._thread = QThread(self)
        self._thread.setObjectName("fill")
        self._worker = FillWorker(filler)
        self._worker.moveToThread(self._thread)
        self._start.connect(self._worker.run)
        self._warm_up.connect(self._worker.warm_up)
        self._worker.progressed.connect(self._on_worker_progressed)
        self._worker.finished.connect(self._on_worker_finished)
        self._worker.failed.connect(self._on_worker_failed)
        self._thread.finished.connect(self._worker.deleteLater)
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """True while a fill runs or waits that somebody still wants."""
        return self._running is not None

    def use_threads(self, threads: int) -> None:
        """Let fills from now on use so many processor threads, 0 = all."""
        self._worker.threads = threads

    def warm_up(self, engine_id: str) -> None:
        """Let the worker import the engine."""
        self._warm_up.emit(engine_id)

    def submit(self, task: FillTask) -> None:
        """Fill `task` as soon as the worker is free; whatever ran or waited before is dropped."""
        if self._is_closed:
            return
        self._token.cancel()
        self._running, self._token = task, CancelToken()
        self.started.emit(task)
        self._start.emit(task, self._token)

    def cancel(self) -> None:
        """Withdraw the wish. The worker lets go soon; nobody waits for it, and what it says is not heard."""
        self._token.cancel()
        if self._running is not None:
            self._running = None
            self.cancelled.emit()

    def shutdown(self) -> bool:
        """Stop the thread and return True when it has ended; it is never killed."""
        self._is_closed = True
        self.cancel()
        self._thread.quit()
        return self._thread.wait(SHUTDOWN_MS)

    def _counts(self, task_id: int) -> bool:
        return self._running is not None and self._running.id == task_id

    @Slot(int, object)
    def _on_worker_progressed(self, task_id: int, report: Report) -> None:
        if self._counts(task_id):
            self.progressed.emit(report)

    @Slot(int, object)
    def _on_worker_finished(self, task_id: int, result: FillResult) -> None:
        if self._counts(task_id):
            task, self._running = self._running, None
            self.finished.emit(task, result)

    @Slot(int, object)
    def _on_worker_failed(self, task_id: int, report: ErrorReport) -> None:
        if self._counts(task_id):
            self._running = None
            self.failed.emit(report)
