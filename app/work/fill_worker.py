"""How does a fill run beside the window?  In the fill thread; every fill ends in exactly one signal."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from app.crash import report_of
from app.document.task import FillTask
from inpainting_core.api import Cancelled, CancelToken, FillRequest, FillResult, Forecast, Progress


class Filler(Protocol):
    """What the editor needs of `inpainting_core.api.Session`."""

    def warm_up(self, engine_id: str) -> None:
        """Pay now for the engine's imports."""

    def forecast(self, request: FillRequest) -> Forecast:
        """Return what filling the request would take; may be asked from another thread."""

    def fill(self, request: FillRequest, progress: Progress | None = None) -> FillResult:
        """Return the filled holes of the request."""


class FillWorker(QObject):
    """Runs fills, one after the other.

    Signals:
        progressed: (task id, Report)
        finished: (task id, FillResult)
        cancelled: (task id)
        failed: (task id, ErrorReport)
    """

    progressed = Signal(int, object)
    finished = Signal(int, object)
    cancelled = Signal(int)
    failed = Signal(int, object)

    threads = 0
    """Processor threads of a fill, 0 = all; set by the GUI thread between fills."""

    def __init__(self, filler: Filler) -> None:
        super().__init__()
        self._filler = filler

    @Slot(str)
    def warm_up(self, engine_id: str) -> None:
        """Import and compile an engine before somebody waits for it."""
        try:
            self._filler.warm_up(engine_id)
        except Exception as error:  # noqa: BLE001  (logged; the first fill will say it aloud)
            report_of(error)

    @Slot(object, object)
    def run(self, task: FillTask, token: CancelToken) -> None:
        """Fill `task`, unless `token` was cancelled while it waited."""
        progress = Progress(token, lambda report: self.progressed.emit(task.id, report))
        try:
            progress.check()
            result = self._filler.fill(replace(task.request(), threads=self.threads), progress)
        except Cancelled:
            self.cancelled.emit(task.id)
        except Exception as error:  # noqa: BLE001  (a worker must answer, whatever happened)
            self.failed.emit(task.id, report_of(error))
        else:
            self.finished.emit(task.id, result)
