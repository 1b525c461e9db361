"""How is left behind work offered?  Each with a small picture, its name and time; nothing goes unasked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.state.recovery import Found
from app.style.icons import icon

_THUMBNAIL = QSize(144, 96)
_MOST_HEIGHT = 420


class RecoveredDialog(QDialog):
    """One row for each bundle that was left behind; closing it means "later".

    Signals:
        restore_wished: (Found)
        discard_wished: (Found) After the person confirmed it.
    """

    restore_wished = Signal(object)
    discard_wished = Signal(object)

    def __init__(self, found: Sequence[Found], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Unsaved work"))
        title = QLabel(self.tr("Lacuna ended unexpectedly. Nothing has to be lost."))
        title.setObjectName("title")
        hint = QLabel(self.tr("This is what was on the table. What you leave is offered again next time."))
        hint.setObjectName("quiet")
        for label in (title, hint):
            label.setWordWrap(True)
        self._rows = {one: self._row(one) for one in found}
        later = QPushButton(self.tr("Later"))
        later.setObjectName("secondary")
        later.setAccessibleName(later.text())
        later.clicked.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(later)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(10)
        rows.addWidget(title)
        rows.addWidget(hint)
        rows.addWidget(self._list(list(self._rows.values())))
        rows.addLayout(bottom)
        self.setMinimumWidth(640)

    def _list(self, widgets: list[QWidget]) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setMinimumHeight(min(inside.sizeHint().height(), _MOST_HEIGHT))
        return area

    def _row(self, found: Found) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(14)
        line.addWidget(_picture(found))
        name, when = self._texts(found)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        for text, kind in ((name, "strong"), (when, "quiet")):
            label = QLabel(text)
            label.setObjectName(kind)
            label.setWordWrap(True)
            texts.addWidget(label)
        texts.addStretch(1)
        line.addLayout(texts, 1)
        if found.glimpse is not None:
            restore = self._button(self.tr("Restore"), name, "primary")
            restore.clicked.connect(lambda: self._restore(found))
            line.addWidget(restore)
        discard = self._button(self.tr("Discard"), name, "secondary")
        discard.clicked.connect(lambda: self._discard(found))
        line.addWidget(discard)
        return row

    def _button(self, text: str, of: str, kind: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(kind)
        button.setAccessibleName(f"{text}: {of}")
        return button

    def _texts(self, found: Found) -> tuple[str, str]:
        """Return the name of a row and what is said under it."""
        if found.glimpse is None:
            return found.place.path.name, self.tr("It is damaged and cannot be opened.")
        moment = QDateTime.fromSecsSinceEpoch(int(found.glimpse.written))
        time = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
        return found.glimpse.name or self.tr("Untitled"), self.tr("Kept {time}").format(time=time)

    def _restore(self, found: Found) -> None:
        self.accept()
        self.restore_wished.emit(found)

    def _discard(self, found: Found) -> None:
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.warning(
            self,
            self.tr("Discard unsaved work"),
            self.tr("What was done to {name} is lost for good. Discard it?").format(
                name=self._texts(found)[0]
            ),
            buttons.Discard | buttons.Cancel,
            buttons.Cancel,
        )
        if answer == buttons.Discard:
            self._remove(found)

    @Slot(object)
    def _remove(self, found: Found) -> None:
        self.discard_wished.emit(found)
        self._rows.pop(found).hide()
        if not self._rows:
            self.accept()


def _picture(found: Found) -> QLabel:
    """Return the small picture of a row; empty for a damaged bundle."""
    label = QLabel()
    label.setFixedSize(_THUMBNAIL)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    pixmap = QPixmap()
    if found.glimpse is None:
        label.setPixmap(icon("warning", label.palette(), QPalette.ColorRole.PlaceholderText).pixmap(32, 32))
    elif pixmap.loadFromData(found.glimpse.thumbnail):
        fitting = Qt.AspectRatioMode.KeepAspectRatio
        label.setPixmap(pixmap.scaled(_THUMBNAIL, fitting, Qt.TransformationMode.SmoothTransformation))
    return label
