"""Is work that cannot be stopped waited for, and left behind when asked?"""

from __future__ import annotations

import threading
import time

import pytest

from inpainting_core.api import Cancelled, CancelToken, EngineInfo, FillRequest, Progress, Session
from inpainting_core.engines.classical import Telea
from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.engines.patience import patiently
from tests.core.test_session import HOLE, IMAGE


@pytest.fixture(autouse=True)
def _nobody_left_behind() -> None:
    """Let work that earlier tests left behind end: it would use engines that are replaced here."""
    for thread in threading.enumerate():
        if thread.name == "left behind":
            thread.join(30)


def test_the_answer_and_the_errors_of_the_work_are_those_of_the_wait() -> None:
    def refuse() -> None:
        raise TimeoutError("the work's own")

    assert patiently(lambda: 42, Progress()) == 42
    with pytest.raises(TimeoutError, match="the work's own"):
        patiently(refuse, Progress())


def test_work_is_left_behind_when_somebody_asks_to_stop() -> None:
    token, go_on, ended = CancelToken(), threading.Event(), threading.Event()

    def work() -> None:
        token.cancel()
        go_on.wait(10)
        ended.set()

    with pytest.raises(Cancelled):
        patiently(work, Progress(token))
    assert not ended.is_set()
    go_on.set()
    assert ended.wait(10)


def test_a_fill_can_be_cancelled_while_its_engine_comes_to_life(monkeypatch: pytest.MonkeyPatch) -> None:
    token, go_on = CancelToken(), threading.Event()

    def compile_for_long(self: Telea) -> None:
        token.cancel()
        go_on.wait(10)

    monkeypatch.setattr(Telea, "warm_up", compile_for_long)
    start = time.perf_counter()
    with pytest.raises(Cancelled):
        Session().fill(FillRequest(IMAGE, HOLE, "telea"), Progress(token))
    assert time.perf_counter() - start < 5
    go_on.set()


def test_a_fill_can_be_cancelled_while_its_engine_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    token, go_on = CancelToken(), threading.Event()

    def import_for_long(_: EngineInfo) -> Telea:
        token.cancel()
        go_on.wait(10)
        return Telea()

    monkeypatch.setattr("inpainting_core.session.open_engine", import_for_long)
    start = time.perf_counter()
    with pytest.raises(Cancelled):
        Session().fill(FillRequest(IMAGE, HOLE, "telea"), Progress(token))
    assert time.perf_counter() - start < 5
    go_on.set()


def test_an_engine_comes_to_life_once_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    token, go_on = CancelToken(), threading.Event()
    inside: list[int] = []
    most = 0

    def compile_for_long(_: Telea) -> None:
        nonlocal most
        inside.append(1)
        most = max(most, len(inside))
        token.cancel()
        go_on.wait(10)
        inside.pop()

    monkeypatch.setattr(Telea, "warm_up", compile_for_long)
    session, request = Session(), FillRequest(IMAGE, HOLE, "telea")
    with pytest.raises(Cancelled):
        session.fill(request, Progress(token))
    threading.Timer(0.2, go_on.set).start()
    assert session.fill(request).engine_id == "telea"
    assert most == 1


def test_an_engine_that_does_not_look_up_is_left_behind_and_never_works_twice_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token, go_on = CancelToken(), threading.Event()
    inside: list[int] = []
    most = 0

    def fill_crop(_self: Telea, crop: Crop, _progress: Progress) -> CropFill:
        nonlocal most
        inside.append(1)
        most = max(most, len(inside))
        token.cancel()
        go_on.wait(10)
        inside.pop()
        return CropFill(crop.rgb)

    monkeypatch.setattr(Telea, "fill_crop", fill_crop)
    session, request = Session(), FillRequest(IMAGE, HOLE, "telea")
    with pytest.raises(Cancelled):
        session.fill(request, Progress(token))
    assert inside
    threading.Timer(0.2, go_on.set).start()
    assert session.fill(request).engine_id == "telea"
    assert most == 1
