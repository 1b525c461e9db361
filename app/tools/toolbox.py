"""Which tool is in hand?  One object for each kind of tool; the state says which the mouse talks to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.canvas.pointer import PointerTarget
from app.state.editor import EditorModel
from app.state.filling import Filling
from app.state.view_state import ViewState
from app.tools.brush import BrushTool
from app.tools.selecting import ObjectTool, WandTool
from app.tools.shapes import ShapeTool
from app.tools.source_probe import SourceProbe
from app.work.background import Background


class Toolbox(QObject):
    """Every tool, and which of them the canvas talks to.

    Signals:
        marks_changed: The tool's marks must be painted again.
    """

    marks_changed = Signal()

    def __init__(
        self,
        editor: EditorModel,
        state: ViewState,
        filling: Filling,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self.brush = BrushTool(editor, state, self)
        self.shapes = ShapeTool(editor, state, self)
        self.wand = WandTool(editor, state, background, self)
        self.object = ObjectTool(editor, state, background, self)
        self.probe = SourceProbe(editor, filling, self)
        for changed in (self.wand.changed, self.object.changed, state.brush_changed):
            changed.connect(self.marks_changed)
        self.probe.traced.connect(self._on_probe_traced)
        state.tool_changed.connect(self._on_state_tool_changed)

    @property
    def in_hand(self) -> PointerTarget:
        """The tool that the mouse moves."""
        tools: dict[str, PointerTarget] = {
            "lasso": self.shapes,
            "polygon": self.shapes,
            "rectangle": self.shapes,
            "ellipse": self.shapes,
            "wand": self.wand,
            "object": self.object,
            "probe": self.probe,
        }
        return tools.get(self._state.tool, self.brush)

    def abandon(self) -> bool:
        """Drop what the tool in hand has not finished; return False when there is nothing."""
        tool = self.in_hand
        abandoned = bool(tool.abandon()) if hasattr(tool, "abandon") else False
        self.marks_changed.emit()
        return abandoned

    @Slot(object)
    def _on_probe_traced(self, _trace: object) -> None:
        self.marks_changed.emit()

    @Slot()
    def _on_state_tool_changed(self) -> None:
        self.brush.finish()  # the canvas does not release what another tool pressed
        if self._state.tool != "probe":
            self.probe.free()
