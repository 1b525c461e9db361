"""How does the contextual-attention network learn?

Source: Yu et al. 2018, algorithm 1, and the authors' code.
Three phases, each of them optional: the coarse part alone; both parts by their pixels; both against two
critics, which take several steps, each on fresh squares, for every one of the generator. Generators may run
in bf16; critics, whose gradients are differentiated again, never do.

Differs: holes are each square's own, and of two kinds. The local critic sees the square around the hole,
shrunk to half a side where strokes reach farther. On request the answer is also held to VGG-16's features,
for which the authors found no need beside critics.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any, NamedTuple

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn
from torch.nn import functional

from inpainting_core.errors import InvalidRequest
from inpainting_core.losses.adversarial import GAMES, gradient_penalty
from inpainting_core.losses.features import feature_distance, seen, shipped_vgg
from inpainting_core.losses.pixel import discounted_box, discounted_hole, known_l1, weighted_l1
from inpainting_core.networks.contextual_net import ContextualNet, ContextualOptions
from inpainting_core.networks.critics import GlobalCritic, LocalCritic
from inpainting_core.networks.vgg_features import LAYERS, VggFeatures
from inpainting_core.nn.attention_options import Attention, AttentionOptions
from inpainting_core.training.averaging import Averaged
from inpainting_core.training.config import ContextualSettings, OptimiserSettings, TrainingConfig
from inpainting_core.training.data import Sample
from inpainting_core.training.holes import Hole
from inpainting_core.training.machine import half_precision
from inpainting_core.training.recipe import FOCUS, Batch, Fills

_FEATURES = LAYERS[:3]  # the fourth costs as much as two of them, and sees cells of 8 pixels


class _Pair(nn.Module):
    """Both critics: the whole square, and the hole's surroundings."""

    def __init__(self, side: int, width: int) -> None:
        super().__init__()
        self.whole, self.part = GlobalCritic(side, width), LocalCritic(side // 2, width)

    def forward(self, whole: Tensor, part: Tensor) -> tuple[Tensor, Tensor]:
        """Return two times (B,) from (B, 3, S, S) and (B, 3, S / 2, S / 2)."""
        return self.whole(whole), self.part(part)


class _Views(NamedTuple):
    """What the critics see of a batch."""

    whole: Tensor
    part: Tensor


class ContextualRecipe:
    """Trains `ContextualNet`; see `inpainting_core.training.recipe.Recipe`."""

    engine = "contextual_attention"

    def __init__(self, config: TrainingConfig, fabric: Fabric) -> None:
        self._config, self._fabric, self._settings = config, fabric, config.recipe
        self._half = half_precision(config.machine.precision, fabric.device)
        self._net = ContextualNet(network_options(config.recipe))
        compiled = config.machine.compiled and fabric.device.type == "cuda"
        if compiled:
            self._net.compile()
        self._generator = fabric.setup_module(self._net)
        self._averaged = Averaged(self._net, config.optimiser.averaging)
        self._optimiser = _adam(self._net, config.optimiser)
        self._critics: _Pair | None = None
        if config.recipe.gan != "none":
            self._critics = _Pair(config.data.side, config.recipe.critic_width)
            self._critics.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
            self._judge = fabric.setup_module(self._critics)
            self._critic_optimiser = _adam(self._critics, config.optimiser)
            self._game = GAMES[config.recipe.gan]
        self._features: VggFeatures | None = None
        if config.recipe.feature_weight > 0:
            self._features = shipped_vgg(_FEATURES).to(fabric.device)

    def batches(self, step: int) -> int:
        """Return how many batches a step takes: fresh ones for every critics' step."""
        turns = self._settings.critic_steps if self._has_critics(step) else 0
        return (turns + 1) * self._config.optimiser.accumulate

    def collate(self, samples: Sequence[Sample]) -> Batch:
        """Return image (B,3,S,S), hole and l1 weights (B,1,S,S), and boxes (B,3) as top, left, side."""
        holes = [sample.hole for sample in samples]
        pixels = np.stack([sample.pixels for sample in samples]).transpose(0, 3, 1, 2)  # (B, 3, S, S)
        return {
            "image": torch.from_numpy(np.ascontiguousarray(pixels)),
            "hole": torch.from_numpy(np.stack([hole.mask for hole in holes])[:, None].view(np.uint8)),
            "weights": torch.from_numpy(np.stack([self._weights(hole) for hole in holes])[:, None]),
            "boxes": torch.tensor([[hole.box.top, hole.box.left, hole.box.height] for hole in holes]),
        }

    def step(self, step: int, batches: Sequence[Batch]) -> dict[str, Tensor]:
        """Return the losses of the critics' steps, if any, and of the generator's."""
        size, losses = self._config.optimiser.accumulate, dict[str, Tensor]()
        turns = [batches[start : start + size] for start in range(0, len(batches), size)]
        for turn in turns[:-1]:
            losses |= self._critic_step(turn)
        losses |= self._generator_step(turns[-1], step)
        self._averaged.follow(step)
        return losses

    @torch.no_grad()
    def fill(self, batch: Batch) -> Fills:
        """Return coarse answer and result of the averaged network, and how its attention is focused."""
        truth, hole = _image(batch), batch["hole"].float()
        answer = self._averaged.network(truth, hole, want_attention=True)
        coarse, result = (torch.where(hole > 0, part, truth) / 2 + 0.5 for part in answer[:2])
        if answer.attention is None:
            return Fills(coarse, result)
        return Fills(coarse, result, {FOCUS: focus(answer.attention, hole)})

    def state(self) -> dict[str, Any]:
        """Return networks and optimisers."""
        state = {
            "network": self._net.state_dict(),
            "averaged": self._averaged.network.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }
        if self._critics is not None:
            state["critics"] = self._critics.state_dict()
            state["critic_optimiser"] = self._critic_optimiser.state_dict()
        return state

    def begin(self, weights: Mapping[str, Tensor], options: Mapping[str, Any]) -> None:
        """Take up a published generator.

        Raises:
            InvalidRequest: it is built otherwise than the config says.
        """
        try:
            if ContextualOptions.read(options).work != self._net.options.work:
                raise ValueError(options)
            for network in (self._net, self._averaged.network):
                network.load_state_dict(weights)
        except (RuntimeError, TypeError, ValueError) as error:
            raise InvalidRequest(
                "The weights to begin with are of another network.",
                "Take the recipe's options from their sidecar, or begin without them.",
            ) from error

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up networks and optimisers.

        Raises:
            InvalidRequest: they are those of another config.
        """
        try:
            self._net.load_state_dict(state["network"])
            self._averaged.network.load_state_dict(state["averaged"])
            _restore_adam(self._optimiser, state["optimiser"])
            if self._critics is not None:
                self._critics.load_state_dict(state["critics"])
                _restore_adam(self._critic_optimiser, state["critic_optimiser"])
        except (KeyError, RuntimeError, ValueError) as error:
            raise InvalidRequest(
                "The checkpoint is of another network.", "Resume with the config that the run began with."
            ) from error

    def weights(self) -> dict[str, Tensor]:
        """Return the averaged generator."""
        return self._averaged.network.state_dict()

    def options(self) -> dict[str, Any]:
        """Return the generator's options."""
        return asdict(self._net.options)

    def _has_critics(self, step: int) -> bool:
        settings = self._settings
        return settings.gan != "none" and step >= max(settings.coarse_steps, settings.critics_from)

    def _weights(self, hole: Hole) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        """Return (S, S): the discount, divided by the area that the loss is a mean over."""
        if not hole.is_rectangle:
            return discounted_hole(hole.mask, self._settings.discount) / np.float32(hole.mask.sum())
        weights = np.zeros(hole.mask.shape, np.float32)
        box = hole.box
        weights[box.slices] = discounted_box(box.height, box.width, self._settings.discount)
        return weights / np.float32(box.height * box.width)

    def _autocast(self) -> AbstractContextManager[None]:
        return torch.autocast(self._fabric.device.type, torch.bfloat16, enabled=self._half)

    def _critic_step(self, turn: Sequence[Batch]) -> dict[str, Tensor]:
        """Take one step of both critics; the generator's parameters and gradients stay as they are."""
        assert self._critics is not None  # noqa: S101
        self._critics.requires_grad_(True)
        self._critic_optimiser.zero_grad(set_to_none=True)
        losses = dict[str, Tensor]()
        for number, batch in enumerate(turn):
            truth, hole = _image(batch), batch["hole"].float()
            with torch.no_grad(), self._autocast():
                answer = self._generator(truth, hole).refined.float()
            real, fake = self._views(truth, batch), self._views(torch.where(hole > 0, answer, truth), batch)
            with self._fabric.no_backward_sync(self._judge, enabled=number + 1 < len(turn)):
                scores = self._judge(torch.cat([real.whole, fake.whole]), torch.cat([real.part, fake.part]))
                verdicts = [self._game.critic_loss(*score.chunk(2)) for score in scores]
                losses = {"critic": sum(verdicts, torch.zeros((), device=truth.device))}
                if self._game.needs_penalty:
                    losses["penalty"] = self._penalty(real, fake, batch)
                total = losses["critic"] + self._settings.penalty_weight * losses.get("penalty", 0)
                self._fabric.backward(total / len(turn))
        self._critic_optimiser.step()
        return {name: loss.detach() for name, loss in losses.items()}

    def _penalty(self, real: _Views, fake: _Views, batch: Batch) -> Tensor:
        assert self._critics is not None  # noqa: S101
        hole = batch["hole"].float()
        share = torch.rand(len(hole), 1, 1, 1, device=hole.device)
        inside = crops(hole, batch["boxes"], hole.shape[2] // 2).gt(0).float()
        whole = gradient_penalty(self._critics.whole, torch.lerp(real.whole, fake.whole, share), hole)
        return whole + gradient_penalty(self._critics.part, torch.lerp(real.part, fake.part, share), inside)

    def _generator_step(self, turn: Sequence[Batch], step: int) -> dict[str, Tensor]:
        """Take one step of the generator; the critics' parameters and gradients stay as they are."""
        if self._critics is not None:
            self._critics.requires_grad_(False)
        self._optimiser.zero_grad(set_to_none=True)
        losses = dict[str, Tensor]()
        for number, batch in enumerate(turn):
            with self._fabric.no_backward_sync(self._generator, enabled=number + 1 < len(turn)):
                losses = self._generator_losses(batch, step)
                self._fabric.backward(losses["total"] / len(turn))
        if step < self._settings.coarse_steps and self._fabric.world_size > 1:
            for parameter in self._net.coarse.parameters():  # they did not pass through the wrapper
                if parameter.grad is not None:
                    parameter.grad.copy_(self._fabric.all_reduce(parameter.grad))  # type: ignore[arg-type]
        self._optimiser.step()
        return {name: loss.detach() for name, loss in losses.items()}

    def _generator_losses(self, batch: Batch, step: int) -> dict[str, Tensor]:
        """Return the losses by name; "total" is what the step goes down."""
        settings, truth, hole = self._settings, _image(batch), batch["hole"].float()
        with self._autocast():
            if step < settings.coarse_steps:
                known = torch.cat([truth * (1 - hole), torch.ones_like(hole), hole], dim=1)  # (B, 5, S, S)
                answers = [self._net.coarse(known).float()]
            else:
                answers = [answer.float() for answer in self._generator(truth, hole)[:2]]
        shares = (settings.coarse_weight, 1.0)
        in_hole = [weighted_l1(answer, truth, batch["weights"]) for answer in answers]
        outside = [known_l1(answer, truth, hole) for answer in answers]
        losses = {
            "hole": torch.stack([share * loss for share, loss in zip(shares, in_hole, strict=False)]).sum(),
            "known": torch.stack([share * loss for share, loss in zip(shares, outside, strict=False)]).sum(),
        }
        losses["total"] = settings.hole_weight * losses["hole"] + settings.known_weight * losses["known"]
        pasted = torch.where(hole > 0, answers[-1], truth)
        if self._features is not None:
            losses["features"] = _apart(self._features, pasted, truth, hole)
            losses["total"] = losses["total"] + settings.feature_weight * losses["features"]
        if self._has_critics(step) and self._critics is not None:
            verdicts = [
                self._game.generator_loss(score) for score in self._critics(*self._views(pasted, batch))
            ]
            losses["deceit"] = torch.stack(verdicts).sum()
            losses["total"] = losses["total"] + settings.critic_weight * losses["deceit"]
        return losses

    def _views(self, picture: Tensor, batch: Batch) -> _Views:
        return _Views(picture, crops(picture, batch["boxes"], picture.shape[2] // 2))


def network_options(settings: ContextualSettings) -> ContextualOptions:
    """Return the network that the settings describe.

    Raises:
        InvalidRequest: the attention layer has no such option.
    """
    try:
        layer = AttentionOptions(**settings.layer)  # type: ignore[arg-type]
    except TypeError as error:
        known = ", ".join(asdict(AttentionOptions()))
        raise InvalidRequest(
            "recipe.layer names an option that attention has not.", "It has: {known}.", known=known
        ) from error
    return ContextualOptions(
        settings.attention, settings.padding, settings.channels, settings.width, layer, settings.look
    )


def focus(attention: Attention, hole: Tensor) -> float:
    """Return how far the strongest source of a hole's cells stands out: 0 = all are alike, 1 = it is alone.

    Args:
        attention: Of B pictures.
        hole: (B, 1, H, W), 1 in the hole.
    """
    strongest = attention.scores[:, 0]  # (B, h, w)
    inside = functional.adaptive_max_pool2d(hole, strongest.shape[1:])[:, 0] > 0
    alike = 1 / math.prod(attention.key_grid)
    return float(((strongest[inside].float() - alike) / (1 - alike)).mean())


def crops(picture: Tensor, boxes: Tensor, side: int) -> Tensor:
    """Return (B, C, side, side): each sample's square; larger ones shrunk, those of `side` as they are.

    Args:
        picture: (B, C, S, S) float.
        boxes: (B, 3): top, left, side of each square, in pixels.
        side: Of what is returned.
    """
    top, left, wide = boxes.to(picture.dtype).unbind(1)
    whole, zero = picture.shape[2], torch.zeros_like(top)
    scale = wide / whole
    across, down = (2 * left + wide) / whole - 1, (2 * top + wide) / whole - 1
    rows = torch.stack(
        [torch.stack([scale, zero, across], 1), torch.stack([zero, scale, down], 1)], 1
    )  # (B, 2, 3)
    grid = functional.affine_grid(rows, [len(picture), picture.shape[1], side, side], align_corners=False)
    return functional.grid_sample(picture, grid, align_corners=False)


def _apart(network: VggFeatures, pasted: Tensor, truth: Tensor, hole: Tensor) -> Tensor:
    """Return how far the holes are from the original in the network's features, a scalar."""
    with torch.no_grad():
        known = seen(network, truth / 2 + 0.5)
    return feature_distance(seen(network, pasted / 2 + 0.5), known, hole).mean()


def _image(batch: Batch) -> Tensor:
    """Return (B, 3, S, S) in [-1, 1], channels last."""
    image = batch["image"].float() / 127.5 - 1
    return image.contiguous(memory_format=torch.channels_last)


def _adam(network: nn.Module, settings: OptimiserSettings) -> torch.optim.Adam:
    """Return Adam, fused on GPUs only: on a CPU a fused step leaves no mark for who keeps weights."""
    betas, fused = (settings.beta1, settings.beta2), next(network.parameters()).is_cuda
    return torch.optim.Adam(network.parameters(), settings.learning_rate, betas, fused=fused)


def _restore_adam(optimiser: torch.optim.Adam, state: dict[str, Any]) -> None:
    """Take up what was learned of the gradients; how to step is this config's and machine's."""
    wished = {name: optimiser.param_groups[0][name] for name in ("lr", "betas", "fused")}
    groups = [group | wished for group in state["param_groups"]]
    optimiser.load_state_dict({**state, "param_groups": groups})
