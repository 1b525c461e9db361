"""How far is the fill?  A small plate over the picture, there only while something runs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.state.filling import Filling
from inpainting_core.api import Report

_GAP = 24


class FillHud(QFrame):
    """Progress and a way out, at the lower rim of `host`."""

    def __init__(self, filling: Filling, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setObjectName("hud")
        self._stage = QLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(self.tr("Progress of the fill"))
        stop = QPushButton(self.tr("Cancel"))
        stop.setAccessibleName(self.tr("Cancel the fill"))
        stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        stop.clicked.connect(filling.cancel)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(self._stage)
        texts.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(14)
        row.addLayout(texts, 1)
        row.addWidget(stop)
        self.setFixedWidth(340)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()
        host.installEventFilter(self)
        filling.started.connect(self._on_filling_started)
        filling.progressed.connect(self._on_filling_progressed)
        filling.ended.connect(self.hide)

    @Slot(object)
    def _on_filling_started(self, _request: object) -> None:
        self._stage.setText(self.tr("Starting"))
        self._bar.setValue(0)
        self._place()
        self.show()
        self.raise_()

    @Slot(object)
    def _on_filling_progressed(self, report: Report) -> None:
        percent = self.tr("{stage}  {percent} %")
        self._stage.setText(percent.format(stage=report.stage, percent=round(report.fraction * 100)))
        self._bar.setValue(round(report.fraction * 1000))

    def _place(self) -> None:
        self.adjustSize()
        left = (self._host.width() - self.width()) // 2
        self.move(left, self._host.height() - self.height() - _GAP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay at the lower rim when the host is resized."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
