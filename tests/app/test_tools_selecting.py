"""Do the wand and the object tool mark what they found, and only that?"""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QCheckBox

from app.canvas.viewpoint import Viewpoint
from app.document.document import Document
from app.state.mask_shaping import SELECTING as LANE
from app.tools import selecting
from inpainting_core.api import (
    Box,
    Coverage,
    InvalidRequest,
    MaskShape,
    Photo,
    Point,
    Region,
    Size,
    grow,
    similar,
)
from tests.app.conftest import Desk
from tests.app.pictures import document
from tests.harness.hand import ALT, LEFT, PLAIN, SHIFT, Hand

CONTROL = Qt.KeyboardModifier.ControlModifier
FOUND = Region(Box(50, 70, 12, 16), np.full((12, 16), 255, np.uint8))


def hills() -> Document:
    """Return a picture of smooth hills: tolerance matters, and like colours lie apart."""
    y, x = np.mgrid[:120, :160]
    heights = 128 + 60 * np.sin(x / 13) + 60 * np.cos(y / 11)
    return Document(Photo(np.repeat(heights[..., None], 3, axis=2).astype(np.uint8)))


def wait(desk: Desk) -> None:
    desk.wait(lambda: not desk.program.models.background.is_busy(LANE))


def whole(doc: Document, region: Region) -> Coverage:
    coverage = np.zeros(doc.size, np.uint8)
    coverage[region.box.slices] = region.coverage
    return coverage


@pytest.mark.parametrize(("way_px", "tolerance"), [(0, 24), (40, 44), (-30, 9), (2000, 255), (-2000, 0)])
def test_the_wand_takes_more_the_farther_it_is_dragged(desk: Desk, way_px: int, tolerance: int) -> None:
    doc = desk.open(hills())
    desk.canvas.zoom_to(4.0)
    desk.key(Qt.Key.Key_W)
    start = QPointF(desk.at(60, 80))
    hand = Hand(desk.canvas)
    hand.press(start)
    hand.move(start + QPointF(way_px / 2, 0), LEFT)
    hand.move(start + QPointF(way_px, 0), LEFT)
    assert not doc.mask.any()
    hand.release(start + QPointF(way_px, 0))
    wait(desk)
    region = similar(doc.image, Point(60, 80), tolerance)
    assert np.array_equal(doc.mask, whole(doc, region))
    assert desk.program.state.wand_tolerance == tolerance
    assert len(doc.history.done) == 1
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert not doc.mask.any()


def test_the_wand_takes_what_lies_apart_when_the_strip_says_so(desk: Desk) -> None:
    doc = desk.open(hills())
    desk.canvas.zoom_to(4.0)
    desk.key(Qt.Key.Key_W)
    box = next(box for box in desk.program.window.stage.strip.findChildren(QCheckBox) if box.isVisible())
    box.click()
    Hand(desk.canvas).click(desk.at(60, 80))
    wait(desk)
    apart = similar(doc.image, Point(60, 80), 24, contiguous=False)
    assert np.array_equal(doc.mask, whole(doc, apart))
    assert np.count_nonzero(apart.coverage) > np.count_nonzero(similar(doc.image, Point(60, 80), 24).coverage)


