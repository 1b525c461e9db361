"""Is what the canvas shows what the document holds?  Probe pixels, never whole pictures."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage

from app.canvas.surface import SURROUND
from app.document.document import Document
from inpainting_core.api import Box, Photo, Point
from tests.app.conftest import Desk
from tests.app.pictures import document, gradient


def rgb(image: QImage, spot: QPoint) -> tuple[int, int, int]:
    colour = image.pixelColor(spot)
    return colour.red(), colour.green(), colour.blue()


def veiled(pixel: np.ndarray, colour: QColor, opacity: float) -> np.ndarray:
    veil = np.array([colour.red(), colour.green(), colour.blue()])
    return pixel * (1 - opacity) + veil * opacity


@pytest.mark.parametrize("zoom", [1.0, 3.0, 8.0])
def test_pixels_are_shown_where_they_are(desk: Desk, zoom: float) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(zoom)
    shown = desk.canvas.grab().toImage()
    for pixel in (Point(60, 80), Point(57, 85), Point(63, 78)):
        assert rgb(shown, desk.at(*pixel)) == tuple(doc.image[pixel])
    desk.canvas.fit()


def test_above_200_percent_a_pixel_is_a_sharp_square(desk: Desk) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(8.0)
    shown = desk.canvas.grab().toImage()
    square = desk.canvas.viewpoint.rect_of(Box(60, 80, 1, 1)).toRect()
    inside = {
        rgb(shown, QPoint(x, y))
        for y in range(square.top(), square.bottom() + 1)
        for x in range(square.left(), square.right() + 1)
    }
    assert inside == {tuple(doc.image[60, 80])}


def test_around_the_picture_it_is_neutral_grey(desk: Desk) -> None:
    desk.open(document())
    assert rgb(desk.canvas.grab().toImage(), QPoint(2, 2)) == SURROUND.getRgb()[:3]
    assert SURROUND.hslSaturation() == 0


def test_sixteen_bits_are_shown_by_their_high_byte(desk: Desk) -> None:
    deep = gradient(dtype=np.uint16) + np.uint16(0x33)
    desk.open(Document(Photo(deep)))
    desk.canvas.zoom_to(4.0)
    assert rgb(desk.canvas.grab().toImage(), desk.at(60, 80)) == tuple(deep[60, 80] >> 8)


def test_transparent_parts_show_a_checkerboard(desk: Desk) -> None:
    alpha = np.full((120, 160), 255, np.uint8)
    alpha[:, 100:] = 0
    doc = desk.open(Document(Photo(gradient(), alpha)))
    desk.canvas.zoom_to(4.0)
    shown = desk.canvas.grab().toImage()
    assert rgb(shown, desk.at(60, 80)) == tuple(doc.image[60, 80])
    assert {rgb(shown, desk.at(60, x)) for x in range(102, 125)} == {(255, 255, 255), (204, 204, 204)}


def test_the_mask_is_a_veil_and_goes_where_it_is_erased(desk: Desk) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_brush_size(9)
    desk.drag((60, 80))
    desk.hover(10, 10)
    shown = desk.canvas.grab().toImage()
    colour = QColor(desk.program.state.mask.colour)
    expected = veiled(doc.image[60, 80], colour, desk.program.state.mask.opacity)
    assert np.abs(expected - rgb(shown, desk.at(60, 80))).max() <= 2
    assert rgb(shown, desk.at(60, 90)) == tuple(doc.image[60, 90])


def test_a_large_picture_from_afar_shows_the_mean_and_never_loses_a_thin_stroke(desk: Desk) -> None:
    noise = np.random.default_rng(0).integers(0, 2, (3000, 4000, 1), np.uint8) * np.uint8(255)
    doc = desk.open(Document(Photo(np.repeat(noise, 3, axis=2))))
    desk.canvas.zoom_to(1 / 16)
    shown = desk.canvas.grab().toImage()
    grey = [rgb(shown, desk.at(y, x))[0] for y in (700, 1500, 2200) for x in (900, 2000, 3100)]
    assert np.abs(np.array(grey) - 127.5).max() < 30
    desk.program.state.set_brush_size(1)
    desk.drag((1500, 1000), (1500, 3000))
    desk.canvas.leaveEvent(None)
    seen = desk.canvas.grab().toImage()
    redness = [max(r - g for r, g, _ in column(seen, desk.at(1500, x))) for x in (1200, 2000, 2800)]
    assert min(redness) > 40
    assert doc.mask_area == np.count_nonzero(doc.hole)


def column(image: QImage, spot: QPoint) -> list[tuple[int, int, int]]:
    return [rgb(image, spot + QPoint(0, dy)) for dy in (-1, 0, 1)]


def test_only_what_a_stroke_touches_is_repainted(desk: Desk) -> None:
    desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_brush_size(5)
    desk.hover(60, 80)
    boxes: list[Box] = []
    layer = desk.program.window.stage._picture
    paint = layer.paint
    layer.paint = lambda painter, view, box: (boxes.append(box), paint(painter, view, box))
    desk.drag((60, 80), (60, 84))
    desk.qtbot.waitUntil(lambda: bool(boxes))
    assert max(box.height * box.width for box in boxes) < 30 * 30
