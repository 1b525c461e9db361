"""What is there before a picture is?  A place to drop one, two buttons, and the bundled samples."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, QThread, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QImageReader, QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.style.icons import icon
from app.style.theme import RESOURCES
from app.translation import core_text
from inpainting_core.api import ENGINES

SAMPLES = RESOURCES / "samples"
THUMB = QSize(184, 124)
SMALL_THUMB = QSize(104, 70)
MOST_RECENT = 5


class StartPage(QWidget):
    """The empty window.

    Signals:
        sample_chosen: (Path of the photograph, Path of its mask or None) Also for a file opened before.
    """

    sample_chosen = Signal(object, object)

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = QWidget()
        self.setObjectName("start")
        self._column = column = QVBoxLayout()
        column.setSpacing(11)
        title, tagline = (
            QLabel("Lacuna"),
            QLabel(self.tr("Paint over what should go. See where the rest came from.")),
        )
        title.setObjectName("display")
        tagline.setObjectName("quiet")
        for label in (title, tagline):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(6)
        column.addWidget(self._drop_zone(actions))
        samples = list_samples(SAMPLES)
        if samples:
            column.addSpacing(10)
            column.addWidget(self._caption(self.tr("Or try one of these")))
            column.addLayout(self._cards(samples))
        column.addWidget(self._recent)
        column.addSpacing(10)
        facts = self.tr("Works offline. {engine} is ready on {count} processor threads.")
        engine, count = core_text(ENGINES[0].name), QThread.idealThreadCount()
        column.addWidget(self._caption(facts.format(engine=engine, count=count)))
        self._recent.hide()
        rows = QVBoxLayout(self)
        rows.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(column)
        middle.addStretch(1)
        rows.addLayout(middle)
        rows.addStretch(3)

    def _drop_zone(self, actions: Mapping[str, QAction]) -> QWidget:
        zone = QFrame()
        zone.setObjectName("drop")
        zone.setMinimumSize(620, 170)
        picture, words = QLabel(), QLabel(self.tr("Drop a photograph here"))
        self._picture = picture
        words.setObjectName("title")
        for label in (picture, words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for name, text in (("open", self.tr("Open\u2026")), ("paste", self.tr("Paste"))):
            button = QPushButton(text)
            button.setObjectName("primary" if name == "open" else "secondary")
            button.setToolTip(actions[name].toolTip())
            button.setAccessibleName(text)
            button.clicked.connect(actions[name].trigger)
            buttons.addWidget(button)
        buttons.addStretch(1)
        inside = QVBoxLayout(zone)
        inside.addStretch(1)
        inside.addWidget(picture)
        inside.addSpacing(6)
        inside.addWidget(words)
        inside.addSpacing(12)
        inside.addLayout(buttons)
        inside.addStretch(1)
        self.refresh_icons()
        return zone

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Offer the files opened last that are still there, newest first."""
        there = [path for path in paths if path.is_file()][:MOST_RECENT]
        old, self._recent = self._recent, QWidget()
        box = QVBoxLayout(self._recent)
        box.setContentsMargins(0, 10, 0, 0)
        box.addWidget(self._caption(self.tr("Opened last")))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        for number, path in enumerate(there):
            row.addWidget(self._recent_card(path, number))
        row.addStretch(1)
        box.addLayout(row)
        self._column.replaceWidget(old, self._recent)
        old.hide()
        old.deleteLater()
        self._recent.setVisible(bool(there))

    def _recent_card(self, path: Path, number: int) -> QToolButton:
        card = QToolButton()
        card.setObjectName("card")
        card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        card.setIconSize(SMALL_THUMB)
        card.setText(
            card.fontMetrics().elidedText(path.name, Qt.TextElideMode.ElideMiddle, SMALL_THUMB.width())
        )
        card.setToolTip(str(path))
        card.setAccessibleName(self.tr("Opened before: {name}").format(name=path.name))
        card.clicked.connect(lambda: self.sample_chosen.emit(path, None))
        QTimer.singleShot(120 + 20 * number, card, lambda: card.setIcon(thumbnail(path)))
        return card

    def refresh_icons(self) -> None:
        """Draw the icon again in the theme's colour."""
        drawn = icon("picture", self.palette(), QPalette.ColorRole.PlaceholderText)
        self._picture.setPixmap(drawn.pixmap(56, 56))

    def _caption(self, text: str) -> QLabel:
        caption = QLabel(text)
        caption.setObjectName("quiet")
        caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return caption

    def _cards(self, samples: list[dict[str, str]]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addStretch(1)
        for number, sample in enumerate(samples):
            title = QCoreApplication.translate("Samples", sample["title"])
            card = QToolButton()
            card.setObjectName("card")
            card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            card.setIconSize(THUMB)
            card.setText(title)
            card.setToolTip(f"{title}\n{sample['credit']}\n{sample['licence']}")
            card.setAccessibleName(self.tr("Sample: {title}").format(title=title))
            photo = SAMPLES / sample["file"]
            mask = SAMPLES / sample["mask"] if "mask" in sample else None
            card.clicked.connect(lambda _on, photo=photo, mask=mask: self.sample_chosen.emit(photo, mask))
            QTimer.singleShot(
                20 * (number + 1), card, lambda card=card, photo=photo: card.setIcon(thumbnail(photo))
            )
            row.addWidget(card)
        row.addStretch(1)
        return row


def list_samples(folder: Path) -> list[dict[str, str]]:
    """Return the entries of the folder's samples.json whose photograph is there; empty without the folder."""
    table = folder / "samples.json"
    if not table.is_file():
        return []
    entries: list[dict[str, str]] = json.loads(table.read_text(encoding="utf-8"))
    return [entry for entry in entries if (folder / entry["file"]).is_file()]


def thumbnail(path: Path) -> QIcon:
    """Return the photograph's middle at thumbnail size; read at reduced size, so it takes milliseconds."""
    reader = QImageReader(str(path))
    sharp = THUMB * 2
    reader.setAutoTransform(True)
    size = reader.size().scaled(sharp, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(size)
    shown = QPixmap.fromImage(reader.read())
    if shown.isNull():  # a format that Qt does not read: the card shows its name only
        return QIcon()
    size = shown.size()
    left, top = (size.width() - sharp.width()) // 2, (size.height() - sharp.height()) // 2
    cut = shown.copy(left, top, sharp.width(), sharp.height())
    cut.setDevicePixelRatio(2)
    return QIcon(cut)
