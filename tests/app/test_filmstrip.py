"""Is a folder leafed through as a photographer would: next, back, by its small pictures, nothing lost?"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QFileDialog, QListView, QMessageBox

from app.document.settings import SourceArea
from app.state import gallery as gallery_module
from app.state.gallery import ROOM, Gallery
from app.work.folders import neighbour, pictures_in, small_picture
from inpainting_core.api import Photo, read_image, write_image
from tests.app.conftest import Desk
from tests.app.pictures import document, gradient
from tests.app.test_files import answer, fill_something

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = ("img_2.png", "IMG_9.png", "img_10.png")
GREYS = (40, 120, 200)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three plain pictures and other things."""
    place = tmp_path / "caf\u00e9"
    place.mkdir()
    for name, grey in zip(NAMES, GREYS, strict=True):
        write_image(place / name, Photo(np.full((120, 160, 3), grey, np.uint8)))
    (place / "notes.txt").write_text("words")
    (place / "inside").mkdir()
    return place


def open_folder(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press Ctrl+Shift+O and choose the folder."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    QTest.keyClick(desk.program.window, Qt.Key.Key_O, CONTROL | SHIFT)
    desk.wait(lambda: not desk.program.files.is_busy and len(desk.program.models.gallery.pictures) == 3)


def strip_of(desk: Desk) -> QListView:
    return desk.program.window.filmstrip.view


def dock_of(desk: Desk) -> QDockWidget:
    return desk.program.window._docks["folder"]


def shown_name(desk: Desk) -> str:
    path = desk.document.path
    assert path is not None
    return path.name


def leaf(desk: Desk, key: Qt.Key, name: str) -> None:
    desk.key(key)
    desk.wait(lambda: shown_name(desk) == name)


def test_a_folder_shows_its_strip_and_page_keys_go_through_it(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not dock_of(desk).isVisible()
    open_folder(desk, folder, monkeypatch)
    assert dock_of(desk).isVisible()
    view = strip_of(desk)
    shown = [view.model().index(row, 0).data() for row in range(view.model().rowCount())]
    assert shown == list(NAMES)
    for key, row in ((None, 0), (Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageDown, 2), (Qt.Key.Key_PageUp, 1)):
        if key is not None:
            leaf(desk, key, NAMES[row])
        assert (desk.document.image == GREYS[row]).all()
        assert view.currentIndex().row() == row
        spoken = [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in rows(view)]
        assert spoken == [f"{name}, open" if at == row else name for at, name in enumerate(NAMES)]


def rows(view: QListView) -> list[object]:
    return [view.model().index(row, 0) for row in range(view.model().rowCount())]


def test_a_single_picture_brings_no_strip_and_page_keys_work_all_the_same(desk: Desk, folder: Path) -> None:
    desk.program.window.flow.open(folder / NAMES[0])
    desk.wait(lambda: desk.program.editor.document is not None)
    assert not dock_of(desk).isVisible()
    leaf(desk, Qt.Key.Key_PageDown, NAMES[1])
    leaf(desk, Qt.Key.Key_PageUp, NAMES[0])
    desk.key(Qt.Key.Key_PageUp)
    assert "no further picture" in desk.program.window.status_line.currentMessage()
    assert not dock_of(desk).isVisible()


def test_a_click_and_enter_open_what_is_shown_there(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder(desk, folder, monkeypatch)
    view = strip_of(desk)
    place = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.wait(lambda: shown_name(desk) == NAMES[2])
    assert desk.canvas.hasFocus()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Return)
    desk.wait(lambda: shown_name(desk) == NAMES[1])
    assert desk.filler.requests == []


def test_small_pictures_are_decoded_beside_the_window(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()

    def decode(path: Path, room: QSize) -> QImage:
        threads.add(threading.current_thread().name)
        return small_picture(path, room)

    monkeypatch.setattr(gallery_module, "small_picture", decode)
    open_folder(desk, folder, monkeypatch)
    gallery, view = desk.program.models.gallery, strip_of(desk)
    desk.wait(lambda: view.viewport().grab() and gallery.small(folder / NAMES[2]) is not None)
    assert threads
    assert threading.main_thread().name not in threads
    desk.wait(lambda: [colour_at(view, row) for row in range(3)] == list(GREYS))


def colour_at(view: QListView, row: int) -> int:
    """Return the grey in the middle of a small picture on the screen."""
    place = view.visualRect(view.model().index(row, 0))
    grey: int = view.viewport().grab().toImage().pixelColor(place.center().x(), place.top() + 40).red()
    return grey


def test_pictures_are_dragged_out_as_files_and_only_copied(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder(desk, folder, monkeypatch)
    view, model = strip_of(desk), strip_of(desk).model()
    index = model.index(2, 0)
    assert view.dragEnabled()
    assert not view.acceptDrops()
    assert model.flags(index) & Qt.ItemFlag.ItemIsDragEnabled
    assert model.supportedDragActions() == Qt.DropAction.CopyAction
    data = model.mimeData([index])
    assert [Path(url.toLocalFile()) for url in data.urls()] == [folder / NAMES[2]]


def test_changes_are_asked_about_once_and_refusing_stays(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder(desk, folder, monkeypatch)
    fill_something(desk)
    questions = answer(monkeypatch, QMessageBox.StandardButton.Cancel)
    view = strip_of(desk)
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(questions) == 1
    assert view.currentIndex().row() == 0
    assert shown_name(desk) == NAMES[0]
    questions = answer(monkeypatch, QMessageBox.StandardButton.Discard)
    leaf(desk, Qt.Key.Key_PageDown, NAMES[1])
    assert len(questions) == 1
    desk.wait(lambda: view.currentIndex().row() == 1)


def test_brush_engine_area_and_painted_rules_stay(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder(desk, folder, monkeypatch)
    state, editor = desk.program.state, desk.program.editor
    state.set_brush_size(33)
    desk.program.filling.use_engine(editor.settings.engine)
    editor.change_settings(
        editor.settings.__class__(engine_id="telea", area=SourceArea("ring", 77)), "engine"
    )
    desk.key(Qt.Key.Key_N)
    desk.drag((30, 30), (30, 60))
    rules = desk.document.rules
    assert rules is not None
    kept = rules.copy()
    assert (kept == 0).any()
    desk.key(Qt.Key.Key_B)
    leaf(desk, Qt.Key.Key_PageDown, NAMES[1])
    assert state.brush_size == 33
    assert (editor.settings.engine_id, editor.settings.area) == ("telea", SourceArea("ring", 77))
    assert desk.document.rules is not None
    assert np.array_equal(desk.document.rules, kept)
    assert not desk.document.is_modified
    assert not desk.document.history.can_undo
    desk.document.rules[:] = 100
    leaf(desk, Qt.Key.Key_PageDown, NAMES[2])
    assert desk.document.rules is None
    other = desk.open(document())
    assert other.rules is None
    assert state.brush_size == round(160 * 0.04)


def test_rules_of_another_size_do_not_follow(desk: Desk, folder: Path) -> None:
    write_image(folder / "img_3.png", Photo(gradient(90, 90)))
    desk.program.window.flow.open(folder / NAMES[0])
    desk.wait(lambda: desk.program.editor.document is not None)
    desk.key(Qt.Key.Key_N)
    desk.drag((30, 30), (30, 60))
    leaf(desk, Qt.Key.Key_PageDown, "img_3.png")
    assert desk.document.rules is None


def test_tab_hides_the_strip_with_the_panels_until_asked_back(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder(desk, folder, monkeypatch)
    window = desk.program.window
    desk.key(Qt.Key.Key_Tab)
    assert not any(dock.isVisible() for dock in window._docks.values())
    leaf(desk, Qt.Key.Key_PageDown, NAMES[1])
    QApplication.processEvents()
    assert not any(dock.isVisible() for dock in window._docks.values())
    assert not window.stage.strip.isVisible()
    desk.key(Qt.Key.Key_Tab)
    assert dock_of(desk).isVisible()
    assert window.stage.strip.isVisible()


def test_a_window_built_again_has_the_strip(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder(desk, folder, monkeypatch)
    leaf(desk, Qt.Key.Key_PageDown, NAMES[1])
    desk.program.rebuild_window()
    QApplication.processEvents()
    assert dock_of(desk).isVisible()
    assert strip_of(desk).currentIndex().row() == 1


def test_a_folder_without_pictures_is_explained(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    QTest.keyClick(desk.program.window, Qt.Key.Key_O, CONTROL | SHIFT)
    assert "no picture in" in desk.program.window.stage.messages.text
    assert not dock_of(desk).isVisible()


def test_small_pictures_keep_to_their_memory(desk: Desk, folder: Path) -> None:
    one = ROOM.height() * ROOM.height() * 4 // 3 * 4
    gallery = Gallery(desk.program.editor, desk.program.files, budget_bytes=one)
    paths = [folder / name for name in NAMES]
    for path in paths:
        gallery.small(path)
    desk.wait(lambda: not gallery._waiting)
    assert 0 < gallery.held_bytes <= one
    assert gallery.shutdown()


def test_what_is_saved_into_the_folder_is_seen_anew(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder(desk, folder, monkeypatch)
    gallery, target = desk.program.models.gallery, folder / NAMES[2]
    desk.wait(lambda: gallery.small(target) is not None)
    desk.program.window.flow.write(target)
    desk.program.window.flow.write(folder / "new.png")
    desk.wait(lambda: folder / "new.png" in gallery.pictures and gallery.small(target) is not None)
    small = gallery.small(target)
    assert small is not None
    assert small.pixelColor(5, 5).red() == GREYS[0]


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".avif", ".bmp"])
def test_a_small_picture_is_the_middle_of_the_large_one_averaged(tmp_path: Path, suffix: str) -> None:
    pixels = cv2.GaussianBlur(np.random.default_rng(3).integers(0, 256, (300, 600, 3), np.uint8), (0, 0), 9)
    pixels = cv2.normalize(pixels, None, 0, 255, cv2.NORM_MINMAX)
    path = tmp_path / f"wide{suffix}"
    write_image(path, Photo(pixels))
    small = small_picture(path, QSize(150, 150))
    assert (small.width(), small.height()) == (150, 75)
    expected = cv2.resize(read_image(path).pixels, (150, 75), interpolation=cv2.INTER_AREA)
    shown = small.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(shown.constBits(), np.uint8).reshape(75, shown.bytesPerLine())[:, :450]
    assert np.abs(rows.reshape(75, 150, 3).astype(int) - expected).mean() < 4


def test_a_picture_held_upright_is_small_upright(tmp_path: Path) -> None:
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.fill(QColor(250, 0, 0))
    path = tmp_path / "turned.jpg"
    assert image.save(str(path))
    turned = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    data = path.read_bytes()
    path.write_bytes(data[:2] + turned + data[2:])
    assert read_image(path).pixels.shape == (400, 200, 3)
    small = small_picture(path, ROOM)
    assert (small.width(), small.height()) == (80, 160)


def test_colours_of_a_small_picture_are_the_screens(tmp_path: Path) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 60, 60))
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    path = tmp_path / "adobe.png"
    assert image.save(str(path))
    assert small_picture(path, ROOM).pixelColor(3, 3) != QColor(200, 60, 60)
    assert small_picture(path, ROOM).pixelColor(3, 3).red() > 210


def test_what_cannot_be_read_has_no_small_picture(tmp_path: Path) -> None:
    path = tmp_path / "words.png"
    path.write_text("words")
    assert small_picture(path, ROOM).isNull()
    assert small_picture(tmp_path / "gone.png", ROOM).isNull()


def test_pictures_are_in_the_order_of_their_numbers(folder: Path) -> None:
    assert [path.name for path in pictures_in(folder)] == list(NAMES)
    assert neighbour(folder / NAMES[1], 1) == folder / NAMES[2]
    assert neighbour(folder / NAMES[2], 1) is None
    assert neighbour(folder / "gone.png", 1) is None


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs rights to be refused")
def test_a_folder_that_may_not_be_read_is_empty(tmp_path: Path) -> None:
    tmp_path.chmod(0)
    assert pictures_in(tmp_path) == []
    tmp_path.chmod(0o700)
