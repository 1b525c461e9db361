"""Does the window come quickly, and without the heavy libraries?  In processor time: tests share machines."""

from __future__ import annotations

import os
import subprocess
import sys

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
