"""How far may one believe what a network paints?  As far as it gets right what everybody can see.

A network paints the known pixels too. Where its picture of them strays as much as they vary, what it adds to
a smooth continuation of the rim is noise; where it strays little, it has understood what is there. Trust is
the share that errs least when one is added to the other (Wiener's filter), with an error in the hole some
times that beside it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.contextual.blur import mean_about
from inpainting_core.engines.contextual.working import Working
from inpainting_core.imaging.arrays import Mask, Rgb

_DETAIL_PX = 3.0
"""Sigma, in the network's pixels, of the local mean: broader tones are continued from the rim in any case."""
_AROUND = 0.2
"""Sigma of the neighbourhood that is judged by, of the picture's longer side."""
_WORSE_IN_HOLES = np.float32(3)
"""Squared error in a hole, known pixels' being 1; chosen on photographs that training validates with."""
_LEAST = np.float32(1e-4)


def trust(work: Working, painted: Rgb) -> NDArray[np.float32]:
    """Return (h, w) float32 in [0, 1]: the share of the network's own that should be believed there.

    Args:
        work: What the network saw.
        painted: (h, w, 3), its answer, for the known pixels too.
    """
    known = ~work.hole
    around = _AROUND * max(known.shape)
    variation = mean_about(_detail(work.rgb, known) ** 2, known, around).mean(axis=2)
    error = mean_about(_detail(painted - work.rgb, known) ** 2, known, around).mean(axis=2)
    understood = np.maximum(variation - _WORSE_IN_HOLES * error, 0)
    share: NDArray[np.float32] = understood / np.maximum(variation, _LEAST * _LEAST)
    return share


def _detail(rgb: Rgb, known: Mask) -> Rgb:
    return rgb - mean_about(rgb, known, _DETAIL_PX)
