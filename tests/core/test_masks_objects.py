"""Is the object that was pointed at selected, all of it, and nothing where there is none?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from inpainting_core.api import (
    Box,
    Cancelled,
    CancelToken,
    InvalidRequest,
    Mask,
    ObjectSelector,
    Pixels,
    Point,
    Progress,
    Region,
    Size,
    grow,
)
from tests.architecture.source import ROOT

SIZE = Size(420, 600)
SELECTOR = ObjectSelector()
Planted = tuple[Pixels, list[Mask]]


def planted(size: Size = SIZE) -> Planted:
    """Return a plain ground with a large bright ball and a small dark one, and where they are."""
    rng = np.random.default_rng(3)
    pixels = np.full((*size, 3), (60, 110, 70), np.uint8)
    scale, places = size.h / SIZE.h, []
    for (y, x), radius, colour in (((200, 190), 80, (240, 200, 60)), ((280, 470), 40, (40, 30, 60))):
        place = np.zeros(size, np.uint8)
        cv2.circle(place, (round(x * scale), round(y * scale)), round(radius * scale), 1, -1)
        pixels[place > 0] = colour
        places.append(place > 0)
    noise = rng.integers(-6, 7, pixels.shape)
    result: Pixels = np.clip(pixels + noise, 0, 255).astype(np.uint8)
    result.flags.writeable = False
    return result, places


def placed(region: Region, size: Size) -> Mask:
    assert region.box.clamp(size) == region.box
    mask = np.zeros(size, np.bool_)
    mask[region.box.slices] = region.coverage > 0
    return mask


def overlap(one: Mask, other: Mask) -> float:
    return float(np.count_nonzero(one & other) / np.count_nonzero(one | other))


@pytest.mark.parametrize(("at", "number"), [(Point(200, 190), 0), (Point(160, 150), 0), (Point(280, 470), 1)])
def test_the_object_under_the_click_is_selected_with_a_margin(at: Point, number: int) -> None:
    pixels, places = planted()
    found = placed(SELECTOR.select(pixels, at), SIZE)
    assert overlap(found, places[number]) > 0.85
    assert overlap(found, grow(places[number], 3)) > 0.95
    assert not (places[number] & ~found).any()


@pytest.mark.parametrize("number", [0, 1])
def test_the_object_in_a_box_is_selected_and_nothing_outside(number: int) -> None:
    pixels, places = planted()
    rows, columns = (np.flatnonzero(places[number].any(axis=axis)) for axis in (1, 0))
    box = Box(int(rows[0]), int(columns[0]), len(rows), len(columns)).pad(12)
    found = placed(SELECTOR.select(pixels, box), SIZE)
    assert overlap(found, places[number]) > 0.85
    assert not found[places[1 - number]].any()


def test_a_large_picture_is_outlined_at_full_size() -> None:
    size = Size(1680, 2400)
    pixels, places = planted(size)
    found = placed(SELECTOR.select(pixels, Point(800, 760)), size)
    assert overlap(found, places[0]) > 0.9
    assert not (places[0] & ~found).any()
    assert not (found & ~grow(places[0], 16)).any()


def test_the_same_click_selects_the_same() -> None:
    pixels, _ = planted()
    first = SELECTOR.select(pixels, Point(200, 190))
    cv2.setRNGSeed(99)
    again = ObjectSelector().select(pixels, Point(200, 190))
    assert first.box == again.box
    assert np.array_equal(first.coverage, again.coverage)


def test_an_object_at_the_border_is_selected_as_far_as_the_picture_goes() -> None:
    pixels, places = planted()
    right = pixels[:, 150:]
    found = placed(SELECTOR.select(right, Point(200, 30)), Size(SIZE.h, SIZE.w - 150))
    assert overlap(found, places[0][:, 150:]) > 0.85


@pytest.mark.parametrize("at", [Point(30, 560), Box(330, 20, 60, 90), Box(-50, -50, 10, 10)])
def test_where_nothing_stands_out_it_says_so(at: Point | Box) -> None:
    with pytest.raises(InvalidRequest, match="no clear object"):
        SELECTOR.select(planted()[0], at)


@pytest.mark.parametrize("size", [Size(1, 1), Size(3, 400), Size(200, 2)])
def test_tiny_and_thin_pictures_are_no_problem(size: Size) -> None:
    pixels = np.full((*size, 3), 90, np.uint8)
    with pytest.raises(InvalidRequest):
        SELECTOR.select(pixels, Point(size.h // 2, size.w // 2))


def test_a_cancelled_search_stops() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        SELECTOR.select(planted()[0], Point(200, 190), Progress(token).check)


def test_the_model_is_credited_beside_it() -> None:
    notice = (ROOT / "resources" / "models" / "NOTICE.md").read_text(encoding="utf-8")
    models = [path for path in (ROOT / "resources" / "models").iterdir() if path.suffix != ".md"]
    assert [path.name for path in models if path.name not in notice] == []
    assert all(f"{path.stat().st_size:,}" in notice for path in models)
