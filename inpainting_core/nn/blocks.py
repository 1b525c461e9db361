"""What is one convolution of these networks: padded how, followed by what?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from inpainting_core.nn.swift import convolved, elu_, laid_out, swift

Padding = Literal["zero", "reflect", "tf_same"]
Activation = Callable[[Tensor], Tensor]


def elu(x: Tensor) -> Tensor:
    """Return ELU(x), in place where nobody differentiates."""
    return elu_(x) if swift(x) else functional.elu(x)


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
        self._sides = (built_in, stride, dilation)
        self._laid_out: tuple[object, list[Tensor]] = (None, [])
        nn.init.xavier_uniform_(self.weight)
        nn.init.zeros_(self.bias) if self.bias is not None else None

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, out, H / stride, W / stride) from (B, in, H, W)."""
        x = self._pad(x) if self._pad else x
        y = self._swift(x) if swift(x, self.weight) and not self.weight.is_inference() else super().forward(x)
        return self._activation(y) if self._activation else y

    def _swift(self, x: Tensor) -> Tensor:
        return convolved(x, self._layouts(x.shape)[0], self.bias, self._sides)

    def _layouts(self, shape: torch.Size) -> list[Tensor]:
        """Return the kernels laid out for oneDNN, anew when the weights or the input's shape changed."""
        key = (self.weight.data_ptr(), self.weight._version, shape)
        if self._laid_out[0] != key:
            self._laid_out = (key, [laid_out(kernel, self._sides, shape) for kernel in self._kernels()])
        return self._laid_out[1]

    def _kernels(self) -> list[Tensor]:
        return [self.weight.detach()]

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_laid_out": (None, [])}


class Doubling(Convolution):
    """A convolution of its input at twice the size, every value four times.

    Of the nine values under a 3x3 window at twice the size four differ: each output of a 2x2 square has a
    2x2 window of its own in the input, with sums of the kernel's values. Four such convolutions do 4/9 of
    the work, and the doubled input never exists.
    """

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, out, 2H, 2W) from (B, in, H, W)."""
        folds = self._pad is None and swift(x, self.weight) and not self.weight.is_inference()
        if not folds:
            return super().forward(functional.interpolate(x, scale_factor=2, mode="nearest"))
        size, _, h, w = x.shape
        y = torch.empty(size, self.out_channels, 2 * h, 2 * w, memory_format=torch.channels_last)
        for i, layout in enumerate(self._layouts(x.shape)):
            down, right = divmod(i, 2)
            quarter = convolved(x, layout, self.bias, (1, 1, 1))
            y[:, :, down::2, right::2] = quarter[:, :, down : down + h, right : right + w]
        return self._activation(y) if self._activation else y

    def _swift(self, x: Tensor) -> Tensor:
        return nn.Conv2d.forward(self, x)  # the kernels laid out are for what is not doubled yet

    def _kernels(self) -> list[Tensor]:
        """Return the 2x2 kernels of the four places: (up, left), (up, right), (down, left), (down, right)."""
        weight = self.weight.detach()
        rows = [
            torch.stack((weight[:, :, 0], weight[:, :, 1] + weight[:, :, 2]), 2),
            torch.stack((weight[:, :, 0] + weight[:, :, 1], weight[:, :, 2]), 2),
        ]
        return [
            torch.stack(pair, 3)
            for row in rows
            for pair in (
                (row[..., 0], row[..., 1] + row[..., 2]),
                (row[..., 0] + row[..., 1], row[..., 2]),
            )
        ]
