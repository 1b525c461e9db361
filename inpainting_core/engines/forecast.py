"""What will a fill take?  Seconds and memory, from the holes alone, before anything runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inpainting_core.engines.contract import EngineInfo, FilledRegion, FillRequest
from inpainting_core.engines.frame import windows_of
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
        NothingKnown: the source weights forbid everything.
    """
    windows = windows_of(info, request)
    pixels = int(np.count_nonzero(request.mask))
    largest = max(window.height * window.width for window in windows)
    peak = round(largest * (info.cost.bytes_per_pixel + _FLOAT_COPY))
    return Forecast(slowness * _seconds(info, len(windows), pixels), peak, windows)


def slowness_of(info: EngineInfo, regions: Sequence[FilledRegion], seconds: float) -> float:
    """Return how many times the engine's cost a finished fill took."""
    pixels = sum(int(np.count_nonzero(region.mask)) for region in regions)
    return seconds / _seconds(info, len(regions), pixels)


def _seconds(info: EngineInfo, holes: int, pixels: int) -> float:
    return holes * info.cost.seconds_per_hole + pixels * info.cost.seconds_per_pixel
