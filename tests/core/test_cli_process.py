"""Does the command behave as a process: doors, exit codes, Ctrl+C, names in any script?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

from tests.architecture.source import ROOT

SLOW = np.random.default_rng(6).integers(0, 256, (1200, 1600, 3), dtype=np.uint8)


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), *arguments]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_names_in_any_script_under_a_plain_locale(tmp_path: Path) -> None:
    photo, mask = tmp_path / "\u7167\u7247.bmp", tmp_path / "\u043c\u0430\u0441\u043a\u0430.png"
    Image.fromarray(SLOW[:20, :30]).save(photo)
    hole = np.zeros((20, 30), np.uint8)
    hole[5:9, 5:9] = 255
    Image.fromarray(hole).save(mask)
    out = tmp_path / "f\u00fcllung \U0001f5bc.png"
    done = run("fill", str(photo), "--mask", str(mask), "-o", str(out), "--engine", "telea", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")
    assert out.is_file()
    assert json.loads(run("engines", "--json").stdout)[0]["id"]


def test_ctrl_c_stops_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    """A terminal sees how far the fill is; Ctrl+C at its first sign of life ends it."""
    Image.fromarray(SLOW).save(tmp_path / "slow.bmp")
    hole = np.zeros(SLOW.shape[:2], np.uint8)
    hole[50:-50, 50:-50] = 255
    Image.fromarray(hole).save(tmp_path / "mask.png")
    before = sorted(tmp_path.iterdir())
    slow = command("fill", str(tmp_path / "slow.bmp"), "--mask", str(tmp_path / "mask.png"), "--json")
    slow += ["-o", str(tmp_path / "out.png"), "--engine", "telea", "--option", "radius=25"]
    screen, terminal = os.openpty()
    with subprocess.Popen(slow, stdout=subprocess.PIPE, stderr=terminal) as child:
        os.close(terminal)
        shown = b""
        while b"Diffusing" not in shown:
            shown += os.read(screen, 4096)
        child.send_signal(signal.SIGINT)
        start = time.perf_counter()
        out, _ = child.communicate(timeout=20)
    os.close(screen)
    assert child.returncode == 130
    assert time.perf_counter() - start < 2  # 0.15 s on an idle machine
    assert json.loads(out)["error"]["kind"] == "Cancelled"
    assert sorted(tmp_path.iterdir()) == before


def test_each_door_imports_only_its_own_room() -> None:
    code = """
import sys, runpy
sys.argv = ["main.py", *{arguments!r}]
try:
    runpy.run_path("main.py", run_name="__main__")
except SystemExit as end:
    print(end.code, sorted({{"PySide6", "torch", "numba", "app"}} & set(sys.modules)), file=sys.stderr)
"""
    for arguments, expected in ((["engines"], "0 []"), (["--help"], "0 []"), (["fill"], "2 []")):
        done = subprocess.run(
            [sys.executable, "-c", code.format(arguments=arguments)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.stderr.splitlines()[-1] == expected


def test_help_tells_the_exit_codes() -> None:
    done = run("fill", "--help")
    assert done.returncode == 0
    assert all(f"{code} " in done.stdout for code in (0, 1, 2, 130))
    assert "--overwrite" in done.stdout


def test_an_answer_that_nobody_hears_is_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, ROOT / "main.py", "engines"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "The answer could not be written: No space left on device. What it tells of is done."
    )


def test_a_terminal_that_knows_ascii_only_gets_question_marks() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", "engines"], capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"patchmatch" in done.stdout
