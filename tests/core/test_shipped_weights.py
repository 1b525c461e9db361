"""Are the weights that come with Lacuna what they say, and do they know more than nothing?"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from inpainting_core.engines.contextual.network import TrainedNetwork
from inpainting_core.engines.contextual.working import CELL, reduced
from inpainting_core.engines.contract import Crop
from inpainting_core.training.machine import fabric_for
from inpainting_core.training.presets import preset
from inpainting_core.training.recipes.contextual import ContextualRecipe
from inpainting_core.weights.shelf import SHIPPED, listed, verify
from inpainting_core.weights.tensors import load
from tests.architecture.source import ROOT

PHOTOS = sorted((ROOT / "resources" / "samples").glob("*.jpg"))
SIDE = 96


@pytest.mark.parametrize("path", listed([SHIPPED]), ids=lambda path: path.stem)
def test_weights_are_whole_small_and_described(path: Path) -> None:
    sidecar = verify(path)
    assert path.stat().st_size < 16e6
    assert sidecar.licence


@pytest.fixture(scope="module")
def network() -> TrainedNetwork:
    return TrainedNetwork(SHIPPED / "contextual_attention.safetensors")


def test_the_network_says_how_it_was_trained(network: TrainedNetwork) -> None:
    assert network.sidecar.steps > 1000
    assert network.sidecar.data.images > 100
    assert network.sidecar.data.manifest
    assert "steps" in network.sidecar.title
    assert not {"images", "validation"} & set(network.sidecar.config["data"])


@pytest.mark.usefixtures("own_threads")
@pytest.mark.parametrize("name", ["cpu", "gpu"])
def test_learning_can_go_on_from_them(name: str, tmp_path: Path) -> None:
    config = preset(name, [tmp_path], ["machine.device=cpu", "data.side=64"])
    recipe = ContextualRecipe(config, fabric_for(config.machine))
    state, sidecar = load(SHIPPED / "contextual_attention.safetensors")
    recipe.begin(state, sidecar.options)
    for key, tensor in recipe.weights().items():
        torch.testing.assert_close(tensor, state[key], rtol=0, atol=0)


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda path: path.stem)
def test_the_network_knows_more_than_the_mean_colour_and_its_attention_is_awake(
    network: TrainedNetwork, photo: Path
) -> None:
    small = cv2.resize(cv2.imread(str(photo)), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    rgb = small[..., ::-1].astype(np.float32) / 255
    hole = np.zeros((SIDE, SIDE), np.bool_)
    hole[24:40, 24:40] = hole[56:72, 50:66] = hole[20:30, 60:90] = True
    crop = Crop(rgb, hole, (~hole).astype(np.float32), {}, 0)
    answer = network.look(reduced(crop, CELL), lambda: None)
    mean = rgb[~hole].mean(axis=0)
    assert np.abs(answer.refined - rgb)[hole].mean() < 0.8 * np.abs(mean - rgb)[hole].mean()
    assert answer.seen is not None
    cells = cv2.resize(hole.astype(np.float32), answer.seen.scores.shape[1::-1]) > 0.5
    assert answer.seen.scores[cells, 0].mean() > 0.1
    assert len(np.unique(answer.seen.offsets[cells, 0], axis=0)) > 3
