"""What was done so far?  Every step with a name and a small picture; a click goes there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Slot
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.canvas.qimages import rgb_image
from app.document.document import Document
from app.document.edits import Edit
from app.state.editor import EditorModel
from app.state.filling import Filling
from inpainting_core.api import Box

THUMB = QSize(44, 32)
_MASK_TINT = np.array((255, 45, 120), np.float32)
_STEP = Qt.ItemDataRole.UserRole
Small = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


class HistoryPanel(QWidget):
    """The list of steps; what was undone is faint. Only rows that change are made anew."""

    def __init__(self, editor: EditorModel, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._filling = filling
        self._of: Document | None = None
        self._ids: list[int] = []
        self._done = 0
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("History"))
        self._list.setIconSize(THUMB)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._list)
        self._list.itemClicked.connect(self._on_list_item_chosen)
        self._list.itemActivated.connect(self._on_list_item_chosen)
        editor.history_changed.connect(self._on_editor_history_changed)
        self._on_editor_history_changed()

    @Slot()
    def _on_editor_history_changed(self) -> None:
        document = self._editor.document
        if document is not self._of:
            self._of, self._ids, self._done = document, [], 0
            self._list.clear()
            if document is not None:
                opened = _item(0, self.tr("Opened"))
                opened.setIcon(_icon(None if document.history.newest else thumbnail(document)))
                self._list.addItem(opened)
        if document is None:
            return
        history = document.history
        self._drop([step.id for step in (*history.done, *history.undone)])
        for step in (*history.done, *history.undone)[len(self._ids) :]:
            item = _item(step.id, edit_name(step.edit))
            is_newest = step.edit is history.newest
            item.setIcon(_icon(thumbnail(document, step.edit) if is_newest else None))
            self._list.addItem(item)
            self._ids.append(step.id)
        self._dim(len(history.done))
        self._list.setCurrentRow(len(history.done))
        self._list.scrollToItem(self._list.currentItem())

    def _drop(self, ids: list[int]) -> None:
        """Take out what the history has forgotten: its oldest steps, and those it went another way from."""
        oldest = ids[0] if ids else 0
        while self._ids and self._ids[0] < oldest:
            self._list.takeItem(1)
            del self._ids[0]
            self._done = max(0, self._done - 1)
        same = zip(self._ids, ids, strict=False)
        kept = next(
            (row for row, (one, other) in enumerate(same) if one != other), min(len(self._ids), len(ids))
        )
        for row in range(len(self._ids), kept, -1):
            self._list.takeItem(row)
        del self._ids[kept:]

    def _dim(self, done: int) -> None:
        """Make faint what is undone."""
        palette = self.palette()
        for row in range(1 + min(done, self._done), self._list.count()):
            role = QPalette.ColorRole.Text if row <= done else QPalette.ColorRole.PlaceholderText
            self._list.item(row).setForeground(palette.color(role))
        self._done = done

    @Slot(QListWidgetItem)
    def _on_list_item_chosen(self, item: QListWidgetItem) -> None:
        self._filling.go_to(int(item.data(_STEP)))


def _item(step_id: int, text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setData(_STEP, step_id)
    return item


def _icon(pixels: Small | None) -> QIcon:
    """Return the picture in the middle of a field that is alike in every row, so that the names line up."""
    field = QPixmap(THUMB * 2)
    field.setDevicePixelRatio(2)
    field.fill(Qt.GlobalColor.transparent)
    if pixels is not None:
        painter = QPainter(field)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        image = rgb_image(pixels)
        place = QRect(0, 0, *image.size().scaled(THUMB, Qt.AspectRatioMode.KeepAspectRatio).toTuple())
        place.moveCenter(QRect(0, 0, *THUMB.toTuple()).center())
        painter.drawImage(place, image)
        painter.end()
    icon = QIcon(field)
    icon.addPixmap(field, QIcon.Mode.Selected)
    return icon


def thumbnail(document: Document, edit: Edit | None = None) -> Small:
    """Return (h, w, 3) uint8: the surroundings of the edit, or the whole picture, with the mask on it."""
    box = Box(0, 0, 0, 0) if edit is None else edit.box
    if box.is_empty:
        box = Box(0, 0, *document.size)
    box = box.pad(max(box.height, box.width, 64) // 4).clamp(document.size)
    ratio = THUMB.width() / THUMB.height()
    level = document.shown.level_for(2 * THUMB.width() / max(box.width, box.height * ratio))
    step = 2**level
    cells = Box(box.top // step, box.left // step, max(1, box.height // step), max(1, box.width // step))
    shown = document.shown.read(level, cells)
    covered = document.shown_mask.read(level, cells)[..., None].astype(np.float32) / 510
    mixed = shown * (1 - covered) + _MASK_TINT * covered
    return np.ascontiguousarray(mixed.astype(np.uint8))


def edit_name(edit: Edit) -> str:
    """Return what the step is called on the screen."""
    names = {
        "paint": QCoreApplication.translate("HistoryPanel", "Brush"),
        "erase": QCoreApplication.translate("HistoryPanel", "Eraser"),
        "rectangle": QCoreApplication.translate("HistoryPanel", "Rectangle"),
        "ellipse": QCoreApplication.translate("HistoryPanel", "Ellipse"),
        "lasso": QCoreApplication.translate("HistoryPanel", "Lasso"),
        "polygon": QCoreApplication.translate("HistoryPanel", "Polygon"),
        "wand": QCoreApplication.translate("HistoryPanel", "Magic wand"),
        "object": QCoreApplication.translate("HistoryPanel", "Object"),
        "weak_spot": QCoreApplication.translate("HistoryPanel", "Weak spot"),
        "invert": QCoreApplication.translate("HistoryPanel", "Invert mask"),
        "all": QCoreApplication.translate("HistoryPanel", "Mask everything"),
        "clear": QCoreApplication.translate("HistoryPanel", "Clear mask"),
        "last_mask": QCoreApplication.translate("HistoryPanel", "Last mask again"),
        "import": QCoreApplication.translate("HistoryPanel", "Mask from file"),
        "never": QCoreApplication.translate("HistoryPanel", "Never from here"),
        "only": QCoreApplication.translate("HistoryPanel", "Only from here"),
        "prefer": QCoreApplication.translate("HistoryPanel", "Gladly from here"),
        "neutral": QCoreApplication.translate("HistoryPanel", "Wipe source rules"),
        "clear_rules": QCoreApplication.translate("HistoryPanel", "Clear source rules"),
        "restore": QCoreApplication.translate("HistoryPanel", "Restore original"),
        "fill": QCoreApplication.translate("HistoryPanel", "Fill"),
        "refill": QCoreApplication.translate("HistoryPanel", "Another source"),
        "engine": QCoreApplication.translate("HistoryPanel", "Engine"),
        "option": QCoreApplication.translate("HistoryPanel", "Option"),
        "shape": QCoreApplication.translate("HistoryPanel", "Mask shape"),
        "area": QCoreApplication.translate("HistoryPanel", "Source area"),
        "pins": QCoreApplication.translate("HistoryPanel", "Pins"),
    }
    return names[edit.name]
