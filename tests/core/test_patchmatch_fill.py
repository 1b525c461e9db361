"""Is a PatchMatch fill what its field says, strict about sources, the same on any machine, and stoppable?"""

from __future__ import annotations

import threading
import time
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from inpainting_core.api import (
    Box,
    Cancelled,
    CancelToken,
    FillRequest,
    FillResult,
    Mask,
    Pixels,
    Preview,
    Progress,
    Report,
    Session,
    Weights,
)
from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.engines.patchmatch import kernels
from inpainting_core.engines.patchmatch.engine import PatchMatch

short, long = st.integers(1, 11), st.integers(1, 40)
shapes = st.tuples(short, long) | st.tuples(long, short)
depths = pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
seams = pytest.mark.parametrize("seam", [False, True])


def noise(height: int, width: int, dtype: type[Any] = np.uint8, seed: int = 5) -> Pixels:
    top = np.iinfo(dtype).max
    return np.random.default_rng(seed).integers(0, top, (height, width, 3), dtype, endpoint=True)


def block(height: int, width: int, rows: slice, columns: slice) -> Mask:
    hole = np.zeros((height, width), np.bool_)
    hole[rows, columns] = True
    return hole


def _options(patch: int, seam: bool) -> dict[str, int | float | bool | str]:
    return {"patch": patch, "rounds": 5, "colour": seam, "seam": seam}


def crop_of(
    rgb: NDArray[np.float32],
    hole: Mask,
    weights: Weights | None = None,
    *,
    patch: int = 7,
    seam: bool = False,
    seed: int = 0,
) -> Crop:
    allowed = np.where(hole, 0, 1 if weights is None else weights).astype(np.float32)
    return Crop(rgb.astype(np.float32), hole, allowed, _options(patch, seam), seed)


def fill(crop: Crop, threads: int = 2, progress: Progress | None = None) -> CropFill:
    return PatchMatch(threads).fill_crop(crop, progress or Progress())


def sources(filled: CropFill, hole: Mask) -> NDArray[np.int64]:
    """Return (n, 2): where each hole pixel says it came from."""
    assert filled.field is not None
    inside = np.argwhere(hole)
    corner = np.array(filled.field.origin)
    moves = filled.field.offsets[:, :, 0][tuple((inside - corner).T)]
    return inside + moves


def check_exact(crop: Crop, filled: CropFill) -> None:
    """Fail unless every filled pixel is its source's, and every source a place that may be borrowed from."""
    y, x = sources(filled, crop.hole).T
    assert y.min() >= 0
    assert x.min() >= 0
    assert (crop.weights[y, x] > 0).all()
    assert np.array_equal(filled.rgb[crop.hole], crop.rgb[y, x])


def psnr(found: NDArray[Any], truth: NDArray[Any], hole: Mask) -> float:
    error = np.mean((found[hole].astype(np.float64) - truth[hole]) ** 2) / np.iinfo(truth.dtype).max ** 2
    return float(-10 * np.log10(max(error, 1e-12)))


def rebuilt(image: Pixels, result: FillResult, mask: Mask) -> Pixels:
    """Return the picture with every hole pixel copied from where the fields say, pixel by pixel."""
    copy = image.copy()
    for region in result.regions:
        field = region.field
        assert field is not None
        for y, x in np.argwhere(region.mask).tolist():
            dy, dx = field.offsets[y, x, 0].tolist()
            here = y + field.origin.y, x + field.origin.x
            there = here[0] + dy, here[1] + dx
            assert min(there) >= 0
            assert not mask[there]
            copy[here] = image[there]
    return copy


