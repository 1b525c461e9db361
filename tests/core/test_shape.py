"""Are masks measured, grown and parted as their definitions say?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import Box, Mask, grow, shrink, tight_box
from inpainting_core.masks.shape import reach_around, separate, thickness
from tests.harness.strategies import masks, sparse_masks


def nearest(mask: Mask, value: bool) -> np.ndarray:
    """Return every pixel's distance to the nearest pixel equal to `value`, by trying all; inf for none."""
    pixel = np.argwhere(np.ones_like(mask))
    targets = np.argwhere(mask == value)
    if len(targets) == 0:
        return np.full(mask.shape, np.inf)
    return np.linalg.norm(pixel[:, None] - targets, axis=-1).min(axis=1).reshape(mask.shape)


@given(masks())
def test_the_tight_box_holds_all_and_touches_it_on_every_side(mask: Mask) -> None:
    box = tight_box(mask)
    assert mask[box.slices].sum() == mask.sum()
    if mask.any():
        inside = mask[box.slices]
        assert inside[0].any() and inside[-1].any() and inside[:, 0].any() and inside[:, -1].any()  # noqa: PT018
    else:
        assert box.is_empty


@given(masks(), st.integers(0, 6))
def test_growing_adds_what_lies_within_the_radius(mask: Mask, radius: int) -> None:
    assert np.array_equal(grow(mask, radius), nearest(mask, True) <= radius)


@given(masks(), st.integers(0, 6))
def test_shrinking_removes_what_lies_within_the_radius(mask: Mask, radius: int) -> None:
    assert np.array_equal(shrink(mask, radius), nearest(mask, False) > radius)


@given(masks(), st.integers(0, 6))
def test_closing_and_opening_enclose_the_mask(mask: Mask, radius: int) -> None:
    assert (shrink(grow(mask, radius), radius) >= mask).all()
    assert (grow(shrink(mask, radius), radius) <= mask).all()


def test_neither_touches_its_argument() -> None:
    mask = np.zeros((9, 9), np.bool_)
    mask[4, 4] = True
    before = mask.copy()
    for changed in (grow(mask, 2), shrink(mask, 2), grow(mask, 0), shrink(mask, 0)):
        changed[:] = True
    assert np.array_equal(mask, before)


@given(masks())
def test_thickness_is_twice_the_greatest_distance_to_a_known_pixel(mask: Mask) -> None:
    if mask.all():
        assert thickness(mask) == max(mask.shape)
    elif mask.any():
        assert thickness(mask) == np.ceil(2 * np.float32(nearest(mask, False)[mask].max()))
    else:
        assert thickness(mask) == 0


def test_the_border_is_no_rim() -> None:
    mask = np.zeros((100, 60), np.bool_)
    mask[:, :10] = True
    assert thickness(mask) == 20
    mask[:, 10:30] = True
    assert thickness(mask) == 60


def parted(mask: Mask, reach: int) -> list[Box]:
    """Return what `separate` should, by merging components until nothing changes."""
    stats = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=8)[2][1:]
    boxes = [Box(int(top), int(left), int(height), int(width)) for left, top, width, height, _ in stats]
    while True:
        pair = next(
            (
                (a, b)
                for a in boxes
                for b in boxes
                if a is not b and not margin(mask, a, reach).intersect(b).is_empty
            ),
            None,
        )
        if pair is None:
            return sorted(boxes)
        boxes = [box for box in boxes if box is not pair[0] and box is not pair[1]] + [pair[0].union(pair[1])]


def margin(mask: Mask, box: Box, reach: int) -> Box:
    alone = np.zeros_like(mask)
    alone[box.slices] = mask[box.slices]
    return box.pad(reach + thickness(alone))


@given(sparse_masks(), st.integers(0, 12))
def test_holes_are_parted_where_their_surroundings_end(mask: Mask, reach: int) -> None:
    assert separate(mask, lambda thick: reach + thick) == parted(mask, reach)


@given(masks(), st.integers(1, 8))
def test_parts_hold_every_hole_once(mask: Mask, reach: int) -> None:
    count = np.zeros(mask.shape, int)
    for box in separate(mask, lambda _: reach):
        assert box == tight_box(mask & inside(box, mask.shape))
        count[box.slices] += 1
    assert (count[mask] == 1).all()
    assert count.max(initial=0) <= 1


def inside(box: Box, shape: tuple[int, ...]) -> Mask:
    result = np.zeros(shape, np.bool_)
    result[box.slices] = True
    return result


@pytest.mark.parametrize(("gap", "parts"), [(9, 1), (10, 2)])
def test_a_gap_as_wide_as_the_reach_parts_two_holes(gap: int, parts: int) -> None:
    mask = np.zeros((5, 40), np.bool_)
    mask[2, [3, 4 + gap]] = True
    assert len(separate(mask, lambda _: 10)) == parts


def test_a_thick_hole_reaches_farther_than_a_speck() -> None:
    mask = np.zeros((60, 200), np.bool_)
    mask[20:40, 10:30] = True
    mask[30, [60, 150, 180]] = True
    boxes = separate(mask, lambda thick: 40 if thick >= 20 else 8)
    assert boxes == [Box(20, 10, 20, 51), Box(30, 150, 1, 1), Box(30, 180, 1, 1)]


@given(st.integers(0, 2**32 - 1), st.integers(40, 400))
def test_a_reach_is_found_as_if_the_thickness_were_measured(seed: int, enough: int) -> None:
    rng = np.random.default_rng(seed)
    height, width = rng.integers(40, 300, 2).tolist()
    mask = np.zeros((height, width), np.uint8)
    for _ in range(2):
        ends = rng.integers(-20, 320, (2, 2)).tolist()
        cv2.line(mask, ends[0], ends[1], 1, int(rng.integers(1, 150)))
    hole = mask.view(np.bool_)

    def reach(thick: int) -> int:
        return min(enough, max(40, thick))

    if hole.any():
        assert reach_around(hole, tight_box(hole), reach) == reach(thickness(hole))
