"""Are the places that a network looked at those that patches come from, and do its tones spare the rim?"""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from inpainting_core.engines.contextual.guide import tone
from inpainting_core.engines.contextual.look import Look
from inpainting_core.engines.contract import Crop
from inpainting_core.engines.patchmatch import kernels
from inpainting_core.engines.patchmatch.bands import Bands
from inpainting_core.engines.patchmatch.engine import PatchMatch
from inpainting_core.engines.patchmatch.matching import begin, set_trust
from inpainting_core.engines.patchmatch.scales import Guess, Scale
from inpainting_core.engines.patchmatch.shifts import Shifts
from inpainting_core.progress import Progress

OPTIONS = {"patch": 7, "rounds": 5, "colour": False, "seam": False}


def alike(grid: tuple[int, int], shift: tuple[int, int], cell_px: int) -> Shifts:
    pixels = np.broadcast_to(np.array(shift, np.int32), (*grid, 1, 2)).copy()
    return Shifts(pixels, np.ones((*grid, 1), np.float32), cell_px)


@given(st.integers(0, 999), st.integers(0, 3), st.integers(0, 20), st.integers(1, 40))
def test_a_coarse_pixel_asks_the_cell_that_its_centre_lies_in(
    seed: int, halvings: int, margin: int, cell_px: int
) -> None:
    rng = np.random.default_rng(seed)
    grid = (5, 7)
    shifts = Shifts(
        rng.integers(-200, 200, (*grid, 2, 2)).astype(np.int32), np.ones((*grid, 2), np.float32), cell_px
    )
    asked = shifts.framed(margin)
    for _ in range(halvings):
        asked = asked.halved()
    scale = 2**halvings
    y, x = rng.integers(0, 300, (2, 20)).astype(np.int32)
    cells = asked.cells(y, x)
    sources = asked.sources(y, x, cells, 1)
    for n in range(20):
        centre = np.array([(y[n] + 0.5) * scale, (x[n] + 0.5) * scale]) - margin
        cell = np.clip(np.floor(centre / cell_px), 0, (4, 6)).astype(int)
        assert (cells[0][n], cells[1][n]) == tuple(cell)
        shift = shifts.pixels[(*cell, 1)] / scale
        assert abs(sources[0][n] - y[n] - shift[0]) <= 0.5
        assert abs(sources[1][n] - x[n] - shift[1]) <= 0.5


def test_what_is_not_there_is_no_source() -> None:
    shifts = Shifts(np.zeros((2, 2, 1, 2), np.int32), np.zeros((2, 2, 1), np.float32), 8)
    y = np.array([3, 9], np.int32)
    assert [place.tolist() for place in shifts.sources(y, y, shifts.cells(y, y), 0)] == [[-1, -1], [-1, -1]]


@pytest.mark.parametrize("shift", [(0, 70), (-60, 0), (55, -60)])
def test_patches_come_from_about_the_places_suggested(shift: tuple[int, int]) -> None:
    rgb = np.random.default_rng(5).random((200, 200, 3), np.float32)
    hole = np.zeros((200, 200), np.bool_)
    hole[80:120, 80:120] = True
    crop = Crop(rgb, hole, (~hole).astype(np.float32), dict(OPTIONS), 1)
    farthest = {}
    for near in (True, False):
        guess = Guess(rgb, np.zeros(hole.shape, np.float32), 2, alike((25, 25), shift, 8), near)
        field = PatchMatch().fill_guided(crop, guess, Progress()).field
        assert field is not None
        apart = np.abs(field.offsets[:, :, 0][field.hole] - shift).max(axis=1)
        farthest[near] = np.quantile(apart, 0.95)
    assert farthest[True] <= 3 * 8
    assert farthest[False] > 6 * 8


