"""Which steps can be undone?  As many as fit a budget of bytes, oldest forgotten first."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from app.document.edits import Edit

BUDGET_BYTES = 1 << 30


@dataclass(frozen=True, eq=False)
class HistoryStep:
    """An edit in its place.

    Attributes:
        id: Unlike every other step's of this history; rises.
        edit: What was done.
    """

    id: int
    edit: Edit


class History:
    """Done and undone edits. It changes no document: it says which edit to apply next.

    Args:
        budget_bytes: Memory the edits may hold; the newest is kept even when it alone is larger.

    Attributes:
        has_forgotten: True once an old step had to go: undoing all no longer leads to the beginning.
    """

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        self.budget_bytes = budget_bytes
        self.has_forgotten = False
        self._done: list[HistoryStep] = []
        self._undone: list[HistoryStep] = []
        self._ids = itertools.count(1)
        self._base_version = 0

    @property
    def can_undo(self) -> bool:
        """True when there is a step back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """True when there is a step forward."""
        return bool(self._undone)

    @property
    def newest(self) -> Edit | None:
        """The step that undo would take back."""
        return self._done[-1].edit if self._done else None

    @property
    def done(self) -> Sequence[HistoryStep]:
        """The steps that were made, oldest first."""
        return self._done

    @property
    def undone(self) -> Sequence[HistoryStep]:
        """The steps that were taken back, the next to be redone first."""
        return self._undone[::-1]

    @property
    def picture_version(self) -> int:
        """Number of the picture's state: equal numbers are equal pictures, also across undo and redo."""
        changes = (step.id for step in reversed(self._done) if step.edit.changes_picture)
        return next(changes, self._base_version)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return sum(step.edit.nbytes for step in (*self._done, *self._undone))

    def push(self, edit: Edit) -> None:
        """Remember an edit that has just been applied; what was undone can no longer be redone.

        Turning the same knob again makes one step of both.
        """
        merged = self._done[-1].edit.merged(edit) if self._done and not self._undone else None
        self._undone.clear()
        if merged is not None:
            self._done[-1] = HistoryStep(self._done[-1].id, merged)
            return
        self._done.append(HistoryStep(next(self._ids), edit))
        while len(self._done) > 1 and self.nbytes > self.budget_bytes:
            oldest = self._done.pop(0)
            self.has_forgotten = True
            if oldest.edit.changes_picture:
                self._base_version = oldest.id

    def undo(self) -> Edit:
        """Return the edit to take back. Needs `can_undo`."""
        step = self._done.pop()
        self._undone.append(step)
        return step.edit

    def redo(self) -> Edit:
        """Return the edit to apply again. Needs `can_redo`."""
        step = self._undone.pop()
        self._done.append(step)
        return step.edit
