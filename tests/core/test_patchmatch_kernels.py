"""Do the PatchMatch kernels compute what naive loops compute, whatever the bands?"""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from numpy.typing import NDArray

from inpainting_core.api import Cancelled, CancelToken, Mask, Progress
from inpainting_core.engines.patchmatch import kernels
from inpainting_core.engines.patchmatch.bands import Band, Bands
from inpainting_core.engines.patchmatch.kernels import Ground
from inpainting_core.engines.patchmatch.matching import Effort, _rims, begin, refine, set_trust, start
from inpainting_core.engines.patchmatch.scales import Scale

HOLE = (slice(6, 10), slice(5, 9))


def scene(
    radius: int, side: int = 16, hole: tuple[slice, slice] = HOLE, usable: Mask | None = None, seed: int = 3
) -> Ground:
    """Return a match's ground on noise, every target with a chance source, every pixel with its own trust."""
    rng = np.random.default_rng(seed)
    rgb = rng.random((side, side, 3), np.float32)
    missing = np.zeros((side, side), np.bool_)
    missing[hole] = True
    allowed = ~missing if usable is None else usable & ~missing
    reluctance = np.where(missing, 0, rng.random(missing.shape) / 20).astype(np.float32)
    ground = begin(Scale(rgb, missing, allowed, reluctance), radius, rng.random(rgb.shape, np.float32)).ground
    set_trust(ground, rng.uniform(0.1, 1, missing.shape).astype(np.float32))
    ground.weight[...] = rng.random(missing.shape)
    kernels.scatter(ground, seed, whole(ground.targets))
    return ground


def whole(pixels: NDArray[np.int32]) -> Band:
    return 0, len(pixels), 0


def by_rows(pixels: NDArray[np.int32]) -> list[Band]:
    """Return one band for every two rows of a list of pixels."""
    cuts = [*np.flatnonzero(np.diff(pixels[:, 0], prepend=-1))[::2].tolist(), len(pixels)]
    return [(cuts[n], cuts[n + 1], n) for n in range(len(cuts) - 1)]


def raw(ground: Ground, here: NDArray[np.int32], there: NDArray[np.int32]) -> float:
    """Return the sum over the patch of trust * |difference|^2, pixel by pixel in float64."""
    r, total = ground.radius, 0.0
    for dy in range(-r, r + 1):
        for dx in range(-r, r + 1):
            p, q = (here[0] + dy, here[1] + dx), (there[0] + dy, there[1] + dx)
            difference = ground.features[p].astype(np.float64) - ground.features[q]
            total += float(ground.trust[p]) * float(difference @ difference)
    return total


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def distance(ground, here, there, limit):  # type: ignore[no-untyped-def]
    return kernels._distance(ground.features, ground.trust, ground.radius, here, there, limit)


def cost(ground: Ground, here: NDArray[np.int32], there: NDArray[np.int32]) -> float:
    """Return the distance on the footing of full trust, plus the surcharge."""
    r, (y, x) = ground.radius, here
    trusted = ground.trust[y - r : y + r + 1, x - r : x + r + 1].sum(dtype=np.float64)
    return raw(ground, here, there) * (2 * r + 1) ** 2 / trusted + float(ground.surcharge[tuple(there)])


def costs(ground: Ground) -> NDArray[np.float64]:
    return np.array([cost(ground, here, ground.nnf[tuple(here)]) for here in ground.targets])


def cheapest(ground: Ground) -> NDArray[np.float64]:
    """Return each target's least cost over all allowed sources."""
    everywhere = np.argwhere(ground.surcharge >= 0)
    return np.array([min(cost(ground, here, there) for there in everywhere) for here in ground.targets])


def sweep(ground: Ground, number: int, bands: list[Band], order: int = 1) -> None:
    rims = _rims(ground, bands)
    for band in bands[::order]:
        kernels.search(ground, rims, 1 if number % 2 == 0 else -1, 16, 1000 + number, band)


