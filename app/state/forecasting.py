"""What will the fill take?  Asked beside the window whenever the mask or the settings changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.document.document import Document
from app.state.editor import EditorModel
from app.work.background import Background
from app.work.fill_worker import Filler
from inpainting_core.api import CancelToken, Forecast, InpaintingError

LANE = "forecast"


class Forecasting(QObject):
    """Keeps a forecast of the fill that Enter would start.

    Signals:
        changed: There is another forecast, or none.
    """

    changed = Signal()

    def __init__(
        self, editor: EditorModel, filler: Filler, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._filler = filler
        self._background = background
        self.latest: Forecast | None = None
        editor.document_changed.connect(self._on_editor_changed)
        editor.history_changed.connect(self._on_editor_changed)
        editor.settings_changed.connect(self._on_editor_changed)

    @Slot()
    def _on_editor_changed(self) -> None:
        document = self._editor.document
        if document is None or not document.mask_area or document.mask_area == document.mask.size:
            self._background.cancel(LANE)
            self._take(None)
            return
        self._background.submit(LANE, partial(_forecast, self._filler, document), self._take)

    def _take(self, forecast: Forecast | None) -> None:
        if forecast != self.latest:
            self.latest = forecast
            self.changed.emit()


def _forecast(filler: Filler, document: Document, _token: CancelToken) -> Forecast | None:
    """Return the forecast; what changes while the mask is copied here is asked about again."""
    nothing = np.broadcast_to(np.zeros((), document.image.dtype), document.image.shape)
    task = replace(document.describe_fill(), image=nothing)
    try:
        return filler.forecast(task.request())
    except InpaintingError:
        return None  # the fill will say why
