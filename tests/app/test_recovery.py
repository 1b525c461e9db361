"""Is what is being done kept safe, and nothing left behind once that is not needed?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.document.bundle import read_bundle
from app.document.snapshot import Snapshot
from app.preferences import PreferenceStore
from app.state import recovery as recovery_module
from app.state.models import Models
from app.state.recovery import MOST_TRIES, Recovery
from tests.app.bundles import assert_same
from tests.app.conftest import Desk
from tests.app.kept import bundles, keep, left_behind, only, recovery_of
from tests.app.pictures import document
from tests.harness.fake_filler import FakeFiller


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def safe(desk: Desk, folder: Path) -> Desk:
    """An editor that keeps its work."""
    desk.program.keep_safe(folder)
    return desk


@pytest.fixture
def other(qapp: object, tmp_path: Path) -> Iterator[Models]:
    """Another editor, without a window."""
    models = Models(FakeFiller(), PreferenceStore(tmp_path / "other.toml"))
    yield models
    assert models.shutdown()


def settle(desk: Desk) -> None:
    """Let everything that is on its way arrive."""
    desk.qtbot.wait(recovery_module.SOON_MS + 200)


def test_a_fill_is_kept_at_once(safe: Desk, folder: Path) -> None:
    safe.open(document())
    safe.drag((60, 80))
    assert bundles(folder) == []
    with safe.qtbot.waitSignal(recovery_of(safe).kept, timeout=5000):
        safe.fill()
    assert_same(safe.document, read_bundle(only(bundles(folder))))
    with safe.qtbot.waitSignal(recovery_of(safe).kept, timeout=5000):
        safe.drag((20, 30))
        safe.fill()
    assert_same(safe.document, read_bundle(only(bundles(folder))))


def test_strokes_are_kept_every_minute(safe: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recovery = recovery_of(safe)
    assert recovery._period.isActive()
    assert recovery._period.interval() == 60_000
    safe.open(document())
    recovery._period.timeout.emit()
    settle(safe)
    assert bundles(folder) == []
    safe.drag((60, 80), (70, 90))
    with safe.qtbot.waitSignal(recovery.kept, timeout=5000):
        recovery._period.timeout.emit()
    path = only(bundles(folder))
    assert_same(safe.document, read_bundle(path))
    written = path.stat().st_mtime_ns
    recovery._period.timeout.emit()
    settle(safe)
    assert path.stat().st_mtime_ns == written


def test_what_changes_under_the_copy_is_copied_again(safe: Desk, folder: Path) -> None:
    safe.open(document())
    safe.drag((60, 80))
    with safe.qtbot.waitSignal(recovery_of(safe).kept, timeout=5000):
        recovery_of(safe).keep()
        safe.program.editor.invert_mask()
    assert_same(safe.document, read_bundle(only(bundles(folder))))


def test_ceaseless_changes_cannot_keep_work_from_being_kept(safe: Desk, folder: Path) -> None:
    safe.open(document())
    safe.drag((60, 80))
    recovery = recovery_of(safe)
    for tries in range(1, MOST_TRIES + 1):
        recovery.keep()
        safe.program.editor.invert_mask()
        safe.wait(lambda tries=tries: recovery._tries == tries)
        recovery._soon.stop()
    before = Snapshot.of(safe.document).detached()
    with safe.qtbot.waitSignal(recovery.kept, timeout=5000):
        recovery.keep()
        safe.program.editor.invert_mask()
    again = Snapshot.of(read_bundle(only(bundles(folder))))
    assert list(again.mask) == list(before.mask)
    for tile, coverage in before.mask.items():
        np.testing.assert_array_equal(again.mask[tile], coverage)


def test_nothing_is_kept_in_the_middle_of_a_stroke(safe: Desk, folder: Path) -> None:
    safe.open(document())
    safe.drag((20, 20))
    QTest.mousePress(safe.canvas, Qt.MouseButton.LeftButton, pos=safe.at(60, 80))
    recovery_of(safe).keep()
    settle(safe)
    assert bundles(folder) == []
    with safe.qtbot.waitSignal(recovery_of(safe).kept, timeout=5000):
        QTest.mouseRelease(safe.canvas, Qt.MouseButton.LeftButton, pos=safe.at(60, 80))
    assert_same(safe.document, read_bundle(only(bundles(folder))))


def test_a_saved_picture_leaves_nothing(safe: Desk, folder: Path, tmp_path: Path) -> None:
    safe.open(document())
    safe.drag((60, 80))
    safe.fill()
    keep_or_wait(safe, folder)
    safe.program.window.flow.write(tmp_path / "saved.png")
    safe.wait(lambda: bundles(folder) == [])
    safe.drag((20, 80))
    keep(safe)
    assert len(bundles(folder)) == 1


def keep_or_wait(desk: Desk, folder: Path) -> None:
    desk.wait(lambda: len(bundles(folder)) == 1)
    settle(desk)


def test_another_picture_takes_the_place_of_the_last(safe: Desk, folder: Path) -> None:
    safe.open(document())
    safe.drag((60, 80))
    keep(safe)
    recovery_of(safe).keep()
    safe.open(document(50, 60))
    safe.wait(lambda: bundles(folder) == [])
    settle(safe)
    assert bundles(folder) == []


def test_a_clean_end_leaves_nothing(qtbot: object, folder: Path, other: Models) -> None:
    recovery = Recovery(other, folder)
    other.editor.open(document())
    other.editor.mask_all()
    recovery.keep()
    assert other.shutdown()
    recovery.close()
    assert list(folder.iterdir()) == []


def test_living_editors_leave_each_other_alone(safe: Desk, folder: Path, other: Models) -> None:
    safe.open(document())
    safe.drag((60, 80))
    keep(safe)
    recovery = Recovery(other, folder)
    try:
        assert recovery.find() == ()
        assert recovery_of(safe).find() == ()
        assert len(bundles(folder)) == 1
    finally:
        assert other.shutdown()
        recovery.close()
    assert len(bundles(folder)) == 1


def test_a_place_is_offered_to_one_editor_only(safe: Desk, folder: Path, other: Models) -> None:
    left_behind(folder)
    recovery = Recovery(other, folder)
    try:
        assert len(recovery.find()) == 1
        assert recovery_of(safe).find() == ()
        recovery.close()
        assert len(recovery_of(safe).find()) == 1
    finally:
        recovery.close()


def test_without_a_folder_the_editor_works_and_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    desk.program.keep_safe(tmp_path / "file" / "recovery")
    desk.open(document())
    desk.drag((60, 80))
    recovery_of(desk).keep()
    settle(desk)
    assert desk.document.has_mask


def test_a_disk_that_cannot_be_written_to_is_told_once(safe: Desk, folder: Path) -> None:
    safe.open(document())
    safe.drag((60, 80))
    hidden = folder.rename(folder.with_name("gone"))
    with safe.qtbot.waitSignal(recovery_of(safe).failed, timeout=5000):
        recovery_of(safe).keep()
    assert "could not be written" in safe.program.window.stage.messages.text
    told: list[object] = []
    recovery_of(safe).failed.connect(told.append)
    recovery_of(safe).keep()
    settle(safe)
    assert told == []
    hidden.rename(folder)
    keep(safe)
    assert_same(safe.document, read_bundle(only(bundles(folder))))


def test_remains_nobody_can_use_are_swept_up(folder: Path, other: Models) -> None:
    folder.mkdir()
    old, young = folder / ".lacuna-0123.part", folder / ".lacuna-4567.part"
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (1e9, 1e9))
    for name, program in (("7-7.lock", 99999999), ("8-8.lock", os.getpid())):
        (folder / name).write_text(f"{program}\nprogram\nother host\n\n\n", encoding="utf-8")
    recovery = Recovery(other, folder)
    recovery.find()
    names = {path.name for path in folder.iterdir()}
    recovery.close()
    assert young.name in names
    assert not {old.name, "7-7.lock", "8-8.lock"} & names


def test_what_cannot_be_swept_up_or_removed_keeps_nobody_from_working(folder: Path, other: Models) -> None:
    left_behind(folder)
    (folder / ".lacuna-89ab.part").symlink_to("just gone: another editor was faster")
    recovery = Recovery(other, folder)
    (found,) = recovery.find()
    for path in (found.place.path, recovery._place.path if recovery._place else folder):
        path.unlink(missing_ok=True)
        path.mkdir()
    recovery.discard(found)
    recovery.close()
    assert found.place.path.is_dir()