def test_quick_clicks_are_marked_one_after_the_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def slow(*arguments: object) -> Region:
        gate.wait(10)
        return similar(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(selecting, "similar", slow)
    doc = desk.open(hills())
    desk.canvas.zoom_to(4.0)
    desk.key(Qt.Key.Key_W)
    hand = Hand(desk.canvas)
    pixels = [Point(60, 80), Point(48, 95), Point(70, 66)]
    for pixel in pixels:
        hand.click(desk.at(*pixel))
    gate.set()
    desk.wait(lambda: len(doc.history.done) == 3)
    regions = [whole(doc, similar(doc.image, pixel, 24)) for pixel in pixels]
    assert np.array_equal(doc.mask, np.maximum.reduce(regions))
    for count in (2, 1, 0):
        desk.key(Qt.Key.Key_Z, CONTROL)
        wanted = np.maximum.reduce([*regions[:count], np.zeros_like(doc.mask)])
        assert np.array_equal(doc.mask, wanted)


@pytest.mark.parametrize("held", [PLAIN, SHIFT, ALT, SHIFT | ALT])
def test_keys_say_what_becomes_of_the_mask(desk: Desk, held: Qt.KeyboardModifier) -> None:
    doc = desk.open(hills())
    desk.canvas.zoom_to(4.0)
    desk.key(Qt.Key.Key_A, CONTROL)
    desk.key(Qt.Key.Key_W)
    Hand(desk.canvas).click(desk.at(60, 80), held=held)
    wait(desk)
    found = whole(doc, similar(doc.image, Point(60, 80), 24))
    everything = np.full_like(found, 255)
    by_keys = {PLAIN: everything, SHIFT: everything, ALT: ~found, SHIFT | ALT: found}
    assert np.array_equal(doc.mask, by_keys[held])


def test_escape_and_a_click_outside_find_nothing(desk: Desk) -> None:
    doc = desk.open(hills())
    desk.canvas.zoom_to(4.0)
    desk.key(Qt.Key.Key_W)
    hand = Hand(desk.canvas)
    hand.press(desk.at(60, 80))
    desk.key(Qt.Key.Key_Escape)
    hand.release(desk.at(60, 80))
    hand.click(desk.at(-10, 80))
    wait(desk)
    assert not doc.mask.any()
    assert not doc.history.can_undo


class FoundAt:
    """Stands for the network: finds a square about what is pointed at."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[Point | Box] = []
        self.error = error

    def select(
        self, pixels: NDArray[np.uint8], at: Point | Box, check: Callable[[], None] = lambda: None
    ) -> Region:
        self.asked.append(at)
        check()
        if self.error is not None:
            raise self.error
        box = (at if isinstance(at, Box) else Box(at.y, at.x, 1, 1).pad(5)).clamp(Size(*pixels.shape[:2]))
        coverage = np.full((box.height, box.width), 255, np.uint8)
        coverage[0] = 90
        return Region(box, coverage)


def with_stub(desk: Desk, stub: FoundAt) -> FoundAt:
    desk.canvas.zoom_to(4.0)
    desk.program.window.stage.tools.object._selector = stub
    desk.key(Qt.Key.Key_W, SHIFT)
    assert desk.program.state.tool == "object"
    return stub


def test_a_click_asks_for_the_object_there_and_a_drag_for_the_one_in_the_box(desk: Desk) -> None:
    doc = desk.open(document())
    stub = with_stub(desk, FoundAt())
    hand = Hand(desk.canvas)
    hand.click(desk.at(60, 80))
    wait(desk)
    first = whole(doc, FoundAt().select(doc.image, Point(60, 80)))
    assert np.array_equal(doc.mask, first)
    hand.drag(desk.at(20, 20), desk.at(30, 30), desk.at(40, 50), held=SHIFT)
    wait(desk)
    assert stub.asked == [Point(60, 80), Box(20, 20, 21, 31)]
    second = whole(doc, FoundAt().select(doc.image, stub.asked[1]))
    assert np.array_equal(doc.mask, np.maximum(first, second))
    hand.click(desk.at(60, 80), held=ALT)
    wait(desk)
    assert np.array_equal(doc.mask, np.minimum(np.maximum(first, second), ~first))
    assert [step.edit.name for step in doc.history.done] == ["object"] * 3


def test_where_there_is_no_object_it_says_so(desk: Desk) -> None:
    doc = desk.open(document())
    with_stub(desk, FoundAt(InvalidRequest("There is no clear object here.", "Click another.")))
    Hand(desk.canvas).click(desk.at(60, 80))
    wait(desk)
    messages = desk.program.window.stage.messages
    assert messages.isVisible()
    assert messages.text == "There is no clear object here. Click another."
    assert not doc.mask.any()


def test_an_object_of_a_picture_that_was_closed_is_not_marked(desk: Desk) -> None:
    desk.open(document())
    with_stub(desk, FoundAt())
    Hand(desk.canvas).click(desk.at(60, 80))
    other = desk.open(document(40, 40))
    desk.qtbot.wait(30)
    assert not other.mask.any()


def test_the_network_finds_a_planted_disc(desk: Desk) -> None:
    pixels = np.full((240, 320, 3), (60, 110, 70), np.uint8)
    disc = cv2.circle(np.zeros((240, 320), np.uint8), (170, 120), 50, 255, -1)
    pixels[disc > 0] = (240, 200, 60)
    noise = np.random.default_rng(3).integers(-6, 7, pixels.shape)
    doc = desk.open(Document(Photo(np.clip(pixels + noise, 0, 255).astype(np.uint8))))
    desk.key(Qt.Key.Key_W, SHIFT)
    Hand(desk.canvas).click(desk.at(125, 165))
    wait(desk)
    found, wanted = doc.mask > 127, disc > 0
    assert (found & wanted).sum() > 0.97 * wanted.sum()
    assert (found & wanted).sum() / (found | wanted).sum() > 0.75


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What keeps whoever looks from finding anything for as long as it is not set."""
    gate = threading.Event()

    def find(*_given: object) -> Region:
        gate.wait(5)
        return FOUND

    monkeypatch.setattr(selecting.ObjectSelector, "select", find)
    monkeypatch.setattr(selecting, "similar", find)
    yield gate
    gate.set()


def test_enter_waits_for_the_object_that_is_being_looked_for_and_for_its_shape(
    desk: Desk, gate: threading.Event
) -> None:
    doc, editor, filling = desk.open(hills()), desk.program.editor, desk.program.filling
    editor.change_settings(replace(editor.settings, mask_shape=MaskShape(grow=3)), "shape")
    desk.key(Qt.Key.Key_W, SHIFT)
    Hand(desk.canvas).click(desk.at(60, 80))
    desk.key(Qt.Key.Key_Return)
    assert filling.is_busy
    assert desk.filler.requests == []
    gate.set()
    desk.wait(lambda: not filling.is_busy)
    (request,) = desk.filler.requests
    assert np.array_equal(request.mask, grow(whole(doc, FOUND) > 0, 3))


def test_enter_that_waits_for_what_is_not_found_says_so_and_escape_ends_the_waiting(
    desk: Desk, gate: threading.Event
) -> None:
    desk.open(hills())
    desk.key(Qt.Key.Key_W, SHIFT)
    Hand(desk.canvas).click(desk.at(60, 80))
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Escape)
    assert not desk.program.filling.is_busy
    desk.key(Qt.Key.Key_Return)
    assert desk.program.filling.is_busy
    desk.key(Qt.Key.Key_B)
    gate.set()
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert desk.filler.requests == []
    assert "nothing to fill" in desk.program.window.stage.messages.text


