"""Does a device pixel show what lies under its middle, however it came to be painted?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QApplication

from app.canvas.kept import KeptLook
from app.canvas.layers import MaskLayer, PictureLayer
from app.canvas.sampling import sampled, seen_part
from app.canvas.viewpoint import Viewpoint
from app.document.levels import Levels, halve_mean
from inpainting_core.api import Box, Size
from tests.app.pictures import document

ratios = st.sampled_from([1.0, 1.5, 2.0])
SIZE = Size(70, 90)


@st.composite
def views(draw: st.DrawFn, zooms: st.SearchStrategy[float]) -> Viewpoint:
    ratio = draw(ratios)
    zoom = draw(zooms)
    return Viewpoint(zoom / ratio, 0, 0, ratio).moved(draw(st.floats(-80, 80)), draw(st.floats(-80, 80)))


def middles(view: Viewpoint, target: Box) -> tuple[np.ndarray, np.ndarray]:
    """Return where in the picture the middles of the device pixels lie."""
    y = (np.arange(target.top, target.bottom) + 0.5) / view.ratio
    x = (np.arange(target.left, target.right) + 0.5) / view.ratio
    return (y - view.top) / view.scale, (x - view.left) / view.scale


@given(views(st.sampled_from([2.0, 2.5, 3.0, 7.3, 16.0])), st.integers(0, 50), st.integers(0, 60))
def test_from_200_percent_on_the_pixel_under_the_middle_is_shown(view: Viewpoint, y: int, x: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*SIZE, 3), np.uint8)
    target = view.device_box_of(Box(y, x, 20, 30))
    rows, columns = (np.floor(place + 1e-9).astype(int) for place in middles(view, target))
    shown = sampled(Levels(pixels, halve_mean), view, target)
    assert np.array_equal(shown[..., 2::-1], pixels[np.ix_(rows, columns)])


@given(views(st.floats(0.51, 1.9)))
def test_below_200_percent_the_four_nearest_are_mixed(view: Viewpoint) -> None:
    plane = np.random.default_rng(0).integers(0, 256, SIZE, np.uint8)
    target = view.device_box_of(Box(0, 0, *SIZE))
    rows, columns = (place - 0.5 for place in middles(view, target))
    shown = sampled(Levels(plane, halve_mean), view, target)
    assert np.abs(shown.astype(float) - bilinear(plane, rows, columns)).max() <= 4  # 1/32 of a step of 128


def bilinear(plane: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    padded = np.pad(plane.astype(float), 2, mode="edge")
    y, x = rows[:, None] + 2, columns[None] + 2
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    dy, dx = y - top, x - left
    upper = padded[top, left] * (1 - dx) + padded[top, left + 1] * dx
    lower = padded[top + 1, left] * (1 - dx) + padded[top + 1, left + 1] * dx
    return upper * (1 - dy) + lower * dy


@pytest.mark.parametrize("level", [0, 1])
def test_where_a_cell_is_a_device_pixel_it_is_shown_exactly(level: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (600, 800, 3), np.uint8)
    levels = Levels(pixels, halve_mean)
    view = Viewpoint(0.5**level / 1.5, ratio=1.5).moved(11, 7)
    shown = sampled(levels, view, view.device_box_of(Box(100, 200, 256, 128)))
    cells = levels.read(level, Box(100 >> level, 200 >> level, 256 >> level, 128 >> level))
    assert np.array_equal(shown[..., 2::-1], cells)


@given(views(st.floats(1 / 60, 20)), st.integers(0, SIZE.h), st.integers(0, SIZE.w))
def test_parts_of_the_picture_share_out_its_device_pixels(view: Viewpoint, y: int, x: int) -> None:
    whole, top, bottom, left, right = (
        view.device_box_of(box)
        for box in (
            Box(0, 0, *SIZE),
            Box(0, 0, y, SIZE.w),
            Box(y, 0, SIZE.h - y, SIZE.w),
            Box(0, 0, SIZE.h, x),
            Box(0, x, SIZE.h, SIZE.w - x),
        )
    )
    assert (top.top, top.bottom, bottom.bottom) == (whole.top, bottom.top, whole.bottom)
    assert (left.left, left.right, right.right) == (whole.left, right.left, whole.right)


@given(st.integers(0, 999), st.integers(0, 1199), st.floats(1 / 8, 4))
def test_what_need_not_be_painted_is_empty(y: int, x: int, zoom: float) -> None:
    plane = np.zeros((1000, 1200), np.uint8)
    plane[max(0, y - 8) : y + 8, max(0, x - 8) : x + 8] = 255
    levels, view = Levels(plane, halve_mean), Viewpoint(zoom)
    whole = Box(0, 0, 1000, 1200)
    seen = seen_part(levels, view, whole)
    outside = plane.copy()
    outside[seen.slices] = 0
    assert not outside.any()
    shown = sampled(levels, view, view.device_box_of(whole))
    shown[view.device_box_of(seen).slices] = 0
    assert not shown.any()


def as_array(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


class Scene:
    """A picture with a mask, painted piece by piece on a canvas of 60 x 50."""

    SIZE = QSize(60, 50)

    def __init__(self, style: str) -> None:
        self.document = document(*SIZE)
        self.document.mask[20:50, 30:64] = 255
        self.document.shown_mask.refresh(Box(20, 30, 30, 34))
        self.picture, self.mask = PictureLayer(), MaskLayer()
        self.picture.document = self.mask.document = self.document
        self.mask.style = style
        self.view = Viewpoint()

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        painter.fillRect(exposed, QColor(82, 82, 82))
        box = self.view.box_of(exposed).clamp(self.document.size)
        if not box.is_empty:
            for layer in (self.picture, self.mask):
                layer.paint(painter, self.view, box)

    def look(self, kept: KeptLook) -> np.ndarray:
        ratio = self.view.ratio
        kept.fit(self.SIZE, ratio)
        shown = QPixmap(math.ceil(self.SIZE.width() * ratio), math.ceil(self.SIZE.height() * ratio))
        painter = QPainter(shown)
        painter.scale(ratio, ratio)
        kept.draw(painter, QRegion(0, 0, self.SIZE.width(), self.SIZE.height()))
        painter.end()
        return as_array(shown.toImage())


@pytest.mark.parametrize("style", ["veil", "outline", "ants"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_kept_looks_as_if_painted_anew(style: str, qapp: QApplication, data: st.DataObject) -> None:
    scene = Scene(style)
    scene.view = Viewpoint(ratio=data.draw(ratios)).zoomed(
        data.draw(st.sampled_from([0.4, 0.5, 0.83, 1.0, 1.5, 2.0, 3.7])), QRectF(0, 0, 60, 50).center()
    )
    kept = KeptLook(scene.paint)
    whole = QRectF(0, 0, 60, 50)
    scene.look(kept)
    for _ in range(data.draw(st.integers(1, 4))):
        if data.draw(st.booleans()):
            moved = scene.view.moved(data.draw(st.integers(-30, 30)), data.draw(st.integers(-30, 30)))
            kept.scroll(moved.left - scene.view.left, moved.top - scene.view.top, whole)
            scene.view = moved
        else:
            box = Box(data.draw(st.integers(0, 60)), data.draw(st.integers(0, 80)), 9, 10)
            scene.document.mask[box.slices] ^= 255
            scene.document.shown_mask.refresh(box)
            kept.spoil(scene.view.rect_of(box).adjusted(-6, -6, 6, 6))
        if data.draw(st.booleans()):
            scene.look(kept)
    difference = np.abs(scene.look(kept).astype(int) - scene.look(KeptLook(scene.paint)))
    assert difference.max() <= 1


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_rim_lies_inside_the_boxes_that_are_repainted(qapp: QApplication, data: st.DataObject) -> None:
    scene = Scene("ants")
    zoom = data.draw(st.floats(0.2, 30))
    scene.view = Viewpoint(zoom)
    boxes = scene.mask.rim_boxes(scene.view, Box(0, 0, *SIZE))
    hole = np.pad(scene.document.mask > 0, 1)
    near_rest = ~(hole[:-2, 1:-1] & hole[2:, 1:-1] & hole[1:-1, :-2] & hole[1:-1, 2:])
    rim = (scene.document.mask > 0) & near_rest
    for box in boxes:
        rim[box.clamp(SIZE).slices] = False
    assert not rim.any()
