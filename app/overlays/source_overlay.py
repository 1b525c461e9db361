"""What do the source views show?  Directions, arrows, how often a place was used, how sure the fill is.

Pictures are rendered beside the window, once for every change, and then only painted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.canvas.layers import OverlayLayer
from app.document.edits import Filled
from app.overlays.arrow_layer import ArrowLayer
from app.state.editor import EditorModel
from app.state.view_state import OverlayKind, ViewState
from app.translation import core_text
from app.work.background import Background
from inpainting_core.api import (
    Box,
    CorrespondenceField,
    Mask,
    Palette,
    Rgba,
    arrows,
    confidence,
    longest_offset,
    render_confidence,
    render_density,
    render_field,
    source_density,
)

LANE = "source views"
BLINK_MS = 600
ARROW_GRID_PX = 4
"""Arrows are sampled on this grid of picture pixels and thinned while painting."""


@dataclass(frozen=True, eq=False)
class Seen:
    """A filled region as far as it still shows.

    Attributes:
        fill: The region.
        own: (box.height, box.width) bool of its field's box: where it is the newest to have filled.
    """

    fill: Filled
    own: NDArray[np.bool_]

    @property
    def field(self) -> CorrespondenceField:
        """The region's field."""
        if self.fill.field is None:
            raise LookupError("only regions with a field are seen")
        return self.fill.field


@dataclass(frozen=True, eq=False)
class Rendered:
    """What is painted.

    Attributes:
        pictures: Coloured pictures and where they lie.
        arrows: (n, 5) float32: y, x, dy, dx, confidence.
    """

    pictures: tuple[tuple[Box, Rgba], ...] = ()
    arrows: NDArray[np.float32] | None = None

    def within(self, mask: Mask) -> Rendered:
        """Return what of it lies inside `mask`, (H, W) of the picture."""
        cut = [
            (box, np.where(mask[box.slices][..., None], picture, np.uint8(0)))
            for box, picture in self.pictures
        ]
        arrows = self.arrows
        if arrows is not None:
            arrows = arrows[mask[arrows[:, 0].astype(int), arrows[:, 1].astype(int)]]
        return Rendered(tuple(cut), arrows)


