"""What is so right now?  Pointer, source, mask, engine, last fill and zoom, in the status bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from app.canvas.view import CanvasView
from app.document.provenance import Trace
from app.panels.tool_words import words_of
from app.state.models import Models
from app.tools.source_probe import as_text
from app.translation import core_text
from inpainting_core.api import Point


class Line(QLabel):
    """A sentence that ends in dots where there is no more room; its tooltip has it whole.

    Attributes:
        whole: What is said.
    """

    def __init__(self) -> None:
        super().__init__()
        self.whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Say something else."""
        self.whole = text
        self.setToolTip(text)
        room = self.contentsRect().width()
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802
        """Say as much as there is room for now."""
        self.say(self.whole)


class StatusLine(QStatusBar):
    """The line below the picture."""

    def __init__(self, models: Models, canvas: CanvasView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        editor, filling = models.editor, models.filling
        self._editor = editor
        self._filling = filling
        self._forecasting = models.forecasting
        self._state = models.state
        self._canvas = canvas
        self._trace: Trace | None = None
        self.setSizeGripEnabled(False)
        self._pointer = self._field(self.tr("Pointer position"), "99999, 99999")
        self.addWidget(self._pointer)
        self._source = Line()
        self._source.setAccessibleName(self.tr("Source of the pixel"))
        self.addWidget(self._source, 1)  # a message covers it for a while, not what stands to its right
        self._mask = self._field(self.tr("Size of the mask, and what filling it takes"), "")
        self._engine = self._field(self.tr("Engine"), "")
        self._seconds = self._field(self.tr("Time of the last fill"), "")
        self._zoom = self._field(self.tr("Zoom"), "6400 %")
        for field in (self._mask, self._engine, self._seconds, self._zoom):
            self.addPermanentWidget(field)
        editor.document_changed.connect(self._refresh)
        editor.mask_changed.connect(self._on_editor_mask_changed)
        editor.settings_changed.connect(self._refresh)
        models.forecasting.changed.connect(self._refresh)
        filling.applied.connect(self._on_filling_applied)
        canvas.viewpoint_changed.connect(self._refresh)
        canvas.pixel_hovered.connect(self._on_canvas_pixel_hovered)
        editor.document_changed.connect(self._show_source)
        models.state.tool_changed.connect(self._show_source)
        self._refresh()
        self._show_source()

    @property
    def source_text(self) -> str:
        """The text of the probe, whole."""
        return self._source.whole

    def _field(self, name: str, widest: str) -> QLabel:
        label = QLabel()
        label.setAccessibleName(name)
        label.setToolTip(name)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest) + 12)
        return label

    @Slot(object)
    def on_probe_traced(self, trace: Trace | None) -> None:
        """Say where the pixel came from, or how the tool in hand is used."""
        self._trace = trace
        self._show_source()

    @Slot()
    def _show_source(self) -> None:
        is_open = self._editor.document is not None
        hint = words_of(self._state.tool)[1] if is_open else ""
        self._source.say(hint if self._trace is None else as_text(self._trace))

    @Slot(object)
    def _on_canvas_pixel_hovered(self, pixel: Point | None) -> None:
        self._pointer.setText("" if pixel is None else f"{pixel.x}, {pixel.y}")

    @Slot(object)
    def _on_editor_mask_changed(self, _box: object) -> None:
        self._refresh()

    @Slot(object)
    def _on_filling_applied(self, _result: object) -> None:
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        document = self._editor.document
        self._engine.setText(core_text(self._filling.engine.name) if document is not None else "")
        seconds = self._filling.last_seconds
        self._seconds.setText(
            "" if seconds is None else self.tr("Filled in {seconds} s").format(seconds=f"{seconds:.1f}")
        )
        if document is None:
            self._mask.setText("")
            self._zoom.setText("")
            return
        percent = 100 * document.mask_area / (document.size.h * document.size.w)
        shown = "< 0.1" if 0 < percent < 0.1 else f"{percent:.1f}"
        text = self.tr("Mask {percent} %").format(percent=shown) if percent else self.tr("Nothing marked")
        forecast = self._forecasting.latest
        if forecast is not None:
            text += "  \u00b7  " + self.tr("about {seconds} s, {megabytes} MB").format(
                seconds=f"{forecast.seconds:.1f}", megabytes=round(forecast.peak_bytes / 1e6)
            )
        self._mask.setText(text)
        self._zoom.setText(f"{round(100 * self._canvas.viewpoint.zoom)} %")
