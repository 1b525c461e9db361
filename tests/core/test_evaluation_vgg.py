"""Does the VGG distance see what it says it sees?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from inpainting_core.evaluation.deep import VggDistance
from inpainting_core.losses.features import UNRELATED, shipped_vgg
from inpainting_core.networks.vgg_features import LAYERS, WEIGHTS, VggFeatures
from inpainting_core.weights.shelf import SHIPPED, find
from inpainting_core.weights.tensors import load

RNG = np.random.default_rng(4)
PICTURE = RNG.integers(0, 256, (40, 48, 3), dtype=np.uint8)
HOLE = np.zeros((40, 48), np.bool_)
HOLE[8:24, 16:40] = True
OTHER = np.where(HOLE[..., None], RNG.integers(0, 256, PICTURE.shape, dtype=np.uint8), PICTURE)


@pytest.fixture(scope="module")
def state() -> dict[str, torch.Tensor]:
    """The shipped weights, verified."""
    return load(find(WEIGHTS, (SHIPPED,)))[0]


def torchvision_layout(state: dict[str, torch.Tensor]) -> nn.Sequential:
    """Return `vgg16().features` up to relu4_3, as torchvision numbers it."""
    layers: list[nn.Module] = []
    before = 3
    for width in (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512):
        layers += [nn.Conv2d(before, width, 3, padding=1), nn.ReLU()] if width else [nn.MaxPool2d(2, 2)]
        before = width or before
    network = nn.Sequential(*layers)
    network.load_state_dict({key.removeprefix("features."): value for key, value in state.items()})
    return network


def test_features_are_those_of_torchvisions_layout(state: dict[str, torch.Tensor]) -> None:
    rgb = torch.from_numpy(PICTURE / 255).float().permute(2, 0, 1)[None]
    found = VggFeatures(state)(rgb)
    x = rgb * 255 - torch.tensor([123.68, 116.779, 103.939]).view(1, 3, 1, 1)
    expected = {}
    for index, layer in enumerate(torchvision_layout(state)):
        x = layer(x)
        expected[index] = x
    for name, index in zip(LAYERS, (3, 8, 15, 22), strict=True):
        torch.testing.assert_close(found[name], expected[index])


def test_only_what_is_wanted_is_given_and_gradients_reach_the_picture(state: dict[str, torch.Tensor]) -> None:
    network = VggFeatures(state, ["relu2_1"])
    rgb = torch.rand(1, 3, 16, 16, requires_grad=True)
    found = network(rgb)
    assert list(found) == ["relu2_1"]
    found["relu2_1"].sum().backward()
    assert rgb.grad is not None
    assert rgb.grad.abs().sum() > 0
    assert not any(parameter.requires_grad for parameter in network.parameters())


def test_the_distance_is_its_formula(state: dict[str, torch.Tensor]) -> None:
    network = VggFeatures(state)
    a, b = (network(torch.from_numpy(p / 255).float().permute(2, 0, 1)[None]) for p in (PICTURE, OTHER))
    whole, inside = [], []
    for name, cell in zip(LAYERS, (1, 2, 4, 8), strict=True):
        p, q = (x[name][0].double().numpy() for x in (a, b))
        p, q = (x / (np.sqrt((x**2).sum(axis=0)) + 1e-6) for x in (p, q))
        apart = ((p - q) ** 2).sum(axis=0) / UNRELATED[name]
        share = HOLE.reshape(40 // cell, cell, 48 // cell, cell).mean(axis=(1, 3))
        whole.append(apart.mean())
        inside.append((apart * share).sum() / share.sum())
    distance = VggDistance()
    distance.look_at(PICTURE)
    found = distance.measure(OTHER, HOLE)
    assert found["vgg"] == pytest.approx(np.mean(whole), rel=1e-4)
    assert found["vgg_hole"] == pytest.approx(np.mean(inside), rel=1e-4)


def test_nobodys_own_weights_change_the_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    own = tmp_path / "Lacuna" / "weights"
    own.mkdir(parents=True)
    for ending in ("safetensors", "json"):
        (own / f"{WEIGHTS}.{ending}").write_bytes(b"others")
    assert find(WEIGHTS).parent == own
    assert len(shipped_vgg(("relu2_2",)).features) == 4  # and no layer that is not asked for


def test_the_original_is_at_no_distance() -> None:
    distance = VggDistance()
    distance.look_at(PICTURE)
    assert distance.measure(PICTURE, HOLE) == {"vgg": 0, "vgg_hole": 0}
