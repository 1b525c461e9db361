"""Is a piece what a walk over its cells finds?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import Box, CorrespondenceField, Point, coherent_piece
from inpainting_core.fields.query import cell_at, cell_box
from tests.core.made_up_fields import STRIDES, of_arrays


def walked(field: CorrespondenceField, start: tuple[int, int], tolerance: float) -> set[tuple[int, int]]:
    """Return the document pixels of the piece, walking from cell to cell."""
    waiting, cells = [start], {start}
    while waiting:
        i, j = waiting.pop()
        for near in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
            if near in cells or min(near) < 0 or near[0] >= field.hole.shape[0]:
                continue
            if near[1] >= field.hole.shape[1] or not field.hole[near]:
                continue
            apart = (field.offsets[near][0].astype(int) - field.offsets[start][0]) * field.stride_yx
            if math.hypot(*apart) <= tolerance:
                cells.add(near)
                waiting.append(near)
    boxes = [cell_box(field, *cell) for cell in cells]
    return {(y, x) for b in boxes for y in range(b.top, b.bottom) for x in range(b.left, b.right)}


@given(st.integers(0, 9999), st.sampled_from(STRIDES), st.sampled_from([0, 1, 2, 8, 11.5]))
def test_a_piece_is_what_a_walk_finds(seed: int, stride: float, tolerance: float) -> None:
    rng = np.random.default_rng(seed)
    hole = rng.random((7, 8)) < 0.85
    offsets = rng.integers(-1, 2, (7, 8, 2, 2)) * hole[:, :, None, None]
    field = of_arrays(offsets, np.full((7, 8, 2), 0.5) * hole[..., None], hole, (stride, stride))
    pixel = Point(120 + int(rng.integers(0, int(7 * stride))), 150 + int(rng.integers(0, int(8 * stride))))
    box, mask = coherent_piece(field, pixel, tolerance)
    start = cell_at(field, pixel)
    found = {(int(y) + box.top, int(x) + box.left) for y, x in np.argwhere(mask)}
    assert mask.shape == (box.height, box.width)
    assert mask.dtype == np.bool_
    if not hole[start]:
        assert box.is_empty
    else:
        assert found == walked(field, start, tolerance)
        assert all(edge.any() for edge in (mask[0], mask[-1], mask[:, 0], mask[:, -1]))


@pytest.mark.parametrize("pixel", [Point(0, 0), Point(119, 150), Point(120, 158), Point(-5, 400)])
def test_outside_the_hole_there_is_no_piece(pixel: Point) -> None:
    field = of_arrays(np.zeros((7, 8, 1, 2)), np.ones((7, 8, 1)), np.ones((7, 8), np.bool_))
    assert coherent_piece(field, pixel)[0].is_empty


def test_far_offsets_do_not_wrap_round() -> None:
    offsets = np.zeros((1, 2, 1, 2))
    offsets[0, :, 0, 1] = (32_767, -32_768)
    field = of_arrays(offsets, np.ones((1, 2, 1)), np.ones((1, 2), np.bool_))
    assert coherent_piece(field, Point(120, 150))[0] == Box(120, 150, 1, 1)
