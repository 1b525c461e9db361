"""What can the tool in hand be set to?  A strip above the picture."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from app.state.view_state import LARGEST_BRUSH, SMALLEST_BRUSH, ViewState

_TRAVEL = 1000


class OptionStrip(QWidget):
    """The brush's size, or what the probe does."""

    def __init__(self, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._name = QLabel()
        self._name.setObjectName("strong")
        self._label = QLabel(self.tr("Size"))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _TRAVEL)
        self._slider.setFixedWidth(170)
        self._slider.setAccessibleName(self.tr("Brush size"))
        self._number = QSpinBox()
        self._number.setRange(SMALLEST_BRUSH, LARGEST_BRUSH)
        self._number.setSuffix(self.tr(" px"))
        self._number.setAccessibleName(self.tr("Brush size in pixels"))
        self._label.setBuddy(self._number)
        self._hint = QLabel()
        self._hint.setObjectName("quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        for widget in (self._name, self._label, self._slider, self._number, self._hint):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFixedHeight(self.sizeHint().height())  # another tool must not move the picture
        self._slider.valueChanged.connect(self._on_slider_value_changed)
        self._number.valueChanged.connect(self._on_number_value_changed)
        state.tool_changed.connect(self._on_state_tool_changed)
        state.brush_changed.connect(self._on_state_brush_changed)
        self._on_state_tool_changed()
        self._on_state_brush_changed()

    @Slot()
    def _on_state_tool_changed(self) -> None:
        paints = self._state.tool != "probe"
        for widget in (self._label, self._slider, self._number):
            widget.setVisible(paints)
        names = {"brush": self.tr("Brush"), "eraser": self.tr("Eraser"), "probe": self.tr("Probe")}
        hints = {
            "brush": self.tr("Right-drag or Alt erases  \u00b7  Shift+click draws a straight line"),
            "eraser": self.tr("Right-drag or Alt paints  \u00b7  Shift+click erases a straight line"),
            "probe": self.tr(
                "Point at a filled pixel to see its source  \u00b7  Click locks  \u00b7  Esc frees"
            ),
        }
        self._name.setText(names[self._state.tool])
        self._hint.setText(hints[self._state.tool])

    @Slot()
    def _on_state_brush_changed(self) -> None:
        size = self._state.brush_size
        with QSignalBlocker(self._number), QSignalBlocker(self._slider):
            self._number.setValue(size)
            self._slider.setValue(round(_TRAVEL * math.log(size) / math.log(LARGEST_BRUSH)))

    @Slot(int)
    def _on_slider_value_changed(self, position: int) -> None:
        self._state.set_brush_size(round(LARGEST_BRUSH ** (position / _TRAVEL)))

    @Slot(int)
    def _on_number_value_changed(self, size: int) -> None:
        self._state.set_brush_size(size)
