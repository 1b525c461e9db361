"""Can a mask be reshaped, turned round, dropped, brought back, and carried in and out, without loss?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from app.document.document import Document
from app.panels.dial import Dial
from app.panels.mask_panel import MaskPanel
from app.state.mask_shaping import LANE
from app.windows.mask_flow import LANE as FILE_LANE
from inpainting_core.api import Coverage, MaskShape, read_mask, reshaped, write_mask
from tests.app.conftest import Desk
from tests.app.pictures import document
from tests.harness.hand import SHIFT

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def wait(desk: Desk, lane: str = LANE) -> None:
    desk.wait(lambda: not desk.program.models.background.is_busy(lane))


def painted(desk: Desk) -> Document:
    """Open a picture and paint a ring, so that there is a pinhole to close."""
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_all_sizes(9)
    desk.drag((40, 50), (40, 80), (70, 80), (70, 50), (40, 50))
    return doc


def shaped(doc: Document, shape: MaskShape) -> Coverage:
    region = reshaped(doc.mask, shape)
    coverage = np.zeros(doc.size, np.uint8)
    coverage[region.box.slices] = region.coverage
    return coverage


def turn(desk: Desk, name: str, value: int) -> None:
    dial: Dial = desk.program.window.findChild(MaskPanel)._dials[name]
    dial._number.setValue(value)
    wait(desk)


SHAPES = [
    MaskShape(grow=5),
    MaskShape(grow=-3),
    MaskShape(smooth=3),
    MaskShape(feather=8),
    MaskShape(pinholes=30),
    MaskShape(grow=3, smooth=2, feather=4, pinholes=30),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_panel_reshapes_what_is_filled_and_not_what_is_painted(desk: Desk, shape: MaskShape) -> None:
    doc = painted(desk)
    brushed, image = doc.mask.copy(), doc.image.copy()
    for name in ("grow", "smooth", "feather", "pinholes"):
        if getattr(shape, name):
            turn(desk, name, getattr(shape, name))
    expected = shaped(doc, shape)
    assert np.array_equal(doc.mask, brushed)
    assert np.array_equal(doc.coverage, expected)
    assert doc.mask_area == np.count_nonzero(expected)
    desk.fill()
    assert np.array_equal(desk.filler.requests[-1].mask, expected > 0)
    assert np.array_equal((doc.image != image).any(axis=2) & (expected == 0), np.zeros(doc.size, np.bool_))
    assert not doc.mask.any()
    wait(desk)
    assert not doc.coverage.any()
    desk.key(Qt.Key.Key_Z, CONTROL)
    wait(desk)
    assert np.array_equal(doc.image, image)
    assert np.array_equal(doc.coverage, expected)


def test_a_parameter_is_one_step_however_it_was_turned_and_is_undone(desk: Desk) -> None:
    doc = painted(desk)
    steps = len(doc.history.done)
    for value in (1, 4, 9):
        turn(desk, "grow", value)
    assert len(doc.history.done) == steps + 1
    desk.key(Qt.Key.Key_BracketRight, CONTROL)
    wait(desk)
    assert np.array_equal(doc.coverage, shaped(doc, MaskShape(grow=10)))
    desk.key(Qt.Key.Key_Z, CONTROL)
    wait(desk)
    assert doc.settings.mask_shape.is_neutral
    assert np.array_equal(doc.coverage, doc.mask)
    assert desk.program.window.findChild(MaskPanel)._dials["grow"].value == 0
    desk.key(Qt.Key.Key_Y, CONTROL)
    wait(desk)
    assert np.array_equal(doc.coverage, shaped(doc, MaskShape(grow=10)))


@pytest.mark.parametrize("erases", [False, True])
def test_a_stroke_that_changes_nothing_leaves_the_reshaped_mask(desk: Desk, erases: bool) -> None:
    doc = painted(desk)
    turn(desk, "grow", 6 if erases else -3)
    expected = shaped(doc, doc.settings.mask_shape)
    brushed, steps = doc.mask.copy(), len(doc.history.done)
    desk.key(Qt.Key.Key_E if erases else Qt.Key.Key_B)
    desk.program.state.set_brush_size(5)
    desk.drag((30, 55) if erases else (38, 55), (30, 75) if erases else (38, 75))
    wait(desk)
    assert np.array_equal(doc.mask, brushed)
    assert len(doc.history.done) == steps
    assert np.array_equal(doc.coverage, expected)
    assert doc.mask_area == np.count_nonzero(expected)


def test_enter_at_once_waits_for_the_reshaped_mask(desk: Desk) -> None:
    doc = painted(desk)
    desk.program.window.findChild(MaskPanel)._dials["grow"]._number.setValue(6)
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: bool(desk.filler.requests))
    wanted = np.zeros(doc.size, np.uint8)
    wanted[...] = shaped_of_undone(desk, MaskShape(grow=6))
    assert np.array_equal(desk.filler.requests[0].mask, wanted > 0)


def shaped_of_undone(desk: Desk, shape: MaskShape) -> Coverage:
    """Take the fill back and return the painted mask, reshaped."""
    desk.wait(lambda: not desk.program.filling.is_busy)
    desk.key(Qt.Key.Key_Z, CONTROL)
    return shaped(desk.document, shape)


def test_a_fill_that_waits_for_its_mask_can_be_called_off(desk: Desk) -> None:
    painted(desk)
    dial = desk.program.window.findChild(MaskPanel)._dials["grow"]
    dial._number.setValue(6)
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Escape)
    wait(desk)
    desk.drag((100, 20))
    wait(desk)
    desk.qtbot.wait(20)
    assert desk.filler.requests == []


def test_a_fill_that_waited_for_a_mask_that_was_given_up_does_not_start_later(desk: Desk) -> None:
    painted(desk)
    dial = desk.program.window.findChild(MaskPanel)._dials["grow"]
    dial._number.setValue(6)
    desk.key(Qt.Key.Key_Return)
    dial._number.setValue(0)
    desk.wait(lambda: not desk.program.filling.is_busy)
    count = len(desk.filler.requests)
    desk.drag((100, 20))
    desk.qtbot.wait(20)
    assert len(desk.filler.requests) == count


def test_all_invert_clear_and_the_last_mask_again(desk: Desk) -> None:
    doc = painted(desk)
    mask = doc.mask.copy()
    desk.key(Qt.Key.Key_I, CONTROL | SHIFT)
    assert np.array_equal(doc.mask, 255 - mask)
    desk.key(Qt.Key.Key_I, CONTROL | SHIFT)
    assert np.array_equal(doc.mask, mask)
    desk.key(Qt.Key.Key_D, CONTROL)
    assert not doc.mask.any()
    desk.key(Qt.Key.Key_D, CONTROL | SHIFT)
    assert np.array_equal(doc.mask, mask)
    desk.fill()
    assert not doc.mask.any()
    desk.key(Qt.Key.Key_A, CONTROL)
    assert (doc.mask == 255).all()
    desk.key(Qt.Key.Key_D, CONTROL | SHIFT)
    assert np.array_equal(doc.mask, mask)
    names = ["paint", "invert", "invert", "clear", "last_mask", "fill", "all", "last_mask"]
    assert [step.edit.name for step in doc.history.done] == names
    for _ in names:
        desk.key(Qt.Key.Key_Z, CONTROL)
    assert not doc.mask.any()
    assert not doc.history.can_undo


def test_a_mask_goes_out_as_it_would_be_filled_and_comes_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = painted(desk)
    turn(desk, "grow", 4)
    path = tmp_path / "mask.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    desk.key(Qt.Key.Key_S, CONTROL | ALT)
    desk.wait(lambda: not desk.program.files.is_busy)
    assert np.array_equal(read_mask(path, doc.size), doc.coverage > 0)
    turn(desk, "grow", 0)
    grown = shaped(doc, MaskShape(grow=4))
    desk.key(Qt.Key.Key_D, CONTROL)
    desk.key(Qt.Key.Key_O, CONTROL | ALT)
    wait(desk, FILE_LANE)
    assert np.array_equal(doc.mask, grown)


def test_a_saved_mask_comes_back_as_soft_as_it_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = painted(desk)
    turn(desk, "feather", 6)
    soft = doc.coverage.copy()
    assert np.count_nonzero((soft > 8) & (soft < 247)) > 20
    path = tmp_path / "mask.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    desk.key(Qt.Key.Key_S, CONTROL | ALT)
    desk.wait(lambda: not desk.program.files.is_busy)
    turn(desk, "feather", 0)
    desk.key(Qt.Key.Key_D, CONTROL)
    desk.key(Qt.Key.Key_O, CONTROL | ALT)
    wait(desk, FILE_LANE)
    assert np.array_equal(doc.mask, np.where(soft < 8, 0, np.where(soft > 247, 255, soft)))


def test_a_mask_that_arrives_after_its_picture_has_gone_is_dropped(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = desk.open(document())
    path = tmp_path / "mask.png"
    write_mask(path, np.full(doc.size, 255, np.uint8))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    desk.key(Qt.Key.Key_O, CONTROL | ALT)
    other = desk.open(document(40, 50))
    wait(desk, FILE_LANE)
    assert not other.mask.any()


def test_what_is_bright_on_the_clipboard_is_added(desk: Desk) -> None:
    doc = painted(desk)
    mask = doc.mask.copy()
    copied = np.zeros((*doc.size, 4), np.uint8)
    copied[..., 3] = 255
    copied[10:20, 10:30, :3] = 200
    copied[12, 12, 3] = 10
    QApplication.clipboard().setImage(
        QImage(copied.data, doc.size.w, doc.size.h, QImage.Format.Format_RGBA8888).copy()
    )
    desk.key(Qt.Key.Key_V, CONTROL | SHIFT)
    mask[10:20, 10:30] = 255
    mask[12, 12] = 0
    assert np.array_equal(doc.mask, mask)
    QApplication.clipboard().setImage(QImage(3, 3, QImage.Format.Format_RGB888))
    desk.key(Qt.Key.Key_V, CONTROL | SHIFT)
    assert np.array_equal(doc.mask, mask)
    assert "160 x 120" in desk.program.window.stage.messages.text
