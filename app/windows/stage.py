"""What stands in the middle of the window?  The start page or the picture, and a place for messages."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.canvas.layers import MaskLayer, PictureLayer, PreviewLayer
from app.canvas.view import CanvasView
from app.overlays.source_overlay import SourceOverlay
from app.panels.fill_hud import FillHud
from app.panels.message_bar import MessageBar
from app.panels.option_strip import OptionStrip
from app.state.editor import EditorModel
from app.state.filling import Filling
from app.state.view_state import ViewState
from app.tools.brush import BrushTool
from app.tools.source_probe import SourceProbe
from app.windows.start_page import StartPage
from inpainting_core.api import Box, FillRequest, FillResult, Report


class Stage(QWidget):
    """Shows the document and keeps every layer in step with it."""

    def __init__(
        self, editor: EditorModel, state: ViewState, filling: Filling, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__()
        self._editor = editor
        self._state = state
        self._request: FillRequest | None = None
        self.overlay = SourceOverlay(editor, state, self)
        self._picture, self._mask, self._preview = PictureLayer(), MaskLayer(), PreviewLayer()
        self.canvas = CanvasView((self._picture, self.overlay.layer, self._mask, self._preview))
        self._brush = BrushTool(editor, state, self)
        self.probe = SourceProbe(editor, self)
        self.start = StartPage(actions)
        self.hud = FillHud(filling, self.canvas)
        self.strip = OptionStrip(state)
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
        self._connect(filling)
        self._on_state_tool_changed()
        self._on_state_overlay_changed()

    def _connect(self, filling: Filling) -> None:
        editor, state = self._editor, self._state
        editor.document_changed.connect(self._on_editor_document_changed)
        editor.picture_changed.connect(self._on_box_changed)
        editor.mask_changed.connect(self._on_box_changed)
        state.tool_changed.connect(self._on_state_tool_changed)
        state.brush_changed.connect(self.canvas.refresh_marks)
        state.overlay_changed.connect(self._on_state_overlay_changed)
        self.overlay.changed.connect(self._on_box_changed)
        self.probe.traced.connect(self._on_probe_traced)
        filling.started.connect(self._on_filling_started)
        filling.progressed.connect(self._on_filling_progressed)
        filling.applied.connect(self._on_filling_applied)
        filling.ended.connect(self._on_filling_ended)
        filling.failed.connect(self._on_filling_failed)

    @Slot()
    def _on_editor_document_changed(self) -> None:
        document = self._editor.document
        self._picture.document = self._mask.document = document
        self._preview.clear()
        self.messages.hide()
        self.strip.setVisible(document is not None)
        self._pages.setCurrentWidget(self.start if document is None else self.canvas)
        if document is not None:
            self._state.set_both_sizes(round(max(document.size) * 0.04))
            self.canvas.show_picture(document.size)
            self.canvas.setFocus()
            self.messages.show_notes(document.photo.notes)

    @Slot(object)
    def _on_box_changed(self, box: Box) -> None:
        self.canvas.update_box(box)

    @Slot(object)
    def _on_probe_traced(self, _trace: object) -> None:
        self.canvas.refresh_marks()

    @Slot()
    def _on_state_tool_changed(self) -> None:
        self.probe.free()
        self.canvas.set_target(self.probe if self._state.tool == "probe" else self._brush)

    @Slot()
    def _on_state_overlay_changed(self) -> None:
        self._mask.colour = QColor(self._state.mask_colour)
        self._mask.opacity = self._state.mask_opacity
        self.canvas.update()

    @Slot(object)
    def _on_filling_started(self, request: FillRequest) -> None:
        self._request = request
        self.messages.hide()
        self._clear_preview()

    @Slot(object)
    def _on_filling_progressed(self, report: Report) -> None:
        document = self._editor.document
        if report.preview is None or self._request is None or document is None:
            return
        if document.revision == self._request.revision:
            self._preview.show(report.preview, self._request.mask)
            self.canvas.update_box(report.preview.box)

    @Slot(object)
    def _on_filling_applied(self, result: FillResult) -> None:
        self.messages.show_notes(result.notes)

    @Slot()
    def _on_filling_ended(self) -> None:
        self._request = None
        self._clear_preview()

    @Slot(object)
    def _on_filling_failed(self, report: object) -> None:
        self._clear_preview()

    def _clear_preview(self) -> None:
        box = self._preview.box
        self._preview.clear()
        self.canvas.update_box(box)
