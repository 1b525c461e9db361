from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document.levels import Levels, halve_any, halve_mean
from inpainting_core.api import Box

shapes = st.tuples(st.integers(250, 700), st.integers(1, 700))


@given(shapes, st.data())
def test_a_refreshed_pyramid_equals_one_made_anew(shape: tuple[int, int], data: st.DataObject) -> None:
    mask = np.zeros(shape, np.bool_)
    levels = Levels(mask, halve_any)
    for _ in range(data.draw(st.integers(1, 3))):
        top, left = data.draw(st.integers(0, shape[0] - 1)), data.draw(st.integers(0, shape[1] - 1))
        bottom, right = data.draw(st.integers(top + 1, shape[0])), data.draw(st.integers(left + 1, shape[1]))
        mask[top:bottom, left:right] ^= True
        levels.refresh(Box(top, left, bottom - top, right - left))
    anew = Levels(mask, halve_any)
    assert len(levels.arrays) == len(anew.arrays)
    for old, new in zip(levels.arrays, anew.arrays, strict=True):
        assert np.array_equal(old, new)


def test_one_masked_pixel_is_seen_from_as_far_as_one_can_go() -> None:
    mask = np.zeros((999, 1201), np.bool_)
    mask[998, 1200] = True
    levels = Levels(mask, halve_any)
    assert [int(level.sum()) for level in levels.arrays] == [1, 1, 1, 1]
    assert [level.shape for level in levels.arrays] == [(999, 1201), (500, 601), (250, 301), (125, 151)]


def test_a_halved_picture_is_the_mean_of_two_by_two() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (300, 302, 3), np.uint8)
    mean = pixels.reshape(150, 2, 151, 2, 3).astype(float).mean(axis=(1, 3))
    assert np.abs(Levels(pixels, halve_mean).arrays[1] - mean).max() <= 0.5


@pytest.mark.parametrize(
    ("scale", "level"), [(8, 0), (1, 0), (0.51, 0), (0.5, 1), (0.26, 1), (0.25, 2), (0.01, 3)]
)
def test_the_level_drawn_is_never_stretched(scale: float, level: int) -> None:
    assert Levels(np.zeros((2000, 1500), np.bool_), halve_any).level_for(scale) == level
