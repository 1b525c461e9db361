"""What does the trained network say about a crop?  Its guess, its answer, and what it looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from inpainting_core.engines.contextual.working import CELL, Working
from inpainting_core.errors import WeightsDamaged
from inpainting_core.imaging.arrays import Rgb
from inpainting_core.networks.contextual_net import ContextualNet, ContextualOptions
from inpainting_core.nn.attention_options import Attention
from inpainting_core.sentences import Sentence
from inpainting_core.weights.shelf import find
from inpainting_core.weights.tensors import load

_PAPERS_SIDE = 256
_NO_MEMORY = "DefaultCPUAllocator"
"""What torch says when the processor's memory is not enough; it has no class of error for that."""


@dataclass(frozen=True)
class Answer:
    """What the network says; pictures are (h, w, 3) float32 in [0, 1] of the working size.

    Attributes:
        coarse: The first guess.
        refined: The answer.
        seen: What was looked at; None for a network without attention.
    """

    coarse: Rgb
    refined: Rgb
    seen: Seen | None


@dataclass(frozen=True)
class Seen:
    """What every cell of the attention map looked at.

    Attributes:
        offsets: (gh, gw, k, 2) int32, (dy, dx) in cells, strongest first.
        scores: (gh, gw, k) float32 in [0, 1]; 0 = nothing there.
    """

    offsets: NDArray[np.int32]
    scores: NDArray[np.float32]


class Newest:
    """The network of the weights that are there now: trained or imported anew, they are loaded anew.

    Args:
        name: Of the weights, as in `inpainting_core.weights.shelf.find`.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._loaded: tuple[Path, int, TrainedNetwork] | None = None
        self._warm: TrainedNetwork | None = None

    def __call__(self) -> TrainedNetwork:
        """Return it.

        Raises:
            WeightsMissing: there are none.
            WeightsDamaged: they are not what was published, or another network's.
        """
        path = find(self._name)
        try:
            stamp = path.stat().st_mtime_ns
        except OSError:
            stamp = 0  # loading says what is wrong
        if self._loaded is None or self._loaded[:2] != (path, stamp):
            self._loaded = path, stamp, TrainedNetwork(path)
        return self._loaded[2]

    def warm_up(self, use: Callable[[], object]) -> None:
        """Call `use`, which makes the network look at something, unless it has done so already.

        Raises:
            WeightsMissing: there are none.
            WeightsDamaged: they are not what was published, or another network's.
        """
        network = self()
        if network is not self._warm:
            use()
            self._warm = network


class TrainedNetwork:
    """The network with the weights of a file; on a GPU where there is one.

    Args:
        path: Of the weights.

    Attributes:
        sidecar: What is known of the weights.
        notes: Sentences the user should read.

    Raises:
        WeightsDamaged: the file is not what was published, or another network's.
    """

    def __init__(self, path: Path) -> None:
        state, self.sidecar = load(path)
        try:
            self._net = ContextualNet(ContextualOptions.read(self.sidecar.options))
            self._net.load_state_dict(state)
        except (TypeError, ValueError, RuntimeError) as error:
            raise WeightsDamaged(
                "{name} holds the weights of another network.",
                "Train this one, or import weights for it.",
                name=path.name,
            ) from error
        try:
            sound = self.side >= CELL
        except (AttributeError, TypeError, ValueError):
            sound = False
        if not sound:
            beside = path.with_suffix(".json").name
            raise WeightsDamaged("The sidecar {name} is damaged.", "Export or copy it again.", name=beside)
        self.notes: tuple[str, ...] = ()
        self._net.eval().requires_grad_(requires_grad=False)
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    @property
    def side(self) -> int:
        """The side of the pictures it was trained on, in pixels; imported weights: the paper's."""
        return int(self.sidecar.config.get("data", {}).get("side", _PAPERS_SIDE))

    def look(self, work: Working, check: Callable[[], None]) -> Answer:
        """Return what it says; `check` is called before every layer and may raise to stop.

        A GPU with too little memory is left for good: the processor answers from then on, as `notes` says.

        Raises:
            MemoryError: the machine has too little.
        """
        try:
            return self._look(work, check)
        except torch.OutOfMemoryError:
            self._device = torch.device("cpu")
            self.notes = (Sentence("The GPU has too little memory for this; the processor does it."),)
        except RuntimeError as error:
            if _NO_MEMORY not in str(error):
                raise
            raise MemoryError(str(error)) from error
        self._net.to(self._device)
        torch.cuda.empty_cache()
        return self.look(work, check)

    def _look(self, work: Working, check: Callable[[], None]) -> Answer:
        self._net.to(self._device)
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
        return Answer(_picture(found.coarse), _picture(found.refined), _seen(found.attention))

    def _tensor(self, values: NDArray[np.float32]) -> Tensor:
        """Return (1, C, h, w) of (h, w, C)."""
        there = torch.from_numpy(np.ascontiguousarray(values, np.float32)).to(self._device)
        return there.permute(2, 0, 1)[None]


def _picture(tensor: Tensor) -> Rgb:
    """Return (h, w, 3) in [0, 1] of (1, 3, h, w) in [-1, 1]."""
    return np.asarray((tensor[0].permute(1, 2, 0).cpu().numpy() + 1) / 2, np.float32)


def _seen(attention: Attention | None) -> Seen | None:
    if attention is None:
        return None
    return Seen(
        np.asarray(attention.offsets[0].permute(1, 2, 0, 3).cpu().numpy(), np.int32),
        np.asarray(attention.scores[0].permute(1, 2, 0).cpu().numpy(), np.float32),
    )


def _calling(check: Callable[[], None]) -> Callable[[nn.Module, tuple[Any, ...]], None]:
    def before(_layer: nn.Module, _inputs: tuple[Any, ...]) -> None:
        check()

    return before
