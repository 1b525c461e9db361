"""Who judges a filled picture?  The paper's two critics: one sees it whole, one sees the hole's box."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from inpainting_core.nn.blocks import Convolution, Padding, leaky_relu


class Critic(nn.Module):
    """Four 5x5 convolutions of stride 2 and one linear layer to a number.

    Args:
        side: Height and width that it judges; a multiple of 16.
        channels: What its convolutions give.
        padding: See `Convolution`.
    """

    def __init__(self, side: int, channels: Sequence[int], padding: Padding = "zero") -> None:
        super().__init__()
        if side % 16:
            raise ValueError(f"A critic's side is a multiple of 16, not {side}.")
        pairs = zip((3, *channels), channels, strict=False)
        self.layers = nn.Sequential(
            *(Convolution(pair, 5, 2, padding=padding, activation=leaky_relu) for pair in pairs)
        )
        self.verdict = nn.Linear((side // 16) ** 2 * channels[-1], 1)
        nn.init.xavier_uniform_(self.verdict.weight)
        nn.init.zeros_(self.verdict.bias)

    def forward(self, image: Tensor) -> Tensor:
        """Return (B,), higher where it looks real, from (B, 3, side, side) in [-1, 1]."""
        score: Tensor = self.verdict(self.layers(image).flatten(1)).squeeze(1)
        return score


class GlobalCritic(Critic):
    """The critic of whole pictures; 2,733,441 numbers at side 256 and width 64."""

    def __init__(self, side: int = 256, width: int = 64, padding: Padding = "zero") -> None:
        super().__init__(side, (width, 2 * width, 4 * width, 4 * width), padding)


class LocalCritic(Critic):
    """The critic of the box around the hole; 4,339,329 numbers at side 128 and width 64."""

    def __init__(self, side: int = 128, width: int = 64, padding: Padding = "zero") -> None:
        super().__init__(side, (width, 2 * width, 4 * width, 8 * width), padding)
