"""Do boxes obey the laws of the sets of pixels they stand for?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import Box, Point, Size
from tests.harness.strategies import boxes


def pixels(box: Box) -> set[tuple[int, int]]:
    return {(y, x) for y in range(box.top, box.bottom) for x in range(box.left, box.right)}


@given(boxes, boxes)
def test_the_intersection_holds_exactly_the_common_pixels(one: Box, other: Box) -> None:
    assert pixels(one.intersect(other)) == pixels(one) & pixels(other)
    assert one.intersect(other).is_empty == (not pixels(one) & pixels(other))


@given(boxes, boxes)
def test_the_union_is_the_smallest_box_of_both(one: Box, other: Box) -> None:
    both = pixels(one) | pixels(other)
    union = one.union(other)
    assert both <= pixels(union)
    if both:
        assert {min(y for y, _ in both), max(y for y, _ in both)} == {union.top, union.bottom - 1}
        assert {min(x for _, x in both), max(x for _, x in both)} == {union.left, union.right - 1}


@given(boxes, st.integers(0, 30), st.integers(0, 30))
def test_clamping_keeps_what_lies_in_the_image(box: Box, height: int, width: int) -> None:
    assert pixels(box.clamp(Size(height, width))) == pixels(box) & pixels(Box(0, 0, height, width))


@given(boxes, st.integers(0, 9))
def test_padding_then_unpadding_is_identity(box: Box, margin: int) -> None:
    assert box.pad(margin).pad(-margin) == box


@given(boxes, st.integers(-9, 9), st.integers(-9, 9))
def test_shifting_moves_every_pixel(box: Box, dy: int, dx: int) -> None:
    assert pixels(box.shift(dy, dx)) == {(y + dy, x + dx) for y, x in pixels(box)}


@given(boxes, st.integers(-25, 45), st.integers(-25, 45))
def test_contains_agrees_with_the_pixels(box: Box, y: int, x: int) -> None:
    assert box.contains(Point(y, x)) == ((y, x) in pixels(box))


def test_slices_index_rows_then_columns() -> None:
    assert Box(2, 5, 3, 4).slices == (slice(2, 5), slice(5, 9))
