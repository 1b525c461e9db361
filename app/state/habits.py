"""How do the person's choices outlive the program?  Preferences and models, kept in step both ways."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from app.document.history import BUDGET_BYTES
from app.preferences import PreferenceStore
from app.state.editor import EditorModel
from app.state.filling import Filling
from app.state.view_state import ViewState

_MEGABYTE = 1 << 20


class Habits(QObject):
    """Sets the models as the preferences say, and notes in them what is set elsewhere."""

    def __init__(
        self,
        preferences: PreferenceStore,
        editor: EditorModel,
        state: ViewState,
        filling: Filling,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._editor = editor
        self._state = state
        self._filling = filling
        self._budget = BUDGET_BYTES
        values = preferences.values
        state.set_hardness(values.brush_hardness)
        state.set_brush_opacity(values.brush_opacity)
        self._on_preferences_changed("")
        preferences.changed.connect(self._on_preferences_changed)
        editor.document_changed.connect(self._on_editor_document_changed)
        state.overlay_changed.connect(self._on_state_overlay_changed)
        state.brush_changed.connect(self._on_state_brush_changed)
        filling.on_release_changed.connect(self._on_filling_on_release_changed)

    @Slot(str)
    def _on_preferences_changed(self, _name: str) -> None:
        values, state = self._preferences.values, self._state
        state.pressure_sizes, state.pressure_hardens = values.pressure_sizes, values.pressure_hardens
        state.smoothing_px = values.smoothing_px
        mask = replace(
            state.mask, colour=values.mask_colour, opacity=values.mask_opacity, style=values.mask_style
        )
        overlay = replace(
            state.overlay,
            kind=values.overlay_kind,
            opacity=values.overlay_opacity,
            palette=values.overlay_palette,
        )
        if mask != state.mask:
            state.set_mask_look(mask)
        if overlay != state.overlay:
            state.set_overlay(overlay)
        self._filling.threads = values.threads
        self._filling.most_megabytes = values.memory_mb
        state.shows_rim = values.cursor == "ring"
        if values.fill_on_release != self._filling.is_on_release:
            self._filling.set_on_release(values.fill_on_release)
        self._on_editor_document_changed()

    @Slot()
    def _on_editor_document_changed(self) -> None:
        document = self._editor.document
        budget = self._preferences.values.undo_mb * _MEGABYTE
        if document is not None and document.history.budget_bytes in (BUDGET_BYTES, self._budget):
            document.history.budget_bytes = budget  # a document that was given another one keeps it
        self._budget = budget

    @Slot()
    def _on_state_overlay_changed(self) -> None:
        mask, overlay = self._state.mask, self._state.overlay
        self._preferences.change(
            mask_colour=mask.colour,
            mask_opacity=mask.opacity,
            mask_style=mask.style,
            overlay_kind=overlay.kind,
            overlay_opacity=overlay.opacity,
            overlay_palette=overlay.palette,
        )

    @Slot()
    def _on_state_brush_changed(self) -> None:
        if self._state.nib_tool == "brush":
            nib = self._state.nib
            self._preferences.change(brush_hardness=nib.hardness, brush_opacity=nib.opacity)

    @Slot()
    def _on_filling_on_release_changed(self) -> None:
        self._preferences.change(fill_on_release=self._filling.is_on_release)