@pytest.mark.parametrize("radius", [2, 3, 4, 5])
def test_the_distance_is_that_of_a_double_loop(radius: int) -> None:
    ground = scene(radius)
    for here, there in zip(ground.targets, ground.pool[::-1], strict=False):
        given_up = np.float32(1e30)
        found = distance(ground, (here[0], here[1]), (there[0], there[1]), given_up)
        assert found == pytest.approx(raw(ground, here, there), rel=1e-5)


def test_a_distance_cut_short_is_beyond_the_limit_and_not_beyond_the_truth() -> None:
    ground = scene(3)
    for here, there in zip(ground.targets, ground.pool[::-1], strict=False):
        truth = raw(ground, here, there)
        cut = distance(ground, (here[0], here[1]), (there[0], there[1]), np.float32(truth / 3))
        assert truth / 3 < cut <= truth * (1 + 1e-5)


@pytest.mark.parametrize("radius", [2, 3, 4, 5])
def test_trying_all_pairs_finds_the_cheapest_source(radius: int) -> None:
    ground = scene(radius)
    kernels.exhaust(ground, whole(ground.targets))
    tried = [min(cost(ground, here, there) for there in ground.pool) for here in ground.targets]
    assert costs(ground) == pytest.approx(np.array(tried), rel=1e-4)


def test_a_sweep_reports_true_costs_which_rise_at_most_as_far_as_favoured() -> None:
    ground = scene(2)
    before = costs(ground)
    for number in range(6):
        sweep(ground, number, by_rows(ground.targets))
        after = costs(ground)
        y, x = ground.targets.T
        assert ground.cost[y, x] == pytest.approx(after, rel=1e-4)
        assert (after <= before * float(kernels._FAVOUR) ** 2 * (1 + 1e-4)).all()  # once down, once across
        before = after


def test_sweeps_come_near_the_cheapest_sources() -> None:
    ground = scene(2)
    chance, least = costs(ground).sum(), cheapest(ground).sum()
    for number in range(12):
        sweep(ground, number, by_rows(ground.targets))
    assert costs(ground).sum() - least < (chance - least) / 4


def test_sources_are_always_allowed_ones() -> None:
    usable = np.zeros((16, 16), np.bool_)
    usable[:, 10:] = True
    ground = scene(2, usable=usable)
    for number in range(4):
        sweep(ground, number, by_rows(ground.targets))
        y, x = ground.nnf[ground.targets[:, 0], ground.targets[:, 1]].T
        assert (ground.surcharge[y, x] >= 0).all()
        assert usable[y, x].all()


@pytest.mark.parametrize("number", [0, 1])
def test_the_order_of_bands_does_not_matter(number: int) -> None:
    one, other = scene(2), scene(2)
    sweep(one, number, by_rows(one.targets))
    sweep(other, number, by_rows(other.targets), order=-1)
    assert np.array_equal(one.nnf, other.nnf)
    assert np.array_equal(one.cost, other.cost)


def shares(ground: Ground, pixel: NDArray[np.int32]) -> dict[tuple[int, int], float]:
    """Return the votes for every usable source of one hole pixel, patch by patch."""
    votes: dict[tuple[int, int], float] = {}
    for target in ground.targets:
        if np.abs(target - pixel).max() <= ground.radius:
            y, x = (ground.nnf[tuple(target)] + pixel - target).tolist()
            if ground.usable[y, x]:
                votes[y, x] = votes.get((y, x), 0.0) + float(ground.weight[tuple(target)])
    return votes


def test_a_vote_is_the_weighted_mean_of_what_the_patches_say() -> None:
    ground = scene(3)
    out = np.empty((len(ground.inside), 3), np.float32)
    kernels.vote(ground, out, whole(ground.inside))
    for pixel, found in zip(ground.inside, out, strict=True):
        votes = shares(ground, pixel)
        mean = sum(weight * ground.features[place][:3].astype(np.float64) for place, weight in votes.items())
        assert found == pytest.approx(mean / sum(votes.values()), rel=1e-5)


