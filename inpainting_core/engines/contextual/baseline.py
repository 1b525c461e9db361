"""How does the network without attention fill a hole?  It paints all of it; nothing is copied.

Source: Yu et al. 2018, section 3: the improved baseline that contextual attention was added to.
"""

from __future__ import annotations

from inpainting_core.engines.contextual.look import first_guess_error, look_at, small_crop
from inpainting_core.engines.contextual.network import Newest
from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.progress import Progress

WEIGHTS = "contextual_baseline"


class ContextualBaseline:
    """A coarse network and a refinement network; loaded when first needed."""

    def __init__(self) -> None:
        self._newest = Newest(WEIGHTS)

    def warm_up(self) -> None:
        """Import, load and compile by filling a small hole.

        Raises:
            WeightsMissing: there are no weights.
            WeightsDamaged: they are not what was published.
        """
        self._newest.warm_up(lambda: self.fill_crop(small_crop({}), Progress()))

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Return the crop as the network paints it, and the error of its first guess.

        Raises:
            Cancelled: `progress` says so; checked before every layer.
            WeightsMissing: there are no weights.
            WeightsDamaged: they are not what was published.
        """
        network = self._newest()
        look = look_at(network, crop, progress)
        return CropFill(look.painted, None, {"coarse": first_guess_error(look, crop.hole)}, network.notes)
