"""What is filled again when a pixel is given another source?  Only what was copied together with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.document.document import Document
from app.document.task import FillTask
from inpainting_core.api import Box, Mask, Pin, Point, coherent_piece, grow

_FARTHEST_PX = 96
"""A piece larger than this is moved about the pixel only."""
_SMALLEST_PX = 8
_RIM_PX = 6
"""So far around the piece the fill is fitted again."""
_PINNED_SHARE = 0.7


def refill_task(document: Document, pixel: Point, source: Point) -> FillTask | None:
    """Return the task that copies the piece around `pixel` from `source`; None where nothing was copied.

    Args:
        document: Is borrowed by the task.
        pixel: (y, x), filled by an engine that knows its sources.
        source: (y, x) inside the picture.
    """
    number = int(document.provenance.owner[pixel])
    fill = document.provenance.fills[number - 1] if number else None
    if fill is None or fill.field is None:
        return None
    near = Box(pixel.y, pixel.x, 1, 1).pad(_FARTHEST_PX + _RIM_PX).intersect(fill.box)
    again = _neighbourhood(
        document.provenance.owner[near.slices] == number, near, pixel, coherent_piece(fill.field, pixel)
    )
    radius = max(_SMALLEST_PX, round(_PINNED_SHARE * _reach(again, near, pixel)))
    pins = (*_farther(document.settings.pins, pixel, radius), Pin(pixel, source, radius))
    settings = replace(document.settings, pins=pins, engine_id=fill.engine_id)
    coverage = again.astype(np.uint8) * np.uint8(255)
    rules = None if document.rules is None else document.rules.copy()
    painted = np.zeros_like(coverage)
    image, asked = document.image, (document.id, document.revision)
    task = FillTask(image, near, coverage, painted, rules, settings, *asked, is_refill=True)
    document.lend_to(task)
    return task


def _neighbourhood(own: Mask, near: Box, pixel: Point, piece: tuple[Box, Mask]) -> Mask:
    """Return (near.height, near.width) bool: the piece and a rim about it, where the same fill reaches."""
    around = np.zeros(own.shape, np.bool_)
    box, cells = piece
    common = box.intersect(near)
    around[common.shift(-near.top, -near.left).slices] = cells[common.shift(-box.top, -box.left).slices]
    y, x = np.ogrid[near.top : near.bottom, near.left : near.right]
    distance = np.hypot(y - pixel.y, x - pixel.x)
    around = (around & (distance <= _FARTHEST_PX)) | (distance <= _SMALLEST_PX)
    wider: Mask = grow(around, _RIM_PX) & own
    return wider


def _reach(again: Mask, near: Box, pixel: Point) -> float:
    y, x = np.nonzero(again)
    return float(np.hypot(y + near.top - pixel.y, x + near.left - pixel.x).max(initial=0))


def _farther(pins: tuple[Pin, ...], pixel: Point, radius: int) -> tuple[Pin, ...]:
    """Return the pins whose places do not lie within `radius` of `pixel`: the newest wish wins."""
    return tuple(pin for pin in pins if np.hypot(pin.target.y - pixel.y, pin.target.x - pixel.x) > radius)
