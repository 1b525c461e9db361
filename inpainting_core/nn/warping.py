"""Which warps did the paper compare with its attention?  One affine map, and a free flow of positions.

Neither sees the hole: both learn from the features alone where to read, and both start out as the identity.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from inpainting_core.nn.blocks import Convolution, Padding


class AffineWarp(nn.Module):
    """A spatial transformer: one affine map for the whole of the features.

    Args:
        channels: Of the features.
        padding: See `Convolution`.
    """

    def __init__(self, channels: int, padding: Padding = "zero") -> None:
        super().__init__()
        self.look = nn.Sequential(
            Convolution((channels, channels // 2), 3, 2, padding=padding),
            Convolution((channels // 2, channels // 2), 3, 2, padding=padding),
            nn.AdaptiveAvgPool2d(4),
        )
        self.map = nn.Linear(channels // 2 * 16, 6)
        nn.init.zeros_(self.map.weight)
        with torch.no_grad():
            self.map.bias.copy_(torch.tensor([1.0, 0, 0, 0, 1, 0]))

    def forward(self, features: Tensor) -> Tensor:
        """Return the features warped, of the same shape (B, C, H, W)."""
        matrix = self.map(self.look(features).flatten(1)).view(-1, 2, 3)
        grid = functional.affine_grid(matrix, list(features.shape), align_corners=False)
        return functional.grid_sample(features, grid, padding_mode="border", align_corners=False)


class AppearanceFlow(nn.Module):
    """Convolutions that say for every position where to read.

    Args:
        channels: Of the features.
        padding: See `Convolution`.
    """

    def __init__(self, channels: int, padding: Padding = "zero") -> None:
        super().__init__()
        self.look = nn.Sequential(
            Convolution((channels, channels // 2), padding=padding),
            Convolution((channels // 2, channels // 4), padding=padding),
        )
        self.flow = Convolution((channels // 4, 2), padding=padding, activation=None)
        nn.init.zeros_(self.flow.weight)

    def forward(self, features: Tensor) -> Tensor:
        """Return the features read elsewhere, of the same shape (B, C, H, W)."""
        still = torch.eye(2, 3, device=features.device, dtype=features.dtype).expand(len(features), 2, 3)
        grid = functional.affine_grid(still, list(features.shape), align_corners=False)
        moved = grid + self.flow(self.look(features)).permute(0, 2, 3, 1)
        return functional.grid_sample(features, moved, padding_mode="border", align_corners=False)
