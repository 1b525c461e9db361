"""Does the window come quickly, and without the heavy libraries?  In processor time: tests share machines."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import main

CODE = """
import sys, time
start = time.process_time()
from app.application import Program, make_application
from app.preferences import PreferenceStore
from inpainting_core.api import Session
application = make_application()
program = Program(Session(), PreferenceStore(is_kept=False))
program.window.show()
application.processEvents()
print(sorted({"torch", "numba"} & set(sys.modules)))
print(time.process_time() - start)
program.shutdown()
"""


def test_the_window_shows_within_two_seconds_and_without_heavy_imports() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    heavy, seconds = done.stdout.strip().splitlines()
    assert heavy == "[]"
    assert float(seconds) < 2


@pytest.mark.parametrize("is_there", [True, False])
def test_torchs_base_library_is_the_one_beside_torch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    loaded: list[str] = []

    def load(path: str) -> None:
        loaded.append(path)
        if not is_there:
            raise OSError(path)

    origin = SimpleNamespace(origin=str(tmp_path / "torch" / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", {"torch": origin}.get)
    monkeypatch.setattr(ctypes, "CDLL", load)
    main.load_before_qt()
    assert loaded == [str(tmp_path / "torch" / "lib" / "c10.dll")]
    monkeypatch.setattr(importlib.util, "find_spec", {}.get)
    main.load_before_qt()
    assert len(loaded) == 1


@pytest.mark.parametrize(
    ("platform", "argument", "order"),
    [
        ("win32", "picture.png", ["torch", "app.application"]),
        ("win32", "demo", ["torch", "app.demo"]),
        ("win32", "fill", ["inpainting_core.cli"]),
        ("linux", "picture.png", ["app.application"]),
    ],
)
def test_torchs_base_library_comes_before_qt_on_windows(
    monkeypatch: pytest.MonkeyPatch, platform: str, argument: str, order: list[str]
) -> None:
    happened: list[str] = []

    def door(name: str) -> SimpleNamespace:
        happened.append(name)
        return SimpleNamespace(main=len)

    monkeypatch.setattr(main, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(main, "load_before_qt", lambda: happened.append("torch"))
    monkeypatch.setattr(main, "importlib", SimpleNamespace(import_module=door))
    main.main([argument])
    assert happened == order
