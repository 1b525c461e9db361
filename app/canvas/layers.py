"""What lies on the canvas?  Picture, sources, mask, preview: each paints only what is exposed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from app.canvas.colours import on_screen
from app.canvas.qimages import (
    at_8_bits,
    coloured_image,
    rgba_image,
    rim_colours,
    rules_colours,
    screen_image,
    veil_colours,
)
from app.canvas.sampling import SHARP_ZOOM, Cells, lay, sampled, seen_part
from app.canvas.viewpoint import Viewpoint
from app.document.document import Document
from app.document.levels import cells_under, pixels_of
from inpainting_core.api import Box, Coverage, Preview, Rgba

DIFFERENCE_GAIN = 4.0
_SQUARE_PX = 8
_DASH_PX = 4
_TILE_PX = 128
_RIM_ABOVE = 110
"""Coverage inside the rim; not a half, which is frequent where two pixels mix, and rounded now so, now so."""


class Layer(Protocol):
    """One sheet of the canvas."""

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """Paint at least the pixels of `box`, which lies inside the picture and is not empty."""


class PictureLayer:
    """The picture, on a checkerboard where it is transparent."""

    document: Document | None = None

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        document = self.document
        if document is None:
            return

        def look(target: Box) -> QImage:
            pixels = sampled(document.shown, view, target)
            if document.shown_alpha is not None:
                shares = _shares(sampled(document.shown_alpha, view, target))
                pixels = cv2.blendLinear(pixels, _checkerboard(view, target), *shares)  # type: ignore[assignment]
            return on_screen(screen_image(pixels), document.photo.icc)

        lay(painter, view.device_box_of(box), look)


class BeforeLayer:
    """The picture as it was opened."""

    document: Document | None = None

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        document = self.document
        if document is None:
            return

        def look(target: Box) -> QImage:
            pixels = sampled(document.shown, view, target, document.original.block)
            return on_screen(screen_image(pixels), document.photo.icc)

        lay(painter, view.device_box_of(box), look)


class DifferenceLayer:
    """How far the picture is from the one that was opened, `DIFFERENCE_GAIN` times as strong."""

    document: Document | None = None

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        document = self.document
        if document is None:
            return

        def difference(level: int, cells: Box) -> Cells:
            changed = cv2.absdiff(document.original.block(level, cells), document.shown.read(level, cells))
            return cv2.convertScaleAbs(changed, alpha=DIFFERENCE_GAIN)  # type: ignore[return-value]

        lay(
            painter,
            view.device_box_of(box),
            lambda target: screen_image(sampled(document.shown, view, target, difference)),
        )


class MaskLayer:
    """The mask: a veil of one colour, its outline, or marching ants.

    Attributes:
        style: "veil", "outline" or "ants".
        phase: Device pixels that the ants have marched.
    """

    document: Document | None = None
    colour = QColor("#ff2d78")
    opacity = 0.55
    style = "veil"
    is_shown = True
    phase = 0

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        if self.document is None or not self.is_shown:
            return
        levels = self.document.shown_mask
        if self.style == "veil":
            place = view.device_box_of(seen_part(levels, view, box))
            colours = veil_colours(self.colour, self.opacity, levels.level_for(view.zoom))
            lay(painter, place, lambda target: coloured_image(sampled(levels, view, target), colours))
            return
        width = max(1, round(view.ratio))
        whole = Box(0, 0, *self.document.size)
        around = box.pad(math.ceil(3 * width / view.zoom)).intersect(whole)
        place = view.device_box_of(seen_part(levels, view, around)).pad(width)
        colours = rim_colours(self.colour, marches=self.style == "ants")
        lay(
            painter,
            place.intersect(view.device_box_of(box)),
            lambda target: coloured_image(self._rim(view, target, width), colours),
        )

    def rim_boxes(self, view: Viewpoint, box: Box) -> list[Box]:
        """Return boxes of pixels, about `_TILE_PX` device pixels each, that hold all of the rim in `box`."""
        if self.document is None or box.is_empty:
            return []
        levels = self.document.shown_mask
        level = min(max(0, math.ceil(math.log2(_TILE_PX / view.zoom))), len(levels.arrays) - 1)
        cells = cells_under(box, 2**level).pad(1).clamp(levels.size_of(level))
        covered = np.pad(levels.read(level, cells), 1)  # beyond the picture lies nothing
        square = np.ones((3, 3), np.uint8)
        near_hole = cv2.dilate((covered > 0).view(np.uint8), square) > 0
        near_rest = cv2.dilate((covered < 255).view(np.uint8), square) > 0
        rim = np.argwhere((near_hole & near_rest)[1:-1, 1:-1]).tolist()
        return [pixels_of(Box(cells.top + y, cells.left + x, 1, 1), 2**level) for y, x in rim]

    def _rim(self, view: Viewpoint, target: Box, width: int) -> Cells:
        """Return which colour of the rim each device pixel of `target` shows."""
        if self.document is None:
            raise LookupError("no document is shown")
        levels = self.document.shown_mask
        level = levels.level_for(view.zoom)
        near = target.pad(2 * width).intersect(view.device_box_of(Box(0, 0, *self.document.size)))
        inside = sampled(levels, view, near) > (_RIM_ABOVE >> (level + 1) if level else _RIM_ABOVE)
        lines = _rim(inside.view(np.uint8), width)[target.shift(-near.top, -near.left).slices]
        return (lines > 0) * (1 + _dashes(view, target, self.phase)) if self.style == "ants" else lines


class RulesLayer:
    """Where content may be borrowed from: red never, green only or gladly."""

    document: Document | None = None

    def paint(self, painter: QPainter, view: Viewpoint, box: Box) -> None:
        """See `Layer`."""
        levels = None if self.document is None else self.document.shown_rules
        if levels is not None:
            colours = rules_colours()
            lay(
                painter,
                view.device_box_of(box),
                lambda target: coloured_image(sampled(levels, view, target), colours),
            )


class PreviewLayer:
    """A fill's rough answer, inside the hole only."""

    document: Document | None = None

    def __init__(self) -> None:
        self._shown: tuple[Box, Rgba] | None = None

    def show(self, preview: Preview, coverage: Coverage) -> None:
        """Show `preview` as far as `coverage`, of the preview's size, lets it."""
        pixels = np.dstack([at_8_bits(preview.pixels), coverage])
        icc = None if self.document is None else self.document.photo.icc
        shown = on_screen(rgba_image(pixels), icc)
        rows = np.frombuffer(shown.constBits(), np.uint8).reshape(pixels.shape)
        self._shown = preview.box, rows.copy()

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


