"""Does the network see the crop it should, and does its answer land where it belongs?"""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.engines.contextual.working import CELL, cell_size, enlarged, reduced
from inpainting_core.engines.contract import Crop
from inpainting_core.imaging.geometry import Size
from inpainting_core.masks.shape import thickness


def crop_of(height: int, width: int, seed: int = 0) -> Crop:
    rng = np.random.default_rng(seed)
    hole = rng.random((height, width)) < 0.1
    hole[0, 0], hole[-1, -1] = True, False
    weights = np.where(hole | (rng.random((height, width)) < 0.1), 0, rng.random((height, width)))
    return Crop(rng.random((height, width, 3), np.float32), hole, weights.astype(np.float32), {}, 0)


@given(st.integers(1, 90), st.integers(1, 90), st.integers(8, 30), st.integers(0, 9))
def test_a_cell_is_whole_pixels_of_the_crop(height: int, width: int, cell_px: int, seed: int) -> None:
    crop = crop_of(height, max(2, width), seed)
    work = reduced(crop, cell_px)
    gh, gw = (side // CELL for side in work.hole.shape)
    assert work.rgb.shape == (gh * CELL, gw * CELL, 3)
    assert gh == max(4, -(-crop.hole.shape[0] // cell_px))
    assert gw == max(4, -(-crop.hole.shape[1] // cell_px))
    for y, x in np.argwhere(crop.hole)[::7]:  # every hole pixel lies in a cell that touches the hole
        i, j = y // cell_px, x // cell_px
        assert work.hole[i * CELL : (i + 1) * CELL, j * CELL : (j + 1) * CELL].any()


@given(st.integers(9, 40), st.integers(0, 9))
def test_no_pixel_of_the_network_mixes_known_and_missing_or_allowed_and_forbidden(
    cell_px: int, seed: int
) -> None:
    crop = crop_of(4 * cell_px, 5 * cell_px, seed)
    work = reduced(crop, cell_px)
    step = cell_px / CELL
    for y, x in np.ndindex(*work.hole.shape):
        rows = slice(int(np.floor(y * step + 1e-9)), int(np.ceil((y + 1) * step - 1e-9)))
        columns = slice(int(np.floor(x * step + 1e-9)), int(np.ceil((x + 1) * step - 1e-9)))
        assert work.hole[y, x] == crop.hole[rows, columns].any()
        assert (work.weights[y, x] == 0) == (crop.weights[rows, columns] == 0).any()


def test_without_reduction_the_network_sees_the_crop_itself() -> None:
    crop = crop_of(40, 48)
    work = reduced(crop, CELL)
    assert np.array_equal(work.rgb, crop.rgb)
    assert np.array_equal(work.hole, crop.hole)
    assert np.array_equal(work.weights, crop.weights)
    assert enlarged(work.rgb, CELL, Size(40, 48)) is not None
    assert np.array_equal(enlarged(work.rgb, CELL, Size(40, 48)), crop.rgb)


def test_the_frame_mirrors_the_crop_and_is_never_a_source() -> None:
    crop = crop_of(30, 43)
    work = reduced(crop, CELL)
    assert np.array_equal(work.rgb[30:32], crop.rgb[[29, 28]][:, np.r_[0:43, 42:37:-1]])
    assert np.array_equal(work.hole[:30, 43:], crop.hole[:, 42:37:-1])
    assert (work.weights[30:] == 0).all()
    assert (work.weights[:, 43:] == 0).all()


@pytest.mark.parametrize(
    ("height", "width", "cell_px"), [(400, 500, 24), (500, 400, 24), (8, 80, 40), (301, 407, 8)]
)
def test_what_is_enlarged_is_part_of_the_whole_picture_enlarged(
    height: int, width: int, cell_px: int
) -> None:
    cells = [max(4, -(-side // cell_px)) for side in (height, width)]
    picture = np.random.default_rng(3).random((cells[0] * CELL, cells[1] * CELL, 3), np.float32)
    whole = cv2.resize(picture, (cells[1] * cell_px, cells[0] * cell_px), interpolation=cv2.INTER_CUBIC)
    back = enlarged(picture, cell_px, Size(height, width))
    np.testing.assert_array_equal(back, whole[:height, :width])
    assert back.base is None  # or the frame would live as long


def test_a_strip_is_framed_at_the_networks_size() -> None:
    """It is one cell of 100 x 100 pixels high, of four that the network needs."""
    crop = crop_of(100, 2000)
    crop = replace(crop, weights=np.where(crop.hole, 0, 1).astype(np.float32))
    crop.hole[:, 300:], crop.weights[:, 300:] = False, 1
    tracemalloc.start()
    work = reduced(crop, 100)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 * 100 * 2000 * (3 * 4 + 1 + 4)  # one row of cells and its copies, not four
    assert (work.weights[:CELL, 3 * CELL :] > 0.99).all()
    assert work.rgb.shape == (4 * CELL, 20 * CELL, 3)
    np.testing.assert_array_equal(work.rgb[CELL : 2 * CELL], work.rgb[CELL - 1 :: -1][:CELL])
    np.testing.assert_array_equal(work.hole[2 * CELL : 3 * CELL], work.hole[:CELL])
    assert (work.weights[CELL:] == 0).all()


@pytest.mark.parametrize("cell_px", [8, 12, 16, 21])
def test_a_ramp_comes_back_where_it_was(cell_px: int) -> None:
    """A linear picture is its own average and its own interpolation, away from the frame."""
    y, x = np.mgrid[0 : 6 * cell_px, 0 : 6 * cell_px].astype(np.float32)
    rgb = np.stack([y, x, y + x], axis=2) / np.float32(12 * cell_px)
    crop = Crop(rgb, np.zeros(rgb.shape[:2], np.bool_), np.ones(rgb.shape[:2], np.float32), {}, 0)
    back = enlarged(reduced(crop, cell_px).rgb, cell_px, Size(*rgb.shape[:2]))
    inner = (slice(2 * cell_px, -2 * cell_px),) * 2
    np.testing.assert_allclose(back[inner], rgb[inner], atol=2e-3)


@given(st.integers(1, 400), st.integers(1, 60), st.integers(64, 128), st.integers(128, 512))
def test_holes_and_sides_stay_within_what_was_learned(
    side: int, hole: int, thickest: int, widest: int
) -> None:
    mask = np.zeros((max(side, hole), max(side, hole)), np.bool_)
    mask[:hole, :hole] = True
    cell_px = cell_size(mask, thickest, widest)
    assert cell_px >= CELL
    assert thickness(mask) * CELL / cell_px <= thickest
    assert max(mask.shape) * CELL / cell_px <= widest
    if cell_px > CELL:  # and no smaller cell would do
        smaller = CELL / (cell_px - 1)
        assert thickness(mask) * smaller > thickest or max(mask.shape) * smaller > widest
