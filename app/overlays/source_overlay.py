"""What does the whole-picture overlay show?  The direction of every filled pixel's source, at one scale."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.canvas.layers import OverlayLayer
from app.document.provenance import Provenance
from app.state.editor import EditorModel
from app.state.view_state import ViewState
from inpainting_core.api import Box, CorrespondenceField, Palette, Rgba, longest_offset, render_field


class SourceOverlay(QObject):
    """Keeps an overlay layer in step with provenance; renders only while it is shown.

    Signals:
        changed: (Box) Repaint these pixels.
        scale_changed: The distance at full strength, or whether there is anything to show, changed.
    """

    changed = Signal(object)
    scale_changed = Signal()

    def __init__(self, editor: EditorModel, state: ViewState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layer = OverlayLayer()
        self._editor = editor
        self._state = state
        self._rendered: tuple[Palette, float] | None = None
        self.full_px = 0.0
        editor.document_changed.connect(self._on_provenance_changed)
        editor.provenance_changed.connect(self._on_provenance_changed)
        state.overlay_changed.connect(self._on_state_overlay_changed)

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
        return fills[-1].why_no_field if fills else self.tr("Nothing has been filled yet.")

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
        document, old = self._editor.document, self._covered()
        self.layer.opacity = self._state.overlay_opacity
        if document is None or not self._state.shows_overlay or not self.has_content:
            self.layer.pictures = ()
            self._rendered = None
        elif self._rendered != (self._state.palette, self.full_px):
            self.layer.pictures = render_all(document.provenance, self.full_px, self._state.palette)
            self._rendered = self._state.palette, self.full_px
        self.changed.emit(old.union(self._covered()))

    def _covered(self) -> Box:
        covered = Box(0, 0, 0, 0)
        for box, _ in self.layer.pictures:
            covered = covered.union(box)
        return covered


def render_all(provenance: Provenance, full_px: float, palette: Palette) -> tuple[tuple[Box, Rgba], ...]:
    """Return the pictures of all fields, each only where it is the newest to have filled a pixel."""
    return tuple(
        _render_one(provenance, number, fill.field, full_px, palette)
        for number, fill in enumerate(provenance.fills, 1)
        if fill.field is not None
    )


def _render_one(
    provenance: Provenance, number: int, field: CorrespondenceField, full_px: float, palette: Palette
) -> tuple[Box, Rgba]:
    box = field.box
    picture = cv2.resize(
        render_field(field, full_px, palette), (box.width, box.height), interpolation=cv2.INTER_NEAREST
    ).astype(np.uint8, copy=False)
    picture[provenance.owner[box.slices] != number] = 0
    return box, picture


def round_up(distance: float) -> float:
    """Return the next of 10, 15, 20, 30, 40, 60, 80, 100, 150 and so on; 0 stays 0."""
    if distance <= 0:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(max(distance, 10.0)))
    return next(decade * step for step in (1, 1.5, 2, 3, 4, 6, 8, 10) if decade * step >= distance)
