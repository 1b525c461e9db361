"""How well are a critic, and who wants to please it, doing?  Three games, each with two losses.

A critic gives one number for each picture; what it means is the game's affair. The games are the rows of
Figure 9 of Yu et al. 2018.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, mse_loss

_LEAST_SQUARE = 1e-12
"""Added to the squared norm of the gradient: the slope of the root of zero is no number."""


@dataclass(frozen=True)
class Game:
    """What critic and generator are told about the critic's numbers.

    Attributes:
        critic_loss: Of the numbers for true and for made-up pictures, each (B,): a scalar.
        generator_loss: Of the numbers for made-up pictures (B,): a scalar.
        needs_penalty: True when the critic's gradient must be kept near 1.
    """

    critic_loss: Callable[[Tensor, Tensor], Tensor]
    generator_loss: Callable[[Tensor], Tensor]
    needs_penalty: bool


def _wasserstein_critic(real: Tensor, fake: Tensor) -> Tensor:
    return fake.mean() - real.mean()


def _wasserstein_generator(fake: Tensor) -> Tensor:
    return -fake.mean()


def _cross_entropy_critic(real: Tensor, fake: Tensor) -> Tensor:
    on_real = binary_cross_entropy_with_logits(real, torch.ones_like(real))
    on_fake = binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
    return (on_real + on_fake) / 2


def _cross_entropy_generator(fake: Tensor) -> Tensor:
    return binary_cross_entropy_with_logits(fake, torch.ones_like(fake))


def _least_squares_critic(real: Tensor, fake: Tensor) -> Tensor:
    return (mse_loss(real, torch.ones_like(real)) + mse_loss(fake, torch.zeros_like(fake))) / 2


def _least_squares_generator(fake: Tensor) -> Tensor:
    return mse_loss(fake, torch.ones_like(fake))


GAMES = MappingProxyType(
    {
        "wgan_gp": Game(_wasserstein_critic, _wasserstein_generator, needs_penalty=True),
        "dcgan": Game(_cross_entropy_critic, _cross_entropy_generator, needs_penalty=False),
        "lsgan": Game(_least_squares_critic, _least_squares_generator, needs_penalty=False),
    }
)


def gradient_penalty(critic: Callable[[Tensor], Tensor], between: Tensor, hole: Tensor) -> Tensor:
    """Return E[(|gradient of the critic inside the hole| - 1)^2], a scalar that has gradients itself.

    Args:
        critic: From (B, 3, H, W) to (B,).
        between: (B, 3, H, W) float, points between true and made-up pictures.
        hole: (B, 1, H, W) float, 1 = hole; what the critic does outside is not its fault.

    Source: Yu et al. 2018, equation 4 (Gulrajani et al. 2017, masked).
    """
    between = between.detach().requires_grad_(True)
    (slope,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    norm = ((slope**2) * hole).sum(dim=(1, 2, 3)).add(_LEAST_SQUARE).sqrt()  # (B,)
    return ((norm - 1) ** 2).mean()
