"""Do checkpoints survive kills, full disks and damage?"""

from __future__ import annotations

import math
import os
import pickle
from pathlib import Path

import pytest
import torch
from torch import nn

from inpainting_core.errors import ImageWriteError, InvalidRequest
from inpainting_core.training.averaging import Averaged
from inpainting_core.training.checkpoints import Checkpoints, read_checkpoint


def steps_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_last_three_and_the_best_are_kept(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path, 3)
    for step in range(1, 7):
        checkpoints.save(step, {"x": torch.tensor(step)}, is_best=step == 2)
    assert steps_in(tmp_path) == {"best.pt", "step-00000004.pt", "step-00000005.pt", "step-00000006.pt"}
    assert read_checkpoint(checkpoints.best)["x"] == 2
    state = checkpoints.latest(pytest.fail)
    assert state is not None
    assert (state["step"], state["x"]) == (6, 6)


def test_a_damaged_one_is_passed_over_with_a_warning(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path, 3)
    assert checkpoints.latest(pytest.fail) is None
    for step in (1, 2, 3):
        checkpoints.save(step, {"x": torch.ones(99)}, is_best=False)
    newest = checkpoints.paths()[-1]
    newest.write_bytes(newest.read_bytes()[:300])
    checkpoints.paths()[1].write_bytes(b"")
    warnings: list[str] = []
    state = checkpoints.latest(warnings.append)
    assert state is not None
    assert state["step"] == 1
    assert [word for warning in warnings for word in warning.split() if "step" in word] == [
        "step-00000003.pt",
        "step-00000002.pt",
    ]
    checkpoints.paths()[0].write_bytes(b"x")
    with pytest.raises(InvalidRequest, match="damaged"):
        checkpoints.latest(warnings.append)


class Trap:
    """What runs code when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch trapped",)


def test_code_in_a_checkpoint_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    torch.save({"schema": 1, "step": 1, "x": Trap()}, tmp_path / "step-00000001.pt")
    (tmp_path / "step-00000002.pt").write_bytes(pickle.dumps(Trap()))
    torch.save({"step": 1}, tmp_path / "step-00000003.pt")
    for number in (1, 2, 3):
        with pytest.raises(InvalidRequest):
            read_checkpoint(tmp_path / f"step-{number:08}.pt")
    assert not (tmp_path / "trapped").exists()


def test_a_failing_save_keeps_the_old_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoints = Checkpoints(tmp_path, 1)
    checkpoints.save(1, {"x": 1}, is_best=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ImageWriteError, match="No space"):
        checkpoints.save(2, {"x": 2}, is_best=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_average_follows_as_the_formula_says() -> None:
    source = nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        source.weight.fill_(1)
    averaged = Averaged(source, 0.9)
    expected = 1.0
    for step in range(200):
        with torch.no_grad():
            source.weight.fill_(math.sin(step))
        averaged.follow(step)
        memory = min(0.9, (1 + step) / (10 + step))
        expected = memory * expected + (1 - memory) * math.sin(step)
        assert averaged.network.state_dict()["weight"].item() == pytest.approx(expected, rel=1e-4, abs=1e-5)
    assert not averaged.network.training
    instant = Averaged(source, 0.0)
    with torch.no_grad():
        source.weight.fill_(7)
    instant.follow(0)
    assert instant.network.state_dict()["weight"].item() == 7
