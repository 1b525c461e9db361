"""Is it said whether an engine has the weights it needs, and what they are worth?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inpainting_core.api import ENGINES, EngineInfo, FillRequest, Session, engine_info, readiness
from inpainting_core.errors import WeightsMissing
from tests.harness.tiny_weights import publish_tiny

NETWORK = engine_info("contextual_attention")


@pytest.fixture(autouse=True)
def no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("inpainting_core.weights.shelf.SHIPPED", tmp_path / "none")


@pytest.mark.parametrize("info", ENGINES, ids=lambda info: info.id)
def test_an_engine_is_ready_unless_it_misses_weights(info: EngineInfo) -> None:
    ready, note, hint = readiness(info)
    assert ready is not bool(note)
    assert bool(hint) is not ready
    assert ready is (info in [engine_info(name) for name in ("patchmatch", "telea", "navier_stokes")])


def test_what_the_weights_say_of_themselves_is_passed_on() -> None:
    publish_tiny(NETWORK.weights)
    assert readiness(NETWORK) == (True, "Weights: Random, for tests.", "")


def test_weights_that_say_nothing_of_themselves_are_not_quoted() -> None:
    beside = publish_tiny(NETWORK.weights).with_suffix(".json")
    beside.write_text(beside.read_text().replace("Random, for tests", ""))
    assert readiness(NETWORK) == (True, "", "")


def test_missing_and_damaged_weights_are_told_apart_and_something_can_be_done() -> None:
    missing = readiness(NETWORK)
    assert not missing.ready
    assert "train" in missing.hint.lower()
    publish_tiny(NETWORK.weights).with_suffix(".json").write_text("{")
    damaged = readiness(NETWORK)
    assert not damaged.ready
    assert "damaged" in damaged.note


@pytest.mark.parametrize("info", [info for info in ENGINES if info.weights], ids=lambda info: info.id)
def test_a_fill_without_weights_says_so(info: EngineInfo) -> None:
    image = np.full((40, 40, 3), 90, np.uint8)
    mask = np.zeros((40, 40), np.bool_)
    mask[10:20, 10:20] = True
    with pytest.raises(WeightsMissing) as caught:
        Session().fill(FillRequest(image, mask, info.id))
    assert info.weights in caught.value.message
    assert "train" in caught.value.hint