@pytest.mark.parametrize("scale", [1, 2, 4, 16])
def test_a_source_is_held_within_a_cell_of_what_is_suggested_about_it(scale: int) -> None:
    rng = np.random.default_rng(scale)
    rgb = rng.random((48, 56, 3), np.float32)
    hole = np.zeros((48, 56), np.bool_)
    hole[16:30, 20:40] = True
    match = begin(Scale(rgb, hole, ~hole, np.zeros(hole.shape, np.float32)), 2, rgb)
    ground = match.ground
    cell_px, k = 8, 2
    grid = (-(-48 * scale // cell_px), -(-56 * scale // cell_px))
    pixels = (rng.integers(-30, 31, (*grid, k, 2)) * scale).astype(np.int32)
    scores = (rng.random((*grid, k)) < 0.7).astype(np.float32)
    shifts = Shifts(pixels, scores, cell_px, 0, scale)
    before = {}
    for y, x in ground.targets.tolist():
        ground.nnf[y, x] = ground.pool[rng.integers(len(ground.pool))]
        before[y, x] = tuple(ground.nnf[y, x].tolist())
    set_trust(ground, np.ones(hole.shape, np.float32))
    ground.cost[...] = 1e30  # nothing fits worse
    with Bands(Progress()) as bands:
        bands.run(partial(kernels.hold, ground, shifts.plain), Bands.of(ground.targets))
    moved = 0
    for (y, x), source in before.items():
        offered = []
        row, column = (2 * y + 1) * scale // 2 // cell_px, (2 * x + 1) * scale // 2 // cell_px
        for r, c, n in np.ndindex(*grid, k):
            if abs(r - row) <= 1 and abs(c - column) <= 1 and scores[r, c, n] > 0:
                place = y + pixels[r, c, n, 0] // scale, x + pixels[r, c, n, 1] // scale
                inside = 0 <= place[0] < 48 and 0 <= place[1] < 56
                place = min(max(place[0], 2), 45), min(max(place[1], 2), 53)  # where a patch has room
                if inside and ground.surcharge[place] >= 0:
                    offered.append(place)
        distances = [max(abs(place[0] - source[0]), abs(place[1] - source[1])) for place in offered]
        held = tuple(ground.nnf[y, x].tolist())
        if not offered or min(distances) * scale <= max(cell_px, scale):
            assert held == source
        else:
            moved += 1
            assert held in offered
            assert max(abs(held[0] - source[0]), abs(held[1] - source[1])) == min(distances)
    assert moved > 20


def test_a_source_that_fits_far_better_is_not_held() -> None:
    rng = np.random.default_rng(8)
    rgb = rng.random((48, 56, 3), np.float32)
    hole = np.zeros((48, 56), np.bool_)
    hole[20:28, 20:28] = True
    match = begin(Scale(rgb, hole, ~hole, np.zeros(hole.shape, np.float32)), 2, rgb)
    ground, shifts = match.ground, alike((6, 7), (0, 20), 8)
    set_trust(ground, np.ones(hole.shape, np.float32))
    y, x = ground.targets[:, 0], ground.targets[:, 1]

    def held(cost: NDArray[np.float32]) -> NDArray[np.bool_]:
        ground.nnf[y, x] = 5, 5
        ground.cost[y, x] = cost
        with Bands(Progress()) as bands:
            bands.run(partial(kernels.hold, ground, shifts.plain), Bands.of(ground.targets))
        return np.asarray(ground.nnf[y, x, 1] != 5)

    assert held(np.full(len(y), 1e30, np.float32)).all()
    suggested = ground.cost[y, x].copy()
    assert held((suggested - np.float32(0.3)) / 2 * np.float32(1.01)).all()
    np.testing.assert_array_equal(ground.cost[y, x], suggested)
    found = (suggested - np.float32(0.3)) / 2 * np.float32(0.99)
    assert not held(found).any()
    np.testing.assert_array_equal(ground.cost[y, x], found)
    ground.features[...] *= np.float32(0.01)
    is_whole = ground.surcharge[y, x + 20] < 0.25  # the suggested patch: others cost more for what they lack
    assert is_whole.any()
    np.testing.assert_array_equal(held(np.zeros(len(y), np.float32)), is_whole)  # nobody sees a difference


def test_places_that_may_not_be_borrowed_from_are_passed_over() -> None:
    rgb = np.random.default_rng(6).random((120, 120, 3), np.float32)
    hole = np.zeros((120, 120), np.bool_)
    hole[40:70, 40:70] = True
    weights = (~hole).astype(np.float32)
    weights[:, 75:] = 0
    crop = Crop(rgb, hole, weights, dict(OPTIONS), 1)
    guess = Guess(rgb, np.zeros(hole.shape, np.float32), 2, alike((15, 15), (0, 45), 8), True)
    filled = PatchMatch().fill_guided(crop, guess, Progress())
    assert filled.field is not None
    here = np.argwhere(hole)
    sources = here + filled.field.offsets[:, :, 0][filled.field.hole]
    assert weights[tuple(sources.T)].all()
    assert np.array_equal(filled.rgb[hole], rgb[tuple(sources.T)])


@pytest.mark.parametrize(
    ("lacking", "change"),
    [((0.04, 0.04, 0.04), (0.02, 0.02, 0.02)), ((0.2, -0.1, 0.0), (0.03, -0.015, 0.0))],
)
def test_tones_are_half_made_up_for_inside_up_to_a_limit_and_not_at_the_rim(
    lacking: tuple[float, ...], change: tuple[float, ...]
) -> None:
    rgb = np.full((100, 100, 3), 0.4, np.float32)
    hole = np.zeros((100, 100), np.bool_)
    hole[20:80, 20:80] = True
    crop = Crop(rgb, hole, (~hole).astype(np.float32), {}, 0)
    look = Look(crop, rgb, rgb, np.ones(hole.shape, np.float32), 16, None)
    expected = np.where(hole[..., None], rgb + np.array(lacking, np.float32), rgb)
    added = tone(rgb, look, expected)
    np.testing.assert_allclose(added[40:60, 40:60], np.broadcast_to(change, (20, 20, 3)), atol=1e-3)
    assert np.abs(added[20, 20:80]).max() < 1e-6
    assert not added[~hole].any()
    rows = added[20:50, 50, 0]
    assert (np.diff(rows) >= -1e-6).all()
