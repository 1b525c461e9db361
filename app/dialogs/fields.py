"""How does a preference become a control?  Each field shows its value and changes it at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QObject, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app.preferences import PreferenceStore

_WIDTH = 220
NO_WORDS: Mapping[int, str] = MappingProxyType({})


class Fields(QObject):
    """Makes the rows of one page and keeps them right while the preferences change.

    Args:
        store: What the fields show and change.
        page: The widget that gets the rows.
    """

    def __init__(self, store: PreferenceStore, page: QWidget) -> None:
        super().__init__(page)
        self._store = store
        self._shows: dict[str, Callable[[], None]] = {}
        self.form = QFormLayout(page)
        self.form.setContentsMargins(22, 20, 22, 20)
        self.form.setHorizontalSpacing(18)
        self.form.setVerticalSpacing(12)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        store.changed.connect(self._on_store_changed)

    def choice(self, name: str, label: str, choices: Sequence[tuple[object, str]]) -> None:
        """Add a box with a few values to choose from."""
        box = QComboBox()
        values = [value for value, _ in choices]
        box.addItems([text for _, text in choices])
        box.setMinimumWidth(_WIDTH)
        box.activated.connect(lambda index: self._store.change(**{name: values[index]}))
        self._add(name, label, box, lambda: box.setCurrentIndex(_index(values, self._value(name))))

    def switch(self, name: str, text: str) -> None:
        """Add a box to tick."""
        box = QCheckBox(text)
        box.clicked.connect(lambda on: self._store.change(**{name: on}))
        self._add(name, "", box, lambda: box.setChecked(bool(self._value(name))))

    def number(
        self, name: str, label: str, limits: tuple[int, int], suffix: str, words: Mapping[int, str] = NO_WORDS
    ) -> None:
        """Add a number; `words` may name the lowest value."""
        box = QSpinBox()
        box.setRange(*limits)
        box.setSuffix(suffix)
        box.setSpecialValueText(words.get(limits[0], ""))
        box.setMinimumWidth(_WIDTH)
        box.setKeyboardTracking(False)
        box.lineEdit().setTextMargins(4, 0, 0, 0)
        box.valueChanged.connect(lambda value: self._store.change(**{name: value}))

        def show() -> None:
            with QSignalBlocker(box):
                box.setValue(self._number(name))

        self._add(name, label, box, show)

    def share(self, name: str, label: str) -> None:
        """Add a slider from 0 to 100 percent."""
        slider, percent, row = QSlider(Qt.Orientation.Horizontal), QLabel(), QWidget()
        slider.setRange(0, 100)
        slider.setFixedWidth(_WIDTH)
        slider.setAccessibleName(label)
        percent.setObjectName("quiet")
        percent.setMinimumWidth(44)
        percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(slider)
        line.addWidget(percent)
        slider.valueChanged.connect(lambda value: self._store.change(**{name: value / 100}))

        def show() -> None:
            value = round(self._share(name) * 100)
            with QSignalBlocker(slider):
                slider.setValue(value)
            percent.setText(f"{value} %")

        self._add(name, label, row, show)

    def colour(self, name: str, label: str, colours: Sequence[tuple[str, str]]) -> None:
        """Add swatches to choose from."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        group = QButtonGroup(row)
        buttons: dict[str, QToolButton] = {}
        for value, text in colours:
            button = QToolButton()
            button.setObjectName("swatch")
            button.setCheckable(True)
            button.setIcon(_swatch(value))
            button.setIconSize(QSize(18, 18))
            button.setToolTip(text)
            button.setAccessibleName(f"{label}: {text}")
            button.clicked.connect(lambda _on=False, value=value: self._store.change(**{name: value}))
            group.addButton(button)
            line.addWidget(button)
            buttons[value] = button

        def show() -> None:
            group.setExclusive(False)
            for value, button in buttons.items():
                button.setChecked(value == self._value(name))
            group.setExclusive(True)

        self._add(name, label, row, show)

    def _add(self, name: str, label: str, widget: QWidget, show: Callable[[], None]) -> None:
        widget.setObjectName(widget.objectName() or name)
        if label:
            widget.setAccessibleName(label)
        self.form.addRow(label, widget)
        self._shows[name] = show
        show()

    def _value(self, name: str) -> object:
        return getattr(self._store.values, name)

    def _number(self, name: str) -> int:
        value = self._value(name)
        return value if isinstance(value, int) else 0

    def _share(self, name: str) -> float:
        value = self._value(name)
        return float(value) if isinstance(value, (int, float)) else 0.0

    @Slot(str)
    def _on_store_changed(self, name: str) -> None:
        if name in self._shows:
            self._shows[name]()


def _index(values: Sequence[object], value: object) -> int:
    return next(number for number, known in enumerate(values) if known == value)


def _swatch(colour: str) -> QIcon:
    pixmap = QPixmap(36, 36)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(2, 2, 32, 32)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return QIcon(pixmap)
