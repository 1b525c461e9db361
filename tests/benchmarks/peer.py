"""How is somebody else's port of the paper run beside ours?  From a folder of its own, which is never ours.

The port is daa233/generative-inpainting-pytorch, fetched by whoever measures. It imports libraries for
reading files and drawing; nothing of them is called here, so that empty modules stand in where they lack.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from pathlib import Path
from typing import Any

_UNUSED = ("yaml", "torchvision", "torchvision.transforms", "torchvision.utils")


def modules(folder: Path | None) -> Any:
    """Return the port's module of networks, or None (and a sentence on the screen) where there is none."""
    if folder is None or not (folder / "model" / "networks.py").is_file():
        print("The port is not measured: give its folder with --peer.")
        return None
    lacking = [name for name in _UNUSED if importlib.util.find_spec(name.split(".", maxsplit=1)[0]) is None]
    for name in lacking:
        sys.modules[name] = types.ModuleType(name)
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, sys.modules[name])
    sys.path.insert(0, str(folder))
    return importlib.import_module("model.networks")


def attention(networks: Any) -> Any:
    """Return the port's attention layer with the paper's settings."""
    return networks.ContextualAttention(
        ksize=3, stride=1, rate=2, fuse_k=3, softmax_scale=10, fuse=True, use_cuda=False
    )


def generator(networks: Any) -> Any:
    """Return the port's generator at the paper's width, fresh weights."""
    return networks.Generator({"input_dim": 3, "ngf": 32}, False, None).eval()
