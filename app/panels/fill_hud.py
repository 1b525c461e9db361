"""How far is the fill?  A small plate over the picture, there only while something runs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.panels.plate import Plate
from app.state.filling import Filling
from app.translation import core_text
from inpainting_core.api import Report


class FillHud(Plate):
    """Progress and a way out, at the lower rim of `host`."""

    def __init__(self, filling: Filling, host: QWidget) -> None:
        super().__init__(host, at_top=False, width=360)
        self._stage = QLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(self.tr("Progress of the fill"))
        stop = QPushButton(self.tr("Cancel"))
        stop.setObjectName("secondary")
        stop.setAccessibleName(self.tr("Cancel the fill"))
        stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        stop.clicked.connect(filling.cancel)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(self._stage)
        texts.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(14)
        row.addLayout(texts, 1)
        row.addWidget(stop)
        filling.started.connect(self._on_filling_started)
        filling.progressed.connect(self._on_filling_progressed)
        filling.ended.connect(self.hide)
        if filling.is_busy:
            self._on_filling_started(None)

    @Slot(object)
    def _on_filling_started(self, _request: object) -> None:
        self._stage.setText(self.tr("Starting"))
        self._bar.setValue(0)
        self.present()

    @Slot(object)
    def _on_filling_progressed(self, report: Report) -> None:
        text = self.tr("{stage}  \u00b7  {percent} %")
        self._stage.setText(text.format(stage=core_text(report.stage), percent=round(report.fraction * 100)))
        self._bar.setValue(round(report.fraction * 1000))
