"""Does a run learn, stop, resume and fail as it says?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from inpainting_core.cli import main
from inpainting_core.errors import InvalidRequest, TrainingDiverged
from inpainting_core.training.checkpoints import Checkpoints, read_checkpoint
from inpainting_core.training.config import write_config
from inpainting_core.training.events import (
    TERMINAL,
    CheckpointSaved,
    EventSplitter,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    RunWarning,
    StepDone,
    TrainingEvent,
    Validated,
)
from inpainting_core.training.loop import train
from inpainting_core.training.recipes.contextual import ContextualRecipe
from inpainting_core.training.run import _stop_wish
from tests.architecture.source import ROOT
from tests.core.made_up_runs import losses_of, small_config, trained

pytestmark = pytest.mark.usefixtures("own_threads")


def child(*arguments: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    command = [sys.executable, str(ROOT / "main.py"), "train", *arguments]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env={**os.environ})


def events_of(child: subprocess.Popen[bytes], seconds: float = 60) -> tuple[list[TrainingEvent], str]:
    """Return what a child that ends by itself said, and its stderr."""
    assert child.stdout is not None
    assert child.stderr is not None
    out, errors = child.stdout.read(), child.stderr.read()
    child.wait(seconds)
    events = list(EventSplitter().feed(out))
    assert [isinstance(event, TERMINAL) for event in events] == [False] * (len(events) - 1) + [True]
    return events, errors.decode()


def wait_for_step(child: subprocess.Popen[bytes], step: int) -> None:
    assert child.stdout is not None
    splitter = EventSplitter()
    for line in child.stdout:
        for event in splitter.feed(line):
            if isinstance(event, StepDone) and event.step >= step:
                return
    pytest.fail("The child ended early.")


def test_thirty_steps_lower_the_loss_and_validation_sees_it(images: Path, tmp_path: Path) -> None:
    config = small_config(
        images,
        "steps=30",
        "recipe.gan=none",
        "recipe.width=8",
        "recipe.discount=1.0",
        "holes.rectangles=1.0",
        "data.colour=0.0",
        "data.least_scale=1.0",
        "optimiser.batch=4",
        "optimiser.learning_rate=5e-3",
        "optimiser.averaging=0.5",
        "saving.validate_every=10",
    )
    events = trained(config, tmp_path)
    assert isinstance(events[-1], RunFinished)
    totals = [losses["total"] for losses in losses_of(events).values()]
    assert len(totals) == 30
    assert np.mean(totals[-5:]) < 0.85 * np.mean(totals[:5])
    validated = [event for event in events if isinstance(event, Validated)]
    assert [event.step for event in validated] == [10, 20, 30]
    sheet = cv2.imread(validated[-1].sheets[0])[..., ::-1]
    assert sheet.shape == (2 * 32, 4 * 32, 3)
    assert (sheet[8:24, 8:24] == 128).all()
    np.testing.assert_array_equal(sheet[:8, :32], sheet[:8, 96:])
    best = read_checkpoint(Checkpoints(tmp_path / "checkpoints", 3).best)
    lowest = min(validated, key=lambda event: event.metrics["l1"])
    assert best["step"] == lowest.step
    assert best["metrics"] == lowest.metrics


def test_what_validation_measures_is_of_the_hole_only(images: Path, tmp_path: Path) -> None:
    events = trained(small_config(images, "steps=1", "saving.validate_every=1"), tmp_path)
    (validated,) = [event for event in events if isinstance(event, Validated)]
    sheet = cv2.imread(validated.sheets[0])[..., ::-1].astype(np.float64) / 255
    result, original = sheet[:32, 64:96][8:24, 8:24], sheet[:32, 96:][8:24, 8:24]
    assert validated.metrics["l1_rectangles"] == pytest.approx(np.abs(result - original).mean(), abs=0.003)
    psnr = -10 * np.log10(((result - original) ** 2).mean())
    assert validated.metrics["psnr_rectangles"] == pytest.approx(psnr, abs=0.1)


def test_kill_9_and_resume_give_identical_losses(images: Path, tmp_path: Path) -> None:
    changes = ("steps=400", "saving.checkpoint_every=3", "recipe.critics_from=2")
    path = tmp_path / "run.toml"
    write_config(path, small_config(images, *changes))
    with child("--config", str(path), "--out", str(tmp_path / "killed")) as killed:
        wait_for_step(killed, 5)
        killed.kill()
        killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    state = Checkpoints(tmp_path / "killed" / "checkpoints", 3).latest(pytest.fail)
    assert state is not None
    last = state["step"] + 5
    resumed = trained(small_config(images, *changes, f"steps={last}"), tmp_path / "killed", resume=True)
    whole = trained(small_config(images, *changes, f"steps={last}"), tmp_path / "whole")
    (started,) = [event for event in resumed if isinstance(event, RunStarted)]
    assert started.step == state["step"] >= 3
    after, expected = losses_of(resumed), losses_of(whole)
    assert set(after) == set(range(state["step"] + 1, last + 1))
    assert after == {step: expected[step] for step in after}
    ends = [Checkpoints(tmp_path / run / "checkpoints", 3).latest(pytest.fail) for run in ("killed", "whole")]
    first, second = (end["recipe"]["averaged"] for end in ends if end is not None)
    assert all(torch.equal(first[key], second[key]) for key in first)


@pytest.mark.parametrize("how", ["eof", "SIGTERM"])
def test_a_stop_leaves_a_checkpoint(images: Path, tmp_path: Path, how: str) -> None:
    path = tmp_path / "run.json"
    write_config(path, small_config(images, "steps=100000", "recipe.gan=none"))
    with child("--config", str(path)) as run:
        assert run.stdin is not None
        wait_for_step(run, 2)
        if how == "SIGTERM":
            run.send_signal(signal.SIGTERM)
        else:
            run.stdin.close()
            run.stdin = None
        assert run.stdout is not None
        rest = list(EventSplitter().feed(run.stdout.read()))
        assert run.wait(30) == 0
        if run.stdin is not None:
            run.stdin.close()
    saved, stopped = rest[-2:]
    assert isinstance(saved, CheckpointSaved)
    assert isinstance(stopped, RunStopped)
    assert (stopped.reason, stopped.step) == (how if "SIG" in how else "stdin", saved.step)
    logged = list(EventSplitter().feed((tmp_path / "events.jsonl").read_bytes()))
    assert logged[-2:] == rest[-2:]
    assert read_checkpoint(Path(saved.path))["step"] == saved.step


@pytest.mark.parametrize("how", ["silence", "stop", "eof", "SIGINT", "SIGTERM"])
def test_wishes_to_stop_are_heard(how: str) -> None:
    reading, writing = os.pipe()
    kept = os.dup(0)
    os.dup2(reading, 0)
    try:
        with _stop_wish() as wish:
            os.write(writing, b"go on\n")
            assert wish() is None
            if how == "stop":
                os.write(writing, b"stop\n")
            if how == "eof":
                os.close(writing)
            if how.startswith("SIG"):
                os.kill(os.getpid(), getattr(signal, how))
            until = time.monotonic() + (0.2 if how == "silence" else 10)
            while wish() is None and time.monotonic() < until:
                time.sleep(0.01)
            expected = {"silence": None, "stop": "stdin", "eof": "stdin"}
            assert wish() == expected.get(how, how)
    finally:
        os.dup2(kept, 0)
        for descriptor in (kept, reading, *([] if how == "eof" else [writing])):
            os.close(descriptor)


def test_folders_without_photographs_are_refused_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.jpg").write_bytes(b"no picture")
    out = str(tmp_path / "run")
    with child("--preset", "cpu", "--images", str(tmp_path / "in"), "--out", out) as run:
        events, errors = events_of(run)
    warning, failed = events[-2:]
    assert run.returncode == 2
    assert isinstance(warning, RunWarning)
    assert warning.message.startswith("bad.jpg")
    assert isinstance(failed, RunFailed)
    assert (failed.error, failed.exit_code) == ("InvalidRequest", 2)
    assert failed.hint.endswith(".")
    assert failed.message in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--preset", "cpu"], "needs photographs"),
        (["--preset", "cpu", "--images", "a", "--out", "b", "--set", "data.side=100"], "data.side"),
        (["--config", "none.toml"], "none.toml"),
        (["--resume", "none"], "config.json"),
    ],
)
def test_wrong_arguments_are_told_to_listeners_too(
    arguments: list[str], words: str, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["train", *arguments]) == 2
    out, errors = capfd.readouterr()
    (failed,) = EventSplitter().feed(out.encode())
    assert isinstance(failed, RunFailed)
    assert words in failed.message
    assert words in errors
    assert list(tmp_path.iterdir()) == []


def test_a_run_is_not_started_over_another(
    images: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inpainting_core.training.run._is_pipe", lambda _: False)
    path = tmp_path / "run.toml"
    write_config(path, small_config(images, "steps=1", "recipe.gan=none"))
    assert main(["train", "--config", str(path)]) == 0
    before = {entry.name: entry.stat().st_mtime_ns for entry in (tmp_path / "checkpoints").iterdir()}
    capfd.readouterr()
    assert main(["train", "--config", str(path)]) == 2
    (failed,) = EventSplitter().feed(capfd.readouterr().out.encode())
    assert isinstance(failed, RunFailed)
    assert "--resume" in failed.hint
    assert before == {entry.name: entry.stat().st_mtime_ns for entry in (tmp_path / "checkpoints").iterdir()}
    assert main(["train", "--resume", str(tmp_path), "--set", "steps=2"]) == 0
    last = list(EventSplitter().feed(capfd.readouterr().out.encode()))[-1]
    assert isinstance(last, RunFinished)
    assert last.step == 2


def test_a_loss_that_is_no_number_ends_the_run_with_its_checkpoints_sound(
    images: Path, tmp_path: Path
) -> None:
    trained(small_config(images, "steps=2", "recipe.gan=none"), tmp_path)
    wild = small_config(images, "steps=60", "optimiser.learning_rate=1.0", "saving.checkpoint_every=1")
    path = tmp_path / "checkpoints" / "step-00000002.pt"
    state = read_checkpoint(path)
    state["recipe"]["network"]["coarse.layers.conv1.weight"].fill_(float("nan"))
    torch.save(state, path)
    events: list[TrainingEvent] = []
    with pytest.raises(TrainingDiverged, match="step 3"):
        train(
            wild.model_copy(update={"recipe": wild.recipe.model_copy(update={"gan": "none"})}),
            tmp_path,
            events.append,
            lambda: None,
            resume=True,
        )
    assert not any(isinstance(event, CheckpointSaved) for event in events)


@pytest.mark.parametrize(
    ("error", "code", "kind"),
    [
        (TrainingDiverged("No number.", "Lower it."), 3, "TrainingDiverged"),
        (torch.OutOfMemoryError("CUDA out of memory."), 4, "OutOfMemory"),
        (RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate"), 4, "OutOfMemory"),
        (MemoryError(), 4, "OutOfMemory"),
        (InvalidRequest("No.", "Yes."), 2, "InvalidRequest"),
        (OSError(28, "No space left on device"), 2, "OSError"),
        (ZeroDivisionError("planted"), 1, "Bug"),
    ],
)
def test_exit_codes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    kind: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("inpainting_core.training.run.train", fail)
    monkeypatch.setattr("inpainting_core.training.run._is_pipe", lambda _: False)
    write_config(tmp_path / "run.toml", small_config(tmp_path))
    assert main(["train", "--config", str(tmp_path / "run.toml")]) == code
    out, errors = capfd.readouterr()
    (failed,) = EventSplitter().feed(out.encode())
    assert isinstance(failed, RunFailed)
    assert (failed.error, failed.exit_code) == (kind, code)
    assert ("planted" in errors) == ("Traceback" in errors) == (code == 1)


def test_what_libraries_print_never_reaches_the_events(
    images: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def chat(*_: object, **__: object) -> None:
        os.write(1, b"chatter\n")

    monkeypatch.setattr("inpainting_core.training.run.train", chat)
    monkeypatch.setattr("inpainting_core.training.run._is_pipe", lambda _: False)
    write_config(tmp_path / "run.toml", small_config(images))
    assert main(["train", "--config", str(tmp_path / "run.toml")]) == 0
    out, errors = capfd.readouterr()
    assert (out, "chatter" in errors) == ("", True)
    os.write(1, b"back\n")
    assert capfd.readouterr().out == "back\n"


def test_wishes_are_heard_while_photographs_are_prepared(images: Path, tmp_path: Path) -> None:
    events: list[TrainingEvent] = []
    train(small_config(images), tmp_path, events.append, lambda: "window closed", resume=False)
    (stopped,) = [event for event in events if isinstance(event, TERMINAL)]
    assert isinstance(stopped, RunStopped)
    assert (stopped.step, stopped.reason) == (0, "window closed")
    start = time.perf_counter()
    trained(small_config(images, "steps=1", "recipe.gan=none"), tmp_path)
    assert time.perf_counter() - start < 20


def test_attention_that_looks_everywhere_alike_is_warned_of(
    images: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = ("steps=1", "saving.validate_every=1", "recipe.gan=none", "optimiser.learning_rate=1e-9")
    sound = trained(small_config(images, *changes), tmp_path / "sound")
    assert not [event for event in sound if isinstance(event, RunWarning)]
    real = ContextualRecipe.__init__

    def dead(self: ContextualRecipe, *given: Any) -> None:
        real(self, *given)
        with torch.no_grad():
            for network in (self._net, self._averaged.network):
                network.refinement.look[-1].bias.fill_(-1e3)

    monkeypatch.setattr(ContextualRecipe, "__init__", dead)
    (warning,) = [
        event
        for event in trained(small_config(images, *changes), tmp_path / "dark")
        if isinstance(event, RunWarning)
    ]
    assert "gone dark" in warning.message
