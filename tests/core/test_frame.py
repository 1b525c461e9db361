"""Is an engine shown what it needs and nothing else, and does its answer land where it belongs?"""

from __future__ import annotations

import dataclasses
import tracemalloc

import numpy as np
import pytest
from hypothesis import given

from inpainting_core.api import (
    Box,
    FillRequest,
    HeatMap,
    Mask,
    NothingKnown,
    Pixels,
    Point,
    Preview,
    Progress,
    Report,
    Session,
    Size,
    engine_info,
    tight_box,
)
from inpainting_core.engines.contract import Crop, CropFill, CropPolicy
from inpainting_core.engines.frame import context_margin, fill_all
from inpainting_core.fields.build import from_nnf
from inpainting_core.imaging.arrays import to_pixels, to_rgb
from tests.harness.strategies import pictures_with_holes

INFO = dataclasses.replace(
    engine_info("telea"), crop=CropPolicy(1.0, 4, 20), honours_sources=True, honours_pins=True
)


class Negative:
    """An engine that answers the negative of its crop, a field to its first known pixel, and one map."""

    def __init__(self) -> None:
        self.crops: list[Crop] = []

    def warm_up(self) -> None:
        pass

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        self.crops.append(crop)
        negative = 1 - crop.rgb
        progress.report(0.5, "Inverting", preview=lambda: negative)
        source = np.argwhere(~crop.hole)[0]
        field = from_nnf(np.broadcast_to(source, (*crop.hole.shape, 2)).astype(np.int32), crop.hole)
        heat = HeatMap(field.origin, (1.0, 1.0), np.ones(field.hole.shape, np.float32), "ones", "1")
        return CropFill(negative, field, {"ones": heat}, ("inverted",))


def pattern(height: int, width: int) -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)


def mask_of(height: int, width: int, *boxes: Box) -> Mask:
    mask = np.zeros((height, width), np.bool_)
    for box in boxes:
        mask[box.slices] = True
    return mask


@given(pictures_with_holes())
def test_known_bytes_are_kept_and_every_hole_is_answered_once(picture: tuple[Pixels, Mask]) -> None:
    image, mask = picture
    before = image.copy()
    regions, notes = fill_all(Negative(), INFO, FillRequest(image, mask), Progress())
    assert np.array_equal(image, before)
    seen = np.zeros(mask.shape, int)
    for region in regions:
        window = region.box.slices
        seen[window] += region.mask
        assert np.array_equal(region.pixels[~region.mask], image[window][~region.mask])
        negative = to_pixels(1 - to_rgb(image[window]), image.dtype)
        assert np.array_equal(region.pixels[region.mask], negative[region.mask])
    assert np.array_equal(seen, mask)
    assert notes == ("inverted",)


def test_the_crop_is_the_hole_with_its_surroundings() -> None:
    image, engine = pattern(60, 80), Negative()
    mask = mask_of(60, 80, Box(10, 30, 9, 8))
    weights = np.random.default_rng(2).random((60, 80)).astype(np.float32)
    request = FillRequest(image, mask, "telea", {"radius": 9}, seed=5, source_weights=weights)
    fill_all(engine, INFO, request, Progress())
    (crop,) = engine.crops
    window = Box(10, 30, 9, 8).pad(8).clamp(Size(60, 80))  # 8 thick: the deepest pixel is 4 from the rim
    assert np.array_equal(crop.rgb, to_rgb(image[window.slices]))
    assert np.array_equal(crop.hole, mask[window.slices])
    assert np.array_equal(crop.weights, np.where(crop.hole, 0, weights[window.slices]))
    assert (crop.options, crop.seed) == ({"radius": 9, "grain": False}, 5)


@pytest.mark.parametrize(("thickness", "margin"), [(1, 4), (4, 4), (7, 7), (20, 20), (300, 20)])
def test_the_margin_follows_the_thickness_within_limits(thickness: int, margin: int) -> None:
    assert context_margin(CropPolicy(1.0, 4, 20), thickness) == margin


