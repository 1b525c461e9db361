"""What does the trained network say about a crop?  Its guess, its answer, and what it looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from inpainting_core.engines.contextual.working import Working
from inpainting_core.imaging.arrays import Rgb
from inpainting_core.networks.contextual_net import ContextualNet, ContextualOptions
from inpainting_core.nn.attention_options import AttentionOptions
from inpainting_core.weights.shelf import Sidecar, find
from inpainting_core.weights.tensors import load


@dataclass(frozen=True)
class Answer:
    """What the network says; pictures are (h, w, 3) float32 in [0, 1] of the working size.

    Attributes:
        coarse: The first guess.
        refined: The answer.
        offsets: (gh, gw, k, 2) int32, (dy, dx) in cells, strongest first.
        scores: (gh, gw, k) float32 in [0, 1]; 0 = nothing there.
    """

    coarse: Rgb
    refined: Rgb
    offsets: NDArray[np.int32]
    scores: NDArray[np.float32]


class TrainedNetwork:
    """The network with the weights of a file.

    Args:
        name: Of the weights, as in `inpainting_core.weights.shelf.find`.

    Raises:
        WeightsMissing: there are none.
        WeightsDamaged: the file is not what was published, or another network's.
    """

    def __init__(self, name: str) -> None:
        state, self.sidecar = load(find(name))
        self._net = ContextualNet(_options(self.sidecar))
        self._net.load_state_dict(state)
        self._net.eval().requires_grad_(requires_grad=False)
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._net.to(self._device)

    @property
    def side(self) -> int:
        """The side of the pictures it was trained on, in pixels."""
        return int(self.sidecar.config["data"]["side"])

    def look(self, work: Working, check: Callable[[], None]) -> Answer:
        """Return what it says; `check` is called before every layer and may raise to stop."""
        hooks = [layer.register_forward_pre_hook(_calling(check)) for layer in self._net.modules()]
        try:
            with torch.inference_mode():
                found = self._net(
                    self._tensor(work.rgb * 2 - 1),
                    self._tensor(work.hole[..., None].astype(np.float32)),
                    self._tensor((work.weights * ~work.hole)[..., None]),
                    want_attention=True,
                )
        finally:
            for hook in hooks:
                hook.remove()
        attention = found.attention
        if attention is None:
            raise RuntimeError("this network has no attention")
        return Answer(
            _picture(found.coarse),
            _picture(found.refined),
            np.asarray(attention.offsets[0].permute(1, 2, 0, 3).cpu().numpy(), np.int32),
            np.asarray(attention.scores[0].permute(1, 2, 0).cpu().numpy(), np.float32),
        )

    def _tensor(self, values: NDArray[np.float32]) -> Tensor:
        """Return (1, C, h, w) of (h, w, C)."""
        there = torch.from_numpy(np.ascontiguousarray(values, np.float32)).to(self._device)
        return there.permute(2, 0, 1)[None]


def _picture(tensor: Tensor) -> Rgb:
    """Return (h, w, 3) in [0, 1] of (1, 3, h, w) in [-1, 1]."""
    return np.asarray((tensor[0].permute(1, 2, 0).cpu().numpy() + 1) / 2, np.float32)


def _options(sidecar: Sidecar) -> ContextualOptions:
    given: dict[str, Any] = dict(sidecar.options)
    return ContextualOptions(**{**given, "layer": AttentionOptions(**given.get("layer", {}))})


def _calling(check: Callable[[], None]) -> Callable[[nn.Module, tuple[Any, ...]], None]:
    def before(_layer: nn.Module, _inputs: tuple[Any, ...]) -> None:
        check()

    return before
