"""Can work be put away as a project and taken up again, in every way that a file is opened?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.crash import ErrorReport
from app.dialogs.error import ErrorDialog
from app.dialogs.export import ExportDialog
from app.document.bundle import read_bundle, write_bundle
from app.document.document import Document
from app.document.settings import FillSettings
from app.document.snapshot import Snapshot
from inpainting_core.api import MaskShape, Photo
from tests.app.bundles import assert_same
from tests.app.conftest import Desk
from tests.app.pictures import document, gradient

KEYS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
)


def save_project(desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    proposals: list[str] = []

    def choose(_parent: object, _title: str, proposed: str, kinds: str, first: str) -> tuple[str, str]:
        proposals.append(proposed)
        return str(path), first

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    QTest.keyClick(desk.program.window, Qt.Key.Key_S, KEYS)
    desk.wait(lambda: not desk.program.files.is_busy)
    return proposals


def worked_on(desk: Desk, tmp_path: Path) -> Document:
    doc = document()
    doc.path = tmp_path / "beach.png"
    desk.open(doc)
    desk.drag((60, 80))
    desk.fill()
    desk.drag((30, 30), (40, 60))
    return doc


def open_and_wait(desk: Desk, path: Path) -> None:
    desk.program.window.flow.open(path)
    desk.wait(lambda: not desk.program.files.is_busy)


def test_a_project_is_saved_and_taken_up_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc, path = worked_on(desk, tmp_path), tmp_path / "beach.lacuna"
    assert save_project(desk, tmp_path / "beach", monkeypatch) == [str(path)]
    assert not desk.program.editor.is_modified
    assert doc.saved_as is None
    assert doc.project == path
    assert path.name in desk.program.window.windowTitle()
    desk.program.editor.open(None)
    open_and_wait(desk, path)
    assert_same(doc, desk.document)
    assert not desk.program.editor.is_modified
    assert desk.program.window.stage.messages.isHidden()
    assert save_project(desk, path, monkeypatch) == [str(path)]


def test_saving_the_picture_of_a_project_never_proposes_the_project(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_on(desk, tmp_path)
    save_project(desk, tmp_path / "beach.lacuna", monkeypatch)
    proposals: list[str] = []
    monkeypatch.setattr(ExportDialog, "open", lambda dialog: proposals.append(str(dialog.choices.path)))
    desk.program.window.flow.save()
    assert proposals == [str(tmp_path / "beach_edit.png")]


def test_a_project_cannot_name_the_file_that_saving_replaces(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, path = tmp_path / "mine.png", tmp_path / "from a stranger.lacuna"
    mine.write_bytes(b"not to be touched")
    doc = document()
    doc.mark_saved(0, mine)
    write_bundle(path, Snapshot.of(doc))
    open_and_wait(desk, path)
    asked: list[str] = []
    monkeypatch.setattr(ExportDialog, "open", lambda dialog: asked.append(dialog.choices.path.name))
    desk.program.window.flow.save()
    desk.wait(lambda: not desk.program.files.is_busy)
    assert mine.read_bytes() == b"not to be touched"
    assert asked == ["picture.png"]


def test_what_is_filled_while_the_project_is_written_is_not_in_it_and_unsaved(
    desk: Desk, tmp_path: Path
) -> None:
    doc, path = worked_on(desk, tmp_path), tmp_path / "beach.lacuna"
    before = doc.image.copy(), doc.mask.copy(), doc.provenance.owner.copy()
    desk.program.window.flow.write_project(path)
    desk.program.editor.undo()
    desk.program.editor.undo()
    desk.wait(lambda: not desk.program.files.is_busy)
    again = read_bundle(path)
    for was, now in zip(before, (again.image, again.mask, again.provenance.owner), strict=True):
        np.testing.assert_array_equal(was, now)
    assert desk.program.editor.is_modified


def test_a_dropped_project_opens(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doc, path = worked_on(desk, tmp_path), tmp_path / "b.lacuna"
    save_project(desk, path, monkeypatch)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.program.window, QDragEnterEvent(QPoint(50, 50), *how))
    QApplication.sendEvent(desk.program.window, QDropEvent(QPointF(50, 50), *how))
    desk.wait(lambda: desk.document is not doc)
    assert_same(doc, desk.document)


def test_a_projects_own_settings_count_more_than_those_in_use(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open(document())
    path = tmp_path / "plain.lacuna"
    save_project(desk, path, monkeypatch)
    editor = desk.program.editor
    editor.change_settings(replace(editor.settings, mask_shape=MaskShape(grow=9)), "shape")
    open_and_wait(desk, path)
    assert editor.settings == FillSettings()
    desk.open(Document(Photo(gradient(40, 50))))
    assert editor.settings == FillSettings()


def test_a_damaged_project_is_explained_and_the_old_picture_stays(desk: Desk, tmp_path: Path) -> None:
    doc = desk.open(document())
    path = tmp_path / "words.lacuna"
    path.write_text("not a project", encoding="utf-8")
    open_and_wait(desk, path)
    assert "words.lacuna is not a whole Lacuna project." in desk.program.window.stage.messages.text
    assert desk.program.editor.document is doc


@pytest.mark.parametrize("name", ["trip", "trip 12.5"])
def test_a_name_without_its_ending_never_replaces_a_file_that_nobody_was_asked_about(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    doc, taken = worked_on(desk, tmp_path), tmp_path / f"{name}.lacuna"
    taken.write_bytes(b"last year's work")
    answers, proposals = [str(tmp_path / name), ""], []

    def choose(_parent: object, _title: str, proposed: str, *_kinds: str) -> tuple[str, str]:
        proposals.append(proposed)
        return answers.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    desk.program.window.flow.save_project()
    desk.wait(lambda: not desk.program.files.is_busy)
    assert taken.read_bytes() == b"last year's work"
    assert proposals == [str(tmp_path / "beach.lacuna"), str(taken)]
    taken.unlink()
    answers.append(str(tmp_path / name))
    desk.program.window.flow.save_project()
    desk.wait(lambda: not desk.program.files.is_busy)
    np.testing.assert_array_equal(read_bundle(taken).mask, doc.mask)


def test_a_copy_can_be_saved_from_where_a_bug_is_shown_and_bugs_do_not_pile_up(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc, path = worked_on(desk, tmp_path), tmp_path / "copy.lacuna"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    for number in range(3):
        desk.program.window.show_failure(ErrorReport("It broke.", "Say so.", f"Traceback {number}"))
    (dialog,) = desk.program.window.findChildren(ErrorDialog)
    QTest.mouseClick(dialog.recover, Qt.MouseButton.LeftButton)
    desk.wait(lambda: not desk.program.files.is_busy)
    np.testing.assert_array_equal(read_bundle(path).image, doc.image)
    dialog.close()
