"""How does a wish become a filled picture?  Task, run, apply; and what is said about it.

Undo while a fill runs withdraws the fill: whoever takes a step back does not want the next one.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from app.crash import ErrorReport, report_of
from app.document.document import Document
from app.document.edits import Edit
from app.document.task import FillTask
from app.document.variants import MOST_VARIANTS, Variant, Variants
from app.state.editor import EditorModel
from app.state.forecasting import Forecasting
from app.state.mask_shaping import MaskShaping
from app.work.fill_runner import FillRunner
from inpainting_core.api import EngineInfo, FillResult, Forecast, InvalidRequest, OptionValue, Pixels, Point

LARGEST_SEED = 2**31
SECOND_STROKE_MS = 150
"""So long a fill on release waits for another stroke."""


class Filling(QObject):
    """The fill that runs, and the outcomes of the last one.

    Signals:
        started: (FillTask)
        progressed: (Report)
        applied: (FillResult) The picture is filled.
        ended: Nothing runs any more, for whatever reason.
        failed: (ErrorReport)
        on_release_changed: Strokes are filled at once from now on, or no longer.
        variants_changed: Another outcome is there, or shown, or none is left.
    """

    started = Signal(object)
    progressed = Signal(object)
    applied = Signal(object)
    ended = Signal()
    failed = Signal(object)
    on_release_changed = Signal()
    variants_changed = Signal()

    def __init__(
        self, editor: EditorModel, runner: FillRunner, shaping: MaskShaping, forecasting: Forecasting
    ) -> None:
        super().__init__()
        self._forecasting = forecasting
        self._editor = editor
        self._runner = runner
        self._shaping = shaping
        self._seed = 0
        self._variants: list[Variant] = []
        self._last: tuple[Edit, FillTask] | None = None
        self._shown = 0
        self._shown_edit: Edit | None = None
        self._still_wanted = 0
        self._is_waiting = False
        self._is_on_release = False
        self._finished: tuple[FillTask, FillResult] | None = None
        self.last_seconds: float | None = None
        self.threads = 0
        self.most_megabytes = 0
        self._pause = QTimer(self, singleShot=True, interval=SECOND_STROKE_MS)
        self._pause.timeout.connect(self.start)
        runner.started.connect(self.started)
        runner.progressed.connect(self.progressed)
        runner.finished.connect(self._on_runner_finished)
        runner.cancelled.connect(self.ended)
        runner.failed.connect(self._on_runner_failed)
        editor.document_changed.connect(self._on_editor_document_changed)
        editor.history_changed.connect(self._on_editor_history_changed)
        editor.stroke_ended.connect(self._put_finished)
        editor.painted.connect(self._on_editor_painted)
        shaping.settled.connect(self._on_shaping_settled)

    @property
    def is_busy(self) -> bool:
        """True while a fill runs, or waits for the mask it is to fill."""
        return self._runner.is_busy or self._is_waiting or self._finished is not None

    @property
    def engine(self) -> EngineInfo:
        """The engine in use."""
        return self._editor.settings.engine

    @property
    def is_on_release(self) -> bool:
        """True when a finished stroke is filled at once."""
        return self._is_on_release

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The outcomes of the fill that is the newest step, oldest first; empty when it is not."""
        return tuple(self._variants) if self._shown_edit is not None else ()

    @property
    def shown_variant(self) -> int:
        """Index in `variants` of the one in the picture."""
        return self._shown

    def set_on_release(self, on: bool) -> None:
        """Fill every finished stroke at once, or only when asked."""
        self._is_on_release = on
        self.on_release_changed.emit()

    def use_engine(self, info: EngineInfo) -> None:
        """Use another engine from the next fill on."""
        self._editor.change_settings(replace(self._editor.settings, engine_id=info.id), "engine")

    def set_option(self, key: str, value: OptionValue) -> None:
        """Set an option of the engine in use."""
        self._editor.change_settings(self._editor.settings.with_option(key, value), "option")

    @Slot()
    def start(self) -> None:
        """Fill the mask, or without one the last hole once more, as it is to be filled now.

        A fill that runs is replaced by this one.
        """
        self._pause.stop()
        document = self._editor.document
        if document is None or self._editor.is_drawing:
            return
        self._is_waiting = self._shaping.is_pending
        if self._is_waiting:
            return
        forecast = self._forecasting.latest
        if forecast is not None and 0 < self.most_megabytes * 1e6 < forecast.peak_bytes:
            self.failed.emit(_too_large(forecast, self.most_megabytes))
            return
        again = None if document.has_mask else self._last_hole(document)
        self.submit(again or self._editor.fill_task(self._seed))

    def offer(self, count: int) -> None:
        """Fill as `start` does, and go on with other seeds until there are `count` outcomes."""
        self._still_wanted = count - 1
        self.start()

    def submit(self, task: FillTask) -> None:
        """Run a task; a fill that runs is replaced by it."""
        if task.box.is_empty:
            self.failed.emit(
                report_of(
                    InvalidRequest(
                        "The mask is empty: there is nothing to fill.", "Paint over what should go."
                    )
                )
            )
        else:
            self._runner.use_threads(self.threads)
            self._runner.submit(task)

    def start_again(self) -> None:
        """Fill with another seed: the mask if there is one, else the last fill once more, as a variant."""
        document = self._editor.document
        if document is None:
            return
        if document.mask_area or self._shown_edit is None:
            newest = document.history.newest
            if not document.mask_area and newest is not None and newest.is_fill and newest.mask:
                self._editor.undo()
            self._seed = (self._seed + 1) % LARGEST_SEED
            self.start()
            return
        first = self._variants[0].task
        seed = (max(variant.task.settings.seed for variant in self._variants) + 1) % LARGEST_SEED
        task = replace(
            first,
            image=document.image,
            settings=replace(self._editor.settings, seed=seed),
            revision=document.revision,
            instead_of=self._shown_edit,
            id=FillTask.next_id(),
        )
        document.lend_to(task)
        self.submit(task)

    def _last_hole(self, document: Document) -> FillTask | None:
        """Return the wish to fill the last hole again; None when the picture has changed since.

        What lies in the hole means nothing, so the picture can be handed over as it is.
        """
        newest = next((s.edit for s in reversed(document.history.done) if s.edit.changes_picture), None)
        if self._last is None or newest is not self._last[0]:
            return None
        first = self._last[1]
        rules = None if document.rules is None else document.rules.copy()
        task = replace(
            first,
            image=document.image,
            painted=np.zeros_like(first.painted),
            rules=rules,
            settings=replace(document.settings, seed=self._seed),
            revision=document.revision,
            is_refill=True,
            id=FillTask.next_id(),
        )
        document.lend_to(task)
        return task

    def give_source(self, pixel: Point, source: Point) -> None:
        """Copy the piece around a filled pixel from elsewhere, and fill what lies about it again."""
        task = self._editor.refill_task(pixel, source)
        if task is not None:
            self.submit(task)

    def next_variant(self) -> None:
        """Show the next outcome; after the last comes a new one."""
        if self._shown + 1 < len(self.variants):
            self.show_variant(self._shown + 1)
        else:
            self.start_again()

    def previous_variant(self) -> None:
        """Show the outcome before."""
        if self._shown > 0:
            self.show_variant(self._shown - 1)

    def show_variant(self, index: int) -> None:
        """Put another outcome into the picture; nothing happens when there is no such."""
        document = self._editor.document
        if document is None or not 0 <= index < len(self.variants) or index == self._shown:
            return
        variant = self._variants[index]
        task = replace(variant.task, revision=document.revision, instead_of=self._shown_edit)
        if self._apply(task, variant.result):
            if self._shown_edit is not None:
                self._last = self._shown_edit, variant.task
            self._shown = index
            self._note_variants()
            self.variants_changed.emit()

    def cancel(self) -> None:
        """Stop the fill that runs; the picture stays as it is."""
        self._still_wanted = 0
        self._pause.stop()
        self._is_waiting = False
        if self._finished is not None:
            self._finished = None
            self.ended.emit()
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

    def go_to(self, step_id: int) -> None:
        """Go to a step of the history and withdraw the fill that runs."""
        self.cancel()
        self._editor.go_to(step_id)

    def _apply(self, task: FillTask, result: FillResult) -> bool:
        kept = list(self._variants)
        if not self._editor.apply_fill(task, result):
            return False
        document = self._editor.document
        self._shown_edit = document.history.newest if document is not None else None
        self._variants = kept
        return True

    @Slot(object, object)
    def _on_runner_finished(self, task: FillTask, result: FillResult) -> None:
        """Put the fill into the picture; a stroke that is being drawn is finished first."""
        self._finished = task, result
        if not self._editor.is_drawing:
            self._put_finished()

    @Slot()
    def _put_finished(self) -> None:
        if self._finished is None:
            return
        (task, result), self._finished = self._finished, None
        is_variant = task.instead_of is not None
        if self._apply(task, result):
            variant = Variant(replace(task, image=_blank(task.image), instead_of=None), result)
            if self._shown_edit is not None:
                self._last = self._shown_edit, variant.task
            self._variants = [*self._variants, variant][-MOST_VARIANTS:] if is_variant else [variant]
            self._shown = len(self._variants) - 1
            self._note_variants()
            self.last_seconds = result.seconds["total"]
            self.applied.emit(result)
            self.variants_changed.emit()
            self.ended.emit()
            self._go_on_offering()
        else:
            self._still_wanted = 0
            self.ended.emit()

    def _go_on_offering(self) -> None:
        """Fill with another seed when more outcomes were asked for, and nothing else was done meanwhile."""
        wanted, self._still_wanted = self._still_wanted, 0
        document = self._editor.document
        if wanted and document is not None and not document.mask_area and self._shown_edit is not None:
            self.start_again()
            self._still_wanted = wanted - 1

    @Slot(object)
    def _on_runner_failed(self, report: ErrorReport) -> None:
        self._still_wanted = 0
        self.ended.emit()
        self.failed.emit(report)

    @Slot()
    def _on_editor_document_changed(self) -> None:
        self.cancel()
        self._seed, self._last = 0, None
        document = self._editor.document
        kept = None if document is None else document.variants
        if kept is None:
            self._forget_variants()
            return
        self._shown_edit, self._variants, self._shown = kept.edit, list(kept.items), kept.shown
        self._last = kept.edit, kept.items[kept.shown].task
        self.variants_changed.emit()

    @Slot()
    def _on_editor_history_changed(self) -> None:
        document = self._editor.document
        if document is not None and self._shown_edit not in (None, document.history.newest):
            self._forget_variants()

    def _note_variants(self) -> None:
        """Let the document know them, so that a project keeps them."""
        document, edit = self._editor.document, self._shown_edit
        if document is not None:
            document.variants = None if edit is None else Variants(edit, tuple(self._variants), self._shown)

    def _forget_variants(self) -> None:
        self._shown_edit, self._variants, self._shown = None, [], 0
        self._note_variants()
        self.variants_changed.emit()

    @Slot()
    def _on_editor_painted(self) -> None:
        if self._is_on_release:
            self._pause.start()

    @Slot()
    def _on_shaping_settled(self) -> None:
        """Begin the fill that waited for its mask."""
        if self._is_waiting:
            self.start()


def _too_large(forecast: Forecast, megabytes: int) -> ErrorReport:
    words = QCoreApplication.translate(
        "Filling", "This fill takes about {needed} MB; {allowed} MB are allowed."
    )
    hint = QCoreApplication.translate("Filling", "Fill a smaller hole, or allow more in the preferences.")
    return ErrorReport(words.format(needed=round(forecast.peak_bytes / 1e6), allowed=megabytes), hint)


def _blank(image: Pixels) -> Pixels:
    """Return a black picture of the same size and depth that holds no memory."""
    return np.broadcast_to(np.zeros((), image.dtype), image.shape)
