"""What lies on the canvas?  Picture, sources, mask, preview: each paints only what is exposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF

from app.canvas.qimages import at_8_bits, rgb_image, rgba_image, rules_image, veil_image
from app.canvas.viewpoint import Viewpoint
from app.document.document import Document
from app.document.levels import Levels
from inpainting_core.api import Box, Coverage, Preview, Rgba, Size

SHARP_ZOOM = 2.0
"""From here on a picture pixel is a square, not a blur."""
DIFFERENCE_GAIN = 4.0
_SQUARE = 8
_DASH_PX = 4


class Layer(Protocol):
    """One sheet of the canvas."""

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """Paint at least the pixels of `box`, which lies inside the picture and is not empty."""


class PictureLayer:
    """The picture, on a checkerboard where it is transparent."""

    document: Document | None = None

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        if self.document is None:
            return
        shown, alpha = self.document.shown, self.document.shown_alpha
        level = shown.level_for(view.zoom)
        part = _part(shown, level, box)
        target = view.rect_of(_scaled(part, 2**level))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < SHARP_ZOOM)
        if alpha is None:
            painter.drawImage(target, rgb_image(shown.arrays[level]), _rect(part))
            return
        _paint_checkerboard(painter, target)
        rgba = np.dstack([shown.arrays[level][part.slices], alpha.arrays[level][part.slices]])
        painter.drawImage(target, rgba_image(rgba))


class BeforeLayer:
    """The picture as it was opened."""

    document: Document | None = None

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        if self.document is not None:
            level = self.document.shown.level_for(view.zoom)
            part = _part(self.document.shown, level, box)
            block = self.document.original.block(level, part)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < SHARP_ZOOM)
            painter.drawImage(view.rect_of(_scaled(part, 2**level)), rgb_image(block))


class DifferenceLayer:
    """How far the picture is from the one that was opened, `DIFFERENCE_GAIN` times as strong."""

    document: Document | None = None

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        if self.document is not None:
            shown = self.document.shown
            level = shown.level_for(view.zoom)
            part = _part(shown, level, box)
            changed = cv2.absdiff(self.document.original.block(level, part), shown.read(level, part))
            strong = np.asarray(cv2.convertScaleAbs(changed, alpha=DIFFERENCE_GAIN), np.uint8)
            painter.drawImage(view.rect_of(_scaled(part, 2**level)), rgb_image(strong))


class MaskLayer:
    """The mask: a veil of one colour, its outline, or marching ants."""

    document: Document | None = None
    colour = QColor("#ff2d78")
    opacity = 0.55
    style = "veil"
    is_shown = True
    phase = 0
    """Steps that the ants have marched."""

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        if self.document is None or not self.is_shown:
            return
        levels = self.document.shown_mask
        level = levels.level_for(view.zoom)
        part = _part(levels, level, box)
        covered = levels.read(level, part)
        if not cv2.hasNonZero(covered):
            return
        target = view.rect_of(_scaled(part, 2**level))
        if self.style == "veil":
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            colour = QColor(self.colour)
            painter.drawImage(target, veil_image(covered, colour.rgb(), self.opacity, lift=level > 0))
        else:
            for path in _rims(covered, target):
                _paint_rim(painter, path, self.colour, self.style == "ants", self.phase)


class RulesLayer:
    """Where content may be borrowed from: red never, green only or gladly."""

    document: Document | None = None

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        levels = None if self.document is None else self.document.shown_rules
        if levels is not None:
            level = levels.level_for(view.zoom)
            part = _part(levels, level, box)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            target = view.rect_of(_scaled(part, 2**level))
            painter.drawImage(target, rules_image(levels.read(level, part)))


class PreviewLayer:
    """A fill's rough answer, inside the hole only."""

    def __init__(self) -> None:
        self._shown: tuple[Box, Rgba] | None = None

    def show(self, preview: Preview, coverage: Coverage) -> None:
        """Show `preview` as far as `coverage`, of the preview's size, lets it."""
        self._shown = preview.box, np.dstack([at_8_bits(preview.pixels), coverage])

    def clear(self) -> None:
        """Show nothing."""
        self._shown = None

    @property
    def box(self) -> Box:
        """Where something is shown."""
        return self._shown[0] if self._shown else Box(0, 0, 0, 0)

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        if self._shown is not None and not box.intersect(self._shown[0]).is_empty:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < SHARP_ZOOM)
            painter.drawImage(view.rect_of(self._shown[0]), rgba_image(self._shown[1]))


class OverlayLayer:
    """Coloured pictures laid over parts of the photograph."""

    def __init__(self) -> None:
        self.pictures: Sequence[tuple[Box, Rgba]] = ()
        self.opacity = 1.0

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setOpacity(self.opacity)
        for place, picture in self.pictures:
            if not box.intersect(place).is_empty:
                painter.drawImage(view.rect_of(place), rgba_image(picture))
        painter.setOpacity(1.0)


def _part(levels: Levels, level: int, box: Box) -> Box:
    """Return the cells of a level under `box`, with a rim so that smoothing finds its neighbours."""
    step = 2**level
    top, left = box.top // step, box.left // step
    cells = Box(top, left, -(-box.bottom // step) - top, -(-box.right // step) - left)
    return cells.pad(2).clamp(Size(*levels.arrays[level].shape[:2]))


def _scaled(part: Box, step: int) -> Box:
    return Box(part.top * step, part.left * step, part.height * step, part.width * step)


def _rect(part: Box) -> QRectF:
    return QRectF(part.left, part.top, part.width, part.height)


def _paint_checkerboard(painter: QPainter, target: QRectF) -> None:
    squares: NDArray[Any] = np.full((2 * _SQUARE, 2 * _SQUARE, 3), 255, np.uint8)
    squares[:_SQUARE, :_SQUARE] = squares[_SQUARE:, _SQUARE:] = 204
    tile: QImage = rgb_image(squares).copy()
    painter.setBrushOrigin(QPoint(0, 0))
    painter.fillRect(target, QBrush(tile))


def _rims(covered: Coverage, target: QRectF) -> list[QPolygonF]:
    """Return the closed lines, on the screen, along which the coverage passes a half."""
    inside = cv2.copyMakeBorder((covered > 127).view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    inside = inside.repeat(2, axis=0).repeat(2, axis=1)  # so that a rim follows the pixels' sides
    lines, _ = cv2.findContours(inside, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    step_x, step_y = target.width() / covered.shape[1], target.height() / covered.shape[0]
    polygons = []
    for line in lines:
        points = line[:, 0].astype(np.float64)
        x = target.left() + (np.floor((points[:, 0] + 1) / 2) - 1) * step_x
        y = target.top() + (np.floor((points[:, 1] + 1) / 2) - 1) * step_y
        polygons.append(QPolygonF([QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]))
    return polygons


def _paint_rim(painter: QPainter, rim: QPolygonF, colour: QColor, marches: bool, phase: int) -> None:
    """Paint a line of two tones, so that it is seen on anything."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    under = QPen(QColor(0, 0, 0) if marches else QColor(0, 0, 0, 170), 1.0 if marches else 3.0)
    over = QPen(QColor(255, 255, 255) if marches else colour, 1.0 if marches else 1.4)
    if marches:
        over.setDashPattern([_DASH_PX, _DASH_PX])
        over.setDashOffset(phase)
    for pen in (under, over):
        painter.setPen(pen)
        painter.drawPolygon(rim)
