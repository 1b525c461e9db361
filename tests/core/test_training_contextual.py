"""Does one step of the contextual recipe do what the paper's algorithm says, and nothing else?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from inpainting_core.errors import InvalidRequest
from inpainting_core.losses.features import feature_distance, seen, shipped_vgg
from inpainting_core.losses.pixel import discounted_box, discounted_hole
from inpainting_core.nn.attention_options import Attention
from inpainting_core.training.config import TrainingConfig
from inpainting_core.training.data import Photographs, Sample
from inpainting_core.training.holes import rectangle, strokes
from inpainting_core.training.machine import fabric_for
from inpainting_core.training.recipe import FOCUS, Batch
from inpainting_core.training.recipes.contextual import ContextualRecipe, crops, focus
from tests.core.made_up_runs import small_config

PIXELS = np.random.default_rng(2).integers(0, 256, (60, 50, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def fabric() -> Fabric:
    before = torch.get_num_threads()
    made = fabric_for(small_config(Path("a")).machine)
    torch.set_num_threads(before)
    return made


def recipe_for(fabric: Fabric, *changes: str) -> tuple[ContextualRecipe, TrainingConfig]:
    config = small_config(Path("a"), *changes)
    torch.manual_seed(0)
    return ContextualRecipe(config, fabric), config


def batches_for(recipe: ContextualRecipe, config: TrainingConfig, step: int = 0) -> list[Batch]:
    source = Photographs(1, lambda _: PIXELS, config, pytest.fail)
    size = config.optimiser.batch
    return [
        recipe.collate([source.sample(step, number * size + item) for item in range(size)])
        for number in range(recipe.batches(step))
    ]


def copied(part: Any) -> dict[str, torch.Tensor]:
    return {key: value.clone() for key, value in part.items()}


def differ(before: dict[str, torch.Tensor], after: dict[str, torch.Tensor]) -> set[str]:
    return {key for key in before if not torch.equal(before[key], after[key])}


def test_check_14_five_critics_steps_for_each_of_the_generator(
    fabric: Fabric, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, config = recipe_for(fabric, "recipe.critic_steps=5")
    order: list[str] = []
    states = [copied(recipe.state()["network"])]
    for name in ("_critic_step", "_generator_step"):
        real = getattr(recipe, name)

        def spy(*given: Any, name: str = name, real: Any = real) -> Any:
            critics = copied(recipe.state()["critics"])
            answer = real(*given)
            after = recipe.state()
            order.append(name)
            is_critic = name == "_critic_step"
            assert bool(differ(critics, after["critics"])) == is_critic
            assert bool(differ(states[-1], after["network"])) != is_critic
            states.append(copied(after["network"]))
            return answer

        monkeypatch.setattr(recipe, name, spy)
    batches = batches_for(recipe, config)
    assert len({batch["image"].numpy().tobytes() for batch in batches}) == 6
    losses = recipe.step(0, batches)
    assert order == ["_critic_step"] * 5 + ["_generator_step"]
    assert set(losses) == {"critic", "penalty", "hole", "known", "total", "deceit"}


def test_the_l1_weights_are_the_discount_over_the_region(fabric: Fabric) -> None:
    recipe, _ = recipe_for(fabric)
    boxed, brushed = rectangle(32, np.random.default_rng(1)), strokes(32, (0.1, 0.2), 3)
    batch = recipe.collate([Sample(PIXELS[:32, :32], hole) for hole in (boxed, brushed)])
    box = np.zeros((32, 32), np.float32)
    box[boxed.box.slices] = discounted_box(16, 16, 0.9) / 256
    np.testing.assert_allclose(batch["weights"][0, 0].numpy(), box, rtol=1e-6)
    free = discounted_hole(brushed.mask, 0.9) / brushed.mask.sum()
    np.testing.assert_allclose(batch["weights"][1, 0].numpy(), free, rtol=1e-6)
    np.testing.assert_array_equal(batch["image"][0].permute(1, 2, 0).numpy(), PIXELS[:32, :32])


def test_losses_are_the_papers_sum(fabric: Fabric) -> None:
    recipe, config = recipe_for(fabric, "recipe.gan=none")
    (batch,) = batches_for(recipe, config)
    with torch.no_grad():
        losses = recipe._generator_losses(batch, 0)
        given = batch["image"].float() / 127.5 - 1, batch["hole"].float()
        answers = [answer.double() for answer in recipe._net(*given)[:2]]
    truth, hole = batch["image"].double() / 127.5 - 1, batch["hole"].double()
    by_hand = {"hole": 0.0, "known": 0.0}
    for share, answer in zip((1.2, 1.0), answers, strict=True):
        apart = (answer - truth).abs()
        by_hand["hole"] += share * float((apart * batch["weights"]).sum()) / 3 / len(apart)
        by_hand["known"] += share * float((apart * (1 - hole)).mean() / (1 - hole).mean())
    assert losses["hole"].item() == pytest.approx(by_hand["hole"], rel=1e-4)
    assert losses["known"].item() == pytest.approx(by_hand["known"], rel=1e-4)
    assert losses["total"].item() == pytest.approx(1.2 * by_hand["hole"] + 1.2 * by_hand["known"], rel=1e-4)


def test_features_are_a_part_of_the_sum_on_request(fabric: Fabric) -> None:
    recipe, config = recipe_for(fabric, "recipe.gan=none", "recipe.feature_weight=0.5")
    plain, _ = recipe_for(fabric, "recipe.gan=none")
    (batch,) = batches_for(recipe, config)
    with torch.no_grad():
        losses, others = (one._generator_losses(batch, 0) for one in (recipe, plain))
        truth, hole = batch["image"].float() / 127.5 - 1, batch["hole"].float()
        pasted = torch.where(hole > 0, recipe._net(truth, hole).refined, truth)
        vgg = shipped_vgg(("relu1_2", "relu2_2", "relu3_3"))
        filled, known = (seen(vgg, picture / 2 + 0.5) for picture in (pasted, truth))
        by_hand = [float(feature_distance(filled, known, hole)[i]) for i in range(len(truth))]
    assert losses["features"].item() == pytest.approx(np.mean(by_hand), rel=1e-4)
    assert losses["features"].item() > 0.05
    assert losses["total"].item() == pytest.approx(others["total"].item() + 0.5 * np.mean(by_hand), rel=1e-4)
    recipe._generator_step([batch], 0)
    assert all(torch.isfinite(p.grad).all() for p in recipe._net.parameters() if p.grad is not None)
    assert not any(name.startswith("features") for name in recipe.state())


def test_features_lead_to_the_original(fabric: Fabric) -> None:
    """A step down the features alone brings the hole nearer to the original in them."""
    only = ("recipe.gan=none", "recipe.hole_weight=0", "recipe.known_weight=0", "recipe.feature_weight=1.0")
    recipe, config = recipe_for(fabric, *only, "optimiser.learning_rate=1e-3")
    (batch,) = batches_for(recipe, config)
    found = [recipe._generator_step([batch], step)["features"].item() for step in range(12)]
    assert found[-1] < 0.97 * found[0]


def test_published_weights_are_where_learning_begins(fabric: Fabric) -> None:
    first, config = recipe_for(fabric)
    first.step(0, batches_for(first, config))
    other, _ = recipe_for(fabric, "seed=9", "recipe.layer.top_k=3")
    other.begin(first.weights(), first.options())
    state = other.state()
    for name in ("network", "averaged"):
        assert differ(first.weights(), state[name]) == set()
    assert differ(other.state()["critics"], first.state()["critics"]) != set()
    for change in ("recipe.attention=none", "recipe.look=elu", "recipe.layer.mask_reduction=max"):
        with pytest.raises(InvalidRequest, match="weights to begin with are of another network"):
            recipe_for(fabric, change)[0].begin(first.weights(), first.options())
    with pytest.raises(InvalidRequest, match="another network"):
        other.begin(first.weights(), {"taste": "sweet"})


def test_the_first_phase_trains_the_coarse_part_alone(fabric: Fabric) -> None:
    recipe, config = recipe_for(fabric, "recipe.coarse_steps=1", "recipe.critics_from=2")
    assert [recipe.batches(step) for step in range(3)] == [1, 1, 2]
    before = recipe.state()
    before = {name: copied(before[name]) for name in ("network", "critics")}
    recipe.step(0, batches_for(recipe, config))
    changed = differ(before["network"], recipe.state()["network"])
    assert changed
    assert all(name.startswith("coarse.") for name in changed)
    losses = recipe.step(1, batches_for(recipe, config, 1))
    assert any(
        name.startswith("refinement.") for name in differ(before["network"], recipe.state()["network"])
    )
    assert differ(before["critics"], recipe.state()["critics"]) == set()
    assert "critic" not in losses


@pytest.mark.parametrize(
    "change",
    [
        "recipe.attention=none",
        "recipe.attention=stn",
        "recipe.attention=appearance_flow",
        "recipe.gan=dcgan",
        "recipe.gan=lsgan",
        "recipe.layer.mask_reduction=max",
    ],
)
def test_every_row_of_figures_8_and_9_takes_a_step(fabric: Fabric, change: str) -> None:
    recipe, config = recipe_for(fabric, change)
    before = copied(recipe.state()["network"])
    losses = recipe.step(0, batches_for(recipe, config))
    assert all(torch.isfinite(loss) for loss in losses.values())
    assert ("penalty" in losses) == (config.recipe.gan == "wgan_gp")
    changed = differ(before, recipe.state()["network"])
    assert {name.split(".")[0] for name in changed} == {"coarse", "refinement"}


def test_gradients_of_small_batches_add_up_to_those_of_a_large_one(fabric: Fabric) -> None:
    whole, config = recipe_for(fabric, "recipe.gan=none", "optimiser.batch=4", "holes.rectangles=1.0")
    parts, _ = recipe_for(
        fabric, "recipe.gan=none", "optimiser.batch=2", "optimiser.accumulate=2", "holes.rectangles=1.0"
    )
    (large,) = batches_for(whole, config)
    large["hole"][:] = large["hole"][:1]  # the share of known pixels is the batch's
    whole._generator_step([large], 0)
    halves = [{name: value[half] for name, value in large.items()} for half in (slice(2), slice(2, 4))]
    parts._generator_step(halves, 0)
    wholes = dict(whole._net.named_parameters())
    for name, parameter in parts._net.named_parameters():
        other = wholes[name].grad
        assert parameter.grad is not None
        assert other is not None
        torch.testing.assert_close(parameter.grad, other, rtol=1e-3, atol=1e-6)


def test_critics_see_what_the_generator_makes_after_its_last_step(fabric: Fabric) -> None:
    """Answers without gradients take other ways through the network, which may keep what they were told."""
    recipe, config = recipe_for(fabric, "optimiser.learning_rate=0.01", "recipe.critic_steps=1")
    for step in range(3):
        batches = batches_for(recipe, config, step)
        recipe.step(step, batches)
        given = batches[0]["image"].float() / 127.5 - 1, batches[0]["hole"].float()
        with torch.no_grad():
            swift = recipe._net(*given).refined
        torch.testing.assert_close(swift, recipe._net(*given).refined.detach(), rtol=1e-3, atol=1e-4)


def test_crops_are_the_squares_themselves_or_shrunk() -> None:
    picture = torch.rand(3, 2, 32, 32, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    boxes = torch.tensor([[3, 9, 16], [16, 0, 16], [0, 0, 32]])
    got = crops(picture, boxes, 16)
    torch.testing.assert_close(got[0], picture[0, :, 3:19, 9:25])
    torch.testing.assert_close(got[1], picture[1, :, 16:32, 0:16])
    torch.testing.assert_close(got[2], torch.nn.functional.avg_pool2d(picture[2:], 2)[0])


def test_fills_keep_known_pixels_and_a_state_restores_all(fabric: Fabric) -> None:
    recipe, config = recipe_for(fabric)
    recipe.step(0, batches_for(recipe, config))
    other, _ = recipe_for(fabric, "seed=9")
    other.restore(recipe.state())
    batch = batches_for(recipe, config, 5)[0]
    for one, two in zip(recipe.fill(batch)[:2], other.fill(batch)[:2], strict=True):
        torch.testing.assert_close(one, two, rtol=0, atol=0)
        known = batch["hole"].expand_as(one) == 0
        torch.testing.assert_close(one[known], (batch["image"].float() / 255)[known], rtol=0, atol=1e-6)
        assert one.min() >= 0
        assert one.max() <= 1
    with pytest.raises(InvalidRequest, match="another network"):
        recipe_for(fabric, "recipe.width=8")[0].restore(recipe.state())
    with pytest.raises(InvalidRequest, match="option that attention has not"):
        recipe_for(fabric, "recipe.layer.colour=true")


def test_a_resumed_run_steps_as_far_as_its_config_says(fabric: Fabric) -> None:
    first, config = recipe_for(fabric)
    first.step(0, batches_for(first, config))
    resumed, config = recipe_for(fabric, "optimiser.learning_rate=1e-9")
    resumed.restore(first.state())
    before = copied(resumed.state()["network"])
    resumed.step(1, batches_for(resumed, config, 1))
    after = resumed.state()["network"]
    assert differ(before, after)
    assert max(float((after[key] - before[key]).abs().max()) for key in before) < 1e-7


def test_a_run_from_a_gpu_steps_as_this_machine_does(fabric: Fabric) -> None:
    first, config = recipe_for(fabric)
    first.step(0, batches_for(first, config))
    state = first.state()
    for key in ("optimiser", "critic_optimiser"):
        for group in state[key]["param_groups"]:
            group["fused"] = True
    first.restore(state)
    for optimiser in (first._optimiser, first._critic_optimiser):
        assert not any(group["fused"] for group in optimiser.param_groups)


def test_focus_is_how_far_the_strongest_source_stands_out() -> None:
    hole = torch.zeros(1, 1, 32, 32)
    hole[..., 8:16, 8:24] = 1  # two of the 4 x 4 cells
    scores = torch.full((1, 2, 4, 4), 1 / 16)
    attention = Attention(torch.zeros(1, 2, 4, 4, 2, dtype=torch.int64), scores, (4, 4), 8)
    assert focus(attention, hole) == pytest.approx(0, abs=1e-6)
    scores[0, 0, 1, 1] = 1
    assert focus(attention, hole) == pytest.approx(0.5)


def test_attention_that_has_gone_dark_has_no_focus(fabric: Fabric) -> None:
    recipe, config = recipe_for(fabric)
    batch = batches_for(recipe, config)[0]
    assert recipe.fill(batch).figures[FOCUS] > 1e-4
    with torch.no_grad():
        for network in (recipe._net, recipe._averaged.network):
            network.refinement.look[-1].bias.fill_(-1e3)
    assert recipe.fill(batch).figures[FOCUS] == pytest.approx(0, abs=1e-6)
