"""Do before, split, side by side, difference and the source views show what they say, pixel by pixel?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.document.document import Document
from app.state.view_state import OverlayKind
from inpainting_core.api import Box, Pixels
from tests.app.conftest import Desk
from tests.app.pictures import document
from tests.harness.hand import LEFT, SHIFT, Hand

CAPTION_PX = 44
"""So far from the top captions reach."""
LINE_PX = 10
"""So far from the split its line and its handle reach."""


@pytest.fixture
def filled(desk: Desk) -> tuple[Desk, Pixels]:
    """Return the editor with a wide hole filled, at 100 %, no marks on it, and the original."""
    doc = desk.open(document(500, 700))
    original = doc.image.copy()
    desk.canvas.zoom_to(1.0)
    desk.program.state.set_all_sizes(41)
    desk.drag((250, 120), (250, 600))
    desk.fill()
    desk.key(Qt.Key.Key_H)
    assert not np.array_equal(original, doc.image)
    return desk, original


def screen(desk: Desk) -> np.ndarray:
    """Return what the canvas shows, (height, width, 3) uint8."""
    QApplication.processEvents()
    image = desk.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def laid(desk: Desk, pixels: Pixels, pane: QRect, offset: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return what a pane must show of `pixels` at 100 %, and where it shows them at all."""
    height, width = desk.canvas.height(), desk.canvas.width()
    view = desk.canvas.viewpoint
    assert view.zoom == 1.0
    top, left = round(view.top), round(view.left) + offset
    expected, known = np.zeros((height, width, 3), np.uint8), np.zeros((height, width), np.bool_)
    place = Box(top, left, *pixels.shape[:2])
    seen = place.intersect(Box(pane.top(), pane.left(), pane.height(), pane.width()))
    expected[seen.slices] = pixels[seen.shift(-top, -left).slices]
    known[seen.slices] = True
    known[:CAPTION_PX] = False
    return expected, known


def check(desk: Desk, shown: np.ndarray, pixels: Pixels, pane: QRect, offset: int = 0) -> None:
    expected, known = laid(desk, pixels, pane, offset)
    assert known.sum() > 20_000
    assert np.array_equal(shown[known], expected[known])


def halves(desk: Desk, at: int) -> tuple[QRect, QRect]:
    height, width = desk.canvas.height(), desk.canvas.width()
    return (
        QRect(0, 0, at - LINE_PX, height),
        QRect(at + LINE_PX, 0, width - at - LINE_PX, height),
    )


def test_the_split_shows_before_on_its_left_and_after_on_its_right(filled: tuple[Desk, Pixels]) -> None:
    desk, original = filled
    desk.key(Qt.Key.Key_C)
    at = round(desk.canvas.width() / 2)
    shown = screen(desk)
    left, right = halves(desk, at)
    check(desk, shown, original, left)
    check(desk, shown, desk.document.image, right)
    hand = Hand(desk.canvas)
    there = at - 140
    hand.press(QPoint(at, 300))
    hand.move(QPoint(at - 40, 300), LEFT)
    hand.move(QPoint(there, 310), LEFT)
    hand.release(QPoint(there, 310))
    shown = screen(desk)
    left, right = halves(desk, there)
    check(desk, shown, original, left)
    check(desk, shown, desk.document.image, right)
    assert not desk.document.mask.any()
    desk.key(Qt.Key.Key_C)
    check(desk, screen(desk), desk.document.image, desk.canvas.rect())


def test_before_is_shown_while_its_key_is_held(filled: tuple[Desk, Pixels]) -> None:
    desk, original = filled
    QTest.keyPress(desk.canvas, Qt.Key.Key_Backslash)
    check(desk, screen(desk), original, desk.canvas.rect())
    QTest.keyRelease(desk.canvas, Qt.Key.Key_Backslash)
    check(desk, screen(desk), desk.document.image, desk.canvas.rect())


