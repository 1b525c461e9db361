"""What does a network that was taught to name things see?  Features of VGG-16, to measure and to learn by.

Weights: Simonyan & Zisserman 2014, ImageNet, conv1_1 to conv4_3, CC BY 4.0 (resources/weights/NOTICE.md).
They are the authors' own, not torchvision's: the input is 0 to 255 minus the mean colour, and features are
larger. `TYPICAL` makes layers comparable; a loss weight published for torchvision's VGG needs a factor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType

import torch
from torch import Tensor, nn
from torch.nn import functional

WEIGHTS = "vgg16_features"
"""Name of the weight file."""
LAYERS = ("relu1_2", "relu2_2", "relu3_3", "relu4_3")
"""The last of each block: full, half, quarter and eighth resolution."""
TYPICAL: Mapping[str, float] = MappingProxyType(
    {"relu1_2": 110.65, "relu2_2": 171.63, "relu3_3": 148.63, "relu4_3": 17.356}
)
"""Mean of each layer over 96 photographs of the training pack, their middles at 256 x 256; measured once."""

_MEAN = (123.68, 116.779, 103.939)
_BLOCKS = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512))
_NAMES = tuple(
    tuple(f"relu{block}_{place}" for place in range(1, len(widths) + 1))
    for block, widths in enumerate(_BLOCKS, start=1)
)


class VggFeatures(nn.Module):
    """Frozen VGG-16 up to relu4_3; gradients flow through it to the picture, never into it.

    Args:
        state: Tensors by torchvision's names, "features.0.weight" to "features.21.bias".
        layers: Which features are wanted, such as "relu3_3"; those behind the last one are left out.
    """

    def __init__(self, state: Mapping[str, Tensor], layers: Sequence[str] = LAYERS) -> None:
        super().__init__()
        self._layers = tuple(layers)
        self.features = nn.ModuleDict()
        before, index = 3, 0
        for widths in _BLOCKS:
            for width in widths:
                self.features[str(index)] = nn.Conv2d(before, width, 3, padding=1)
                before, index = width, index + 2
            index += 1  # the pooling between two blocks
        self.load_state_dict(dict(state))
        wanted = 1 + max(number for number, name in enumerate(chain(*_NAMES)) if name in layers)
        for behind in list(self.features)[wanted:]:
            del self.features[behind]
        self.register_buffer("_mean", torch.tensor(_MEAN).view(1, 3, 1, 1), persistent=False)
        self.requires_grad_(False).eval()

    def forward(self, rgb: Tensor) -> dict[str, Tensor]:
        """Return the wanted features by name.

        Args:
            rgb: (B, 3, H, W) in [0, 1], sides of at least 8.

        Source: Simonyan & Zisserman 2014, configuration D.
        """
        x = rgb * 255 - self.get_buffer("_mean")
        found: dict[str, Tensor] = {}
        convolutions = iter(self.features.values())
        for block, names in enumerate(_NAMES):
            if block:
                x = functional.max_pool2d(x, 2)
            for name in names:
                x = functional.relu(next(convolutions)(x))
                if name in self._layers:
                    found[name] = x
                    if len(found) == len(self._layers):
                        return found
        return found
