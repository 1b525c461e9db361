"""How is the overlay shown?  Switch, opacity, colours and legend; and the look of the mask."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.overlays.legend import LegendWheel
from app.overlays.source_overlay import SourceOverlay
from app.state.view_state import MASK_COLOURS, ViewState
from inpainting_core.api import PALETTES


class OverlayPanel(QWidget):
    """Controls of the source overlay."""

    def __init__(
        self, state: ViewState, overlay: SourceOverlay, toggle: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._overlay = overlay
        self._toggle = toggle
        self._switch = QCheckBox(self.tr("Colour by direction"))
        self._switch.setAccessibleName(self._switch.text())
        self._opacity = percent_slider(self.tr("Overlay opacity"), state.overlay_opacity)
        self._palette = QComboBox()
        self._palette.setAccessibleName(self.tr("Colours"))
        names = {
            "hue": self.tr("Colour wheel"),
            "blue_yellow": self.tr("Blue and yellow (colour-blind safe)"),
        }
        for palette in PALETTES:
            self._palette.addItem(names[palette], palette)
        self._palette.setMinimumContentsLength(12)
        self._palette.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._wheel = LegendWheel()
        self._caption = QLabel()
        self._caption.setWordWrap(True)
        self._caption.setObjectName("quiet")
        self._caption.setMinimumHeight(96)
        self._lay_out()
        self._switch.clicked.connect(toggle.trigger)
        self._opacity.valueChanged.connect(self._on_opacity_value_changed)
        self._palette.currentIndexChanged.connect(self._on_palette_index_changed)
        state.overlay_changed.connect(self._refresh)
        overlay.scale_changed.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addWidget(self._switch)
        form = QFormLayout()
        form.addRow(self.tr("Opacity"), self._opacity)
        form.addRow(self.tr("Colours"), self._palette)
        rows.addLayout(form)
        legend = QHBoxLayout()
        legend.setSpacing(12)
        legend.addWidget(self._wheel, 0, Qt.AlignmentFlag.AlignTop)
        legend.addWidget(self._caption, 1)
        rows.addLayout(legend)

    @Slot()
    def _refresh(self) -> None:
        shown = self._overlay.has_content
        for widget in (self._switch, self._opacity, self._palette, self._wheel):
            widget.setEnabled(shown)
        self._toggle.setEnabled(shown)
        self._switch.setChecked(shown and self._state.shows_overlay)
        self._switch.setToolTip(self._toggle.toolTip() if shown else self._overlay.why_empty)
        with QSignalBlocker(self._opacity), QSignalBlocker(self._palette):
            self._opacity.setValue(round(self._state.overlay_opacity * 100))
            self._palette.setCurrentIndex(self._palette.findData(self._state.palette))
        self._wheel.set_palette(self._state.palette)
        self._caption.setText(
            self.tr(
                "The colour points to where a pixel was copied from. The rim is {distance} px away."
            ).format(distance=f"{self._overlay.full_px:g}")
            if shown
            else self._overlay.why_empty
        )

    @Slot(int)
    def _on_opacity_value_changed(self, percent: int) -> None:
        self._state.set_overlay_opacity(percent / 100)

    @Slot(int)
    def _on_palette_index_changed(self, index: int) -> None:
        self._state.set_palette(PALETTES[index])


class MaskPanel(QWidget):
    """The mask's colour and opacity."""

    def __init__(self, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._colour = QComboBox()
        self._colour.setAccessibleName(self.tr("Mask colour"))
        names = (self.tr("Magenta"), self.tr("Yellow"), self.tr("Cyan"), self.tr("Green"))
        for name, colour in zip(names, MASK_COLOURS, strict=True):
            self._colour.addItem(_swatch(colour), name, colour)
        self._opacity = percent_slider(self.tr("Mask opacity"), state.mask_opacity)
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addRow(self.tr("Opacity"), self._opacity)
        rows.addRow(self.tr("Colour"), self._colour)
        self._colour.currentIndexChanged.connect(self._on_look_changed)
        self._opacity.valueChanged.connect(self._on_look_changed)

    @Slot(int)
    def _on_look_changed(self, _value: int) -> None:
        self._state.set_mask_look(self._colour.currentData(), self._opacity.value() / 100)


def percent_slider(name: str, value: float) -> QSlider:
    """Return a slider from 5 to 100 percent."""
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(5, 100)
    slider.setValue(round(value * 100))
    slider.setAccessibleName(name)
    slider.setToolTip(name)
    return slider


def _swatch(colour: str) -> QIcon:
    square = QPixmap(QSize(14, 14))
    square.fill(QColor(colour))
    return QIcon(square)
