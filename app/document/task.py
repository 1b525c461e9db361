"""What is handed to the fill thread?  A cheap snapshot, which becomes a request over there."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np

from app.document.settings import FillSettings, Rules, source_weights
from inpainting_core.api import Box, Coverage, FillRequest, Pixels, Size

_ids = itertools.count(1)


@dataclass(frozen=True, eq=False)
class FillTask:
    """A wish to fill, as the document was.

    Attributes:
        image: The picture; borrowed, not copied.
        box: The tight box of `coverage`; empty when nothing is masked.
        coverage: (box.height, box.width) uint8: how much of the fill each pixel takes.
        painted: The same part of the mask as it was painted.
        rules: (H, W) uint8 or None: a copy of the source rules.
        settings: What to fill with.
        document_id: Whose picture it is.
        revision: Of the picture.
        instead_of: The fill that the result takes the place of, or None.
        is_refill: True when a part of a fill is done again.
        id: Rises with every task of the process.
    """

    image: Pixels
    box: Box
    coverage: Coverage
    painted: Coverage
    rules: Rules | None
    settings: FillSettings
    document_id: int
    revision: int
    instead_of: object = None
    is_refill: bool = False
    id: int = field(default_factory=lambda: next(_ids))

    @staticmethod
    def next_id() -> int:
        """Return the number of a new task."""
        return next(_ids)

    @property
    def size(self) -> Size:
        """Of the picture."""
        return Size(*self.image.shape[:2])

    def request(self) -> FillRequest:
        """Return the request; full-size arrays are made here, so call it beside the window.

        Raises:
            InvalidRequest: nothing is masked.
            NothingKnown: everything is masked.
        """
        size = self.size
        mask = np.zeros(size, np.bool_)
        mask[self.box.slices] = self.coverage > 0
        settings = self.settings
        return FillRequest(
            self.image,
            mask,
            settings.engine_id,
            settings.engine_options,
            settings.seed,
            source_weights(self.rules, settings.area.allowed(self.box, size)),
            revision=self.revision,
            context_px=settings.area.context_px(size),
            pins=tuple(pin for pin in settings.pins if mask[pin.target]),
            id=self.id,
        )
