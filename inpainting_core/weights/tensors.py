"""What do weight files hold?  Named tensors, stored as fp16, used as fp32."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from inpainting_core.errors import WeightsDamaged
from inpainting_core.imaging.atomic import replace_file
from inpainting_core.weights.shelf import Sidecar, read_verified

_FLOATS = (torch.float16, torch.float32, torch.bfloat16)
_AGAIN = "Export or copy it again."


def load(path: Path) -> tuple[dict[str, Tensor], Sidecar]:
    """Return the tensors of a weight file as float32 on the CPU, and what its sidecar says.

    Args:
        path: Of the .safetensors; pickled files are never opened.

    Raises:
        WeightsMissing: there is no weight file, or no sidecar.
        WeightsDamaged: the file is not what was published, or holds no finite floats.
    """
    data, sidecar = read_verified(path)
    try:
        state = safetensors.torch.load(data)
    except (safetensors.SafetensorError, ValueError, KeyError) as error:
        raise WeightsDamaged(
            "{name} is no safetensors file.", "Pickled weights are not read; convert them.", name=path.name
        ) from error
    for key, tensor in state.items():
        if tensor.dtype not in _FLOATS:
            raise WeightsDamaged(
                "{name}: {key} holds {type}, not floats.",
                _AGAIN,
                name=path.name,
                key=key,
                type=str(tensor.dtype).removeprefix("torch."),
            )
        if not bool(torch.isfinite(tensor).all()):
            raise WeightsDamaged("{name}: {key} is not finite.", _AGAIN, name=path.name, key=key)
    return {key: tensor.float() for key, tensor in state.items()}, sidecar


def publish(path: Path, state: Mapping[str, Tensor], sidecar: Sidecar) -> Sidecar:
    """Write a weight file (fp16) and its sidecar, and return the sidecar with hash and size filled in.

    Args:
        path: Of the .safetensors to write; its sidecar lies beside it.
        state: Named float tensors.
        sidecar: What to say about them.

    Raises:
        WeightsDamaged: a tensor does not fit into fp16 or is not finite.
        ImageWriteError: a file could not be written.
    """
    halves = {key: tensor.detach().cpu().half().contiguous() for key, tensor in state.items()}
    for key, tensor in halves.items():
        if not bool(torch.isfinite(tensor).all()):
            raise WeightsDamaged(
                "{key} is not finite in half precision.", "Train it again, more slowly.", key=key
            )
    data = safetensors.torch.save(halves)
    known = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    published = sidecar.model_copy(update=known)
    replace_file(path, data)
    text = published.model_dump_json(indent=2, by_alias=True) + "\n"
    replace_file(path.with_suffix(".json"), text.encode())
    return published
