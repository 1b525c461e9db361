"""Can keys be changed by hand, without two commands ever sharing one?  Is the cheat sheet true?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.actions.presets import PRESETS
from app.actions.registry import conflicts, keys_of
from app.actions.table import ACTIONS
from app.dialogs.cheat_sheet import CheatSheet, in_columns, key_groups, mouse_group
from app.dialogs.shortcuts import ShortcutEditor
from app.preferences import PreferenceStore


@pytest.fixture
def store(tmp_path: Path, qapp: QApplication) -> PreferenceStore:
    return PreferenceStore(tmp_path / "preferences.toml")


@pytest.fixture
def editor(store: PreferenceStore, qtbot: QtBot) -> Iterator[ShortcutEditor]:
    dialog = ShortcutEditor(store)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.hide()


def row(editor: ShortcutEditor, name: str) -> QTreeWidgetItem:
    found = editor.tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)
    (command,) = (item for item in found if item.parent() is not None)
    return command


def choose(editor: ShortcutEditor, name: str) -> None:
    editor.tree.scrollToItem(row(editor, name))
    rect = editor.tree.visualItemRect(row(editor, name))
    QTest.mouseClick(editor.tree.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def press(editor: ShortcutEditor, field: int, key: Qt.Key) -> None:
    editor.edits[field].setFocus()
    QTest.keyClick(editor.edits[field], key)


def answer(button: QMessageBox.StandardButton) -> None:
    """Click a button of the question that is about to be asked."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, click)


def test_a_free_key_counts_at_once(editor: ShortcutEditor, store: PreferenceStore) -> None:
    choose(editor, "Brush")
    assert editor.edits[0].keySequence().toString() == "B"
    press(editor, 0, Qt.Key.Key_P)
    assert store.values.keys == {"brush": ("P",)}
    assert row(editor, "Brush").text(1) == "P"
    assert row(editor, "Brush").font(1).bold()
    press(editor, 1, Qt.Key.Key_F9)
    assert store.values.keys == {"brush": ("P", "F9")}
    QTest.mouseClick(editor.back, Qt.MouseButton.LeftButton)
    assert store.values.keys == {}
    assert not editor.back.isEnabled()


def test_a_taken_key_is_said_and_kept_or_taken(editor: ShortcutEditor, store: PreferenceStore) -> None:
    choose(editor, "Lasso")
    press(editor, 0, Qt.Key.Key_B)
    assert editor.warning.isVisible()
    assert "Brush" in editor.words.text()
    assert store.values.keys == {}
    QTest.mouseClick(editor.keep, Qt.MouseButton.LeftButton)
    assert not editor.warning.isVisible()
    assert editor.edits[0].keySequence().toString() == "L"
    assert store.values.keys == {}
    press(editor, 0, Qt.Key.Key_B)
    QTest.mouseClick(editor.take, Qt.MouseButton.LeftButton)
    assert store.values.keys == {"brush": (), "lasso": ("B",)}
    assert conflicts(ACTIONS, store.values.keys) == {}
    assert not editor.warning.isVisible()
    choose(editor, "Brush")
    QTest.mouseClick(editor.back, Qt.MouseButton.LeftButton)
    assert "Lasso" in editor.words.text()
    QTest.mouseClick(editor.take, Qt.MouseButton.LeftButton)
    assert store.values.keys == {"lasso": ()}
    assert conflicts(ACTIONS, store.values.keys) == {}


def test_further_keys_of_a_command_survive(editor: ShortcutEditor, store: PreferenceStore) -> None:
    choose(editor, "Fill")
    press(editor, 1, Qt.Key.Key_F9)
    assert store.values.keys == {"fill": ("Return", "F9", "Shift+Backspace")}


