"""How does a wish become a filled picture?  Request, run, apply; and what is said about it.

Undo while a fill runs withdraws the fill: whoever takes a step back does not want the next one.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.crash import ErrorReport, report_of
from app.state.editor import EditorModel
from app.work.fill_runner import FillRunner
from inpainting_core.api import ENGINES, EngineInfo, FillRequest, FillResult, InpaintingError, OptionValue

LARGEST_SEED = 2**31


class Filling(QObject):
    """The engine in use and the fill that runs with it.

    Signals:
        engine_changed: Another engine is in use.
        started: (FillRequest)
        progressed: (Report)
        applied: (FillResult) The picture is filled.
        ended: Nothing runs any more, for whatever reason.
        failed: (ErrorReport)
    """

    engine_changed = Signal()
    started = Signal(object)
    progressed = Signal(object)
    applied = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, editor: EditorModel, runner: FillRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._runner = runner
        self._seed = 0
        self.engine: EngineInfo = ENGINES[0]
        self._options: dict[str, dict[str, OptionValue]] = {info.id: info.complete({}) for info in ENGINES}
        self.last_seconds: float | None = None
        runner.started.connect(self.started)
        runner.progressed.connect(self.progressed)
        runner.finished.connect(self._on_runner_finished)
        runner.cancelled.connect(self._on_runner_cancelled)
        runner.failed.connect(self._on_runner_failed)
        editor.document_changed.connect(self._on_editor_document_changed)

    @property
    def is_busy(self) -> bool:
        """True while a fill runs."""
        return self._runner.is_busy

    @property
    def options(self) -> dict[str, OptionValue]:
        """The options of the engine in use."""
        return dict(self._options[self.engine.id])

    def use_engine(self, info: EngineInfo) -> None:
        """Use another engine from the next fill on."""
        self.engine = info
        self.engine_changed.emit()

    def set_option(self, key: str, value: OptionValue) -> None:
        """Set an option of the engine in use."""
        self._options[self.engine.id][key] = value

    def start(self) -> None:
        """Fill the mask; a fill that runs is replaced by this one."""
        if self._editor.document is None:
            return
        try:
            request = self._editor.fill_request(self.engine.id, self.options, self._seed)
        except InpaintingError as error:
            self.failed.emit(report_of(error))
        else:
            self._runner.submit(request)

    def start_again(self) -> None:
        """Fill with another seed: the mask if there is one, else the last fill once more."""
        document = self._editor.document
        if document is None:
            return
        self._seed = (self._seed + 1) % LARGEST_SEED
        newest = document.history.newest
        if document.mask_area == 0 and newest is not None and newest.is_fill:
            self._editor.undo()
        self.start()

    def cancel(self) -> None:
        """Stop the fill that runs; the picture stays as it is."""
        if self._runner.is_busy:
            self._runner.cancel()

    def undo(self) -> None:
        """Take a step back and withdraw the fill that runs."""
        self.cancel()
        self._editor.undo()

    def redo(self) -> None:
        """Make a step again and withdraw the fill that runs."""
        self.cancel()
        self._editor.redo()

    @Slot(object, object)
    def _on_runner_finished(self, request: FillRequest, result: FillResult) -> None:
        if self._editor.apply_fill(request, result):
            self.last_seconds = result.seconds["total"]
            self.applied.emit(result)
        self.ended.emit()

    @Slot()
    def _on_runner_cancelled(self) -> None:
        self.ended.emit()

    @Slot(object)
    def _on_runner_failed(self, report: ErrorReport) -> None:
        self.ended.emit()
        self.failed.emit(report)

    @Slot()
    def _on_editor_document_changed(self) -> None:
        self.cancel()
        self._seed = 0
