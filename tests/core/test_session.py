"""Does a session open engines once and turn failures into words?"""

from __future__ import annotations

import numpy as np
import pytest

from inpainting_core.api import FillRequest, InvalidRequest, OutOfMemory, Session
from inpainting_core.engines.classical import Telea
from inpainting_core.engines.contract import CropFill

IMAGE = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
HOLE = np.zeros((20, 30), np.bool_)
HOLE[8:12, 10:14] = True


def test_the_answer_names_request_engine_and_time() -> None:
    request = FillRequest(IMAGE, HOLE, "telea")
    result = Session().fill(request)
    assert (result.request_id, result.engine_id) == (request.id, "telea")
    assert result.seconds["total"] > 0


def test_an_engine_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Telea] = []

    class Counted(Telea):
        def __init__(self) -> None:
            opened.append(self)

    monkeypatch.setattr("inpainting_core.engines.classical.Telea", Counted)
    session = Session()
    session.warm_up("telea")
    session.fill(FillRequest(IMAGE, HOLE, "telea"))
    session.fill(FillRequest(IMAGE, HOLE, "telea"))
    assert len(opened) == 1


def test_unknown_engines_and_options_are_refused() -> None:
    session = Session()
    for work in (
        lambda: session.warm_up("magic"),
        lambda: session.fill(FillRequest(IMAGE, HOLE, "magic")),
        lambda: session.fill(FillRequest(IMAGE, HOLE, "telea", {"radius": 99})),
    ):
        with pytest.raises(InvalidRequest):
            work()


@pytest.mark.parametrize("method", ["warm_up", "fill_crop"])
def test_too_little_memory_is_said_in_words(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(self: Telea, *_: object) -> CropFill:
        raise MemoryError

    monkeypatch.setattr(Telea, method, exhausted)
    with pytest.raises(OutOfMemory) as caught:
        Session().fill(FillRequest(IMAGE, HOLE, "telea"))
    assert caught.value.hint
