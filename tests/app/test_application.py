"""Does the whole program start, open, survive a bug, remember its window, and end?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QPalette

from app.settings import Settings
from app.style.theme import RESOURCES, colours
from inpainting_core.api import Photo, write_image
from tests.app.pictures import gradient

SCRIPT = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import app.application as application

os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"] = "/somewhere/cv2/qt/plugins"

def fail():
    raise RuntimeError("planted")

def look():
    windows = {type(window).__name__: window for window in QApplication.topLevelWidgets()}
    editor, dialog = windows["MainWindow"], windows.get("ErrorDialog")
    if dialog is None or "photo" not in editor.windowTitle():
        QTimer.singleShot(100, look)
        return
    print(editor.windowTitle(), dialog.isVisible(), "QT_QPA_PLATFORM_PLUGIN_PATH" in os.environ)
    dialog.close()
    editor.close()

make = application.make_application

def make_and_plan():
    made = make()
    QTimer.singleShot(0, fail)
    QTimer.singleShot(0, look)
    return made

application.make_application = make_and_plan
sys.exit(application.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("name", ["photo.png", os.fsdecode(b"photo of a caf\xe9.jpg")])
def test_the_program_opens_its_argument_shows_bugs_and_ends(tmp_path: Path, name: str) -> None:
    photo = tmp_path / name
    write_image(photo, Photo(gradient()))
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(photo)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    shown = name.encode(errors="ignore").decode()  # Qt leaves out what is no Unicode
    assert done.stdout.strip() == f"{shown}[*] \u2013 Lacuna True False"
    log = next(tmp_path.rglob("lacuna.log")).read_text(encoding="utf-8")
    assert re.findall(r"^(\w+Error: .*)$", log, re.MULTILINE) == ["RuntimeError: planted"]
    assert "geometry" in next(tmp_path.rglob("lacuna.ini")).read_text(encoding="utf-8")


LOOK_ONCE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import app.application as application

make = application.make_application

def make_and_plan():
    made = make()
    QTimer.singleShot(0, look)
    return made

def look():
    editor = next(window for window in QApplication.topLevelWidgets() if hasattr(window, "stage"))
    print(editor.stage.messages.isVisible(), editor.stage.messages.text)
    editor.close()

application.make_application = make_and_plan
sys.exit(application.main([]))
"""


def test_without_a_place_for_its_log_it_starts_and_tells_of_damaged_preferences(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("no folder", encoding="utf-8")
    preferences = tmp_path / "config" / "Lacuna" / "preferences.toml"
    preferences.parent.mkdir(parents=True)
    preferences.write_text("language = ", encoding="utf-8")
    places = {
        "HOME": tmp_path,
        "XDG_STATE_HOME": tmp_path / "in the way",
        "XDG_CONFIG_HOME": tmp_path / "config",
    }
    done = subprocess.run(
        [sys.executable, "-c", LOOK_ONCE],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            **{name: str(path) for name, path in places.items()},
        },
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("True The preferences were damaged"), done.stdout
    assert "preferences.broken-1.toml" in done.stdout


def test_the_windows_place_is_remembered(tmp_path: Path) -> None:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    assert Settings().geometry == QByteArray()
    settings = Settings()
    settings.geometry = QByteArray(b"\x01\x02\x00place")
    assert Settings().geometry == QByteArray(b"\x01\x02\x00place")


@pytest.mark.parametrize("is_dark", [False, True])
def test_texts_can_be_read_in_either_theme(is_dark: bool) -> None:
    palette = colours(is_dark=is_dark)
    for text, ground, least in (
        (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window, 7),
        (QPalette.ColorRole.Text, QPalette.ColorRole.Base, 7),
        (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button, 7),
        (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Window, 4.5),
        (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight, 3.5),
    ):
        assert contrast(palette.color(text).getRgb(), palette.color(ground).getRgb()) >= least, (text, ground)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast ratio of WCAG 2."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    parts = [part / 255 for part in colour[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_style_sheet_and_the_icon_are_where_the_program_looks() -> None:
    assert "palette(" in (RESOURCES / "theme.qss").read_text(encoding="utf-8")
    assert (RESOURCES / "icon.svg").is_file()
