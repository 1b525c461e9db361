"""Which holes do people make?  Random ones of known coverage, for measuring engines; seeded."""

from __future__ import annotations

import cv2
import numpy as np

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Point, Size
from inpainting_core.masks.strokes import capsule


def irregular_hole(size: Size, coverage: tuple[float, float], seed: int) -> Mask:
    """Return (H, W) bool brush strokes that cover more than `coverage[0]` and at most `coverage[1]`.

    Raises:
        InvalidRequest: the picture has no number of pixels in that range.
    """
    rng = np.random.default_rng(seed)
    least, most = (int(np.floor(share * size.h * size.w)) for share in coverage)
    if not 0 <= least < most < size.h * size.w:
        raise InvalidRequest(
            "A hole cannot cover {least:.0%} to {most:.0%} of {width} x {height} pixels.",
            "Choose a wider range or a larger picture.",
            least=coverage[0],
            most=coverage[1],
            width=size.w,
            height=size.h,
        )
    goal = int(rng.integers(least + 1, most + 1))
    mask = np.zeros(size, np.bool_)
    share = 1.0
    while np.count_nonzero(mask) < goal:
        trial = mask.copy()
        _stroke(trial, share, rng)
        if np.count_nonzero(trial) <= most:
            mask = trial
        else:
            share /= 2
    return mask


def blob_hole(size: Size, share: float, seed: int) -> Mask:
    """Return (H, W) bool, one closed shape such as an outlined object, about `share` of the picture."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    orders = np.arange(2, 7)
    waves = np.cos(np.outer(angle, orders) + rng.uniform(0, 2 * np.pi, orders.size))
    radius = np.maximum(1 + waves @ rng.normal(0, 0.3 / orders), 0.3)
    aspect = np.exp(rng.uniform(-0.4, 0.4))
    outline = np.stack([radius * np.cos(angle) * aspect, radius * np.sin(angle) / aspect], axis=1)
    outline *= np.sqrt(share * size.h * size.w / cv2.contourArea(outline.astype(np.float32)))
    low, high = outline.min(axis=0), outline.max(axis=0)
    room = np.maximum(np.array([size.w, size.h]) - 1 - (high - low), 0)
    corners = np.rint(outline - low + rng.random(2) * room).astype(np.int32)
    raster = np.zeros(size, np.uint8)
    cv2.fillPoly(raster, [corners], 1)
    return raster.view(np.bool_)


def square_hole(size: Size, side: float = 0.25) -> Mask:
    """Return (H, W) bool, a rectangle in the middle with `side` of the picture's height and width."""
    height, width = (max(1, round(length * side)) for length in size)
    mask = np.zeros(size, np.bool_)
    top, left = (size.h - height) // 2, (size.w - width) // 2
    mask[top : top + height, left : left + width] = True
    return mask


def rectangle_hole(size: Size, seed: int) -> Mask:
    """Return (H, W) bool, a rectangle of 3/8 to 1/2 of height and width, anywhere.

    Source: Yu et al. 2018 (code): a box of half the sides, placed evenly, shrunk by up to 1/16 on each side.
    """
    rng = np.random.default_rng(seed)
    (top, height), (left, width) = (_span(length, rng) for length in size)
    mask = np.zeros(size, np.bool_)
    mask[top : top + height, left : left + width] = True
    return mask


def _span(length: int, rng: np.random.Generator) -> tuple[int, int]:
    """Return start and length of a rectangle's side."""
    half, shrunk = max(1, length // 2), int(rng.integers(0, length // 16 + 1))
    return int(rng.integers(0, max(1, length - half))) + shrunk, max(1, half - 2 * shrunk)


def _stroke(mask: Mask, share: float, rng: np.random.Generator) -> None:
    """Draw one wandering brush stroke; `share` in (0, 1] makes it shorter and thinner."""
    side = min(mask.shape)
    diameter = max(1, round(share * side * rng.uniform(0.02, 0.12)))
    place, heading = rng.random(2) * mask.shape, rng.uniform(0, 2 * np.pi)
    for _ in range(max(1, round(share * rng.integers(3, 12)))):
        heading += rng.normal(0, 0.7)
        step = share * side * rng.uniform(0.03, 0.12)
        end = np.clip(
            place + step * np.array([np.sin(heading), np.cos(heading)]), 0, np.array(mask.shape) - 1
        )
        capsule(mask, _pixel(place), _pixel(end), diameter=diameter, value=True)
        place = end


def _pixel(place: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Point:
    return Point(int(place[0]), int(place[1]))
