"""Is a network believed where it gets right what is known, and only there?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from inpainting_core.engines.contextual.trust import trust
from inpainting_core.engines.contextual.working import Working
from inpainting_core.engines.patchmatch.bands import Bands
from inpainting_core.engines.patchmatch.seam import KERNELS, membrane
from inpainting_core.imaging.arrays import Rgb
from inpainting_core.imaging.geometry import Size
from inpainting_core.masks.sampling import irregular_hole
from inpainting_core.progress import Progress

HOLE = np.zeros((64, 64), np.bool_)
HOLE[24:40, 24:40] = True
PICTURE = np.random.default_rng(1).random((64, 64, 3), np.float32)
WORK = Working(PICTURE, HOLE, (~HOLE).astype(np.float32), 8)


def test_a_perfect_network_is_believed_and_one_that_knows_nothing_is_not() -> None:
    assert trust(WORK, PICTURE).min() == 1
    assert trust(WORK, np.full_like(PICTURE, 0.5)).max() == 0


def test_what_is_painted_in_the_hole_and_constant_tints_do_not_count() -> None:
    painted = np.where(HOLE[..., None], np.float32(0), PICTURE)
    assert trust(WORK, painted).min() == 1
    assert trust(WORK, PICTURE + np.float32(0.2)).min() > 0.999


def test_trust_falls_as_wieners_filter_with_three_times_the_known_error() -> None:
    noise = np.random.default_rng(2).normal(0, 1, PICTURE.shape).astype(np.float32)
    for ratio in (0.1, 0.2):  # squared error to squared detail
        painted = PICTURE + np.float32(np.sqrt(ratio) * PICTURE.std()) * noise
        assert trust(WORK, painted).mean() == pytest.approx(1 - 3 * ratio, abs=0.06)


def test_a_flat_part_is_left_to_the_rim_while_detail_elsewhere_is_believed() -> None:
    picture = PICTURE.copy()
    picture[:, :20] = 0.5
    work = Working(picture, HOLE, WORK.weights, 8)
    error = np.random.default_rng(3).normal(0, 0.03, picture.shape).astype(np.float32)
    believed = trust(work, picture + error)
    assert believed[32, 2] + 0.25 < believed[32, 60]
    assert believed[32, 60] > 0.95


def test_far_from_all_that_is_known_a_network_is_believed_as_on_all_of_it() -> None:
    picture = np.random.default_rng(4).random((48, 320, 3), np.float32)
    hole = np.arange(320)[None, :].repeat(48, axis=0) >= 30
    error = np.random.default_rng(5).normal(0, 0.4 * picture.std(), picture.shape).astype(np.float32)
    believed = trust(Working(picture, hole, (~hole).astype(np.float32), 8), picture + error)
    overall = 1 - 3 * (error[~hole] ** 2).mean() / picture[~hole].var()
    assert believed[:, -1].max() == pytest.approx(overall, abs=0.05)


def test_where_nothing_is_known_nothing_is_believed() -> None:
    nothing = Working(PICTURE, np.ones_like(HOLE), np.zeros(HOLE.shape, np.float32), 8)
    assert trust(nothing, PICTURE).max() == 0


def exact(rgb: Rgb, hole: np.ndarray) -> Rgb:
    """Return the solution of Laplace's equation by plain Jacobi sweeps in double precision."""
    result = np.where(hole[..., None], 0.5, rgb.astype(np.float64))
    count = cv2.filter2D(np.ones(hole.shape), -1, CROSS, borderType=cv2.BORDER_CONSTANT)[..., None]
    for _ in range(6000):
        mean = cv2.filter2D(result, -1, CROSS, borderType=cv2.BORDER_CONSTANT) / count
        result = np.where(hole[..., None], mean, result)
    return result.astype(np.float32)


CROSS = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float64)


@pytest.mark.parametrize("at_edge", [False, True])
def test_a_membrane_solves_laplaces_equation(at_edge: bool) -> None:
    hole = irregular_hole(Size(64, 64), (0.3, 0.4), 5)
    hole[:20, :20] |= at_edge
    rgb = cv2.GaussianBlur(PICTURE, (0, 0), 3)
    with Bands(Progress()) as bands:
        found = membrane(rgb, hole, bands)
    assert np.array_equal(found[~hole], rgb[~hole])
    expected = exact(rgb, hole)
    assert np.abs(found - expected)[hole].max() < (0.02 if at_edge else 0.01) * np.ptp(rgb)


def test_a_membrane_of_a_slope_is_the_slope() -> None:
    slope = np.broadcast_to(np.linspace(0, 1, 64, dtype=np.float32)[:, None, None], (64, 64, 3))
    with Bands(Progress()) as bands:
        found = membrane(np.where(HOLE[..., None], np.float32(9), slope), HOLE, bands)
    assert np.abs(found - slope).max() < 2e-3


def test_frozen_holes_and_views_need_no_compilation_of_their_own() -> None:
    with Bands(Progress()) as bands:
        membrane(PICTURE, HOLE, bands)
        known = len(KERNELS[1].signatures)
        large = np.zeros((70, 70), np.bool_)
        large[:64, :64] = HOLE
        large.flags.writeable = False
        membrane(PICTURE, large[:64, :64], bands)
    assert len(KERNELS[1].signatures) == known
