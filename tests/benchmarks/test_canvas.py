"""Does a small run measure what it says?"""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.document import Document
from inpainting_core.api import Photo
from tests.benchmarks import canvas


@pytest.mark.usefixtures("qapp")
def test_a_quick_run_prints_a_row_for_each_quantity(capsys: pytest.CaptureFixture[str]) -> None:
    assert canvas.main(["--quick", "--sizes", "0.4", "0.8", "--window", "900x500"]) == 0
    head, line, *rows = capsys.readouterr().out.strip().splitlines()
    assert head == "| | 0.4 MP | 0.8 MP |"
    assert line == "|---|---|---|"
    cells = {row.split(" | ")[0].strip("| "): row.strip("| ").split(" | ")[1:] for row in rows}
    assert len(cells) == 3 + 2 * len(canvas.BRUSHES) + 2 * len(canvas.ZOOMS)
    for name, values in cells.items():
        if name.startswith(("stroke", "zoom", "pan")):
            assert all(re.fullmatch(r"[\d.]+ / [\d.]+ \(x[\d.]+\)", value) for value in values), name


def test_the_stroke_that_is_measured_is_really_painted(qtbot: QtBot) -> None:
    document = Document(Photo(canvas.photograph(600, 800)))
    with canvas.editor(document, (900, 500)) as program:
        view = program.window.stage.canvas
        assert (view.width(), view.height()) == (900, 500)
        moved, painted = canvas.stroke_times(program, view, 20, 8)
        assert len(moved) == len(painted) == 8
        assert min(moved) > 0
        assert np.count_nonzero(document.mask) > 8 * 20 * 20
    assert isinstance(QApplication.instance(), QApplication)


def test_a_photograph_is_as_large_as_asked_and_has_grain() -> None:
    picture = canvas.photograph(300, 500)
    assert picture.shape == (300, 500, 3)
    steps = np.abs(np.diff(picture.astype(int), axis=1))
    assert 4 < steps.mean() < 12


def test_times_are_given_as_median_percentile_and_ratio() -> None:
    assert canvas.in_words([1.0, 2.0, 3.0], 0.5) == "2.0 / 3.0 (x4.0)"
    assert canvas.copying_ms(1 << 22) > 0
