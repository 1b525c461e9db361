"""Does a forecast count the holes as the fill will, and learn from fills?"""

from __future__ import annotations

import time

import numpy as np
import pytest

from inpainting_core.api import (
    Box,
    FillRequest,
    NothingKnown,
    Session,
    engine_info,
)
from inpainting_core.engines.classical import Telea
from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.engines.forecast import forecast
from inpainting_core.progress import Progress


def request(*boxes: Box, engine: str = "telea", **wishes: object) -> FillRequest:
    image = np.random.default_rng(0).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    mask = np.zeros((300, 400), np.bool_)
    for box in boxes:
        mask[box.slices] = True
    return FillRequest(image, mask, engine, **wishes)


def test_seconds_and_memory_by_hand() -> None:
    info = engine_info("patchmatch")
    asked = request(Box(100, 100, 10, 20), Box(270, 370, 5, 5), engine="patchmatch")
    told = forecast(info, asked, slowness=2.0)
    assert told.windows == (Box(36, 36, 138, 148), Box(206, 306, 94, 94))
    by_hand = 2 * info.cost.seconds_per_hole + 225 * info.cost.seconds_per_pixel
    by_hand += 225 * info.cost.seconds_per_box_pixel
    by_hand += (138 * 148 + 94 * 94) * info.cost.seconds_per_window_pixel
    assert told.seconds == pytest.approx(2.0 * by_hand)
    assert told.peak_bytes == 138 * 148 * (info.cost.bytes_per_pixel + 16) + 264 * 364


def test_seconds_of_a_pixel_grow_with_the_options_they_depend_on() -> None:
    info, box = engine_info("telea"), Box(100, 100, 40, 40)
    assert info.cost.effort == (("radius", 11, 2),)
    usual, wide, grainy = (
        forecast(info, request(box, options=options)).seconds
        for options in ({}, {"radius": 13}, {"grain": True})
    )
    assert wide - usual == pytest.approx(1600 * info.cost.seconds_per_pixel * (180 / 20 - 1))
    assert grainy == usual


def test_given_surroundings_widen_the_windows() -> None:
    told = forecast(engine_info("telea"), request(Box(100, 100, 10, 20), context_px=50))
    assert told.windows == (Box(50, 50, 110, 120),)
    told = forecast(engine_info("telea"), request(Box(100, 100, 10, 20), context_px=32767))
    assert told.windows == (Box(0, 0, 300, 400),)


def test_a_session_learns_how_slow_its_machine_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of a second counts as foretold: (0.25 + 0.3) / (0.25 + what was foretold)."""

    def slow(self: Telea, crop: Crop, progress: Progress) -> CropFill:
        time.sleep(0.3)
        return CropFill(crop.rgb)

    monkeypatch.setattr(Telea, "fill_crop", slow)
    session, asked = Session(), request(Box(100, 100, 40, 40))
    before = session.forecast(asked).seconds
    session.fill(asked)
    learned = before * 0.55 / (0.25 + before)
    assert learned <= session.forecast(asked).seconds < 1.5 * learned
    assert Session().forecast(asked).seconds == before
    other = request(Box(100, 100, 40, 40), engine="navier_stokes")
    assert session.forecast(other) == Session().forecast(other)


def test_what_cannot_be_filled_cannot_be_forecast() -> None:
    weights = np.zeros((300, 400), np.float32)
    with pytest.raises(NothingKnown):
        Session().forecast(request(Box(9, 9, 4, 4), engine="patchmatch", source_weights=weights))
