"""Runs small enough for a test: squares on a ground, a narrow network, few steps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from inpainting_core.training.config import TrainingConfig, changed, checked
from inpainting_core.training.events import StepDone, TrainingEvent
from inpainting_core.training.loop import train


def draw_squares(folder: Path, count: int = 6) -> Path:
    """Fill a folder with pictures of coloured squares, 96 x 80, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(7)
    for number in range(count):
        pixels = np.full((80, 96, 3), rng.integers(40, 216, 3), np.uint8)
        for top, left, wide in rng.integers([0, 0, 10], [60, 76, 40], (4, 3)):
            pixels[top : top + wide, left : left + wide] = rng.integers(0, 256, 3)
        Image.fromarray(pixels).save(folder / f"squares-{number}.png")
    return folder


def small_config(images: Path, *changes: str) -> TrainingConfig:
    """Return a config whose steps take some tens of milliseconds."""
    document = {
        "schema": 1,
        "steps": 4,
        "data": {"images": [str(images)], "held_out": 1, "side": 32, "workers": 1},
        "recipe": {"width": 4, "critic_width": 4, "critic_steps": 1},
        "optimiser": {"batch": 2},
        "saving": {"checkpoint_every": 0, "checkpoint_minutes": 0, "validate_every": 0},
        "machine": {"device": "cpu", "threads": 1},
    }
    return checked(changed(document, changes))


def trained(config: TrainingConfig, folder: Path, *, resume: bool = False) -> list[TrainingEvent]:
    """Return the events of a whole run in this process."""
    events: list[TrainingEvent] = []
    train(config, folder, events.append, lambda: None, resume=resume)
    return events


def losses_of(events: Sequence[TrainingEvent]) -> dict[int, dict[str, float]]:
    """Return the losses after each step."""
    return {event.step: event.losses for event in events if isinstance(event, StepDone)}
