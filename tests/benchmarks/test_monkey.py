"""Does the monkey run, count, and notice what is planted for it?"""

from __future__ import annotations

import logging
import re
import subprocess
import sys

import numpy as np
import pytest

from inpainting_core.api import FillResult, Point
from tests.app.pictures import document, draw, fill_edit
from tests.benchmarks.monkey import EVENTS_PER_HOUR, slope
from tests.benchmarks.monkey_checks import Ledger, Watch
from tests.harness.fake_filler import planted_region


def test_a_short_run_finds_nothing_and_says_what_it_did() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.monkey", "--seconds", "6", "--seed", "7"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    line = ended.stdout.splitlines()[-1]
    found = re.match(r"events (\d+) = ([\d.]+) h at 2 a second, fills \d+.* complaints 0$", line)
    assert found is not None, line
    assert float(found[2]) == pytest.approx(int(found[1]) / EVENTS_PER_HOUR, abs=0.006)


def test_the_slope_is_that_of_the_line() -> None:
    assert slope([(0, 100), (10, 120), (20, 140)]) == pytest.approx(2.0)
    assert slope([(0, 100), (10, 900)]) == 0.0


def test_a_known_pixel_that_changes_is_noticed_and_a_filled_one_is_not() -> None:
    doc = document()
    ledger = Ledger(doc)
    hole = np.zeros(doc.size, np.bool_)
    hole[10:14, 20:25] = True
    region = planted_region(doc.image, hole, None, 7)
    doc.apply(fill_edit(doc, hole, None, 7))
    assert ledger.known_that_changed() == 20
    ledger.filled(FillResult(1, "telea", (region,), {"total": 0.0}))
    assert ledger.wrong() == []
    doc._pixels[90, 90] += 1
    assert ledger.wrong() == ["1 known pixels changed"]


def test_planes_that_are_out_of_step_are_noticed() -> None:
    doc = document(600, 500)
    ledger = Ledger(doc)
    draw(doc, [Point(50, 50), Point(60, 80)], 9)
    ledger.note()
    draw(doc, [Point(90, 50), Point(90, 80)], 9)
    assert [*ledger.wrong(), *ledger.wrong_in_depth(), *ledger.wrong_in_replay(9)] == []
    doc.mask[300, 300] = 255
    assert ledger.wrong() == [f"mask_area is {doc.mask_area}, not {doc.mask_area + 1}"]
    assert ledger.wrong_in_depth() == ["what is shown of the mask is out of date"]
    assert ledger.wrong_in_replay(9)[:2] == [
        "undo to step 1: not as it was: mask",
        "undo to step 0: not as it was: mask",
    ]


def test_warnings_and_exceptions_of_any_kind_are_heard() -> None:
    watch = Watch()
    watch.now = "a test"
    logger = logging.getLogger("planted")
    logger.addHandler(watch)
    logger.propagate = False
    logger.warning("something %s", "odd")
    logger.info("nothing")
    logger.removeHandler(watch)
    assert dict(watch.complaints) == {"something odd": 1}
    assert watch.first == {"something odd": "a test"}
