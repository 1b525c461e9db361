"""Does the probe find the planted source, through chains, and hold on to it?"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSlider

from app.document.provenance import End
from app.overlays.loupes import LoupePlate
from app.panels.overlay_panel import OverlayPanel
from app.panels.tool_words import words_of
from inpainting_core.api import Box, Point, Source, engine_info
from tests.app.conftest import Desk
from tests.app.pictures import document

CONTROL = Qt.KeyboardModifier.ControlModifier


def fill_at(desk: Desk, y: int, x: int) -> None:
    desk.key(Qt.Key.Key_B)
    desk.program.state.set_brush_size(11)
    desk.drag((y, x))
    desk.fill()


@pytest.mark.parametrize("zoom", [0.5, 1.0, 6.0])
def test_hovering_shows_the_planted_source(desk: Desk, zoom: float) -> None:
    desk.open(document())
    desk.canvas.zoom_to(zoom)
    fill_at(desk, 60, 80)
    desk.key(Qt.Key.Key_I)
    pixel = desk.hover(61, 82)
    trace = desk.program.window.stage.probe.trace
    assert trace is not None
    assert trace.pixel == pixel
    assert trace.steps[0].sources[0].box == Box(pixel.y, pixel.x - 20, 1, 1)
    text = desk.program.window.status_line.source_text
    assert text == f"({pixel.x},{pixel.y}) \u2190 ({pixel.x - 20},{pixel.y})"


def test_both_ends_are_marked_on_the_picture(desk: Desk) -> None:
    desk.open(document())
    desk.canvas.zoom_to(4.0)
    fill_at(desk, 60, 80)
    desk.key(Qt.Key.Key_I)
    desk.hover(10, 10)
    before = desk.canvas.grab().toImage()
    desk.hover(60, 80)
    after = desk.canvas.grab().toImage()
    for pixel, colour in ((Point(60, 80), "#ffffff"), (Point(60, 60), "#ffd400")):
        ring = _ring(desk, pixel)
        changed = [spot for spot in ring if before.pixelColor(spot) != after.pixelColor(spot)]
        wanted = np.array(QColor(colour).getRgb()[:3])
        nearest = min(np.abs(wanted - after.pixelColor(spot).getRgb()[:3]).max() for spot in changed)
        assert nearest < 60
    middle = desk.at(60, 70)
    assert before.pixelColor(middle) != after.pixelColor(middle)


def _ring(desk: Desk, pixel: Point) -> list[QPoint]:
    rect = desk.canvas.viewpoint.rect_of(Box(pixel.y, pixel.x, 1, 1)).toAlignedRect().adjusted(-6, -6, 6, 6)
    return [QPoint(x, y) for y in range(rect.top(), rect.bottom()) for x in range(rect.left(), rect.right())]


def test_a_chain_through_an_earlier_fill_is_followed(desk: Desk) -> None:
    desk.open(document())
    fill_at(desk, 60, 80)
    fill_at(desk, 60, 100)
    desk.key(Qt.Key.Key_I)
    pixel = desk.hover(60, 100)
    x, y = pixel.x, pixel.y
    expected = f"({x},{y}) \u2190 ({x - 20},{y}) \u2190 ({x - 40},{y})"
    assert desk.program.window.status_line.source_text == expected


def test_a_source_filled_later_is_told(desk: Desk) -> None:
    desk.open(document())
    fill_at(desk, 60, 100)
    fill_at(desk, 60, 80)
    desk.key(Qt.Key.Key_I)
    desk.hover(60, 100)
    assert desk.program.window.status_line.source_text.endswith("source has changed since")


def test_the_plate_says_how_much_was_looked_at_elsewhere(desk: Desk) -> None:
    desk.open(document())
    fill_at(desk, 60, 80)
    desk.key(Qt.Key.Key_I)
    desk.hover(60, 80)
    trace = desk.program.window.stage.probe.trace
    assert trace is not None
    plate = LoupePlate(desk.program.editor, desk.canvas)
    plate.show_trace(trace)
    assert "attention" not in plate.text
    sources = (Source(Box(60, 60, 1, 1), 0.3), Source(Box(10, 20, 1, 1), 0.5))
    plate.show_trace(replace(trace, steps=(replace(trace.steps[0], sources=sources),)))
    assert plate.text == "dx \u221220, dy +0 px  \u00b7  attention elsewhere 70 %"


def test_a_click_locks_and_escape_frees(desk: Desk) -> None:
    desk.open(document())
    fill_at(desk, 60, 80)
    desk.key(Qt.Key.Key_I)
    probe = desk.program.window.stage.probe
    locked = desk.drag((60, 80))[0]
    desk.hover(20, 20)
    assert probe.is_locked
    assert probe.trace.pixel == locked
    desk.key(Qt.Key.Key_Escape)
    assert not probe.is_locked
    assert probe.trace is None
    other = desk.hover(20, 21)
    assert probe.trace.pixel == other
    desk.drag((20, 20))
    assert not probe.is_locked


def test_undo_takes_a_locked_source_away(desk: Desk) -> None:
    desk.open(document())
    fill_at(desk, 60, 80)
    desk.key(Qt.Key.Key_I)
    desk.drag((60, 80))
    desk.key(Qt.Key.Key_Z, CONTROL)
    probe = desk.program.window.stage.probe
    assert not probe.is_locked
    assert probe.trace.steps == ()
    assert desk.program.window.status_line.source_text.endswith("original pixel")


def test_leaving_the_picture_clears_the_text(desk: Desk) -> None:
    desk.open(document())
    desk.key(Qt.Key.Key_I)
    desk.hover(20, 20)
    assert desk.program.window.status_line.source_text
    hint = words_of("probe")[1]
    assert desk.program.window.status_line.source_text != hint
    desk.hover(-10, 20)
    assert desk.program.window.status_line.source_text == hint


def test_an_engine_without_a_field_says_why_and_greys_the_overlay(desk: Desk) -> None:
    desk.open(document())
    desk.filler.offset = None
    desk.program.filling.use_engine(engine_info("telea"))
    fill_at(desk, 60, 80)
    desk.key(Qt.Key.Key_I)
    desk.hover(60, 80)
    assert "none is copied" in desk.program.window.status_line.source_text
    assert desk.program.window.stage.probe.trace.end is End.NO_FIELD
    assert not desk.program.window.actions_by_id["overlay"].isEnabled()
    assert "none is copied" in desk.program.window.stage.overlay.why_empty


def look(desk: Desk, **changes: Any) -> None:
    state = desk.program.state
    state.set_overlay(replace(state.overlay, **changes))


def show_overlay(desk: Desk) -> None:
    desk.key(Qt.Key.Key_O)
    desk.wait(lambda: not desk.program.models.background.is_busy("source views"))


def test_the_overlay_colours_filled_pixels_by_direction(desk: Desk) -> None:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    overlay = desk.program.window.stage.overlay
    assert not desk.program.window.actions_by_id["overlay"].isEnabled()
    assert overlay.why_empty == "Nothing has been filled yet."
    fill_at(desk, 60, 80)
    desk.hover(10, 10)
    look(desk, opacity=1.0)
    assert overlay.full_px == 20
    show_overlay(desk)
    shown = desk.canvas.grab().toImage()
    assert shown.pixelColor(desk.at(60, 80)).getRgb()[:3] == (0, 255, 255)
    assert shown.pixelColor(desk.at(60, 90)).getRgb()[:3] == tuple(doc.image[60, 90])
    desk.key(Qt.Key.Key_O)
    hidden = desk.canvas.grab().toImage()
    assert hidden.pixelColor(desk.at(60, 80)).getRgb()[:3] == tuple(doc.image[60, 80])


def test_of_two_fills_the_overlay_shows_the_newer(desk: Desk) -> None:
    desk.open(document())
    desk.canvas.zoom_to(4.0)
    fill_at(desk, 60, 80)
    desk.filler.offset = (0, 20)
    fill_at(desk, 60, 84)
    desk.hover(10, 10)
    look(desk, opacity=1.0)
    show_overlay(desk)
    shown = desk.canvas.grab().toImage()
    assert shown.pixelColor(desk.at(60, 82)).getRgb()[:3] == (255, 0, 0)
    assert shown.pixelColor(desk.at(60, 76)).getRgb()[:3] == (0, 255, 255)
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.wait(lambda: not desk.program.models.background.is_busy("source views"))
    shown = desk.canvas.grab().toImage()
    assert shown.pixelColor(desk.at(60, 76)).getRgb()[:3] == (0, 255, 255)


def test_an_answer_takes_less_than_a_millisecond(desk: Desk) -> None:
    doc = desk.open(document())
    fill_at(desk, 60, 80)
    fill_at(desk, 60, 100)
    seconds = []
    for _ in range(200):
        start = time.perf_counter()
        doc.provenance.trace(Point(60, 100))
        seconds.append(time.perf_counter() - start)
    assert sorted(seconds)[100] < 0.001


def test_switch_button_and_panel_show_what_is_set(desk: Desk) -> None:
    desk.open(document())
    fill_at(desk, 60, 80)
    state, action = desk.program.state, desk.program.window.actions_by_id["overlay"]
    panel = desk.program.window.findChild(OverlayPanel)
    state.show_overlay(True)
    look(desk, palette="blue_yellow", opacity=0.4)
    assert action.isChecked()
    assert panel._switch.isChecked()
    assert panel._palette.currentData() == "blue_yellow"
    assert panel._opacity.value == 40
    panel._palette.setCurrentIndex(0)
    panel._palette.activated.emit(0)
    panel._opacity.findChild(QSlider).setValue(90)
    panel._switch.click()
    assert (state.overlay.palette, state.overlay.opacity, state.shows_overlay) == ("hue", 0.9, False)
    assert not action.isChecked()
