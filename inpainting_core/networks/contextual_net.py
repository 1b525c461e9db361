"""Which network fills holes by contextual attention?  Yu et al. 2018's.

A coarse network guesses; a refinement network sees the guess in the hole, reads it in two branches, one of
which copies known features by attention, and draws the answer. The layers have the names of the authors'
code; its channels differ from the paper's table in the refinement's encoders (`ContextualOptions.channels`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, Self

import torch
from torch import Tensor, nn

from inpainting_core.nn.attention_options import Attention, AttentionOptions
from inpainting_core.nn.blocks import Activation, Convolution, Doubling, Padding, elu, relu
from inpainting_core.nn.contextual_attention import ContextualAttention
from inpainting_core.nn.warping import AffineWarp, AppearanceFlow

_INPUTS = 5  # the picture, ones, the hole
_CELL = 4  # pixels a side of one of the attention's features


@dataclass(frozen=True)
class ContextualOptions:
    """Which network.

    Attributes:
        attention: What the second branch does: "contextual" copies, "stn" and "appearance_flow" warp, and
            "none" has no second branch (the refinement is another coarse network).
        padding: See `inpainting_core.nn.blocks.Convolution`.
        channels: "code" as released, "table" as in the paper's table.
        width: Channels of the first layer; the others are multiples.
        layer: The attention's own options.
        look: The activation before the attention; the paper's table implies "elu", its code has "relu".
    """

    attention: Literal["none", "contextual", "stn", "appearance_flow"] = "contextual"
    padding: Padding = "zero"
    channels: Literal["code", "table"] = "code"
    width: int = 32
    layer: AttentionOptions = field(default_factory=AttentionOptions)
    look: Literal["relu", "elu"] = "relu"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the options from plain values, as `dataclasses.asdict` gives them; the rest as released.

        Raises:
            TypeError: an option is unknown.
        """
        return cls(**{**plain, "layer": AttentionOptions(**plain.get("layer", {}))})

    @property
    def work(self) -> Self:
        """The same without what changes no answer: two networks that work alike have the same."""
        released = AttentionOptions()
        layer = replace(self.layer, top_k=released.top_k, budget_bytes=released.budget_bytes)
        return replace(self, layer=layer)


_RELEASED = ContextualOptions()


class ContextualOutput(NamedTuple):
    """What the network answers.

    Attributes:
        coarse: (B, 3, H, W) in [-1, 1]: the first guess.
        refined: (B, 3, H, W) in [-1, 1]: the answer.
        attention: Where the answer was copied from, in cells of 8 pixels, if that was asked for.
    """

    coarse: Tensor
    refined: Tensor
    attention: Attention | None


class ContextualNet(nn.Module):
    """The generator; 3,601,542 numbers as released.

    Args:
        options: Which.
    """

    def __init__(self, options: ContextualOptions = _RELEASED) -> None:
        super().__init__()
        self.options = options
        self.coarse = Stage(options)
        self.refinement = Stage(options) if options.attention == "none" else Refinement(options)
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(
        self,
        image: Tensor,
        hole: Tensor,
        source_weights: Tensor | None = None,
        *,
        want_attention: bool = False,
    ) -> ContextualOutput:
        """Return the two guesses, and where the second was copied from.

        Args:
            image: (B, 3, H, W) in [-1, 1]; sides multiples of 8. What lies in the hole never matters.
            hole: (B, 1, H, W): 1 in the hole, 0 elsewhere.
            source_weights: (B, 1, H, W) in [0, 1]: how gladly each place is copied, 0 for never.
            want_attention: True asks for the third part.

        Raises:
            ValueError: a side is no multiple of 8.
        """
        if image.shape[2] % 8 or image.shape[3] % 8:
            raise ValueError(f"The sides must be multiples of 8, not {tuple(image.shape[2:])}.")
        hole = hole.to(image.dtype)
        known = image.masked_fill(hole > 0, 0)
        coarse = self.coarse(_inputs(known, hole))
        pasted = _inputs(torch.where(hole > 0, coarse, known), hole)
        if isinstance(self.refinement, Stage):
            return ContextualOutput(coarse, self.refinement(pasted), None)
        refined, attention = self.refinement(pasted, hole, source_weights, want_attention=want_attention)
        return ContextualOutput(coarse, refined, attention)


class Stage(nn.Module):
    """A whole network from five channels to a picture: the coarse one, or the second without attention."""

    def __init__(self, options: ContextualOptions) -> None:
        super().__init__()
        width = options.width
        encoder = _encoder("", (width, 2 * width, 2 * width, 4 * width, 4 * width), options)
        self.layers = _chain(encoder | _dilated("", options) | _decoder("", 4 * width, options))

    def forward(self, inputs: Tensor) -> Tensor:
        """Return (B, 3, H, W) in [-1, 1] from (B, 5, H, W)."""
        picture: Tensor = self.layers(inputs)
        return picture.clamp(-1, 1)


