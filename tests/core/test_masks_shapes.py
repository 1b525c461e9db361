"""Does a shape hold exactly the pixels whose centres it encloses?"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inpainting_core.api import Box, Mask, Point, Region, Size, ellipse, polygon, rectangle

SIZE = Size(20, 26)
corners = st.builds(Point, st.integers(-15, 35), st.integers(-15, 40))
places = st.tuples(
    st.one_of(st.integers(-10, 30), st.floats(-10, 30, width=16)),
    st.one_of(st.integers(-10, 36), st.floats(-10, 36, width=16)),
)


def placed(region: Region) -> Mask:
    """Return the region as a mask of the picture, having checked that it is cut and hard."""
    assert region.box.clamp(SIZE) == region.box or region.box.is_empty
    assert set(np.unique(region.coverage)) <= {0, 255}
    mask = np.zeros(SIZE, np.bool_)
    mask[region.box.slices] = region.coverage > 0
    return mask


@given(corners, corners)
def test_a_rectangle_holds_both_corners_and_all_between(a: Point, b: Point) -> None:
    mask = placed(rectangle(SIZE, a, b))
    for y, x in np.ndindex(SIZE):
        between = min(a.y, b.y) <= y <= max(a.y, b.y) and min(a.x, b.x) <= x <= max(a.x, b.x)
        assert mask[y, x] == between


@given(corners, corners)
@example(Point(3, 3), Point(3, 3))
@example(Point(0, 0), Point(19, 25))
def test_an_ellipse_holds_the_centres_inside(a: Point, b: Point) -> None:
    mask = placed(ellipse(SIZE, a, b))
    middle = [Fraction(a[i] + b[i] + 1, 2) for i in (0, 1)]
    half = [Fraction(abs(a[i] - b[i]) + 1, 2) for i in (0, 1)]
    for place in np.ndindex(SIZE):
        away = [(Fraction(2 * place[i] + 1, 2) - middle[i]) / half[i] for i in (0, 1)]
        assert mask[place] == (away[0] ** 2 + away[1] ** 2 <= 1)


def winding(points: list[tuple[float, float]], y: Fraction, x: Fraction) -> int | None:
    """Return how often the line goes around a place: crossings of the ray to its left; None on the line."""
    turns = 0
    for (ay, ax), (by, bx) in zip(points, points[1:] + points[:1], strict=True):
        if (ay <= y) != (by <= y):
            at = Fraction(ax) + (y - Fraction(ay)) * (Fraction(bx) - Fraction(ax)) / (
                Fraction(by) - Fraction(ay)
            )
            if abs(at - x) < Fraction(1, 10**9):
                return None
            if at <= x:
                turns += 1 if ay < by else -1
    return turns


@settings(max_examples=25)
@given(st.lists(places, min_size=1, max_size=9))
@example([(2, 2), (2, 22), (18, 22), (18, 2)])
@example([(0.5, 0.5), (0.5, 4.5), (4.5, 4.5), (4.5, 0.5)])
def test_a_polygon_holds_the_centres_it_goes_around(points: list[tuple[float, float]]) -> None:
    mask = placed(polygon(SIZE, points))
    for y, x in np.ndindex(SIZE):
        turns = winding(points, Fraction(2 * y + 1, 2), Fraction(2 * x + 1, 2))
        assert turns is None or mask[y, x] == (turns != 0)


def test_a_lassos_loop_is_filled() -> None:
    twice = [(2.0, 2.0), (2.0, 18.0), (18.0, 18.0), (18.0, 2.0)] * 2
    assert np.array_equal(placed(polygon(SIZE, twice)), placed(rectangle(SIZE, Point(2, 2), Point(17, 17))))


@pytest.mark.parametrize(
    "points", [[], [(3.0, 3.0)], [(3.0, 3.0), (9.0, 9.0)], [(-9.0, -9.0), (-5.0, 3.0), (-2.0, 0.0)]]
)
def test_what_encloses_nothing_is_empty(points: list[tuple[float, float]]) -> None:
    assert not placed(polygon(SIZE, points)).any()


def test_a_shape_beside_the_picture_is_empty() -> None:
    for region in (rectangle(SIZE, Point(-5, -5), Point(-1, 3)), ellipse(SIZE, Point(30, 2), Point(40, 9))):
        assert region.box.is_empty
        assert region.coverage.size == 0


def test_large_shapes_are_still_whole_numbers() -> None:
    region = ellipse(Size(30_000, 4), Point(0, 0), Point(29_999, 29_999))
    assert region.box == Box(0, 0, 30_000, 4)
    rows = np.flatnonzero(region.coverage[:, 0])
    radius = Fraction(30_000, 2)
    inside = [
        y
        for y in (rows[0] - 1, rows[0])
        if (Fraction(2 * int(y) + 1, 2) - radius) ** 2 + (radius - Fraction(1, 2)) ** 2 <= radius**2
    ]
    assert inside == [rows[0]]
