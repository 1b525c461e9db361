"""Are the pixels named those that the attention means, and does what was copied come first?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.engines.contextual.looked import Looked, copied_first, looked_at
from inpainting_core.engines.patchmatch.shifts import Shifts
from inpainting_core.errors import Cancelled
from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box


def hole_in(height: int, width: int) -> Mask:
    hole = np.zeros((height, width), np.bool_)
    hole[height // 4 : height // 2, width // 4 : width // 2] = True
    return hole


def no_check() -> None:
    """Go on."""


def shifts_of(offsets: list[tuple[int, int]], grid: tuple[int, int], cell_px: int) -> Shifts:
    """Every cell has the same sources, in cells, the first the strongest."""
    k = len(offsets)
    pixels = np.broadcast_to(np.array(offsets, np.int32) * cell_px, (*grid, k, 2)).copy()
    scores = np.broadcast_to(np.linspace(0.5, 0.1, k, dtype=np.float32), (*grid, k)).copy()
    return Shifts(pixels, scores, cell_px)


def random_shifts(seed: int, grid: tuple[int, int], k: int, cell_px: int) -> Shifts:
    rng = np.random.default_rng(seed)
    pixels = rng.integers(-6, 7, (*grid, k, 2)).astype(np.int32) * cell_px
    scores = -np.sort(-rng.random((*grid, k)).astype(np.float32) / k, axis=2)
    return Shifts(pixels, scores, cell_px)


@pytest.mark.parametrize("cell_px", [8, 11, 16])
def test_one_shift_for_all_names_a_block(cell_px: int) -> None:
    height, width = 8 * cell_px, 10 * cell_px
    hole = hole_in(height, width)
    found = looked_at(shifts_of([(0, 4)], (8, 10), cell_px), hole, ~hole, no_check)
    y, x = np.nonzero(hole)
    sources = found.sources[y - found.box.top, x - found.box.left, 0]
    assert np.array_equal(sources, np.stack([y, x + 4 * cell_px], axis=1))
    assert (found.scores[y - found.box.top, x - found.box.left, 0] == 0.5).all()


@given(st.integers(0, 999), st.integers(8, 13))
def test_a_pixel_names_the_allowed_sources_of_its_cell_in_their_order(seed: int, cell_px: int) -> None:
    rng = np.random.default_rng(seed)
    height, width = 6 * cell_px - 3, 6 * cell_px - 5
    hole = rng.random((height, width)) < 0.2
    hole[5, 5], hole[0, 0] = True, False
    allowed = ~hole & (rng.random((height, width)) < 0.3)
    allowed[0, 0] = True
    shifts = random_shifts(seed, (6, 6), 3, cell_px)
    found = looked_at(shifts, hole, allowed, no_check)
    inside = hole[found.box.slices]
    assert (found.scores[~inside] == 0).all()
    for y, x in np.argwhere(hole)[::17]:
        cell = (y // cell_px, x // cell_px)
        meant = [
            ((y + dy, x + dx), score)
            for (dy, dx), score in zip(shifts.pixels[cell].tolist(), shifts.scores[cell], strict=True)
            if 0 <= y + dy < height and 0 <= x + dx < width and allowed[y + dy, x + dx] and score > 0
        ]
        at = (y - found.box.top, x - found.box.left)
        said = [
            (tuple(source), score)
            for source, score in zip(found.sources[at].tolist(), found.scores[at], strict=True)
            if score > 0
        ]
        if meant:
            assert said == meant
        else:
            assert len(said) == 1
            assert allowed[said[0][0]]


def test_where_a_cell_has_no_source_the_nearest_allowed_pixel_is_named() -> None:
    hole = hole_in(32, 32)
    allowed = np.zeros_like(hole)
    allowed[30, 3] = allowed[9, 31] = True
    found = looked_at(shifts_of([(0, 1)], (4, 4), 8), hole, allowed, no_check)
    for (y, x), source in np.ndenumerate(found.sources[:, :, 0, 0]):
        point = np.array([y + found.box.top, x + found.box.left])
        places = np.array([(30, 3), (9, 31)])
        distances = np.hypot(*(places - point).T)
        if abs(distances[0] - distances[1]) > 1:
            assert source == places[np.argmin(distances)][0]


@pytest.mark.parametrize(
    ("copy", "sources", "scores"),
    [
        ((10, 10), [(10, 10), (10, 30), (30, 10)], [0.6, 0.3, 0.1]),  # what was looked at most
        ((10, 33), [(10, 33), (10, 10), (30, 10)], [0.4, 0.5, 0.1]),  # near the second
        ((20, 20), [(20, 20), (10, 10), (10, 30)], [0.2, 0.5, 0.3]),  # near none
    ],
)
def test_the_copy_comes_first_with_what_other_places_leave_of_1(
    copy: tuple[int, int], sources: list[tuple[int, int]], scores: list[float]
) -> None:
    looked = Looked(
        Box(0, 0, 1, 1),
        np.array([(10, 10), (10, 30), (30, 10)], np.int32)[None, None],
        np.array([0.5, 0.3, 0.1], np.float32)[None, None],
    )
    found = copied_first(looked, np.array(copy, np.int16)[None, None], near_px=8, check=no_check)
    assert found.sources[0, 0].tolist() == [list(source) for source in sources]
    assert found.scores[0, 0].tolist() == pytest.approx(scores)


def test_sources_near_each_other_count_as_one_copy() -> None:
    looked = Looked(
        Box(0, 0, 1, 1),
        np.array([(10, 10), (12, 10), (30, 10)], np.int32)[None, None],
        np.array([0.4, 0.3, 0.2], np.float32)[None, None],
    )
    found = copied_first(looked, np.array((11, 9), np.int16)[None, None], near_px=8, check=no_check)
    assert found.sources[0, 0, 0].tolist() == [11, 9]
    assert found.scores[0, 0].tolist() == pytest.approx([0.8, 0.2, 0])
    assert found.sources[0, 0, 1].tolist() == [30, 10]


def test_a_copy_has_a_score_even_where_all_that_was_looked_at_lies_elsewhere() -> None:
    looked = Looked(
        Box(5, 5, 1, 1),
        np.array([(40, 40), (60, 60)], np.int32)[None, None],
        np.array([1, 0], np.float32)[None, None],
    )
    found = copied_first(looked, np.array((-5, 3), np.int16)[None, None], near_px=8, check=no_check)
    assert found.sources[0, 0].tolist() == [[0, 8], [40, 40]]
    assert found.scores[0, 0].tolist() == pytest.approx([0.01, 0.99])


@given(st.integers(0, 999), st.integers(1, 8))
def test_scores_stay_shares_and_every_pixel_of_a_large_hole_is_told(seed: int, k: int) -> None:
    """More than one strip of rows."""
    rng = np.random.default_rng(seed)
    hole = np.ones((300, 300), np.bool_)
    hole[:20] = False
    scores = rng.dirichlet(np.ones(k), (38, 38)).astype(np.float32)
    pixels = rng.integers(-290, 1, (38, 38, k, 2)).astype(np.int32)
    looked = looked_at(Shifts(pixels, -np.sort(-scores, axis=2), 8), hole, ~hole, no_check)
    here = np.moveaxis(np.indices((280, 300), np.int16), 0, -1)
    offsets = (np.array([3, 5], np.int16) - here) - np.array([20, 0], np.int16)
    found = copied_first(looked, offsets, 8, no_check)
    assert (found.sources[:, :, 0] == (3, 5)).all()
    assert found.scores.max() <= 1
    assert found.scores.min() >= 0
    assert (found.scores[:, :, 0] > 0).all()
    assert np.abs(found.scores.sum(axis=2) - 1).max() < 1e-6


def test_it_stops_between_strips() -> None:
    calls = 0

    def stopping() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Cancelled

    hole = np.ones((600, 600), np.bool_)
    hole[0] = False
    with pytest.raises(Cancelled):
        looked_at(shifts_of([(0, 1)], (75, 75), 8), hole, ~hole, stopping)
