"""How is one number set?  A name, a slider for the hand and a field for the keyboard, always in step."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QSlider, QSpinBox, QWidget

_TRAVEL = 1000
_GAP = 8


class Dial(QWidget):
    """A whole number between two ends.

    Args:
        name: What is set; also for those who hear the window.
        low: Smallest value.
        high: Largest value.
        unit: Behind the number, such as " px".
        is_steep: True for sizes: each step of the slider multiplies.
        width: Of the slider; 0 lets it grow.

    Signals:
        value_changed: (int) The person set another value.
    """

    value_changed = Signal(int)

    def __init__(  # noqa: PLR0913  (six plain facts about one number)
        self, name: str, low: int, high: int, unit: str = "", *, is_steep: bool = False, width: int = 0
    ) -> None:
        super().__init__()
        self._low, self._high, self._is_steep = low, high, is_steep
        self._label = label = QLabel(name)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(*((0, _TRAVEL) if is_steep else (low, high)))
        self._slider.setObjectName("bipolar" if low < 0 else "")
        self._slider.setAccessibleName(name)
        if width:
            self._slider.setFixedWidth(width)
        self._number = QSpinBox()
        self._number.setRange(low, high)
        self._number.setSuffix(unit)
        self._number.setAccessibleName(name)
        self._number.setKeyboardTracking(False)
        self._number.lineEdit().setTextMargins(4, 0, 0, 0)
        self._number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        label.setBuddy(self._number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._number)
        self._slider.valueChanged.connect(self._on_slider_value_changed)
        self._number.valueChanged.connect(self._on_number_value_changed)

    @property
    def value(self) -> int:
        """The number as it is."""
        return self._number.value()

    def show_value(self, value: int) -> None:
        """Show a value that was set elsewhere; nothing is announced."""
        with QSignalBlocker(self._number), QSignalBlocker(self._slider):
            self._number.setValue(value)
            self._slider.setValue(self._position(value))

    def align(self, label_width: int, number_width: int) -> None:
        """Give name and field these widths, so that dials below each other line up."""
        self._label.setMinimumWidth(label_width)
        self._number.setMinimumWidth(number_width)

    @property
    def widths(self) -> tuple[int, int]:
        """The widths that name and field want."""
        return self._label.sizeHint().width(), self._number.sizeHint().width()

    def set_help(self, text: str) -> None:
        """Explain the number when the pointer rests on it."""
        for widget in (self, self._slider, self._number):
            widget.setToolTip(text)

    def _position(self, value: int) -> int:
        if not self._is_steep:
            return value
        return round(_TRAVEL * math.log(max(value, 1) / self._low) / math.log(self._high / self._low))

    @Slot(int)
    def _on_slider_value_changed(self, position: int) -> None:
        value = position
        if self._is_steep:
            value = round(self._low * (self._high / self._low) ** (position / _TRAVEL))
        with QSignalBlocker(self._number):
            self._number.setValue(value)
        self.value_changed.emit(value)

    @Slot(int)
    def _on_number_value_changed(self, value: int) -> None:
        with QSignalBlocker(self._slider):
            self._slider.setValue(self._position(value))
        self.value_changed.emit(value)


def line_up(dials: Iterable[Dial], form: QFormLayout | None = None) -> None:
    """Give dials below each other the same widths, and the names of a form's fields that of the dials'."""
    dials = list(dials)
    label, number = (max(dial.widths[part] for dial in dials) for part in (0, 1))
    for dial in dials:
        dial.align(label, number)
    if form is not None:
        form.setHorizontalSpacing(_GAP)
        for row in range(form.rowCount()):
            item = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
            name = item.widget() if item is not None else None
            if name is not None:
                name.setMinimumWidth(label)
