from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import Box, CorrespondenceField, FieldKind, Point, sources_at
from inpainting_core.fields.query import cell_at, cell_box

STRIDES = st.sampled_from([1.0, 2.0, 8.0, 1.5, 4 / 3, 7.25])


def make_field(stride: float = 1.0, k: int = 1) -> CorrespondenceField:
    """A 3 x 4 grid at (10, 20); cell (1, 2) is hole and copies from one cell up, two left."""
    offsets = np.zeros((3, 4, k, 2), np.int16)
    scores = np.zeros((3, 4, k), np.float32)
    hole = np.zeros((3, 4), np.bool_)
    hole[1, 2] = True
    offsets[1, 2, 0] = (-1, -2)
    scores[1, 2, 0] = 0.75
    return CorrespondenceField(
        Point(10, 20), (stride, stride), offsets, scores, hole, Box(0, 0, 100, 100), FieldKind.PATCH
    )


def test_source_of_a_pixel_is_the_pixel_at_its_offset() -> None:
    assert sources_at(make_field(), Point(11, 22)) == ((Box(10, 20, 1, 1), 0.75),)


def test_pixels_beside_the_hole_and_off_the_grid_have_no_source() -> None:
    field = make_field()
    for pixel in (Point(11, 21), Point(9, 22), Point(11, 24), Point(-5, 0), Point(13, 22)):
        assert sources_at(field, pixel) == ()


def test_every_pixel_of_a_wide_cell_has_the_cells_source() -> None:
    field = make_field(stride=8.0)
    expected = ((Box(10, 20, 8, 8), 0.75),)
    assert {sources_at(field, Point(y, x)) for y in range(18, 26) for x in range(36, 44)} == {expected}
    assert sources_at(field, Point(17, 36)) == () == sources_at(field, Point(18, 44))


def test_sources_without_a_share_are_left_out() -> None:
    assert len(sources_at(make_field(k=3), Point(11, 22))) == 1


@given(STRIDES, st.integers(-50, 150), st.integers(-50, 150))
def test_every_pixel_lies_in_the_cell_it_is_looked_up_in(stride: float, y: int, x: int) -> None:
    field = make_field(stride)
    assert cell_box(field, *cell_at(field, Point(y, x))).contains(Point(y, x))


@given(STRIDES, st.integers(-20, 20), st.integers(-20, 20))
def test_neighbouring_cells_touch_without_overlap(stride: float, i: int, j: int) -> None:
    field = make_field(stride)
    assert cell_box(field, i, j).bottom == cell_box(field, i + 1, j).top
    assert cell_box(field, i, j).right == cell_box(field, i, j + 1).left


@given(STRIDES)
def test_a_field_covers_its_cells_and_no_pixel_more(stride: float) -> None:
    field = make_field(stride)
    assert field.box == cell_box(field, 0, 0).union(cell_box(field, 2, 3))
