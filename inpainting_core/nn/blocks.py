"""What is one convolution of these networks: padded how, followed by what?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

Padding = Literal["zero", "reflect", "tf_same"]
Activation = Callable[[Tensor], Tensor]


def elu(x: Tensor) -> Tensor:
    """Return ELU(x), in place where nobody differentiates."""
    return functional.elu(x, inplace=not torch.is_grad_enabled())


def relu(x: Tensor) -> Tensor:
    """Return ReLU(x), in place where nobody differentiates."""
    return functional.relu(x, inplace=not torch.is_grad_enabled())


def leaky_relu(x: Tensor) -> Tensor:
    """Return LeakyReLU(x) with slope 0.2, in place where nobody differentiates."""
    return functional.leaky_relu(x, 0.2, inplace=not torch.is_grad_enabled())


class Convolution(nn.Conv2d):
    """A convolution that keeps the size (divided by its stride), with bias, then an activation.

    Args:
        channels: How many come in and go out.
        kernel: Odd side of the window.
        stride: 1 or 2.
        dilation: Distance of the taps.
        padding: "zero" and "reflect" pad alike on all sides; "tf_same" pads zeros as TensorFlow does, which
            on even sizes with stride 2 means one less before than after.
        activation: What follows; None for nothing.
    """

    def __init__(  # noqa: PLR0913  a layer's line in the paper's table
        self,
        channels: tuple[int, int],
        kernel: int = 3,
        stride: int = 1,
        dilation: int = 1,
        padding: Padding = "zero",
        activation: Activation | None = elu,
    ) -> None:
        reach = dilation * (kernel - 1) // 2
        uneven = padding == "tf_same" and stride == 2
        built_in = 0 if uneven or padding == "reflect" else reach
        super().__init__(*channels, kernel, stride, built_in, dilation)
        sides = (reach - 1, reach) * 2 if uneven else (reach,) * 4
        mode = "reflect" if padding == "reflect" else "constant"
        self._pad = None if built_in else partial(functional.pad, pad=sides, mode=mode)
        self._activation = activation
        nn.init.xavier_uniform_(self.weight)
        nn.init.zeros_(self.bias) if self.bias is not None else None

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, out, H / stride, W / stride) from (B, in, H, W)."""
        y = super().forward(self._pad(x) if self._pad else x)
        return self._activation(y) if self._activation else y


def doubled(x: Tensor) -> Tensor:
    """Return x at twice its size, every value four times."""
    return functional.interpolate(x, scale_factor=2, mode="nearest")
