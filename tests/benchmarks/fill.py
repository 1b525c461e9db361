"""How do our engines compare with OpenCV's and pypatchmatch's on the same holes, in one run?

    python -m tests.benchmarks.fill --out bench-out --sheets --deep
    python -m tests.benchmarks.fill --photos ~/photos/*.jpg --size 512 --bins object square

Every case goes to all engines in turn; who begins changes from case to case, so that a noisy machine is
noisy for all. The tables go to standard output, all numbers to results.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import deep
from tests.benchmarks.cases import BINS, Case, bundled_photos, cases
from tests.benchmarks.metrics import score
from tests.benchmarks.report import Row, save_sheet, tables
from tests.benchmarks.worker import RIVAL, Measured, Worker, available


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when all was measured, 1 when an engine's process died, 2 for wrong arguments."""
    chosen = _parse(arguments)
    distance = deep.DeepDistance() if chosen.deep else None
    workers = {engine: Worker(engine) for engine in chosen.engines}
    rows: list[Row] = []
    died = 0
    for number, case in enumerate(cases(chosen.photos, chosen.size, chosen.bins, chosen.seed)):
        sys.stderr.write(f"{number + 1:4} {case.name}\n")
        first = number % len(chosen.engines)
        fills = {}
        for engine in chosen.engines[first:] + chosen.engines[:first]:
            measured = workers[engine].fill(case.image, case.mask)
            if measured is None:
                sys.stderr.write(f"     {engine} died\n")
                died += 1
            else:
                rows.append(_judged(case, engine, measured, distance))
                fills[engine] = measured.filled
        if chosen.sheets:
            in_order = {engine: fills[engine] for engine in chosen.engines if engine in fills}
            save_sheet(chosen.out, case, in_order)
    for worker in workers.values():
        worker.close()
    _save(chosen, rows)
    print(tables(rows, chosen.engines))
    return 1 if died else 0


def _judged(case: Case, engine: str, measured: Measured, distance: deep.DeepDistance | None) -> Row:
    values = {"seconds": measured.seconds, **score(case.image, measured.filled, case.mask)}
    if measured.extra_mb is not None:
        values["extra_mb"] = measured.extra_mb
    if distance is not None:
        values["deep"] = distance(case.image, measured.filled, case.mask)
    return Row(case.name, case.bin, engine, values)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    names = ", ".join(available())
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fill", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--photos", nargs="+", type=Path, help="default: the bundled samples")
    parser.add_argument("--size", type=int, default=512, help="side of the square cut from each photo")
    parser.add_argument("--bins", nargs="+", choices=BINS, default=list(BINS), metavar="BIN")
    parser.add_argument("--engines", nargs="+", choices=[*available(), RIVAL], metavar="ENGINE", help=names)
    parser.add_argument("--seed", type=int, default=0, help="another seed draws other holes")
    parser.add_argument("--deep", action="store_true", help="also compare features of a network")
    parser.add_argument("--sheets", action="store_true", help="also save a comparison sheet for each case")
    parser.add_argument(
        "--out", type=Path, default=Path("bench-out"), help="folder for results.json and sheets"
    )
    chosen = parser.parse_args(arguments)
    chosen.photos = chosen.photos or bundled_photos()
    chosen.engines = list(dict.fromkeys(chosen.engines or available()))
    if RIVAL not in available():
        sys.stderr.write(f"{RIVAL} is not installed and left out: pip install -e '.[bench]' brings it.\n")
        chosen.engines = [engine for engine in chosen.engines if engine != RIVAL]
    if chosen.deep and deep.missing():
        parser.error(f"--deep needs {', '.join(deep.missing())}: pip install -e '.[bench]' brings them.")
    unreadable = [str(path) for path in chosen.photos if not path.is_file()]
    if unreadable:
        parser.error(f"no such photo: {', '.join(unreadable)}")
    return chosen


def _save(chosen: argparse.Namespace, rows: Sequence[Row]) -> None:
    chosen.out.mkdir(parents=True, exist_ok=True)
    summary = {
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
        },
        "size": chosen.size,
        "seed": chosen.seed,
        "photos": [path.name for path in chosen.photos],
        "rows": [row.as_json() for row in rows],
    }
    (chosen.out / "results.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