def test_blinking_shows_both_in_turn_and_ends_with_after(filled: tuple[Desk, Pixels]) -> None:
    desk, original = filled
    desk.key(Qt.Key.Key_B, SHIFT)
    desk.wait(lambda: desk.program.state.compare == "before")
    check(desk, screen(desk), original, desk.canvas.rect())
    desk.wait(lambda: desk.program.state.compare == "off")
    check(desk, screen(desk), desk.document.image, desk.canvas.rect())
    desk.key(Qt.Key.Key_B, SHIFT)
    assert desk.program.state.compare == "off"


def test_the_difference_is_four_times_as_strong(filled: tuple[Desk, Pixels]) -> None:
    desk, original = filled
    desk.key(Qt.Key.Key_D)
    apart = np.abs(original.astype(int) - desk.document.image.astype(int))
    check(desk, screen(desk), np.minimum(4 * apart, 255).astype(np.uint8), desk.canvas.rect())


def test_side_by_side_shows_the_same_place_twice(filled: tuple[Desk, Pixels]) -> None:
    desk, original = filled
    desk.key(Qt.Key.Key_C, SHIFT)
    desk.canvas.zoom_to(1.0)
    middle = round(desk.canvas.width() / 2)
    shown = screen(desk)
    left, right = halves(desk, middle)
    check(desk, shown, original, left)
    check(desk, shown, desk.document.image, right, offset=middle)
    desk.key(Qt.Key.Key_Escape)
    assert desk.program.state.compare == "off"


def test_painting_in_the_right_half_of_two_panes_marks_what_is_seen_there(desk: Desk) -> None:
    doc = desk.open(document(300, 300))
    desk.key(Qt.Key.Key_C, SHIFT)
    desk.canvas.zoom_to(1.0)
    desk.program.state.set_all_sizes(1)
    spot = desk.at(100, 120)
    Hand(desk.canvas).click(spot + QPoint(round(desk.canvas.width() / 2), 0))
    assert np.argwhere(doc.mask).tolist() == [[100, 120]]


def show(desk: Desk, kind: OverlayKind) -> None:
    state = desk.program.state
    state.set_overlay(replace(state.overlay, kind=kind, opacity=1.0))
    state.show_overlay(True)
    desk.wait(lambda: not desk.program.models.background.is_busy("source views"))


def changed_pixels(desk: Desk, doc: Document) -> np.ndarray:
    """Return (H, W) bool: where the screen at 100 % does not show the picture."""
    expected, known = laid(desk, doc.image, desk.canvas.rect())
    view = desk.canvas.viewpoint
    differs = (screen(desk) != expected).any(axis=2) & known
    top, left = round(view.top), round(view.left)
    return differs[top : top + doc.size.h, left : left + doc.size.w]


@pytest.mark.parametrize("kind", ["wheel", "confidence", "density", "arrows"])
def test_each_view_is_painted_where_it_belongs(filled: tuple[Desk, Pixels], kind: OverlayKind) -> None:
    desk, _original = filled
    doc = desk.document
    hole = doc.provenance.owner > 0
    sources = np.roll(hole, -20, axis=1)
    show(desk, kind)
    changed = changed_pixels(desk, doc)
    allowed = {"wheel": hole, "confidence": hole, "density": hole | sources, "arrows": np.ones_like(hole)}
    must = {"wheel": hole, "confidence": hole, "density": sources & ~hole, "arrows": np.zeros_like(hole)}
    assert not (changed & ~allowed[kind]).any()
    assert (changed & must[kind]).sum() >= 0.98 * must[kind].sum()
    assert changed.sum() > 500
    if kind == "arrows":
        rows = np.flatnonzero(changed.any(axis=1))
        assert 215 < rows[0] <= rows[-1] < 285
    desk.key(Qt.Key.Key_O)
    assert not changed_pixels(desk, doc).any()


def test_compare_is_off_again_with_another_picture(filled: tuple[Desk, Pixels]) -> None:
    desk, _original = filled
    desk.key(Qt.Key.Key_C)
    desk.open(document())
    assert desk.program.state.compare == "off"
    assert not desk.program.window.actions_by_id["split"].isChecked()
