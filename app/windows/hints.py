"""What is said to somebody who is here for the first time?  How to begin, and what to ask a fill."""

from __future__ import annotations

from typing import Literal, Protocol

from PySide6.QtCore import QObject, Slot

from app.panels.hint_chip import HintChip
from app.state.models import Models
from app.windows.stage import Stage
from inpainting_core.api import FillResult

HintId = Literal["paint", "fill", "probe"]


class HintMemory(Protocol):
    """Remembers which hints were followed or closed."""

    def is_known(self, hint: str) -> bool:
        """Return True when the hint need not be given again."""

    def learn(self, hint: str) -> None:
        """Never give the hint again."""


class Hints(QObject):
    """Gives each hint until it was followed once."""

    def __init__(self, models: Models, stage: Stage, memory: HintMemory, parent: QObject) -> None:
        super().__init__(parent)
        self._models = models
        self._stage = stage
        self._memory = memory
        self._shown: HintId | None = None
        self.chip = HintChip(stage.canvas)
        self.chip.followed.connect(self._on_chip_followed)
        self.chip.dismissed.connect(self._on_chip_dismissed)
        models.editor.document_changed.connect(self._on_editor_document_changed)
        models.editor.painted.connect(self._on_editor_painted)
        models.filling.applied.connect(self._on_filling_applied)
        models.state.tool_changed.connect(self._on_state_tool_changed)
        models.state.compare_changed.connect(self._on_state_compare_changed)

    def _give(self, hint: HintId) -> None:
        if self._memory.is_known(hint):
            return
        self._shown = hint
        if hint == "paint":
            self.chip.say(self.tr("Paint over what should go. Enter fills."))
        elif hint == "fill":
            self.chip.say(self.tr("What should go is marked already. Enter fills."))
        else:
            self.chip.say(self.tr("Where did this come from?"), self.tr("Show me"))

    def _learn(self, hint: HintId) -> None:
        self._memory.learn(hint)
        if self._shown == hint:
            self._shown = None
            self.chip.hide()

    @Slot()
    def _on_editor_document_changed(self) -> None:
        self._shown = None
        self.chip.hide()
        if self._models.editor.document is not None:
            self._give("paint")

    @Slot()
    def _on_editor_painted(self) -> None:
        document = self._models.editor.document
        newest = document.history.newest if document is not None else None
        if newest is not None and newest.name == "import":
            self._give("fill")
        else:
            self._learn("paint")

    @Slot()
    def _on_state_compare_changed(self) -> None:
        """Make way for the names of what is compared."""
        if self._shown is not None:
            self.chip.setVisible(self._models.state.compare == "off")

    @Slot(object)
    def _on_filling_applied(self, result: FillResult) -> None:
        self._learn("fill")
        if any(region.field is not None for region in result.regions):
            self._give("probe")

    @Slot()
    def _on_state_tool_changed(self) -> None:
        if self._models.state.tool == "probe":
            self._learn("probe")

    @Slot()
    def _on_chip_followed(self) -> None:
        self._models.state.take_tool("probe")
        self._stage.canvas.setFocus()

    @Slot()
    def _on_chip_dismissed(self) -> None:
        if self._shown is not None:
            self._learn(self._shown)
