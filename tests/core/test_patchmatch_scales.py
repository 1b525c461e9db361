"""Is a photograph halved, continued and freed of seams as worked out by hand or by a dense solver?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from inpainting_core.api import Mask, Progress
from inpainting_core.engines.patchmatch import seam
from inpainting_core.engines.patchmatch.bands import Bands
from inpainting_core.engines.patchmatch.scales import (
    Scale,
    _halve,
    expected_texture,
    pyramid,
    smooth_guess,
    spread,
    window_count,
)
from inpainting_core.imaging.arrays import Rgb

TAPS = np.array([1, 5, 10, 10, 5, 1]) / 32
"""The low-pass: its six samples lie about a coarse pixel's centre, three on either side."""


def scale(rgb: Rgb, hole: Mask, usable: Mask | None = None) -> Scale:
    allowed = ~hole if usable is None else usable
    return Scale(rgb, hole, allowed, np.zeros(hole.shape, np.float32))


def noise(height: int, width: int, seed: int = 1) -> Rgb:
    return np.random.default_rng(seed).random((height, width, 3), np.float32)


def block(height: int, width: int, rows: slice, columns: slice) -> Mask:
    hole = np.zeros((height, width), np.bool_)
    hole[rows, columns] = True
    return hole


@pytest.mark.parametrize("size", [(257, 300), (300, 257), (128, 511)])
def test_scales_halve_rounding_up(size: tuple[int, int]) -> None:
    sizes = [
        each.hole.shape
        for each in pyramid(scale(noise(*size), block(*size, slice(30, 90), slice(40, 99))), 7)
    ]
    assert len(sizes) > 1
    for (h, w), (coarse_h, coarse_w) in zip(sizes, sizes[1:], strict=False):
        assert (coarse_h, coarse_w) == (-(-h // 2), -(-w // 2))


def test_every_scale_has_somewhere_to_borrow_from() -> None:
    hole = block(300, 300, slice(101, 203), slice(0, 300))
    usable = block(300, 300, slice(50, 51), slice(50, 51))
    for each in pyramid(scale(noise(300, 300), hole, usable), 7):
        assert each.usable[3:-3, 3:-3].any()


def test_what_is_forbidden_all_about_a_hole_stays_forbidden_when_halved() -> None:
    usable = block(100, 100, slice(0, 4), slice(0, 100))
    coarse = _halve(scale(noise(100, 100), block(100, 100, slice(30, 70), slice(31, 71)), usable))
    assert coarse.usable[:2].all()
    assert not coarse.usable[3:].any()


def test_a_thin_hole_and_a_small_picture_have_one_scale() -> None:
    assert len(pyramid(scale(noise(200, 200), block(200, 200, slice(100, 103), slice(20, 180))), 7)) == 1
    assert len(pyramid(scale(noise(25, 25), block(25, 25, slice(8, 20), slice(8, 20))), 7)) == 1


@pytest.mark.parametrize("column", range(4))
def test_a_coarse_pixel_is_known_by_the_gaussian_share_of_its_surroundings(column: int) -> None:
    hole = np.ones((4, 4), np.bool_)
    hole[:, column] = False
    reach = [[TAPS[y - 2 * k + 2] if 0 <= y - 2 * k + 2 < 6 else 0.0 for y in range(4)] for k in range(2)]
    low = np.array(reach)
    share = low @ (~hole) @ low.T
    rgb = noise(4, 4)
    coarse = _halve(scale(rgb, hole))
    assert np.array_equal(coarse.hole, share <= 0.05)
    mean = np.einsum("iy,jx,yxc->ijc", low, low, rgb * ~hole[..., None]) / np.maximum(share, 1e-6)[..., None]
    assert coarse.rgb[~coarse.hole] == pytest.approx(mean[~coarse.hole], rel=1e-4)


def test_a_constant_stays_constant_on_all_scales_right_up_to_the_border() -> None:
    colour = np.array([0.1, 0.7, 1.0], np.float32)
    hole = block(120, 131, slice(30, 90), slice(0, 70))
    for each in pyramid(scale(np.where(hole[..., None], np.float32(0), colour), hole), 5):
        assert np.abs(each.rgb[~each.hole] - colour).max() < 1e-6


@given(
    hnp.arrays(np.bool_, st.tuples(st.integers(1, 40), st.integers(1, 40))),
    st.integers(3, 20).map(lambda n: 2 * n + 1),
    st.integers(0, 99),
)
@settings(max_examples=60)
def test_spreading_keeps_known_pixels_and_their_range(known: Mask, side: int, seed: int) -> None:
    known[seed % known.shape[0], seed % known.shape[1]] = True
    values = np.random.default_rng(seed).random((*known.shape, 3), np.float32)
    result = spread(values, known, side)
    assert np.array_equal(result[known], values[known])
    low, high = values[known].min(axis=0), values[known].max(axis=0)
    assert ((result >= low - 1e-4) & (result <= high + 1e-4)).all()


def test_one_known_pixel_reaches_everywhere() -> None:
    known = block(300, 300, slice(7, 8), slice(290, 291))
    values = noise(300, 300)
    assert np.abs(spread(values, known, 7) - values[7, 290]).max() < 1e-4


def test_what_lies_in_the_hole_does_not_matter_to_guess_or_texture() -> None:
    hole = block(80, 90, slice(20, 60), slice(25, 70))
    one, other = noise(80, 90), noise(80, 90)
    other[hole] = 1 - other[hole]
    assert np.array_equal(smooth_guess(scale(one, hole))[hole], smooth_guess(scale(other, hole))[hole])
    assert np.array_equal(expected_texture(scale(one, hole)), expected_texture(scale(other, hole)))


def test_the_texture_of_noise_continues_into_the_hole() -> None:
    hole = block(160, 160, slice(50, 110), slice(50, 110))
    rgb = noise(160, 160)
    grey = rgb.mean(axis=2)
    steps = np.concatenate([np.abs(np.diff(grey, axis=axis)).ravel() for axis in (0, 1)])
    texture = expected_texture(scale(rgb, hole))[hole]
    assert texture.mean() == pytest.approx(steps.mean(), rel=0.03)
    assert texture == pytest.approx(steps.mean(), rel=0.25)  # windows of some hundred steps, each +- 70 %


def test_the_texture_is_that_of_the_nearer_side() -> None:
    rgb = np.full((120, 120, 3), 0.5, np.float32)
    rgb[:, :60] = noise(120, 60)
    texture = expected_texture(scale(rgb, block(120, 120, slice(30, 90), slice(30, 90))))
    assert texture[60, 32] > 5 * texture[60, 87]


@given(hnp.arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 12))), st.integers(1, 4))
@settings(max_examples=40)
def test_windows_are_counted_as_by_hand(inside: Mask, radius: int) -> None:
    count = window_count(inside, radius)
    for y, x in np.ndindex(inside.shape):
        window = inside[max(0, y - radius) : y + radius + 1, max(0, x - radius) : x + radius + 1]
        assert count[y, x] == np.count_nonzero(window)


