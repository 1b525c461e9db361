"""Who sits for a portrait?  The real editor, in one language, theme and size, worked by a hand and keys."""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPen, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.application import Program, make_application
from app.canvas.view import CanvasView
from app.document.document import Document
from app.preferences import PreferenceStore
from app.style.icons import GLYPHS, icon
from app.style.theme import colours
from app.translation import Language, Translator
from app.windows.start_page import SAMPLES
from inpainting_core.api import Session
from tests.harness.hand import ALT, LEFT, Hand

PATIENCE_SECONDS = 120.0
Pixel = tuple[int, int]
_HANDS = {Qt.CursorShape.OpenHandCursor: "hand", Qt.CursorShape.ClosedHandCursor: "hand"}


@dataclass(frozen=True)
class Look:
    """How the editor is dressed."""

    theme: Literal["light", "dark"] = "light"
    language: Language = "en"
    size: tuple[int, int] = (1320, 860)


def set_up(folder: Path, scale: float) -> QApplication:
    """Return an application on a large screen that is not there, each of its pixels `scale` wide."""
    screens = folder / "screens.json"
    one = {"name": "wall", "x": 0, "y": 0, "width": round(2560 * scale), "height": round(1600 * scale)}
    one |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens.write_text(json.dumps({"screens": [one]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
    os.environ["QT_SCALE_FACTOR"] = f"{scale:g}"
    return make_application()


class Sitter:
    """The editor, and what a person does with it; pixels are (y, x) of the picture."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._at = QPoint()

    @property
    def canvas(self) -> CanvasView:
        return self.program.window.stage.canvas

    @property
    def hand(self) -> Hand:
        return Hand(self.canvas)

    @property
    def document(self) -> Document:
        document = self.program.editor.document
        if document is None:
            raise RuntimeError("no picture is open")
        return document

    def open(self, name: str, mask: str = "") -> None:
        """Open a sample, and forget the hint it brings."""
        self.program.window.flow.open(SAMPLES / name, SAMPLES / mask if mask else None)
        self.wait(lambda: self.program.editor.document is not None)
        self.rest(0.2)

    def spot(self, pixel: Pixel) -> QPoint:
        self._at = self.canvas.viewpoint.to_screen(pixel[0] + 0.5, pixel[1] + 0.5).toPoint()
        return self._at

    def hover(self, pixel: Pixel) -> None:
        self.hand.move(self.spot(pixel))
        self.rest(0.05)

    def press(self, *path: Pixel) -> None:
        """Press at the first pixel and drag over the rest, without letting go."""
        spots = [self.spot(pixel) for pixel in path]
        self.hand.press(spots[0])
        for spot in spots:
            self.hand.move(spot, LEFT)
        self.rest(0.1)

    def drag(self, *path: Pixel) -> None:
        self.press(*path)
        self.hand.release(self.spot(path[-1]))
        self.rest(0.05)

    def click(self, pixel: Pixel) -> None:
        self.hover(pixel)
        self.drag(pixel)

    def turn(self, pixel: Pixel, notches: float) -> None:
        """Turn the wheel with Alt held: the size of what is in hand."""
        self.hand.turn(self.spot(pixel), notches, ALT)

    def type(self, *keys: str) -> None:
        """Press keys over the picture."""
        for key in keys:
            QTest.keySequence(self.canvas, QKeySequence(key))
            self.rest(0.05)

    def do(self, action: str) -> None:
        """Choose a command from its menu."""
        self.program.window.actions_by_id[action].trigger()
        self.rest(0.2)

    def fill(self, key: str = "Return") -> None:
        """Press a key that fills, and wait for the end."""
        self.type(key)
        self.wait(lambda: not self.program.filling.is_busy)
        self.rest(0.2)

    def raise_panel(self, name: str) -> None:
        self.program.window._docks[name].raise_()
        self.rest(0.1)

    def front(self) -> QWidget:
        """Return the dialog or menu in front of the window."""
        return next(iter(self._others()))

    def wait(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError
            QApplication.processEvents()
            time.sleep(0.002)

    def rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= end)

    def picture(self) -> QPixmap:
        """Return the window with the pointer, and what stands before it."""
        window = self.program.window
        sheets = [(window.geometry(), self._with_pointer(window.grab()))]
        sheets += [(other.geometry(), other.grab()) for other in self._others()]
        whole = QRect()
        for place, _ in sheets:
            whole = whole.united(place)
        ratio = window.devicePixelRatioF()
        picture = QPixmap(whole.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor("#808080"))
        painter = QPainter(picture)
        for place, sheet in sheets:
            painter.drawPixmap(place.topLeft() - whole.topLeft(), sheet)
            if place is not sheets[0][0]:
                painter.setPen(QPen(QColor(0, 0, 0, 120), 1))
                painter.drawRect(place.translated(-whole.topLeft()))
        painter.end()
        return picture

    def _others(self) -> Iterator[QWidget]:
        for other in QApplication.topLevelWidgets():
            if other.isVisible() and other is not self.program.window:
                yield other

    def _with_pointer(self, picture: QPixmap) -> QPixmap:
        """Draw the system's pointer, which no screenshot has."""
        shape = self.canvas.cursor().shape()
        if shape == Qt.CursorShape.BlankCursor or not self.canvas.isVisible() or self._at.isNull():
            return picture
        name = _HANDS.get(shape, "cursor" if shape == Qt.CursorShape.ArrowCursor else "cross")
        place = self.canvas.mapTo(self.program.window, self._at)
        painter = QPainter(picture)
        for colour, width in ((QColor("white"), 3), (QColor("black"), 1)):
            painter.setPen(QPen(colour, width))
            if name == "cross":
                painter.drawLine(place - QPoint(9, 0), place + QPoint(9, 0))
                painter.drawLine(place - QPoint(0, 9), place + QPoint(0, 9))
        if name in GLYPHS:
            around = QRect(place - QPoint(9, 9), place + QPoint(9, 9))
            icon(name, self.program.window.palette()).paint(painter, around)
        painter.end()
        return picture


@contextmanager
def sitting(application: QApplication, look: Look, preferences: PreferenceStore) -> Iterator[Sitter]:
    """Show an editor of its own in `look`, and take it away afterwards."""
    application.setPalette(colours(is_dark=look.theme == "dark"))
    application.setStyleSheet(application.styleSheet())
    translator = Translator(application)
    translator.set_language(look.language)
    program = Program(Session(), preferences)
    program.window.resize(*look.size)
    program.window.show()
    sitter = Sitter(program)
    sitter.rest(0.1)
    try:
        yield sitter
    finally:
        for other in [*sitter._others(), program.window]:
            other.hide()
        program.shutdown()
        program.window.deleteLater()
        translator.remove()
        translator.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del program, sitter
        gc.collect()
