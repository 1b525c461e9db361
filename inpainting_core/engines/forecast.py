"""What will a fill take?  Seconds and memory, from the holes alone, before anything runs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from inpainting_core.engines.contract import EngineInfo, FillRequest
from inpainting_core.engines.frame import hole_boxes, window_of
from inpainting_core.imaging.geometry import Box

_FLOAT_COPY = 4 * 4
"""Bytes per pixel of the crop that every engine is handed: three colours and a weight."""


@dataclass(frozen=True)
class Forecast:
    """What a fill is expected to take.

    Attributes:
        seconds: Wall time on this machine.
        peak_bytes: Memory beyond what the picture takes.
        windows: What the engine is shown, one box for each separate hole.
    """

    seconds: float
    peak_bytes: int
    windows: tuple[Box, ...]


def forecast(info: EngineInfo, request: FillRequest, slowness: float = 1.0) -> Forecast:
    """Return what filling `request` will take.

    Args:
        info: The request's engine.
        request: Is not filled.
        slowness: How many times the engine's cost this machine takes.

    Raises:
        InvalidRequest: the options do not fit the engine.
        NothingKnown: the source weights forbid everything.
    """
    boxes = hole_boxes(info, request)
    windows = tuple(window_of(info, request, box) for box in boxes)
    largest = max(window.height * window.width for window in windows)
    whole = reduce(Box.union, windows)
    peak = largest * (info.cost.bytes_per_pixel + _FLOAT_COPY) + whole.height * whole.width
    return Forecast(slowness * usual_seconds(info, request, boxes, windows), round(peak), windows)


def usual_seconds(
    info: EngineInfo, request: FillRequest, boxes: Sequence[Box], windows: Sequence[Box]
) -> float:
    """Return how long these holes of `request` would take where the engine's cost was measured."""
    cost, options = info.cost, info.complete(request.options)
    effort = math.prod(
        (rest + float(options[spec.key]) ** power) / (rest + float(spec.default) ** power)
        for spec in info.options
        for key, rest, power in cost.effort
        if key == spec.key
    )
    pixels = sum(int(np.count_nonzero(request.mask[box.slices])) for box in boxes)
    return (
        cost.seconds_per_hole * len(boxes)
        + cost.seconds_per_pixel * pixels * effort
        + cost.seconds_per_box_pixel * _area(boxes)
        + cost.seconds_per_window_pixel * _area(windows)
    )


def _area(boxes: Iterable[Box]) -> int:
    return sum(box.height * box.width for box in boxes)
