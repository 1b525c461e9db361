"""Which square is learned from?  A function of seed, step and item alone: nothing to save, nothing to resume.

Photographs are drawn evenly, squares are cut at any scale and place, mirrored, turned and tinted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from inpainting_core.errors import ImageReadError, InvalidRequest
from inpainting_core.training.config import DataSettings, TrainingConfig
from inpainting_core.training.holes import Hole, Holes, centred, strokes
from inpainting_core.training.shards import Square

_DRAWS = 20
_VALIDATION_STROKES = (0.1, 0.3)


class Sample(NamedTuple):
    """One square and what is missing from it.

    Attributes:
        pixels: (S, S, 3) uint8.
        hole: See `Hole`.
    """

    pixels: Square
    hole: Hole


class Photographs:
    """Samples by step and item.

    Args:
        count: How many photographs there are.
        pixels: Gives the photograph with a number, (H, W, 3) uint8; may raise ImageReadError.
        config: What to draw.
        warn: Told of photographs that can no longer be read.
    """

    def __init__(
        self,
        count: int,
        pixels: Callable[[int], Square],
        config: TrainingConfig,
        warn: Callable[[str], None],
    ) -> None:
        self._count, self._pixels, self._config, self._warn = count, pixels, config, warn
        self._holes = Holes(config.data.side, config.holes)

    def sample(self, step: int, item: int) -> Sample:
        """Return the sample number `item` of a step, the same whenever it is asked for.

        Raises:
            InvalidRequest: photographs can no longer be read.
        """
        rng = np.random.default_rng([self._config.seed, step, item])
        for _ in range(_DRAWS):
            try:
                photograph = self._pixels(int(rng.integers(self._count)))
            except ImageReadError as error:
                self._warn(str(error.message))
                continue
            pixels = varied(cut(photograph, self._config.data, rng), self._config.data, rng)
            return Sample(pixels, self._holes.sampled(rng))
        raise InvalidRequest(
            "The photographs can no longer be read.", "Put them back where they were, and resume."
        )


def validation_samples(photographs: Sequence[Square], side: int) -> list[Sample]:
    """Return the middle of every photograph twice: with the centred hole, and with the same strokes."""
    samples = []
    for number, photograph in enumerate(photographs):
        height, width = photograph.shape[:2]
        least = min(height, width)
        top, left = (height - least) // 2, (width - least) // 2
        pixels = _resized(photograph[top : top + least, left : left + least], side)
        samples += [Sample(pixels, centred(side)), Sample(pixels, strokes(side, _VALIDATION_STROKES, number))]
    return samples


def cut(photograph: Square, settings: DataSettings, rng: np.random.Generator) -> Square:
    """Return a square of the photograph at a scale of `least_scale` to 1, drawn evenly in its logarithm.

    A photograph smaller than the square is enlarged; one that is not large enough for the least scale is cut
    at the least that it has.
    """
    height, width = photograph.shape[:2]
    least = max(settings.least_scale, settings.side / min(height, width))
    scale = least if least >= 1 else np.exp(rng.uniform(np.log(least), 0))
    window = min(round(settings.side / scale), height, width)
    top, left = int(rng.integers(height - window + 1)), int(rng.integers(width - window + 1))
    return _resized(photograph[top : top + window, left : left + window], settings.side)


def varied(square: Square, settings: DataSettings, rng: np.random.Generator) -> Square:
    """Return the square mirrored, turned and tinted as the settings allow."""
    if settings.flip and rng.random() < 0.5:
        square = square[:, ::-1]
    if settings.rotate:
        square = np.rot90(square, int(rng.integers(4)))
    if settings.colour > 0:
        reach = settings.colour
        contrast = 1 + rng.uniform(-reach, reach)
        gains = (1 + rng.uniform(-reach, reach)) * (1 + rng.uniform(-reach, reach, 3) / 2)  # (3,)
        levels = (np.arange(256)[:, None] - 128) * contrast * gains + 128 * gains  # (256, 3)
        table = np.clip(np.rint(levels), 0, 255).astype(np.uint8)
        return np.asarray(cv2.LUT(np.ascontiguousarray(square), table[None]), np.uint8)
    return np.ascontiguousarray(square)


def _resized(square: Square, side: int) -> Square:
    if square.shape[0] == side:
        return square
    how = cv2.INTER_AREA if square.shape[0] > side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(square, (side, side), interpolation=how), np.uint8)
