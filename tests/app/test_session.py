"""Does a whole sitting hold together: remove, inspect, forbid, fill again, compare, undo, redo, export?"""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.dialogs.export import ExportDialog
from app.document.document import Document
from app.state.mask_shaping import SELECTING as LANE
from inpainting_core.api import Mask, Photo, Pixels, Point, Session, read_image, sources_at, write_image
from tests.app.conftest import Desk
from tests.app.pictures import choose_export
from tests.harness.hand import LEFT, Hand

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SIZE = (240, 320)


def photograph() -> tuple[Pixels, Mask]:
    """Return a meadow with a bright ball on it, and where the ball is."""
    rng = np.random.default_rng(11)
    ground = np.full((*SIZE, 3), (60, 110, 70), np.int64) + rng.integers(-6, 7, (*SIZE, 3))
    ball = cv2.circle(np.zeros(SIZE, np.uint8), (170, 120), 45, 255, -1) > 0
    ground[ball] = np.array((240, 200, 60)) + rng.integers(-6, 7, (int(ball.sum()), 3))
    return np.clip(ground, 0, 255).astype(np.uint8), ball


def wait(desk: Desk) -> None:
    desk.qtbot.waitUntil(lambda: not desk.program.filling.is_busy, timeout=60_000)


def open_file(desk: Desk, path: Path) -> Document:
    desk.program.window.flow.open(path)
    desk.wait(lambda: not desk.program.files.is_busy)
    desk.canvas.zoom_to(2.0)
    return desk.document


def remove_the_ball(desk: Desk, ball: Mask) -> None:
    desk.key(Qt.Key.Key_W, SHIFT)
    Hand(desk.canvas).click(desk.at(125, 165))
    desk.wait(lambda: not desk.program.models.background.is_busy(LANE))
    assert (desk.document.hole & ball).sum() > 0.97 * ball.sum()
    desk.key(Qt.Key.Key_Return)
    wait(desk)
    assert not desk.document.mask.any()


def all_sources(doc: Document, hole: Mask) -> np.ndarray:
    """Return (n, 2): the strongest source of every pixel of the newest fill."""
    places = []
    for y, x in np.argwhere(hole):
        fill = doc.provenance.fills[doc.provenance.owner[y, x] - 1]
        box = sources_at(fill.field, Point(int(y), int(x)))[0].box
        places.append((box.top + box.height // 2, box.left + box.width // 2))
    return np.array(places)


def forbid(desk: Desk, middle: Point) -> Mask:
    """Paint "never" over a place; return where."""
    desk.key(Qt.Key.Key_N)
    desk.program.state.set_brush_size(41)
    Hand(desk.canvas).drag(desk.at(*middle), desk.at(middle.y, middle.x + 3))
    return desk.document.rules == 0


def look_at_the_split(desk: Desk, original: Pixels, ball: Mask) -> None:
    desk.key(Qt.Key.Key_H)
    desk.key(Qt.Key.Key_C)
    line = desk.canvas.width() // 2
    there = desk.at(120, 170).x()
    hand = Hand(desk.canvas)
    for first, last in ((line, there + 60), (there + 60, there - 60)):
        hand.press(QPoint(first, 300))
        hand.move(QPoint(last, 300), LEFT)
        hand.release(QPoint(last, 300))
        shown = desk.canvas.grab().toImage().pixelColor(desk.at(120, 170)).getRgb()[:3]
        pixels = original if last > there else desk.document.image
        assert shown == tuple(pixels[120, 170])
    assert ball[120, 170]
    desk.key(Qt.Key.Key_C)


@pytest.mark.qt_log_ignore("does not support raise", "does not support propagateSizeHints")
@pytest.mark.parametrize("floats", [False, True])
def test_a_window_that_was_built_again_leaves_nothing_of_the_old_one(desk: Desk, floats: bool) -> None:
    original, _ball = photograph()
    desk.open(Document(Photo(original)))
    for turn in range(2):
        former = weakref.ref(desk.canvas)
        dock = desk.program.window._docks["borrow"]
        dock.show()
        dock.raise_()
        dock.setFloating(floats)
        desk.wait(lambda: desk.program.state.shows_context)
        del dock
        desk.program.rebuild_window()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()
        assert former() is None, turn
        desk.qtbot.wait(10)
        assert desk.program.state.shows_context
        assert desk.program.window.isVisible()


def test_a_whole_sitting(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.program.runner._worker._filler = Session()
    original, ball = photograph()
    source, target = tmp_path / "meadow.png", tmp_path / "meadow_edit.png"
    write_image(source, Photo(original))
    doc = open_file(desk, source)

    remove_the_ball(desk, ball)
    hole = doc.provenance.owner > 0
    assert np.array_equal(doc.image[~hole], original[~hole])

    desk.key(Qt.Key.Key_I)
    pixel = desk.hover(120, 170)
    trace = desk.program.window.stage.probe.trace
    assert trace.pixel == pixel
    first = trace.steps[0].sources[0].box
    assert not ball[first.top, first.left]

    desk.key(Qt.Key.Key_Z, CONTROL)
    forbidden = forbid(desk, Point(first.top, first.left))
    desk.key(Qt.Key.Key_Return)
    wait(desk)
    places = all_sources(doc, hole)
    assert not forbidden[places[:, 0], places[:, 1]].any()
    assert np.array_equal(doc.provenance.owner > 0, hole)
    look_at_the_split(desk, original, ball)

    final, owner, rules = doc.image.copy(), doc.provenance.owner.copy(), doc.rules.copy()
    steps = len(doc.history.done)
    while doc.history.can_undo:
        desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.image, original)
    assert not doc.mask.any()
    assert not doc.provenance.owner.any()
    assert not doc.is_modified
    for _ in range(steps):
        desk.key(Qt.Key.Key_Y, CONTROL)
    assert not doc.history.can_redo
    assert np.array_equal(doc.image, final)
    assert np.array_equal(doc.provenance.owner, owner)
    assert np.array_equal(doc.rules, rules)

    monkeypatch.setattr(ExportDialog, "open", lambda dialog: choose_export(dialog, target))
    desk.key(Qt.Key.Key_S, CONTROL)
    desk.wait(lambda: not desk.program.files.is_busy)
    written = read_image(target).pixels
    assert np.array_equal(written, final)
    assert np.count_nonzero((written != original).any(axis=2) & ~hole) == 0
    assert not doc.is_modified
    assert np.array_equal(read_image(source).pixels, original)
