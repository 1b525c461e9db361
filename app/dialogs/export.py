"""How shall the picture be written?  Format, quality, metadata, name; and what that means for the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.translation import core_text
from inpainting_core.api import ImageWriteError, Photo, check_writable

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {"JPEG": ".jpg", "PNG": ".png", "TIFF": ".tif", "WebP": ".webp", "AVIF": ".avif", "BMP": ".bmp"}
)
_OTHER_SPELLINGS = MappingProxyType({".jpeg": "JPEG", ".tiff": "TIFF"})
_HIGH: Mapping[str, int] = MappingProxyType({"JPEG": 95, "WebP": 90, "AVIF": 85})
"""Formats with a quality, and a high one."""
_PLAIN = ("BMP",)


@dataclass(frozen=True)
class ExportSummary:
    """What must be known of a picture to say how it can be written.

    Attributes:
        proposed: Folder and name to begin with; its ending decides the format.
        original: The file it was opened from, or None.
        source_format: The format of that file; empty without one.
        was_lossless: True when that format can lose something but that file did not.
        depth: Bits per channel.
        has_metadata: True when there are EXIF, XMP or IPTC data.
        known_pixels: Pixels outside everything that was filled.
        refusals: Why a format cannot hold the picture, by format.
    """

    proposed: Path
    original: Path | None
    source_format: str
    was_lossless: bool
    depth: int
    has_metadata: bool
    known_pixels: int
    refusals: Mapping[str, str]


@dataclass(frozen=True)
class ExportChoices:
    """How the picture is to be written.

    Attributes:
        path: Where to; the ending stands for the format.
        quality: 1 to 100, or None = as the file was, or high.
        keeps_metadata: False leaves out EXIF, XMP and IPTC.
    """

    path: Path
    quality: int | None
    keeps_metadata: bool


def summary_of(photo: Photo, proposed: Path, original: Path | None, known_pixels: int) -> ExportSummary:
    """Return what the dialog must know of `photo`; asks the core which formats can hold it."""
    refusals = {}
    folder = next(place for place in proposed.absolute().parents if place.is_dir())  # asked for apart
    for name, suffix in SUFFIXES.items():
        try:
            check_writable(folder / f"picture{suffix}", photo)
        except ImageWriteError as error:
            refusals[name] = core_text(error.message)
    source = photo.encoding
    return ExportSummary(
        proposed=proposed,
        original=original,
        source_format=source.format if source is not None else "",
        was_lossless=bool(source is not None and source.options.get("lossless")),
        depth=photo.depth,
        has_metadata=any(block is not None for block in (photo.exif, photo.xmp, photo.iptc)),
        known_pixels=known_pixels,
        refusals=MappingProxyType(refusals),
    )


def format_of(path: Path) -> str:
    """Return the format that a name's ending stands for; empty when it stands for none."""
    suffix = path.suffix.lower()
    by_suffix = {own: name for name, own in SUFFIXES.items()}
    return by_suffix.get(suffix) or _OTHER_SPELLINGS.get(suffix, "")


