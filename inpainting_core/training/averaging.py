"""Which weights are kept?  A running average of those that training passes through: calmer, and better."""

from __future__ import annotations

import copy

import torch
from torch import nn


class Averaged:
    """A network whose parameters follow those of another.

    Args:
        source: The network that is trained.
        memory: 0 to 1: how much of itself the average keeps at a step, less during the first ones; 0 = all of
            the source at once.

    Attributes:
        network: The average, ready to be used.
    """

    def __init__(self, source: nn.Module, memory: float) -> None:
        self._source, self._memory = source, memory
        self.network = copy.deepcopy(source).requires_grad_(False).eval()

    @torch.no_grad()
    def follow(self, step: int) -> None:
        """Take in the source's parameters after step number `step`, counted from 0."""
        share = 1 - min(self._memory, (1 + step) / (10 + step))
        own, theirs = self.network.state_dict(), self._source.state_dict()
        floats = [key for key, value in own.items() if value.is_floating_point()]
        torch._foreach_lerp_([own[key] for key in floats], [theirs[key] for key in floats], share)
        for key in own.keys() - set(floats):
            own[key].copy_(theirs[key])
