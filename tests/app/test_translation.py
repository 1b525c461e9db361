"""Does the whole window change its language while it runs, and lose nothing by it?"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QDate, QEvent, QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QMenu,
    QTabBar,
    QWidget,
)

from app import translation
from app.crash import ErrorReport, report_of
from app.dialogs.error import ErrorDialog
from app.dialogs.preferences import PreferencesDialog
from app.translation import Translator, core_text, plain, spoken_for
from app.windows.main_window import MainWindow
from inpainting_core.api import ImageReadError, InvalidRequest, Sentence
from tests.app.conftest import Desk
from tests.app.dialogs import every_dialog
from tests.app.pictures import document
from tests.harness.translations import TS

CHINESE = {
    message.findtext("source", ""): message.findtext("translation", "")
    for message in ElementTree.parse(TS).iter("message")
}


@pytest.fixture
def translator(qapp: QApplication) -> Iterator[Translator]:
    made = Translator(qapp)
    yield made
    made.remove()
    made.deleteLater()


@pytest.fixture
def speaking(desk: Desk, translator: Translator) -> Iterator[Translator]:
    """Give a translator that the desk's window follows."""
    translator.changed.connect(desk.program.rebuild_window)
    yield translator
    translator.changed.disconnect(desk.program.rebuild_window)


def speak(translator: Translator, language: translation.Language) -> None:
    translator.set_language(language)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def texts(root: QWidget) -> Iterator[str]:
    """Yield every text of the widgets and actions under `root`."""
    for widget in (root, *root.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
        if isinstance(widget, QTabBar):
            yield from (widget.tabText(index) for index in range(widget.count()))
        if isinstance(widget, QMenu):
            yield widget.title()
        if isinstance(widget, QDockWidget) or widget.isWindow():
            yield widget.windowTitle()
    for action in root.findChildren(QAction):
        yield from (action.text(), action.toolTip())


def english_left(root: QWidget) -> set[str]:
    """Return the texts that the catalogue has, but that are still shown in English."""
    other = {source for source, chinese in CHINESE.items() if source != chinese}
    plain_ones = {name for name in map(plain, other) if any(map(str.isalpha, name))}
    shown = {text for text in texts(root) if text}
    parts = {part for text in shown for part in text.replace("<b>", "").replace("</b>", "\n").split("<br>")}
    return {text for text in shown | parts if text in other or text in plain_ones}


def test_every_text_of_the_window_is_shown_in_chinese_and_in_english_again(
    desk: Desk, speaking: Translator
) -> None:
    english = set(texts(desk.program.window))
    assert english_left(desk.program.window)
    for opened in (False, True):
        if opened:
            desk.open(document())
        speak(speaking, "zh_CN")
        assert english_left(desk.program.window) == set()
        menus = [action.text() for action in desk.program.window.menuBar().actions()]
        assert menus[:2] == ["文件(&F)", "编辑(&E)"]
        if not opened:
            speak(speaking, "en")
            assert set(texts(desk.program.window)) == english


def test_every_dialog_is_shown_in_chinese(desk: Desk, speaking: Translator) -> None:
    english = {type(dialog).__name__: english_left(dialog) for dialog in every_dialog(desk)}
    assert [name for name, found in english.items() if not found] == []
    speak(speaking, "zh_CN")
    for dialog in every_dialog(desk):
        assert english_left(dialog) == set(), type(dialog).__name__
        buttons = {plain(button.text()) for button in dialog.findChildren(QAbstractButton)}
        assert buttons & {"Close", "Cancel", "OK"} == set()  # Qt's own
    assert (
        ErrorDialog(ErrorReport("a", "b", "c"), "log", desk.program.window).windowTitle() == "Lacuna 出错了"
    )


def test_the_preferences_switch_the_language_and_stay_open(desk: Desk, speaking: Translator) -> None:
    store = desk.program.models.preferences
    store.changed.connect(lambda _name: speaking.set_language(store.values.language))
    desk.program.window.actions_by_id["preferences"].trigger()
    store.change(language="zh_CN")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    (dialog,) = [found for found in QApplication.topLevelWidgets() if isinstance(found, PreferencesDialog)]
    assert dialog.isVisible()
    assert dialog.windowTitle() == "首选项"
    assert dialog.parentWidget() is desk.program.window
    dialog.close()


def test_nothing_is_lost_by_another_language(desk: Desk, speaking: Translator) -> None:
    desk.open(document())
    desk.drag((20, 20), (40, 60))
    desk.fill()
    desk.drag((50, 20), (60, 60))
    state = desk.program.state
    state.take_tool("lasso")
    state.set_compare("split")
    state.set_mask_look(replace(state.mask, is_shown=False))
    desk.program.window.actions_by_id["fill_on_release"].trigger()
    desk.canvas.zoom_to(3.0)
    desk.canvas.pan(-30, -17)
    desk.program.window.actions_by_id["hide_panels"].trigger()
    QApplication.processEvents()
    former, view = desk.program.window, desk.canvas.viewpoint
    checked, enabled, docks = look_of(former)
    place, steps = former.geometry(), [step.id for step in desk.document.history.done]
    speak(speaking, "zh_CN")
    assert desk.program.window is not former
    now = look_of(desk.program.window)
    assert now[1] ^ enabled == set()
    assert now == (checked, enabled, docks)
    assert desk.program.window.geometry() == place
    assert desk.canvas.viewpoint == view
    assert [step.id for step in desk.document.history.done] == steps
    assert desk.program.window.windowTitle() == "未命名[*] \u2013 Lacuna"
    assert "*" not in desk.program.window.windowTitle().replace("[*]", "")
    desk.key(Qt.Key.Key_B)
    assert state.tool == "brush"


def look_of(window: MainWindow) -> tuple[set[str], set[str], set[str]]:
    """Return which actions are checked and enabled, and which docks are seen."""
    actions = window.actions_by_id.items()
    return (
        {name for name, action in actions if action.isChecked()},
        {name for name, action in actions if action.isEnabled()},
        {dock.objectName() for dock in window.findChildren(QDockWidget) if dock.isVisible()},
    )


def test_a_fill_goes_on_while_the_language_changes(desk: Desk, speaking: Translator) -> None:
    desk.open(document())
    desk.drag((20, 20), (40, 60))
    desk.filler.gate.clear()
    desk.program.filling.start()
    desk.wait(lambda: desk.program.filling.is_busy)
    speak(speaking, "zh_CN")
    assert desk.program.window.stage.hud.isVisible()
    desk.filler.gate.set()
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert desk.document.history.newest is not None
    assert desk.document.history.newest.is_fill
    assert not desk.program.window.stage.hud.isVisible()


def test_former_windows_are_gone(desk: Desk, speaking: Translator) -> None:
    for language in ("zh_CN", "en") * 3:
        speak(speaking, language)
    assert [type(w) for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)] == [MainWindow]


