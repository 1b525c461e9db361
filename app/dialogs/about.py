"""What is this program, and whom does it thank?"""

from __future__ import annotations

import platform
import tomllib
from importlib import metadata
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.style.theme import RESOURCES

LIBRARIES = (
    "PySide6-Essentials",
    "lightning-fabric",
    "numba",
    "numpy",
    "opencv-python-headless",
    "OpenImageIO",
    "pillow",
    "platformdirs",
    "pydantic",
    "qtawesome",
    "rich",
    "safetensors",
    "tomli-w",
    "torch",
)
_LONGEST_LICENCE = 60


class Library(NamedTuple):
    """What a library says of itself."""

    name: str
    version: str
    licence: str


class AboutDialog(QDialog):
    """Version, licence, libraries and credits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._libraries = [library for name in LIBRARIES if (library := find_library(name)) is not None]
        self.setWindowTitle(self.tr("About Lacuna"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(self.windowTitle())
        self.tabs.addTab(self._table(), self.tr("Libraries"))
        credits = ("samples/CREDITS.md", self.tr("Photographs")), ("models/NOTICE.md", self.tr("Models"))
        for file, title in credits:
            text = QTextBrowser()
            text.setOpenLinks(False)  # nothing here goes to the network
            text.setFrameShape(QTextBrowser.Shape.NoFrame)
            text.setAccessibleName(title)
            text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            text.document().setDocumentMargin(12)
            text.setMarkdown((RESOURCES / file).read_text(encoding="utf-8"))
            self.tabs.addTab(text, title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setAutoDefault(False)
        self.copy.setToolTip(self.tr("Copy versions, to be put into a report."))
        self.copy.clicked.connect(self._on_copy_clicked)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(14)
        rows.addLayout(self._head())
        rows.addWidget(self.tabs, 1)
        rows.addWidget(buttons)
        self.resize(760, 540)

    def _head(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(QIcon(str(RESOURCES / "icon.svg")).pixmap(72, 72))
        name = QLabel(self.tr("Lacuna {version}").format(version=program_version()))
        name.setObjectName("title")
        what = QLabel(
            self.tr("Removes things from photographs and shows where every filled pixel came from.")
        )
        what.setWordWrap(True)
        licence = QLabel(self.tr("Free software under the Apache License 2.0. It works offline."))
        licence.setObjectName("quiet")
        words = QVBoxLayout()
        words.setSpacing(4)
        for label in (name, what, licence):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._libraries), 3)
        table.setAccessibleName(self.tr("Libraries"))
        table.setHorizontalHeaderLabels([self.tr("Library"), self.tr("Version"), self.tr("Licence")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setFrameShape(QTableWidget.Shape.NoFrame)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        for row, library in enumerate(self._libraries):
            for column, text in enumerate(library):
                table.setItem(row, column, QTableWidgetItem(text))
        return table

    @Slot()
    def _on_copy_clicked(self) -> None:
        lines = [
            f"Lacuna {program_version()}",
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
            *(f"{library.name} {library.version} ({library.licence})" for library in self._libraries),
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))


def program_version() -> str:
    """Return the installed version; from its sources, what they say."""
    try:
        return metadata.version("lacuna")
    except metadata.PackageNotFoundError:
        sources = RESOURCES.with_name("pyproject.toml")
        said = tomllib.loads(sources.read_text(encoding="utf-8")) if sources.is_file() else {}
        return str(said.get("project", {}).get("version", ""))


def find_library(name: str) -> Library | None:
    """Return version and licence of an installed library; None when it is not there."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License :: OSI Approved :: ")
    ]
    expression = about.get_all("License-Expression") or [
        said for said in about.get_all("License") or [] if 0 < len(said) <= _LONGEST_LICENCE
    ]
    return Library(about["Name"], about["Version"], ", ".join(expression or classifiers))
