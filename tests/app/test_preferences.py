"""Is what a person chose kept, whatever happens to the file?"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.history import BUDGET_BYTES
from app.preferences import (
    NOT_A_CHOICE,
    RECENT_FILES,
    VERSION,
    Preferences,
    PreferenceStore,
    migrated,
    read_preferences,
)
from app.settings import Settings
from app.state.view_state import MaskLook, MaskStyle, OverlayKind, OverlayLook, ViewState
from inpainting_core.api import Palette


@pytest.fixture
def path(tmp_path: Path, qapp: QApplication) -> Path:
    return tmp_path / "config" / "preferences.toml"


def written(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_changes_are_kept_and_told(path: Path) -> None:
    store = PreferenceStore(path)
    told: list[str] = []
    store.changed.connect(told.append)
    store.change(theme="dark", threads=2, language="system")
    store.change(keys={"brush": ("P", "Ctrl+B")}, reduced_motion=True)
    assert told == ["theme", "threads", "keys", "reduced_motion"]
    store.flush()
    again = PreferenceStore(path)
    assert again.values == store.values
    assert again.note == ""
    assert again.values.keys == {"brush": ("P", "Ctrl+B")}
    assert tomllib.loads(path.read_text(encoding="utf-8"))["reduced_motion"] is True


def test_many_changes_are_written_once_and_soon(path: Path, qtbot: QtBot) -> None:
    store = PreferenceStore(path)
    for megabytes in range(70, 120):
        store.change(undo_mb=megabytes)
    assert not path.exists()
    qtbot.waitUntil(path.exists, timeout=3000)
    assert tomllib.loads(path.read_text(encoding="utf-8"))["undo_mb"] == 119


def test_nothing_is_written_when_nothing_changed(path: Path) -> None:
    store = PreferenceStore(path)
    store.change(theme="system")
    store.flush()
    assert not path.parent.exists()


@pytest.mark.parametrize("text", ["theme = ", b"\xff\xfe\x00", "[keys]\n[keys]\n"])
def test_a_damaged_file_is_set_aside_with_a_note(path: Path, text: str | bytes) -> None:
    written(path, text)
    store = PreferenceStore(path)
    assert store.values == Preferences()
    assert "preferences.broken-1.toml" in store.note
    broken = path.with_name("preferences.broken-1.toml")
    assert broken.read_bytes() == (text if isinstance(text, bytes) else text.encode())
    written(path, "again = ")
    read_preferences(path)
    assert path.with_name("preferences.broken-2.toml").read_text(encoding="utf-8") == "again = "
    assert broken.exists()


def test_one_bad_value_costs_only_itself(path: Path) -> None:
    written(path, 'version = 1\ntheme = "purple"\nthreads = -3\nbrush_hardness = 0.5\nfrom_later = "kept"\n')
    store = PreferenceStore(path)
    assert (store.values.theme, store.values.threads, store.values.brush_hardness) == ("system", 0, 0.5)
    assert "theme, threads" in store.note
    assert path.with_name("preferences.broken-1.toml").exists()
    store.flush()
    assert read_preferences(path)[0] == store.values
    assert PreferenceStore(path).note == ""


def test_what_a_newer_version_wrote_is_not_lost(path: Path) -> None:
    written(path, f'version = {VERSION + 4}\ntheme = "light"\n[later]\nnumbers = [1, 2]\n')
    store = PreferenceStore(path)
    assert store.note == ""
    store.change(threads=1)
    store.flush()
    kept = tomllib.loads(path.read_text(encoding="utf-8"))
    assert kept["later"] == {"numbers": [1, 2]}
    assert (kept["version"], kept["theme"], kept["threads"]) == (VERSION + 4, "light", 1)


def test_older_files_go_through_every_step_from_theirs_on() -> None:
    def second(raw: dict[str, Any]) -> dict[str, Any]:
        return {**raw, "trail": raw.get("trail", "") + "2"}

    def third(raw: dict[str, Any]) -> dict[str, Any]:
        return {**raw, "trail": raw.get("trail", "") + "3"}

    steps = (second, third)
    assert migrated({}, steps) == {"version": 3, "trail": "23"}
    assert migrated({"version": 2}, steps) == {"version": 3, "trail": "3"}
    assert migrated({"version": 9, "x": 1}, steps) == {"version": 9, "x": 1}
    assert Preferences.model_validate(migrated({})).version == VERSION


def test_a_folder_in_the_files_place_hurts_nobody(path: Path) -> None:
    path.mkdir(parents=True)
    store = PreferenceStore(path)
    assert store.note
    store.change(theme="dark")
    store.flush()
    assert path.is_dir()
    assert store.values.theme == "dark"


def test_what_cannot_be_is_refused_and_changes_nothing(path: Path) -> None:
    store = PreferenceStore(path)
    with pytest.raises(ValidationError):
        store.change(theme="dark", mask_opacity=1.5)
    assert store.values == Preferences()


def test_the_last_dozen_files_are_remembered_newest_first(path: Path, tmp_path: Path) -> None:
    store = PreferenceStore(path)
    for number in range(15):
        store.remember_file(tmp_path / f"{number}.jpg")
    store.remember_file(tmp_path / "9.jpg")
    names = [Path(name).stem for name in store.values.recent]
    assert names == ["9", "14", "13", "12", "11", "10", "8", "7", "6", "5", "4", "3"]
    assert len(names) == RECENT_FILES


def test_a_hint_is_new_once(path: Path) -> None:
    store = PreferenceStore(path)
    assert [store.see_hint("paint"), store.see_hint("paint"), store.see_hint("probe")] == [True, False, True]
    store.flush()
    assert not PreferenceStore(path).see_hint("paint")


def test_defaults_come_back_but_memories_stay(path: Path, tmp_path: Path) -> None:
    store = PreferenceStore(path)
    store.remember_file(tmp_path / "one.jpg")
    store.see_hint("paint")
    store.change(theme="dark", keys={"brush": ("P",)}, mask_colour="#00c8ff")
    store.restore_defaults()
    plain, now = Preferences().model_dump(), store.values.model_dump()
    differing = {name for name in plain if plain[name] != now[name]}
    assert differing == {"recent", "hints_seen", "keys"}
    assert differing <= set(NOT_A_CHOICE)


@given(
    st.dictionaries(
        st.sampled_from(sorted(Preferences.model_fields)), st.booleans() | st.integers() | st.text()
    )
)
def test_any_file_that_is_toml_gives_valid_preferences(raw: dict[str, Any]) -> None:
    fields = dict(raw)
    try:
        Preferences.model_validate(migrated(fields))
    except ValidationError as error:
        bad = {str(problem["loc"][0]) for problem in error.errors()}
        assert bad <= set(fields)
        Preferences.model_validate(
            {name: value for name, value in migrated(fields).items() if name not in bad}
        )


def test_choices_and_defaults_are_those_of_the_editor(qapp: QApplication) -> None:
    fields, plain = Preferences.model_fields, Preferences()
    assert get_args(fields["mask_style"].annotation) == get_args(MaskStyle)
    assert get_args(fields["overlay_kind"].annotation) == get_args(OverlayKind)
    assert get_args(fields["overlay_palette"].annotation) == get_args(Palette)
    assert (plain.mask_colour, plain.mask_opacity, plain.mask_style) == (
        MaskLook().colour,
        MaskLook().opacity,
        MaskLook().style,
    )
    look = OverlayLook()
    assert (plain.overlay_kind, plain.overlay_opacity, plain.overlay_palette) == (
        look.kind,
        look.opacity,
        look.palette,
    )
    assert plain.undo_mb << 20 == BUDGET_BYTES
    state = ViewState()
    assert (plain.pressure_sizes, plain.pressure_hardens) == (state.pressure_sizes, state.pressure_hardens)


def test_the_arrangement_of_another_version_is_not_used(tmp_path: Path) -> None:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    assert Settings().layout(1) == QByteArray()
    Settings().keep_layout(QByteArray(b"\x00docks"), 1)
    assert Settings().layout(1) == QByteArray(b"\x00docks")
    assert Settings().layout(2) == QByteArray()


def test_a_file_whose_name_is_no_unicode_does_not_keep_the_rest_from_being_written(path: Path) -> None:
    store = PreferenceStore(path)
    store.remember_file(Path("/pictures/plain.jpg"))
    store.remember_file(Path(os.fsdecode(b"/pictures/caf\xe9.jpg")))
    store.change(theme="dark")
    store.flush()
    again = PreferenceStore(path)
    assert again.values.theme == "dark"
    assert again.values.recent == ("/pictures/plain.jpg",)
