"""How good is the network by now?  Always the same squares and holes; figures of the hole, sheets to see."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from inpainting_core.imaging.atomic import replace_file
from inpainting_core.training.data import Sample
from inpainting_core.training.recipe import Batch, Recipe

_ROWS = 8
_GREY = 128
_Picture = NDArray[np.uint8]


class Validation:
    """Fixed samples, and what a recipe makes of them.

    Args:
        samples: Rectangles and strokes.
        batch: So many are filled at once.
        folder: For the sheets; made when it is not there.
        move: Puts a batch on the recipe's device.
    """

    def __init__(
        self, samples: Sequence[Sample], batch: int, folder: Path, move: Callable[[Batch], Batch]
    ) -> None:
        self._samples, self._batch, self._folder, self._move = samples, batch, folder, move

    def run(self, recipe: Recipe, step: int) -> tuple[dict[str, float], tuple[str, ...]]:
        """Return figures, and the paths of sheets with the rows input, coarse, result, original.

        The figures are means over samples, in the hole only: l1 (of 1), PSNR in dB, the same of each kind of
        hole, l1 of the coarse answer, and what else the recipe tells of each batch.
        """
        rows: list[_Picture] = []
        found: list[tuple[bool, float, float, float]] = []
        told: list[Mapping[str, float]] = []
        for start in range(0, len(self._samples), self._batch):
            part = self._samples[start : start + self._batch]
            batch = self._move(recipe.collate(part))
            coarse, result, others = recipe.fill(batch)
            told.append(others)
            truth, hole = batch["image"].float() / 255, batch["hole"].float()
            errors = [_errors(answer, truth, hole) for answer in (result, coarse)]
            for number, sample in enumerate(part):
                (l1, l2), (coarse_l1, _) = (error[number] for error in errors)
                found.append((sample.hole.is_rectangle, l1, -10 * math.log10(max(l2, 1e-10)), coarse_l1))
                rows.append(_row(sample, coarse[number], result[number]))
        means = {name: float(np.mean([others[name] for others in told])) for name in told[0]}
        return _figures(found) | means, self._sheets(rows, step)

    def _sheets(self, rows: Sequence[_Picture], step: int) -> tuple[str, ...]:
        self._folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for number, start in enumerate(range(0, len(rows), _ROWS)):
            sheet = np.concatenate(rows[start : start + _ROWS])[..., ::-1]
            path = self._folder / f"step-{step:08}-{number}.png"
            replace_file(path, cv2.imencode(".png", sheet)[1].tobytes())
            paths.append(str(path))
        return tuple(paths)


def _errors(answer: Tensor, truth: Tensor, hole: Tensor) -> list[tuple[float, float]]:
    """Return mean absolute and mean squared error in the hole of each sample."""
    area = hole.sum(dim=(1, 2, 3)) * 3
    apart = (answer - truth) * hole
    l1, l2 = (apart.abs().sum(dim=(1, 2, 3)) / area, (apart**2).sum(dim=(1, 2, 3)) / area)
    return list(zip(l1.tolist(), l2.tolist(), strict=True))


def _figures(found: Sequence[tuple[bool, float, float, float]]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for ending, kinds in (("", (True, False)), ("_rectangles", (True,)), ("_strokes", (False,))):
        rows = [row for row in found if row[0] in kinds]
        if rows:
            _, l1, psnr, _ = zip(*rows, strict=True)
            figures |= {f"l1{ending}": float(np.mean(l1)), f"psnr{ending}": float(np.mean(psnr))}
    return figures | {"l1_coarse": float(np.mean([row[3] for row in found]))}


def _row(sample: Sample, coarse: Tensor, result: Tensor) -> _Picture:
    """Return (S, 4 S, 3) uint8: input, coarse answer, result, original."""
    seen = np.where(sample.hole.mask[..., None], np.uint8(_GREY), sample.pixels)
    return np.concatenate([seen, _bytes(coarse), _bytes(result), sample.pixels], axis=1)


def _bytes(picture: Tensor) -> _Picture:
    """Return (S, S, 3) uint8 from (3, S, S) in [0, 1]."""
    levels = (picture.clamp(0, 1) * 255).round().to(torch.uint8)
    return np.asarray(levels.permute(1, 2, 0).cpu().numpy())  # (S, S, 3)
