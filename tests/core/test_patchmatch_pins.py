"""Does a pinned pixel get the source it was given, and the rest a fill that fits?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import (
    FillRequest,
    FillResult,
    InvalidRequest,
    Mask,
    Pin,
    Pixels,
    Point,
    Session,
    sources_at,
)
from inpainting_core.engines.contract import OptionValue

EXACT: dict[str, OptionValue] = {"colour": False, "seam": False}


def picture() -> Pixels:
    return np.random.default_rng(3).integers(0, 256, (90, 120, 3), dtype=np.uint8)


def hole() -> Mask:
    mask = np.zeros((90, 120), np.bool_)
    mask[30:60, 40:80] = True
    return mask


def fill(*pins: Pin, **wishes: OptionValue) -> FillResult:
    return Session().fill(FillRequest(picture(), hole(), options={**EXACT, **wishes}, pins=pins))


@given(
    st.builds(Point, st.integers(30, 59), st.integers(40, 79)),
    st.builds(Point, st.integers(0, 89), st.integers(0, 119)),
    st.integers(1, 25),
)
def test_hole_pixels_near_a_pin_are_copied_from_as_near_to_its_source(
    target: Point, source: Point, radius: int
) -> None:
    result = fill(Pin(target, source, radius))
    filled, image, mask = result.paste(picture()), picture(), hole()
    field = result.regions[0].field
    assert field is not None
    for y, x in np.argwhere(mask).tolist():
        box = sources_at(field, Point(y, x))[0].box
        assert np.array_equal(filled[y, x], image[box.top, box.left])
        near = (y - target.y) ** 2 + (x - target.x) ** 2 <= radius**2
        sy, sx = y + source.y - target.y, x + source.x - target.x
        if near and 0 <= sy < 90 and 0 <= sx < 120 and not mask[sy, sx]:
            assert (box.top, box.left) == (sy, sx)


def test_the_rest_of_the_hole_never_copies_what_was_pinned_into_it() -> None:
    result = fill(Pin(Point(45, 60), Point(10, 20), 12))
    field = result.regions[0].field
    assert field is not None
    y, x = np.nonzero(field.hole)
    sources = np.stack([y, x], axis=1) + field.offsets[y, x, 0] + field.origin
    assert not hole()[sources[:, 0], sources[:, 1]].any()


def test_a_hole_that_is_pinned_as_a_whole_is_one_copy() -> None:
    filled = fill(Pin(Point(45, 60), Point(15, 60), 60)).paste(picture())
    assert np.array_equal(filled[30:45, 40:80], picture()[0:15, 40:80])


def test_of_two_pins_the_later_wins() -> None:
    result = fill(Pin(Point(45, 60), Point(10, 20), 5), Pin(Point(45, 60), Point(80, 100), 3))
    field = result.regions[0].field
    assert field is not None
    assert sources_at(field, Point(45, 60))[0].box[:2] == (80, 100)
    assert sources_at(field, Point(45, 64))[0].box[:2] == (10, 24)


def test_a_pin_reaches_a_source_beyond_the_surroundings() -> None:
    wide = np.random.default_rng(4).integers(0, 256, (60, 900, 3), dtype=np.uint8)
    mask = np.zeros((60, 900), np.bool_)
    mask[25:35, 40:50] = True
    request = FillRequest(wide, mask, options=EXACT, pins=(Pin(Point(30, 45), Point(30, 800), 2),))
    assert np.array_equal(Session().fill(request).paste(wide)[30, 45], wide[30, 800])


def test_the_same_pins_give_the_same_bytes() -> None:
    pins = (Pin(Point(45, 60), Point(10, 20), 9),)
    one, other = (
        Session().fill(FillRequest(picture(), hole(), pins=pins)).paste(picture()) for _ in range(2)
    )
    assert np.array_equal(one, other)
    assert np.array_equal(one[~hole()], picture()[~hole()])


def test_engines_that_copy_nothing_refuse_pins_and_weights() -> None:
    with pytest.raises(InvalidRequest, match="source for a pixel"):
        Session().fill(FillRequest(picture(), hole(), "telea", pins=(Pin(Point(45, 60), Point(9, 9), 5),)))
    weights = np.ones((90, 120), np.float32)
    with pytest.raises(InvalidRequest, match="borrows nothing"):
        Session().fill(FillRequest(picture(), hole(), "telea", source_weights=weights))


@pytest.mark.parametrize("pin", [Pin(Point(45, 60), Point(90, 0), 5), Pin(Point(45, 60), Point(9, 9), 0)])
def test_pins_to_nowhere_are_refused(pin: Pin) -> None:
    with pytest.raises(InvalidRequest, match="outside the picture"):
        FillRequest(picture(), hole(), pins=(pin,))
