"""What does a run say while it works?  One JSON object a line, exactly one terminal event at the end.

Who listens never fails: a line that is no event becomes a `RunWarning`, an event of a kind that is not known
yet an `UnknownEvent` that keeps what it held.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_LINE_BYTES = 2**20


class _Event(BaseModel):
    """What all events hold: `time`, seconds since 1970."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_inf_nan="strings")

    time: float = Field(default_factory=time.time)


class RunStarted(_Event):
    """The first event: what runs where. `step` is 0, or where the run resumes."""

    kind: Literal["run_started"] = "run_started"
    schema_version: int = 1
    recipe: str
    step: int
    steps: int
    device: str
    devices: int = 1
    images: int
    validation: int
    parameters: int


class Preparing(_Event):
    """Photographs are being decoded: so many of so many."""

    kind: Literal["preparing"] = "preparing"
    done: int
    total: int


class StepDone(_Event):
    """Losses after `step` steps, with the pace since the last such event.

    Attributes:
        losses: By name.
        seconds_per_step: Mean, in seconds.
        waiting: Share of that time that the device waited for data, 0 to 1.
        images_per_second: Squares learned from.
        memory_mb: Largest so far: of the GPU, or of the process.
    """

    kind: Literal["step_done"] = "step_done"
    step: int
    steps: int
    losses: dict[str, float]
    seconds_per_step: float
    waiting: float
    images_per_second: float
    memory_mb: float


class Validated(_Event):
    """Figures on photographs never learned from, and paths of sheets to look at."""

    kind: Literal["validated"] = "validated"
    step: int
    metrics: dict[str, float]
    sheets: tuple[str, ...]
    is_best: bool


class CheckpointSaved(_Event):
    """The run can be resumed from here."""

    kind: Literal["checkpoint_saved"] = "checkpoint_saved"
    step: int
    path: str


class RunWarning(_Event):
    """Something a person should read; the run goes on."""

    kind: Literal["run_warning"] = "run_warning"
    message: str


class RunFinished(_Event):
    """Terminal: all steps are done."""

    kind: Literal["run_finished"] = "run_finished"
    step: int


class RunStopped(_Event):
    """Terminal: stopped on request, with a checkpoint."""

    kind: Literal["run_stopped"] = "run_stopped"
    step: int
    reason: str


class RunFailed(_Event):
    """Terminal: it could not go on. `exit_code` is the process's."""

    kind: Literal["run_failed"] = "run_failed"
    error: str
    message: str
    hint: str
    exit_code: int


class UnknownEvent(_Event):
    """An event of a later version; `fields` is all it held, its kind included."""

    kind: str
    fields: dict[str, Any]


TrainingEvent = (
    RunStarted
    | Preparing
    | StepDone
    | Validated
    | CheckpointSaved
    | RunWarning
    | RunFinished
    | RunStopped
    | RunFailed
    | UnknownEvent
)
TERMINAL = (RunFinished, RunStopped, RunFailed)
_KNOWN = (RunStarted, Preparing, StepDone, Validated, CheckpointSaved, RunWarning, *TERMINAL)


def encode_event(event: TrainingEvent) -> bytes:
    """Return the event as one line of UTF-8 with its line end."""
    if isinstance(event, UnknownEvent):
        return json.dumps(event.fields).encode() + b"\n"
    return event.model_dump_json().encode() + b"\n"


def decode_event(line: bytes) -> TrainingEvent:
    """Return the event in a line; a `RunWarning` when there is none."""
    try:
        fields = json.loads(line)
        kind = fields["kind"]
        for known in _KNOWN:
            if known.model_fields["kind"].default == kind:
                return known.model_validate(fields)
        return UnknownEvent(kind=kind, fields=fields, time=fields.get("time", 0.0))
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError):
        shown = line[:200].decode("utf-8", "replace")
        return RunWarning(message=f"Not an event: {shown}")


class EventSplitter:
    """Makes events of bytes that arrive in any pieces."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[TrainingEvent]:
        """Yield the events that `data` completes; empty lines are none."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._rest = self._rest[: MOST_LINE_BYTES + 1]
        for line in lines:
            if line.strip():
                yield decode_event(line[:MOST_LINE_BYTES])
