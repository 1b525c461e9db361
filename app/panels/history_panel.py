"""What was done so far?  Every step with a name and a small picture; a click goes there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.canvas.qimages import rgb_image
from app.document.document import Document
from app.document.edits import Edit
from app.state.editor import EditorModel
from inpainting_core.api import Box

THUMB = QSize(44, 32)
_MASK_TINT = np.array((255, 45, 120), np.float32)
_STEP = Qt.ItemDataRole.UserRole


class HistoryPanel(QWidget):
    """The list of steps; what was undone is faint."""

    def __init__(self, editor: EditorModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._thumbs: dict[int, QIcon] = {}
        self._of: Document | None = None
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
            self._of, self._thumbs = document, {}
        self._list.clear()
        if document is None:
            return
        history = document.history
        self._add(0, self.tr("Opened"), is_done=True)
        for step in history.done:
            if step.id not in self._thumbs and step is history.done[-1]:
                self._thumbs[step.id] = QIcon(
                    QPixmap.fromImage(rgb_image(thumbnail(document, step.edit)).copy())
                )
            self._add(step.id, edit_name(step.edit), is_done=True)
        for step in history.undone:
            self._add(step.id, edit_name(step.edit), is_done=False)
        self._list.setCurrentRow(len(history.done))
        self._list.scrollToItem(self._list.currentItem())

    def _add(self, step_id: int, text: str, *, is_done: bool) -> None:
        item = QListWidgetItem(self._thumbs.get(step_id, QIcon()), text)
        item.setData(_STEP, step_id)
        if not is_done:
            item.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))
        self._list.addItem(item)

    @Slot(QListWidgetItem)
    def _on_list_item_chosen(self, item: QListWidgetItem) -> None:
        self._editor.go_to(int(item.data(_STEP)))


def thumbnail(document: Document, edit: Edit) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return (h, w, 3) uint8: the surroundings of the edit, or the whole picture, with the mask on it."""
    box = edit.box
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
