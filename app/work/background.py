"""How is something worked out beside the window?  One thread; in each lane only the latest wish counts.

A lane is a question, such as "which object is here?"; asking it again withdraws the earlier asking.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot
from shiboken6 import isValid

from app.crash import report_of
from inpainting_core.api import Cancelled, CancelToken

SHUTDOWN_MS = 5000
Job = Callable[[CancelToken], Any]


@dataclass(frozen=True, eq=False)
class _Ticket:
    lane: str
    job: Job
    done: Callable[[Any], None]
    token: CancelToken
    asker: QObject | None


class _Worker(QObject):
    """Runs jobs, one after the other."""

    finished = Signal(object, object)
    failed = Signal(object, object)

    @Slot(object)
    def run(self, ticket: _Ticket) -> None:
        if ticket.token.is_set:
            self.failed.emit(ticket, None)
            return
        try:
            result = ticket.job(ticket.token)
        except Cancelled:
            self.failed.emit(ticket, None)
        except Exception as error:  # noqa: BLE001  (a worker must answer, whatever happened)
            self.failed.emit(ticket, report_of(error))
        else:
            self.finished.emit(ticket, result)


class Background(QObject):
    """Asks questions of the background thread. Lives in the GUI thread.

    Signals:
        failed: (lane, ErrorReport) The latest job of a lane failed.
        busy_changed: (lane) A lane's question was asked, answered or withdrawn; an answer was told by then.
    """

    failed = Signal(str, object)
    busy_changed = Signal(str)
    _start = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: dict[str, _Ticket] = {}
        self._thread = QThread(self)
        self._thread.setObjectName("background")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._start.connect(self._worker.run)
        self._worker.finished.connect(self._on_worker_finished)
        self._worker.failed.connect(self._on_worker_failed)
        self._thread.finished.connect(self._worker.deleteLater)
        self._thread.start()

    def is_busy(self, lane: str) -> bool:
        """True while the lane's question waits for its answer."""
        return lane in self._latest

    def submit(self, lane: str, job: Job, done: Callable[[Any], None], asker: QObject | None = None) -> None:
        """Run `job` over there and hand what it returns to `done` over here, unless asked again meanwhile.

        Once `asker` is gone, as with its window, nobody is told.
        """
        if lane in self._latest:
            self._latest[lane].token.cancel()
        ticket = _Ticket(lane, job, done, CancelToken(), asker)
        self._latest[lane] = ticket
        self.busy_changed.emit(lane)
        self._start.emit(ticket)

    def cancel(self, lane: str) -> None:
        """Withdraw the lane's question."""
        ticket = self._latest.pop(lane, None)
        if ticket is not None:
            ticket.token.cancel()
            self.busy_changed.emit(lane)

    def shutdown(self) -> bool:
        """Withdraw everything and stop the thread; return True when it has ended."""
        for lane in list(self._latest):
            self.cancel(lane)
        self._thread.quit()
        return self._thread.wait(SHUTDOWN_MS)

    @Slot(object, object)
    def _on_worker_finished(self, ticket: _Ticket, result: object) -> None:
        if self._latest.get(ticket.lane) is ticket:
            del self._latest[ticket.lane]
            if ticket.asker is None or isValid(ticket.asker):
                ticket.done(result)
            self.busy_changed.emit(ticket.lane)

    @Slot(object, object)
    def _on_worker_failed(self, ticket: _Ticket, report: object) -> None:
        if self._latest.get(ticket.lane) is ticket:
            del self._latest[ticket.lane]
            self.busy_changed.emit(ticket.lane)
            if report is not None:
                self.failed.emit(ticket.lane, report)
