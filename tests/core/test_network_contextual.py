"""Is the generator the paper's, number by number, and does it keep its promises about holes and sizes?"""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn

from inpainting_core.networks.contextual_net import ContextualNet, ContextualOptions, Refinement
from inpainting_core.networks.critics import GlobalCritic, LocalCritic
from inpainting_core.nn.blocks import Convolution, Doubling, elu

KINDS = ["none", "contextual", "stn", "appearance_flow"]


def numbers(*modules: nn.Module) -> int:
    return sum(parameter.numel() for module in modules for parameter in module.parameters())


def picture(*size: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return noise and a hole in it for each of two samples."""
    image = torch.rand((2, 3, *size), generator=torch.Generator().manual_seed(seed)) * 2 - 1
    hole = torch.zeros(2, 1, *size)
    hole[0, :, 16:40, 16:48] = 1
    hole[1, :, 8:24, 40:56] = 1
    return image, hole


def small(**chosen: object) -> ContextualNet:
    torch.manual_seed(3)
    return ContextualNet(ContextualOptions(width=4, **chosen)).eval()


def test_check_1_parameter_counts() -> None:
    released, table = ContextualNet(), ContextualNet(ContextualOptions(channels="table"))
    assert numbers(released) == 3_601_542
    assert numbers(table) == 3_767_558
    assert numbers(ContextualNet(ContextualOptions(attention="none"))) == 2_896_454
    for net, imagined, copied in ((released, 880_480, 695_968), (table, 1_018_816, 723_648)):
        assert numbers(net.coarse) == 1_448_227
        assert isinstance(net.refinement, Refinement)
        assert numbers(net.refinement.imagine) == imagined
        assert numbers(net.refinement.look, net.refinement.digest) == copied
        assert numbers(net.refinement.draw) == 576_867
    assert numbers(GlobalCritic(256, 64)) == 2_733_441
    assert numbers(LocalCritic(128, 64)) == 4_339_329


@pytest.mark.parametrize("size", [(256, 256), (512, 680), (264, 312)])
def test_check_1_shapes_and_range(size: tuple[int, int]) -> None:
    image, hole = picture(*size)
    with torch.no_grad():
        answer = small()(image[:1], hole[:1], want_attention=True)
    for guess in (answer.coarse, answer.refined):
        assert guess.shape == (1, 3, *size)
        assert float(guess.abs().max()) <= 1
    assert answer.attention is not None
    grid = (size[0] // 8, size[1] // 8)
    assert answer.attention.offsets.shape == (1, 8, *grid, 2)
    assert answer.attention.key_grid == grid
    assert answer.attention.cell == 8


@pytest.mark.parametrize("attention", KINDS)
def test_check_10_what_lies_in_the_hole_never_matters(attention: str) -> None:
    net, (image, hole) = small(attention=attention), picture(64, 64)
    with torch.no_grad():
        answer, other = net(image, hole), net(torch.where(hole > 0, torch.nan, image), hole)
    assert torch.equal(answer.refined, other.refined)
    composite = torch.where(hole > 0, answer.refined, image)
    assert torch.equal(composite[(hole == 0).expand_as(image)], image[(hole == 0).expand_as(image)])


@pytest.mark.parametrize("padding", ["zero", "reflect", "tf_same"])
@pytest.mark.parametrize("attention", KINDS)
def test_the_way_without_gradients_gives_what_the_way_with_them_gives(attention: str, padding: str) -> None:
    net, (image, hole) = small(attention=attention, padding=padding), picture(88, 96)
    learning = net(image, hole)
    with torch.no_grad():
        looking = net(image, hole)
    torch.testing.assert_close(looking.coarse, learning.coarse.detach(), rtol=0, atol=1e-5)
    torch.testing.assert_close(looking.refined, learning.refined.detach(), rtol=0, atol=1e-5)


@pytest.mark.parametrize("attention", KINDS)
def test_every_parameter_learns(attention: str) -> None:
    net, (image, hole) = small(attention=attention), picture(64, 64)
    answer = net(image, hole)
    (answer.refined - 0.3).square().sum().backward()
    still = {name for name, parameter in net.named_parameters() if not parameter.grad.abs().sum() > 0}
    # what stands before a layer that starts at zero learns from the second step on
    assert all("copy.look" in name for name in still)


@pytest.mark.parametrize("attention", ["stn", "appearance_flow"])
def test_a_warp_starts_as_the_identity(attention: str) -> None:
    warp = small(attention=attention).refinement.copy
    features = torch.rand(2, 16, 16, 24)
    torch.testing.assert_close(warp(features), features, rtol=0, atol=1e-5)


def test_sources_of_weight_0_are_not_copied_and_each_sample_has_its_own() -> None:
    net, (image, hole) = small(), picture(64, 64)
    weights = torch.ones(2, 1, 64, 64)
    weights[0, :, :, :32] = 0
    with torch.no_grad():
        attention = net(image, hole, weights, want_attention=True).attention
    assert attention is not None
    columns = attention.offsets[..., 1] + torch.arange(8)
    used = attention.scores > 0
    assert int(columns[0][used[0]].min()) >= 4
    assert int(columns[1][used[1]].min()) < 4


def test_a_size_that_is_no_multiple_of_8_is_refused() -> None:
    with pytest.raises(ValueError, match="multiples of 8"):
        small()(torch.zeros(1, 3, 60, 64), torch.zeros(1, 1, 60, 64))


def test_tensorflow_pads_less_before_than_after() -> None:
    """The first output of stride 2 reads the first three pixels of an even line, not a zero and two."""
    layer = Convolution((1, 1), 3, 2, padding="tf_same", activation=None)
    with torch.no_grad():
        layer.weight.zero_()
        layer.weight[0, 0, 0, 0] = 1
        taken = layer(torch.arange(16.0).view(1, 1, 4, 4))
    assert taken.flatten().tolist() == [0, 2, 8, 10]


def test_doubling_is_a_convolution_of_the_doubled() -> None:
    layer, x = Doubling((6, 5)), torch.randn(2, 6, 7, 9)
    doubled = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
    expected = elu(nn.functional.conv2d(doubled, layer.weight, layer.bias, padding=1))
    with torch.no_grad():
        torch.testing.assert_close(layer(x), expected.detach(), rtol=0, atol=1e-5)


def test_changed_weights_count_at_once_and_a_copy_has_its_own() -> None:
    layer, x = Convolution((3, 4)), torch.randn(1, 3, 8, 8)
    with torch.no_grad():
        before = layer(x)
        twin = copy.deepcopy(layer)
        layer.weight.mul_(2)
        layer.bias.fill_(1)
        expected = nn.functional.elu(nn.functional.conv2d(x, layer.weight, layer.bias, padding=1))
        torch.testing.assert_close(layer(x), expected, rtol=0, atol=1e-5)
        assert torch.equal(twin(x), before)


def test_elu_without_gradients_is_elu() -> None:
    x = torch.linspace(-100, 10, 300_000).view(1, 3, 100, 1000)
    with torch.no_grad():
        expected = nn.functional.elu(x)
        torch.testing.assert_close(elu(x.clone()), expected, rtol=0, atol=3e-7)
        last = x.contiguous(memory_format=torch.channels_last)
        torch.testing.assert_close(elu(last), expected, rtol=0, atol=3e-7)


def test_critics_give_a_number_for_each_picture() -> None:
    assert GlobalCritic(64, 8)(torch.randn(3, 3, 64, 64)).shape == (3,)
    with pytest.raises(ValueError, match="16"):
        LocalCritic(40, 8)
