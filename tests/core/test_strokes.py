"""Are strokes exact, symmetric and honest about where they drew?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inpainting_core.api import Box, Mask, Point, capsule, tight_box
from tests.harness.strategies import points

SIDE = 40
diameters = st.integers(1, 30)


def drawn(start: Point, end: Point, diameter: int) -> tuple[Mask, Box]:
    mask = np.zeros((SIDE, SIDE), np.bool_)
    return mask, capsule(mask, start, end, diameter=diameter, value=True)


def distances(start: Point, end: Point, diameter: int) -> np.ndarray:
    """Return every pixel centre's distance to the stroke's line, straight from the definition."""
    shift = 0 if diameter % 2 else 0.5
    a, b = np.array(start) + shift, np.array(end) + shift
    pixel = np.mgrid[0:SIDE, 0:SIDE].transpose(1, 2, 0)
    along = b - a
    share = np.clip((pixel - a) @ along / max(along @ along, 1), 0, 1)
    return np.linalg.norm(pixel - a - share[..., None] * along, axis=-1)


@given(points, points, diameters)
@example(Point(5, 5), Point(5, 5), 1)
@example(Point(0, 0), Point(39, 39), 2)
def test_a_stroke_holds_the_pixels_within_half_its_diameter(start: Point, end: Point, diameter: int) -> None:
    mask, _ = drawn(start, end, diameter)
    far = distances(start, end, diameter) - diameter / 2
    undecided = np.abs(far) < 1e-9
    assert np.array_equal(mask[~undecided], far[~undecided] < 0)


@given(points, points, diameters)
def test_a_stroke_is_symmetric_in_its_ends(start: Point, end: Point, diameter: int) -> None:
    assert np.array_equal(drawn(start, end, diameter)[0], drawn(end, start, diameter)[0])


@given(points, points, diameters, st.booleans())
def test_the_reported_box_is_the_tight_box_of_what_was_drawn(
    start: Point, end: Point, diameter: int, value: bool
) -> None:
    mask = np.full((SIDE, SIDE), not value)
    box = capsule(mask, start, end, diameter=diameter, value=value)
    assert box == tight_box(mask == value)


@pytest.mark.parametrize("diameter", [1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 33])
def test_a_line_is_exactly_as_wide_as_its_diameter(diameter: int) -> None:
    for end in (Point(20, 25), Point(20, 20)):
        assert drawn(Point(20, 20), end, diameter)[1].height == diameter
    for end in (Point(25, 20), Point(20, 20)):
        assert drawn(Point(20, 20), end, diameter)[1].width == diameter


@pytest.mark.parametrize("far", [10**6, 2**31, 10**12])
def test_points_far_outside_draw_the_part_inside(far: int) -> None:
    mask, box = drawn(Point(20, -far), Point(20, far), 3)
    assert box == Box(19, 0, 3, SIDE)
    assert mask.sum() == 3 * SIDE
    mask, box = drawn(Point(-far, -far), Point(far, far), 1)
    assert mask.sum() == SIDE
    assert np.diag(mask).all()


def test_a_stroke_off_the_canvas_draws_nothing() -> None:
    mask, box = drawn(Point(-30, 5), Point(-10, 5), 15)
    assert box.is_empty
    assert not mask.any()


def test_erasing_a_stroke_undoes_it() -> None:
    mask, _ = drawn(Point(3, 4), Point(30, 22), 9)
    capsule(mask, Point(30, 22), Point(3, 4), diameter=9, value=False)
    assert not mask.any()


def test_a_part_of_a_larger_mask_can_be_drawn_on() -> None:
    whole = np.zeros((SIDE, SIDE), np.bool_)
    box = capsule(whole[10:30, 10:30], Point(5, 5), Point(5, 8), diameter=3, value=True)
    assert tight_box(whole) == box.shift(10, 10)
