"""What does each action do?  The one place where the table of actions meets the objects."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup

from app.state.editor import EditorModel
from app.state.filling import Filling
from app.state.view_state import ToolId, ViewState
from app.windows.actions import ACTIONS
from app.windows.file_flow import FileFlow
from app.windows.stage import Stage


class Commands(QObject):
    """Connects the actions and keeps them enabled and checked as they should be."""

    def __init__(self, actions: Mapping[str, QAction], stage: Stage, flow: FileFlow, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._stage = stage
        self._flow = flow

    def connect_all(self, editor: EditorModel, state: ViewState, filling: Filling) -> None:
        """Give every action its meaning; "quit" is the window's."""
        self._editor, self._state, self._filling = editor, state, filling
        canvas = self._stage.canvas
        meanings = {
            "open": self._flow.ask_and_open,
            "paste": self._flow.paste,
            "save": self._flow.save,
            "save_as": self._flow.save_as,
            "undo": filling.undo,
            "redo": filling.redo,
            "clear": editor.clear_mask,
            "swap": state.swap_brush_and_eraser,
            "smaller": lambda: state.grow_brush(-1),
            "larger": lambda: state.grow_brush(1),
            "fill": filling.start,
            "again": filling.start_again,
            "cancel": self._cancel,
            "fit": canvas.fit,
            "zoom_100": lambda: canvas.zoom_to(1.0),
            "zoom_200": lambda: canvas.zoom_to(2.0),
            "zoom_in": canvas.zoom_in,
            "zoom_out": canvas.zoom_out,
        }
        for action_id, meaning in meanings.items():
            self._actions[action_id].triggered.connect(lambda _checked=False, meaning=meaning: meaning())
        self._connect_tools(state)
        self._actions["overlay"].toggled.connect(state.show_overlay)
        state.overlay_changed.connect(self._on_state_overlay_changed)
        editor.document_changed.connect(self._on_editor_document_changed)
        editor.history_changed.connect(self._on_editor_history_changed)
        editor.mask_changed.connect(self._on_editor_mask_changed)
        state.tool_changed.connect(self._on_state_tool_changed)
        self._on_state_tool_changed()

    def _connect_tools(self, state: ViewState) -> None:
        group = QActionGroup(self)
        tools: tuple[ToolId, ...] = ("brush", "eraser", "probe")
        for tool in tools:
            group.addAction(self._actions[tool])
            self._actions[tool].triggered.connect(lambda _checked=False, tool=tool: state.take_tool(tool))

    def _cancel(self) -> None:
        if self._filling.is_busy:
            self._filling.cancel()
        else:
            self._stage.probe.free()
            self._stage.messages.hide()

    @Slot()
    def _on_editor_document_changed(self) -> None:
        is_open = self._editor.document is not None
        for spec in ACTIONS:
            if spec.needs_picture and spec.id != "overlay":
                self._actions[spec.id].setEnabled(is_open)
        self._on_editor_history_changed()

    @Slot()
    def _on_editor_history_changed(self) -> None:
        document = self._editor.document
        if document is not None:
            self._actions["undo"].setEnabled(document.history.can_undo)
            self._actions["redo"].setEnabled(document.history.can_redo)
            self._actions["clear"].setEnabled(document.mask_area > 0)

    @Slot(object)
    def _on_editor_mask_changed(self, _box: object) -> None:
        self._on_editor_history_changed()

    @Slot()
    def _on_state_overlay_changed(self) -> None:
        self._actions["overlay"].setChecked(self._state.shows_overlay)

    @Slot()
    def _on_state_tool_changed(self) -> None:
        self._actions[self._state.tool].setChecked(True)
