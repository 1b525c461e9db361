"""How is an engine measured?  Alone in a process, so that its memory and its crashes are its own."""

from __future__ import annotations

import ctypes
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from inpainting_core.api import ENGINES, FillRequest, Mask, Pixels, Session

RIVAL = "pypatchmatch"
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
Fill = Callable[[Pixels, Mask], Pixels]


@dataclass(frozen=True)
class Measured:
    """One fill.

    Attributes:
        filled: (H, W, 3) uint8.
        seconds: Wall time.
        extra_mb: Peak of resident memory above that of the idle engine; None where Linux is not.
    """

    filled: Pixels
    seconds: float
    extra_mb: float | None


def available() -> list[str]:
    """Return the names of the engines that can be measured here."""
    rivals = [RIVAL] if find_spec("patchmatch") else []
    return [info.id for info in ENGINES] + rivals


class Worker:
    """One engine in one process, started and warmed up when first used."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self._process: multiprocessing.process.BaseProcess | None = None

    def fill(self, image: Pixels, mask: Mask) -> Measured | None:
        """Return the measured fill, or None when the engine's process died over it."""
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(self._engine, theirs), daemon=True)
            self._process.start()
            theirs.close()
        try:
            self._pipe.send((image, mask))
            measured: Measured = self._pipe.recv()
        except (EOFError, ConnectionError):
            self.close()
            return None
        return measured

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._pipe.close()
            self._process.join(timeout=5)
            self._process = None


def _serve(engine: str, pipe: Connection) -> None:
    fill = _open(engine)
    small = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    fill(small, np.pad(np.ones((8, 8), np.bool_), 28))
    idle = _forget_peak()
    while True:
        try:
            image, mask = pipe.recv()
        except EOFError:
            return
        _forget_peak()
        start = time.perf_counter()
        filled = fill(image, mask)
        seconds = time.perf_counter() - start
        pipe.send(Measured(filled, seconds, None if idle is None else _megabytes("VmHWM") - idle))


def _open(engine: str) -> Fill:
    if engine == RIVAL:
        import patchmatch

        return lambda image, mask: np.asarray(
            patchmatch.inpaint(image, mask.astype(np.uint8) * 255, patch_size=3)
        )
    session = Session()
    return lambda image, mask: session.fill(FillRequest(image, mask, engine)).paste(image)


def _forget_peak() -> float | None:
    """Return the megabytes resident now, from which the peak is counted anew; None where Linux is not.

    What earlier fills freed goes back to the system first, so that it is not counted as theirs.
    """
    if not _CLEAR.exists():
        return None
    ctypes.CDLL(None).malloc_trim(0)
    _CLEAR.write_text("5", encoding="ascii")
    return _megabytes("VmRSS")


def _megabytes(key: str) -> float:
    line = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith(key))
    return int(line.split()[1]) / 1024