class ExportDialog(QDialog):
    """Asks how to write a picture; `choices` holds the answer once it is accepted.

    Args:
        summary: The picture.
        parent: The window it stands before.
    """

    def __init__(self, summary: ExportSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = summary
        self._folder = summary.proposed.parent
        self.setWindowTitle(self.tr("Export the picture"))
        self.name, self.browse = QLineEdit(summary.proposed.name), QPushButton(self.tr("Folder\u2026"))
        self.place, self.words = QLabel(), QLabel()
        self.format, self.metadata = QComboBox(), QCheckBox(self.tr("Keep camera data, place and copyright"))
        self.like_source = QCheckBox(self.tr("Like the source"))
        self.quality, self.percent = QSlider(Qt.Orientation.Horizontal), QLabel()
        self._fill_in()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(14)
        rows.addLayout(self._form())
        rows.addWidget(self.words)
        rows.addStretch(1)
        rows.addWidget(self._buttons())
        self._connect()
        self._refresh()
        self.write.setDefault(True)  # only now does it stand in a dialog
        self.name.setFocus()
        self.name.setSelection(0, len(summary.proposed.stem))
        self.setMinimumWidth(540)

    @property
    def choices(self) -> ExportChoices:
        """What is chosen now."""
        name = self._format
        has_quality = name in _HIGH and not (self._may_be_like_source and self.like_source.isChecked())
        keeps = self.metadata.isChecked() or not self._summary.has_metadata
        return ExportChoices(self._path, self.quality.value() if has_quality else None, keeps)

    @property
    def _format(self) -> str:
        return self.format.currentText()

    @property
    def _path(self) -> Path:
        return self._folder / self.name.text().strip()

    @property
    def _may_be_like_source(self) -> bool:
        return self._format in _HIGH and self._format == self._summary.source_format

    def _fill_in(self) -> None:
        summary = self._summary
        self.format.addItems(list(SUFFIXES))
        model = self.format.model()
        for row, name in enumerate(SUFFIXES):
            reason = summary.refusals.get(name, "")
            self.format.setItemData(row, reason, Qt.ItemDataRole.ToolTipRole)
            if reason and isinstance(model, QStandardItemModel):
                model.item(row).setEnabled(False)
        possible = [name for name in SUFFIXES if name not in summary.refusals]
        wanted = format_of(summary.proposed)
        self.format.setCurrentText(wanted if wanted in possible else possible[0])
        self.quality.setRange(1, 100)
        self.quality.setFixedWidth(200)
        self.quality.setValue(_HIGH.get(self._format, 95))
        self.like_source.setChecked(True)
        self.metadata.setChecked(summary.has_metadata)
        self.metadata.setEnabled(summary.has_metadata)
        self.percent.setMinimumWidth(30)
        for label in (self.place, self.percent):
            label.setObjectName("quiet")
        self.place.setWordWrap(True)
        self.words.setWordWrap(True)
        self.words.setObjectName("well")
        self._fit_name()

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(12)
        file, quality = QHBoxLayout(), QHBoxLayout()
        file.setSpacing(8)
        file.addWidget(self.name, 1)
        file.addWidget(self.browse)
        quality.setSpacing(10)
        quality.addWidget(self.like_source)
        quality.addWidget(self.quality)
        quality.addWidget(self.percent)
        quality.addStretch(1)
        for title, field in (
            (self.tr("Name"), file),
            ("", self.place),
            (self.tr("Format"), self.format),
            (self.tr("Quality"), quality),
            (self.tr("Metadata"), self.metadata),
        ):
            if isinstance(field, QWidget):
                form.addRow(title, field)
            else:
                form.addRow(title, field)
        self.name.setAccessibleName(self.tr("Name"))
        self.format.setAccessibleName(self.tr("Format"))
        self.quality.setAccessibleName(self.tr("Quality"))
        self._quality_label = form.labelForField(quality)
        return form

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.write = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        for button in (self.browse, buttons.button(QDialogButtonBox.StandardButton.Cancel)):
            button.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _connect(self) -> None:
        self.format.activated.connect(self._on_format_activated)
        self.name.textEdited.connect(self._on_name_text_edited)
        self.like_source.toggled.connect(self._refresh)
        self.quality.valueChanged.connect(self._refresh)
        self.metadata.toggled.connect(self._refresh)
        self.browse.clicked.connect(self._on_browse_clicked)

    def _fit_name(self) -> None:
        """Give the name the ending of the format."""
        path = Path(self.name.text().strip() or self._summary.proposed.name)
        if format_of(path) != self._format:
            stem = path.stem if format_of(path) else path.name
            self.name.setText(stem + SUFFIXES[self._format])

    @Slot()
    def _on_format_activated(self) -> None:
        self._fit_name()
        self.quality.setValue(_HIGH.get(self._format, self.quality.value()))
        self._refresh()

    @Slot()
    def _on_name_text_edited(self) -> None:
        named = format_of(self._path)
        if named and named not in self._summary.refusals:
            self.format.setCurrentText(named)
        self._refresh()

    @Slot()
    def _on_browse_clicked(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where to"), str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        choices, name = self.choices, self._format
        self.place.setText(self.tr("in {folder}").format(folder=self._folder))
        for widget in (self._quality_label, self.quality, self.percent):
            widget.setEnabled(name in _HIGH)
        self.like_source.setVisible(self._may_be_like_source)
        self.quality.setVisible(not (self._may_be_like_source and self.like_source.isChecked()))
        self.percent.setVisible(not self.quality.isHidden())
        self.percent.setText(str(self.quality.value()) if name in _HIGH else "")
        self.words.setText("\n".join(consequences(self._summary, name, choices)))
        self.write.setEnabled(format_of(choices.path) == name and choices.path.parent.is_dir())
        self.write.setText(self.tr("Replace") if choices.path.exists() else self.tr("Export"))

    def accept(self) -> None:
        """Take the choices; a missing ending is added first."""
        self._fit_name()
        super().accept()


def consequences(summary: ExportSummary, name: str, choices: ExportChoices) -> list[str]:
    """Return what writing in this way means for the picture, a sentence each."""
    keeps_lossless = name == summary.source_format and summary.was_lossless and choices.quality is None
    if name not in _HIGH or keeps_lossless:
        count = QLocale().toString(summary.known_pixels)
        sentences = [_tr("Lossless: 0 of {count} known pixels change.").format(count=count)]
    else:
        words = _tr("{format} compresses anew: known pixels change a little; it is measured after saving.")
        sentences = [words.format(format=name)]
    if summary.depth > 8:
        sentences.append(_tr("All {depth} bits per channel are kept.").format(depth=summary.depth))
    if name in _PLAIN:
        sentences.append(_tr("{format} holds no metadata and no colour profile.").format(format=name))
    elif summary.has_metadata and not choices.keeps_metadata:
        sentences.append(_tr("Metadata are left out; the colour profile stays."))
    if not choices.path.parent.is_dir():
        sentences.append(_tr("There is no such folder any more."))
    elif format_of(choices.path) != name:
        sentences.append(_tr("The name needs the ending {suffix}.").format(suffix=SUFFIXES[name]))
    elif choices.path == summary.original:
        sentences.append(_tr("This replaces the original photograph."))
    elif choices.path.exists():
        sentences.append(_tr("A file of this name is replaced."))
    return sentences


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExportDialog", text)
