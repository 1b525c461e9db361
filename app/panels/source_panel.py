"""Where may content be borrowed from?  How near, in which direction, and the rules painted on the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.document.settings import AREA_KINDS, SourceArea
from app.panels.dial import Dial
from app.state.editor import EditorModel
from app.state.view_state import ViewState
from app.translation import plain

_COMMANDS = ("never", "only", "clear_rules", "clear_pins")


class SourcePanel(QWidget):
    """The source area, and the tools that paint rules."""

    def __init__(self, editor: EditorModel, state: ViewState, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._editor = editor
        self._state = state
        self._area = QComboBox()
        self._area.setAccessibleName(self.tr("Source area"))
        names = (
            self.tr("Automatic"),
            self.tr("Ring around the hole"),
            self.tr("Box around the hole"),
            self.tr("Left and right of it"),
            self.tr("Above and below it"),
            self.tr("The whole picture"),
        )
        for kind, name in zip(AREA_KINDS, names, strict=True):
            self._area.addItem(name, kind)
        self._radius = Dial(self.tr("Reach"), 16, 4000, self.tr(" px"), is_steep=True)
        self._state_of_rules = QLabel()
        self._state_of_rules.setObjectName("quiet")
        self._state_of_rules.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self._area)
        rows.addWidget(self._radius)
        rows.addSpacing(4)
        for action_id in _COMMANDS:
            rows.addWidget(_button(actions[action_id]))
        rows.addWidget(self._colours())
        rows.addWidget(self._state_of_rules)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._on_soon_timeout)
        self._area.activated.connect(self._on_area_changed)
        self._radius.value_changed.connect(self._on_area_changed)
        editor.settings_changed.connect(self._on_editor_settings_changed)
        self._on_editor_settings_changed()

    def _colours(self) -> QLabel:
        label = QLabel(self.tr("Red is never borrowed, green only or gladly. The next fill heeds it."))
        label.setObjectName("quiet")
        label.setWordWrap(True)
        return label

    @Slot()
    def look_again(self) -> None:
        """Show how far the engine looks while the panel is seen; a panel behind another one is not.

        A moment later, so that a panel whose window is taken apart has no say any more.
        """
        self._soon.start()

    @Slot()
    def _on_soon_timeout(self) -> None:
        self._state.show_context(not self.visibleRegion().isEmpty())

    @Slot(int)
    def _on_area_changed(self, _value: int) -> None:
        area = SourceArea(self._area.currentData(), self._radius.value)
        self._editor.change_settings(replace(self._editor.settings, area=area), "area")

    @Slot()
    def _on_editor_settings_changed(self) -> None:
        settings = self._editor.settings
        with QSignalBlocker(self._area):
            self._area.setCurrentIndex(self._area.findData(settings.area.kind))
        self._radius.show_value(settings.area.radius_px)
        self._radius.setEnabled(settings.area.kind not in ("auto", "all"))
        honours = settings.engine.honours_sources
        self._state_of_rules.setText(
            self.tr("{count} pins hold dragged sources.").format(count=len(settings.pins))
            if settings.pins
            else ("" if honours else self.tr("This engine copies nothing: it cannot be told where from."))
        )
        self._state_of_rules.setVisible(bool(self._state_of_rules.text()))


def _button(action: QAction) -> QToolButton:
    """Return a button as wide as the panel, with the command's picture and name."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName("secondary")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(18, 18))
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setAccessibleName(plain(action.text()))
    return button
