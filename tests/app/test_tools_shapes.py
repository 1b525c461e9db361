"""Do rectangle, ellipse, lasso and polygon mark what the core's own shapes enclose?"""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QComboBox

from app.document.document import Document
from inpainting_core.api import Coverage, Point, Region, ellipse, polygon, rectangle
from tests.app.conftest import Desk
from tests.app.pictures import document
from tests.harness.hand import ALT, LEFT, PLAIN, RIGHT, SHIFT, Hand

SHAPES = {"rectangle": (Qt.Key.Key_M, PLAIN, rectangle), "ellipse": (Qt.Key.Key_M, SHIFT, ellipse)}
CONTROL = Qt.KeyboardModifier.ControlModifier
zooms = pytest.mark.parametrize("zoom", [0.5, 1.0, 5.0])


def whole(doc: Document, region: Region) -> Coverage:
    """Return the region on an empty mask."""
    coverage = np.zeros(doc.size, np.uint8)
    coverage[region.box.slices] = region.coverage
    return coverage


def open_at(desk: Desk, zoom: float = 4.0) -> tuple[Document, Hand]:
    doc = desk.open(document())
    desk.canvas.zoom_to(zoom)
    return doc, Hand(desk.canvas)


@zooms
@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("corners", [((20, 30), (70, 110)), ((70, 110), (20, 30)), ((60, 90), (150, 200))])
def test_a_drag_marks_the_shape_between_its_corners(
    desk: Desk, zoom: float, name: str, corners: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    doc, hand = open_at(desk, zoom)
    key, held, shape = SHAPES[name]
    desk.key(key, held)
    assert desk.program.state.tool == name
    spots = [desk.at(*corner) for corner in corners]
    hand.drag(spots[0], (spots[0] + spots[1]) / 2, spots[1])
    assert np.array_equal(doc.mask, whole(doc, shape(doc.size, *map(desk.under, spots))))
    assert doc.history.done[-1].edit.name == name
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert not doc.mask.any()


def test_shift_while_dragging_makes_a_square(desk: Desk) -> None:
    doc, hand = open_at(desk)
    desk.key(Qt.Key.Key_M)
    start, end = QPointF(desk.at(20, 30)), QPointF(desk.at(50, 40))
    hand.press(start)
    hand.move(end, LEFT, SHIFT)
    hand.release(end, held=SHIFT)
    rows, columns = np.flatnonzero(doc.mask.any(axis=1)), np.flatnonzero(doc.mask.any(axis=0))
    assert len(rows) == len(columns) == 31
    assert (rows[0], columns[0]) == (20, 30)


@zooms
def test_the_lasso_marks_what_its_way_goes_around(desk: Desk, zoom: float) -> None:
    doc, hand = open_at(desk, zoom)
    desk.key(Qt.Key.Key_L)
    way = [(30, 40), (20, 90), (60, 120), (95, 70), (50, 60)]
    spots = [QPointF(desk.at(*place)) for place in way]
    hand.drag(*spots)
    places = [desk.canvas.viewpoint.place_at(spot) for spot in spots]
    assert np.array_equal(doc.mask, whole(doc, polygon(doc.size, places)))
    assert doc.mask.any()


CORNERS = [(30, 40), (20, 110), (90, 100)]


def put_corners(desk: Desk, hand: Hand) -> list[tuple[float, float]]:
    desk.key(Qt.Key.Key_L, SHIFT)
    assert desk.program.state.tool == "polygon"
    spots = [QPointF(desk.at(*corner)) for corner in CORNERS]
    for spot in spots:
        hand.click(spot)
    return [desk.canvas.viewpoint.place_at(spot) for spot in spots]


@pytest.mark.parametrize("how", ["enter", "double click", "near the start"])
def test_a_polygon_is_closed_in_three_ways(desk: Desk, how: str) -> None:
    doc, hand = open_at(desk)
    places = put_corners(desk, hand)
    assert not doc.mask.any()
    if how == "enter":
        desk.key(Qt.Key.Key_Return)
    elif how == "double click":
        last = QPointF(desk.at(80, 50))
        hand.double_click(last)
        places.append(desk.canvas.viewpoint.place_at(last))
    else:
        hand.move(desk.at(31, 41))
        hand.click(desk.at(31, 41))
    assert np.array_equal(doc.mask, whole(doc, polygon(doc.size, places)))
    assert doc.history.done[-1].edit.name == "polygon"
    assert desk.filler.requests == []
    desk.fill()
    assert len(desk.filler.requests) == 1


def test_backspace_takes_a_corner_back_and_escape_the_polygon(desk: Desk) -> None:
    doc, hand = open_at(desk)
    places = put_corners(desk, hand)
    hand.click(desk.at(100, 20))
    desk.key(Qt.Key.Key_Backspace)
    desk.key(Qt.Key.Key_Return)
    assert np.array_equal(doc.mask, whole(doc, polygon(doc.size, places)))
    desk.key(Qt.Key.Key_Z, CONTROL)
    put_corners(desk, hand)
    desk.key(Qt.Key.Key_Escape)
    assert not desk.program.window.stage.tools.shapes.is_unfinished
    desk.key(Qt.Key.Key_Return)
    assert not doc.mask.any()
    assert desk.filler.requests == []


def test_a_polygon_of_two_corners_marks_nothing(desk: Desk) -> None:
    doc, hand = open_at(desk)
    desk.key(Qt.Key.Key_L, SHIFT)
    for corner in CORNERS[:2]:
        hand.click(desk.at(*corner))
    desk.key(Qt.Key.Key_Return)
    assert not doc.mask.any()
    assert not doc.history.can_undo


def test_taking_another_tool_drops_an_unfinished_shape(desk: Desk) -> None:
    doc, hand = open_at(desk)
    put_corners(desk, hand)
    desk.key(Qt.Key.Key_M)
    hand.drag(desk.at(5, 5), desk.at(9, 9))
    assert doc.mask_area == 25


def planted(doc: Document, desk: Desk) -> Coverage:
    """Mark half of a rectangle in part, so that modes differ."""
    coverage = np.zeros((40, 60), np.uint8)
    coverage[:, :30], coverage[:, 30:] = 255, 100
    region = rectangle(doc.size, Point(30, 40), Point(69, 99))._replace(coverage=coverage)
    desk.program.editor.apply_region(region, "replace", "import")
    return doc.mask.copy()


def expected(mask: Coverage, shape: Coverage, mode: str) -> Coverage:
    by_mode = {
        "replace": shape,
        "add": np.maximum(mask, shape),
        "subtract": np.where(shape > 0, 0, mask),
        "intersect": np.where(shape > 0, mask, 0),
    }
    return by_mode[mode].astype(np.uint8)


@pytest.mark.parametrize(
    ("held", "button", "mode"),
    [
        (PLAIN, LEFT, "add"),
        (SHIFT, LEFT, "add"),
        (ALT, LEFT, "subtract"),
        (PLAIN, RIGHT, "subtract"),
        (SHIFT | ALT, LEFT, "intersect"),
    ],
)
def test_keys_and_buttons_say_what_becomes_of_the_mask(
    desk: Desk, held: Qt.KeyboardModifier, button: Qt.MouseButton, mode: str
) -> None:
    doc, hand = open_at(desk)
    mask = planted(doc, desk)
    desk.key(Qt.Key.Key_L)
    spots = [QPointF(desk.at(*place)) for place in [(35, 50), (50, 120), (80, 80)]]
    hand.press(spots[0], button, held)
    for spot in spots[1:]:
        hand.move(spot, button)
    hand.release(spots[-1], button)
    places = [desk.canvas.viewpoint.place_at(spot) for spot in spots]
    assert np.array_equal(doc.mask, expected(mask, whole(doc, polygon(doc.size, places)), mode))


@pytest.mark.parametrize("mode", ["add", "replace", "subtract", "intersect"])
def test_the_strip_says_what_becomes_of_the_mask_without_keys(desk: Desk, mode: str) -> None:
    doc, hand = open_at(desk)
    mask = planted(doc, desk)
    desk.key(Qt.Key.Key_M)
    modes = desk.program.window.stage.strip.findChild(QComboBox)
    assert modes.isVisible()
    index = modes.findData(mode)
    modes.setCurrentIndex(index)
    modes.activated.emit(index)
    hand.drag(desk.at(50, 80), desk.at(90, 130))
    shape = whole(doc, rectangle(doc.size, Point(50, 80), Point(90, 130)))
    assert np.array_equal(doc.mask, expected(mask, shape, mode))
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.mask, mask)


def test_a_click_without_a_way_marks_nothing_with_the_rectangle(desk: Desk) -> None:
    doc, hand = open_at(desk, 1.0)
    for key, held in ((Qt.Key.Key_M, PLAIN), (Qt.Key.Key_M, SHIFT), (Qt.Key.Key_L, PLAIN)):
        desk.key(key, held)
        hand.click(desk.at(50, 50))
    assert not doc.mask.any()


@pytest.mark.parametrize("key", [Qt.Key.Key_M, Qt.Key.Key_L])
def test_a_drag_that_begins_as_the_second_of_two_quick_presses_is_a_drag(desk: Desk, key: Qt.Key) -> None:
    doc, hand = open_at(desk)
    desk.key(key)
    spots = [desk.at(*corner) for corner in ((20, 30), (20, 50), (40, 50), (40, 30))]
    hand.click(spots[0])
    hand._mouse(QEvent.Type.MouseButtonDblClick, spots[0], LEFT, LEFT, PLAIN)
    for spot in spots[1:]:
        hand.move(spot, LEFT)
    hand.release(spots[-1])
    assert doc.mask[25:35, 30].all()