def test_far_holes_are_problems_of_their_own() -> None:
    engine = Negative()
    mask = mask_of(100, 300, Box(40, 10, 20, 20), Box(50, 60, 2, 2), Box(50, 150, 2, 2), Box(50, 290, 5, 10))
    regions, _ = fill_all(engine, INFO, FillRequest(pattern(100, 300), mask), Progress())
    assert [region.box for region in regions] == [
        Box(40, 10, 20, 20),
        Box(50, 60, 2, 2),
        Box(50, 150, 2, 2),
        Box(50, 290, 5, 10),
    ]
    assert [crop.hole.sum() for crop in engine.crops] == [400, 4, 4, 50]


def test_the_surroundings_grow_until_something_may_be_borrowed() -> None:
    engine = Negative()
    weights = np.zeros((50, 90), np.float32)
    weights[25, 80] = 1
    mask = mask_of(50, 90, Box(24, 10, 3, 3))
    fill_all(engine, INFO, FillRequest(pattern(50, 90), mask, source_weights=weights), Progress())
    assert np.count_nonzero(engine.crops[0].weights) == 1


def test_forbidding_everything_leaves_nothing_known() -> None:
    request = FillRequest(
        pattern(9, 9), mask_of(9, 9, Box(4, 4, 1, 1)), source_weights=np.zeros((9, 9), np.float32)
    )
    with pytest.raises(NothingKnown) as caught:
        fill_all(Negative(), INFO, request, Progress())
    assert caught.value.hint


def test_fields_and_maps_arrive_in_document_coordinates() -> None:
    hole = Box(30, 40, 2, 3)
    (region,), _ = fill_all(Negative(), INFO, FillRequest(pattern(60, 80), mask_of(60, 80, hole)), Progress())
    assert region.field is not None
    assert region.field.box == region.box == hole
    assert region.field.bounds == hole.pad(4)
    assert (np.array(region.field.origin) + region.field.offsets[0, 0, 0]).tolist() == [26, 36]
    assert region.maps["ones"].origin == Point(30, 40)
    with pytest.raises(ValueError, match="read-only"):
        region.pixels[0] = 0


def test_previews_show_the_document_with_the_hole_filled() -> None:
    image, mask = pattern(30, 30), mask_of(30, 30, Box(10, 12, 3, 4))
    mask[11, 13] = False
    heard: list[Report] = []
    fill_all(Negative(), INFO, FillRequest(image, mask), Progress(None, heard.append))
    previews = [report.preview for report in heard if report.preview]
    expected = np.where(mask[..., None], 255 - image, image)[tight_box(mask).slices]
    assert len(previews) == 1
    assert isinstance(previews[0], Preview)
    assert previews[0].box == tight_box(mask)
    assert np.array_equal(previews[0].pixels, expected)


def test_the_last_report_says_all_is_done() -> None:
    heard: list[Report] = []
    mask = mask_of(100, 300, *(Box(50, x, 3, 3) for x in range(10, 280, 30)))
    fill_all(Negative(), INFO, FillRequest(pattern(100, 300), mask), Progress(None, heard.append))
    assert heard[-1].fraction == 1.0


def test_a_large_photograph_costs_no_more_than_its_holes() -> None:
    image = np.zeros((4000, 6000, 3), np.uint8)
    mask = np.zeros((4000, 6000), np.bool_)
    for y, x in np.random.default_rng(3).integers(0, 3900, (50, 2)):
        mask[y : y + 20, x : x + 20] = True
    request = FillRequest(image, mask, "telea")
    session = Session()
    tracemalloc.start()
    result = session.fill(request)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(region.mask.sum() for region in result.regions) == mask.sum()
    assert peak < 2 * mask.nbytes


def test_the_surroundings_can_be_given() -> None:
    engine = Negative()
    request = FillRequest(pattern(60, 400), mask_of(60, 400, Box(30, 200, 4, 4)), context_px=90)
    fill_all(engine, dataclasses.replace(INFO, options=()), request, Progress())
    assert engine.crops[0].rgb.shape[:2] == (60, 4 + 2 * 90)
