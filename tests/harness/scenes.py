"""What does a person do before a portrait is taken?  A scene for every tool, view, dialog and menu."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import cv2
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget

from app.crash import ErrorReport
from app.dialogs.palette import CommandPalette
from app.dialogs.recovered import RecoveredDialog
from app.dialogs.shortcuts import ShortcutEditor
from app.document.bundle import Glimpse
from app.state.recovery import Found, Place
from app.windows.start_page import SAMPLES
from inpainting_core.api import engine_info
from tests.harness.hand import RIGHT
from tests.harness.sitter import Pixel, Sitter

Scene = Callable[[Sitter], None]
_FLANK, _ROOM = (330, 420), (120, 150)
"""A pixel of the moose, and one of the grass that no mask covers."""
_AROUND: tuple[Pixel, ...] = (
    *((60, 420), (100, 620), (420, 760), (640, 600)),
    *((560, 300), (220, 240), (60, 420)),
)
_TRACE = """Python 3.11.9, Qt 6.11.0, Linux

Traceback (most recent call last):
  File "app/state/filling.py", line 214, in start
    share = 1 / 0
ZeroDivisionError: division by zero
"""


def _moose(sitter: Sitter) -> None:
    sitter.open("moose.jpg")
    sitter.program.window.hints.chip.hide()


def _marked(sitter: Sitter) -> None:
    sitter.open("moose.jpg", "moose_mask.png")
    sitter.program.window.hints.chip.hide()
    sitter.wait(lambda: sitter.program.models.forecasting.latest is not None)


def _filled(sitter: Sitter) -> None:
    _asked(sitter)
    sitter.program.window.hints.chip.hide()


def _asked(sitter: Sitter) -> None:
    _marked(sitter)
    sitter.fill()


def _tool(key: str, *path: Pixel, by: str = "drag") -> Scene:
    def scene(sitter: Sitter) -> None:
        _moose(sitter)
        sitter.type(key)
        getattr(sitter, by)(*path)
        sitter.rest(0.3)

    return scene


def _after(before: Scene, *steps: Callable[[Sitter], object]) -> Scene:
    def scene(sitter: Sitter) -> None:
        for step in (before, *steps):
            step(sitter)
        sitter.rest(0.3)

    return scene


def _keys(*keys: str) -> Callable[[Sitter], None]:
    return lambda sitter: sitter.type(*keys)


def _opened_by_hand(sitter: Sitter) -> None:
    card = next(card for card in sitter.program.window.findChildren(object) if card.objectName() == "card")
    sitter.rest(0.3)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    sitter.wait(lambda: sitter.program.editor.document is not None)
    sitter.rest(0.5)
    sitter.hover(_ROOM)


def _recent(sitter: Sitter) -> None:
    for path in ("/photographs/jetty.jpg", "/photographs/a long walk on the beach, evening.jpg"):
        sitter.program.models.preferences.remember_file(Path(path))
    for path in sorted(SAMPLES.glob("*.jpg")):
        sitter.program.models.preferences.remember_file(path)
    sitter.program.rebuild_window()
    sitter.rest(0.8)


def _polygon(sitter: Sitter) -> None:
    _moose(sitter)
    sitter.type("Shift+L")
    for pixel in _AROUND[:4]:
        sitter.click(pixel)
    sitter.hover(_AROUND[4])


def _object(sitter: Sitter) -> None:
    _moose(sitter)
    sitter.type("Shift+W")
    sitter.click(_FLANK)
    sitter.wait(lambda: sitter.document.mask_area > 0)
    sitter.rest(0.3)


def _shaped(name: str, value: int) -> Scene:
    def scene(sitter: Sitter) -> None:
        _marked(sitter)
        panel = sitter.program.window._docks["mask"].widget().widget().layout().itemAt(0).widget()
        panel._dials[name]._number.setValue(value)
        sitter.rest(0.6)

    return scene


def _running(sitter: Sitter) -> None:
    _marked(sitter)
    shown: list[object] = []
    sitter.program.filling.progressed.connect(
        lambda report: shown.append(report) if report.preview is not None else None
    )
    sitter.type("Return")
    sitter.wait(lambda: bool(shown) or not sitter.program.filling.is_busy)
    QApplication.processEvents()


def _held_source(sitter: Sitter) -> Pixel:
    trace = sitter.program.window.stage.probe.trace
    if trace is None or not trace.steps:
        raise RuntimeError("nothing is held")
    box = trace.steps[0].sources[0].box
    return box.top + box.height // 2, box.left + box.width // 2


def _held(sitter: Sitter) -> None:
    _filled(sitter)
    sitter.type("I")
    sitter.click(_FLANK)


def _dragged(sitter: Sitter) -> None:
    _held(sitter)
    sitter.press(_held_source(sitter), (400, 900), _ROOM)


def _chain(sitter: Sitter) -> None:
    _filled(sitter)
    sitter.type("Shift+N")
    sitter.drag((280, 420), (440, 520))
    sitter.type("M")
    sitter.drag((90, 120), (150, 200))
    sitter.fill()
    sitter.type("I")
    sitter.hover(_ROOM)


def _reverse(sitter: Sitter) -> None:
    _held(sitter)
    source = _held_source(sitter)
    sitter.type("Esc")
    sitter.hover(source)


def _ruled(sitter: Sitter) -> None:
    _filled(sitter)
    sitter.raise_panel("borrow")
    sitter.type("N")
    sitter.turn((600, 500), 6)
    sitter.drag((600, 60), (600, 500), (600, 960))
    sitter.hover((560, 960))


def _variants(sitter: Sitter) -> None:
    _filled(sitter)
    for _ in range(2):
        sitter.fill("/")


def _weak(sitter: Sitter) -> None:
    _filled(sitter)
    sitter.do("confidence")
    sitter.raise_panel("sources")
    sitter.type("F2")
    sitter.rest(1.0)


def _history(sitter: Sitter) -> None:
    _moose(sitter)
    sitter.drag((100, 100), (160, 260))
    sitter.type("M")
    sitter.drag((80, 700), (160, 820))
    sitter.fill()
    sitter.type("Ctrl+Shift+D", "Ctrl+D", "L")
    sitter.drag(*_AROUND)
    sitter.type("Ctrl+]", "Ctrl+Z", "Ctrl+Z")
    sitter.raise_panel("history")


def _view(kind: str) -> Scene:
    return _after(_filled, lambda s: s.do(kind), lambda s: s.raise_panel("sources"))


def _with_engine(engine: str) -> Scene:
    def scene(sitter: Sitter) -> None:
        _marked(sitter)
        sitter.program.filling.use_engine(engine_info(engine))
        sitter.fill()
        sitter.program.window.hints.chip.hide()

    return scene


def _with_network(*steps: Callable[[Sitter], object]) -> Scene:
    return _after(_with_engine("contextual_attention"), *steps)


def _searched(sitter: Sitter) -> None:
    _marked(sitter)
    sitter.do("palette")
    palette = sitter.front()
    if isinstance(palette, CommandPalette):
        QTest.keyClicks(palette.field, "mask")
    sitter.rest(0.3)


def _conflict(sitter: Sitter) -> None:
    _moose(sitter)
    sitter.do("shortcuts")
    editor = sitter.front()
    if isinstance(editor, ShortcutEditor):
        editor.tree.setCurrentItem(editor._groups[2][1][0])
        editor.edits[0].setFocus()
        QTest.keyClick(editor.edits[0], Qt.Key.Key_E)
    sitter.rest(0.3)


def _page(action: str, number: int) -> Scene:
    def scene(sitter: Sitter) -> None:
        _moose(sitter)
        sitter.do(action)
        tabs = sitter.front().findChild(QTabWidget)
        if tabs is not None:
            tabs.setCurrentIndex(number)
        sitter.rest(0.2)

    return scene


def _menu(number: int) -> Scene:
    def scene(sitter: Sitter) -> None:
        _filled(sitter)
        bar = sitter.program.window.menuBar()
        action = bar.actions()[number]
        corner = bar.actionGeometry(action).bottomLeft()
        action.menu().popup(bar.mapToGlobal(corner))
        sitter.rest(0.2)

    return scene


def _error(sitter: Sitter) -> None:
    _moose(sitter)
    said = "Something went wrong inside Lacuna."
    wish = "Your picture is still open. Please report this with the text below."
    words = [QApplication.translate("crash", text) for text in (said, wish)]
    sitter.program.show_failure(ErrorReport(words[0], words[1], _TRACE))
    sitter.rest(0.2)


def _recovery(sitter: Sitter) -> None:
    found = []
    for name in ("moose.jpg", "jetty.jpg"):
        small = cv2.resize(cv2.imread(str(SAMPLES / name)), (240, 160), interpolation=cv2.INTER_AREA)
        glimpse = Glimpse(name, time.time(), cv2.imencode(".png", small)[1].tobytes())
        found.append(Found(Place(Path(name), QLockFile(name)), glimpse))
    found.append(Found(Place(Path("2026-11-21.lacuna"), QLockFile("kept")), None))
    RecoveredDialog(found, sitter.program.window).open()
    sitter.rest(0.3)


def _asked_menu(sitter: Sitter) -> None:
    _filled(sitter)
    sitter.hand.click(sitter.spot(_FLANK), RIGHT)
    sitter.rest(0.3)


SCENES: MappingProxyType[str, Scene] = MappingProxyType(
    {
        "start": lambda s: s.rest(0.6),
        "start-recent": _recent,
        "opened": _opened_by_hand,
        "forecast": _after(_marked, lambda s: s.hover(_ROOM)),
        "tool-brush": _tool("B", (200, 300), (330, 420), (300, 560)),
        "tool-brush-soft": _after(_moose, _keys(*["Shift+["] * 4), lambda s: s.drag((200, 300), (330, 420))),
        "tool-eraser": _after(_marked, _keys("E"), lambda s: s.drag((330, 300), (330, 520))),
        "tool-rectangle": _tool("M", (160, 260), (560, 700), by="press"),
        "tool-ellipse": _tool("Shift+M", (160, 260), (560, 700), by="press"),
        "tool-lasso": _tool("L", *_AROUND[:5], by="press"),
        "tool-polygon": _polygon,
        "tool-wand": _tool("W", (620, 120), (620, 180), by="press"),
        "tool-object-before": _tool("Shift+W", _FLANK, by="hover"),
        "tool-object-after": _object,
        "tool-never": _tool("N", (600, 200), (600, 500)),
        "tool-only": _tool("Shift+N", (600, 200), (600, 500)),
        "tool-restore": _after(_filled, _keys("Y"), lambda s: s.drag((300, 400), (360, 480))),
        "tool-probe": _tool("I", _ROOM, by="hover"),
        "tool-hand": _tool("H", _ROOM, by="hover"),
        "tool-zoom": _tool("Z", _FLANK, by="click"),
        "mask-grow": _shaped("grow", 16),
        "mask-feather": _shaped("feather", 30),
        "mask-outline": _after(_marked, _keys("Shift+O")),
        "mask-ants": _after(_marked, _keys("Shift+O", "Shift+O")),
        "fill-running": _running,
        "filled": _after(_asked, lambda s: s.hover(_ROOM)),
        "view-wheel": _view("wheel"),
        "view-arrows": _view("arrows"),
        "view-density": _view("density"),
        "view-confidence": _view("confidence"),
        "view-weak-spot": _weak,
        "probe-hover": _after(_filled, _keys("I"), lambda s: s.hover(_FLANK)),
        "probe-chain": _chain,
        "probe-reverse": _reverse,
        "probe-held": _held,
        "probe-dragged": _dragged,
        "source-before": _after(_held, lambda s: s.raise_panel("borrow")),
        "source-ruled": _ruled,
        "source-after": _after(_ruled, lambda s: s.fill("/")),
        "network": _with_network(),
        "network-wheel": _with_network(lambda s: s.do("wheel"), lambda s: s.raise_panel("sources")),
        "network-arrows": _with_network(lambda s: s.do("arrows")),
        "network-probe": _with_network(_keys("I"), lambda s: s.click(_FLANK)),
        "network-guides": _with_engine("hybrid"),
        "network-missing": _with_engine("contextual_baseline"),
        "variants": _variants,
        "compare-split": _after(_asked, _keys("C")),
        "compare-side-by-side": _after(_filled, _keys("Shift+C")),
        "compare-difference": _after(_filled, _keys("D")),
        "compare-before": _after(_filled, lambda s: QTest.keyPress(s.canvas, Qt.Key.Key_Backslash)),
        "history": _history,
        "canvas-menu": _asked_menu,
        **{f"menu-{number}": _menu(number) for number in range(7)},
        "palette": _after(_marked, lambda s: s.do("palette")),
        "palette-search": _searched,
        "cheat-sheet": _after(_moose, lambda s: s.do("cheat_sheet")),
        "shortcuts": _after(_moose, lambda s: s.do("shortcuts")),
        "shortcuts-conflict": _conflict,
        **{f"preferences-{number}": _page("preferences", number) for number in range(4)},
        **{f"about-{number}": _page("about", number) for number in range(3)},
        "export": _after(_filled, lambda s: s.do("save_as")),
        "error": _error,
        "recovery": _recovery,
    }
)