def test_keys_can_be_removed_and_a_held_modifier_changes_nothing(
    editor: ShortcutEditor, store: PreferenceStore
) -> None:
    choose(editor, "Undo")
    QTest.mouseClick(editor.removes[0], Qt.MouseButton.LeftButton)
    assert store.values.keys == {"undo": ("Ctrl+Alt+Z",)}
    assert not editor.removes[1].isEnabled()
    editor.edits[0].setFocus()
    QTest.keyPress(editor.edits[0], Qt.Key.Key_Control)
    QTest.keyRelease(editor.edits[0], Qt.Key.Key_Control)
    editor.search.setFocus()
    assert store.values.keys == {"undo": ("Ctrl+Alt+Z",)}


def test_the_search_looks_at_names_and_keys(editor: ShortcutEditor) -> None:
    QTest.keyClicks(editor.search, "lasso")
    assert not row(editor, "Lasso").isHidden()
    assert row(editor, "Brush").isHidden()
    assert row(editor, "Undo").parent().isHidden()
    editor.search.clear()
    QTest.keyClicks(editor.search, "ctrl+z")
    assert not row(editor, "Undo").isHidden()
    assert row(editor, "Lasso").isHidden()


def test_presets_are_taken_whole_and_own_keys_only_given_up_when_said(
    editor: ShortcutEditor, store: PreferenceStore
) -> None:
    editor.presets.setFocus()
    QTest.keyClick(editor.presets, Qt.Key.Key_Down)
    assert store.values.keys == dict(PRESETS["gimp"][1])
    assert row(editor, "Brush").text(1) == "P"
    choose(editor, "Undo")
    press(editor, 0, Qt.Key.Key_F8)
    assert editor.presets.currentText() == "My own"
    own = store.values.keys
    answer(QMessageBox.StandardButton.No)
    QTest.mouseClick(editor.reset_all, Qt.MouseButton.LeftButton)
    assert store.values.keys == own
    answer(QMessageBox.StandardButton.Yes)
    QTest.mouseClick(editor.reset_all, Qt.MouseButton.LeftButton)
    assert store.values.keys == {}
    assert editor.presets.currentText() == "Photoshop"
    assert editor.presets.findText("My own") < 0


def test_keys_changed_elsewhere_are_shown(editor: ShortcutEditor, store: PreferenceStore) -> None:
    choose(editor, "Brush")
    store.change(keys={"brush": ("F8",)})
    assert row(editor, "Brush").text(1) == "F8"
    assert editor.edits[0].keySequence().toString() == "F8"


def test_the_cheat_sheet_shows_every_command_with_its_own_keys(qtbot: QtBot) -> None:
    own = {"brush": ("F9",), "eraser": ()}
    sheet = CheatSheet(own)
    qtbot.addWidget(sheet)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert "F9" in texts
    assert "Eraser" not in texts
    lines = [line for _, group in key_groups(own) for line in group]
    assert len(lines) == sum(bool(keys_of(spec, own)) for spec in ACTIONS)
    assert {name for name, _ in lines} <= set(texts)
    assert {name for name, _ in mouse_group()[1]} <= set(texts)
    sheet.show()
    qtbot.waitExposed(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_columns_hold_every_group_once_and_are_of_like_height() -> None:
    groups = [*key_groups({}), mouse_group()]
    columns = in_columns(groups, 3)
    assert sorted(title for column in columns for title, _ in column) == sorted(title for title, _ in groups)
    heights = [sum(len(lines) + 2 for _, lines in column) for column in columns]
    assert len(heights) == 3
    assert max(heights) <= 4 / 3 * sum(heights) / 3  # what longest-first can miss the best by
    assert in_columns(groups[:1], 3) == [groups[:1]]


def test_the_cheat_sheet_is_never_wider_than_the_screen(qtbot: QtBot) -> None:
    sheet = CheatSheet({})
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitExposed(sheet)
    assert sheet.width() <= sheet.screen().availableSize().width()
    assert sheet.pane.horizontalScrollBar().maximum() == 0
    sheet.hide()
