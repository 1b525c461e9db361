"""How are the source views shown?  Which one, how strongly, and how to read it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.overlays.legend import Legend
from app.overlays.source_overlay import SourceOverlay
from app.panels.dial import Dial, line_up
from app.state.view_state import OVERLAYS, OverlayKind, ViewState
from inpainting_core.api import PALETTES


class OverlayPanel(QWidget):
    """Controls of the source views."""

    def __init__(
        self, state: ViewState, overlay: SourceOverlay, toggle: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._overlay = overlay
        self._toggle = toggle
        self._switch = QCheckBox(self.tr("Show where it came from"))
        self._kind, self._palette = QComboBox(), QComboBox()
        self._kind.setAccessibleName(self.tr("View"))
        self._palette.setAccessibleName(self.tr("Colours"))
        for kind, name in self._kinds().items():
            self._kind.addItem(name, kind)
        names = (
            self.tr("Colour wheel"),
            self.tr("Colour-blind safe"),
            self.tr("Wheel of the papers"),
        )
        for palette, name in zip(PALETTES, names, strict=True):
            self._palette.addItem(name, palette)
        for box in (self._kind, self._palette):
            box.setMinimumContentsLength(12)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._opacity = Dial(self.tr("Opacity"), 5, 100, " %")
        self._spacing = Dial(self.tr("Spacing"), 12, 96, self.tr(" px"))
        self._length = Dial(self.tr("Length"), 5, 100, " %")
        self._least = Dial(self.tr("Least certainty"), 0, 100, " %")
        self._blinks = QCheckBox(self.tr("Blink"))
        self._only = QCheckBox(self.tr("Only inside the mask"))
        self._legend = Legend()
        self._caption = QLabel()
        self._caption.setWordWrap(True)
        self._caption.setObjectName("quiet")
        self._caption.setMinimumHeight(96)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._lay_out()
        self._connect()
        self._refresh()

    def _kinds(self) -> dict[OverlayKind, str]:
        names = (self.tr("Direction"), self.tr("Arrows"), self.tr("How often used"), self.tr("Certainty"))
        return dict(zip(OVERLAYS, names, strict=True))

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self._switch)
        self._form = form = QFormLayout()
        form.addRow(self.tr("View"), self._kind)
        form.addRow(self.tr("Colours"), self._palette)
        rows.addLayout(form)
        for widget in (self._opacity, self._spacing, self._length, self._least, self._blinks, self._only):
            rows.addWidget(widget)
        line_up((self._opacity, self._spacing, self._length, self._least), form)
        legend = QHBoxLayout()
        legend.setSpacing(12)
        legend.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignTop)
        legend.addWidget(self._caption, 1)
        rows.addLayout(legend)

    def _connect(self) -> None:
        state = self._state
        self._switch.clicked.connect(self._toggle.trigger)
        self._kind.activated.connect(lambda _at: self._set(kind=self._kind.currentData()))
        self._palette.activated.connect(lambda _at: self._set(palette=self._palette.currentData()))
        self._opacity.value_changed.connect(lambda percent: self._set(opacity=percent / 100))
        self._spacing.value_changed.connect(lambda px: self._set(spacing_px=px))
        self._length.value_changed.connect(lambda percent: self._set(length=percent / 100))
        self._only.clicked.connect(lambda on: self._set(only_in_mask=on))
        self._least.value_changed.connect(lambda percent: self._set(least_confidence=percent / 100))
        self._blinks.clicked.connect(lambda on: self._set(blinks=on))
        state.overlay_changed.connect(self._refresh)
        self._overlay.scale_changed.connect(self._refresh)

    def _set(self, **changes: object) -> None:
        self._state.set_overlay(replace(self._state.overlay, **changes))  # type: ignore[arg-type]

    @Slot()
    def _refresh(self) -> None:
        has_content, look = self._overlay.has_content, self._state.overlay
        shown = has_content and self._state.shows_overlay
        for widget in (
            self._switch,
            self._kind,
            self._palette,
            self._opacity,
            self._only,
            self._blinks,
            self._legend,
        ):
            widget.setEnabled(has_content)
        self._toggle.setEnabled(has_content)
        self._switch.setChecked(shown)
        self._switch.setToolTip(self._toggle.toolTip() if has_content else self._overlay.why_empty)
        self._form.setRowVisible(self._palette, look.kind == "wheel")
        self._spacing.setVisible(look.kind == "arrows")
        self._length.setVisible(look.kind == "arrows")
        self._least.setVisible(look.kind == "arrows")
        with QSignalBlocker(self._kind), QSignalBlocker(self._palette):
            self._kind.setCurrentIndex(self._kind.findData(look.kind))
            self._palette.setCurrentIndex(self._palette.findData(look.palette))
        self._opacity.show_value(round(look.opacity * 100))
        self._spacing.show_value(look.spacing_px)
        self._least.show_value(round(look.least_confidence * 100))
        self._length.show_value(round(look.length * 100))
        self._blinks.setChecked(look.blinks)
        self._only.setChecked(look.only_in_mask)
        self._legend.show_view(look.kind, look.palette)
        self._caption.setText(self._explanation() if has_content else self._overlay.why_empty)

    def _explanation(self) -> str:
        texts: dict[OverlayKind, str] = {
            "wheel": self.tr(
                "The colour points to where a pixel was copied from. The rim is {distance} px away."
            ).format(distance=f"{self._overlay.full_px:g}"),
            "arrows": self.tr("From filled pixels to their sources. Red: a poor fit; white: a good one."),
            "density": self.tr("The brighter, the more often a place was copied. Often means repetition."),
            "confidence": self.tr("How well the copied pieces fit. F2 goes to the next weak spot."),
        }
        return texts[self._state.overlay.kind]
