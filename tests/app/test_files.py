"""Do pictures come in by every way, go out unharmed, and never get lost unasked?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QToolButton

from app.dialogs.export import ExportDialog
from app.windows.file_flow import proposed_path
from app.windows.start_page import SAMPLES, list_samples
from app.work.file_worker import photo_of
from inpainting_core.api import Photo, read_image, write_image
from tests.app.conftest import Desk
from tests.app.pictures import choose_export, document, gradient

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    path = tmp_path / "caf\u00e9 photo.png"
    write_image(path, Photo(gradient()))
    return path


def open_and_wait(desk: Desk, path: Path, mask: Path | None = None) -> None:
    desk.program.window.flow.open(path, mask)
    desk.wait(lambda: not desk.program.files.is_busy)


def fill_something(desk: Desk) -> None:
    desk.drag((60, 80))
    desk.fill()


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    questions: list[str] = []

    def ask(_parent: object, _title: str, text: str, *_rest: object) -> QMessageBox.StandardButton:
        questions.append(text)
        return button

    monkeypatch.setattr(QMessageBox, "warning", ask)
    return questions


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    proposals: list[str] = []

    def answer(dialog: ExportDialog) -> None:
        proposals.append(str(dialog.choices.path))
        if path is None:
            dialog.reject()
        else:
            choose_export(dialog, path)

    monkeypatch.setattr(ExportDialog, "open", answer)
    return proposals


def test_a_file_opens_from_the_dialog(desk: Desk, photograph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(photograph), ""))
    QTest.keyClick(desk.program.window, Qt.Key.Key_O, CONTROL)
    desk.wait(lambda: desk.program.editor.document is not None)
    assert np.array_equal(desk.document.image, gradient())
    assert photograph.name in desk.program.window.windowTitle()
    assert desk.program.state.brush_size == round(160 * 0.04)


def test_a_dropped_file_opens(desk: Desk, photograph: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photograph))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(50, 50), *how)
    QApplication.sendEvent(desk.program.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(desk.program.window, QDropEvent(QPointF(50, 50), *how))
    desk.wait(lambda: desk.program.editor.document is not None)
    assert np.array_equal(desk.document.image, gradient())


def test_the_clipboards_picture_opens(desk: Desk) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    image.setPixelColor(7, 5, QColor(200, 100, 50))
    QApplication.clipboard().setImage(image)
    QTest.keyClick(desk.program.window, Qt.Key.Key_V, CONTROL)
    desk.wait(lambda: desk.program.editor.document is not None)
    assert desk.document.size == (20, 30)
    assert tuple(desk.document.image[5, 7]) == (200, 100, 50)
    assert tuple(desk.document.image[0, 0]) == (10, 20, 30)
    assert desk.document.photo.alpha is None


def test_an_empty_clipboard_is_explained(desk: Desk) -> None:
    QApplication.clipboard().clear()
    desk.program.window.flow.paste()
    assert "no picture on the clipboard" in desk.program.window.stage.messages.text


@pytest.mark.parametrize("width", [1, 2, 3, 5])
def test_a_transparent_qimage_keeps_its_alpha_at_any_width(width: int) -> None:
    image = QImage(width, 2, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(0, 0, 0, 0))
    image.setPixelColor(width - 1, 1, QColor(250, 120, 60, 255))
    photo = photo_of(image)
    assert photo.alpha is not None
    assert photo.alpha.tolist() == [[0] * width, [0] * (width - 1) + [255]]
    assert tuple(photo.pixels[1, width - 1]) == (250, 120, 60)


def test_what_is_no_picture_is_explained_and_the_old_one_stays(desk: Desk, tmp_path: Path) -> None:
    doc = desk.open(document())
    path = tmp_path / "words.png"
    path.write_text("not a picture", encoding="utf-8")
    open_and_wait(desk, path)
    assert desk.program.window.stage.messages.isVisible()
    assert "words.png" in desk.program.window.stage.messages.text
    assert desk.program.editor.document is doc


def test_a_sample_opens_with_its_mask_ready(desk: Desk) -> None:
    sample = next(entry for entry in list_samples(SAMPLES) if "mask" in entry)
    cards = [
        card
        for card in desk.program.window.stage.start.findChildren(QToolButton)
        if card.text() == sample["title"]
    ]
    QTest.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    desk.wait(lambda: desk.program.editor.document is not None)
    mask = read_image(SAMPLES / sample["mask"]).pixels[..., 0] > 127
    assert np.array_equal(desk.document.hole, mask)
    assert not desk.program.editor.is_modified


def test_without_samples_the_start_page_does_without(tmp_path: Path) -> None:
    assert list_samples(tmp_path / "absent") == []


def test_saving_proposes_a_name_beside_the_original_and_leaves_it_alone(
    desk: Desk, photograph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = photograph.read_bytes()
    open_and_wait(desk, photograph)
    fill_something(desk)
    target = photograph.with_name("caf\u00e9 photo_edit.png")
    proposals = choose(monkeypatch, target)
    desk.key(Qt.Key.Key_S, CONTROL)
    desk.wait(lambda: not desk.program.files.is_busy)
    assert proposals == [str(target)]
    assert photograph.read_bytes() == original
    assert np.array_equal(read_image(target).pixels, desk.document.image)
    assert not desk.program.editor.is_modified
    assert target.name in desk.program.window.windowTitle()

    desk.drag((20, 80))
    desk.fill()
    assert desk.program.editor.is_modified
    desk.key(Qt.Key.Key_S, CONTROL)
    desk.wait(lambda: not desk.program.files.is_busy)
    assert len(proposals) == 1
    assert np.array_equal(read_image(target).pixels, desk.document.image)


def test_saving_again_leaves_out_the_metadata_that_were_left_out(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    source, target = tmp_path / "source.jpg", tmp_path / "public.jpg"
    write_image(source, Photo(gradient(), exif=exif.tobytes().removeprefix(b"Exif\0\0")))
    open_and_wait(desk, source)
    fill_something(desk)

    def export(dialog: ExportDialog) -> None:
        dialog.metadata.setChecked(False)
        dialog.like_source.setChecked(False)
        dialog.quality.setValue(40)
        choose_export(dialog, target)

    monkeypatch.setattr(ExportDialog, "open", export)
    desk.key(Qt.Key.Key_S, CONTROL)
    desk.wait(lambda: not desk.program.files.is_busy)
    tables = read_image(target).encoding
    desk.drag((20, 80))
    desk.fill()
    desk.key(Qt.Key.Key_S, CONTROL)
    desk.wait(lambda: not desk.program.files.is_busy)
    again = read_image(target)
    assert not desk.program.editor.is_modified
    assert read_image(source).exif is not None
    assert again.exif is None
    assert again.encoding == tables


def test_a_name_without_ending_gets_that_of_the_chosen_format(
    desk: Desk, photograph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_wait(desk, photograph)
    choose(monkeypatch, photograph.with_name("other"))
    desk.key(Qt.Key.Key_S, CONTROL | SHIFT)
    desk.wait(lambda: not desk.program.files.is_busy)
    assert photograph.with_name("other.png").is_file()


def test_the_proposed_name_keeps_formats_we_can_write(tmp_path: Path) -> None:
    for name, proposed in (("a.jpg", "a_edit.jpg"), ("b.TIFF", "b_edit.tiff"), ("c.gif", "c_edit.png")):
        doc = document()
        doc.path = tmp_path / name
        assert proposed_path(doc, "") == tmp_path / proposed
    assert proposed_path(document(), str(tmp_path)) == tmp_path / "picture.png"


def test_a_failed_save_is_explained_and_the_picture_stays_unsaved(
    desk: Desk, photograph: Path, tmp_path: Path
) -> None:
    open_and_wait(desk, photograph)
    fill_something(desk)
    desk.program.window.flow.write(tmp_path / "no such folder" / "x.png")
    desk.wait(lambda: not desk.program.files.is_busy)
    assert desk.program.window.stage.messages.isVisible()
    assert desk.program.editor.is_modified


def test_what_is_filled_while_it_is_saved_is_not_in_the_file_and_still_unsaved(
    desk: Desk, photograph: Path, tmp_path: Path
) -> None:
    open_and_wait(desk, photograph)
    fill_something(desk)
    expected = desk.document.image.copy()
    desk.program.window.flow.write(tmp_path / "out.png")
    desk.program.editor.undo()
    desk.wait(lambda: not desk.program.files.is_busy)
    assert np.array_equal(read_image(tmp_path / "out.png").pixels, expected)
    assert desk.program.editor.is_modified


def test_closing_without_changes_asks_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = answer(monkeypatch, QMessageBox.StandardButton.Cancel)
    desk.open(document())
    desk.drag((60, 80))
    assert desk.program.window.close()
    assert questions == []


def test_closing_with_changes_can_be_taken_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = answer(monkeypatch, QMessageBox.StandardButton.Cancel)
    desk.open(document())
    fill_something(desk)
    assert not desk.program.window.close()
    assert len(questions) == 1
    assert desk.program.window.isVisible()


def test_closing_can_drop_the_changes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Discard)
    desk.open(document())
    fill_something(desk)
    desk.program.window.close()
    desk.wait(lambda: not desk.program.window.isVisible())


def test_closing_can_save_first(desk: Desk, photograph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Save)
    target = photograph.with_name("saved.png")
    choose(monkeypatch, target)
    open_and_wait(desk, photograph)
    fill_something(desk)
    desk.program.window.close()
    desk.wait(lambda: not desk.program.window.isVisible())
    assert np.array_equal(read_image(target).pixels, desk.document.image)


def test_a_cancelled_save_dialog_keeps_the_window_open(
    desk: Desk, photograph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Save)
    choose(monkeypatch, None)
    open_and_wait(desk, photograph)
    fill_something(desk)
    assert not desk.program.window.close()
    desk.qtbot.wait(20)
    assert desk.program.window.isVisible()
    target = photograph.with_name("later.png")
    desk.program.window.flow.write(target)
    desk.wait(lambda: not desk.program.files.is_busy)
    assert desk.program.window.isVisible()


def test_opening_another_picture_asks_about_changes(
    desk: Desk, photograph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = answer(monkeypatch, QMessageBox.StandardButton.Cancel)
    doc = desk.open(document())
    fill_something(desk)
    open_and_wait(desk, photograph)
    assert len(questions) == 1
    assert desk.program.editor.document is doc


def test_dropped_changes_are_asked_about_once(
    desk: Desk, photograph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = answer(monkeypatch, QMessageBox.StandardButton.Discard)
    doc = desk.open(document())
    fill_something(desk)
    open_and_wait(desk, photograph)
    assert len(questions) == 1
    assert desk.program.editor.document is not doc


def test_changes_made_while_a_picture_is_read_are_asked_about(
    desk: Desk, photograph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = answer(monkeypatch, QMessageBox.StandardButton.Cancel)
    doc = desk.open(document())
    fill_something(desk)
    desk.program.editor.undo()
    desk.program.window.flow.open(photograph)
    desk.program.editor.redo()
    desk.wait(lambda: not desk.program.files.is_busy)
    assert len(questions) == 1
    assert desk.program.editor.document is doc


def test_changes_made_while_a_picture_is_saved_are_asked_about(
    desk: Desk, photograph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = answer(monkeypatch, QMessageBox.StandardButton.Save)
    choose(monkeypatch, tmp_path / "kept.png")
    doc = desk.open(document())
    fill_something(desk)
    desk.program.window.flow.open(photograph)
    desk.program.editor.undo()
    answer(monkeypatch, QMessageBox.StandardButton.Cancel)
    desk.wait(lambda: not desk.program.files.is_busy)
    assert len(questions) == 1
    assert desk.program.editor.document is doc


def test_notes_of_the_file_are_shown(desk: Desk) -> None:
    doc = document()
    doc._photo = Photo(doc.image, notes=("The colour profile was damaged.",))
    desk.open(doc)
    assert desk.program.window.stage.messages.text == "The colour profile was damaged."


def test_after_saving_the_file_is_read_again_and_compared(
    desk: Desk, photograph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.program.window.flow.open(photograph)
    desk.wait(lambda: desk.program.editor.document is not None)
    desk.drag((60, 80), (60, 100))
    desk.fill()
    said: list[str] = []
    desk.program.window.flow.said.connect(said.append)
    known = desk.document.mask.size - np.count_nonzero(desk.document.provenance.owner)
    choose(monkeypatch, tmp_path / "out.png")
    desk.key(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    desk.wait(lambda: any("known pixels" in text for text in said))
    assert said[-1] == f"Saved out.png: 0 of {QLocale().toString(int(known))} known pixels changed."
    choose(monkeypatch, tmp_path / "out.jpg")
    desk.key(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    desk.wait(lambda: "recompression" in said[-1])
    before, after = desk.document.image.astype(int), read_image(tmp_path / "out.jpg").pixels.astype(int)
    most = np.abs(before - after)[desk.document.provenance.owner == 0].max()
    assert said[-1].endswith(f"changed by at most {most}.")
