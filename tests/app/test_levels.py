from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document.levels import Levels, halve_mean
from inpainting_core.api import Box, Size

shapes = st.tuples(st.integers(250, 700), st.integers(1, 700))


@given(shapes, st.data())
def test_what_is_read_equals_levels_made_anew(shape: tuple[int, int], data: st.DataObject) -> None:
    coverage = np.zeros(shape, np.uint8)
    levels = Levels(coverage, halve_mean)
    for _ in range(data.draw(st.integers(1, 3))):
        changed = box_in(data, Size(*shape))
        coverage[changed.slices] ^= data.draw(st.sampled_from([255, 90]))
        levels.refresh(changed)
        anew = Levels(coverage, halve_mean)
        level = data.draw(st.integers(0, len(anew.arrays) - 1))
        cells = box_in(data, anew.size_of(level))
        assert np.array_equal(levels.read(level, cells), anew.arrays[level][cells.slices])
    assert len(levels.arrays) == len(anew.arrays)
    for level, whole in enumerate(anew.arrays):
        assert np.array_equal(levels.read(level, Box(0, 0, *whole.shape)), whole)


def box_in(data: st.DataObject, size: Size) -> Box:
    top, left = data.draw(st.integers(0, size.h - 1)), data.draw(st.integers(0, size.w - 1))
    bottom, right = data.draw(st.integers(top + 1, size.h)), data.draw(st.integers(left + 1, size.w))
    return Box(top, left, bottom - top, right - left)


def test_a_change_costs_nothing_until_it_is_looked_at() -> None:
    halved: list[tuple[int, ...]] = []

    def halve(block: np.ndarray) -> np.ndarray:
        halved.append(block.shape)
        return halve_mean(block)

    levels = Levels(np.zeros((4096, 4096), np.uint8), halve)
    halved.clear()
    levels.refresh(Box(0, 0, 4096, 4096))
    assert halved == []
    levels.read(1, Box(1000, 1000, 64, 64))
    assert halved == [(256, 256)]


def test_a_line_of_one_pixel_is_in_every_level() -> None:
    coverage = np.zeros((999, 1201), np.uint8)
    coverage[998] = 255
    levels = Levels(coverage, halve_mean)
    assert [level.shape for level in levels.arrays] == [(999, 1201), (500, 601), (250, 301), (125, 151)]
    assert [int(level[-1].min()) for level in levels.arrays] == [255, 255, 128, 64]


def test_a_halved_picture_is_the_mean_of_two_by_two() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (300, 302, 3), np.uint8)
    mean = pixels.reshape(150, 2, 151, 2, 3).astype(float).mean(axis=(1, 3))
    assert np.abs(Levels(pixels, halve_mean).arrays[1] - mean).max() <= 0.5


@pytest.mark.parametrize(
    ("scale", "level"), [(8, 0), (1, 0), (0.51, 0), (0.5, 1), (0.26, 1), (0.25, 2), (0.01, 3)]
)
def test_the_level_drawn_is_never_stretched(scale: float, level: int) -> None:
    assert Levels(np.zeros((2000, 1500), np.uint8), halve_mean).level_for(scale) == level
