"""How is the mask shaped and shown?  Parameters that can be taken back at any time, and its look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QGridLayout, QToolButton, QVBoxLayout, QWidget

from app.panels.dial import Dial, line_up
from app.state.editor import EditorModel
from app.state.view_state import MASK_COLOURS, MASK_STYLES, MaskLook, ViewState
from app.translation import plain
from inpainting_core.api import MaskShape

_COMMANDS = ("clear", "restore_mask", "invert_mask", "import_mask", "export_mask")


class MaskPanel(QWidget):
    """Grow, smooth, feather, close; clear, invert, bring back; colour and style."""

    def __init__(
        self,
        editor: EditorModel,
        state: ViewState,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._state = state
        self._dials = {
            "grow": Dial(self.tr("Grow"), -64, 64, self.tr(" px")),
            "smooth": Dial(self.tr("Smooth"), 0, 50, self.tr(" px")),
            "feather": Dial(self.tr("Feather"), 0, 100, self.tr(" px")),
            "pinholes": Dial(self.tr("Close pinholes"), 0, 100, self.tr(" px")),
        }
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(self._commands(actions))
        for dial in self._dials.values():
            rows.addWidget(dial)
            dial.value_changed.connect(self._on_dial_value_changed)
        rule = QFrame()
        rule.setObjectName("line")
        rule.setFixedHeight(1)
        rows.addSpacing(4)
        rows.addWidget(rule)
        rows.addSpacing(4)
        looks = self._looks()
        rows.addLayout(looks)
        line_up((*self._dials.values(), self._opacity), looks)
        editor.settings_changed.connect(self._on_editor_settings_changed)
        state.overlay_changed.connect(self._on_state_overlay_changed)
        self._on_editor_settings_changed()
        self._on_state_overlay_changed()

    def _commands(self, actions: Mapping[str, QAction]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for column, action_id in enumerate(_COMMANDS):
            button = QToolButton()
            button.setDefaultAction(actions[action_id])
            button.setObjectName("secondary")
            button.setIconSize(QSize(18, 18))
            button.setAccessibleName(plain(actions[action_id].text()))
            grid.addWidget(button, 0, column)
        grid.setColumnStretch(len(_COMMANDS), 1)
        return grid

    def _looks(self) -> QFormLayout:
        self._opacity = Dial(self.tr("Opacity"), 5, 100, " %")
        self._colour, self._style = QComboBox(), QComboBox()
        names = (self.tr("Magenta"), self.tr("Yellow"), self.tr("Cyan"), self.tr("Green"))
        for name, colour in zip(names, MASK_COLOURS, strict=True):
            self._colour.addItem(_swatch(colour), name, colour)
        styles = (self.tr("Veil"), self.tr("Outline"), self.tr("Marching ants"))
        for name, style in zip(styles, MASK_STYLES, strict=True):
            self._style.addItem(name, style)
        self._colour.setAccessibleName(self.tr("Mask colour"))
        self._style.setAccessibleName(self.tr("Mask style"))
        form = QFormLayout()
        form.addRow(self.tr("Shown as"), self._style)
        form.addRow(self.tr("Colour"), self._colour)
        form.addRow(self._opacity)
        self._colour.activated.connect(self._on_look_changed)
        self._style.activated.connect(self._on_look_changed)
        self._opacity.value_changed.connect(self._on_look_changed)
        return form

    @Slot(int)
    def _on_dial_value_changed(self, _value: int) -> None:
        shape = MaskShape(**{key: dial.value for key, dial in self._dials.items()})
        self._editor.change_settings(replace(self._editor.settings, mask_shape=shape), "shape")

    @Slot()
    def _on_editor_settings_changed(self) -> None:
        shape = self._editor.settings.mask_shape
        for key, dial in self._dials.items():
            dial.show_value(getattr(shape, key))

    @Slot()
    def _on_state_overlay_changed(self) -> None:
        look = self._state.mask
        with QSignalBlocker(self._colour), QSignalBlocker(self._style):
            self._colour.setCurrentIndex(self._colour.findData(look.colour))
            self._style.setCurrentIndex(self._style.findData(look.style))
        self._opacity.show_value(round(look.opacity * 100))

    @Slot(int)
    def _on_look_changed(self, _value: int) -> None:
        look = MaskLook(
            self._colour.currentData(),
            self._opacity.value / 100,
            self._style.currentData(),
            self._state.mask.is_shown,
        )
        self._state.set_mask_look(look)


def _swatch(colour: str) -> QIcon:
    square = QPixmap(QSize(14, 14))
    square.fill(QColor(colour))
    return QIcon(square)
