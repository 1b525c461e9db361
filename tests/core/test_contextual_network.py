"""Does the engine use the weights that are there now, and only those that fit?"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import torch

from inpainting_core.engines.contextual.baseline import WEIGHTS as BASELINE
from inpainting_core.engines.contextual.engine import WEIGHTS, ContextualAttention
from inpainting_core.engines.contextual.look import small_crop
from inpainting_core.engines.contextual.network import Newest, TrainedNetwork
from inpainting_core.engines.contextual.working import reduced
from inpainting_core.errors import WeightsDamaged
from inpainting_core.networks.contextual_net import ContextualOptions
from inpainting_core.progress import Progress
from inpainting_core.weights.shelf import Sidecar
from inpainting_core.weights.tensors import publish
from tests.harness.tiny_weights import publish_tiny

NO_ATTENTION = ContextualOptions(attention="none", width=4)


@pytest.fixture(autouse=True)
def own_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def test_weights_that_were_trained_anew_are_used_from_the_next_fill_on() -> None:
    path, newest = publish_tiny(WEIGHTS), Newest(WEIGHTS)
    first = newest()
    assert newest() is first
    publish_tiny(WEIGHTS, ContextualOptions(width=8))
    os.utime(path, ns=(1, 1))
    assert newest() is not first
    assert newest().sidecar.options["width"] == 8


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    publish(path, {"a": torch.zeros(1)}, Sidecar(engine="other", options={"width": 4}))
    with pytest.raises(WeightsDamaged, match="another network"):
        TrainedNetwork(path)


def test_imported_weights_count_as_trained_at_the_papers_size(tmp_path: Path) -> None:
    path = publish_tiny(WEIGHTS)
    network = TrainedNetwork(path)
    assert network.side == 64
    network.sidecar = network.sidecar.model_copy(update={"config": {}})
    assert network.side == 256


def test_attention_is_not_promised_of_weights_without() -> None:
    publish_tiny(WEIGHTS, NO_ATTENTION)
    with pytest.raises(WeightsDamaged, match="no attention"):
        ContextualAttention().warm_up()


@pytest.mark.parametrize("failure", ["gpu", "processor"])
def test_too_little_memory(failure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network = TrainedNetwork(publish_tiny(BASELINE, NO_ATTENTION))
    work = reduced(small_crop({}), 8)
    expected = network.look(work, Progress().check)
    real = network._look
    full = [torch.OutOfMemoryError("CUDA"), RuntimeError("[enforce fail] DefaultCPUAllocator: no memory")]

    def once(*given: object) -> object:
        if full:
            raise full.pop(0 if failure == "gpu" else 1)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(network, "_look", once)
    if failure == "processor":
        with pytest.raises(MemoryError):
            network.look(work, Progress().check)
        return
    del full[1]
    assert np.array_equal(network.look(work, Progress().check).refined, expected.refined)
    assert "GPU" in network.notes[0]