def shifted(hole: Mask, dy: int, dx: int) -> NDArray[np.int32]:
    """Return sources that lie (dy, dx) away from every hole pixel; other pixels are their own."""
    places = np.moveaxis(np.indices(hole.shape, np.int32), 0, -1).copy()
    places[hole] += np.array([dy, dx], np.int32)
    return places


FULL = np.float32(1), np.float32(1)


def correct(rgb: Rgb, hole: Mask, sources: NDArray[np.int32]) -> Rgb:
    with Bands(Progress(), 1) as bands:
        return seam.correction(rgb, (hole, ~hole), sources, np.ones(hole.shape, np.float32), FULL, bands)


def test_a_planted_translation_needs_no_correction() -> None:
    rgb = np.tile(noise(40, 20), (1, 3, 1))
    hole = block(40, 60, slice(8, 30), slice(24, 38))
    assert np.abs(correct(rgb, hole, shifted(hole, 0, 20))).max() == 0


def test_rim_and_pieces_are_matched_apart_from_each_other() -> None:
    hole = block(40, 120, slice(10, 30), slice(40, 80))
    rgb = np.full((40, 120, 3), 0.5, np.float32)
    rgb[:, :20], rgb[:, 100:] = 0.3, 0.7
    places = shifted(hole, 0, -40)
    places[10:30, 60:80, 1] += 80
    rgb[hole] = rgb[places[hole, 0], places[hole, 1]]  # a dark piece beside a bright one, on grey
    none, full = np.float32(0), np.float32(1)
    with Bands(Progress(), 1) as bands:
        texture = np.zeros(hole.shape, np.float32)
        rim = seam.correction(rgb, (hole, ~hole), places, texture, (full, none), bands)
        between = seam.correction(rgb, (hole, ~hole), places, texture, (none, full), bands)
        off = seam.correction(rgb, (hole, ~hole), places, texture, (none, none), bands)
    assert not off.any()
    assert rim[20, 41, 0] > 0.1
    assert rim[20, 78, 0] < -0.1
    assert between[20, 58, 0] > 0.05
    assert between[20, 61, 0] < -0.05


