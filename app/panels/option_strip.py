"""What can the tool in hand be set to?  A strip above the picture."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from app.panels.dial import Dial
from app.panels.tool_words import words_of
from app.state.view_state import LARGEST_BRUSH, SMALLEST_BRUSH, ToolId, ViewState
from app.translation import plain
from inpainting_core.api import RegionMode

_NIBS: tuple[ToolId, ...] = ("brush", "eraser", "never", "only", "restore")
_SOFT: tuple[ToolId, ...] = ("brush", "eraser", "restore")
_SHAPES: tuple[ToolId, ...] = ("rectangle", "ellipse", "lasso", "polygon", "wand", "object")
_WHOLE_VIEW = ("fit", "zoom_100", "zoom_200")
_COMMANDS: Mapping[ToolId, tuple[str, ...]] = MappingProxyType(
    {
        "hand": _WHOLE_VIEW,
        "zoom": _WHOLE_VIEW,
        "probe": ("overlay", "clear_pins"),
    }
)
_MODES: tuple[RegionMode, ...] = ("add", "replace", "subtract", "intersect")


class OptionStrip(QWidget):
    """The name of the tool in hand and whatever it can be set to."""

    def __init__(
        self, state: ViewState, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        wanted = dict.fromkeys(action_id for commands in _COMMANDS.values() for action_id in commands)
        self._commands = {action_id: _button(actions[action_id]) for action_id in wanted}
        self._state = state
        self._name = QLabel()
        self._name.setObjectName("strong")
        self._size = Dial(
            self.tr("Size"), SMALLEST_BRUSH, LARGEST_BRUSH, self.tr(" px"), is_steep=True, width=70
        )
        self._hardness = Dial(self.tr("Hardness"), 0, 100, " %", width=54)
        self._opacity = Dial(self.tr("Opacity"), 5, 100, " %", width=54)
        self._percent = Dial(self.tr("Borrow"), 0, 200, " %", width=90)
        self._percent.set_help(self.tr("0 % = never from here, 100 % = as everywhere, 200 % = preferred."))
        self._tolerance = Dial(self.tr("Tolerance"), 0, 255, width=120)
        self._contiguous = QCheckBox(self.tr("Only what touches"))
        self._modes = QComboBox()
        self._modes.setAccessibleName(self.tr("What a new shape does to the mask"))
        names = (self.tr("Add"), self.tr("Replace"), self.tr("Take away"), self.tr("Keep common"))
        for mode, name in zip(_MODES, names, strict=True):
            self._modes.addItem(name, mode)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(14)
        for widget in (self._name, *self._controls(), *self._commands.values()):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFixedHeight(self.sizeHint().height())  # another tool must not move the picture
        self._connect()
        self.setMinimumWidth(max(self._width_with(tool) for tool in get_args(ToolId)))
        self._on_state_tool_changed()
        self._on_state_brush_changed()

    def _controls(self) -> tuple[QWidget, ...]:
        return (
            self._size,
            self._hardness,
            self._opacity,
            self._percent,
            self._modes,
            self._tolerance,
            self._contiguous,
        )

    def _connect(self) -> None:
        state = self._state
        self._size.value_changed.connect(state.set_brush_size)
        self._hardness.value_changed.connect(lambda percent: state.set_hardness(percent / 100))
        self._opacity.value_changed.connect(lambda percent: state.set_brush_opacity(percent / 100))
        self._percent.value_changed.connect(state.set_rule_percent)
        self._tolerance.value_changed.connect(lambda value: state.set_wand(value, state.wand_is_contiguous))
        self._contiguous.toggled.connect(lambda on: state.set_wand(state.wand_tolerance, on))
        self._modes.activated.connect(lambda index: state.set_region_mode(_MODES[index]))
        state.tool_changed.connect(self._on_state_tool_changed)
        state.brush_changed.connect(self._on_state_brush_changed)

    @Slot()
    def _on_state_tool_changed(self) -> None:
        self._offer(self._state.tool)

    def _width_with(self, tool: ToolId) -> int:
        """Return the least width that the strip of `tool` takes."""
        self._offer(tool)
        return self.minimumSizeHint().width()

    def _offer(self, tool: ToolId) -> None:
        self._size.setVisible(tool in _NIBS)
        self._hardness.setVisible(tool in _SOFT)
        self._opacity.setVisible(tool in _SOFT)
        self._percent.setVisible(tool == "never")
        self._modes.setVisible(tool in _SHAPES)
        self._tolerance.setVisible(tool == "wand")
        self._contiguous.setVisible(tool == "wand")
        for action_id, button in self._commands.items():
            button.setVisible(action_id in _COMMANDS.get(tool, ()))
        self._name.setText(words_of(tool)[0])

    @Slot()
    def _on_state_brush_changed(self) -> None:
        state = self._state
        self._size.show_value(state.brush_size)
        self._hardness.show_value(round(state.nib.hardness * 100))
        self._opacity.show_value(round(state.nib.opacity * 100))
        self._percent.show_value(state.rule_percent)
        self._tolerance.show_value(state.wand_tolerance)
        with QSignalBlocker(self._contiguous), QSignalBlocker(self._modes):
            self._contiguous.setChecked(state.wand_is_contiguous)
            self._modes.setCurrentIndex(_MODES.index(state.region_mode))


def _button(action: QAction) -> QToolButton:
    """Return a small button that says what the command is called."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName("small")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setAccessibleName(plain(action.text()))
    return button
