"""Does a comparison survive what happens to it: bad files, bad engines, an impatient person, a power cut?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from inpainting_core.api import Cancelled, CancelToken, InvalidRequest, Progress
from inpainting_core.cli import main
from inpainting_core.evaluation.compare import ComparisonFolders, compare
from inpainting_core.evaluation.contestants import Booth, Contestant, contestants
from inpainting_core.evaluation.protocols import ComparisonSettings, Hole, holes
from inpainting_core.evaluation.records import Case, Records
from tests.architecture.source import ROOT
from tests.core.odd_engines import odd

QUICK = ComparisonSettings("yu", 64, vgg=False)
RNG = np.random.default_rng(8)


@pytest.fixture
def folders(tmp_path: Path) -> ComparisonFolders:
    """Two photographs of different sizes and formats, a text, and an empty place for the answer."""
    images = tmp_path / "images"
    images.mkdir()
    for name, size in (("a.png", (70, 90)), ("b.jpg", (64, 100))):
        cv2.imwrite(
            str(images / name), cv2.GaussianBlur(RNG.integers(0, 256, (*size, 3)).astype(np.uint8), (9, 9), 2)
        )
    (images / "notes.txt").write_text("no picture")
    return ComparisonFolders(images, tmp_path / "out")


def odd_one(name: str) -> Contestant:
    """Return an engine that misbehaves."""
    return Contestant(name, odd(name), {})


def lines(out: Path) -> list[str]:
    """Return what was recorded, line by line."""
    return (out / "cases.jsonl").read_text().splitlines()


def test_every_engine_gets_every_hole_and_bad_files_are_told(folders: ComparisonFolders) -> None:
    found = compare(folders, contestants(["telea", "navier_stokes+radius=5"]), QUICK)
    assert len(found.records) == 2 * 2 * 2
    assert not any(record.error for record in found.records)
    assert [sentence.partition(":")[0] for sentence in found.skipped] == ["notes.txt"]
    document = json.loads((folders.out / "report.json").read_text())
    assert document["figures"]["telea"]["all"]["cases"] == 4
    mean = np.mean([case["psnr"] for case in document["cases"] if case["engine"] == "telea"])
    assert document["figures"]["telea"]["all"]["psnr"] == pytest.approx(mean)
    assert "navier_stokes+radius=5" in (folders.out / "report.md").read_text()


def test_sheets_show_the_original_the_hole_and_each_fill(folders: ComparisonFolders) -> None:
    compare(folders, contestants(["telea"]), QUICK)
    page = cv2.imread(str(folders.out / "sheets" / "a.png.png"))
    assert page.shape[:2] == (2 * 8 + 17 + 2 * (64 + 2 * 17 + 8), 8 + 3 * (64 + 8))
    records = Records(folders.out, QUICK)
    record = next(record for record in records._records.values() if record.case[::2] == ("a.png", "centre"))
    filled = records.fill(record.case)
    assert filled is not None
    assert np.array_equal(page[33 : 33 + 64, 8 + 2 * 72 : 8 + 2 * 72 + 64, ::-1], filled)
    assert (folders.out / "worst.png").exists()


def test_what_is_known_is_not_done_again_and_an_engine_can_join(folders: ComparisonFolders) -> None:
    first = compare(folders, contestants(["telea"]), QUICK)
    before = lines(folders.out)
    assert compare(folders, contestants(["telea"]), QUICK).records == first.records
    assert lines(folders.out) == before
    both = compare(folders, contestants(["telea", "navier_stokes"]), QUICK)
    assert len(lines(folders.out)) == 8
    assert [record for record in both.records if record.case.engine == "telea"] == list(first.records)


def test_other_settings_are_refused_with_a_hint(folders: ComparisonFolders) -> None:
    compare(folders, contestants(["telea"]), QUICK)
    with pytest.raises(InvalidRequest, match="another seed") as error:
        compare(folders, contestants(["telea"]), ComparisonSettings("yu", 64, 1, vgg=False))
    assert "--out" in error.value.hint


def test_an_unfinished_line_is_dropped_and_a_damaged_one_refused(
    folders: ComparisonFolders,
) -> None:
    compare(folders, contestants(["telea"]), QUICK)
    whole = (folders.out / "cases.jsonl").read_bytes()
    (folders.out / "cases.jsonl").write_bytes(whole[:-20])
    assert len(compare(folders, contestants(["telea"]), QUICK).records) == 4
    assert len(lines(folders.out)) == 4
    (folders.out / "cases.jsonl").write_bytes(b"{}\n" + whole)
    with pytest.raises(InvalidRequest, match="damaged"):
        compare(folders, contestants(["telea"]), QUICK)


def test_a_changed_photograph_is_another_one(folders: ComparisonFolders) -> None:
    compare(folders, contestants(["telea"]), QUICK)
    cv2.imwrite(str(folders.images / "a.png"), np.full((70, 90, 3), 77, np.uint8))
    again = compare(folders, contestants(["telea"]), QUICK)
    assert len(again.records) == 4
    assert len(lines(folders.out)) == 6


def test_engines_that_fail_are_recorded_and_cost_the_others_nothing(folders: ComparisonFolders) -> None:
    team = [odd_one("Refuses"), odd_one("Stumbles"), odd_one("Dies"), *contestants(["telea"])]
    found = compare(folders, team, QUICK)
    reasons = {record.case.engine: record.error for record in found.records}
    assert reasons["Refuses"] == "It is too dark."
    assert reasons["Stumbles"] == "ZeroDivisionError: of one by nothing"
    assert reasons["Dies"] == "The engine's process ended with code 3."
    assert found.document["figures"]["telea"]["all"]["cases"] == 4
    assert found.document["failures"]["Dies: The engine's process ended with code 3."] == 4


def test_no_engine_sees_what_the_hole_hides() -> None:
    truth = np.full((64, 64, 3), 200, np.uint8)
    hole = next(iter(holes(QUICK, "a")))
    booth = Booth(odd_one("Peeks"))
    answer = booth.fill(truth, hole, Progress())
    booth.close()
    assert answer.pixels is not None
    assert (answer.pixels[hole.mask] == 128).all()
    assert (answer.pixels[~hole.mask] == 200).all()


def test_stopping_leaves_tables_of_what_is_done(folders: ComparisonFolders) -> None:
    class AfterThree(CancelToken):
        @property
        def is_set(self) -> bool:
            return (folders.out / "cases.jsonl").exists() and len(lines(folders.out)) >= 3

    with pytest.raises(Cancelled):
        compare(folders, contestants(["telea"]), QUICK, Progress(AfterThree()))
    assert len(json.loads((folders.out / "report.json").read_text())["cases"]) == 3
    assert (folders.out / "sheets" / "b.jpg.png").exists()
    assert len(compare(folders, contestants(["telea"]), QUICK).records) == 4


def test_an_engine_that_never_ends_can_be_stopped() -> None:
    booth = Booth(odd_one("Sleeps"))
    hole = Hole("h", np.eye(64, dtype=np.bool_), 0)
    start = time.monotonic()

    class AfterASecond(CancelToken):
        @property
        def is_set(self) -> bool:
            return time.monotonic() - start > 1

    with pytest.raises(Cancelled):
        booth.fill(np.zeros((64, 64, 3), np.uint8), hole, Progress(AfterASecond()))
    assert time.monotonic() - start < 10


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_killed_run_goes_on(folders: ComparisonFolders) -> None:
    command = [
        sys.executable, "main.py", "evaluate", "--images", str(folders.images), "--out", str(folders.out),
        "--engines", "telea,navier_stokes", "--protocol", "pconv", "--side", "256", "--no-vgg", "--json",
    ]  # fmt: skip
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not ((folders.out / "cases.jsonl").exists() and len(lines(folders.out)) >= 5):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    started.send_signal(signal.SIGKILL)
    started.wait()
    before = (folders.out / "cases.jsonl").read_bytes()
    kept = before[: before.rfind(b"\n") + 1]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert len(document["cases"]) == 2 * 12 * 2
    assert (folders.out / "cases.jsonl").read_bytes().startswith(kept)
    assert len(lines(folders.out)) == 48


def test_what_an_engine_prints_is_no_answer(
    folders: ComparisonFolders, capfd: pytest.CaptureFixture[str]
) -> None:
    compare(ComparisonFolders(folders.images, folders.out, 1), [odd_one("Prints")], QUICK)
    said = capfd.readouterr()
    assert said.out == ""
    assert "chatter" in said.err


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--engines", "telea,telea"], "named twice"),
        (["--engines", "nobody"], "no engine"),
        (["--engines", "telea+radius=wide"], "Radius"),
        (["--engines", "telea", "--limit", "0"], "Nothing is left"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    folders: ComparisonFolders, capsys: pytest.CaptureFixture[str], more: list[str], message: str
) -> None:
    assert main(["evaluate", "--images", str(folders.images), "--out", str(folders.out), *more]) == 2
    assert message in capsys.readouterr().err


def test_a_folder_without_pictures_is_refused(folders: ComparisonFolders) -> None:
    for path in folders.images.glob("?.*"):
        path.unlink()
    with pytest.raises(InvalidRequest, match="None of 1 files"):
        compare(folders, contestants(["telea"]), QUICK)


def test_a_case_knows_its_file(folders: ComparisonFolders) -> None:
    records = Records(folders.out, QUICK)
    assert records.get(Case("a.png", "00", "centre", "telea")) is None
    assert records.fill(Case("a.png", "00", "centre", "telea")) is None