class Refinement(nn.Module):
    """The second network: one branch imagines, the other copies, and a decoder has both before it."""

    def __init__(self, options: ContextualOptions) -> None:
        super().__init__()
        width = options.width
        table = (width, 2 * width, 2 * width, 4 * width, 4 * width)
        as_released = options.channels == "code"
        imagined = (width, width, 2 * width, 2 * width, 4 * width) if as_released else table
        copied = (width, width, 2 * width, 4 * width, 4 * width) if as_released else table
        self.imagine = _chain(_encoder("x", imagined, options) | _dilated("x", options))
        self.look = _chain(_encoder("pm", copied, options, relu if options.look == "relu" else elu))
        self.copy = _attention(options)
        self.digest = _chain({f"pmconv{i}": _plain((4 * width, 4 * width), options) for i in (9, 10)})
        self.draw = _chain(_decoder("all", 8 * width, options))

    def forward(
        self, inputs: Tensor, hole: Tensor, source_weights: Tensor | None, *, want_attention: bool
    ) -> tuple[Tensor, Attention | None]:
        """Return (B, 3, H, W) in [-1, 1] from (B, 5, H, W), and what was copied where."""
        features, attention = self.look(inputs), None
        if isinstance(self.copy, ContextualAttention):
            features, attention = self.copy(features, hole, source_weights, want_attention=want_attention)
        else:
            features = self.copy(features)
        picture: Tensor = self.draw(torch.cat((self.imagine(inputs), self.digest(features)), 1))
        if attention is not None:
            attention = attention._replace(cell=attention.cell * _CELL)
        return picture.clamp(-1, 1), attention


def _chain(layers: dict[str, Convolution]) -> nn.Sequential:
    return nn.Sequential(OrderedDict(layers))


def _attention(options: ContextualOptions) -> nn.Module:
    if options.attention == "stn":
        return AffineWarp(4 * options.width, options.padding)
    if options.attention == "appearance_flow":
        return AppearanceFlow(4 * options.width, options.padding)
    return ContextualAttention(options.layer)


def _inputs(picture: Tensor, hole: Tensor) -> Tensor:
    """Return (B, 5, H, W): the picture, ones that let zero padding mark the border, and the hole."""
    inputs = torch.cat((picture, torch.ones_like(hole), hole), 1)
    return inputs.contiguous(memory_format=torch.channels_last)


def _plain(channels: tuple[int, int], options: ContextualOptions) -> Convolution:
    return Convolution(channels, padding=options.padding)


def _encoder(
    prefix: str, channels: tuple[int, ...], options: ContextualOptions, last: Activation = elu
) -> dict[str, Convolution]:
    """Return the first six layers: five channels to 4 * width at a quarter of the size."""
    names = ("conv1", "conv2_downsample", "conv3", "conv4_downsample", "conv5", "conv6")
    ins, outs = (_INPUTS, *channels), (*channels, channels[-1])
    layers = {}
    for i, name in enumerate(names):
        stride = 2 if name.endswith("downsample") else 1
        activation = last if i == 5 else elu
        kernel = 3 if i else 5
        layers[prefix + name] = Convolution(
            (ins[i], outs[i]), kernel, stride, padding=options.padding, activation=activation
        )
    return layers


def _dilated(prefix: str, options: ContextualOptions) -> dict[str, Convolution]:
    """Return the four layers that see ever further."""
    channels = (4 * options.width, 4 * options.width)
    return {
        f"{prefix}conv{7 + i}_atrous": Convolution(channels, dilation=2 << i, padding=options.padding)
        for i in range(4)
    }


def _decoder(prefix: str, inputs: int, options: ContextualOptions) -> dict[str, Convolution]:
    """Return the last seven layers: features at a quarter of the size to a picture."""
    width = options.width
    names = ("conv11", "conv12", "conv13_upsample", "conv14", "conv15_upsample", "conv16")
    channels = (inputs, 4 * width, 4 * width, 2 * width, 2 * width, width, width // 2)
    layers: dict[str, Convolution] = {}
    for i, name in enumerate(names):
        kind = Doubling if name.endswith("upsample") else Convolution
        layers[prefix + name] = kind((channels[i], channels[i + 1]), padding=options.padding)
    last = Convolution((width // 2, 3), padding=options.padding, activation=None)
    return layers | {f"{prefix}conv17": last}
