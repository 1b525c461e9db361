"""Do result and mask leave and come back to the last bit, by the clipboard and by what is dropped?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColorSpace, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from app.crash import ErrorReport
from app.document.document import Document
from app.document.snapshot import Snapshot
from app.windows.clipboard_flow import LANE, MASK_KIND, leave_to_others
from app.windows.mask_flow import LANE as FILE_LANE
from app.work.file_worker import photo_of, write_bundle
from inpainting_core.api import Box, Photo, Pixels, Region, write_image, write_mask
from tests.app.conftest import Desk
from tests.app.pictures import document, gradient

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier


def press(desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    desk.key(key, held)
    desk.wait(lambda: not desk.program.models.background.is_busy(LANE))


def copied() -> QImage:
    image = QApplication.clipboard().mimeData().imageData()
    assert isinstance(image, QImage)
    return image


def as_any_program_reads(image: QImage) -> QImage:
    """Return the picture as it comes out of the PNG that the system hands to other programs."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    return QImage.fromData(buffer.data(), "PNG")


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("has_alpha", [False, True])
def test_the_result_comes_back_bit_for_bit(desk: Desk, dtype: type[np.uint8], has_alpha: bool) -> None:
    pixels = gradient(dtype=dtype)
    alpha = pixels[..., 0].copy() if has_alpha else None
    icc = bytes(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb).iccProfile().data())
    doc = desk.open(Document(Photo(pixels, alpha, icc=icc)))
    desk.drag((60, 60), (60, 80))
    desk.fill()
    assert doc.is_modified
    press(desk, Qt.Key.Key_C, CONTROL)
    assert "160 x 120" in desk.program.window.status_line.currentMessage()
    for image in (copied(), as_any_program_reads(copied())):
        photo = photo_of(image)
        assert photo.pixels.dtype == dtype
        assert np.array_equal(photo.pixels, doc.image)
        assert (photo.alpha is None) == (alpha is None)
        assert alpha is None or (photo.alpha is not None and np.array_equal(photo.alpha, alpha))
        assert photo.icc is not None
        assert QColorSpace.fromIccProfile(photo.icc) == QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb)


def test_a_copy_shows_the_moment_it_was_asked_for(desk: Desk) -> None:
    doc = desk.open(document())
    desk.drag((60, 60), (60, 80))
    desk.fill()
    filled = doc.image.copy()
    desk.key(Qt.Key.Key_C, CONTROL)
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.wait(lambda: not desk.program.models.background.is_busy(LANE))
    assert not np.array_equal(doc.image, filled)
    assert np.array_equal(photo_of(copied()).pixels, filled)


def test_the_surroundings_of_the_mask_are_copied(desk: Desk) -> None:
    doc = desk.open(document())
    desk.drag((60, 60), (70, 90))
    box = doc.mask_box
    press(desk, Qt.Key.Key_C, CONTROL | SHIFT)
    assert np.array_equal(photo_of(copied()).pixels, doc.image[box.slices])


def test_a_pasted_picture_keeps_its_depth(desk: Desk) -> None:
    desk.open(Document(Photo(gradient(dtype=np.uint16))))
    press(desk, Qt.Key.Key_C, CONTROL)
    before = desk.document
    desk.key(Qt.Key.Key_V, CONTROL)
    desk.wait(lambda: desk.program.editor.document is not before)
    assert np.array_equal(desk.document.image, gradient(dtype=np.uint16))


def test_a_window_that_goes_while_something_is_copied_troubles_nobody(desk: Desk) -> None:
    desk.open(document())
    window = desk.program.window
    for action in ("copy", "copy_mask"):
        desk.program.window.actions_by_id[action].trigger()
        desk.program.rebuild_window()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        desk.wait(lambda: not desk.program.models.background.is_busy(LANE))
    assert desk.program.window is not window
    press(desk, Qt.Key.Key_C, CONTROL)
    assert np.array_equal(photo_of(copied()).pixels, desk.document.image)


def soft_mask(height: int = 120, width: int = 160) -> Region:
    coverage = np.zeros((height, width), np.uint8)
    coverage[20:60, 30:80] = np.random.default_rng(4).integers(0, 256, (40, 50), np.uint8)
    return Region(Box(0, 0, height, width), coverage)


def test_a_soft_mask_travels_to_another_picture_and_to_other_programs(desk: Desk) -> None:
    desk.open(document())
    region = soft_mask()
    desk.program.editor.apply_region(region, "add", "import")
    press(desk, Qt.Key.Key_C, CONTROL | ALT)
    for image in (copied(), as_any_program_reads(copied())):
        assert np.array_equal(photo_of(image).pixels[..., 1], region.coverage)
    other = desk.open(document())
    desk.key(Qt.Key.Key_V, CONTROL | SHIFT)
    assert np.array_equal(other.mask, region.coverage)
    assert other.history.newest is not None
    assert other.history.newest.name == "import"
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert not other.mask.any()


