"""Does a small run measure what it says, the same way each time?"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inpainting_core.api import FillRequest, Session
from tests.benchmarks import cases, fill, worker
from tests.benchmarks.metrics import score
from tests.benchmarks.report import Row, tables


def test_cases_repeat_and_differ_by_seed() -> None:
    photos = cases.bundled_photos()
    one, again, other = (list(cases.cases(photos, 64, ["object", "1-10 %"], seed)) for seed in (0, 0, 1))
    assert len(one) == 2 * len(photos) == 6
    assert all(
        np.array_equal(a.mask, b.mask) and np.array_equal(a.image, b.image)
        for a, b in zip(one, again, strict=True)
    )
    assert not all(np.array_equal(a.mask, b.mask) for a, b in zip(one, other, strict=True))


def test_a_photo_is_cut_to_its_middle(tmp_path: Path) -> None:
    wide = np.zeros((10, 30, 3), np.uint8)
    wide[:, 10:20] = 200
    Image.fromarray(wide).save(tmp_path / "wide.png")
    assert (cases.middle_square(tmp_path / "wide.png", 10) == 200).all()


def test_a_small_run_reports_the_engines_own_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = cases.bundled_photos()[0]
    arguments = ["--photos", str(photo), "--size", "64", "--bins", "square", "--engines", "telea", "--sheets"]
    assert fill.main([*arguments, "--out", str(tmp_path)]) == 0
    (row,) = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["rows"]
    (case,) = cases.cases([photo], 64, ["square"], 0)
    own = Session().fill(FillRequest(case.image, case.mask, "telea")).paste(case.image)
    expected = score(case.image, own, case.mask)
    assert {key: row["values"][key] for key in expected} == pytest.approx(expected)
    assert row["values"]["seconds"] > 0
    assert f"| telea | {expected['l1']:.2f} | {expected['l1']:.2f} |" in capsys.readouterr().out
    with Image.open(tmp_path / "moose_square.png") as sheet:
        assert sheet.size == (3 * 64, 64 + 16)


def test_ratios_are_taken_case_by_case() -> None:
    seconds = {"ours": (2.0, 3.0, 40.0), worker.RIVAL: (1.0, 2.0, 10.0)}
    rows = [
        Row(f"case {number}", "square", engine, {"seconds": value})
        for engine, values in seconds.items()
        for number, value in enumerate(values)
    ]
    lines = tables(rows, list(seconds)).splitlines()
    assert "| ours | 3.00 (x2.00) | 3.00 (x2.00) |" in lines
    assert f"| {worker.RIVAL} | 2.00 | 2.00 |" in lines


def test_an_engine_that_dies_costs_its_case_only(monkeypatch: pytest.MonkeyPatch) -> None:
    image, mask = np.zeros((16, 16, 3), np.uint8), np.zeros((16, 16), np.bool_)
    mask[8, 8] = True
    patient = worker.Worker("no such engine")
    assert patient.fill(image, mask) is None
    monkeypatch.setattr(patient, "_engine", "telea")
    measured = patient.fill(image, mask)
    patient.close()
    assert measured is not None
    assert np.array_equal(measured.filled, image)


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("tests.benchmarks.deep.find_spec", lambda _: None)
    with pytest.raises(SystemExit):
        fill.main(["--deep"])
    assert "[bench]" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        fill.main(["--photos", "nowhere.jpg"])
    assert "no such photo: nowhere.jpg" in capsys.readouterr().err
