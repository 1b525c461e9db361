"""Do events survive their journey, whatever happens to the bytes?"""

from __future__ import annotations

import json
import math

from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.training.events import (
    MOST_LINE_BYTES,
    CheckpointSaved,
    EventSplitter,
    Preparing,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    RunWarning,
    StepDone,
    TrainingEvent,
    UnknownEvent,
    Validated,
    decode_event,
    encode_event,
)

STEP = StepDone(
    step=3,
    steps=9,
    losses={"hole": 0.25, "critic": -1.0},
    seconds_per_step=0.5,
    waiting=0.01,
    images_per_second=4.0,
    memory_mb=90.5,
)
EVENTS: tuple[TrainingEvent, ...] = (
    RunStarted(recipe="r", step=0, steps=9, device="cpu", images=3, validation=1, parameters=10),
    Preparing(done=1, total=2),
    STEP,
    Validated(step=3, metrics={"psnr": 20.0}, sheets=("\u4e00.png",), is_best=True),
    CheckpointSaved(step=3, path="p"),
    RunWarning(message="line\nbreak"),
    RunStopped(step=3, reason="SIGINT"),
    RunFinished(step=9),
    RunFailed(error="Bug", message="m", hint="h", exit_code=1),
    UnknownEvent(kind="later", fields={"kind": "later", "time": 1.0, "more": [1]}, time=1.0),
)


@given(st.lists(st.sampled_from(EVENTS)), st.data())
def test_any_pieces_give_the_same_events(events: list[TrainingEvent], data: st.DataObject) -> None:
    stream = b"".join(map(encode_event, events))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)))))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    splitter = EventSplitter()
    assert [event for piece in pieces for event in splitter.feed(piece)] == events


@given(st.binary(max_size=200))
def test_garbage_is_a_warning_and_harms_no_neighbour(garbage: bytes) -> None:
    stream = encode_event(STEP) + garbage.replace(b"\n", b"") + b"\n" + encode_event(STEP)
    first, *middle, last = EventSplitter().feed(stream)
    assert (first, last) == (STEP, STEP)
    assert all(isinstance(event, (RunWarning, UnknownEvent)) for event in middle)


def test_kinds_that_are_not_known_yet_keep_what_they_hold() -> None:
    line = b'{"kind": "step_undone", "step": 4, "why": {"a": [1, 2]}}'
    event = decode_event(line)
    assert isinstance(event, UnknownEvent)
    assert json.loads(encode_event(event)) == json.loads(line)


def test_a_field_that_is_not_known_yet_does_no_harm() -> None:
    fields = json.loads(encode_event(STEP)) | {"colour": "blue"}
    assert decode_event(json.dumps(fields).encode()) == STEP


def test_numbers_that_are_none_survive() -> None:
    event = decode_event(encode_event(STEP.model_copy(update={"losses": {"a": math.inf, "b": math.nan}})))
    assert isinstance(event, StepDone)
    assert event.losses["a"] == math.inf
    assert math.isnan(event.losses["b"])


def test_an_endless_line_takes_no_endless_memory() -> None:
    splitter = EventSplitter()
    for _ in range(5):
        assert list(splitter.feed(b"x" * MOST_LINE_BYTES)) == []
    assert len(splitter._rest) <= MOST_LINE_BYTES + 1
    (garbage, step) = splitter.feed(b"\n" + encode_event(STEP))
    assert isinstance(garbage, RunWarning)
    assert step == STEP
