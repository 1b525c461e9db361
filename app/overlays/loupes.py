"""How do a filled pixel and its source look close up?  Side by side, magnified, with what is known."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.canvas.colours import on_screen
from app.canvas.qimages import rgb_image
from app.document.provenance import Trace
from app.state.editor import EditorModel
from inpainting_core.api import Box, Point

RADIUS_PX = 10
"""Picture pixels to each side of the middle."""
ZOOM = 6
_GAP = 10
_FILLED, _SOURCE = QColor("#ffffff"), QColor("#ffd400")


class LoupePair(QWidget):
    """Two magnified cut-outs: the filled pixel left, its source right."""

    def __init__(self, editor: EditorModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._middles: tuple[Point, ...] = ()
        side = (2 * RADIUS_PX + 1) * ZOOM
        self.setFixedSize(QSize(2 * side + _GAP, side))
        self.setAccessibleName(self.tr("The filled pixel and its source, magnified"))

    def show_places(self, middles: tuple[Point, ...]) -> None:
        """Magnify these pixels, at most two."""
        self._middles = middles
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint both cut-outs; what lies outside the picture stays dark."""
        painter = QPainter(self)
        document = self._editor.document
        side = (2 * RADIUS_PX + 1) * ZOOM
        for number, middle in enumerate(self._middles if document is not None else ()):
            place = QRectF(number * (side + _GAP), 0, side, side)
            painter.fillRect(place, QColor(30, 30, 30))
            wanted = Box(middle.y, middle.x, 1, 1).pad(RADIUS_PX)
            if document is not None:
                part = wanted.clamp(document.size)
                cut = np.ascontiguousarray(document.shown.read(0, part))
                inside = QRectF(part.left - wanted.left, part.top - wanted.top, part.width, part.height)
                target = QRectF(inside.topLeft() * ZOOM, inside.size() * ZOOM).translated(place.topLeft())
                painter.drawImage(target, on_screen(rgb_image(cut).copy(), document.photo.icc))
            cell = QRectF(place.topLeft() + QPointF(RADIUS_PX, RADIUS_PX) * ZOOM, QPointF())
            cell.setSize(QSize(ZOOM, ZOOM).toSizeF())
            colour = _SOURCE if number else _FILLED
            for tone, width in ((QColor(0, 0, 0, 200), 3.0), (colour, 1.4)):
                painter.setPen(QPen(tone, width))
                painter.drawRect(cell.adjusted(-1, -1, 1, 1))
            for tone, inset in ((QColor(0, 0, 0, 200), 0.5), (colour, 1.5)):
                painter.setPen(QPen(tone, 1.0))
                painter.drawRect(place.adjusted(inset, inset, -inset, -inset))


class LoupePlate(QFrame):
    """The loupes and what is known, in a corner of the canvas, while a filled pixel is explained."""

    def __init__(self, editor: EditorModel, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("plate")
        self._pair = LoupePair(editor)
        self._facts = QLabel()
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._hint = QLabel()
        self._hint.setObjectName("quiet")
        self._hint.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 10, 10, 8)
        rows.setSpacing(6)
        for widget in (self._pair, self._facts, self._hint):
            rows.addWidget(widget)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """What is said below the loupes."""
        return self._facts.text()

    @Slot(object)
    def show_trace(self, trace: Trace | None, is_locked: bool = False) -> None:
        """Explain a filled pixel; hide for any other."""
        if trace is None or not trace.steps:
            self.hide()
            return
        step = trace.steps[0]
        best = step.sources[0]
        source = Point(best.box.top + best.box.height // 2, best.box.left + best.box.width // 2)
        self._pair.show_places((step.pixel, source))
        dy, dx = source.y - step.pixel.y, source.x - step.pixel.x
        facts = self.tr("dx {dx}, dy {dy} px").format(dx=_signed(dx), dy=_signed(dy))
        if len(step.sources) > 1:
            share = self.tr("attention elsewhere {share} %").format(share=round(100 * (1 - best.score)))
            facts += f"  \u00b7  {share}"
        if len(trace.steps) == 2:
            facts += "\n" + self.tr("by way of an earlier fill")
        elif len(trace.steps) > 2:
            facts += "\n" + self.tr("by way of {count} earlier fills").format(count=len(trace.steps) - 1)
        self._facts.setText(facts)
        self._hint.setText(
            self.tr("Drag the yellow dot to another source.") if is_locked else self.tr("Click to hold it.")
        )
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        host = self.parentWidget()
        if host is not None:
            self.move(16, host.height() - self.height() - 16)


def _signed(number: int) -> str:
    """Return a number with its sign, a true minus."""
    return f"{number:+d}".replace("-", "\u2212")
