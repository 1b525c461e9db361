"""Does reading a field backwards find every pixel that was pasted from a place?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from inpainting_core.api import Box, CorrespondenceField, FieldKind, Point, SourceIndex, sources_at
from tests.core.made_up_fields import fields, of_arrays
from tests.harness.strategies import boxes


def meets(one: Box, other: Box) -> bool:
    return not one.intersect(other).is_empty


@given(fields, boxes)
def test_pixels_are_found_by_their_first_source(field: CorrespondenceField, box: Box) -> None:
    box = box.shift(*field.origin)
    whole = field.box
    expected = {
        (y, x)
        for y in range(whole.top, whole.bottom)
        for x in range(whole.left, whole.right)
        for source in sources_at(field, Point(y, x))[:1]
        if meets(source.box, box)
    }
    found = SourceIndex(field).pasted_from(box)
    assert found.dtype == np.int32
    assert found.shape == (len(expected), 2)
    assert {tuple(pixel) for pixel in found.tolist()} == expected


@pytest.mark.parametrize("reach", [30, 300, 9000])
def test_many_pixels_from_near_and_far(reach: int) -> None:
    rng = np.random.default_rng(reach)
    hole = rng.random((150, 170)) < 0.8
    offsets = rng.integers(-reach, reach + 1, (150, 170, 1, 2)).astype(np.int16)
    field = CorrespondenceField(
        Point(9000, 9000), (1.0, 1.0), offsets, hole[..., None].astype(np.float32), hole,
        Box(0, 0, 20_000, 20_000), FieldKind.PATCH,
    )  # fmt: skip
    index = SourceIndex(field)
    pixels = np.argwhere(hole) + 9000
    sources = pixels + offsets[hole][:, 0]
    corners = sources[rng.integers(0, len(sources), 25)] - rng.integers(0, 15, (25, 2))
    for top, left in corners.tolist():
        for side in (1, 15, 100):
            box = Box(top, left, side, side)
            inside = ((sources >= (top, left)) & (sources < (box.bottom, box.right))).all(axis=1)
            found = index.pasted_from(box)
            assert sorted(map(tuple, found.tolist())) == sorted(map(tuple, pixels[inside].tolist()))
    everything = index.pasted_from(Box(0, 0, 20_000, 20_000))
    assert len(everything) == len(pixels)


def test_a_field_without_sources_and_an_empty_box_find_nothing() -> None:
    hole = np.ones((2, 2), np.bool_)
    nothing = of_arrays(np.zeros((2, 2, 1, 2)), np.zeros((2, 2, 1)), hole)
    assert SourceIndex(nothing).pasted_from(Box(0, 0, 999, 999)).shape == (0, 2)
    copied = of_arrays(np.zeros((2, 2, 1, 2)), np.ones((2, 2, 1)), hole)
    assert SourceIndex(copied).pasted_from(Box(120, 150, 0, 5)).shape == (0, 2)
    assert len(SourceIndex(copied).pasted_from(Box(120, 150, 1, 5))) == 2
