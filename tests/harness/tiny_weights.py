"""Which weights do tests use?  Random ones of a narrow network: quick, and the same on every machine."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import torch

from inpainting_core.networks.contextual_net import ContextualNet, ContextualOptions
from inpainting_core.nn.attention_options import AttentionOptions
from inpainting_core.weights.shelf import Sidecar, own_folder
from inpainting_core.weights.tensors import publish

SIDE = 64
_OPTIONS = ContextualOptions(width=4, layer=AttentionOptions(mask_reduction="max"))


def publish_tiny(name: str, options: ContextualOptions = _OPTIONS) -> Path:
    """Write weights for the contextual engines to the person's own folder, and return where they are."""
    torch.manual_seed(3)
    path = own_folder() / f"{name}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    sidecar = Sidecar(
        engine="contextual_attention",
        title="Random, for tests",
        options=asdict(options),
        config={"data": {"side": SIDE}},
    )
    publish(path, ContextualNet(options).state_dict(), sidecar)
    return path


def publish_all() -> None:
    """Write weights for every engine that needs some."""
    publish_tiny("contextual_attention")
    publish_tiny("contextual_baseline", replace(_OPTIONS, attention="none"))
