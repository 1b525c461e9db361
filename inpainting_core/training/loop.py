"""What happens in a run, from the first step to the last?

A step is a function of weights, seed and step number: the generator that torch draws from is seeded anew for
every step, so a checkpoint holds nothing random and a resumed run continues bit for bit (on a CPU with as
many threads).
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from lightning_fabric import Fabric

from inpainting_core.errors import ImageWriteError, InvalidRequest, TrainingDiverged
from inpainting_core.training.checkpoints import Checkpoints
from inpainting_core.training.config import TrainingConfig
from inpainting_core.training.data import Photographs, validation_samples
from inpainting_core.training.events import (
    CheckpointSaved,
    Preparing,
    RunFinished,
    RunStarted,
    RunStopped,
    RunWarning,
    StepDone,
    TrainingEvent,
    Validated,
)
from inpainting_core.training.feeding import Feeder
from inpainting_core.training.machine import device_name, fabric_for, memory_mb
from inpainting_core.training.recipe import FOCUS, Batch, Recipe, open_recipe
from inpainting_core.training.shards import Entry, Library
from inpainting_core.training.validation import Validation
from inpainting_core.weights.tensors import load

Say = Callable[[TrainingEvent], None]
StopWish = Callable[[], str | None]
"""Gives the reason for which somebody wants the run to stop, or None."""

_DARK = 1e-4
_GONE_DARK = (
    "The attention looks everywhere alike: it has gone dark and will not learn any more. "
    "Begin again with recipe.look=elu, or with a lower optimiser.learning_rate."
)


class _StoppedEarly(Exception):
    """Somebody wants to stop before the first step."""


@dataclass
class _Pace:
    """What happened since the losses were last reported."""

    since: float = field(default_factory=time.perf_counter)
    steps: int = 0
    images: int = 0
    waited: float = 0.0


def train(config: TrainingConfig, folder: Path, say: Say, wish: StopWish, *, resume: bool) -> None:
    """Run to the last step, or until somebody wants it to stop; the last event says which.

    Args:
        config: What to do.
        folder: Of the run: checkpoints, samples, cache.
        say: Told of every event.
        wish: Asked after every step.
        resume: Go on from the newest checkpoint.

    Raises:
        InvalidRequest: photographs, device, checkpoints or weights are not as the config says.
        WeightsMissing: those to begin with are not there.
        WeightsDamaged: they are not as published.
        TrainingDiverged: a loss is no number any more.
        ImageWriteError: the last checkpoint could not be written.
    """
    fabric = fabric_for(config.machine)
    torch.manual_seed(config.seed)
    run = _Run(config, folder, _leader(fabric, say), fabric)
    start = run.begin(resume=resume)  # what is wrong is said before photographs are prepared for minutes
    try:
        learned, kept, library = _photographs(config, folder, _leader(fabric, say), wish, fabric)
    except _StoppedEarly:
        _leader(fabric, say)(RunStopped(step=start, reason=wish() or ""))
        return
    run.go(start, (learned, kept, library), wish)


class _Run:
    """One run, launched."""

    def __init__(self, config: TrainingConfig, folder: Path, say: Say, fabric: Fabric) -> None:
        self._config, self._folder, self._say, self._fabric = config, folder, say, fabric
        self._recipe: Recipe = open_recipe(config, fabric)
        self._checkpoints = Checkpoints(folder / "checkpoints", config.saving.keep)
        self._facts: dict[str, Any] = {
            "config": config.model_dump_json(by_alias=True),
            "device": device_name(fabric.device),
            "engine": self._recipe.engine,
            "options": self._recipe.options(),
            "seconds": 0.0,
            "begun_with": None,
            "digest": "",
        }
        self._best = math.inf
        self._metrics: dict[str, float] = {}
        self._saved_at = time.monotonic()
        self._last = self._saved = 0

    def begin(self, *, resume: bool) -> int:
        """Take up the newest checkpoint or the weights to begin with, and return how many steps are done."""
        state = None
        if resume:
            state = self._checkpoints.latest(lambda message: self._say(RunWarning(message=message)))
        if state is None:
            self._take_up_weights()
            return 0
        self._recipe.restore(state["recipe"])
        self._best, self._metrics = float(state["best"]), dict(state["metrics"])
        for name in ("seconds", "digest", "begun_with"):
            self._facts[name] = state.get(name)
        return int(state["step"])

    def go(
        self, start: int, photographs: tuple[Sequence[Entry], Sequence[Entry], Library], wish: StopWish
    ) -> None:
        """Take the steps from `start` on, with photographs to learn from, others, and what holds them."""
        config, (learned, kept, library) = self._config, photographs
        digest = hashlib.sha256("".join(entry.digest for entry in learned).encode()).hexdigest()
        if self._facts["digest"] not in {"", digest}:
            self._say(RunWarning(message="The photographs are not those that the run began with."))
        self._facts |= {"images": len(learned), "digest": digest}
        validation = self._validation(kept, library)
        self._say(self._started(start, len(learned), len(kept)))
        squares = Photographs(len(learned), library.open(learned), config, self._once())

        def make(step: int, number: int) -> Batch:
            size = config.optimiser.batch
            first = (number * self._fabric.world_size + self._fabric.global_rank) * size
            batch = self._recipe.collate([squares.sample(step, first + item) for item in range(size)])
            pinned = self._fabric.device.type == "cuda"
            return {name: value.pin_memory() for name, value in batch.items()} if pinned else batch

        steps = range(start, config.steps)
        with Feeder(make, self._recipe.batches, steps, config.data.workers) as feeder:
            reason = self._steps(steps, feeder, validation, wish)
        done = config.steps if reason is None else self._last
        if self._saved != done:
            self._save(done, is_best=False, must=True)
        self._say(RunFinished(step=done) if reason is None else RunStopped(step=done, reason=reason))

    def _steps(
        self, steps: range, feeder: Feeder[Batch], validation: Validation | None, wish: StopWish
    ) -> str | None:
        """Take the steps and return None, or why they were broken off; `_last` is how many are done."""
        saving, pace, begun = self._config.saving, _Pace(), time.perf_counter()
        before = float(self._facts["seconds"])
        self._last = steps.start
        for step in steps:
            torch.manual_seed(self._config.seed * 1_000_003 + step * 8191 + self._fabric.global_rank)
            batches = [self._moved(batch) for batch in feeder.take(step)]
            losses = self._recipe.step(step, batches)
            self._last = done = step + 1
            pace.steps += 1
            pace.images += len(batches) * self._config.optimiser.batch * self._fabric.world_size
            if done % saving.log_every == 0 or done == steps.stop:
                self._report(done, losses, pace, feeder.waited)
                pace = _Pace(waited=feeder.waited)
            self._facts["seconds"] = before + time.perf_counter() - begun
            is_best = False
            if validation is not None and saving.validate_every and done % saving.validate_every == 0:
                is_best = self._validate(done, validation)
                pace = _Pace(waited=feeder.waited)
            if is_best or self._is_due(done):
                self._check(done, losses)
                self._save(done, is_best=is_best, must=False)
            reason = self._wished(wish)
            if reason is not None:
                self._check(done, losses)
                return reason
        return None

    def _report(self, done: int, losses: dict[str, torch.Tensor], pace: _Pace, waited: float) -> None:
        values = self._check(done, losses)
        seconds = max(time.perf_counter() - pace.since, 1e-9)
        event = StepDone(
            step=done,
            steps=self._config.steps,
            losses=values,
            seconds_per_step=seconds / pace.steps,
            waiting=min(1.0, (waited - pace.waited) / seconds),
            images_per_second=pace.images / seconds,
            memory_mb=memory_mb(self._fabric.device),
        )
        self._say(event)

    def _check(self, done: int, losses: dict[str, torch.Tensor]) -> dict[str, float]:
        """Return the losses as numbers; raise TrainingDiverged when one is none."""
        numbers = torch.stack([loss.float() for loss in losses.values()]).tolist()
        values = dict(zip(losses, numbers, strict=True))
        if not all(math.isfinite(value) for value in numbers):
            raise TrainingDiverged(
                "The loss is no number any more at step {step}.",
                "Resume with a lower optimiser.learning_rate; the last checkpoint is sound.",
                step=done,
            )
        return values

    def _validate(self, done: int, validation: Validation) -> bool:
        """Say how good the network is; return True when it was never better."""
        self._metrics, sheets = validation.run(self._recipe, done)
        if self._metrics.get(FOCUS, 1.0) < _DARK:
            self._say(RunWarning(message=_GONE_DARK))
        is_best = self._metrics["l1"] < self._best
        self._best = min(self._best, self._metrics["l1"])
        self._say(Validated(step=done, metrics=self._metrics, sheets=sheets, is_best=is_best))
        return is_best

    def _is_due(self, done: int) -> bool:
        saving, waited = self._config.saving, time.monotonic() - self._saved_at
        by_minutes = saving.checkpoint_minutes > 0 and waited >= 60 * saving.checkpoint_minutes
        return by_minutes or (saving.checkpoint_every > 0 and done % saving.checkpoint_every == 0)

    def _save(self, done: int, *, is_best: bool, must: bool) -> None:
        """Write a checkpoint; a failure is a warning unless it `must` be written."""
        self._saved_at = time.monotonic()
        if not self._fabric.is_global_zero:
            return
        progress = {"best": self._best, "metrics": self._metrics, **self._facts}
        try:
            path = self._checkpoints.save(done, progress | {"recipe": self._recipe.state()}, is_best=is_best)
        except ImageWriteError as error:
            if must:
                raise
            self._say(RunWarning(message=str(error.message)))
        else:
            self._saved = done
            self._say(CheckpointSaved(step=done, path=str(path)))

    def _take_up_weights(self) -> None:
        """Begin with the weights that the config names, if any."""
        path = self._config.start
        if path is None:
            return
        weights, sidecar = load(path)
        self._recipe.begin(weights, sidecar.options)
        kept = {"title", "steps", "licence", "sha256"}
        self._facts["begun_with"] = {"name": path.stem, **sidecar.model_dump(include=kept)}

    def _validation(self, kept: Sequence[Entry], library: Library) -> Validation | None:
        if not kept or not self._fabric.is_global_zero:
            return None
        pixels = library.open(kept)
        samples = validation_samples([pixels(number) for number in range(len(kept))], self._config.data.side)
        return Validation(samples, self._config.optimiser.batch, self._folder / "samples", self._moved)

    def _started(self, step: int, images: int, validation: int) -> RunStarted:
        return RunStarted(
            recipe=self._config.recipe.id,
            step=step,
            steps=self._config.steps,
            device=device_name(self._fabric.device),
            devices=self._fabric.world_size,
            images=images,
            validation=validation,
            parameters=sum(value.numel() for value in self._recipe.weights().values()),
        )

    def _moved(self, batch: Batch) -> Batch:
        return {name: value.to(self._fabric.device, non_blocking=True) for name, value in batch.items()}

    def _wished(self, wish: StopWish) -> str | None:
        reason = wish()
        return reason if self._fabric.world_size == 1 else self._fabric.broadcast(reason)

    def _once(self) -> Callable[[str], None]:
        """Return what warns of each thing once."""
        told: set[str] = set()

        def warn(message: str) -> None:
            if message not in told:
                told.add(message)
                self._say(RunWarning(message=message))

        return warn


def _photographs(
    config: TrainingConfig, folder: Path, say: Say, wish: StopWish, fabric: Fabric
) -> tuple[list[Entry], list[Entry], Library]:
    """Return the photographs to learn from, those kept for validation, and the library that holds both."""
    data = config.data
    shown = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal shown
        if wish() is not None and fabric.world_size == 1:
            raise _StoppedEarly
        if time.monotonic() - shown >= 1 or done == total:
            shown = time.monotonic()
            say(Preparing(done=done, total=total))

    def warn(message: str) -> None:
        say(RunWarning(message=message))

    with fabric.rank_zero_first():
        library = Library(folder / "cache", data.longest_side, int(data.cache_gb * 1e9))
        learned = library.gather(data.images, data.workers, warn, report)
        kept = library.gather(data.validation, data.workers, warn, report)
    if not data.validation:
        learned, kept = learned[data.held_out :], learned[: data.held_out]
    never = {entry.digest for entry in kept}
    learned = [entry for entry in learned if entry.digest not in never]
    if not learned:
        raise InvalidRequest(
            "There are no photographs to learn from.",
            "Check data.images, and data.held_out with few of them.",
        )
    return learned, kept, library


def _leader(fabric: Fabric, say: Say) -> Say:
    """Return `say` in the first process, silence in the others."""
    return say if fabric.is_global_zero else lambda _: None