def test_where_nobody_votes_the_guess_stays() -> None:
    ground = scene(2)
    ground.weight[...] = 0
    out = np.empty((len(ground.inside), 3), np.float32)
    kernels.vote(ground, out, whole(ground.inside))
    assert np.array_equal(out, ground.features[HOLE][..., :3].reshape(-1, 3))


@pytest.mark.parametrize("faint", [1e-39, 1e-44])
def test_votes_too_faint_to_divide_by_leave_the_guess(faint: float) -> None:
    ground = scene(2)
    ground.weight[...] = faint
    out = np.empty((len(ground.inside), 3), np.float32)
    kernels.vote(ground, out, whole(ground.inside))
    assert np.array_equal(out, ground.features[HOLE][..., :3].reshape(-1, 3))


def test_the_chosen_source_has_the_most_votes() -> None:
    ground = scene(2)
    for number in range(3):
        sweep(ground, number, by_rows(ground.targets))
    chosen = np.empty((len(ground.inside), 2), np.int32)
    kernels.choose(ground, chosen, whole(ground.inside))
    for pixel, (y, x) in zip(ground.inside, chosen.tolist(), strict=True):
        votes = shares(ground, pixel)
        assert votes[y, x] == pytest.approx(max(votes.values()), rel=1e-5)


def test_chosen_sources_are_usable_even_where_no_patch_offers_one() -> None:
    usable = np.zeros((16, 16), np.bool_)
    usable[3, 12] = True
    ground = scene(3, usable=usable)
    chosen = np.empty((len(ground.inside), 2), np.int32)
    kernels.choose(ground, chosen, whole(ground.inside))
    assert (chosen == (3, 12)).all()


def test_votes_from_deep_inside_a_hole_do_not_vanish() -> None:
    side, rim = 1000, 6
    hole = np.zeros((side, side), np.bool_)
    hole[rim:-rim, rim:-rim] = True
    rgb = np.full((side, side, 3), 0.5, np.float32)
    match = begin(Scale(rgb, hole, ~hole, np.zeros(hole.shape, np.float32)), 2, rgb)
    with Bands(Progress()) as bands:
        start(match, bands, 0)
        refine(match, Effort.finer(1, 1), bands, 0)
    y, x = match.ground.targets.T
    assert match.ground.weight[y, x].min() > np.finfo(np.float32).tiny
    assert np.abs(match.picture - np.float32(0.5)).max() < 1e-6


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3000)), min_size=0, max_size=6))
def test_bands_hold_every_pixel_once_and_whole_rows(rows: list[tuple[int, int]]) -> None:
    lines = sorted({y: n for y, n in rows}.items())
    pixels = np.array([(y, x) for y, n in lines for x in range(n)], np.int32).reshape(-1, 2)
    bands = Bands.of(pixels)
    assert [item for first, last, _ in bands for item in range(first, last)] == list(range(len(pixels)))
    held = [set(pixels[first:last, 0].tolist()) for first, last, _ in bands]
    assert sum(map(len, held)) == len(set().union(*held))
    assert [number for *_, number in bands] == list(range(len(bands)))


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_bands_of_rows_hold_every_row_once(height: int, width: int) -> None:
    bands = Bands.rows(height, width)
    assert [row for first, last, _ in bands for row in range(first, last)] == list(range(height))


@pytest.mark.parametrize("threads", [1, 2])
def test_no_band_is_begun_after_cancelling(threads: int) -> None:
    token, begun = CancelToken(), []

    def work(band: Band) -> None:
        begun.append(band)
        token.cancel()

    with Bands(Progress(token), threads) as bands, pytest.raises(Cancelled):
        bands.run(partial(work), [(n, n + 1, n) for n in range(50)])
    assert len(begun) <= threads
