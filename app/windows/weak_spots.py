"""Where is the fill doubtful?  A key jumps from one weak spot to the next, the worst first."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from app.overlays.source_overlay import Seen
from app.state.models import Models
from app.windows.stage import Stage
from inpainting_core.api import Box, Region, WeakSpot, confidence, weak_spots

LANE = "weak spots"
_AT_LEAST_PX = 24
_MOST = 12
_ROOM_PX = 60
_OUTCOMES = 3
"""So many are offered for a spot that is filled again."""


class WeakSpots(QObject):
    """Finds them when first asked, and again when something was filled."""

    def __init__(self, models: Models, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._models = models
        self._stage = stage
        self._spots: tuple[WeakSpot, ...] | None = None
        self._at = -1
        self._fixes = False
        self._fixed: list[Box] = []
        models.editor.provenance_changed.connect(self._on_editor_provenance_changed)
        models.editor.document_changed.connect(self._on_editor_document_changed)

    def go(self, step: int) -> None:
        """Show the next weak spot, or with -1 the one before."""
        if self._spots is None:
            seen = self._stage.overlay.seen()
            self._models.background.submit(
                LANE, lambda _token: _find(seen), lambda spots: self._take(spots, step), self
            )
        elif self._spots:
            first = 0 if step > 0 else len(self._spots) - 1
            self._at = first if self._at < 0 else (self._at + step) % len(self._spots)
            spot = self._spots[self._at]
            self._stage.canvas.show_box(spot.box.pad(_ROOM_PX))
            self._stage.frame(spot.box)
            self._stage.say(
                self.tr("Weak spot {number} of {count}").format(number=self._at + 1, count=len(self._spots))
            )
        else:
            self._stage.say(self.tr("No weak spot was found."))

    def mark(self) -> None:
        """Mark the weak spot shown last, to be filled again."""
        if self._spots and self._at >= 0:
            spot = self._spots[self._at]
            coverage = spot.mask.astype(np.uint8) * np.uint8(255)
            self._models.editor.apply_region(Region(spot.box, coverage), "add", "weak_spot")
            self._stage.frame(None)
        else:
            self.go(1)

    def fix(self) -> None:
        """Fill the weak spot shown last, or else the worst, again, with outcomes to choose from.

        Without one that is shown, those that were filled again already come last.
        """
        document = self._models.editor.document
        if document is not None and document.has_mask:
            self._stage.say(self.tr("Fill what is marked first, or clear the mask."))
        elif self._spots and self._at >= 0:
            self._fixed.append(self._spots[self._at].box)
            self.mark()
            self._models.filling.offer(_OUTCOMES)
        else:
            self._fixes = True
            self.go(1)

    def _take(self, spots: tuple[WeakSpot, ...], step: int) -> None:
        fixes, self._fixes = self._fixes, False
        if fixes:
            spots = tuple(sorted(spots, key=self._was_fixed))
        self._spots, self._at = spots, -1
        self.go(step)
        if fixes and spots:
            self.fix()

    def _was_fixed(self, spot: WeakSpot) -> bool:
        return any(not box.intersect(spot.box).is_empty for box in self._fixed)

    @Slot()
    def _on_editor_document_changed(self) -> None:
        self._fixed.clear()
        self._on_editor_provenance_changed()

    @Slot()
    def _on_editor_provenance_changed(self) -> None:
        self._models.background.cancel(LANE)
        self._spots, self._at, self._fixes = None, -1, False
        self._stage.frame(None)


def _find(seen: tuple[Seen, ...]) -> tuple[WeakSpot, ...]:
    found: list[WeakSpot] = []
    for one in seen:
        sure = confidence(one.field, one.fill.energy)
        if sure.shape == one.own.shape:
            sure[~one.own] = np.nan
        found += weak_spots(sure, one.field, at_least_px=_AT_LEAST_PX, most=_MOST)
    return tuple(sorted(found, key=lambda spot: -spot.score)[:_MOST])
