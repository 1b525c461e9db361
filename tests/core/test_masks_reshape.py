"""Is a mask grown, smoothed, softened and closed as defined, and never by accident?"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from inpainting_core.api import (
    Box,
    Coverage,
    InvalidRequest,
    Mask,
    MaskShape,
    Region,
    Size,
    grow,
    reshaped,
    shrink,
    tight_box,
)
from tests.harness.strategies import masks

sizes = st.tuples(st.integers(1, 22), st.integers(1, 22))
soft = sizes.flatmap(
    lambda size: hnp.arrays(np.uint8, size, elements=st.sampled_from([0, 0, 0, 60, 128, 254, 255]))
)
shapes = st.builds(MaskShape, st.integers(-4, 6), st.integers(0, 4), st.integers(0, 6), st.integers(0, 6))


def hard(mask: Mask) -> Coverage:
    return mask * np.uint8(255)


def after(coverage: Coverage, shape: MaskShape) -> Coverage:
    """Return the reshaped mask in the whole picture, having checked its box."""
    region = reshaped(coverage, shape)
    whole = np.zeros_like(coverage)
    whole[region.box.slices] = region.coverage
    assert region.box == tight_box(whole > 0)
    return whole


def discs(size: tuple[int, ...], radius: int) -> np.ndarray:
    """Return for every pixel which pixels lie within `radius`, (h*w, h*w) bool."""
    place = np.argwhere(np.ones(size, np.bool_))
    near: np.ndarray = (np.square(place[:, None] - place).sum(axis=2)) <= radius * radius
    return near


@given(soft)
def test_the_neutral_shape_changes_nothing(coverage: Coverage) -> None:
    before = coverage.copy()
    assert np.array_equal(after(coverage, MaskShape()), before)
    reshaped(coverage, MaskShape(grow=3, smooth=1, feather=2, pinholes=4)).coverage[:] = 7
    reshaped(coverage, MaskShape()).coverage[:] = 7
    assert np.array_equal(coverage, before)


@given(masks(sizes), st.integers(1, 6))
def test_a_hard_mask_grows_and_shrinks_like_any(mask: Mask, radius: int) -> None:
    assert np.array_equal(after(hard(mask), MaskShape(grow=radius)), hard(grow(mask, radius)))
    assert np.array_equal(after(hard(mask), MaskShape(grow=-radius)), hard(shrink(mask, radius)))


@given(soft, st.integers(1, 9))
@settings(max_examples=60)
def test_a_soft_mask_takes_the_greatest_or_least_coverage_around(coverage: Coverage, radius: int) -> None:
    near, flat = discs(coverage.shape, radius), coverage.ravel().astype(int)
    greatest = np.where(near, flat, -1).max(axis=1).reshape(coverage.shape)
    least = np.where(near, flat, 256).min(axis=1).reshape(coverage.shape)
    assert np.array_equal(after(coverage, MaskShape(grow=radius)), greatest)
    assert np.array_equal(after(coverage, MaskShape(grow=-radius)), least)


@given(st.data(), soft, shapes)
def test_more_mask_never_becomes_less(data: st.DataObject, coverage: Coverage, shape: MaskShape) -> None:
    more = np.maximum(coverage, data.draw(hnp.arrays(np.uint8, coverage.shape)))
    assert (after(coverage, shape) <= after(more, shape)).all()


@given(soft, st.integers(0, 6), st.integers(0, 6))
def test_growing_and_closing_lose_nothing(coverage: Coverage, radius: int, side: int) -> None:
    assert (after(coverage, MaskShape(grow=radius, pinholes=side)) >= coverage).all()


@given(masks(sizes), st.integers(1, 8), st.integers(0, 4))
def test_feathering_stays_within_its_radius_on_both_sides(mask: Mask, radius: int, wide: int) -> None:
    grown = after(hard(mask), MaskShape(grow=wide)) > 0
    feathered = after(hard(mask), MaskShape(grow=wide, feather=radius))
    assert not (feathered > 0)[~grow(grown, radius)].any()
    inner = ~grow(~grown, 2 * radius)
    assert (feathered[inner] == 255).all()


@given(masks(sizes), shapes)
def test_without_feather_hard_edges_stay_hard(mask: Mask, shape: MaskShape) -> None:
    assert set(np.unique(after(hard(mask), replace(shape, feather=0)))) <= {0, 255}


@given(soft, st.integers(1, 4))
@settings(max_examples=60)
def test_smoothing_lets_the_majority_decide(coverage: Coverage, radius: int) -> None:
    padded = np.pad(coverage, radius, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (2 * radius + 1,) * 2)
    assert np.array_equal(after(coverage, MaskShape(smooth=radius)), np.median(windows, axis=(2, 3)))


@given(masks(sizes), st.integers(1, 6))
def test_enclosed_holes_are_closed_up_to_their_side(mask: Mask, side: int) -> None:
    wanted = mask.copy()
    count, labels = cv2.connectedComponents((~mask).astype(np.uint8), connectivity=4)
    for label in range(1, count):
        hole = labels == label
        box = tight_box(hole)
        enclosed = box.pad(1).clamp(Size(*mask.shape)) == box.pad(1)
        wanted |= hole & (enclosed and max(box.height, box.width) <= side)
    assert np.array_equal(after(hard(mask), MaskShape(pinholes=side)), hard(wanted))


@given(soft, shapes)
def test_a_part_with_enough_around_it_gives_the_same(coverage: Coverage, shape: MaskShape) -> None:
    whole = np.pad(coverage, ((9, 30), (20, 3)))
    box = tight_box(whole > 0).pad(shape.reach).clamp(Size(*whole.shape))
    region, part = reshaped(whole, shape), reshaped(whole[box.slices], shape)
    assert np.array_equal(part.coverage, region.coverage)
    assert part.coverage.size == 0 or part.box.shift(box.top, box.left) == region.box


def test_the_steps_come_in_order() -> None:
    ring = np.zeros((60, 60), np.uint8)
    cv2.circle(ring, (30, 30), 14, 255, 5)
    assert after(ring, MaskShape(grow=-4)).sum() == 0
    closed_first = after(ring, MaskShape(grow=-4, pinholes=40)) > 0
    assert closed_first[30, 30]
    assert np.array_equal(closed_first, shrink(closed_first | (after(ring, MaskShape(pinholes=40)) > 0), 4))


def test_feather_runs_evenly_from_full_to_nothing_across_a_straight_edge() -> None:
    half = np.zeros((5, 60), np.uint8)
    half[:, :30] = 255
    edge = after(half, MaskShape(feather=9))[2].astype(int)
    assert (np.diff(edge) <= 0).all()
    assert (edge[:21] == 255).all()
    assert (edge[39:] == 0).all()
    assert np.abs(edge + edge[::-1] - 255).max() <= 2
    assert edge[29] > 128 > edge[30] > 90


@pytest.mark.parametrize("field", ["grow", "smooth", "feather", "pinholes"])
def test_parameters_out_of_range_are_refused(field: str) -> None:
    with pytest.raises(InvalidRequest):
        replace(MaskShape(), **{field: 501})
    assert MaskShape().is_neutral
    assert not replace(MaskShape(), **{field: 1}).is_neutral


def test_an_empty_mask_stays_empty() -> None:
    region = reshaped(np.zeros((9, 9), np.uint8), MaskShape(grow=3, feather=2))
    assert isinstance(region, Region)
    assert region.box == Box(0, 0, 0, 0)
