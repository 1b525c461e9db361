"""How is the overlay read?  A wheel: the colour at a place means "copied from over there"."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.canvas.qimages import rgba_image
from inpainting_core.api import Palette, render_wheel

SIDE = 92


class LegendWheel(QWidget):
    """The colour wheel of the source overlay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette: Palette = "hue"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Legend"))
        self.setAccessibleDescription(
            self.tr("The colour at a place of the wheel means: copied from over there.")
        )

    def set_palette(self, palette: Palette) -> None:
        """Show another palette."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A small square."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the wheel, and the filled pixel in its middle."""
        painter = QPainter(self)
        painter.setOpacity(1.0 if self.isEnabled() else 0.35)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        wheel = render_wheel(round(area.width() * self.devicePixelRatioF()) * 2, self._palette)
        painter.drawImage(area, rgba_image(wheel))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 90), 1.0))
        painter.drawEllipse(area)
        middle = area.center()
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1.2))
        painter.drawRect(QRectF(middle.x() - 3, middle.y() - 3, 6, 6))
