"""What does a comparison leave behind?  report.json, report.md, a sheet per photograph, the worst cases."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.evaluation.photographs import Square, file_stem
from inpainting_core.evaluation.protocols import ComparisonSettings, Hole
from inpainting_core.evaluation.records import Case, Record, Records
from inpainting_core.evaluation.sheets import Tile, sheet, with_hole
from inpainting_core.evaluation.tables import as_markdown, failures, figures, shared_cases, tables
from inpainting_core.imaging.atomic import replace_file

_DEFINITIONS = """\
All figures are of the composite: outside the hole, a fill is the photograph. Means are over the cases that
every engine finished; seconds are the median, memory the maximum.

- **l1 %** in `yu`: 100 · Σ|d| / Σ|x|; **l2 %**: 100 · Σd² / Σx² (our reading of "relative l1 error" and
  "squared relative l2 error"). **l1 %** in `pconv` and **mean abs %**: 100 · mean|d| / 255.
- **PSNR** in dB over all colours, at most 100. **SSIM**: 11 × 11 Gaussian windows, mean over the colours.
- **TV %**: total variation of the fill, summed over the colours, per pixel, white = 1 (our reading).
- **VGG**: mean over relu1_2, relu2_2, relu3_3, relu4_3 of the squared distance between features, each place's
  channels scaled to length 1; 1 = as far apart as two unrelated photographs. Weights: Simonyan & Zisserman
  2014. It has no calibrated heads, so it is not LPIPS.
- **seconds**: one fill of one square, imports and compilation not counted. **extra MB**: what the engine's
  process needed beyond what it held before the fill, in main memory.
- "hole only" are the same figures over the pixels of the hole.
- `pconv` leaves out the paper's IScore: its definition is not given.
"""


@dataclass(frozen=True)
class Comparison:
    """What came out.

    Attributes:
        settings: What the figures depend on.
        engines: Names, in the order they were given.
        photographs: (name, digest) of each that was read.
        records: One for each photograph, hole and engine.
        skipped: Sentences on files that are no pictures.
    """

    settings: ComparisonSettings
    engines: tuple[str, ...]
    photographs: tuple[tuple[str, str], ...]
    records: tuple[Record, ...]
    skipped: tuple[str, ...]

    @property
    def document(self) -> dict[str, Any]:
        """The comparison as plain data, for JSON."""
        return {
            "settings": dataclasses.asdict(self.settings),
            "engines": list(self.engines),
            "photographs": [name for name, _ in self.photographs],
            "figures": figures(self.settings.protocol, self.engines, self.records),
            "failures": failures(self.records),
            "skipped": list(self.skipped),
            "cases": [
                {
                    **record.case._asdict(),
                    "coverage": record.coverage,
                    **record.figures,
                    "error": record.error,
                }
                for record in self.records
            ],
        }

    @property
    def text(self) -> str:
        """The comparison as Markdown."""
        settings = self.settings
        made = tables(settings.protocol, self.engines, self.records)
        lines = [
            f"# Protocol {settings.protocol}",
            "",
            f"{len(self.photographs)} photographs at {settings.side} px square, seed {settings.seed}.",
            "",
            *(f"{as_markdown(table)}\n" for table in made),
        ]
        failed = [f"- {count} x {sentence}" for sentence, count in failures(self.records).items()]
        if failed:
            lines += ["### Failed", "", *failed, ""]
        if self.skipped:
            lines += ["### Skipped", "", *(f"- {sentence}" for sentence in self.skipped), ""]
        return "\n".join([*lines, "### What the figures mean", "", _DEFINITIONS])


def write_report(folder: Path, comparison: Comparison) -> None:
    """Write report.json and report.md.

    Raises:
        ImageWriteError: they could not be written.
    """
    document = json.dumps(comparison.document, indent=1, allow_nan=False)
    replace_file(folder / "report.json", document.encode())
    replace_file(folder / "report.md", comparison.text.encode())


def write_sheet(records: Records, square: Square, holes: Iterable[Hole], engines: Sequence[str]) -> None:
    """Write the photograph's sheet: a row per hole, original | hole | each engine.

    Raises:
        ImageWriteError: it could not be written.
    """
    rows = [_row(records, square, hole, engines) for hole in holes]
    page = sheet(square.name, rows, square.pixels.shape[0])
    _write_picture(records.folder / "sheets" / f"{file_stem(square.name)}.png", page)


def worst(comparison: Comparison, count: int) -> dict[Case, list[str]]:
    """Return the `count` cases whose holes each engine filled with the lowest PSNR, and whose worst they are.

    Cases that not every engine finished do not count: there would be nothing to compare with.
    """
    found: dict[Case, list[str]] = {}
    common = shared_cases(comparison.engines, comparison.records)
    for engine in comparison.engines:
        mine = [record for record in common if record.case.engine == engine]
        for record in sorted(mine, key=lambda record: record.figures["psnr_hole"])[:count]:
            found.setdefault(record.case._replace(engine=""), []).append(engine)
    return found


def write_worst(
    records: Records, rows: Sequence[tuple[Square, Hole, Sequence[str]]], engines: Sequence[str]
) -> None:
    """Write the sheet of the worst cases; each row names the engines whose worst it is.

    Raises:
        ImageWriteError: it could not be written.
    """
    if not rows:
        return
    tiles = []
    for square, hole, whose in rows:
        first, *rest = _row(records, square, hole, engines)
        tiles.append([first._replace(caption=square.name, remark=f"worst of {', '.join(whose)}"), *rest])
    page = sheet("Worst cases: the lowest PSNR in the hole", tiles, rows[0][0].pixels.shape[0])
    _write_picture(records.folder / "worst.png", page)


def _row(records: Records, square: Square, hole: Hole, engines: Sequence[str]) -> list[Tile]:
    cases = [Case(square.name, square.digest, hole.name, engine) for engine in engines]
    return [
        Tile(square.pixels, hole.name, "original"),
        Tile(with_hole(square.pixels, hole.mask), "hole", f"{hole.mask.mean():.1%} of the picture"),
        *(_tile(records, case) for case in cases),
    ]


def _tile(records: Records, case: Case) -> Tile:
    record = records.last(case)
    if record is None:
        return Tile(None, case.engine, "not done yet")
    if record.error:
        return Tile(None, case.engine, record.error)
    known = record.figures
    vgg = f"  VGG {known['vgg_hole']:.3f}" if "vgg_hole" in known else ""
    remark = f"hole: l1 {known['l1_hole']:.1f} %  PSNR {known['psnr_hole']:.1f}{vgg}"
    return Tile(records.fill(case), case.engine, remark)


def _write_picture(path: Path, pixels: NDArray[np.uint8]) -> None:
    path.parent.mkdir(exist_ok=True)
    _, data = cv2.imencode(".png", pixels[..., ::-1])
    replace_file(path, data.tobytes())
