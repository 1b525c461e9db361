"""How do a network and patches fill a hole together?  It says what goes where, they say how that looks.

The network's answer and the places that it looked at lead PatchMatch from its first scale on; what is copied
is then shifted, in colours too broad for any patch to decide, towards what the network expects.
"""

from __future__ import annotations

from dataclasses import replace

from inpainting_core.engines.contextual.engine import WEIGHTS
from inpainting_core.engines.contextual.guide import guide, tone
from inpainting_core.engines.contextual.look import look_at, small_crop
from inpainting_core.engines.contextual.network import Newest
from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.engines.patchmatch.engine import PatchMatch
from inpainting_core.progress import Progress


class Hybrid:
    """The network of contextual attention, then PatchMatch."""

    def __init__(self) -> None:
        self._patchmatch = PatchMatch()
        self._newest = Newest(WEIGHTS)

    def warm_up(self) -> None:
        """Import, load and compile.

        Raises:
            WeightsMissing: there are no weights.
            WeightsDamaged: they are not what was published.
        """
        self._patchmatch.warm_up()
        self._newest.warm_up(lambda: look_at(self._newest(), small_crop({}), Progress()))

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Return what PatchMatch makes of the crop when the network leads it.

        Raises:
            Cancelled: `progress` says so; checked before every layer, and as PatchMatch does.
            NothingKnown: no pixel may be borrowed from.
            WeightsMissing: there are no weights.
            WeightsDamaged: they are not what was published.
        """
        network = self._newest()
        look = look_at(network, crop, progress.sub(0, 0.3))
        guess = guide(look, progress, near=False)
        filled = self._patchmatch.fill_guided(crop, guess, progress.sub(0.3, 0.7))
        if not crop.options["tone"]:
            return replace(filled, notes=network.notes)
        return replace(filled, rgb=filled.rgb + tone(filled.rgb, look, guess.rgb), notes=network.notes)
