"""Which outcome shall stay?  Small pictures of the last fill's variants, while they can be chosen."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.canvas.qimages import at_8_bits, rgb_image
from app.document.variants import Variant
from app.state.filling import Filling

THUMB = QSize(64, 48)


class VariantBar(QFrame):
    """A row at the lower rim of `host`, once there are two variants."""

    def __init__(self, filling: Filling, another: QAction, host: QWidget) -> None:
        super().__init__(host)
        self._filling = filling
        self._another = another
        self._host = host
        self.setObjectName("plate")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 8, 8, 8)
        self._row.setSpacing(6)
        self._buttons: list[QToolButton] = []
        filling.variants_changed.connect(self._on_filling_variants_changed)
        self._on_filling_variants_changed()

    @Slot()
    def _on_filling_variants_changed(self) -> None:
        variants = self._filling.variants
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(number, variant) for number, variant in enumerate(variants)]
        if len(variants) > 1:
            more = QToolButton()
            more.setDefaultAction(self._another)
            more.setIconSize(QSize(22, 22))
            self._buttons.append(more)
        for button in self._buttons:
            self._row.addWidget(button)
        self.setVisible(len(variants) > 1)
        self.place()

    def _button(self, number: int, variant: Variant) -> QToolButton:
        button = QToolButton()
        button.setIconSize(THUMB)
        button.setIcon(QIcon(QPixmap.fromImage(rgb_image(thumbnail(variant)).copy())))
        button.setCheckable(True)
        button.setChecked(number == self._filling.shown_variant)
        name = self.tr("Variant {number}").format(number=number + 1)
        button.setToolTip(f"{name} ({number + 1})")
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _on=False: self._choose(number))
        return button

    def _choose(self, number: int) -> None:
        self._filling.show_variant(number)
        self._on_filling_variants_changed()

    def place(self) -> None:
        """Stand in the middle of the lower rim."""
        self.adjustSize()
        self.move((self._host.width() - self.width()) // 2, self._host.height() - self.height() - 14)
        self.raise_()


def thumbnail(variant: Variant) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return (h, w, 3) uint8: the largest filled region, to fit `THUMB`."""
    region = max(variant.result.regions, key=lambda region: region.pixels.shape[0] * region.pixels.shape[1])
    pixels = at_8_bits(region.pixels)
    scale = min(THUMB.width() / pixels.shape[1], THUMB.height() / pixels.shape[0])
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    return np.ascontiguousarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
