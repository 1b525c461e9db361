"""Is confidence what its formula says, and are planted weak areas found, and only those?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import Box, CorrespondenceField, HeatMap, Point, confidence, weak_spots
from tests.core.made_up_fields import fields, of_arrays, plain


def overlap(start: float, side: float, other: float, other_side: float) -> float:
    return max(0.0, min(start + side, other + other_side) - max(start, other))


def misfit(field: CorrespondenceField, energy: HeatMap, i: int, j: int) -> float:
    """Return the mean of the map over the cell's area, by looking at every cell of the map; 0 if unknown."""
    total = area = 0.0
    for places, value in np.ndenumerate(energy.values):
        common = 1.0
        for axis, (cell, place) in enumerate(zip((i, j), places, strict=True)):
            step, other_step = field.stride_yx[axis], energy.stride_yx[axis]
            start = field.origin[axis] + cell * step
            common *= overlap(start, step, energy.origin[axis] + place * other_step, other_step)
        if not np.isnan(value):
            total, area = total + common * float(value), area + common
    return total / area if area > 1e-6 else 0.0


@given(fields, st.integers(0, 99), st.sampled_from([(1.0, 1.0), (2.0, 3.0), (16.0, 5.5)]))
def test_confidence_is_what_the_energy_leaves_times_the_agreement_of_sources(
    field: CorrespondenceField, seed: int, stride_yx: tuple[float, float]
) -> None:
    rng = np.random.default_rng(seed)
    values = rng.random((7, 9), dtype=np.float32)
    values[rng.random(values.shape) < 0.3] = np.nan
    energy = HeatMap(Point(118, 151), stride_yx, values, "", "")
    sure, alone = confidence(field, energy), confidence(field, None)
    assert sure.dtype == np.float32
    for i, j in np.ndindex(*field.hole.shape):
        if not field.hole[i, j]:
            assert np.isnan(sure[i, j])
            assert np.isnan(alone[i, j])
            continue
        agreement = sum(float(score) ** 2 for score in field.scores[i, j])
        assert alone[i, j] == pytest.approx(agreement, abs=1e-5)
        assert sure[i, j] == pytest.approx(agreement * (1 - misfit(field, energy, i, j)), abs=1e-4)


def test_a_plain_copy_is_sure_and_equal_shares_are_one_in_k() -> None:
    assert (confidence(plain(3, 4), None) == 1).all()
    shares = of_arrays(np.zeros((1, 1, 8, 2)), np.full((1, 1, 8), 1 / 8), np.ones((1, 1), np.bool_))
    assert confidence(shares, None).tolist() == [[pytest.approx(1 / 8)]]


def noisy(field: CorrespondenceField, seed: int, spread: float = 0.05) -> np.ndarray:
    """Return a confidence of 0.9 and some noise for every hole cell."""
    noise = np.random.default_rng(seed).normal(0.9, spread, field.hole.shape)
    return np.where(field.hole, np.clip(noise, 0, 1), np.nan).astype(np.float32)


@pytest.mark.parametrize("spread", [0.0, 0.02, 0.05, 0.1])
@pytest.mark.parametrize("seed", range(5))
def test_a_uniformly_good_fill_has_no_weak_spot(seed: int, spread: float) -> None:
    field = plain(150, 200)
    assert weak_spots(noisy(field, seed, spread), field) == ()


@pytest.mark.parametrize("seed", range(3))
def test_planted_weak_areas_are_found_worst_first(seed: int) -> None:
    field = plain(150, 200)
    sure = noisy(field, seed)
    planted = [Box(10, 10, 30, 40), Box(100, 20, 20, 30), Box(60, 150, 14, 14)]
    for box in planted:
        sure[box.slices] -= 0.5
    found = weak_spots(sure, field)
    assert len(found) == 3
    for spot, cells in zip(found, planted, strict=True):
        box = cells.shift(*field.origin)
        common = spot.box.intersect(box)
        assert common.height * common.width > 0.9 * box.height * box.width
        assert spot.box.intersect(box.pad(4)) == spot.box
        assert np.count_nonzero(spot.mask) > 0.9 * box.height * box.width
    assert [spot.score for spot in found] == sorted((spot.score for spot in found), reverse=True)
    assert weak_spots(sure, field, most=1)[0].box == found[0].box
    assert len(weak_spots(sure, field, at_least_px=400)) == 2


@pytest.mark.parametrize(("gap", "count"), [(5, 1), (40, 2)])
def test_areas_that_nearly_touch_are_one(gap: int, count: int) -> None:
    field = plain(60, 160)
    sure = noisy(field, 0, 0.0)
    sure[20:40, 20:50] = sure[20:40, 50 + gap : 80 + gap] = 0.2
    assert len(weak_spots(sure, field)) == count


def test_a_bad_fill_is_one_weak_spot_as_large_as_the_hole() -> None:
    hole = np.zeros((40, 50), np.bool_)
    hole[5:35, 8:45] = True
    field = of_arrays(np.zeros((40, 50, 1, 2)), hole[..., None], hole)
    (spot,) = weak_spots(np.where(hole, 0.25, np.nan).astype(np.float32), field)
    assert spot.box == Box(125, 158, 30, 37)
    assert spot.mask.all()
    assert spot.score == pytest.approx(0.25 * 30 * 37, rel=1e-4)  # it lacks 0.25 to one half everywhere


@pytest.mark.parametrize("stride", [8.0, 1.5])
def test_wide_cells_are_shown_in_document_pixels(stride: float) -> None:
    field = of_arrays(
        np.zeros((30, 40, 1, 2)), np.ones((30, 40, 1)), np.ones((30, 40), np.bool_), (stride, stride)
    )
    sure = np.full((30, 40), 0.9, np.float32)
    sure[10:20, 16:32] = 0.1
    (spot,) = weak_spots(sure, field)
    planted = Box(round(120 + 10 * stride), round(150 + 16 * stride), round(10 * stride), round(16 * stride))
    assert spot.mask.shape == (spot.box.height, spot.box.width)
    assert spot.box.intersect(planted.pad(5)) == spot.box
    assert planted.intersect(spot.box.pad(5)) == planted


@given(st.integers(0, 9999))
def test_spots_are_tight_disjoint_and_inside_the_known_hole(seed: int) -> None:
    rng = np.random.default_rng(seed)
    field = plain(64, 64)
    coarse = rng.random((8, 8), dtype=np.float32)
    sure = np.where(rng.random((64, 64)) < 0.9, np.kron(coarse, np.ones((8, 8))), np.nan).astype(np.float32)
    seen = np.zeros((64, 64), np.int32)
    for spot in weak_spots(sure, field, at_least_px=10):
        inside = spot.box.shift(-120, -150)
        seen[inside.slices] += spot.mask
        assert np.count_nonzero(spot.mask) >= 10
        for edge in (spot.mask[0], spot.mask[-1], spot.mask[:, 0], spot.mask[:, -1]):
            assert edge.any()
    assert seen.max() <= 1
    assert not (seen[np.isnan(sure)]).any()


def test_nothing_known_has_no_weak_spot() -> None:
    field = plain(5, 5)
    assert weak_spots(np.full((5, 5), np.nan, np.float32), field) == ()
