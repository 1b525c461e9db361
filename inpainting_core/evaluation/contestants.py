"""How does an engine fill without harm to the others?  In a process of its own, timed there.

An engine that crashes costs one case: the next one gets a new process. Memory is what the process needed
beyond what it held before the fill; it is known on Linux only.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.catalog import engine_info, open_engine
from inpainting_core.engines.contract import Engine, EngineInfo, FillRequest, FillResult, OptionValue
from inpainting_core.engines.frame import fill_all
from inpainting_core.engines.option_text import options_from
from inpainting_core.errors import InpaintingError, InvalidRequest
from inpainting_core.evaluation.protocols import Hole
from inpainting_core.progress import Progress

_HIDDEN = 128
"""What an engine sees under the hole: the truth is not its to see."""
_LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Contestant:
    """An engine with the options it competes with.

    Attributes:
        name: Unique among the contestants; fit for a file's name.
        info: The engine.
        options: All of its options.
    """

    name: str
    info: EngineInfo
    options: Mapping[str, OptionValue]

    @classmethod
    def parse(cls, text: str) -> Contestant:
        """Return the engine that such as "patchmatch" or "patchmatch+patch=9+seam=false" names.

        Raises:
            InvalidRequest: there is no such engine, or it has no such option.
        """
        engine_id, *pairs = text.strip().split("+")
        info = engine_info(engine_id)
        return cls(text.strip(), info, options_from(info, pairs))


class Answer(NamedTuple):
    """What became of one fill.

    Attributes:
        pixels: The filled square, or None when it failed.
        seconds: Wall time of the fill.
        extra_mb: Greatest memory beyond what the process held before, in MiB; None = not known.
        error: Why it failed, a sentence; empty when it did not.
    """

    pixels: NDArray[np.uint8] | None
    seconds: float = 0.0
    extra_mb: float | None = None
    error: str = ""


class Booth:
    """The process that one contestant works in; started by its first fill."""

    def __init__(self, contestant: Contestant) -> None:
        self._contestant = contestant
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def fill(self, truth: NDArray[np.uint8], hole: Hole, progress: Progress) -> Answer:
        """Return the contestant's answer to a hole; it is not shown what the hole hides.

        Raises:
            Cancelled: somebody asked to stop; the process is gone.
        """
        hidden = truth.copy()
        hidden[hole.mask] = _HIDDEN
        try:
            pipe = self._pipe or self._started()
            pipe.send((hidden, hole.mask, hole.seed))
            while not pipe.poll(_LOOK_SECONDS):
                progress.check()
            answer: Answer = pipe.recv()
        except (EOFError, OSError):
            code = self._left()
            return Answer(None, error=f"The engine's process ended with code {code}.")
        except BaseException:
            self.close()
            raise
        return answer

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._left()

    def _started(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._contestant.info, dict(self._contestant.options)), daemon=True
        )
        self._process.start()
        theirs.close()
        return self._pipe

    def _left(self) -> int | None:
        """Forget the process, which has ended or is about to, and return its exit code."""
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        process.join()
        code = process.exitcode
        process.close()
        return code


def _serve(pipe: Connection, info: EngineInfo, options: dict[str, OptionValue]) -> None:
    """Fill what comes through the pipe until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; who started us decides
    os.dup2(2, 1)  # what an engine prints is no part of the answer on stdout
    engine: Engine | None = None
    while True:
        try:
            image, mask, seed = pipe.recv()
        except EOFError:
            return
        try:
            if engine is None:
                engine = open_engine(info)
                engine.warm_up()
            answer = _timed(engine, info, FillRequest(image, mask, info.id, options, seed))
        except InpaintingError as error:
            answer = Answer(None, error=str(error))
        except Exception as error:  # noqa: BLE001  (a mistake in one engine is a result of the comparison)
            answer = Answer(None, error=f"{type(error).__name__}: {error}")
        pipe.send(answer)


def _timed(engine: Engine, info: EngineInfo, request: FillRequest) -> Answer:
    """Return the fill with what it took."""
    before = _fresh_peak()
    start = time.perf_counter()
    regions, _ = fill_all(engine, info, request, Progress())
    seconds = time.perf_counter() - start
    peak = _memory("VmHWM")
    extra = None if before is None or peak is None else max(0.0, peak - before)
    filled = FillResult(request.id, info.id, regions, {}).paste(request.image)
    return Answer(filled.astype(np.uint8, copy=False), seconds, extra)


def _fresh_peak() -> float | None:
    """Forget the greatest memory so far, and return the present one in MiB; None where nobody can tell."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return None
    return _memory("VmRSS")


def _memory(key: str) -> float | None:
    """Return a figure of this process in MiB."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{key}:")), None)


def contestants(texts: list[str]) -> tuple[Contestant, ...]:
    """Return the contestants that the texts name.

    Raises:
        InvalidRequest: none, one twice, an unknown engine or option.
    """
    found = tuple(Contestant.parse(text) for text in texts if text.strip())
    names = {contestant.name for contestant in found}
    if not found or len(names) < len(found):
        raise InvalidRequest(
            "An engine is named twice, or none is.", "Name each once: --engines telea,patchmatch."
        )
    return found
