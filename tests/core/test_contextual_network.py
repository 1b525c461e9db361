"""Does the engine use the weights that are there now, and only those that fit?"""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from inpainting_core.engines.contextual import look as looking
from inpainting_core.engines.contextual.baseline import WEIGHTS as BASELINE
from inpainting_core.engines.contextual.engine import WEIGHTS, ContextualAttention
from inpainting_core.engines.contextual.look import small_crop
from inpainting_core.engines.contextual.network import Newest, TrainedNetwork
from inpainting_core.engines.contextual.working import Working, reduced
from inpainting_core.engines.contract import Crop
from inpainting_core.errors import WeightsDamaged, WeightsMissing
from inpainting_core.imaging.arrays import Rgb
from inpainting_core.networks.contextual_net import ContextualNet, ContextualOptions
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


def test_a_link_that_leads_nowhere_is_said_to_be_one_file_too_few() -> None:
    newest, path = Newest(WEIGHTS), publish_tiny(WEIGHTS)
    newest()
    path.unlink()
    path.symlink_to("elsewhere")
    with pytest.raises(WeightsMissing, match=path.name):
        newest()


@pytest.mark.parametrize("data", [None, {"side": "wide"}, {"side": 0}])
def test_a_sidecar_that_tells_no_side_is_refused(data: object, tmp_path: Path) -> None:
    sidecar = Sidecar(engine="contextual_baseline", options=asdict(NO_ATTENTION), config={"data": data})
    path = tmp_path / "odd.safetensors"
    publish(path, ContextualNet(NO_ATTENTION).state_dict(), sidecar)
    with pytest.raises(WeightsDamaged, match=r"odd\.json is damaged"):
        TrainedNetwork(path)


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


def test_a_gpu_without_room_for_the_network_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    path = publish_tiny(BASELINE, NO_ATTENTION)
    work = reduced(small_crop({}), 8)
    expected = TrainedNetwork(path).look(work, Progress().check)
    real = torch.nn.Module.to

    def full(net: torch.nn.Module, *given: Any, **named: Any) -> torch.nn.Module:
        if given and given[0].type == "cuda":
            raise torch.OutOfMemoryError("CUDA")
        return real(net, *given, **named)

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.nn.Module, "to", full)
    network = TrainedNetwork(path)
    assert np.array_equal(network.look(work, Progress().check).refined, expected.refined)
    assert "GPU" in network.notes[0]
    assert network._device.type == "cpu"


def test_a_machine_without_memory_for_either_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    network = TrainedNetwork(publish_tiny(BASELINE, NO_ATTENTION))
    full = [torch.OutOfMemoryError("CUDA"), RuntimeError("[enforce fail] DefaultCPUAllocator: no memory")]

    def never(*_: object) -> object:
        raise full.pop(0)

    monkeypatch.setattr(network, "_look", never)
    with pytest.raises(MemoryError):
        network.look(reduced(small_crop({}), 8), Progress().check)


def test_enlarged_trust_stays_a_share(monkeypatch: pytest.MonkeyPatch) -> None:
    def step(work: Working, _painted: Rgb) -> NDArray[np.float32]:
        return np.broadcast_to(np.arange(work.hole.shape[1]) % 24 < 12, work.hole.shape).astype(np.float32)

    monkeypatch.setattr(looking, "trust", step)
    hole = np.zeros((200, 200), np.bool_)
    hole[80:120, 80:120] = True
    crop = Crop(np.zeros((200, 200, 3), np.float32), hole, (~hole).astype(np.float32), {}, 0)
    look = looking.look_at(TrainedNetwork(publish_tiny(BASELINE, NO_ATTENTION)), crop, Progress())
    assert (look.cell_px, look.trust.min(), look.trust.max()) == (17, 0, 1)
