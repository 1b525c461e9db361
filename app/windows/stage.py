"""What stands in the middle of the window?  The start page or the picture, and a place for messages."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.canvas.ants import MarchingAnts
from app.canvas.hands import HandTarget, ZoomTarget
from app.canvas.layers import (
    BeforeLayer,
    DifferenceLayer,
    MaskLayer,
    PictureLayer,
    PreviewLayer,
    RulesLayer,
)
from app.canvas.pointer import PointerTarget
from app.canvas.view import CanvasView
from app.document.provenance import Trace
from app.document.task import FillTask
from app.overlays.context_layer import ContextLayer
from app.overlays.loupes import LoupePlate
from app.overlays.source_overlay import SourceOverlay
from app.overlays.spot_layer import SpotLayer
from app.panels.fill_hud import FillHud
from app.panels.message_bar import MessageBar
from app.panels.option_strip import OptionStrip
from app.panels.variant_bar import VariantBar
from app.state.models import Models
from app.tools.toolbox import Toolbox
from app.windows.start_page import StartPage
from inpainting_core.api import Box, FillResult, Report

_FIRST_SIZE = 0.04
"""Diameter of a fresh brush, as a share of the picture's longer side."""


class Stage(QWidget):
    """Shows the document and keeps every layer in step with it.

    Signals:
        said: (str) Something worth a line in the status bar.
    """

    said = Signal(str)

    def __init__(self, models: Models, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._editor, self._state = models.editor, models.state
        self._task: FillTask | None = None
        self.overlay = SourceOverlay(models.editor, models.state, models.background, self)
        self._picture, self._mask, self._preview = PictureLayer(), MaskLayer(), PreviewLayer()
        self._rules, self._before, self._difference = RulesLayer(), BeforeLayer(), DifferenceLayer()
        self._spot = SpotLayer()
        after = (
            self._picture,
            self.overlay.layer,
            self._rules,
            self._mask,
            self._preview,
            self.overlay.arrow_layer,
            ContextLayer(models.state, models.forecasting),
            self._spot,
        )
        self.canvas = CanvasView(
            {"after": after, "before": (self._before,), "difference": (self._difference,)}
        )
        self.ants = MarchingAnts(self.canvas, self._mask, self)
        self._hands: dict[str, PointerTarget] = {
            "hand": HandTarget(self.canvas),
            "zoom": ZoomTarget(self.canvas),
        }
        self.tools = Toolbox(models.editor, models.state, models.filling, models.background, self)
        self.probe = self.tools.probe
        self.start = StartPage(actions)
        self.hud = FillHud(models.filling, self.canvas)
        self.variants = VariantBar(models.filling, actions["again"], self.canvas)
        self.loupes = LoupePlate(models.editor, self.canvas)
        self.strip = OptionStrip(models.state, actions)
        self._pages = QStackedWidget()
        self.messages = MessageBar(self._pages)
        self._pages.addWidget(self.start)
        self._pages.addWidget(self.canvas)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for widget in (self.strip, self._pages):
            rows.addWidget(widget)
        self.strip.hide()
        self._connect(models)
        self._show_document()
        self._on_state_tool_changed()
        self._on_state_overlay_changed()
        self._on_state_compare_changed()

    def _connect(self, models: Models) -> None:
        editor, state, filling = models.editor, models.state, models.filling
        editor.document_changed.connect(self._on_editor_document_changed)
        editor.picture_changed.connect(self._on_box_changed)
        editor.mask_changed.connect(self._on_box_changed)
        editor.rules_changed.connect(self._on_box_changed)
        editor.painted.connect(self.messages.hide)
        state.tool_changed.connect(self._on_state_tool_changed)
        state.overlay_changed.connect(self._on_state_overlay_changed)
        state.compare_changed.connect(self._on_state_compare_changed)
        self.tools.marks_changed.connect(self.canvas.refresh_marks)
        self.overlay.changed.connect(self._on_box_changed)
        self.probe.traced.connect(self._on_probe_traced)
        models.forecasting.changed.connect(self._on_forecasting_changed)
        filling.started.connect(self._on_filling_started)
        filling.progressed.connect(self._on_filling_progressed)
        filling.applied.connect(self._on_filling_applied)
        filling.ended.connect(self._on_filling_ended)

    def frame(self, spot: Box | None) -> None:
        """Put a frame about a spot; None takes it away."""
        self._spot.spot = spot
        self.canvas.paint_again()

    def say(self, text: str) -> None:
        """Say something in the status bar."""
        self.said.emit(text)

    def _show_document(self) -> None:
        document = self._editor.document
        for layer in (self._picture, self._mask, self._rules, self._before, self._difference):
            layer.document = document
        self._preview.document = document
        self._preview.clear()
        self.ants.look_again()
        page = self.start if document is None else self.canvas
        if page is not self._pages.currentWidget():
            self.strip.setVisible(document is not None)
            self._pages.setCurrentWidget(page)
        if document is not None:
            self.canvas.show_picture(document.size)
            self.canvas.setFocus()

    @Slot()
    def _on_editor_document_changed(self) -> None:
        document = self._editor.document
        self.messages.hide()
        self._show_document()
        if document is not None:
            if not self._editor.is_next:
                self._state.set_all_sizes(round(max(document.size) * _FIRST_SIZE))
            self._state.set_compare("off")
            self.messages.show_notes(document.photo.notes)

    @Slot(object)
    def _on_box_changed(self, box: Box) -> None:
        self.canvas.update_box(box)

    @Slot()
    def _on_forecasting_changed(self) -> None:
        if self._state.shows_context:
            self.canvas.paint_again()

    @Slot(object)
    def _on_probe_traced(self, trace: Trace | None) -> None:
        self.loupes.show_trace(trace, self.probe.is_locked)

    @Slot()
    def _on_state_tool_changed(self) -> None:
        self.canvas.set_target(self._hands.get(self._state.tool, self.tools.in_hand))

    @Slot()
    def _on_state_overlay_changed(self) -> None:
        look = self._state.mask
        self._mask.colour = QColor(look.colour)
        self._mask.opacity = look.opacity
        self._mask.style = look.style
        self._mask.is_shown = look.is_shown
        self.ants.look_again()
        self.canvas.paint_again()

    @Slot()
    def _on_state_compare_changed(self) -> None:
        self.canvas.set_compare(self._state.compare)

    @Slot(object)
    def _on_filling_started(self, task: FillTask) -> None:
        self._task = task
        self.messages.hide()
        self._clear_preview()

    @Slot(object)
    def _on_filling_progressed(self, report: Report) -> None:
        document, task = self._editor.document, self._task
        if report.preview is None or task is None or document is None or document.revision != task.revision:
            return
        inside = report.preview.box.shift(-task.box.top, -task.box.left)
        self._preview.show(report.preview, task.coverage[inside.slices])
        self.canvas.update_box(report.preview.box)

    @Slot(object)
    def _on_filling_applied(self, result: FillResult) -> None:
        self.messages.show_notes(result.notes)

    @Slot()
    def _on_filling_ended(self) -> None:
        self._task = None
        self._clear_preview()

    def _clear_preview(self) -> None:
        box = self._preview.box
        self._preview.clear()
        self.canvas.update_box(box)
