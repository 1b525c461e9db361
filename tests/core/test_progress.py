"""Is progress honest, paced and cancellable?"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import Box, Cancelled, CancelToken, Preview, Progress, Report


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("inpainting_core.progress.time", SimpleNamespace(monotonic=clock.monotonic))
    return clock


def test_a_cancelled_token_stops_at_the_next_check_or_report() -> None:
    token = CancelToken()
    heard: list[Report] = []
    progress = Progress(token, heard.append)
    part = progress.sub(0.5, 0.5)
    part.report(0.1, "before")
    token.cancel()
    assert token.is_set
    for work in (progress.check, part.check, lambda: part.report(0.2, "after")):
        with pytest.raises(Cancelled):
            work()
    assert [report.stage for report in heard] == ["before"]


def test_without_token_and_listener_nothing_happens() -> None:
    Progress().check()
    assert Progress().report(0.5, "silent", preview=lambda: pytest.fail("nobody looks")) is None


def test_parts_of_parts_add_up(clock: Clock) -> None:
    heard: list[Report] = []
    part = Progress(None, heard.append).sub(0.5, 0.5).sub(0.2, 0.4)
    for fraction in (0.0, 0.5, 1.0):
        clock.now += 1
        part.report(fraction, "part")
    assert [report.fraction for report in heard] == pytest.approx([0.6, 0.7, 0.8])


@given(st.lists(st.floats(-1, 2)))
def test_the_fraction_never_falls_nor_leaves_0_to_1(fractions: list[float]) -> None:
    heard: list[Report] = []
    progress = Progress(None, heard.append)
    for fraction in fractions:
        progress.report(fraction, "step")
    shown = [report.fraction for report in heard]
    assert shown == sorted(shown)
    assert all(0 <= fraction <= 1 for fraction in shown)


def test_at_most_thirty_reports_a_second_but_the_last_always(clock: Clock) -> None:
    heard: list[Report] = []
    progress = Progress(None, heard.append)
    for step in range(1000):
        clock.now = step / 1000
        progress.report(step / 1000, "step")
    assert 25 <= len(heard) <= 31
    progress.report(1.0, "done")
    assert heard[-1] == Report(1.0, "done")


def test_two_previews_a_second_made_only_when_due(clock: Clock) -> None:
    heard: list[Report] = []
    made = []

    def crop() -> np.ndarray:
        made.append(clock.now)
        return np.zeros((1, 1, 3), np.float32)

    progress = Progress(None, heard.append).framed(
        lambda rgb: Preview(Box(3, 4, 1, 1), (rgb * 255).astype(np.uint8))
    )
    for step in range(100):
        clock.now = step / 50
        progress.sub(0.0, 0.5).report(step / 100, "step", preview=crop)
    assert made == pytest.approx([0.0, 0.5, 1.0, 1.5])
    previews = [report.preview for report in heard if report.preview]
    assert [preview.box for preview in previews] == [Box(3, 4, 1, 1)] * 4


def test_an_unframed_preview_is_not_made() -> None:
    heard: list[Report] = []
    Progress(None, heard.append).report(0.5, "step", preview=lambda: pytest.fail("it has no place"))
    assert heard == [Report(0.5, "step")]
