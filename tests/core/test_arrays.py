"""Do pixels survive the engines' floats, and are wrong arrays refused?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from inpainting_core.api import InvalidRequest
from inpainting_core.imaging.arrays import (
    MAX_SIDE,
    check_mask,
    check_pixels,
    check_weights,
    freeze,
    full_scale,
    to_pixels,
    to_rgb,
)


@pytest.mark.parametrize(("dtype", "levels"), [(np.uint8, 256), (np.uint16, 65536)])
def test_every_level_survives_the_round_trip(dtype: type[Any], levels: int) -> None:
    ramp = np.arange(levels, dtype=dtype).reshape(-1, 4, 1).repeat(3, axis=2)
    rgb = to_rgb(ramp)
    assert rgb.dtype == np.float32
    assert (rgb.min(), rgb.max()) == (0, 1)
    back = to_pixels(rgb, ramp.dtype)
    assert back.dtype == dtype
    assert np.array_equal(back, ramp)


def test_what_lies_outside_the_range_is_clipped() -> None:
    rgb = np.array([[[-0.5, 0.5, 1.5]]], np.float32)
    assert to_pixels(rgb, np.dtype(np.uint8)).tolist() == [[[0, 128, 255]]]
    assert to_pixels(rgb, np.dtype(np.uint16)).tolist() == [[[0, 32768, 65535]]]


def test_white_is_the_largest_value_of_the_depth() -> None:
    assert full_scale(np.dtype(np.uint8)) == full_scale(np.zeros((1, 1, 3), np.uint8)) == 255
    assert full_scale(np.zeros((1, 1, 3), np.uint16)) == 65535


def test_a_frozen_array_cannot_be_written() -> None:
    array = freeze(np.zeros(3))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((4, 4, 3), np.float32),
        np.zeros((4, 4, 3), np.int16),
        np.zeros((4, 4, 3), ">u2"),
        np.zeros((0, 4, 3), np.uint8),
        np.zeros((1, MAX_SIDE + 1, 3), np.uint8),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}",
)
def test_wrong_pixels_are_refused(pixels: Any) -> None:
    with pytest.raises(InvalidRequest) as caught:
        check_pixels(pixels)
    assert caught.value.hint


def test_right_pixels_pass() -> None:
    assert [check_pixels(np.zeros((1, MAX_SIDE, 3), dtype)) for dtype in (np.uint8, np.uint16)] == [
        None,
        None,
    ]


def test_a_wrong_mask_is_refused_with_both_sizes() -> None:
    with pytest.raises(InvalidRequest, match="6 x 4 pixels but the picture is 5 x 4 pixels"):
        check_mask(np.zeros((4, 6), np.bool_), (4, 5))
    with pytest.raises(InvalidRequest, match="uint8"):
        check_mask(np.zeros((4, 5), np.uint8), (4, 5))  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", [-0.1, 1.1, np.nan])
def test_weights_outside_0_to_1_are_refused(bad: float) -> None:
    weights = np.ones((2, 2), np.float32)
    check_weights(weights, (2, 2))
    weights[1, 1] = bad
    with pytest.raises(InvalidRequest, match="outside 0 to 1"):
        check_weights(weights, (2, 2))


@pytest.mark.parametrize(
    "weights", [np.ones((2, 3), np.float32), np.ones((2, 2)), np.ones((2, 2, 1), np.float32)]
)
def test_weights_of_another_kind_are_refused(weights: Any) -> None:
    with pytest.raises(InvalidRequest, match="source weights"):
        check_weights(weights, (2, 2))
