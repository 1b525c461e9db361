"""Which steps can be undone?  As many as fit a budget of bytes, oldest forgotten first."""

from __future__ import annotations

from app.document.edits import Edit

BUDGET_BYTES = 1 << 30


class History:
    """Done and undone edits. It changes no document: it says which edit to apply next.

    Args:
        budget_bytes: Memory the edits may hold; the newest is kept even when it alone is larger.
    """

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        self._budget = budget_bytes
        self._done: list[tuple[int, Edit]] = []
        self._undone: list[tuple[int, Edit]] = []
        self._next_version = 1
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
        return self._done[-1][1] if self._done else None

    @property
    def picture_version(self) -> int:
        """Number of the picture's state: equal numbers are equal pictures, also across undo and redo."""
        fills = [version for version, edit in self._done if edit.is_fill]
        return fills[-1] if fills else self._base_version

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return sum(edit.nbytes for _, edit in (*self._done, *self._undone))

    def push(self, edit: Edit) -> None:
        """Remember an edit that has just been applied; what was undone can no longer be redone."""
        self._undone.clear()
        self._done.append((self._next_version, edit))
        self._next_version += 1
        while len(self._done) > 1 and self.nbytes > self._budget:
            version, oldest = self._done.pop(0)
            if oldest.is_fill:
                self._base_version = version

    def undo(self) -> Edit:
        """Return the edit to take back. Needs `can_undo`."""
        step = self._done.pop()
        self._undone.append(step)
        return step[1]

    def redo(self) -> Edit:
        """Return the edit to apply again. Needs `can_redo`."""
        step = self._undone.pop()
        self._done.append(step)
        return step[1]
