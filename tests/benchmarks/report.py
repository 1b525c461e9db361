"""How are measurements shown?  Tables by hole bin with ratios, raw numbers, and sheets to look at."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from inpainting_core.api import Pixels
from tests.benchmarks.cases import Case
from tests.benchmarks.worker import RIVAL


@dataclass(frozen=True)
class Row:
    """One engine's fill of one case.

    Attributes:
        case: Its name.
        bin: Its hole bin.
        engine: Who filled.
        values: Seconds, extra_mb and scores by name.
    """

    case: str
    bin: str
    engine: str
    values: Mapping[str, float]

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Measure:
    """One quantity: how its cases are summed up and written."""

    key: str
    title: str
    summary: Callable[[Iterable[float]], float]
    form: str


MEASURES = (
    Measure("seconds", "Seconds, median", statistics.median, "{:.2f}"),
    Measure("extra_mb", "Peak extra memory, MB, largest", max, "{:.0f}"),
    Measure("l1", "l1 in the hole, levels, mean (less is better)", statistics.fmean, "{:.2f}"),
    Measure("psnr", "PSNR in the hole, dB, mean (more is better)", statistics.fmean, "{:.2f}"),
    Measure("ssim", "SSIM in the hole, mean (more is better)", statistics.fmean, "{:.3f}"),
    Measure(
        "gradients", "Gradient histogram distance, levels, mean (less is better)", statistics.fmean, "{:.2f}"
    ),
    Measure("deep", "Deep feature distance, mean (less is better)", statistics.fmean, "{:.3f}"),
)


def tables(rows: Sequence[Row], engines: Sequence[str]) -> str:
    """Return Markdown: one table for each measure, rows are engines, columns are hole bins.

    In brackets stands the median ratio, case by case, to the rival's value.
    """
    bins = list(dict.fromkeys(row.bin for row in rows))
    parts = []
    for measure in MEASURES:
        if any(measure.key in row.values for row in rows):
            parts += [
                f"**{measure.title}**",
                "",
                f"| engine | {' | '.join(bins)} | all |",
                "|---" * (len(bins) + 2) + "|",
            ]
            for engine in engines:
                cells = [_cell(rows, measure, engine, where) for where in ([name] for name in bins)]
                parts.append(f"| {engine} | {' | '.join([*cells, _cell(rows, measure, engine, bins)])} |")
            parts.append("")
    return "\n".join(parts)


def _cell(rows: Sequence[Row], measure: Measure, engine: str, bins: Sequence[str]) -> str:
    def of(name: str) -> dict[str, float]:
        chosen = (row for row in rows if row.engine == name and row.bin in bins and measure.key in row.values)
        return {row.case: row.values[measure.key] for row in chosen}

    own, rival = of(engine), of(RIVAL)
    if not own:
        return "-"
    text = measure.form.format(measure.summary(own.values()))
    ratios = [value / rival[case] for case, value in own.items() if rival.get(case)]
    return text if engine == RIVAL or not ratios else f"{text} (x{statistics.median(ratios):.2f})"


def save_sheet(folder: Path, case: Case, fills: Mapping[str, Pixels]) -> None:
    """Write a PNG: the photograph with its hole, then every engine's fill, side by side."""
    holed = case.image.copy()
    holed[case.mask] = (255, 0, 255)
    pictures = {"hole": holed, "truth": case.image, **fills}
    height, width = case.mask.shape
    sheet = Image.new("RGB", (width * len(pictures), height + 16), "white")
    draw = ImageDraw.Draw(sheet)
    for index, (name, pixels) in enumerate(pictures.items()):
        sheet.paste(Image.fromarray(np.asarray(pixels)), (index * width, 16))
        draw.text((index * width + 4, 2), name, fill="black")
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w-]+", "_", case.name).strip("_")
    sheet.save(folder / f"{name}.png")
