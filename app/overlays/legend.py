"""How are the source views read?  A wheel: copied from over there; or a bar from little to much."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.canvas.qimages import rgba_image
from app.state.view_state import OverlayKind
from inpainting_core.api import Palette, confidence_bar, density_bar, render_wheel

SIDE = 92
_STEPS = 64
_MOST_COPIES = 20.0


class Legend(QWidget):
    """What the colours of a source view mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette: Palette = "hue"
        self._kind: OverlayKind = "wheel"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Legend"))

    def show_view(self, kind: OverlayKind, palette: Palette) -> None:
        """Explain another view."""
        self._kind, self._palette = kind, palette
        self.setAccessibleDescription(
            self.tr("The colour at a place of the wheel means: copied from over there.")
            if kind == "wheel"
            else self.tr("From little, below, to much, above.")
        )
        self.setVisible(kind != "arrows")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A small square."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the wheel, and the filled pixel in its middle; or the bar."""
        painter = QPainter(self)
        painter.setOpacity(1.0 if self.isEnabled() else 0.35)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._kind == "wheel":
            wheel = render_wheel(round(area.width() * self.devicePixelRatioF()) * 2, self._palette)
            painter.drawImage(area, rgba_image(wheel))
            painter.setPen(QPen(QColor(0, 0, 0, 90), 1.0))
            painter.drawEllipse(area)
            middle = area.center()
            painter.setPen(QPen(QColor(0, 0, 0, 200), 1.2))
            painter.drawRect(QRectF(middle.x() - 3, middle.y() - 3, 6, 6))
            return
        self._paint_bar(painter, area)

    def _paint_bar(self, painter: QPainter, area: QRectF) -> None:
        is_sure = self._kind == "confidence"
        colours = (confidence_bar(_STEPS) if is_sure else density_bar(_STEPS, _MOST_COPIES)).picture
        ends = (self.tr("sure"), self.tr("unsure")) if is_sure else (self.tr("often"), self.tr("once"))
        bar = QRectF(area.left(), area.top(), 16, area.height())
        painter.drawImage(bar, rgba_image(colours))
        painter.setPen(QPen(QColor(0, 0, 0, 90), 1.0))
        painter.drawRect(bar)
        painter.setPen(self.palette().windowText().color())
        words = area.adjusted(24, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, ends[0])
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, ends[1])
