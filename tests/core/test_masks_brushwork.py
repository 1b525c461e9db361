"""Is a soft stroke as its distance to the line says, whatever its size and however it was drawn?"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inpainting_core.api import (
    Box,
    Brushwork,
    Coverage,
    InvalidRequest,
    Nib,
    Point,
    Size,
    capsule,
    reach,
    tight_box,
)
from tests.harness.strategies import points

SIDE = 48
shares = st.floats(0, 1)
small_nibs = st.builds(Nib, st.integers(1, 40), shares, shares)


def expected(size: Size, start: Point, end: Point, nib: Nib) -> Coverage:
    """Return the profile of every pixel's distance to the line, straight from the definition."""
    shift = 0 if nib.diameter % 2 else 0.5
    a, b = np.array(start) + shift, np.array(end) + shift
    pixel = np.mgrid[0 : size.h, 0 : size.w].transpose(1, 2, 0)
    along = b - a
    share = np.clip((pixel - a) @ along / max(along @ along, 1), 0, 1)
    distance = np.linalg.norm(pixel - a - share[..., None] * along, axis=-1)
    radius, core = nib.diameter / 2, nib.hardness * nib.diameter / 2
    if core == radius:
        return np.where(distance <= radius, round(255 * nib.opacity), 0)
    faded = np.clip((distance - core) / (radius - core), 0, 1)
    return np.rint(255 * nib.opacity * (1 + np.cos(np.pi * faded)) / 2).astype(int)


def drawn(size: Size, *ends: Point, nib: Nib, before: int = 0, paints: bool = True) -> tuple[Coverage, Box]:
    coverage, work, box = np.full(size, before, np.uint8), Brushwork(), Box(0, 0, 0, 0)
    for start, end in itertools.pairwise(ends):
        box = box.union(work.draw_segment(coverage, start, end, nib, paints))
    return coverage, box


@given(points, points, small_nibs)
@example(Point(5, 5), Point(30, 20), Nib(17, 0.0, 1.0))
@example(Point(5, 5), Point(5, 5), Nib(1, 0.5, 0.5))
def test_a_small_nib_is_exact(start: Point, end: Point, nib: Nib) -> None:
    size = Size(SIDE, SIDE)
    off = drawn(size, start, end, nib=nib)[0] - expected(size, start, end, nib)
    steep = nib.rim < 0.01  # where rounding decides, a pixel on the rim itself may fall either way
    assert np.abs(off).max() <= 1 or (steep and np.mean(np.abs(off) > 1) < 0.02)


@pytest.mark.parametrize("diameter", [199, 400, 1000])
@pytest.mark.parametrize("hardness", [0.0, 0.3, 0.6, 0.9, 0.97])
@pytest.mark.parametrize("step", [(0, 0), (3, -2), (25, 31), (-90, 70), (0, 333)])
def test_a_large_nib_is_off_by_at_most_6(diameter: int, hardness: float, step: tuple[int, int]) -> None:
    size, start = Size(420, 640), Point(200, 150)
    end, nib = Point(start.y + step[0], start.x + step[1]), Nib(diameter, hardness, 1.0)
    off = np.abs(drawn(size, start, end, nib=nib)[0] - expected(size, start, end, nib))
    assert off.max() <= 6


def test_a_nib_made_smaller_by_pressure_is_off_by_at_most_6() -> None:
    size, work, coverage = Size(300, 320), Brushwork(), np.zeros((300, 320), np.uint8)
    work.draw_segment(coverage, Point(150, 150), Point(150, 150), Nib(290, 0.4), True)
    for diameter in (289, 240, 191, 299, 310):
        coverage[:], nib = 0, Nib(diameter, 0.4)
        work.draw_segment(coverage, Point(150, 150), Point(152, 154), nib, True)
        assert np.abs(coverage - expected(size, Point(150, 150), Point(152, 154), nib)).max() <= 6


@given(points, points, st.integers(1, 30), st.booleans())
def test_a_hard_nib_is_the_capsule(start: Point, end: Point, diameter: int, paints: bool) -> None:
    mask = np.full((SIDE, SIDE), not paints)
    capsule(mask, start, end, diameter=diameter, value=paints)
    nib = Nib(diameter, 1.0, 1.0)
    coverage = drawn(Size(SIDE, SIDE), start, end, nib=nib, before=0 if paints else 255, paints=paints)[0]
    assert np.array_equal(coverage, mask * np.uint8(255))


@given(points, points, points, st.builds(Nib, st.integers(1, 60), shares, shares))
def test_segments_do_not_build_up_and_their_order_does_not_matter(
    a: Point, b: Point, c: Point, nib: Nib
) -> None:
    size = Size(SIDE, SIDE)
    once = drawn(size, a, b, c, nib=nib)[0]
    assert np.array_equal(once, drawn(size, a, b, c, b, a, b, c, c, nib=nib)[0])
    first, second = (drawn(size, *ends, nib=nib)[0] for ends in ((a, b), (b, c)))
    assert np.array_equal(once, np.maximum(first, second))


@given(points, points, st.builds(Nib, st.integers(1, 300), shares, shares))
def test_erasing_leaves_what_painting_would_not_cover(start: Point, end: Point, nib: Nib) -> None:
    size = Size(SIDE, SIDE)
    painted = drawn(size, start, end, nib=nib)[0]
    erased = drawn(size, start, end, nib=nib, before=255, paints=False)[0]
    assert np.array_equal(erased, 255 - painted)


@given(points, points, st.builds(Nib, st.integers(1, 300), shares, shares))
def test_all_that_changes_lies_in_the_box_and_within_reach(start: Point, end: Point, nib: Nib) -> None:
    coverage, box = drawn(Size(SIDE, SIDE), start, end, nib=nib)
    around = reach(start, end, nib.diameter, Size(SIDE, SIDE))
    assert box.union(around) == around
    changed = tight_box(coverage > 0)
    assert changed.union(box) == box


@pytest.mark.parametrize("far", [10**6, 10**9])
@pytest.mark.parametrize("nib", [Nib(9, 0.3, 0.5), Nib(9, 1.0, 0.5)])
def test_points_far_outside_draw_the_part_inside(far: int, nib: Nib) -> None:
    coverage, _ = drawn(Size(20, 20), Point(10, -far), Point(10, far), nib=nib)
    assert (coverage == coverage[:, :1]).all()
    assert coverage[10, 0] == nib.peak
    assert not coverage[[0, 19]].any()


@pytest.mark.parametrize(
    ("diameter", "hardness", "opacity"), [(0, 1, 1), (4097, 1, 1), (9, -0.1, 1), (9, 1, 1.1)]
)
def test_impossible_nibs_are_refused(diameter: int, hardness: float, opacity: float) -> None:
    with pytest.raises(InvalidRequest):
        Nib(diameter, hardness, opacity)
