"""From Enter to the filled picture: what is kept, what is dropped, what is refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication

from app.canvas.pointer import PointerEvent
from app.crash import ErrorReport
from app.dialogs.error import ErrorDialog
from app.document.document import Document
from app.state import mask_shaping
from inpainting_core.api import (
    ENGINES,
    FillRequest,
    FillResult,
    MaskShape,
    NothingKnown,
    Point,
    Preview,
    Report,
    grow,
)
from tests.app.conftest import Desk
from tests.app.pictures import document
from tests.harness.fake_filler import planted_region

CONTROL = Qt.KeyboardModifier.ControlModifier
TELEA = next(info for info in ENGINES if info.id == "telea")


@pytest.mark.parametrize("zoom", [0.5, 1.0, 6.0])
def test_a_fill_changes_the_mask_and_nothing_else(desk: Desk, zoom: float) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(zoom)
    desk.program.state.set_brush_size(9)
    desk.drag((60, 80), (62, 84))
    before, mask = doc.image.copy(), doc.hole.copy()
    desk.fill()
    assert np.array_equal(doc.image[~mask], before[~mask])
    rows, columns = np.nonzero(mask)
    assert np.array_equal(doc.image[rows, columns], before[rows, columns - 20])
    assert not doc.hole.any()
    assert doc.mask_area == 0
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.image, before)
    assert np.array_equal(doc.hole, mask)


def test_of_two_quick_fills_the_latest_wins(desk: Desk) -> None:
    doc = desk.open(document())
    before = doc.image.copy()
    desk.program.state.set_brush_size(5)
    desk.filler.gate.clear()
    desk.drag((60, 80))
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: len(desk.filler.requests) == 1)
    desk.drag((20, 80))
    both = doc.hole.copy()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: len(desk.filler.requests) == 2)
    desk.filler.gate.set()
    desk.wait(lambda: not desk.program.filling.is_busy)
    rows, columns = np.nonzero(both)
    assert np.array_equal(doc.image[rows, columns], before[rows, columns - 20])
    assert len(doc.provenance.fills) == 1
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.hole, both)


def test_strokes_during_a_fill_survive_it(desk: Desk) -> None:
    doc = desk.open(document())
    desk.program.state.set_brush_size(5)
    desk.drag((60, 80))
    asked = doc.hole.copy()
    desk.filler.gate.clear()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: len(desk.filler.requests) == 1)
    desk.drag((20, 40), (25, 50))
    drawn_meanwhile = doc.hole & ~asked
    assert drawn_meanwhile.any()
    desk.filler.gate.set()
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert np.array_equal(doc.hole, drawn_meanwhile)
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.hole, asked)


def test_a_stroke_that_is_being_drawn_when_the_fill_ends_goes_on(desk: Desk) -> None:
    doc = desk.open(document())
    desk.program.state.set_brush_size(5)
    desk.drag((60, 80))
    desk.program.filling.start()
    editor = desk.program.editor
    brush = desk.program.window.stage.tools.brush
    brush.press(PointerEvent(Point(20, 20)))
    desk.wait(lambda: not desk.program.runner.is_busy)
    brush.drag(PointerEvent(Point(20, 40)))
    assert doc.hole[60, 80]  # the fill waits for the hand
    brush.release(PointerEvent(Point(20, 40)))
    assert doc.hole[20, 20:41].all()
    assert not doc.hole[60, 80]
    editor.undo()
    assert doc.hole[60, 80]
    assert doc.hole[20, 30]
    editor.undo()
    assert not doc.hole[20, 30]


def test_undo_during_a_fill_drops_its_result(desk: Desk) -> None:
    doc = desk.open(document())
    desk.program.state.set_brush_size(5)
    desk.drag((60, 80))
    desk.fill()
    desk.drag((20, 80))
    desk.filler.gate.clear()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: len(desk.filler.requests) == 2)
    desk.key(Qt.Key.Key_Z, CONTROL)
    image = doc.image.copy()
    desk.filler.gate.set()
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert np.array_equal(doc.image, image)
    assert not doc.hole.any()


def test_a_result_for_a_picture_that_has_changed_is_refused(desk: Desk) -> None:
    doc = desk.open(document())
    desk.drag((60, 80))
    editor = desk.program.editor
    task = editor.fill_task(0)
    region = planted_region(task.image, task.request().mask, None, 7)
    result = FillResult(task.id, "telea", (region,), {"total": 0.0})
    assert editor.apply_fill(task, result)
    desk.drag((20, 80))
    image = doc.image.copy()
    assert not editor.apply_fill(task, result)
    editor.open(document())
    assert not editor.apply_fill(task, result)
    assert np.array_equal(doc.image, image)


def test_escape_cancels_and_leaves_everything_as_it_was(desk: Desk) -> None:
    doc = desk.open(document())
    desk.drag((60, 80))
    image, mask = doc.image.copy(), doc.hole.copy()
    desk.filler.gate.clear()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: len(desk.filler.requests) == 1)
    assert desk.program.window.stage.hud.isVisible()
    desk.key(Qt.Key.Key_Escape)
    desk.wait(lambda: not desk.program.filling.is_busy)  # the gate is still closed
    assert np.array_equal(doc.image, image)
    assert np.array_equal(doc.hole, mask)
    assert not desk.program.window.stage.hud.isVisible()
    desk.filler.gate.set()
    desk.fill()
    assert not np.array_equal(doc.image, image)


def test_closing_while_a_fill_runs_ends_it(desk: Desk) -> None:
    desk.open(document())
    desk.drag((60, 80))
    desk.filler.gate.clear()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: len(desk.filler.requests) == 1)
    assert desk.program.window.close()
    assert desk.program.shutdown()  # the gate is still closed


def test_the_window_lives_while_a_fill_runs(desk: Desk) -> None:
    desk.open(document())
    desk.drag((60, 80))
    desk.filler.gate.clear()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: len(desk.filler.requests) == 1)
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(10)
    desk.qtbot.wait(300)
    timer.stop()
    assert len(ticks) >= 10


def test_fill_again_takes_another_seed_for_the_same_hole(desk: Desk) -> None:
    doc = desk.open(document())
    desk.drag((60, 80))
    mask = doc.hole.copy()
    desk.fill()
    desk.key(Qt.Key.Key_Return, CONTROL)
    desk.wait(lambda: not desk.program.filling.is_busy)
    first, second = desk.filler.requests
    assert np.array_equal(first.mask, mask)
    assert np.array_equal(second.mask, mask)
    assert first.seed != second.seed
    assert len(doc.provenance.fills) == 1


def test_previews_show_inside_the_hole_only(desk: Desk) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_brush_size(9)
    desk.drag((60, 80))
    desk.hover(10, 10)
    desk.filler.gate.clear()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: not desk.program.window.stage._preview.box.is_empty)
    shown = desk.canvas.grab().toImage()
    assert shown.pixelColor(desk.at(60, 80)).getRgb()[:3] == (128, 128, 128)
    corner = shown.pixelColor(desk.at(56, 76)).getRgb()[:3]
    assert corner == tuple(doc.image[56, 76])
    desk.filler.gate.set()
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert desk.program.window.stage._preview.box.is_empty


def test_an_explained_failure_shows_message_and_hint(desk: Desk) -> None:
    desk.open(document())
    desk.key(Qt.Key.Key_Return)
    messages = desk.program.window.stage.messages
    assert messages.isVisible()
    assert "nothing to fill" in messages.text
    assert "Paint over what should go." in messages.text
    desk.drag((60, 80))
    desk.filler.error = NothingKnown("Nothing can be borrowed.", "Allow some place.")
    desk.fill()
    assert messages.text == "Nothing can be borrowed. Allow some place."
    desk.key(Qt.Key.Key_Escape)
    assert not messages.isVisible()


@pytest.mark.bugs_expected
def test_a_bug_shows_a_report_that_can_be_copied(desk: Desk) -> None:
    doc = desk.open(document())
    image = doc.image.copy()
    desk.drag((60, 80))
    desk.filler.error = ZeroDivisionError("planted")
    desk.fill()
    dialog = desk.program.window.findChild(ErrorDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.copy_report()
    copied = QApplication.clipboard().text()
    assert "ZeroDivisionError: planted" in copied
    assert "fill_worker.py" in copied
    assert np.array_equal(doc.image, image)
    dialog.close()


def test_options_and_engine_reach_the_request(desk: Desk) -> None:
    desk.open(document())
    desk.program.filling.use_engine(TELEA)
    desk.program.filling.set_option("radius", 7)
    desk.drag((60, 80))
    desk.fill()
    assert desk.filler.requests[-1].engine_id == "telea"
    assert desk.filler.requests[-1].options == {"radius": 7, "grain": False}


def test_the_status_line_says_what_is_so(desk: Desk) -> None:
    desk.open(document())
    desk.program.state.set_brush_size(31)
    desk.drag((60, 80))
    desk.hover(60, 80)
    line = desk.program.window.status_line
    percent = 100 * desk.document.mask_area / (120 * 160)
    expected = f"Mask {percent:.1f} %  \u00b7  about 1.5 s, 3 MB"
    desk.wait(lambda: line._mask.text() == expected)
    assert line._pointer.text() == "80, 60"
    desk.fill()
    assert line._mask.text() == "Nothing marked"
    assert line._seconds.text() == "Filled in 0.2 s"
    assert line._engine.text() == ENGINES[0].name


def test_reports_of_a_replaced_fill_are_silent(desk: Desk) -> None:
    desk.open(document())
    desk.drag((60, 80))
    desk.filler.gate.clear()
    reports: list[Report] = []
    started: list[FillRequest] = []
    desk.program.filling.progressed.connect(reports.append)
    desk.program.filling.started.connect(started.append)
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: bool(reports))
    preview = Preview(reports[0].preview.box, reports[0].preview.pixels)
    desk.program.runner.cancel()
    count = len(reports)
    desk.program.runner._on_worker_progressed(started[0].id, Report(0.9, "Late", preview))
    assert len(reports) == count
    desk.wait(lambda: not desk.program.filling.is_busy)


def test_warm_up_runs_in_the_fill_thread(desk: Desk) -> None:
    desk.program.warm_up()
    desk.wait(lambda: desk.filler.warmed == [ENGINES[0].id])


@pytest.mark.bugs_expected
def test_a_failing_warm_up_is_logged_and_does_no_harm(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    def fail(engine_id: str) -> None:
        raise ImportError(f"planted for {engine_id}")

    desk.filler.warm_up = fail
    desk.program.warm_up()
    desk.wait(lambda: f"planted for {ENGINES[0].id}" in caplog.text)
    desk.open(document())
    desk.drag((60, 80))
    desk.fill()
    assert len(desk.document.provenance.fills) == 1


def test_a_report_of_an_explained_failure_is_no_bug() -> None:
    assert not ErrorReport("a", "b").is_bug
    assert ErrorReport("a", "b", "trace").is_bug


def test_a_fill_that_takes_more_memory_than_allowed_says_so_and_does_not_run(desk: Desk) -> None:
    doc = desk.open(document())
    failures: list[ErrorReport] = []
    desk.program.filling.failed.connect(failures.append)
    desk.program.models.preferences.change(memory_mb=2)
    desk.drag((60, 80))
    desk.wait(lambda: desk.program.models.forecasting.latest is not None)
    desk.key(Qt.Key.Key_Return)
    assert [report.message for report in failures] == ["This fill takes about 3 MB; 2 MB are allowed."]
    assert not desk.filler.requests
    desk.program.models.preferences.change(memory_mb=3)
    desk.fill()
    assert not doc.hole.any()


def test_masks_are_copied_and_shaped_beside_the_window(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[str] = set()

    def watched(work: Callable[..., Any]) -> Callable[..., Any]:
        def do(*given: Any) -> Any:
            threads.add(QThread.currentThread().objectName())
            return work(*given)

        return do

    monkeypatch.setattr(Document, "describe_fill", watched(Document.describe_fill))
    monkeypatch.setattr(mask_shaping, "box_of", watched(mask_shaping.box_of))
    doc, editor = desk.open(document()), desk.program.editor
    editor.change_settings(replace(editor.settings, mask_shape=MaskShape(grow=3)), "shape")
    desk.drag((60, 80), (70, 100))
    desk.wait(lambda: not desk.program.models.shaping.is_pending)
    desk.wait(lambda: not desk.program.models.background.is_busy("forecast"))
    assert threads == {"background"}
    assert desk.program.models.forecasting.latest is not None
    assert np.array_equal(doc.coverage > 0, grow(doc.mask > 0, 3))


def test_the_threads_of_the_preferences_reach_the_request(desk: Desk) -> None:
    desk.open(document())
    desk.program.models.preferences.change(threads=3)
    desk.drag((60, 80))
    desk.fill()
    assert desk.filler.requests[0].threads == 3