def test_what_is_found_after_its_window_has_gone_troubles_nobody(desk: Desk, gate: threading.Event) -> None:
    doc = desk.open(hills())
    desk.key(Qt.Key.Key_W)
    Hand(desk.canvas).click(desk.at(60, 80))
    desk.program.rebuild_window()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gate.set()
    wait(desk)
    assert not doc.mask.any()
    Hand(desk.canvas).click(desk.at(60, 80))
    wait(desk)
    assert np.array_equal(doc.mask, whole(doc, FOUND))


@pytest.mark.parametrize("scale", [0.05, 0.3, 1.0, 8.0])
def test_a_large_region_is_painted_no_finer_and_no_farther_than_it_is_seen(
    qapp: object, scale: float
) -> None:
    region = Region(Box(100, 200, 3000, 4000), np.full((3000, 4000), 255, np.uint8))
    view = Viewpoint(scale, 40 - 200 * scale, 30 - 100 * scale)
    screen = QImage(300, 200, QImage.Format.Format_RGB32)
    screen.fill(QColor(0, 0, 0))
    painter = QPainter(screen)
    painter.setClipRect(QRectF(0, 0, 300, 200))
    tracemalloc.start()
    selecting.paint_region(painter, view, region)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    painter.end()
    assert peak < 6 * 4 * 300 * 200
    tinted = QColor(round(90 * 0.47), round(200 * 0.47), round(255 * 0.47))
    assert screen.pixelColor(60, 50) == tinted
    assert screen.pixelColor(30, 50) == screen.pixelColor(60, 20) == QColor(0, 0, 0)
    right = 40 + 4000 * scale
    assert screen.pixelColor(290, 50) == (tinted if right > 292 else QColor(0, 0, 0))
