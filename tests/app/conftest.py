"""A window for every test that asks for one, and a guard that nothing is left running or complaining."""

from __future__ import annotations

import gc
import logging
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.application import Program
from app.canvas.view import CanvasView
from app.document.document import Document
from app.preferences import PreferenceStore
from inpainting_core.api import Point
from tests.harness.fake_filler import FakeFiller

HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "bugs_expected: this test provokes a bug, which is logged")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


@pytest.fixture(autouse=True)
def leak_guard(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that leaves a thread running, a window open, or a warning in the log."""
    yield
    running = [
        thread.objectName()
        for thread in gc.get_objects()
        if type(thread) is QThread and isValid(thread) and thread.isRunning()
    ]
    assert running == []
    if QApplication.instance() is not None:
        assert [str(window) for window in QApplication.topLevelWidgets() if window.isVisible()] == []
    if request.node.get_closest_marker("bugs_expected") is None:
        assert [r.message for r in caplog.get_records("call") if r.levelno >= logging.WARNING] == []


@dataclass
class Desk:
    """An editor on the screen, its engine in the test's hands."""

    program: Program
    filler: FakeFiller
    qtbot: QtBot

    @property
    def canvas(self) -> CanvasView:
        return self.program.window.stage.canvas

    @property
    def document(self) -> Document:
        document = self.program.editor.document
        assert document is not None
        return document

    def open(self, document: Document) -> Document:
        self.program.editor.open(document)
        QApplication.processEvents()
        return document

    def at(self, y: float, x: float) -> QPoint:
        """Return the screen pixel that shows the middle of picture pixel (y, x)."""
        middle = self.canvas.viewpoint.to_screen(y + 0.5, x + 0.5)
        return QPoint(math.floor(middle.x()), math.floor(middle.y()))

    def under(self, position: QPoint) -> Point:
        """Return the picture pixel under a screen point."""
        return self.canvas.viewpoint.pixel_at(QPointF(position))

    def drag(
        self,
        *pixels: tuple[int, int],
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> list[Point]:
        """Press at the first pixel, move over the rest, release; return the pixels really hit."""
        spots = [self.at(*pixel) for pixel in pixels]
        QTest.mousePress(self.canvas, button, held, spots[0])
        for spot in spots[1:]:
            QTest.mouseMove(self.canvas, spot)
            QApplication.processEvents()
        QTest.mouseRelease(self.canvas, button, held, spots[-1])
        return [self.under(spot) for spot in spots]

    def hover(self, y: int, x: int) -> Point:
        spot = self.at(y, x)
        QTest.mouseMove(self.canvas, spot + QPoint(1, 1))  # Qt swallows a move to where it thinks we are
        QTest.mouseMove(self.canvas, spot)
        QApplication.processEvents()
        return self.under(spot)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.canvas, key, held)

    def wait(self, condition: object) -> None:
        self.qtbot.waitUntil(condition, timeout=5000)

    def fill(self) -> None:
        """Press Enter and wait for the end."""
        self.key(Qt.Key.Key_Return)
        self.wait(lambda: not self.program.filling.is_busy)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    filler = FakeFiller()
    program = Program(filler, PreferenceStore(tmp_path / "preferences.toml"))
    program.window.show()
    qtbot.waitExposed(program.window)
    yield Desk(program, filler, qtbot)
    filler.gate.set()
    program.window.hide()
    assert program.shutdown()
    program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del program
    gc.collect()  # here, lest a worker thread of the next test collects widgets of this one
