"""How are an engine's options set?  One control for each OptionSpec; whatever it shows is allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QWidget,
)

from app.translation import core_text
from inpainting_core.api import OptionSpec, OptionValue


class OptionForm(QWidget):
    """Controls for the options of one engine.

    Signals:
        option_changed: (key, value) The person set an option.
    """

    option_changed = Signal(str, object)

    def __init__(
        self, specs: Sequence[OptionSpec], values: Mapping[str, OptionValue], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._read: dict[str, Callable[[], OptionValue]] = {}
        self._numbers: list[QLabel] = []
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(8)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for spec in specs:
            control = self._control(spec, values[spec.key])
            control.setToolTip(core_text(spec.help))
            if spec.kind == "bool":
                rows.addRow(control)
            else:
                label = QLabel(core_text(spec.label))
                label.setToolTip(core_text(spec.help))
                label.setBuddy(control.focusProxy() or control)
                rows.addRow(label, control)
        widest = max((number.minimumWidth() for number in self._numbers), default=0)
        for number in self._numbers:
            number.setMinimumWidth(widest)

    def values(self) -> dict[str, OptionValue]:
        """Return every option as shown."""
        return {key: read() for key, read in self._read.items()}

    def _control(self, spec: OptionSpec, value: OptionValue) -> QWidget:
        if spec.kind == "bool":
            return self._check_box(spec, bool(value))
        if spec.kind == "choice":
            return self._choice(spec, str(value))
        if spec.kind == "float" and not spec.step:
            return self._spin_box(spec, float(value))
        return self._slider(spec, float(value))

    def _announce(self, spec: OptionSpec) -> None:
        self.option_changed.emit(spec.key, self._read[spec.key]())

    def _check_box(self, spec: OptionSpec, value: bool) -> QWidget:
        box = QCheckBox(core_text(spec.label))
        box.setAccessibleName(core_text(spec.label))
        box.setChecked(value)
        self._read[spec.key] = box.isChecked
        box.toggled.connect(lambda _on: self._announce(spec))
        return box

    def _choice(self, spec: OptionSpec, value: str) -> QWidget:
        box = QComboBox()
        box.setAccessibleName(core_text(spec.label))
        for choice in spec.choices:
            box.addItem(core_text(choice), choice)
        box.setCurrentIndex(box.findData(value))
        self._read[spec.key] = box.currentData
        box.currentIndexChanged.connect(lambda _index: self._announce(spec))
        return box

    def _spin_box(self, spec: OptionSpec, value: float) -> QWidget:
        box = QDoubleSpinBox()
        box.setAccessibleName(core_text(spec.label))
        box.setDecimals(6)
        box.lineEdit().setTextMargins(4, 0, 0, 0)
        box.setRange(spec.low, spec.high)
        box.setSingleStep((spec.high - spec.low) / 100)
        box.setSuffix(f" {core_text(spec.unit)}" if spec.unit else "")
        box.setValue(value)
        self._read[spec.key] = box.value
        box.valueChanged.connect(lambda _value: self._announce(spec))
        return box

    def _slider(self, spec: OptionSpec, value: float) -> QWidget:
        """Return a slider with one position for each allowed number, and the number beside it."""
        step, unit = spec.step or 1, core_text(spec.unit) if spec.unit else ""
        slider, shown = QSlider(Qt.Orientation.Horizontal), QLabel()
        slider.setAccessibleName(core_text(spec.label))
        slider.setRange(0, round((spec.high - spec.low) / step))
        slider.setPageStep(1)

        def read() -> OptionValue:
            number = spec.low + slider.value() * step
            return round(number) if spec.kind == "int" else number

        def show() -> None:
            shown.setText(f"{read():g} {unit}".strip())

        slider.setValue(round((value - spec.low) / step))
        self._read[spec.key] = read
        show()
        slider.valueChanged.connect(show)
        slider.valueChanged.connect(lambda _position: self._announce(spec))
        widest = f"{spec.high:g} {unit}".strip()
        shown.setMinimumWidth(shown.fontMetrics().horizontalAdvance(widest + " "))
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._numbers.append(shown)
        row = QWidget()
        row.setFocusProxy(slider)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(slider)
        line.addWidget(shown)
        return row
