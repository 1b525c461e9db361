"""How are before and after set side by side?  The canvas is cut into panes, each with its own sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

CompareMode = Literal["off", "before", "split", "side_by_side", "difference"]
Sheet = Literal["after", "before", "difference"]
GRIP_PX = 6.0
"""So near the split's line a press takes it."""


@dataclass(frozen=True)
class Pane:
    """A part of the canvas.

    Attributes:
        rect: Where it lies in the widget.
        offset: x in the widget of the viewpoint's x 0.
        sheet: What it shows.
    """

    rect: QRectF
    offset: float
    sheet: Sheet


def panes_of(mode: CompareMode, size: QSizeF, split_at: float, ratio: float = 1.0) -> tuple[Pane, ...]:
    """Return the panes of a widget, left to right; they meet between device pixels.

    Args:
        mode: What is compared, and how.
        size: Of the widget.
        split_at: The split's share of its width.
        ratio: Device pixels per logical pixel.
    """
    whole = QRectF(0, 0, size.width(), size.height())
    middle = round(size.width() * ratio * (split_at if mode == "split" else 0.5)) / ratio
    left, right = QRectF(whole), QRectF(whole)
    left.setRight(middle)
    right.setLeft(middle)
    if mode == "split":
        return Pane(left, 0.0, "before"), Pane(right, 0.0, "after")
    if mode == "side_by_side":
        return Pane(left, 0.0, "before"), Pane(right, float(middle), "after")
    if mode == "off":
        return (Pane(whole, 0.0, "after"),)
    return (Pane(whole, 0.0, mode),)


def paint_captions(painter: QPainter, panes: tuple[Pane, ...], mode: CompareMode) -> None:
    """Say what each pane shows, and draw the line between two."""
    if mode == "off":
        return
    words = {
        "before": QCoreApplication.translate("Compare", "Before"),
        "after": QCoreApplication.translate("Compare", "After"),
        "difference": QCoreApplication.translate("Compare", "Difference, 4 times as strong"),
    }
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pane in panes:
        text = words[pane.sheet]
        plate = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-9, -4, 9, 4)
        plate.moveTopLeft(pane.rect.topLeft() + QPointF(12, 12))
        if plate.right() < pane.rect.right():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 150))
            painter.drawRoundedRect(plate, 5, 5)
            painter.setPen(QColor(255, 255, 255))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
    if len(panes) == 2:  # noqa: PLR2004
        line = panes[1].rect.left()
        for colour, width in ((QColor(0, 0, 0, 160), 3.0), (QColor(255, 255, 255), 1.2)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(line, 0), QPointF(line, panes[1].rect.bottom()))
        if mode == "split":
            painter.setBrush(QColor(255, 255, 255))
            painter.drawEllipse(QPointF(line, panes[1].rect.center().y()), 7.0, 7.0)