def test_the_correction_closes_a_step_at_the_rim_and_stays_in_the_hole() -> None:
    hole = block(60, 60, slice(20, 40), slice(0, 16))
    rgb = np.full((60, 60, 3), 0.4, np.float32)
    rgb[:, 30:] = 0.6
    copies = rgb.copy()
    copies[hole] = 0.6
    added = correct(copies, hole, shifted(hole, 0, 35))
    assert np.array_equal(added[~hole], np.zeros_like(added[~hole]))
    rim = added[20, 2:14]
    assert ((rim < -0.1) & (rim > -0.2)).all()
    assert (np.abs(added[hole]) <= 0.2).all()


@pytest.mark.parametrize("columns", [slice(5, 17), slice(0, 12), slice(10, 22)])
def test_the_solver_agrees_with_a_dense_one(columns: slice) -> None:
    hole = block(22, 22, slice(4, 16), columns)
    hole[9:11, 10:12] = False
    wanted = np.where(hole[..., None], noise(22, 22) - 0.5, 0).astype(np.float32)
    pixels = [tuple(pixel) for pixel in np.argwhere(hole).tolist()]
    number = {pixel: n for n, pixel in enumerate(pixels)}
    matrix = np.zeros((len(pixels), len(pixels)))
    screen = np.random.default_rng(2).uniform(0, 0.1, hole.shape).astype(np.float32)
    for (y, x), row in number.items():
        matrix[row, row] = screen[y, x]
        for neighbour in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
            if 0 <= neighbour[0] < 22 and 0 <= neighbour[1] < 22:
                matrix[row, row] += 1
                if neighbour in number:
                    matrix[row, number[neighbour]] -= 1
    exact = np.linalg.solve(matrix, wanted[hole].astype(np.float64))
    with Bands(Progress(), 1) as bands:
        found = seam._solve(hole, wanted, screen, bands)
    assert np.abs(found[hole] - exact).max() < 0.03 * np.abs(exact).max()
    assert (found[~hole] == 0).all()


@pytest.mark.parametrize("side", [8, 9])
def test_sums_of_blocks_leave_no_row_out(side: int) -> None:
    values = noise(side, side)
    even = np.pad(values, ((0, side % 2), (0, side % 2), (0, 0)))
    with Bands(Progress(), 1) as bands:
        found = seam._sums(values, bands)
    wanted = even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]
    np.testing.assert_allclose(found, wanted, rtol=1e-5)
