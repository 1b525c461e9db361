"""Do "about" and the bug report tell the truth, and go nowhere near a network?"""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QTableWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from app.crash import ErrorReport
from app.dialogs.about import LIBRARIES, AboutDialog, find_library, program_version
from app.dialogs.error import ErrorDialog

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_dependency_is_named() -> None:
    names = [re.split(r"[<>=\[]", line)[0] for line in PROJECT["dependencies"]]
    assert sorted(name.lower() for name in LIBRARIES) == sorted(name.lower() for name in names)


def test_versions_and_licences_are_those_installed(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTableWidget)
    assert table is not None
    rows = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]
    versions = {name.lower().replace("_", "-"): version for name, version, _ in rows}
    assert versions["numpy"] == metadata.version("numpy")
    assert versions["pyside6-essentials"] == metadata.version("PySide6-Essentials")
    assert all(licence for _, _, licence in rows)
    assert find_library("no-such-library-at-all") is None
    assert program_version() in {PROJECT["version"], metadata.version("lacuna") if is_installed() else ""}


def is_installed() -> bool:
    return any(True for _ in metadata.distributions(name="lacuna"))


def test_credits_are_shown_and_their_links_lead_nowhere(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    browsers = dialog.findChildren(QTextBrowser)
    text = "\n".join(browser.toPlainText() for browser in browsers)
    assert "Aitzol Berasategi" in text
    assert "U2-Net" in text
    assert not any(browser.openLinks() or browser.openExternalLinks() for browser in browsers)


def test_versions_are_copied_and_escape_leaves(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Lacuna ")
    assert f"numpy {metadata.version('numpy')}" in copied
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_bug_report_offers_a_copy_of_the_picture_diagnostics_and_the_log(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "lacuna.log"
    log.write_text("first\nlast words\n", encoding="utf-8")
    monkeypatch.setattr("app.crash.log_path", lambda: log)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog = ErrorDialog(ErrorReport("It broke.", "Say so.", "Traceback: planted"), str(log))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    details = dialog.findChild(QPlainTextEdit)
    assert details is not None
    assert details.toPlainText() == "Traceback: planted"
    with qtbot.waitSignal(dialog.recovery_wanted, timeout=1000):
        QTest.mouseClick(dialog.recover, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    for part in ("It broke.", "Traceback: planted", "Python 3.", "last words"):
        assert part in copied
    QTest.mouseClick(dialog.open_log, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in opened] == [str(log)]
    details.setFocus()
    QTest.keyClick(details, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is not details
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
