"""Which configs are worth starting from?  The paper's, its comparisons, and what small machines can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from inpainting_core.errors import InvalidRequest
from inpainting_core.training.config import TrainingConfig, changed, checked

_PAPER = MappingProxyType(
    {
        "steps": 150_000,
        "data": {"side": 256, "least_scale": 1.0, "flip": False, "rotate": False, "colour": 0.0},
        "holes": {"rectangles": 1.0},
        "optimiser": {"averaging": 0.0},
    }
)
_OURS = MappingProxyType(
    {
        "channels": "table",  # without the attention it is the twin, layer by layer
        "look": "elu",
        "layer": {"mask_reduction": "max"},
    }
)
_GPU = MappingProxyType(
    {
        "steps": 60_000,
        "data": {"workers": 12},
        "optimiser": {"batch": 32, "learning_rate": 2e-4},
        "recipe": {"critics_from": 20_000, "critic_steps": 1, **_OURS},
        "saving": {"log_every": 20, "validate_every": 2000},
    }
)
_CPU = MappingProxyType(
    {
        "steps": 20_000,
        "data": {"side": 128},
        "optimiser": {"batch": 8, "learning_rate": 2e-4},
        "recipe": {"critics_from": 12_000, "critic_steps": 1, **_OURS},
        "saving": {"validate_every": 500},
    }
)
PRESETS: Mapping[str, tuple[Mapping[str, Any], tuple[str, ...], str]] = MappingProxyType(
    {
        "paper": (_PAPER, (), "Yu et al. 2018 as published: rectangles, 256 px, WGAN-GP, five critic steps"),
        "paper-no-attention": (_PAPER, ("recipe.attention=none",), "its baseline without attention"),
        "paper-stn": (_PAPER, ("recipe.attention=stn",), "Figure 8: one affine warp in place of attention"),
        "paper-appearance-flow": (
            _PAPER,
            ("recipe.attention=appearance_flow",),
            "Figure 8: appearance flow in place of attention",
        ),
        "paper-dcgan": (_PAPER, ("recipe.gan=dcgan",), "Figure 9: cross-entropy critics"),
        "paper-lsgan": (_PAPER, ("recipe.gan=lsgan",), "Figure 9: least-squares critics"),
        "gpu": (_GPU, (), "both kinds of holes, varied squares, a few hours on one large GPU"),
        "cpu": (_CPU, (), "both kinds of holes at 128 px, a day or two on a few cores"),
        "cpu-no-attention": (_CPU, ("recipe.attention=none",), "the same without attention"),
    }
)


def preset(name: str, images: Sequence[Path], changes: Sequence[str] = ()) -> TrainingConfig:
    """Return the config called `name` for the photographs in `images`.

    Args:
        name: A key of `PRESETS`.
        images: Folders or files.
        changes: "data.side=128": what to replace.

    Raises:
        InvalidRequest: there is no such preset, or a change is wrong.
    """
    if name not in PRESETS:
        known = ", ".join(PRESETS)
        raise InvalidRequest("There is no preset {name!r}.", "Choose from {known}.", name=name, known=known)
    settings, own_changes, _ = PRESETS[name]
    document: dict[str, Any] = {"schema": 1, **settings}
    document["data"] = {**settings.get("data", {}), "images": [str(path.resolve()) for path in images]}
    return checked(changed(document, (*own_changes, *changes)))