@st.composite
def pictures(draw: st.DrawFn) -> tuple[Pixels, Mask]:
    mask = draw(hnp.arrays(np.bool_, shapes).filter(lambda m: m.size > 1))
    height, width = mask.shape
    mask[draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))] = True
    if mask.all():
        mask[draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))] = False
    dtype = draw(st.sampled_from([np.uint8, np.uint16]))
    image = noise(height, width, dtype, draw(st.integers(0, 99)))
    return np.where(image > np.iinfo(dtype).max // 2, np.iinfo(dtype).max, 0).astype(dtype), mask


@given(pictures(), st.integers(0, 2**31 - 1), st.sampled_from([5, 7, 11]))
@settings(max_examples=40)
def test_a_fill_without_seam_is_rebuilt_from_its_field(
    picture: tuple[Pixels, Mask], seed: int, patch: int
) -> None:
    image, mask = picture
    options = {"colour": False, "seam": False, "patch": patch}
    result = Session().fill(FillRequest(image, mask, options=options, seed=seed))
    filled = result.paste(image)
    assert np.array_equal(filled, rebuilt(image, result, mask))


@given(pictures(), st.data(), st.booleans())
@settings(max_examples=40)
def test_nothing_is_infinite_and_nothing_forbidden(
    picture: tuple[Pixels, Mask], data: st.DataObject, seam: bool
) -> None:
    image, mask = picture
    weights = data.draw(hnp.arrays(np.float32, mask.shape, elements=st.sampled_from([0, 1e-7, 0.5, 1])))
    weights[tuple(data.draw(st.sampled_from(np.argwhere(~mask).tolist())))] = 1
    crop = crop_of(image / np.float32(np.iinfo(image.dtype).max), mask, weights, seam=seam)
    filled = fill(crop)
    assert np.isfinite(filled.rgb).all()
    assert np.isfinite(filled.maps["energy"].values[mask]).all()
    assert np.isnan(filled.maps["energy"].values[~mask]).all()
    assert np.array_equal(filled.rgb[~mask], crop.rgb[~mask])
    if not seam:
        check_exact(crop, filled)


@given(st.lists(st.tuples(*[st.integers(0, 89)] * 2, *[st.integers(1, 34)] * 2), min_size=1, max_size=4))
@settings(max_examples=25)
def test_copies_are_exact_over_several_scales(boxes: list[tuple[int, int, int, int]]) -> None:
    hole = np.zeros((96, 90), np.bool_)
    for top, left, height, width in boxes:
        hole[top : top + height, left : left + width] = True
    crop = crop_of(noise(96, 90) / np.float32(255), hole)
    check_exact(crop, fill(crop))


SIDE = 60
SHAPES = {
    "one pixel": block(SIDE, SIDE, slice(30, 31), slice(29, 30)),
    "top": block(SIDE, SIDE, slice(0, 20), slice(20, 40)),
    "bottom": block(SIDE, SIDE, slice(40, 60), slice(20, 40)),
    "left": block(SIDE, SIDE, slice(20, 40), slice(0, 20)),
    "right": block(SIDE, SIDE, slice(20, 40), slice(40, 60)),
    "top left": block(SIDE, SIDE, slice(0, 25), slice(0, 25)),
    "top right": block(SIDE, SIDE, slice(0, 25), slice(35, 60)),
    "bottom left": block(SIDE, SIDE, slice(35, 60), slice(0, 25)),
    "bottom right": block(SIDE, SIDE, slice(35, 60), slice(35, 60)),
    "one row": block(SIDE, SIDE, slice(30, 31), slice(0, 60)),
    "one column": block(SIDE, SIDE, slice(0, 60), slice(30, 31)),
    "all but a thick rim": block(SIDE, SIDE, slice(12, 48), slice(12, 48)),
    "far apart": block(SIDE, SIDE, slice(2, 14), slice(2, 12))
    | block(SIDE, SIDE, slice(44, 59), slice(45, 58)),
}


@pytest.mark.parametrize("place", SHAPES)
def test_any_hole_is_filled_with_exact_copies(place: str) -> None:
    crop = crop_of(noise(SIDE, SIDE) / np.float32(255), SHAPES[place])
    check_exact(crop, fill(crop))


@pytest.mark.parametrize("patch", [5, 11])
def test_a_picture_smaller_than_a_patch_is_filled(patch: int) -> None:
    crop = crop_of(noise(5, 5) / np.float32(255), block(5, 5, slice(1, 4), slice(2, 5)), patch=patch)
    check_exact(crop, fill(crop))


def test_only_the_border_may_be_borrowed_from() -> None:
    weights = np.ones((100, 90), np.float32)
    weights[2:-2, 2:-2] = 0
    hole = block(100, 90, slice(20, 80), slice(20, 70))
    crop = crop_of(noise(100, 90) / np.float32(255), hole, weights)
    check_exact(crop, fill(crop))


@pytest.mark.parametrize("half", [np.s_[:, :64], np.s_[:, 64:], np.s_[:64], np.s_[64:]])
def test_a_forbidden_half_is_never_used(half: Any) -> None:
    weights = np.ones((128, 128), np.float32)
    weights[half] = 0
    hole = block(128, 128, slice(10, 50), slice(12, 60)) | block(128, 128, slice(80, 120), slice(70, 118))
    crop = crop_of(noise(128, 128) / np.float32(255), hole, weights)
    check_exact(crop, fill(crop))


def test_less_is_borrowed_from_where_less_is_wished() -> None:
    hole = block(120, 120, slice(40, 80), slice(40, 80))
    rgb = cv2.GaussianBlur(noise(120, 120) / np.float32(255), (0, 0), 2)
    weights = np.ones((120, 120), np.float32)
    shares = []
    for wish in (1.0, 0.2):
        weights[:, 60:] = wish
        shares.append(np.mean(sources(fill(crop_of(rgb, hole, weights)), hole)[:, 1] >= 60))
    assert shares[0] > 0.2
    assert shares[1] < shares[0] / 4


def test_a_source_a_little_less_wished_for_is_still_used() -> None:
    hole = block(120, 120, slice(40, 80), slice(40, 80))
    rgb = cv2.GaussianBlur(noise(120, 120) / np.float32(255), (0, 0), 2)
    weights = np.ones((120, 120), np.float32)
    weights[:, 60:] = 0.9
    assert np.mean(sources(fill(crop_of(rgb, hole, weights)), hole)[:, 1] >= 60) > 0.1


@pytest.mark.parametrize("upright", [True, False])
def test_the_longest_pictures_keep_their_word(upright: bool) -> None:
    hole = block(40000, 8, slice(39500, 39800), slice(2, 5))
    weights = block(40000, 8, slice(39990, 40000), slice(0, 8)).astype(np.float32)
    rgb = noise(40000, 8) / np.float32(255)
    if not upright:
        hole, weights, rgb = hole.T.copy(), weights.T.copy(), rgb.transpose(1, 0, 2).copy()
    crop = crop_of(rgb, hole, weights, patch=11)
    check_exact(crop, fill(crop))


def test_the_energy_of_a_hole_at_the_border_is_known_up_to_it() -> None:
    hole = block(80, 80, slice(0, 20), slice(30, 50))
    energy = fill(crop_of(noise(80, 80) / np.float32(255), hole)).maps["energy"].values
    assert (energy[hole] > 0).all()


def tiles(period: int, shape: tuple[int, int] = (128, 144)) -> Pixels:
    tile = np.full((period, period, 3), 200, np.uint8)
    cv2.rectangle(tile, (0, 0), (period - 1, period - 1), (60, 70, 80), 1)
    cv2.circle(tile, (period // 2, period // 2), period // 4, (180, 90, 40), -1)
    return np.tile(tile, (shape[0] // period + 1, shape[1] // period + 1, 1))[: shape[0], : shape[1]]


def blinds(period: int, shape: tuple[int, int] = (128, 144)) -> Pixels:
    picture = np.zeros((*shape, 3), np.uint8)
    for x in range(0, shape[1], period):
        cv2.rectangle(picture, (x, 0), (x + period // 2 - 1, shape[0]), (230, 220, 200), -1)
        cv2.line(picture, (x + period // 2, 0), (x + period // 2, shape[0]), (90, 80, 70), 1)
    return picture


def bricks(period: int, shape: tuple[int, int] = (128, 144)) -> Pixels:
    picture = np.full((*shape, 3), (150, 80, 60), np.uint8)
    for row, y in enumerate(range(0, shape[0], period // 2)):
        cv2.line(picture, (0, y), (shape[1], y), (220, 215, 210), 1)
        for x in range(row % 2 * (period // 2), shape[1], period):
            cv2.line(picture, (x, y), (x, y + period // 2), (220, 215, 210), 1)
    return picture


@seams
@pytest.mark.parametrize("period", [8, 12])
@pytest.mark.parametrize("pattern", [tiles, blinds, bricks], ids=lambda pattern: pattern.__name__)
def test_a_strict_pattern_is_continued(pattern: Any, period: int, seam: bool) -> None:
    truth, side = pattern(period), period + period // 2
    mask = block(*truth.shape[:2], slice(40, 40 + side), slice(50, 50 + side))
    spoilt = np.where(mask[..., None], np.uint8(0), truth)
    filled = Session().fill(FillRequest(spoilt, mask, options={"colour": seam, "seam": seam})).paste(spoilt)
    assert psnr(filled, truth, mask) > 40


@depths
def test_one_colour_stays_to_the_bit(dtype: type[Any]) -> None:
    truth = np.full((200, 180, 3), np.array([1, 3, 2]) * (np.iinfo(dtype).max // 5) + 1, dtype)
    mask = block(200, 180, slice(30, 170), slice(0, 120))
    spoilt = np.where(mask[..., None], np.iinfo(dtype).max, truth).astype(dtype)
    assert np.array_equal(Session().fill(FillRequest(spoilt, mask)).paste(spoilt), truth)


def test_a_tiled_photograph_of_zero_costs_is_filled_finitely() -> None:
    tile = cv2.GaussianBlur(noise(75, 100) / np.float32(255), (0, 0), 1)
    hole = block(600, 800, slice(120, 420), slice(200, 600))
    crop = crop_of(np.tile(tile, (8, 8, 1)), hole, seam=True)
    filled = fill(crop)
    assert np.isfinite(filled.rgb).all()
    assert np.isfinite(filled.maps["energy"].values[hole]).all()


def test_threads_change_nothing_and_the_seed_does() -> None:
    hole = block(300, 280, slice(60, 230), slice(50, 220))
    picture = noise(300, 280) / np.float32(255)
    first, *others = (fill(crop_of(picture, hole, seam=True, seed=8), threads) for threads in (1, 2, 5, 2))
    for other in others:
        assert np.array_equal(first.rgb, other.rgb)
        assert np.array_equal(sources(first, hole), sources(other, hole))
        energy, same = (each.maps["energy"].values for each in (first, other))
        assert np.array_equal(energy, same, equal_nan=True)
    assert not np.array_equal(first.rgb, fill(crop_of(picture, hole, seam=True, seed=9)).rgb)


def test_warming_up_compiles_all_there_is() -> None:
    PatchMatch(1).warm_up()
    kinds = [kernels.scatter, kernels.exhaust, kernels.search, kernels.vote, kernels.choose]
    before = [len(kernel.signatures) for kernel in kinds]
    for hole in (block(90, 90, slice(0, 1), slice(0, 1)), block(120, 130, slice(9, 70), slice(9, 70))):
        framed = np.pad(hole, 9)[9:-9, 9:-9]  # a view, as a crop of a mask is
        fill(crop_of(noise(*hole.shape) / np.float32(255), framed, seam=True))
    assert [len(kernel.signatures) for kernel in kinds] == before


def test_a_perfect_copy_has_no_energy_however_unwished_its_source() -> None:
    hole = block(60, 60, slice(20, 40), slice(20, 40))
    crop = crop_of(np.full((60, 60, 3), 0.5, np.float32), hole, np.full((60, 60), 0.1, np.float32))
    assert fill(crop).maps["energy"].values[hole].max() < 1e-3


def test_the_crop_is_left_as_it_was() -> None:
    hole = block(90, 90, slice(30, 60), slice(30, 60))
    crop = crop_of(noise(90, 90) / np.float32(255), hole, seam=True)
    before = crop.rgb.copy(), crop.hole.copy(), crop.weights.copy()
    for array in (crop.rgb, crop.hole, crop.weights):
        array.flags.writeable = False
    fill(crop)
    assert all(map(np.array_equal, before, (crop.rgb, crop.hole, crop.weights)))


def large() -> Crop:
    blurred = cv2.GaussianBlur(noise(1500, 1500) / np.float32(255), (0, 0), 3)
    return crop_of(blurred, block(1500, 1500, slice(500, 1000), slice(500, 1000)), seam=True)


def test_a_fill_stops_soon_after_it_is_told_to() -> None:
    crop = large()
    for moment in (0.05, 0.6):
        token, told = CancelToken(), []

        def stop(token: CancelToken = token, told: list[float] = told) -> None:
            told.append(time.monotonic())
            token.cancel()

        timer = threading.Timer(moment, stop)
        timer.start()
        with pytest.raises(Cancelled):
            fill(crop, progress=Progress(token))
        timer.join()
        assert time.monotonic() - told[0] < 1.5  # a busy machine; alone some 40 ms


def test_progress_rises_to_the_end_and_shows_a_picture_early() -> None:
    reports: list[Report] = []
    image = noise(300, 300)
    mask = block(300, 300, slice(80, 220), slice(80, 220))
    Session().fill(FillRequest(image, mask), Progress(None, reports.append))
    fractions = [report.fraction for report in reports]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    first = next(report for report in reports if report.preview is not None)
    assert first.fraction < 0.5
    assert isinstance(first.preview, Preview)
    assert first.preview.box == Box(80, 80, 140, 140)
