"""Which engine fills best?  Engines x photographs x holes, in an order that a killed run can go on from.

For each photograph and hole the engines take turns, and who begins rotates, so that a machine that is busy
for a while is busy for all. What is known already is not done again.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from inpainting_core.errors import Cancelled, ImageReadError, InvalidRequest, WeightsMissing
from inpainting_core.evaluation.contestants import Answer, Booth, Contestant
from inpainting_core.evaluation.metrics import measure
from inpainting_core.evaluation.photographs import Square, photographs_in, read_square
from inpainting_core.evaluation.protocols import ComparisonSettings, Hole, hole_names, holes
from inpainting_core.evaluation.records import Case, Record, Records
from inpainting_core.evaluation.report import Comparison, worst, write_report, write_sheet, write_worst
from inpainting_core.imaging.arrays import Mask
from inpainting_core.progress import Progress
from inpainting_core.sentences import Sentence

_WORST = 4
"""Cases shown of each engine."""


class _Deep(Protocol):
    """The VGG distance, imported only when it is wanted."""

    def look_at(self, truth: NDArray[np.uint8]) -> None: ...
    def measure(self, filled: NDArray[np.uint8], hole: Mask) -> dict[str, float]: ...


@dataclass(frozen=True)
class ComparisonFolders:
    """Where photographs come from and figures go to.

    Attributes:
        images: Any sizes and formats; folders in it count, too.
        out: Made if need be; a run that was stopped goes on from what lies there.
        limit: How many photographs at most, the first by name; None = all.
    """

    images: Path
    out: Path
    limit: int | None = None


def compare(
    folders: ComparisonFolders,
    contestants: Sequence[Contestant],
    settings: ComparisonSettings,
    progress: Progress | None = None,
) -> Comparison:
    """Return how the contestants fare, and leave tables, sheets and every fill in `folders.out`.

    Files that are no pictures are skipped, fills that fail are recorded; both are told in the answer.

    Raises:
        InvalidRequest: no photographs, or `folders.out` holds figures of other settings.
        WeightsMissing: the VGG distance is wanted and its weights are not there.
        ImageWriteError: `folders.out` cannot be written to.
        Cancelled: somebody asked to stop; what is done is kept, tables of it included.
    """
    progress = progress or Progress()
    paths = photographs_in(folders.images, folders.limit, leave_out=folders.out)
    run = _Run(Records(folders.out, settings), tuple(contestants), settings)
    with ExitStack() as stack:
        stack.callback(run.close)
        try:
            for number, path in enumerate(paths):
                run.photograph(path, folders.images, progress.sub(number / len(paths), 1 / len(paths)))
        except (Cancelled, KeyboardInterrupt):
            if run.records_so_far():
                write_report(folders.out, run.comparison())
            raise
    if not run.squares:
        raise InvalidRequest(
            "None of {count} files is a picture.",
            "Give a folder of photographs. The first of them: {reason}",
            count=len(paths),
            reason=run.skipped[0],
        )
    comparison = run.comparison()
    write_report(folders.out, comparison)
    run.worst_cases(folders.images)
    progress.report(1.0, "Compared")
    return comparison


class _Run:
    """The comparison so far."""

    def __init__(
        self, records: Records, contestants: tuple[Contestant, ...], settings: ComparisonSettings
    ) -> None:
        self._records = records
        self._contestants = contestants
        self._settings = settings
        self._booths = [Booth(contestant) for contestant in contestants]
        self._deep: _Deep | None = None
        self._turn = 0
        self.squares: list[tuple[str, str]] = []
        self.skipped: list[str] = []

    def photograph(self, path: Path, folder: Path, progress: Progress) -> None:
        """Fill every hole of one photograph, and draw its sheet."""
        stage = Sentence("Comparing on {photograph}", photograph=path.name)
        progress.report(0.0, stage)
        try:
            square = read_square(path, folder, self._settings.side)
        except ImageReadError as error:
            self.skipped.append(f"{path.relative_to(folder).as_posix()}: {error.message}")
            return
        self.squares.append((square.name, square.digest))
        due = list(self._due(square))
        if due and self._settings.vgg:
            self._deep = self._deep or _vgg_distance()
            self._deep.look_at(square.pixels)
        try:
            for number, (hole, booth, case) in enumerate(due):
                stage = Sentence(
                    "{photograph}: {hole}, {engine}",
                    photograph=case.photo,
                    hole=case.hole,
                    engine=case.engine,
                )
                progress.report(number / len(due), stage)
                self._case(square, hole, booth, case, progress)
        finally:
            write_sheet(self._records, square, holes(self._settings, square.name), self._names)

    def comparison(self) -> Comparison:
        """Return what is known of the photographs seen."""
        return Comparison(
            self._settings, self._names, tuple(self.squares), self.records_so_far(), tuple(self.skipped)
        )

    def worst_cases(self, folder: Path) -> None:
        """Draw the sheet of the worst cases."""
        rows = []
        for case, whose in worst(self.comparison(), _WORST).items():
            square = read_square(folder / case.photo, folder, self._settings.side)
            found = {hole.name: hole for hole in holes(self._settings, square.name)}
            rows.append((square, found[case.hole], whose))
        write_worst(self._records, rows, self._names)

    def records_so_far(self) -> tuple[Record, ...]:
        """Return the records of the photographs seen, in the order of photographs, holes and engines."""
        cases = (
            Case(*square, hole, engine)
            for square in self.squares
            for hole in hole_names(self._settings.protocol)
            for engine in self._names
        )
        found = (self._records.last(case) for case in cases)
        return tuple(record for record in found if record is not None)

    def close(self) -> None:
        """End all processes."""
        for booth in self._booths:
            booth.close()

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(contestant.name for contestant in self._contestants)

    def _due(self, square: Square) -> Iterator[tuple[Hole, Booth, Case]]:
        """Yield the cases that are not known yet; who begins changes from hole to hole."""
        for hole in holes(self._settings, square.name):
            self._turn += 1
            team = list(zip(self._names, self._booths, strict=True))
            first = self._turn % len(team)
            for name, booth in team[first:] + team[:first]:
                case = Case(square.name, square.digest, hole.name, name)
                if self._records.get(case) is None:
                    yield hole, booth, case

    def _case(self, square: Square, hole: Hole, booth: Booth, case: Case, progress: Progress) -> None:
        """Fill one hole with one engine and keep what became of it."""
        answer = booth.fill(square.pixels, hole, progress)
        coverage = float(hole.mask.mean())
        if answer.pixels is None:
            self._records.add(Record(case, coverage, {}, answer.error), None)
            return
        figures = measure(square.pixels, answer.pixels, hole.mask) | _cost(answer)
        if self._deep is not None:
            figures |= self._deep.measure(answer.pixels, hole.mask)
        self._records.add(Record(case, coverage, figures), answer.pixels)


def _cost(answer: Answer) -> dict[str, float]:
    known = {} if answer.extra_mb is None else {"extra_mb": answer.extra_mb}
    return {"seconds": answer.seconds} | known


def _vgg_distance() -> _Deep:
    """Import torch, and return the VGG distance."""
    try:
        module = importlib.import_module("inpainting_core.evaluation.deep")
    except ImportError as error:
        raise WeightsMissing(
            "The VGG distance needs torch, which is not installed.", "Leave it out with --no-vgg."
        ) from error
    deep: _Deep = module.VggDistance()
    return deep
