"""What must a paper's network offer so that the loop can train it?  And which do?"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from lightning_fabric import Fabric
from torch import Tensor

from inpainting_core.training.config import TrainingConfig
from inpainting_core.training.data import Sample

Batch = dict[str, Tensor]
"""Named tensors of one batch; what they are is the recipe's affair."""
FOCUS = "attention_focus"
"""Figure of networks with attention: 0 = it looks everywhere alike, 1 = at one place."""


class Fills(NamedTuple):
    """What a network makes of a batch.

    Attributes:
        coarse: (B, 3, S, S) float32 in [0, 1], known pixels as they were.
        result: Likewise.
        figures: What else there is to say, by name.
    """

    coarse: Tensor
    result: Tensor
    figures: Mapping[str, float] = MappingProxyType({})


class Recipe(Protocol):
    """One network on its way.

    Made with a config and a Fabric that is launched; it builds networks and optimisers from the config and
    sets them up with the Fabric. All that a step draws by chance it draws from torch's generator, which is
    seeded before every step: so nothing random is ever saved.
    """

    engine: str
    """Id of the engine that the weights are for."""

    def __init__(self, config: TrainingConfig, fabric: Fabric) -> None: ...

    def batches(self, step: int) -> int:
        """Return how many batches a step takes."""

    def collate(self, samples: Sequence[Sample]) -> Batch:
        """Return the samples as CPU tensors; called in threads."""

    def step(self, step: int, batches: Sequence[Batch]) -> dict[str, Tensor]:
        """Take one step on batches that are on the device, and return its losses, detached scalars."""

    def fill(self, batch: Batch) -> Fills:
        """Return what the averaged network makes of a batch."""

    def state(self) -> dict[str, Any]:
        """Return all that a resumed run needs: tensors, numbers and text in dicts and lists.

        Its "averaged" is what `weights` gives.
        """

    def begin(self, weights: Mapping[str, Tensor], options: Mapping[str, Any]) -> None:
        """Take up published weights, built by these options, to learn on from there.

        Raises:
            InvalidRequest: they are those of another network.
        """

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state."""

    def weights(self) -> dict[str, Tensor]:
        """Return the averaged network's tensors, to be published."""

    def options(self) -> dict[str, Any]:
        """Return how the network is built, as plain values."""


_LOADERS = MappingProxyType(
    {"contextual_attention": "inpainting_core.training.recipes.contextual:ContextualRecipe"}
)


def open_recipe(config: TrainingConfig, fabric: Fabric) -> Recipe:
    """Return the recipe that the config names."""
    module, name = _LOADERS[config.recipe.id].split(":")
    recipe: Recipe = getattr(importlib.import_module(module), name)(config, fabric)
    return recipe
