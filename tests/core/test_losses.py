"""Are the losses those of the paper?  By hand, and the paper's own figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from inpainting_core.losses.adversarial import GAMES, gradient_penalty
from inpainting_core.losses.pixel import discounted_box, discounted_hole, known_l1, weighted_l1


def test_check_11_discount_weights() -> None:
    weights = discounted_box(128, 128, 0.9)
    assert weights[0, 0] == 1
    assert weights[127, 127] == pytest.approx(0.9)
    assert weights[64, 64] == pytest.approx(0.001179, rel=1e-3)
    assert weights.mean() == pytest.approx(0.25292, abs=1e-5)


def test_boxes_of_any_shape_follow_the_formula() -> None:
    expected = [[0.5 ** min(i, 5 - i, j, 8 - j) for j in range(8)] for i in range(5)]
    np.testing.assert_allclose(discounted_box(5, 8, 0.5), expected, rtol=1e-6)
    assert (discounted_box(3, 4, 1.0) == 1).all()


def test_free_holes_are_discounted_by_the_steps_to_the_nearest_known_pixel() -> None:
    hole = np.random.default_rng(3).random((14, 17)) < 0.8
    known = np.argwhere(~hole)
    weights = discounted_hole(hole, 0.9)
    for y, x in np.argwhere(hole):
        steps = np.abs(known - (y, x)).max(axis=1).min()
        assert weights[y, x] == pytest.approx(0.9**steps, rel=1e-6)
    assert not weights[~hole].any()
    assert (discounted_hole(np.ones((3, 3), np.bool_), 0.9) == 1).all()


def test_l1_by_hand() -> None:
    truth = torch.zeros(2, 3, 2, 2)
    guess = truth.clone()
    guess[0, :, 0, 0] = torch.tensor([0.3, -0.6, 0.9])
    guess[1, :, 1, 1] = 0.5
    weights = torch.zeros(2, 1, 2, 2)
    weights[0, 0, 0, 0], weights[1, 0, 1, 1] = 0.5, 1.0
    by_hand = ((0.3 + 0.6 + 0.9) * 0.5 + 3 * 0.5) / 3 / 2
    assert weighted_l1(guess, truth, weights).item() == pytest.approx(by_hand)
    hole = torch.zeros(2, 1, 2, 2)
    hole[0, 0, 0, 0] = 1  # seven of eight pixels are known; one of them is wrong by 0.5 in each channel
    assert known_l1(guess, truth, hole).item() == pytest.approx(3 * 0.5 / 24 / (7 / 8))
    assert known_l1(guess, truth, torch.ones_like(hole)).item() == 0


@pytest.mark.parametrize(
    ("gan", "critic", "generator"),
    [
        ("wgan_gp", -1.0 - 2.0, 1.0),
        (
            "dcgan",
            (math.log1p(math.exp(-2)) + math.log1p(math.exp(-1))) / 2,
            math.log1p(math.exp(1)),
        ),
        ("lsgan", ((2 - 1) ** 2 + (-1) ** 2) / 2, (-1 - 1) ** 2),
    ],
)
def test_games_by_hand(gan: str, critic: float, generator: float) -> None:
    real, fake = torch.tensor([2.0, 2.0]), torch.tensor([-1.0, -1.0])
    game = GAMES[gan]
    assert game.critic_loss(real, fake).item() == pytest.approx(critic)
    assert game.generator_loss(fake).item() == pytest.approx(generator)
    assert game.needs_penalty == (gan == "wgan_gp")


def test_check_13_penalty_of_a_linear_critic() -> None:
    """The gradient's norm is 3 inside the hole, so (3 - 1)^2; outside it may be anything."""
    slope = torch.zeros(1, 3, 4, 4)
    hole = torch.zeros(2, 1, 4, 4)
    hole[:, :, 1:3, 1:3] = 1
    slope[:, :, 1:3, 1:3] = 3 / math.sqrt(12)
    slope[:, :, 0] = 100
    between = torch.randn(2, 3, 4, 4, generator=torch.Generator().manual_seed(1))
    scale = torch.ones((), requires_grad=True)
    penalty = gradient_penalty(lambda x: (x * slope * scale).sum(dim=(1, 2, 3)), between, hole)
    assert penalty.item() == pytest.approx(4, rel=1e-5)
    (change,) = torch.autograd.grad(penalty, scale)
    assert change.item() == pytest.approx(2 * (3 - 1) * 3, rel=1e-5)


def test_a_critic_without_slope_has_a_finite_penalty_and_gradient() -> None:
    weight = torch.zeros(3, 2, 2, requires_grad=True)
    penalty = gradient_penalty(
        lambda x: (x * weight).sum(dim=(1, 2, 3)), torch.ones(1, 3, 2, 2), torch.ones(1, 1, 2, 2)
    )
    (change,) = torch.autograd.grad(penalty, weight)
    assert penalty.item() == pytest.approx(1, abs=1e-5)
    assert torch.isfinite(change).all()