@pytest.mark.parametrize("data", [b"", b"words", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_damaged_mask_on_the_clipboard_is_refused(desk: Desk, data: bytes) -> None:
    doc = desk.open(document())
    mime = QMimeData()
    mime.setData(MASK_KIND, data)
    QApplication.clipboard().setMimeData(mime)
    desk.key(Qt.Key.Key_V, CONTROL | SHIFT)
    assert not doc.mask.any()
    assert "160 x 120" in desk.program.window.stage.messages.text


def drop(desk: Desk, data: QMimeData, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Drag `data` over the window and let it go there, as a system that proposes to move it."""
    window = desk.program.window
    how = (Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, held)
    enter = QDragEnterEvent(QPoint(400, 300), *how)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    let_go = QDropEvent(QPointF(400, 300), *how)
    QApplication.sendEvent(window, let_go)
    assert let_go.isAccepted()
    assert let_go.dropAction() == Qt.DropAction.CopyAction
    models = desk.program.models
    desk.wait(lambda: not (models.files.is_busy or models.background.is_busy(FILE_LANE)))


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def picture(pixels: Pixels) -> QMimeData:
    height, width = pixels.shape[:2]
    data = QMimeData()
    data.setImageData(QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy())
    data.setUrls([QUrl("https://example.org/cat.png")])
    return data


def test_a_dropped_folder_shows_its_strip(desk: Desk, tmp_path: Path) -> None:
    for name in ("b.png", "a.png"):
        write_image(tmp_path / name, Photo(gradient()))
    drop(desk, files(tmp_path))
    assert desk.document.path == tmp_path / "a.png"
    assert desk.program.window._docks["folder"].isVisible()


def test_a_picture_dragged_from_a_browser_opens(desk: Desk) -> None:
    drop(desk, picture(gradient(50, 70)))
    assert np.array_equal(desk.document.image, gradient(50, 70))


def test_a_mere_web_address_is_explained(desk: Desk) -> None:
    doc = desk.open(document())
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/cat.png")])
    drop(desk, data)
    assert "web address" in desk.program.window.stage.messages.text
    assert desk.document is doc


def test_a_dropped_project_is_taken_up_again(desk: Desk, tmp_path: Path) -> None:
    doc = document()
    doc.mask[10:20, 10:20] = 255
    path = tmp_path / "work.lacuna"
    write_bundle(path, Snapshot.of(doc))
    drop(desk, files(path))
    assert desk.document.project == path
    assert np.array_equal(desk.document.mask, doc.mask)


def test_what_is_dropped_with_alt_is_a_mask(desk: Desk, tmp_path: Path) -> None:
    doc = desk.open(document())
    drop(desk, picture((soft_mask().coverage[..., None] > 100) * np.full(3, 255, np.uint8)), ALT)
    expected = (soft_mask().coverage > 100) * np.uint8(255)
    assert desk.document is doc
    assert np.array_equal(doc.mask, expected)
    desk.key(Qt.Key.Key_D, CONTROL)
    mask = np.zeros((120, 160), np.uint8)
    mask[5:9, 5:50] = 255
    write_mask(tmp_path / "mask.png", mask)
    drop(desk, files(tmp_path / "mask.png"), ALT)
    assert desk.document is doc
    assert np.array_equal(doc.mask, mask)


def test_a_mask_of_another_size_is_refused(desk: Desk) -> None:
    doc = desk.open(document())
    drop(desk, picture(np.full((30, 30, 3), 255, np.uint8)), ALT)
    assert not doc.mask.any()
    assert "160 x 120" in desk.program.window.stage.messages.text


def test_with_alt_and_no_picture_it_is_opened(desk: Desk, tmp_path: Path) -> None:
    write_image(tmp_path / "a.png", Photo(gradient()))
    drop(desk, files(tmp_path / "a.png"), ALT)
    assert np.array_equal(desk.document.image, gradient())


def test_text_is_not_taken(desk: Desk) -> None:
    data = QMimeData()
    data.setText("words")
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, PLAIN)
    enter.ignore()
    QApplication.sendEvent(desk.program.window, enter)
    assert not enter.isAccepted()


def test_an_empty_clipboard_is_no_mask(desk: Desk) -> None:
    desk.open(document())
    failures: list[ErrorReport] = []
    desk.program.window.flow.failed.connect(failures.append)
    QApplication.clipboard().clear()
    desk.key(Qt.Key.Key_V, CONTROL | SHIFT)
    assert [report.message for report in failures] == ["This is no mask of this picture's size."]


def test_a_program_that_ends_leaves_the_mask_as_a_picture(desk: Desk) -> None:
    """What Python put there would outlive Python: Qt crashed on it at the end of the process."""
    desk.open(document())
    desk.drag((60, 80))
    press(desk, Qt.Key.Key_C, CONTROL | ALT)
    before = copied()
    leave_to_others()
    assert not QApplication.clipboard().mimeData().hasFormat(MASK_KIND)
    assert copied() == before
