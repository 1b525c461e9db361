"""How will the hole be filled?  The engine, its options, and the button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.panels.option_form import OptionForm
from app.state.editor import EditorModel
from app.state.filling import Filling
from app.style.icons import accent_icon
from app.translation import core_text, plain
from inpainting_core.api import ENGINES, EngineInfo, OptionValue, readiness


class EnginePanel(QWidget):
    """Chooses the engine."""

    def __init__(  # noqa: PLR0913  (two models and the three actions it shows)
        self, editor: EditorModel, filling: Filling, fill: QAction, again: QAction, on_release: QAction
    ) -> None:
        super().__init__()
        self._editor = editor
        self._filling = filling
        self._shown: EngineInfo | None = None
        self._form: OptionForm | None = None
        self._engine = QComboBox()
        self._engine.setAccessibleName(self.tr("Engine"))
        for info in ENGINES:
            self._engine.addItem(core_text(info.name), info.id)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._summary.setObjectName("quiet")
        self._weights = QLabel()
        self._weights.setWordWrap(True)
        self._weights.setObjectName("quiet")
        self._weights.setTextFormat(Qt.TextFormat.PlainText)  # a title is anybody's
        self._weights.setMinimumWidth(1)  # it may name a long file
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)
        self._rows.addWidget(self._engine)
        self._rows.addWidget(self._summary)
        self._rows.addLayout(self._buttons(fill, again))
        self._rows.addWidget(self._switch(on_release))
        self._rows.addWidget(self._weights)
        self._engine.activated.connect(self._on_engine_index_changed)
        editor.settings_changed.connect(self._on_editor_settings_changed)
        self._on_editor_settings_changed()

    def _buttons(self, fill: QAction, again: QAction) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        primary, secondary = QPushButton(), QToolButton()
        primary.setObjectName("primary")
        primary.setText(plain(fill.text()))
        primary.setIcon(accent_icon("fill"))
        primary.clicked.connect(fill.trigger)
        primary.setEnabled(fill.isEnabled())
        fill.enabledChanged.connect(primary.setEnabled)
        primary.setToolTip(fill.toolTip())
        secondary.setDefaultAction(again)
        secondary.setObjectName("secondary")
        for button, action in ((primary, fill), (secondary, again)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(plain(action.text()))
        row.addWidget(primary, 1)
        row.addWidget(secondary)
        return row

    @Slot(int)
    def _on_engine_index_changed(self, index: int) -> None:
        self._filling.use_engine(ENGINES[index])

    def _switch(self, on_release: QAction) -> QCheckBox:
        box = QCheckBox(plain(on_release.text()))
        box.setToolTip(on_release.toolTip())
        box.setChecked(on_release.isChecked())
        box.clicked.connect(on_release.trigger)
        on_release.toggled.connect(box.setChecked)
        return box

    @Slot()
    def _on_editor_settings_changed(self) -> None:
        settings = self._editor.settings
        if (
            self._shown is not settings.engine
            or self._form is not None
            and self._form.values() != dict(settings.engine_options)
        ):
            self._show_engine(settings.engine)

    def _show_engine(self, info: EngineInfo) -> None:
        self._shown = info
        self._engine.setCurrentIndex(self._engine.findData(info.id))
        self._summary.setText(core_text(info.summary))
        _, note, hint = readiness(info)
        self._weights.setText(f"{core_text(note)} {core_text(hint)}".strip())
        self._weights.setVisible(bool(note))
        if self._form is not None:
            self._rows.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = OptionForm(info.options, self._editor.settings.engine_options)
        self._form.option_changed.connect(self._on_form_option_changed)
        self._rows.insertWidget(self._rows.indexOf(self._summary) + 1, self._form)

    @Slot(str, object)
    def _on_form_option_changed(self, key: str, value: OptionValue) -> None:
        self._filling.set_option(key, value)
