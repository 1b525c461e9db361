"""Do imports go only where the layers allow, and does the door stay as narrow as it was?"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

from inpainting_core import api
from tests.architecture.source import ROOT

SURFACE = ROOT / "tests" / "architecture" / "api_surface.json"


def run_python(code: str) -> str:
    """Return what a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    assert not failed, capsys.readouterr().out


def test_the_door_offers_what_is_written_down() -> None:
    """A public name comes or goes only together with its line in api_surface.json."""
    assert sorted(api.__all__) == json.loads(SURFACE.read_text(encoding="utf-8"))
    assert [missing for missing in api.__all__ if not hasattr(api, missing)] == []


@pytest.mark.parametrize("module", ["inpainting_core.api", "inpainting_core.cli"])
def test_the_door_is_light(module: str) -> None:
    heavy = "{'torch', 'numba', 'PySide6'}"
    assert run_python(f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))") == "[]"


def test_the_editor_starts_without_torch() -> None:
    code = "import sys, main, app.application; print('torch' in sys.modules)"
    assert run_python(code) == "False"
