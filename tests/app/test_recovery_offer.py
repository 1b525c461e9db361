"""Is all that a killed program left behind offered, restored exactly, and never removed unasked?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from app.dialogs.recovered import RecoveredDialog
from app.document.bundle import read_bundle
from app.preferences import PreferenceStore
from app.state.models import Models
from app.state.recovery import Recovery
from inpainting_core.api import Photo, write_image
from tests.app.bundles import assert_same
from tests.app.conftest import Desk
from tests.app.kept import bundles, keep, left_behind, only, recovery_of
from tests.app.pictures import document, gradient
from tests.harness.fake_filler import FakeFiller

ROOT = Path(__file__).parents[2]
CHILD = """
import sys
from dataclasses import replace
from pathlib import Path
import numpy as np
from PySide6.QtCore import QTimer
from app.application import Program, make_application
from app.preferences import PreferenceStore
from inpainting_core.api import MaskShape, Nib, Point
from tests.harness.fake_filler import FakeFiller

folder, photo = Path(sys.argv[1]), Path(sys.argv[2])
application = make_application()
program = Program(FakeFiller(), PreferenceStore(folder.parent / "preferences.toml"))
program.window.show()
program.keep_safe(folder)
editor = program.editor

def stroke(start, end):
    editor.begin_painting(paints=True)
    editor.draw(Point(*start), Point(*end), Nib(12))
    editor.end_stroke()

def until(condition):
    while not condition():
        application.processEvents()

program.window.flow.open(photo)
until(lambda: editor.document is not None)
kept = []
program.recovery.kept.connect(lambda: kept.append(1))
stroke((40, 40), (60, 90))
program.filling.start()
until(lambda: kept)
print("filled", flush=True)
stroke((80, 20), (90, 30))
program.filling.start()
until(lambda: len(kept) == 2)
stroke((10, 100), (30, 120))
editor.change_settings(replace(editor.settings, mask_shape=MaskShape(grow=2)), "shape")
editor.begin_rules(0)
editor.draw(Point(100, 100), Point(110, 140), Nib(9))
editor.end_stroke()
program.recovery.keep()
until(lambda: len(kept) == 3)
document = editor.document
np.savez(
    folder.parent / "expected.npz", image=document.image, mask=document.mask, rules=document.rules,
    owner=document.provenance.owner, offsets=document.provenance.fills[1].field.offsets,
    grow=document.settings.mask_shape.grow, fills=len(document.provenance.fills),
)
print("kept", flush=True)
QTimer.singleShot(60_000, application.quit)
application.exec()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Models]:
    """Another editor, without a window."""
    models = Models(FakeFiller(), PreferenceStore(tmp_path / "other.toml"))
    yield models
    assert models.shutdown()


def offered(desk: Desk) -> RecoveredDialog:
    dialogs = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, RecoveredDialog)]
    dialog = next(dialog for dialog in dialogs if dialog.isVisible())
    assert dialog.parent() is desk.program.window
    return dialog


def press(dialog: RecoveredDialog, text: str) -> None:
    button = next(button for button in dialog.findChildren(QPushButton) if button.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_was_left_behind_is_offered_and_restored(desk: Desk, folder: Path) -> None:
    doc = left_behind(folder)
    desk.program.keep_safe(folder)
    dialog = offered(desk)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "beach.jpg" in texts
    assert any(text.startswith("Kept ") for text in texts)
    assert any(not label.pixmap().isNull() for label in dialog.findChildren(QLabel))
    press(dialog, "Restore")
    desk.wait(lambda: desk.program.editor.document is not None)
    assert_same(doc, desk.document)
    assert desk.program.editor.is_modified
    assert desk.program.window.windowTitle().startswith("beach.jpg")
    path = only(bundles(folder))
    desk.drag((90, 90))
    keep(desk)
    assert only(bundles(folder)) == path
    assert_same(desk.document, read_bundle(path))


def test_a_restored_picture_that_is_saved_leaves_nothing(desk: Desk, folder: Path, tmp_path: Path) -> None:
    left_behind(folder)
    desk.program.keep_safe(folder)
    press(offered(desk), "Restore")
    desk.wait(lambda: desk.program.editor.document is not None)
    desk.program.window.flow.write(tmp_path / "saved.png")
    desk.wait(lambda: bundles(folder) == [])
    assert not desk.program.editor.is_modified


def test_later_means_later(desk: Desk, folder: Path, other: Models) -> None:
    doc = left_behind(folder)
    desk.program.keep_safe(folder)
    press(offered(desk), "Later")
    assert desk.program.editor.document is None
    desk.open(document(50, 60))
    desk.drag((20, 20))
    keep(desk)
    recovery_of(desk).close()
    assert_same(doc, read_bundle(only(bundles(folder))))
    recovery = Recovery(other, folder)
    assert [found.place.path.name for found in recovery.find()] == ["1-1.lacuna"]
    recovery.close()


def test_discarding_asks_and_then_removes(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_behind(folder)
    left_behind(folder, "2-2.lacuna")
    desk.program.keep_safe(folder)
    dialog = offered(desk)
    monkeypatch.setattr(QMessageBox, "warning", lambda *_args: QMessageBox.StandardButton.Cancel)
    press(dialog, "Discard")
    assert len(bundles(folder)) == 2
    monkeypatch.setattr(QMessageBox, "warning", lambda *_args: QMessageBox.StandardButton.Discard)
    press(dialog, "Discard")
    assert len(bundles(folder)) == 1
    assert dialog.isVisible()
    rest = [button for button in dialog.findChildren(QPushButton) if button.text() == "Discard"]
    QTest.mouseClick(next(button for button in rest if button.isVisible()), Qt.MouseButton.LeftButton)
    assert bundles(folder) == []
    assert not dialog.isVisible()


def test_a_damaged_bundle_is_shown_but_not_opened_and_not_removed(desk: Desk, folder: Path) -> None:
    left_behind(folder)
    path = only(bundles(folder))
    path.write_bytes(path.read_bytes()[:-100])
    desk.program.keep_safe(folder)
    dialog = offered(desk)
    assert [button.text() for button in dialog.findChildren(QPushButton)] == ["Discard", "Later"]
    press(dialog, "Later")
    assert path.is_file()


def test_after_a_kill_the_next_start_offers_exactly_what_was(
    desk: Desk, folder: Path, tmp_path: Path, other: Models
) -> None:
    photo = tmp_path / "photo.png"
    write_image(photo, Photo(gradient()))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(photo)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert child.stdout is not None
        assert [child.stdout.readline().strip() for _ in range(2)] == ["filled", "kept"]
        living = Recovery(other, folder)
        assert living.find() == ()
        living.close()
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=20)
    desk.program.keep_safe(folder)
    press(offered(desk), "Restore")
    desk.wait(lambda: desk.program.editor.document is not None)
    doc, expected = desk.document, np.load(tmp_path / "expected.npz")
    np.testing.assert_array_equal(doc.image, expected["image"])
    np.testing.assert_array_equal(doc.mask, expected["mask"])
    np.testing.assert_array_equal(doc.rules, expected["rules"])
    np.testing.assert_array_equal(doc.provenance.owner, expected["owner"])
    field = doc.provenance.fills[1].field
    assert field is not None
    np.testing.assert_array_equal(field.offsets, expected["offsets"])
    assert len(doc.provenance.fills) == expected["fills"]
    assert doc.settings.mask_shape.grow == expected["grow"]
    assert doc.path == photo
    assert desk.program.editor.is_modified