def test_the_same_language_changes_nothing(translator: Translator) -> None:
    heard = []
    translator.changed.connect(lambda: heard.append(translator.spoken))
    for language in ("en", "zh_CN", "zh_CN", "en", "en"):
        translator.set_language(language)
    assert heard == ["zh_CN", "en"]


@pytest.mark.parametrize(
    ("wished", "spoken"),
    [
        (["zh-CN"], "zh_CN"),
        (["zh-Hans-SG", "zh"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW"], "en"),
        (["zh-Hant-TW", "zh-Hans-CN"], "zh_CN"),
        (["de-DE", "zh-CN"], "zh_CN"),
        (["de-DE", "en-GB", "zh-CN"], "en"),
        ([], "en"),
    ],
)
def test_the_systems_first_language_that_is_known_is_spoken(
    monkeypatch: pytest.MonkeyPatch, wished: list[str], spoken: str
) -> None:
    class System(QLocale):
        @staticmethod
        def system() -> System:
            return System("C")

        def uiLanguages(self) -> list[str]:  # noqa: N802
            return wished

    monkeypatch.setattr(translation, "QLocale", System)
    assert spoken_for("system") == spoken
    assert (spoken_for("en"), spoken_for("zh_CN")) == ("en", "zh_CN")


def test_dates_are_written_in_the_windows_language(translator: Translator) -> None:
    day, long = QDate(2026, 3, 9), QLocale.FormatType.LongFormat
    before = QLocale().toString(day, long)
    translator.set_language("zh_CN")
    assert QLocale().toString(day, long) == "2026\u5e743\u67089\u65e5\u661f\u671f\u4e00"
    translator.set_language("en")
    assert QLocale().toString(day, long) == before


def test_without_its_file_a_language_is_english(
    translator: Translator,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(translation, "FOLDER", tmp_path)
    with caplog.at_level(logging.INFO, "lacuna"):
        translator.set_language("zh_CN")
    assert "lacuna_zh_CN.qm" in caplog.text
    assert core_text("Patch") == "Patch"


def test_the_core_is_translated_with_its_values(translator: Translator) -> None:
    stage = Sentence("Scale {number} of {count}", number=2, count=5)
    note = Sentence("{label} cannot be {value!r}.", label=Sentence("Radius"), value="{x}")
    assert (core_text(stage), core_text(note)) == ("Scale 2 of 5", "Radius cannot be '{x}'.")
    translator.set_language("zh_CN")
    assert (core_text(stage), core_text(note)) == ("第 2 级，共 5 级", "“半径”不能是 '{x}'。")
    assert core_text("an engine that nobody translated") == "an engine that nobody translated"
    assert core_text("") == ""


def test_a_failure_is_told_in_the_windows_language(translator: Translator) -> None:
    error = ImageReadError("{name} is a folder.", "Give the path of a picture.", name="{odd} name.png")
    assert report_of(error).message == "{odd} name.png is a folder."
    translator.set_language("zh_CN")
    assert report_of(error) == ErrorReport("{odd} name.png 是文件夹。", "请给出图片的路径。")
    unknown = InvalidRequest("Nobody translated {this}.", "Nor that.", this="it")
    assert report_of(unknown) == ErrorReport("Nobody translated it.", "Nor that.")


@pytest.mark.parametrize(
    ("text", "name"),
    [("&Open…", "Open"), ("打开(&O)…", "打开"), ("S&maller brush", "Smaller brush"), ("Grow", "Grow")],
)
def test_a_plain_name_has_no_marks(text: str, name: str) -> None:
    assert plain(text) == name
