"""Does a selection change the mask as its mode says, and nothing else?"""

from __future__ import annotations

from typing import get_args

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from inpainting_core.api import Box, Coverage, Region, RegionMode, Size, combine, hole_of, inverted, tight_box

sizes = st.builds(Size, st.integers(1, 12), st.integers(1, 12))
shares = st.sampled_from([0, 0, 0, 1, 100, 254, 255])


@st.composite
def masks_and_regions(draw: st.DrawFn) -> tuple[Coverage, Region]:
    size = draw(sizes)
    coverage = draw(hnp.arrays(np.uint8, size, elements=shares))
    rows = sorted(draw(st.tuples(st.integers(0, size.h), st.integers(0, size.h))))
    columns = sorted(draw(st.tuples(st.integers(0, size.w), st.integers(0, size.w))))
    box = Box(rows[0], columns[0], rows[1] - rows[0], columns[1] - columns[0])
    return coverage, Region(box, draw(hnp.arrays(np.uint8, (box.height, box.width), elements=shares)))


def by_definition(old: int, new: int, how: RegionMode) -> int:
    """Return what one pixel becomes."""
    if how == "add":
        return max(old, new)
    if how == "subtract":
        return min(old, 255 - new)
    return min(old, new) if how == "intersect" else new


@given(masks_and_regions(), st.sampled_from(get_args(RegionMode)))
def test_every_pixel_becomes_what_the_mode_says(case: tuple[Coverage, Region], how: RegionMode) -> None:
    coverage, region = case
    before, whole = coverage.copy(), np.zeros_like(coverage)
    whole[region.box.slices] = region.coverage
    changed = combine(coverage, region, how)
    after = coverage.copy()
    after[changed.box.slices] = changed.coverage
    pairs = zip(coverage.ravel().tolist(), whole.ravel().tolist(), strict=True)
    assert after.ravel().tolist() == [by_definition(old, new, how) for old, new in pairs]
    assert np.array_equal(coverage, before)
    assert changed.coverage.dtype == np.uint8


def test_only_the_neighbourhood_is_touched() -> None:
    coverage = np.zeros((50, 60), np.uint8)
    coverage[10:20, 10:20] = 255
    region = Region(Box(30, 40, 5, 5), np.full((5, 5), 255, np.uint8))
    assert combine(coverage, region, "add").box == region.box
    assert combine(coverage, region, "subtract").box == region.box
    assert combine(coverage, region, "replace").box == Box(10, 10, 25, 35)
    assert combine(coverage, region, "intersect").box == Box(10, 10, 10, 10)


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_inverting_leaves_the_rest_and_a_hole_is_all_that_is_not_0(coverage: Coverage) -> None:
    assert (inverted(coverage).astype(int) + coverage == 255).all()
    hole = hole_of(coverage)
    assert hole.tolist() == [[value > 0 for value in row] for row in coverage.tolist()]
    assert combine(coverage, Region(Box(0, 0, 0, 0), np.zeros((0, 0), np.uint8)), "replace").box == tight_box(
        hole
    )
