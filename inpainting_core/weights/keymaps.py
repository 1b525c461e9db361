"""What do others call the layers of the network of Yu et al. 2018?

Three families of names for the same 42 convolutions: TensorFlow's (the authors' release v1.0.0), those of
the PyTorch port daa233/generative-inpainting-pytorch, and those of open-mmlab's mmagic.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["daa233", "mmagic", "tf_npz"]

_NAMES = (
    *("conv1", "conv2_downsample", "conv3", "conv4_downsample", "conv5", "conv6"),
    *("conv7_atrous", "conv8_atrous", "conv9_atrous", "conv10_atrous", "conv11", "conv12"),
    *("conv13_upsample", "conv14", "conv15_upsample", "conv16", "conv17"),
)
_PICTURE = 3


class Layer(NamedTuple):
    """One convolution.

    Attributes:
        ours: Its name in `ContextualNet`, to which ".weight" and ".bias" are added.
        theirs: Its name in a checkpoint, likewise (in TensorFlow's "/kernel" and "/bias").
        shape: Of its weight: channels out, channels in, height, width.
        reads_picture: True when its first three channels in are a picture's colours.
        draws_picture: True when its channels out are a picture's colours.
    """

    ours: str
    theirs: str
    shape: tuple[int, int, int, int]
    reads_picture: bool
    draws_picture: bool


class _Part(NamedTuple):
    """A run of convolutions with common prefixes; `outs` are channels out in units of half the width."""

    ours: str
    tensorflow: str
    daa233: str
    mmagic: str
    first: int
    inputs: int
    outs: tuple[int, ...]


_PARTS = (
    _Part(
        "coarse.layers.",
        "",
        "coarse_generator.",
        "stage1.encoder.",
        1,
        0,
        (2, 4, 4, *(8,) * 9, 4, 4, 2, 1, 0),
    ),
    _Part(
        "refinement.imagine.x", "x", "fine_generator.", "stage2.encoder_conv.", 1, 0, (2, 2, 4, 4, *(8,) * 6)
    ),
    _Part(
        "refinement.look.pm", "pm", "fine_generator.pm", "stage2.encoder_attention.", 1, 0, (2, 2, 4, 8, 8, 8)
    ),
    _Part(
        "refinement.digest.pm",
        "pm",
        "fine_generator.pm",
        "stage2.contextual_attention_neck.",
        9,
        8,
        (8, 8),
    ),
    _Part("refinement.draw.all", "all", "fine_generator.all", "stage2.", 11, 16, (8, 8, 4, 4, 2, 1, 0)),
)


def layers(kind: Kind, width: int) -> Iterator[Layer]:
    """Yield every convolution of the network, by `kind`'s names.

    Args:
        kind: Whose names.
        width: Channels of the first layer, 32 as released.
    """
    for part in _PARTS:
        before = part.inputs * width // 2 or _PICTURE + 2
        for number, out in enumerate(part.outs, start=part.first):
            name = _plain(part, number)
            after = out * width // 2 or _PICTURE
            side = 5 if number == 1 else 3
            yield Layer(
                part.ours + name,
                _theirs(kind, part, number),
                (after, before, side, side),
                number == 1,
                not out,
            )
            before = after


def _plain(part: _Part, number: int) -> str:
    """Return the layer's own name; the two after the attention see no farther than others."""
    return f"conv{number}" if part.ours.startswith("refinement.digest") else _NAMES[number - 1]


def _theirs(kind: Kind, part: _Part, number: int) -> str:
    name = _plain(part, number)
    if kind == "tf_npz":
        whole = part.tensorflow + name
        return f"inpaint_net/{whole}/{whole}_conv" if name.endswith("upsample") else f"inpaint_net/{whole}"
    if kind == "daa233":
        return f"{part.daa233}{name.removesuffix('_upsample')}.conv"
    stage = part.mmagic.partition(".")[0]
    if part.ours.startswith("refinement.digest"):
        return f"{part.mmagic}conv{number - 8}.conv"
    if number <= 6:
        return f"{part.mmagic}enc{number}.conv"
    if number <= 10:
        return f"{stage}.dilation_neck.dilation_convs.{number - 7}.conv"
    return f"{stage}.decoder.dec{number - 10}.conv"
