"""What lies on the canvas?  Picture, sources, mask, preview: each paints only what is exposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from app.canvas.qimages import at_8_bits, mask_image, rgb_image, rgba_image
from app.canvas.viewpoint import Viewpoint
from app.document.document import Document
from app.document.levels import Levels
from inpainting_core.api import Box, Mask, Preview, Rgba, Size

SHARP_ZOOM = 2.0
"""From here on a picture pixel is a square, not a blur."""
_SQUARE = 8


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


class MaskLayer:
    """The mask as a veil of one colour."""

    document: Document | None = None
    colour = QColor("#ff2d78")
    opacity = 0.55

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        if self.document is None or not self.document.mask_area:
            return
        levels = self.document.shown_mask
        level = levels.level_for(view.zoom)
        part = _part(levels, level, box)
        colour = QColor(self.colour)
        colour.setAlphaF(self.opacity)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        target = view.rect_of(_scaled(part, 2**level))
        painter.drawImage(target, mask_image(levels.arrays[level], colour.rgba()), _rect(part))


class PreviewLayer:
    """A fill's rough answer, inside the hole only."""

    def __init__(self) -> None:
        self._shown: tuple[Box, Rgba] | None = None

    def show(self, preview: Preview, mask: Mask) -> None:
        """Show `preview` where `mask`, the request's, is True."""
        alpha = mask[preview.box.slices].astype(np.uint8) * np.uint8(255)
        self._shown = preview.box, np.dstack([at_8_bits(preview.pixels), alpha])

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
