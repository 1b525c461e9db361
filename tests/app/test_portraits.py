"""Can the editor's portraits be taken?  One of them, and no name that means nothing."""

from __future__ import annotations

import subprocess
import sys
from fnmatch import filter as matching
from pathlib import Path

from PySide6.QtGui import QImage

from tests.architecture.source import ROOT
from tests.harness.portraits import LOOKS
from tests.harness.scenes import SCENES


def test_one_portrait_is_taken_at_twice_the_size(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "tests.harness.portraits", str(tmp_path), "--scale", "2"]
    subprocess.run([*call, "--only", "narrow/start"], check=True, cwd=ROOT, timeout=60)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.png")] == ["narrow/start.png"]
    picture = QImage(str(tmp_path / "narrow" / "start.png"))
    assert (picture.width(), picture.height()) == (2200, 1400)
    rows = range(0, picture.height(), 50)
    assert len({picture.pixel(picture.width() // 2, row) for row in rows}) > 3


def test_every_look_asks_for_scenes_that_there_are() -> None:
    wishes = [pattern for _, patterns in LOOKS.values() for pattern in patterns]
    assert [pattern for pattern in wishes if not matching(SCENES, pattern)] == []
