"""Which outcomes does the newest fill have?  They belong to the document, so that a project keeps them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.document.edits import Edit
from app.document.task import FillTask
from inpainting_core.api import FilledRegion, FillResult

MOST_VARIANTS = 9
MOST_KEPT_BYTES = 256 << 20
"""Of the outcomes in a file, as they lie in memory; those next to the shown one are kept first."""


@dataclass(frozen=True, eq=False)
class Variant:
    """One outcome of a fill.

    Attributes:
        task: What was filled.
        result: The answer.
    """

    task: FillTask
    result: FillResult

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return sum(map(_bytes_of, self.result.regions))


@dataclass(frozen=True, eq=False)
class Variants:
    """The outcomes, as long as the fill is the newest step.

    Attributes:
        edit: The step of the history that put the shown one into the picture.
        items: At least one, oldest first; all fill the same mask with the same settings but the seed.
        shown: Index of the one in the picture.
    """

    edit: Edit
    items: tuple[Variant, ...]
    shown: int

    def within(self, most_bytes: int) -> Variants | None:
        """Return as many as fit, the shown one among them; None when not even that one does."""
        left = most_bytes
        kept = set()
        for number in sorted(range(len(self.items)), key=lambda number: abs(number - self.shown)):
            left -= self.items[number].nbytes
            if left < 0:
                break
            kept.add(number)
        if not kept:
            return None
        items = tuple(self.items[number] for number in sorted(kept))
        return replace(self, items=items, shown=items.index(self.items[self.shown]))


def _bytes_of(region: FilledRegion) -> int:
    field, energy = region.field, region.maps.get("energy")
    held = region.pixels.nbytes + region.mask.nbytes
    held += 0 if field is None else field.offsets.nbytes + field.scores.nbytes + field.hole.nbytes
    return held + (0 if energy is None else energy.values.nbytes)