def _checkerboard(view: Viewpoint, target: Box) -> Cells:
    """Return light and dark squares that move with the picture, (target.height, target.width, 4) uint8."""
    square = _SQUARE_PX * view.ratio
    y, x = _from_corner(view, target)
    is_dark = (y // square + x // square) % 2
    return np.repeat(np.where(is_dark, 204, 255).astype(np.uint8)[..., None], 4, axis=2)


def _dashes(view: Viewpoint, target: Box, phase: int) -> Cells:
    """Return 0 or 1, in stripes that move with the picture, (target.height, target.width) uint8."""
    y, x = _from_corner(view, target)
    return ((y + x + phase) // (_DASH_PX * view.ratio) % 2).astype(np.uint8)


def _from_corner(view: Viewpoint, target: Box) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a column of y and a row of x of device pixels, counted from the picture's corner."""
    corner = view.device_box_of(Box(0, 0, 0, 0))
    here = target.shift(-corner.top, -corner.left)
    return np.arange(here.top, here.bottom)[:, None], np.arange(here.left, here.right)


def _shares(alpha: Cells) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how much of the picture and of what is under it is seen, 0 to 1."""
    share = alpha.astype(np.float32) / np.float32(255)
    return share, 1 - share


def _rim(inside: Cells, width: int) -> Cells:
    """Return 2 on the inner rim of what is 1, 1 around it, else 0; beyond the array lies nothing."""
    square = np.ones((2 * width + 1,) * 2, np.uint8)
    core = cv2.erode(inside, square, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    outer = cv2.dilate(inside, square)
    return inside - core + (outer - core)
