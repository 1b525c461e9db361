"""Is every word of the window seen whole, in both languages and in one that needs a third more room?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from app.canvas.view import CanvasView
from app.state.view_state import OVERLAYS, ToolId
from app.translation import Translator
from app.windows.status_line import Line
from inpainting_core.api import ENGINES, Sentence
from tests.app.conftest import Desk
from tests.app.dialogs import every_dialog
from tests.app.pictures import document

SIZES = ((1320, 860), (1100, 720))


class LongWinded(QTranslator):
    """Speaks an English that takes 35 % more letters; what is Qt's own stays."""

    def translate(
        self, context: str, text: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str | None:
        if context.startswith("Q") or not text:
            return None
        return text + "e" * -(-len(text) * 35 // 100)


@pytest.fixture(params=["en", "zh_CN", "longer"])
def spoken(request: pytest.FixtureRequest, desk: Desk) -> Iterator[str]:
    """Let the desk's window speak a language."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    translator, longer = Translator(application), LongWinded()
    if request.param == "longer":
        QCoreApplication.installTranslator(longer)
    else:
        translator.set_language(request.param)
    desk.program.rebuild_window()
    settle()
    yield request.param
    QCoreApplication.removeTranslator(longer)
    translator.remove()
    translator.deleteLater()


def settle() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for _ in range(3):
        QApplication.processEvents()


def cramped(root: QWidget) -> set[str]:
    """Return what is cut under `root`, and still is a moment later: words may change and room follow."""
    found = cut(root)
    if found:
        QTest.qWait(60)
        settle()
        found &= cut(root)
    return found


def cut(root: QWidget) -> set[str]:
    """Return the visible words under `root` that are cut, each with the room it has and wants."""
    found = set()
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible() or isinstance(widget, CanvasView):
            continue
        has, wants = widget.size(), widget.sizeHint()
        name = f"{type(widget).__name__} {said(widget)!r}"
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.heightForWidth(has.width()) > has.height() + 1:
                found.add(f"{name} is {has.height()} high of {widget.heightForWidth(has.width())}")
        elif isinstance(widget, (QLabel, QAbstractButton, QComboBox)) and said(widget):
            if wants.width() > has.width() + 1 or wants.height() > has.height() + 1:
                found.add(f"{name} has {has.toTuple()} of {wants.toTuple()}")
            elif sticks_out(widget):
                found.add(f"{name} sticks out")
        elif isinstance(widget, QTabBar):
            for index in range(widget.count()):
                room = widget.tabRect(index)
                width = widget.fontMetrics().horizontalAdvance(widget.tabText(index))
                if width > room.width() or room.right() > widget.width():
                    found.add(f"tab {widget.tabText(index)!r}")
    return found


def said(widget: QWidget) -> str:
    """Return the words that a widget shows."""
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QToolButton) and not widget.icon().isNull():
        is_plain = widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        return "" if is_plain else widget.text()
    return widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""


def sticks_out(widget: QWidget) -> bool:
    """Return True when a part lies beside the window, or beside an area that cannot be scrolled sideways."""
    if widget.visibleRegion().isEmpty():  # scrolled away, or in a dock behind another one
        return False
    ancestor = widget.parentWidget()
    while ancestor is not None:
        is_frame = isinstance(ancestor.parentWidget(), QAbstractScrollArea) or ancestor.isWindow()
        if is_frame:
            left = widget.mapTo(ancestor, QPoint(0, 0)).x()
            if left < 0 or left + widget.width() > ancestor.width():
                return True
        ancestor = None if ancestor.isWindow() else ancestor.parentWidget()
    return False


@pytest.mark.parametrize("size", SIZES)
def test_the_start_page_is_whole(desk: Desk, spoken: str, size: tuple[int, int]) -> None:
    window = desk.program.window
    window.resize(*size)
    cards = [card for card in window.findChildren(QToolButton) if card.objectName() == "card"]
    desk.wait(lambda: not any(card.icon().isNull() for card in cards))
    settle()
    assert cramped(window) == set(), spoken


@pytest.mark.parametrize("size", SIZES)
def test_every_panel_tool_and_view_is_whole(desk: Desk, spoken: str, size: tuple[int, int]) -> None:
    window = desk.program.window
    window.resize(*size)
    desk.open(document())
    desk.drag((20, 20), (40, 60))
    settle()
    found = cramped(window)
    for dock in window.findChildren(QDockWidget):
        dock.raise_()
        settle()
        found |= cramped(window)
    for info in ENGINES:
        desk.program.filling.use_engine(info)
        settle()
        found |= cramped(window)
    for tool in get_args(ToolId):
        desk.program.state.take_tool(tool)
        settle()
        found |= cramped(window)
        if spoken != "longer" and "\u2026" in window.status_line.findChild(Line).text():
            found.add(f"the status line's words on {tool}")
    window.findChild(QDockWidget, "sources").raise_()
    for kind in OVERLAYS:
        window.actions_by_id[kind].trigger()
        settle()
        found |= cramped(window)
    assert "\n".join(sorted(found)) == "", spoken


def test_plates_are_whole(desk: Desk, spoken: str) -> None:
    window = desk.program.window
    desk.open(document())
    desk.drag((20, 20), (40, 60))
    desk.filler.gate.clear()
    desk.program.filling.start()
    desk.wait(lambda: desk.program.filling.is_busy)
    window.stage.messages.show_notes(
        (
            Sentence("The colours were multiplied with alpha in the file; they no longer are."),
            Sentence("The file has more channels than colour and alpha; they were left out."),
        )
    )
    settle()
    found = cramped(window)
    desk.filler.gate.set()
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert "\n".join(sorted(found)) == "", spoken


def test_every_dialog_is_whole(desk: Desk, spoken: str) -> None:
    found = set()
    for dialog in every_dialog(desk):
        dialog.show()
        settle()
        tabs = dialog.findChild(QTabWidget)
        for page in range(tabs.count() if tabs is not None else 1):
            if tabs is not None:
                tabs.setCurrentIndex(page)
                settle()
            found |= {f"{type(dialog).__name__}: {words}" for words in cramped(dialog)}
    assert "\n".join(sorted(found)) == "", spoken
