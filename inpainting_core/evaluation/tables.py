"""How do the figures stand side by side?  The papers' tables, extended, as Markdown and as JSON.

A row is an engine. Quality is the mean over the cases that every engine finished, so that nobody gains by
failing; seconds are the median and memory the maximum over the same cases.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from inpainting_core.evaluation.protocols import BINS, PLACES, RECTANGLES, ProtocolName, bin_name
from inpainting_core.evaluation.records import Record


class Column(NamedTuple):
    """A figure in a table.

    Attributes:
        key: In `Record.figures`.
        title: At the head of the column.
        digits: Behind the point.
        join: What becomes of the figures of several cases.
    """

    key: str
    title: str
    digits: int
    join: Callable[[Iterable[float]], float] = statistics.fmean


class Table(NamedTuple):
    """Figures with headings.

    Attributes:
        title: What it shows.
        head: One text per column.
        rows: As many texts in each.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_COST = (Column("seconds", "seconds", 2, statistics.median), Column("extra_mb", "extra MB", 0, max))
_YU = (
    Column("l1_relative", "l1 %", 2),
    Column("l2_relative", "l2 %", 2),
    Column("psnr", "PSNR", 2),
    Column("tv", "TV %", 2),
)
_OURS = (Column("l1", "mean abs %", 2), Column("ssim", "SSIM", 4), Column("vgg", "VGG", 3))
_PCONV = (
    Column("l1", "l1 %", 2),
    Column("psnr", "PSNR", 2),
    Column("ssim", "SSIM", 3),
    Column("vgg", "VGG", 3),
)


def tables(protocol: ProtocolName, engines: Sequence[str], records: Sequence[Record]) -> list[Table]:
    """Return the protocol's tables over the cases that all engines finished.

    Args:
        protocol: Decides the layout.
        engines: In the order of the rows.
        records: Of these engines.
    """
    common = shared_cases(engines, records)
    whole = (*_YU, *_OURS) if protocol == "yu" else (*_PCONV, Column("tv", "TV %", 2))
    inside = tuple(_inside(column) for column in whole)
    made = [
        _plain("All holes, whole picture", (*whole, *_COST), engines, common),
        _plain("All holes, hole only", inside, engines, common),
    ]
    if protocol == "yu":
        for name in RECTANGLES:
            part = [record for record in common if record.case.hole == name]
            made.append(_plain(f"Hole: {name}, whole picture", whole, engines, part))
            made.append(_plain(f"Hole: {name}, hole only", inside, engines, part))
        return made
    made += [_binned(column, "whole picture", engines, common) for column in _PCONV]
    made += [_binned(_inside(column), "hole only", engines, common) for column in _PCONV]
    return made


def figures(
    protocol: ProtocolName, engines: Sequence[str], records: Sequence[Record]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return by engine and by hole ("all" first) the joined figures and the number of cases.

    Args:
        protocol: Which holes there are.
        engines: Whose figures.
        records: Of these engines.
    """
    common = shared_cases(engines, records)
    keys = sorted({key for record in common for key in record.figures})
    columns = [next((cost for cost in _COST if cost.key == key), Column(key, key, 0)) for key in keys]
    groups = ["all", *dict.fromkeys(record.case.hole for record in common)]
    document: dict[str, dict[str, dict[str, Any]]] = {}
    for engine in engines:
        document[engine] = {}
        for group in groups:
            part = [r for r in common if r.case.engine == engine and group in ("all", r.case.hole)]
            document[engine][group] = {"cases": len(part)} | {c.key: _joined(c, part) for c in columns}
    return document


def shared_cases(engines: Sequence[str], records: Sequence[Record]) -> list[Record]:
    """Return the records of the cases that all engines finished, leaving out those that finished none."""
    done: dict[tuple[str, str, str], set[str]] = {}
    for record in records:
        if not record.error:
            done.setdefault(record.case[:3], set()).add(record.case.engine)
    able = set().union(*done.values()) & set(engines)
    return [record for record in records if not record.error and able <= done[record.case[:3]]]


def as_markdown(table: Table) -> str:
    """Return the table as Markdown, its columns aligned."""
    lines = [table.head, *table.rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.head))]

    def line(cells: tuple[str, ...]) -> str:
        first = cells[0].ljust(widths[0])
        rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
        return f"| {' | '.join([first, *rest])} |"

    rule = f"|{'-' * (widths[0] + 2)}|{'|'.join('-' * (width + 1) + ':' for width in widths[1:])}|"
    return "\n".join([f"### {table.title}", "", line(table.head), rule, *map(line, table.rows)])


def _plain(title: str, columns: Sequence[Column], engines: Sequence[str], records: Sequence[Record]) -> Table:
    """Return a table with one column per figure."""
    shown = [column for column in columns if any(column.key in record.figures for record in records)]
    rows = []
    for engine in engines:
        mine = [record for record in records if record.case.engine == engine]
        rows.append((engine, str(len(mine)), *(_text(column, mine) for column in shown)))
    return Table(title, ("engine", "cases", *(column.title for column in shown)), tuple(rows))


def _binned(column: Column, where: str, engines: Sequence[str], records: Sequence[Record]) -> Table:
    """Return a table with one column per bin; a cell is "away from the border / free to touch it"."""
    rows = []
    for engine in engines:
        mine = [record for record in records if record.case.engine == engine]
        cells = []
        for coverage in BINS:
            names = [f"{bin_name(coverage)}_{place}" for place in PLACES]
            parts = [[record for record in mine if record.case.hole == name] for name in names]
            cells.append(" / ".join(_text(column, part) for part in parts))
        rows.append((engine, *cells))
    head = (f"{column.title} (inside / border)", *(f"{bin_name(coverage)} %" for coverage in BINS))
    return Table(f"{column.title} by hole size, {where}", head, tuple(rows))


def _inside(column: Column) -> Column:
    return column._replace(key=f"{column.key}_hole")


def _joined(column: Column, records: Sequence[Record]) -> float | None:
    found = [record.figures[column.key] for record in records if column.key in record.figures]
    return column.join(found) if found else None


def _text(column: Column, records: Sequence[Record]) -> str:
    value = _joined(column, records)
    return "-" if value is None else f"{value:.{column.digits}f}"


def failures(records: Sequence[Record]) -> dict[str, int]:
    """Return how often each sentence was the reason for a failure, by "engine: sentence"."""
    counted: dict[str, int] = {}
    for record in records:
        if record.error:
            sentence = f"{record.case.engine}: {record.error}"
            counted[sentence] = counted.get(sentence, 0) + 1
    return counted
