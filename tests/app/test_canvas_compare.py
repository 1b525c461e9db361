"""Are before and after shown side by side pixel by pixel, and is every pane a place to work in?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.panes import CompareMode
from app.canvas.surface import SURROUND
from app.document.document import Document
from inpainting_core.api import Box, Photo, Point
from tests.app.conftest import Desk
from tests.app.pictures import gradient
from tests.app.test_canvas_sampling import as_array

CHANGED = Box(20, 30, 60, 90)


def changed_document() -> tuple[Document, np.ndarray]:
    """Return a document whose pixels in `CHANGED` are other ones, and its picture before."""
    before = gradient()
    doc = Document(Photo(before.copy()))
    pixels = doc.writable_pixels(CHANGED)
    pixels[CHANGED.slices] = np.clip(pixels[CHANGED.slices].astype(int) + 9, 0, 255)
    doc.show(CHANGED)
    return doc, before


def shown(desk: Desk, mode: CompareMode, zoom: float = 1.0) -> np.ndarray:
    desk.program.state.set_compare(mode)
    desk.canvas.leaveEvent(None)
    desk.canvas.zoom_to(zoom)
    return as_array(desk.canvas.grab().toImage())


def window(desk: Desk, offset: int = 0) -> tuple[slice, slice]:
    view, size = desk.canvas.viewpoint, desk.canvas.picture_size
    left, top = round(view.left) + offset, round(view.top)
    return slice(top, top + round(size.h * view.scale)), slice(left, left + round(size.w * view.scale))


@pytest.mark.parametrize(("mode", "zoom"), [("before", 1.0), ("off", 1.0), ("before", 3.0)])
def test_before_and_after_fill_the_canvas(desk: Desk, mode: CompareMode, zoom: float) -> None:
    doc, before = changed_document()
    desk.open(doc)
    picture = shown(desk, mode, zoom)[window(desk)]
    expected = before if mode == "before" else doc.image
    assert np.array_equal(picture, expected.repeat(int(zoom), axis=0).repeat(int(zoom), axis=1))


def test_from_afar_before_is_the_mean_of_the_original(desk: Desk) -> None:
    rng = np.random.default_rng(0)
    before = rng.integers(0, 256, (600, 800, 3), np.uint8)
    doc = Document(Photo(before.copy()))
    doc.writable_pixels(Box(100, 100, 300, 300))[100:400, 100:400] = 0
    doc.show(Box(100, 100, 300, 300))
    desk.open(doc)
    picture = shown(desk, "before", 0.5)[window(desk)]
    mean = before.reshape(300, 2, 400, 2, 3).astype(float).mean(axis=(1, 3))
    assert np.abs(picture - mean).max() <= 0.5


def test_the_split_shows_before_left_of_it_and_after_right_of_it(desk: Desk) -> None:
    doc, before = changed_document()
    desk.open(doc)
    desk.canvas.set_split(0.5)
    picture = shown(desk, "split")
    rows, columns = window(desk)
    middle = round(desk.canvas.width() / 2)
    for x in (middle - 20, middle + 20):
        expected = before if x < middle else doc.image
        assert np.array_equal(picture[rows, x][:40], expected[:40, x - columns.start])  # above the grip


def test_the_splits_line_is_dragged_and_nothing_is_painted_by_that(desk: Desk) -> None:
    doc, before = changed_document()
    desk.open(doc)
    desk.canvas.set_split(0.5)
    shown(desk, "split")
    rows, columns = window(desk)
    line = QPoint(round(desk.canvas.width() / 2), desk.canvas.height() // 2)
    to = QPoint(columns.start + 110, line.y())
    QTest.mousePress(desk.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, line)
    assert desk.canvas.cursor().shape() == Qt.CursorShape.SplitHCursor
    QTest.mouseMove(desk.canvas, to)
    QTest.mouseRelease(desk.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, to)
    desk.canvas.leaveEvent(None)
    picture = as_array(desk.canvas.grab().toImage())[rows, columns][:40]
    assert np.array_equal(picture[:, :105], before[:40, :105])
    assert np.array_equal(picture[:, 115:], doc.image[:40, 115:])
    assert not doc.mask.any()


def test_two_panes_show_the_same_place_and_both_are_painted_in(desk: Desk) -> None:
    doc, before = changed_document()
    desk.open(doc)
    desk.program.state.set_brush_size(1)
    picture = shown(desk, "side_by_side")
    half = round(desk.canvas.width() / 2)
    assert np.array_equal(picture[window(desk)], before)
    assert np.array_equal(picture[window(desk, half)], doc.image)
    desk.canvas.pan(-40, 10)
    moved = as_array(desk.canvas.grab().toImage())
    assert np.array_equal(moved[window(desk)], before)
    assert np.array_equal(moved[window(desk, half)], doc.image)
    for pixel, offset in ((Point(40, 50), 0), (Point(60, 70), half)):
        spot = desk.at(*pixel) + QPoint(offset, 0)
        QTest.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        assert doc.mask[pixel] == 255
    assert np.count_nonzero(doc.mask) == 2


def test_the_difference_is_four_times_as_strong_and_black_where_nothing_changed(desk: Desk) -> None:
    doc, before = changed_document()
    desk.open(doc)
    picture = shown(desk, "difference")[window(desk)]
    expected = 4 * cv2.absdiff(doc.image, before)
    assert np.array_equal(picture, expected)
    assert expected.max() == 36


def test_outside_the_picture_every_pane_is_grey(desk: Desk) -> None:
    doc, _ = changed_document()
    desk.open(doc)
    picture = shown(desk, "side_by_side")
    bottom = picture[-3]
    bottom = np.delete(
        bottom, np.arange(round(desk.canvas.width() / 2) - 3, desk.canvas.width() // 2 + 3), axis=0
    )
    assert {tuple(pixel) for pixel in bottom.tolist()} == {SURROUND.getRgb()[:3]}


def test_the_ants_march_only_while_they_are_seen(desk: Desk) -> None:
    desk.open(changed_document()[0])
    ants, state = desk.program.window.stage.ants, desk.program.state
    assert not ants.are_marching
    state.set_mask_look(type(state.mask)(style="ants"))
    assert ants.are_marching
    desk.program.window.hide()
    QApplication.processEvents()
    desk.wait(lambda: not ants.are_marching)
    desk.program.window.show()
    desk.wait(lambda: ants.are_marching)
    state.set_mask_look(type(state.mask)(style="outline"))
    assert not ants.are_marching


def test_each_step_of_the_ants_moves_their_dashes_and_nothing_else(desk: Desk) -> None:
    doc = desk.open(changed_document()[0])
    state = desk.program.state
    state.set_mask_look(type(state.mask)(style="ants"))
    desk.program.window.stage.ants._timer.stop()
    state.set_brush_size(31)
    desk.drag((60, 60))
    first = shown(desk, "off", 3.0)
    desk.program.window.stage.ants._on_timer_timeout()
    second = as_array(desk.canvas.grab().toImage())
    changed = (first != second).any(axis=2)
    assert changed.any()
    black_or_white = {(0, 0, 0), (255, 255, 255)}
    assert {tuple(pixel) for pixel in second[changed].tolist()} <= black_or_white
    hole = np.zeros(changed.shape, np.uint8)
    hole[window(desk)] = doc.mask.repeat(3, axis=0).repeat(3, axis=1)
    square = np.ones((3, 3), np.uint8)
    rim = (cv2.dilate(hole, square) > 0) & (cv2.erode(hole, square) == 0)
    assert not (changed & ~rim).any()
    assert {tuple(pixel) for pixel in second[rim].tolist()} == black_or_white


def test_the_outline_is_of_two_tones_and_its_inside_is_the_picture(desk: Desk) -> None:
    doc = desk.open(changed_document()[0])
    state = desk.program.state
    state.set_mask_look(type(state.mask)(style="outline"))
    state.set_brush_size(31)
    desk.drag((60, 60))
    desk.canvas.leaveEvent(None)
    picture = shown(desk, "off", 3.0)[window(desk)]
    plain = doc.image.repeat(3, axis=0).repeat(3, axis=1)
    row = (picture[181] != plain[181]).any(axis=1)
    left, right = 3 * 45, 3 * 76  # the hole's columns in row 60
    assert np.flatnonzero(row).tolist() == [left - 1, left, right - 1, right]
    assert tuple(picture[181, left]) == QColor(state.mask.colour).getRgb()[:3]
    assert picture[181, left - 1].max() <= 0.31 * plain[181, left - 1].max() + 1