class SourceOverlay(QObject):
    """Keeps the overlay layers in step with provenance; renders only while it is shown.

    Signals:
        changed: (Box) Repaint these pixels.
        scale_changed: The distance at full strength, or whether there is anything to show, changed.
    """

    changed = Signal(object)
    scale_changed = Signal()

    def __init__(
        self, editor: EditorModel, state: ViewState, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.layer = OverlayLayer()
        self.arrow_layer = ArrowLayer(state)
        self._editor = editor
        self._state = state
        self._background = background
        self._rendered: tuple[OverlayKind, Palette, float] | None = None
        self._is_dark = False
        self._kept = Rendered()
        self.full_px = 0.0
        self._blink = QTimer(self, interval=BLINK_MS)
        self._blink.timeout.connect(self._on_blink_timeout)
        editor.document_changed.connect(self._on_provenance_changed)
        editor.provenance_changed.connect(self._on_provenance_changed)
        editor.history_changed.connect(self._on_editor_history_changed)
        state.overlay_changed.connect(self._on_state_overlay_changed)
        self._on_provenance_changed()

    @property
    def has_content(self) -> bool:
        """True when some fill knows its sources."""
        return self.full_px > 0

    @property
    def why_empty(self) -> str:
        """One sentence: why there is nothing to show; empty when there is."""
        if self.has_content:
            return ""
        document = self._editor.document
        fills = document.provenance.fills if document is not None else ()
        return core_text(fills[-1].why_no_field) if fills else self.tr("Nothing has been filled yet.")

    @Slot()
    def _on_provenance_changed(self) -> None:
        document = self._editor.document
        fields = [fill.field for fill in document.provenance.fills] if document is not None else []
        self.full_px = round_up(
            max((longest_offset(field) for field in fields if field is not None), default=0.0)
        )
        self._rendered = None
        self.scale_changed.emit()
        self._on_state_overlay_changed()

    @Slot()
    def _on_state_overlay_changed(self) -> None:
        look = self._state.overlay
        is_shown = self._state.shows_overlay and self.has_content
        self.layer.opacity = self.arrow_layer.opacity = look.opacity
        if look.blinks and is_shown:
            if not self._blink.isActive():
                self._blink.start()
        else:
            self._blink.stop()
            self._is_dark = False
        wanted = look.kind, look.palette, self.full_px
        if not is_shown:
            self._background.cancel(LANE)
            self._rendered = None
            self._take(Rendered())
        elif self._rendered != wanted:
            self._rendered = wanted
            self._background.submit(LANE, partial(_render, self.seen(), *wanted), self._take, self)
        else:
            self._take(self._kept)

    @Slot()
    def _on_editor_history_changed(self) -> None:
        if self._state.overlay.only_in_mask and self._rendered is not None:
            self._take(self._kept)

    def seen(self) -> tuple[Seen, ...]:
        """Return every region with a field, as far as it still shows."""
        document = self._editor.document
        if document is None:
            return ()
        provenance = document.provenance
        return tuple(
            Seen(fill, provenance.owner[fill.field.box.slices] == number)
            for number, fill in enumerate(provenance.fills, 1)
            if fill.field is not None
        )

    def _take(self, rendered: Rendered) -> None:
        old = self._covered()
        self._kept = rendered
        self._put()
        self.changed.emit(old.union(self._covered()))

    def _put(self) -> None:
        shown = Rendered() if self._is_dark else self._kept
        document = self._editor.document
        if document is not None and self._state.overlay.only_in_mask and document.has_mask:
            shown = shown.within(document.hole)
        self.layer.pictures = shown.pictures
        self.arrow_layer.arrows = shown.arrows

    def _covered(self) -> Box:
        if self.arrow_layer.arrows is not None and self._editor.document is not None:
            return Box(0, 0, *self._editor.document.size)
        covered = Box(0, 0, 0, 0)
        for box, _ in self.layer.pictures:
            covered = covered.union(box)
        return covered

    @Slot()
    def _on_blink_timeout(self) -> None:
        old = self._covered()
        self._is_dark = not self._is_dark
        self._put()
        self.changed.emit(old.union(self._covered()))


def _render(
    seen: Sequence[Seen], kind: OverlayKind, palette: Palette, full_px: float, _token: object
) -> Rendered:
    if kind == "arrows":
        found = [_arrows_of(one) for one in seen]
        return Rendered(arrows=np.concatenate(found) if found else None)
    if kind == "density":
        return Rendered(tuple(_density_of(one) for one in seen))
    return Rendered(tuple(_colours_of(one, kind, palette, full_px) for one in seen))


def _colours_of(seen: Seen, kind: OverlayKind, palette: Palette, full_px: float) -> tuple[Box, Rgba]:
    field = seen.field
    if kind == "wheel":
        cells = render_field(field, full_px, palette)
    else:
        cells = render_confidence(confidence(field, seen.fill.energy))
    box = field.box
    picture = cv2.resize(cells, (box.width, box.height), interpolation=cv2.INTER_NEAREST).astype(np.uint8)
    picture[~seen.own] = 0
    return box, picture


def _density_of(seen: Seen) -> tuple[Box, Rgba]:
    box, counts = source_density(seen.field)
    return box, render_density(counts)


def _arrows_of(seen: Seen) -> NDArray[np.float32]:
    found = arrows(seen.field, confidence(seen.field, seen.fill.energy), ARROW_GRID_PX)
    box = seen.field.box
    y, x = found[:, 0].astype(int) - box.top, found[:, 1].astype(int) - box.left
    own: NDArray[np.float32] = found[seen.own[y, x]]
    return own


def round_up(distance: float) -> float:
    """Return the next of 10, 15, 20, 30, 40, 60, 80, 100, 150 and so on; 0 stays 0."""
    if distance <= 0:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(max(distance, 10.0)))
    return next(decade * step for step in (1, 1.5, 2, 3, 4, 6, 8, 10) if decade * step >= distance)
