"""Does the export dialog offer what can be, and say what it will do?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.dialogs.export import ExportChoices, ExportDialog, format_of, summary_of
from inpainting_core.api import Encoding, Photo

Ask = Callable[..., ExportDialog]
CANNOT_HOLD_16 = {"JPEG", "WebP", "AVIF", "BMP"}


@pytest.fixture
def ask(tmp_path: Path, qtbot: QtBot) -> Iterator[Ask]:
    dialogs: list[ExportDialog] = []

    def make(photo: Photo, name: str = "beach_edit.jpg", original: str = "beach.jpg") -> ExportDialog:
        dialog = ExportDialog(summary_of(photo, tmp_path / name, tmp_path / original, 1234))
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        dialogs.append(dialog)
        return dialog

    yield make
    for dialog in dialogs:
        dialog.hide()


def photo(depth: type[np.uint8] | type[np.uint16] = np.uint8, **changes: Any) -> Photo:
    return Photo(np.zeros((6, 8, 3), depth), **{"encoding": Encoding("JPEG"), **changes})


def take(dialog: ExportDialog, name: str) -> None:
    """Choose a format with the arrow keys."""
    wanted = dialog.format.findText(name)
    while (at := dialog.format.currentIndex()) != wanted:
        QTest.keyClick(dialog.format, Qt.Key.Key_Down if at < wanted else Qt.Key.Key_Up)


def test_a_jpeg_is_proposed_as_it_was(ask: Ask, tmp_path: Path) -> None:
    dialog = ask(photo(exif=b"x"))
    assert dialog.choices == ExportChoices(tmp_path / "beach_edit.jpg", None, True)
    assert "JPEG compresses anew" in dialog.words.text()
    assert dialog.name.selectedText() == "beach_edit"
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.result() == ExportDialog.DialogCode.Accepted.value


def test_quality_is_chosen_once_it_shall_not_be_the_sources(ask: Ask) -> None:
    dialog = ask(photo())
    QTest.mouseClick(dialog.like_source, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.like_source, Qt.MouseButton.LeftButton)
    assert dialog.choices.quality is None
    dialog.like_source.setFocus()
    QTest.keyClick(dialog.like_source, Qt.Key.Key_Space)
    assert dialog.choices.quality == 95
    QTest.keyClick(dialog.quality, Qt.Key.Key_Left)
    assert dialog.choices.quality == 94
    assert dialog.percent.text() == "94"


def test_formats_follow_the_name_and_the_name_the_format(ask: Ask, tmp_path: Path) -> None:
    dialog = ask(photo())
    take(dialog, "PNG")
    assert dialog.choices == ExportChoices(tmp_path / "beach_edit.png", None, True)
    assert dialog.words.text().startswith("Lossless: 0 of")
    assert not dialog.like_source.isVisible()
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "a.b.webp")
    assert dialog.format.currentText() == "WebP"
    assert dialog.choices == ExportChoices(tmp_path / "a.b.webp", 95, True)
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "a.b")
    assert not dialog.write.isEnabled()
    assert "ending .webp" in dialog.words.text()
    take(dialog, "TIFF")
    assert dialog.name.text() == "a.b.tif"
    assert dialog.write.isEnabled()


@pytest.mark.parametrize("ending", ["jpg", "jpeg", "JPG", "tif", "tiff", "avif", "bmp", "png", "webp"])
def test_every_known_ending_names_its_format(ending: str) -> None:
    names = {"jpg": "JPEG", "jpeg": "JPEG", "tif": "TIFF", "tiff": "TIFF", "webp": "WebP"}
    assert format_of(Path(f"x.{ending}")) == names.get(ending.lower(), ending.upper())
    assert format_of(Path("x")) == format_of(Path("x.doc")) == ""


def test_what_cannot_hold_the_picture_is_not_offered(ask: Ask) -> None:
    dialog = ask(photo(np.uint16, encoding=Encoding("TIFF")), "deep.jpg")
    model = dialog.format.model()
    assert isinstance(model, QStandardItemModel)
    rows = range(dialog.format.count())
    assert {dialog.format.itemText(row) for row in rows if not model.item(row).isEnabled()} == CANNOT_HOLD_16
    assert all(dialog.format.itemData(row, Qt.ItemDataRole.ToolTipRole) for row in (0, 3, 4, 5))
    assert dialog.choices.path.name == "deep.png"
    assert "16 bits" in dialog.words.text()


def test_transparency_forbids_what_cannot_show_it(tmp_path: Path, qapp: QApplication) -> None:
    alpha = np.zeros((6, 8), np.uint8)
    assert set(summary_of(photo(alpha=alpha), tmp_path / "a.png", None, 0).refusals) == {"JPEG", "BMP"}
    assert dict(summary_of(photo(alpha=alpha + 255), tmp_path / "a.png", None, 0).refusals) == {}


def test_a_lossless_webp_stays_so_until_a_quality_is_asked_for(ask: Ask) -> None:
    source = Encoding("WebP", MappingProxyType({"lossless": True}))
    dialog = ask(photo(encoding=source), "a.webp")
    assert dialog.words.text().startswith("Lossless")
    dialog.like_source.setFocus()
    QTest.keyClick(dialog.like_source, Qt.Key.Key_Space)
    assert "WebP compresses anew" in dialog.words.text()


def test_metadata_can_be_left_out_where_there_are_any(ask: Ask) -> None:
    dialog = ask(photo(exif=b"x"))
    dialog.metadata.setFocus()
    QTest.keyClick(dialog.metadata, Qt.Key.Key_Space)
    assert dialog.choices.keeps_metadata is False
    assert "Metadata are left out" in dialog.words.text()
    take(dialog, "BMP")
    assert "no metadata" in dialog.words.text()
    bare = ask(photo())
    assert not bare.metadata.isEnabled()
    assert bare.choices.keeps_metadata is True


def test_replacing_is_said_before_it_is_done(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "there.jpg").write_bytes(b"")
    (tmp_path / "beach.jpg").write_bytes(b"")
    dialog = ask(photo())
    assert dialog.write.text() == "Export"
    for name, words in (("there", "A file of this name"), ("beach", "the original photograph")):
        dialog.name.selectAll()
        QTest.keyClicks(dialog.name, f"{name}.jpg")
        assert words in dialog.words.text()
        assert dialog.write.text() == "Replace"


def test_a_folder_that_is_gone_is_said_and_another_can_be_chosen(ask: Ask, tmp_path: Path) -> None:
    dialog = ask(photo(), "gone/beach_edit.jpg")
    assert not dialog.write.isEnabled()
    assert "no such folder" in dialog.words.text()
    (tmp_path / "gone").mkdir()
    QTest.keyClicks(dialog.name, "beach")  # over the chosen stem
    assert dialog.write.isEnabled()
    assert dialog.choices.path == tmp_path / "gone" / "beach.jpg"


def test_escape_leaves_everything(ask: Ask) -> None:
    dialog = ask(photo())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == ExportDialog.DialogCode.Rejected.value
    assert not dialog.isVisible()
