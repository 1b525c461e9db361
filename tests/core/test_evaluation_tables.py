"""Do the tables show what was measured, and is nobody better off for failing?"""

from __future__ import annotations

import numpy as np

from inpainting_core.evaluation.protocols import hole_names
from inpainting_core.evaluation.records import Case, Record
from inpainting_core.evaluation.sheets import Tile, sheet, with_hole
from inpainting_core.evaluation.tables import as_markdown, figures, shared_cases, tables


def record(engine: str, photo: str, hole: str, error: str = "", **known: float) -> Record:
    """Return a made-up record."""
    return Record(Case(photo, "d", hole, engine), 0.2, {} if error else known, error)


def test_means_are_over_cases_that_all_finished() -> None:
    records = [
        record("a", "1", "centre", psnr=20.0, seconds=1.0),
        record("b", "1", "centre", psnr=24.0, seconds=3.0),
        record("a", "2", "centre", psnr=10.0, seconds=2.0),
        record("b", "2", "centre", error="It fell."),
    ]
    found = figures("yu", ["a", "b"], records)
    assert found["a"]["all"] == {"cases": 1, "psnr": 20.0, "seconds": 1.0}
    assert found["b"]["centre"]["psnr"] == 24.0


def test_an_engine_that_finished_nothing_does_not_empty_the_table() -> None:
    records = [record("a", "1", "centre", psnr=20.0), record("b", "1", "centre", error="It fell.")]
    assert shared_cases(["a", "b"], records) == [records[0]]
    assert figures("yu", ["a", "b"], records)["b"]["all"] == {"cases": 0, "psnr": None}


def test_seconds_are_the_median_and_memory_the_maximum() -> None:
    records = [
        record("a", str(n), "centre", seconds=seconds, extra_mb=seconds, psnr=seconds)
        for n, seconds in enumerate((1.0, 2.0, 9.0))
    ]
    found = figures("yu", ["a"], records)["a"]["all"]
    assert found == {"cases": 3, "seconds": 2.0, "extra_mb": 9.0, "psnr": 4.0}


def test_bins_are_columns_and_cells_are_inside_and_border() -> None:
    records = [
        record("a", "1", name, l1=float(number), l1_hole=100.0 + number)
        for number, name in enumerate(hole_names("pconv"))
    ]
    made = {table.title: table for table in tables("pconv", ["a"], records)}
    whole = made["l1 % by hole size, whole picture"]
    assert whole.head == (
        "l1 % (inside / border)",
        "1-10 %",
        "10-20 %",
        "20-30 %",
        "30-40 %",
        "40-50 %",
        "50-60 %",
    )
    assert whole.rows == (("a", *(f"{n}.00 / {n + 1}.00" for n in range(0, 12, 2))),)
    assert made["l1 % by hole size, hole only"].rows[0][1] == "100.00 / 101.00"


def test_markdown_is_aligned_and_numbers_stand_to_the_right() -> None:
    records = [record("a", "1", "centre", psnr=20.0), record("long", "1", "centre", psnr=5.5)]
    table = tables("yu", ["a", "long"], records)[0]
    assert as_markdown(table).splitlines() == [
        "### All holes, whole picture",
        "",
        "| engine | cases |  PSNR |",
        "|--------|------:|------:|",
        "| a      |     1 | 20.00 |",
        "| long   |     1 |  5.50 |",
    ]


def test_a_sheet_holds_its_tiles_and_marks_holes() -> None:
    truth = np.full((32, 32, 3), 90, np.uint8)
    hole = np.zeros((32, 32), np.bool_)
    hole[:4] = True
    marked = with_hole(truth, hole)
    assert (marked[4:] == 90).all()
    assert len(np.unique(marked[:4].reshape(-1, 3), axis=0)) == 1
    page = sheet(
        "title " * 40, [[Tile(truth, "c"), Tile(None, "not there", "x" * 90)], [Tile(marked, "d")]], 32
    )
    assert (page[33 : 33 + 32, 8:40] == 90).all()
    assert np.array_equal(page[33 + 74 : 33 + 74 + 32, 8:40], marked)
    assert (page[33 : 33 + 32, 48:80] == page[0, 0]).all()
