"""Does the wand take what looks alike, as far as it hangs together?"""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from inpainting_core.api import Box, Mask, Point, Region, Size, similar, tight_box


def alike(pixels: np.ndarray, at: Point, tolerance: int) -> Mask:
    return (np.abs(pixels.astype(int) - pixels[at].astype(int)) <= tolerance).all(axis=2)


def walked(open_: Mask, at: Point) -> Mask:
    """Return what can be reached from `at` over sides, by walking."""
    reached = np.zeros_like(open_)
    reached[at] = True
    waiting = deque([at])
    while waiting:
        y, x = waiting.popleft()
        for near in (Point(y - 1, x), Point(y + 1, x), Point(y, x - 1), Point(y, x + 1)):
            inside = 0 <= near.y < open_.shape[0] and 0 <= near.x < open_.shape[1]
            if inside and open_[near] and not reached[near]:
                reached[near] = True
                waiting.append(near)
    return reached


def placed(region: Region, size: Size) -> Mask:
    mask = np.zeros(size, np.bool_)
    mask[region.box.slices] = region.coverage == 255
    assert tight_box(mask) == region.box
    return mask


@given(st.data(), st.integers(0, 4), st.booleans())
def test_the_wand_takes_what_a_walk_reaches(data: st.DataObject, tolerance: int, contiguous: bool) -> None:
    size = Size(data.draw(st.integers(1, 12)), data.draw(st.integers(1, 12)))
    pixels = data.draw(hnp.arrays(np.uint8, (*size, 3), elements=st.sampled_from([0, 1, 3, 6, 254, 255])))
    at = Point(data.draw(st.integers(0, size.h - 1)), data.draw(st.integers(0, size.w - 1)))
    open_ = alike(pixels, at, tolerance)
    wanted = walked(open_, at) if contiguous else open_
    pixels.flags.writeable = False
    assert np.array_equal(placed(similar(pixels, at, tolerance, contiguous), size), wanted)


@pytest.mark.parametrize("at", [Point(0, 0), Point(700, 1000), Point(1399, 10)])
def test_an_area_larger_than_the_first_window_is_found_whole(at: Point) -> None:
    pixels = np.zeros((1400, 1500, 3), np.uint8)
    pixels[300:320, :1490] = pixels[900:920, 10:] = (40, 0, 0)
    pixels[-1, 700:] = (0, 0, 90)
    region = similar(pixels, at, 5)
    assert region.box == Box(0, 0, 1400, 1500)
    wanted = (pixels == 0).all(axis=2)
    assert np.array_equal(region.coverage == 255, wanted)


def test_one_colour_out_of_tolerance_is_enough_to_stop() -> None:
    pixels = np.full((5, 9, 3), 100, np.uint8)
    pixels[:, 4] = (100, 111, 100)
    assert similar(pixels, Point(2, 1), 10).box == Box(0, 0, 5, 4)
    assert similar(pixels, Point(2, 1), 11).box == Box(0, 0, 5, 9)
    assert (similar(pixels, Point(2, 1), 10, contiguous=False).coverage.sum(axis=0) > 0).tolist() == [
        True
    ] * 4 + [False] + [True] * 4
