"""Does a forecast count the holes as the fill will, and learn from fills?"""

from __future__ import annotations

import numpy as np
import pytest

from inpainting_core.api import (
    Box,
    FillRequest,
    NothingKnown,
    Session,
    engine_info,
)
from inpainting_core.engines.forecast import forecast, slowness_of


def request(*boxes: Box, engine: str = "telea", **wishes: object) -> FillRequest:
    image = np.random.default_rng(0).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    mask = np.zeros((300, 400), np.bool_)
    for box in boxes:
        mask[box.slices] = True
    return FillRequest(image, mask, engine, **wishes)


def test_seconds_and_memory_by_hand() -> None:
    info = engine_info("telea")
    asked = request(Box(100, 100, 10, 20), Box(250, 350, 5, 5))
    told = forecast(info, asked, slowness=2.0)
    assert told.windows == (Box(68, 68, 74, 84), Box(218, 318, 69, 69))
    by_hand = 2 * info.cost.seconds_per_hole + 225 * info.cost.seconds_per_pixel
    assert told.seconds == pytest.approx(2.0 * by_hand)
    assert told.peak_bytes == round(74 * 84 * (info.cost.bytes_per_pixel + 16))


def test_given_surroundings_widen_the_windows() -> None:
    told = forecast(engine_info("telea"), request(Box(100, 100, 10, 20), context_px=50))
    assert told.windows == (Box(50, 50, 110, 120),)


def test_a_session_learns_how_slow_its_machine_is() -> None:
    session, asked = Session(), request(Box(100, 100, 40, 40))
    before = session.forecast(asked)
    result = session.fill(asked)
    slowness = slowness_of(engine_info("telea"), result.regions, result.seconds["total"])
    assert session.forecast(asked).seconds == pytest.approx(before.seconds * slowness)


def test_what_cannot_be_filled_cannot_be_forecast() -> None:
    weights = np.zeros((300, 400), np.float32)
    with pytest.raises(NothingKnown):
        Session().forecast(request(Box(9, 9, 4, 4), engine="patchmatch", source_weights=weights))
