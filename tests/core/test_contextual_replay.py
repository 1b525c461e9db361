"""Are the pixels that a replay copies those that the attention means?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.engines.contextual.replay import Shifts, replay
from inpainting_core.imaging.arrays import Mask, Rgb


def picture(height: int, width: int, seed: int = 0) -> Rgb:
    return np.random.default_rng(seed).random((height, width, 3), np.float32)


def hole_in(height: int, width: int) -> Mask:
    hole = np.zeros((height, width), np.bool_)
    hole[height // 4 : height // 2, width // 4 : width // 2] = True
    return hole


def shifts_of(offsets: list[tuple[int, int]], grid: tuple[int, int], cell_px: int) -> Shifts:
    """Every cell has the same sources, in cells, the first the strongest."""
    k = len(offsets)
    pixels = np.broadcast_to(np.array(offsets, np.int32) * cell_px, (*grid, k, 2)).copy()
    scores = np.broadcast_to(np.linspace(0.5, 0.1, k, dtype=np.float32), (*grid, k)).copy()
    return Shifts(pixels, scores, cell_px)


@pytest.mark.parametrize("cell_px", [8, 11, 16])
def test_one_shift_for_all_copies_a_block_unchanged(cell_px: int) -> None:
    height, width = 8 * cell_px, 10 * cell_px
    photo, hole = picture(height, width), hole_in(height, width)
    found = replay(shifts_of([(0, 4)], (8, 10), cell_px), photo, photo, hole, ~hole)
    y, x = np.nonzero(hole)
    sources = found.sources[y - found.box.top, x - found.box.left, 0]
    assert np.array_equal(sources, np.stack([y, x + 4 * cell_px], axis=1))
    assert (found.scores[y - found.box.top, x - found.box.left, 0] == 0.5).all()


@given(st.integers(0, 999), st.integers(8, 13))
def test_only_allowed_pixels_are_named(seed: int, cell_px: int) -> None:
    rng = np.random.default_rng(seed)
    height, width = 6 * cell_px - 3, 6 * cell_px - 5
    hole = rng.random((height, width)) < 0.2
    hole[5, 5], hole[0, 0] = True, False
    allowed = ~hole & (rng.random((height, width)) < 0.3)
    allowed[0, 0] = True
    pixels = rng.integers(-6, 7, (6, 6, 3, 2)).astype(np.int32) * cell_px
    scores = -np.sort(-rng.random((6, 6, 3)).astype(np.float32) / 3, axis=2)
    photo = picture(height, width, seed)
    found = replay(Shifts(pixels, scores, cell_px), photo, photo, hole, allowed)
    inside = hole[found.box.slices]
    assert (found.scores[~inside] == 0).all()
    assert (found.scores[inside][:, 0] > 0).all()
    assert (np.diff(found.scores, axis=2) <= 0).all()
    named = found.sources[inside][found.scores[inside] > 0]
    assert allowed[named[:, 0], named[:, 1]].all()


@given(st.integers(0, 999))
def test_every_source_is_one_of_the_four_cells_about_the_pixel(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cell_px, grid = 8, (6, 7)
    hole = hole_in(48, 56)
    pixels = rng.integers(-3, 4, (*grid, 2, 2)).astype(np.int32) * cell_px
    scores = -np.sort(-rng.random((*grid, 2)).astype(np.float32) / 2, axis=2)
    photo = picture(48, 56, seed)
    found = replay(Shifts(pixels, scores, cell_px), photo, photo, hole, ~hole)
    for y, x in np.argwhere(hole)[::13]:
        i, j = (y - 4) // cell_px, (x - 4) // cell_px  # the layer's patch reaches half a cell beyond its cell
        about = pixels[i : i + 2, j : j + 2].reshape(-1, 2) + (y, x)
        source = found.sources[y - found.box.top, x - found.box.left, 0]
        within = about[((about >= 0) & (about < (48, 56))).all(axis=1)]
        nothing_fits = hole[tuple(within.T)].all()
        assert (about == source).all(axis=1).any() or nothing_fits


def test_the_copy_that_looks_like_the_painting_wins() -> None:
    """Left cells say red, right cells say green; the painting is green: so is the replay, where it may be."""
    photo = np.zeros((48, 48, 3), np.float32)
    photo[:8], photo[40:] = (1, 0, 0), (0, 1, 0)
    hole = np.zeros((48, 48), np.bool_)
    hole[16:32, 16:32] = True
    painted = photo.copy()
    painted[hole] = (0, 1, 0)
    pixels = np.zeros((6, 6, 1, 2), np.int32)
    rows = np.arange(6) * 8
    pixels[:, :3, 0, 0], pixels[:, 3:, 0, 0] = (
        -rows[:, None],
        40 - rows[:, None],
    )  # to rows 0-7, to rows 40-47
    found = replay(Shifts(pixels, np.ones((6, 6, 1), np.float32), 8), painted, photo, hole, ~hole)
    green = found.sources[:, :, 0, 0] >= 40
    assert green[:, 6:].all()  # within half a cell of the right cells, all are
    assert not green[:, :2].any()  # beyond it there is no green to choose


def test_where_no_cell_has_a_source_the_nearest_allowed_pixel_is_copied() -> None:
    photo, hole = picture(32, 32), hole_in(32, 32)
    allowed = np.zeros_like(hole)
    allowed[30, 3] = allowed[9, 31] = True
    found = replay(shifts_of([(0, 1)], (4, 4), 8), photo, photo, hole, allowed)
    for (y, x), source in np.ndenumerate(found.sources[:, :, 0, 0]):
        point = np.array([y + found.box.top, x + found.box.left])
        places = np.array([(30, 3), (9, 31)])
        distances = np.hypot(*(places - point).T)
        if abs(distances[0] - distances[1]) > 1:
            assert source == places[np.argmin(distances)][0]
