"""Are requests and options refused at the door, with a hint, and results pasted byte for byte?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import (
    ENGINES,
    Box,
    FilledRegion,
    FillRequest,
    FillResult,
    InvalidRequest,
    NothingKnown,
    OptionSpec,
    OptionValue,
    engine_info,
)

IMAGE = np.zeros((4, 5, 3), np.uint8)
HOLE = np.zeros((4, 5), np.bool_)
HOLE[1, 2] = True

ODD = OptionSpec("patch", "Patch", "int", 7, 5, 11, 2)
TENTH = OptionSpec("share", "Share", "float", 0.5, 0, 1, 0.1)
ANY = OptionSpec("level", "Level", "float", 0.5, 0, 1)
SWITCH = OptionSpec("seam", "Seam", "bool", True)
CHOICE = OptionSpec("mode", "Mode", "choice", "a", choices=("a", "b"))


@pytest.mark.parametrize(
    ("spec", "value"),
    [(ODD, 5), (ODD, 11), (ANY, 0), (ANY, 1), (ANY, 0.123), (SWITCH, True), (SWITCH, False), (CHOICE, "b")],
)
def test_allowed_values_pass(spec: OptionSpec, value: OptionValue) -> None:
    assert spec.check(value) is None


@given(st.integers(0, 1000), st.sampled_from([0.1, 0.01, 0.05, 0.3]), st.floats(-10, 10))
def test_every_step_of_a_float_passes(count: int, step: float, low: float) -> None:
    spec = OptionSpec("share", "Share", "float", low, low, low + 1001 * step, step)
    assert spec.check(low + count * step) is None
    with pytest.raises(InvalidRequest):
        spec.check(low + (count + 0.5) * step)


@pytest.mark.parametrize(
    ("spec", "value", "hint"),
    [
        (ODD, 6, "5 to 11 in steps of 2"),
        (ODD, 13, "5 to 11"),
        (ODD, 7.0, "5 to 11"),
        (ODD, True, "5 to 11"),
        (ODD, "7", "5 to 11"),
        (TENTH, 0.35, "steps of 0.1"),
        (ANY, float("nan"), "0 to 1"),
        (SWITCH, 1, "true or false"),
        (CHOICE, "c", "one of a, b"),
    ],
)
def test_other_values_are_refused_with_what_would_do(spec: OptionSpec, value: OptionValue, hint: str) -> None:
    with pytest.raises(InvalidRequest, match=spec.label) as caught:
        spec.check(value)
    assert hint in caught.value.hint


def test_options_are_completed_with_defaults() -> None:
    info = engine_info("telea")
    assert info.complete({}) == {"radius": 3, "grain": False}
    assert info.complete({"radius": 5}) == {"radius": 5, "grain": False}
    with pytest.raises(InvalidRequest, match="no option 'size'") as caught:
        info.complete({"size": 3})
    assert "radius" in caught.value.hint


def test_an_unknown_engine_is_refused_with_the_list() -> None:
    with pytest.raises(InvalidRequest, match="'magic'") as caught:
        engine_info("magic")
    assert all(info.id in caught.value.hint for info in ENGINES)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"image": np.zeros((4, 5, 4), np.uint8)}, "shape"),
        ({"mask": HOLE.T}, "but the picture is"),
        ({"mask": np.zeros((4, 5), np.bool_)}, "empty"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**31}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"source_weights": np.ones((5, 4), np.float32)}, "source weights"),
    ],
)
def test_a_contradictory_request_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRequest, match=message) as caught:
        FillRequest(**{"image": IMAGE, "mask": HOLE, **fields})
    assert caught.value.hint


def test_a_mask_over_everything_leaves_nothing_known() -> None:
    with pytest.raises(NothingKnown):
        FillRequest(IMAGE, np.ones((4, 5), np.bool_))


def test_request_ids_rise() -> None:
    assert FillRequest(IMAGE, HOLE).id < FillRequest(IMAGE, HOLE).id


def test_pasting_changes_the_masked_pixels_only() -> None:
    image = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    mask = np.array([[True, False], [False, True]])
    region = FilledRegion(Box(1, 2, 2, 2), mask, np.full((2, 2, 3), 200, np.uint8), None, {})
    result = FillResult(1, "telea", (region,), {"total": 0.0})
    expected = image.copy()
    expected[1, 2] = expected[2, 3] = 200
    before = image.copy()
    assert np.array_equal(result.paste(image), expected)
    assert np.array_equal(image, before)
