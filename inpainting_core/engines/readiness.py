"""Can an engine work now, and how far may one trust it?  Its weights say so themselves."""

from __future__ import annotations

from typing import NamedTuple

from inpainting_core.engines.contract import EngineInfo
from inpainting_core.errors import WeightsDamaged, WeightsMissing
from inpainting_core.sentences import Sentence
from inpainting_core.weights.shelf import find, read_sidecar


class Readiness(NamedTuple):
    """Whether an engine can work.

    Attributes:
        ready: Its weights, if it needs any, are there; their bytes are checked when they are used.
        note: What one should know of them: how they were trained, or what is wrong; empty = nothing.
        hint: What to do when it is not ready, else empty.
    """

    ready: bool
    note: str
    hint: str = ""


def readiness(info: EngineInfo) -> Readiness:
    """Return whether the engine can work now; quick, and never raises for weights."""
    if not info.weights:
        return Readiness(ready=True, note="")
    try:
        sidecar = read_sidecar(find(info.weights))
    except (WeightsMissing, WeightsDamaged) as error:
        return Readiness(ready=False, note=error.message, hint=error.hint)
    title = sidecar.title.rstrip(".")
    return Readiness(ready=True, note=Sentence("Weights: {title}.", title=title) if title else "")
