"""Do built fields point at the pixels that were copied, wherever the crop lies?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import Box, CorrespondenceField, FieldKind, Mask, Point
from inpainting_core.fields.build import from_nnf, reanchor
from tests.harness.strategies import masks

holes = masks().filter(lambda mask: mask.any() and not mask.all())


def random_sources(hole: Mask, seed: int) -> np.ndarray:
    """Return for every pixel some known pixel, (h, w, 2) int32."""
    known = np.argwhere(~hole).astype(np.int32)
    return known[np.random.default_rng(seed).integers(0, len(known), hole.shape)]


@given(holes, st.integers(0, 99))
def test_every_hole_pixel_points_at_its_source(hole: Mask, seed: int) -> None:
    sources = random_sources(hole, seed)
    field = from_nnf(sources, hole)
    top, left = field.origin
    for y, x in np.argwhere(hole):
        assert field.hole[y - top, x - left]
        assert field.scores[y - top, x - left].tolist() == [1.0]
        assert (field.offsets[y - top, x - left, 0] + (y, x)).tolist() == sources[y, x].tolist()
    assert field.hole.sum() == hole.sum()
    assert not field.offsets[~field.hole].any()
    assert not field.scores[~field.hole].any()
    assert field.bounds == Box(0, 0, *hole.shape)
    assert field.kind is FieldKind.PATCH


@given(holes, st.integers(-50, 50), st.integers(-50, 50))
def test_reanchoring_moves_places_and_keeps_offsets(hole: Mask, top: int, left: int) -> None:
    field = from_nnf(random_sources(hole, 0), hole)
    moved = reanchor(field, top, left)
    assert moved.box == field.box.shift(top, left)
    assert moved.bounds == field.bounds.shift(top, left)
    assert moved.offsets is field.offsets


def test_offsets_as_long_as_the_longest_side_fit() -> None:
    hole = np.zeros((1, 32_767), np.bool_)
    hole[0, 0] = True
    sources = np.zeros((1, 32_767, 2), np.int32)
    sources[0, 0] = (0, 32_766)
    assert from_nnf(sources, hole).offsets.tolist() == [[[[0, 32_766]]]]


def test_a_field_is_read_only_and_checks_its_arrays() -> None:
    hole = np.ones((2, 3), np.bool_)
    offsets, scores = np.zeros((2, 3, 1, 2), np.int16), np.ones((2, 3, 1), np.float32)
    rest = (Box(0, 0, 9, 9), FieldKind.PATCH)
    field = CorrespondenceField(Point(0, 0), (1.0, 1.0), offsets, scores, hole, *rest)
    with pytest.raises(ValueError, match="read-only"):
        field.offsets[0, 0, 0, 0] = 1
    with pytest.raises(ValueError, match="shape"):
        CorrespondenceField(Point(0, 0), (1.0, 1.0), offsets, scores, hole[:1], *rest)
    with pytest.raises(TypeError):
        CorrespondenceField(Point(0, 0), (1.0, 1.0), offsets.astype(np.int32), scores, hole, *rest)  # type: ignore[arg-type]
