"""Are copies counted where they came from?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import Box, CorrespondenceField, Point, repetitions, source_density
from inpainting_core.fields.query import cell_box
from tests.core.made_up_fields import fields, of_arrays


def counted(field: CorrespondenceField) -> dict[tuple[int, int], float]:
    """Return how often each document pixel was used, cell by cell and pixel by pixel."""
    uses: dict[tuple[int, int], float] = {}
    for i, j in np.argwhere(field.hole).tolist():
        for (dy, dx), score in zip(field.offsets[i, j].tolist(), field.scores[i, j].tolist(), strict=True):
            box = cell_box(field, i + dy, j + dx) if score > 0 else Box(0, 0, 0, 0)
            for y in range(box.top, box.bottom):
                for x in range(box.left, box.right):
                    uses[y, x] = uses.get((y, x), 0.0) + score
    return uses


@given(fields)
def test_density_counts_every_copy_by_its_share(field: CorrespondenceField) -> None:
    box, counts = source_density(field)
    uses = counted(field)
    assert counts.shape == (box.height, box.width)
    assert counts.dtype == np.float32
    expected = np.zeros(counts.shape)
    for (y, x), count in uses.items():
        assert box.contains(Point(y, x))
        expected[y - box.top, x - box.left] = count
    np.testing.assert_allclose(counts, expected, rtol=1e-5)
    if not box.is_empty:
        assert all(edge.any() for edge in (counts[0], counts[-1], counts[:, 0], counts[:, -1]))


def test_a_field_without_sources_has_no_density() -> None:
    field = of_arrays(np.zeros((2, 3, 1, 2)), np.zeros((2, 3, 1)), np.zeros((2, 3), np.bool_))
    box, counts = source_density(field)
    assert box.is_empty
    assert counts.size == 0
    assert repetitions(field, 1) == ()


def test_sources_beyond_the_bounds_are_not_counted() -> None:
    field = of_arrays(np.full((1, 1, 1, 2), -200), np.ones((1, 1, 1)), np.ones((1, 1), np.bool_))
    assert source_density(field)[1].size == 0


def copies_of(patches: list[Box], times: int, stride: float = 1.0) -> CorrespondenceField:
    """Return a field that copies each patch, in cells of its grid, so many times side by side."""
    hole = np.ones((12, 200), np.bool_)
    offsets = np.full((12, 200, 1, 2), -20)
    offsets[..., 1] = 0
    column = 0
    for patch in patches:
        for _ in range(times):
            window = (slice(0, patch.height), slice(column, column + patch.width))
            offsets[window] = (patch.top, patch.left - column)
            column += patch.width
    return of_arrays(offsets, np.ones((12, 200, 1)), hole, (stride, stride))


@pytest.mark.parametrize("stride", [1.0, 8.0])
def test_places_used_too_often_are_outlined(stride: float) -> None:
    small, large = Box(15, 10, 6, 6), Box(14, 150, 8, 9)
    field = copies_of([small, large], 4, stride)
    expected = [Box(*(round(side * stride) for side in box)).shift(*field.origin) for box in (large, small)]
    assert list(repetitions(field, 3)) == expected
    assert repetitions(field, 4) == ()


def test_places_that_nearly_touch_are_one_and_specks_are_none() -> None:
    field = copies_of([Box(15, 10, 6, 6), Box(15, 20, 6, 6), Box(15, 100, 2, 2)], 3)
    assert repetitions(field, 2) == (Box(135, 160, 6, 16),)


@given(fields, st.integers(0, 3))
def test_every_outline_holds_a_place_used_often_at_each_of_its_sides(
    field: CorrespondenceField, times: int
) -> None:
    uses = counted(field)
    for box in repetitions(field, times):
        often = np.array(
            [[uses.get((y, x), 0) > times for x in range(box.left, box.right)]
             for y in range(box.top, box.bottom)]
        )  # fmt: skip
        assert all(edge.any() for edge in (often[0], often[-1], often[:, 0], often[:, -1]))
