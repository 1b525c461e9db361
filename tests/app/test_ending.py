"""Is everything that was asked for done before the program ends, and nothing lost that was not?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.document.bundle import read_bundle
from app.work import file_worker
from inpainting_core.api import Photo, read_image, read_mask, write_image
from tests.app.conftest import Desk
from tests.app.kept import bundles, keep
from tests.app.pictures import document, gradient


@pytest.fixture
def gate(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What keeps the file thread from reading pictures for as long as it is not set."""
    gate = threading.Event()

    def read(path: Path) -> Photo:
        gate.wait(5)
        return read_image(path)

    monkeypatch.setattr(file_worker, "read_image", read)
    write_image(tmp_path / "slow.png", Photo(gradient()))
    desk.open(document())
    yield gate
    gate.set()


def test_what_waits_to_be_written_is_written(desk: Desk, gate: threading.Event, tmp_path: Path) -> None:
    desk.drag((60, 80))
    mask, flow, files = desk.document.mask.copy(), desk.program.window.flow, desk.program.files
    files.open(tmp_path / "slow.png")
    flow.write_project(tmp_path / "work.lacuna")
    flow.write(tmp_path / "picture.png")
    for name in ("one.png", "other.png"):
        files.save_mask(tmp_path / name, mask)
    threading.Timer(0.1, gate.set).start()
    assert desk.program.shutdown()
    np.testing.assert_array_equal(read_bundle(tmp_path / "work.lacuna").mask, mask)
    np.testing.assert_array_equal(read_image(tmp_path / "picture.png").pixels, gradient())
    for name in ("one.png", "other.png"):
        np.testing.assert_array_equal(read_mask(tmp_path / name, desk.document.size), mask > 0)


def test_what_was_kept_stays_when_the_files_are_not_written_in_time(
    desk: Desk, gate: threading.Event, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.program.keep_safe(tmp_path / "recovery")
    desk.drag((60, 80))
    keep(desk)
    desk.program.files.open(tmp_path / "slow.png")
    monkeypatch.setattr(file_worker, "SHUTDOWN_MS", 50)
    assert not desk.program.shutdown()
    assert len(bundles(tmp_path / "recovery")) == 1
    gate.set()
    monkeypatch.setattr(file_worker, "SHUTDOWN_MS", 5000)
    assert desk.program.shutdown()
    assert bundles(tmp_path / "recovery") == []
