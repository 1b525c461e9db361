"""What is a training run to the outside?  A process: events on stdout, a wish to stop on stdin, an exit code.

Events go, one JSON object a line, to the run folder's events.jsonl, and to stdout when that is no terminal;
whatever else prints arrives on stderr. A terminal sees a bar instead. The run stops with a checkpoint on
SIGINT and SIGTERM, and, when stdin is a pipe, on the word "stop" or when the pipe is closed: so a run saves
itself when the program that started it dies.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import BinaryIO

import rich.progress
from rich.console import Console

from inpainting_core.errors import InpaintingError, InvalidRequest, TrainingDiverged
from inpainting_core.training.config import TrainingConfig, write_config
from inpainting_core.training.events import (
    TERMINAL,
    RunFailed,
    RunStarted,
    RunWarning,
    StepDone,
    TrainingEvent,
    Validated,
    encode_event,
)
from inpainting_core.training.loop import train
from inpainting_core.training.machine import as_out_of_memory

DONE, BUG, REFUSED, DIVERGED, NO_MEMORY = 0, 1, 2, 3, 4
CONFIG, EVENTS, CHECKPOINTS = "config.json", "events.jsonl", "checkpoints"


def run(config: TrainingConfig, folder: Path, *, resume: bool) -> int:
    """Train as the config says and return the exit code, one of those above.

    Args:
        config: What to do.
        folder: Of the run; made when it is not there.
        resume: Go on from its newest checkpoint; else a folder that has some is refused.
    """
    with _events_out() as out, _bar() as show:
        said: list[TrainingEvent] = []
        log: BinaryIO | None = None

        def say(event: TrainingEvent) -> None:
            if said and isinstance(said[-1], TERMINAL):
                raise RuntimeError("A run has one terminal event.")
            said[:] = [event]
            line = encode_event(event)
            for stream in (out, log):
                if stream is not None:
                    _write(stream, line)
            show(event)

        try:
            _begin(config, folder, resume=resume)
            log = (folder / EVENTS).open("ab")
            with _stop_wish() as wish:
                train(config, folder, say, wish, resume=resume)
        except Exception as error:  # noqa: BLE001  (the outermost place of the process)
            failure = _failure(error)
            if failure.exit_code == BUG:
                traceback.print_exc()
            say(failure)
            return failure.exit_code
        finally:
            if log is not None:
                log.close()
    return DONE


def _begin(config: TrainingConfig, folder: Path, *, resume: bool) -> None:
    """Make the run's folder and write down its config."""
    if not resume and any((folder / CHECKPOINTS).glob("*.pt")):
        raise InvalidRequest(
            "{folder} holds a run already.",
            "Go on with `main.py train --resume {folder}`, or choose another folder.",
            folder=folder,
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidRequest(
            "{folder} cannot be made: {reason}.", "Choose another.", folder=folder, reason=error.strerror
        ) from error
    write_config(folder / CONFIG, config)


def _failure(error: Exception) -> RunFailed:
    """Return the event that tells of an error, with the exit code."""
    told: Exception = as_out_of_memory(error) or error
    if isinstance(told, InpaintingError):
        code = REFUSED
        if isinstance(told, TrainingDiverged):
            code = DIVERGED
        elif told is not error:
            code = NO_MEMORY
        kind = type(told).__name__
        return RunFailed(error=kind, message=told.message, hint=told.hint, exit_code=code)
    if isinstance(told, OSError):
        message = f"The run's files cannot be used: {told}."
        return RunFailed(error="OSError", message=message, hint="Look at its folder.", exit_code=REFUSED)
    message = f"A mistake in Lacuna: {type(told).__name__}: {told}."
    return RunFailed(error="Bug", message=message, hint="Please report it.", exit_code=BUG)


@contextmanager
def _events_out() -> Iterator[BinaryIO | None]:
    """Give a copy of stdout for events, while stdout itself leads to stderr; None when it is a terminal."""
    sys.stdout.flush()
    kept = os.dup(1)
    is_shown = os.isatty(1)
    os.dup2(2, 1)
    try:
        with os.fdopen(os.dup(kept), "wb") as out:
            yield None if is_shown else out
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def _write(stream: BinaryIO, line: bytes) -> None:
    """Write a line; that nobody listens, or that a disk is full, is no reason to lose the run."""
    try:
        stream.write(line)
        stream.flush()
    except OSError:
        return


@contextmanager
def _stop_wish() -> Iterator[Callable[[], str | None]]:
    """Give what says why the run should stop, None while nobody wants it; a second signal ends it at once."""
    reasons: list[str] = []

    def on_signal(number: int, _: FrameType | None) -> None:
        if reasons:
            raise KeyboardInterrupt
        reasons.append(signal.Signals(number).name)

    def listen() -> None:
        with os.fdopen(os.dup(0), "rb") as words:
            for line in words:
                if line.strip() == b"stop":
                    break
        reasons.append("stdin")

    if threading.current_thread() is not threading.main_thread():
        yield lambda: reasons[0] if reasons else None
        return
    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    if _is_pipe(0):
        threading.Thread(target=listen, name="stdin", daemon=True).start()
    try:
        yield lambda: reasons[0] if reasons else None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_pipe(descriptor: int) -> bool:
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


@contextmanager
def _bar() -> Iterator[Callable[[TrainingEvent], None]]:
    """Give what shows events to a terminal, if stderr is one."""
    console = Console(stderr=True)
    columns = (*rich.progress.Progress.get_default_columns(), rich.progress.TextColumn("{task.fields[news]}"))
    with rich.progress.Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Training", total=None, news="")

        def show(event: TrainingEvent) -> None:
            match event:
                case RunStarted():
                    bar.update(task, total=event.steps, completed=event.step)
                case StepDone():
                    losses = " ".join(f"{name} {value:.4g}" for name, value in event.losses.items())
                    pace = f"{event.seconds_per_step:.2f} s/step, waiting {event.waiting:.1%}"
                    bar.update(task, completed=event.step, news=f"{losses}  {pace}")
                case Validated():
                    figures = " ".join(f"{name} {value:.4g}" for name, value in event.metrics.items())
                    bar.console.print(f"Step {event.step}: {figures}", soft_wrap=True)
                case RunWarning():
                    bar.console.print(event.message, markup=False, soft_wrap=True)
                case RunFailed():
                    console.print(f"{event.message} {event.hint}", markup=False, soft_wrap=True)
                case _:
                    pass

        yield show
