"""How do published checkpoints of Yu et al. 2018 become weights that our network takes?

    daa233    state dicts of daa233/generative-inpainting-pytorch. With the prefix "netG." they were made
              from the authors' TensorFlow weights, and are taken to follow their conventions.
    mmagic    deepfillv1 checkpoints of open-mmlab
    tf_npz    the variables of the authors' release v1.0.0, saved by numpy.savez under their own names

Each kind pads, samples and normalises in its own way; that is written down as the network's options. The
authors and mmagic work in B, G, R: the layers that read or draw a picture are turned over to R, G, B, so that
nobody has to remember. Pickles are read as tensors only, never as programs. None of these weights may be
shipped: their licences are the person's to look up.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import torch
from torch import Tensor

from inpainting_core.errors import InvalidRequest, WeightsDamaged, WeightsMissing
from inpainting_core.weights.keymaps import Kind, layers
from inpainting_core.weights.shelf import MOST_BYTES, Sidecar
from inpainting_core.weights.tensors import publish

Channels = Literal["rgb", "bgr"]
_CONVERTED = "netG."
_TRAINED_SIDE = 256
_HINT = "Give the file as its authors published it."


@dataclass(frozen=True)
class Imported:
    """A checkpoint in our terms.

    Attributes:
        state: Tensors by the names of `ContextualNet`; pictures are R, G, B.
        options: Of the network, as its sidecar holds them.
        channels: The order that the checkpoint had.
    """

    state: dict[str, Tensor]
    options: dict[str, Any]
    channels: Channels


def import_file(path: Path, kind: Kind, out: Path, channels: Channels | None = None) -> Sidecar:
    """Write a published checkpoint as weights of our own form (fp16), and return their sidecar.

    Args:
        path: The checkpoint.
        kind: Where it comes from.
        out: The .safetensors to write.
        channels: Order of its colours; None = as this kind is known to have.

    Raises:
        InvalidRequest: `out` has another ending, or exists.
        WeightsMissing: there is no such file.
        WeightsDamaged: it is no checkpoint of this kind.
        ImageWriteError: `out` could not be written.
    """
    if out.suffix != ".safetensors" or out.exists():
        raise InvalidRequest(
            "{name} exists, or does not end in .safetensors.", "Choose another --out.", name=out.name
        )
    found = converted(read_tensors(path, kind), kind, path.name, channels)
    sidecar = Sidecar(
        engine="contextual_attention",
        title=f"Imported from {path.name} ({kind}), not trained here",
        options=found.options,
        config={
            "data": {"side": _TRAINED_SIDE},
            "imported": {"file": path.name, "kind": kind, "channels": found.channels},
        },
        licence="NOASSERTION",
    )
    return publish(out, found.state, sidecar)


def read_tensors(path: Path, kind: Kind) -> dict[str, Tensor]:
    """Return the tensors of a checkpoint by their own names.

    Raises:
        WeightsMissing: there is no such file.
        WeightsDamaged: it cannot be read, or holds more than tensors.
    """
    if not path.is_file():
        raise WeightsMissing("There is no file {name}.", "Check its path.", name=path)
    if path.stat().st_size > MOST_BYTES:
        raise WeightsDamaged("{name} is too large for weights.", _HINT, name=path.name)
    try:
        return _arrays(path) if kind == "tf_npz" else _state_dict(path)
    except pickle.UnpicklingError as error:
        raise WeightsDamaged(
            "{name} is no checkpoint, or holds more than tensors.",
            "Save its state dict alone, with torch.save.",
            name=path.name,
        ) from error
    except Exception as error:  # readers fail on damaged bytes in whatever way they happen to
        raise WeightsDamaged("{name} cannot be read as {kind}.", _HINT, name=path.name, kind=kind) from error


def converted(
    tensors: Mapping[str, Tensor], kind: Kind, name: str = "the file", channels: Channels | None = None
) -> Imported:
    """Return a checkpoint's tensors in our terms.

    Args:
        tensors: By their own names; what the network does not need is left out.
        kind: Where they come from.
        name: What to call the file.
        channels: Order of its colours; None = as this kind is known to have.

    Raises:
        WeightsDamaged: a layer is missing, or has another shape.
    """
    is_converted = kind == "daa233" and any(key.startswith(_CONVERTED) for key in tensors)
    conventions: Kind = "tf_npz" if is_converted else kind
    known = {_own_name(key): tensor for key, tensor in tensors.items()}
    order = channels or ("rgb" if conventions == "daa233" else "bgr")
    width = _width(known, kind, name)
    state: dict[str, Tensor] = {}
    for layer in layers(kind, width):
        weight = _found(known, f"{layer.theirs}{'/kernel' if kind == 'tf_npz' else '.weight'}", name)
        weight = weight.permute(3, 2, 0, 1) if kind == "tf_npz" and weight.ndim == 4 else weight  # HWIO: OIHW
        bias = _found(known, f"{layer.theirs}{'/bias' if kind == 'tf_npz' else '.bias'}", name)
        if tuple(weight.shape) != layer.shape or tuple(bias.shape) != layer.shape[:1]:
            raise WeightsDamaged(
                "{name} is of another network: {layer} has the shape {shape}.",
                "Give a checkpoint of the first version, with contextual attention.",
                name=name,
                layer=layer.theirs,
                shape=tuple(weight.shape),
            )
        if order == "bgr" and layer.reads_picture:
            weight = torch.cat((weight[:, :3].flip(1), weight[:, 3:]), 1)
        if order == "bgr" and layer.draws_picture:
            weight, bias = weight.flip(0), bias.flip(0)
        state[f"{layer.ours}.weight"], state[f"{layer.ours}.bias"] = weight.contiguous(), bias.contiguous()
    return Imported(state, _options(conventions, width), order)


def _options(conventions: Kind, width: int) -> dict[str, Any]:
    """Return the network's options that give what the checkpoint's own program gives."""
    options: dict[str, Any] = {"attention": "contextual", "channels": "code", "width": width}
    if conventions == "tf_npz":
        return options | {"padding": "tf_same", "layer": {"subsample": "tf_align_corners"}}
    if conventions == "mmagic":
        return options | {
            "padding": "reflect",
            "look": "elu",
            "layer": {"mask_mode": "inf", "overlap": "count"},
        }
    return options | {"padding": "zero", "layer": {"key_norm": "added"}}


def _own_name(key: str) -> str:
    """Return a tensor's name without what wrappers put before and TensorFlow behind it."""
    for prefix in ("module.", _CONVERTED, "generator."):
        key = key.removeprefix(prefix)
    return key.removesuffix(":0")


def _width(known: Mapping[str, Tensor], kind: Kind, name: str) -> int:
    first = next(layers(kind, 2)).theirs
    return len(_found(known, f"{first}{'/bias' if kind == 'tf_npz' else '.bias'}", name))


def _found(known: Mapping[str, Tensor], key: str, name: str) -> Tensor:
    if key not in known:
        raise WeightsDamaged(
            "{name} has no {key}: it is another kind of checkpoint.",
            "Say where it comes from: --kind {kinds}.",
            name=name,
            key=key,
            kinds=" or ".join(get_args(Kind)),
        )
    return known[key].detach().float()


def _state_dict(path: Path) -> dict[str, Tensor]:
    loaded = torch.load(path, map_location="cpu", weights_only=True)
    found = loaded.get("state_dict", loaded) if isinstance(loaded, dict) else {}
    return {key: value for key, value in found.items() if isinstance(key, str) and isinstance(value, Tensor)}


def _arrays(path: Path) -> dict[str, Tensor]:
    with path.open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        wanted = [key for key in stored.files if key.startswith("inpaint_net/")]
        return {key: torch.from_numpy(np.ascontiguousarray(stored[key], np.float32)) for key in wanted}
