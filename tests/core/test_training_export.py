"""Are weights what a run learned, and can another run begin with them?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from inpainting_core.cli import main
from inpainting_core.errors import WeightsMissing
from inpainting_core.networks.contextual_net import ContextualNet
from inpainting_core.training.checkpoints import read_checkpoint
from inpainting_core.training.config import write_config
from inpainting_core.training.export import export
from inpainting_core.training.recipes.contextual import network_options
from inpainting_core.weights.shelf import Sidecar
from inpainting_core.weights.tensors import load, publish
from tests.core.made_up_runs import losses_of, small_config, trained

pytestmark = pytest.mark.usefixtures("own_threads")


def test_exported_weights_are_the_averaged_network(
    images: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    config = small_config(images, "steps=3", "data.manifest=squares.tsv", "saving.validate_every=2")
    trained(config, tmp_path / "run")
    write_config(tmp_path / "run" / "config.json", config)
    out = tmp_path / "net.safetensors"
    command = ["train", "--export", str(tmp_path / "run"), "--out", str(out)]
    assert main([*command, "--which", "last", "--title", "squares only", "--json"]) == 0
    said = json.loads(capfd.readouterr().out)
    state, sidecar = load(out)
    averaged = read_checkpoint(tmp_path / "run" / "checkpoints" / "step-00000003.pt")["recipe"]["averaged"]
    assert set(state) == set(averaged)
    for key, tensor in averaged.items():
        torch.testing.assert_close(state[key], tensor.half().float(), rtol=0, atol=0)
    ContextualNet(network_options(config.recipe)).load_state_dict(state)
    assert (sidecar.steps, sidecar.title, sidecar.engine) == (3, "squares only", "contextual_attention")
    assert (sidecar.data.manifest, sidecar.data.images, said["sha256"]) == ("squares.tsv", 5, sidecar.sha256)
    assert sidecar.options["width"] == 4
    assert str(images) not in out.with_suffix(".json").read_text()
    assert main(command) == 0
    assert load(out)[1].steps == 2
    capfd.readouterr()
    assert main(["weights", "verify", str(out), "--json"]) == 0
    (entry,) = json.loads(capfd.readouterr().out)
    assert (entry["problem"], entry["engine"]) == (None, "contextual_attention")
    out.write_bytes(out.read_bytes()[:-1] + b"x")
    assert main(["weights", "verify", str(out)]) == 2
    assert "net.safetensors is damaged" in capfd.readouterr().err
    assert main(["train", "--export", str(tmp_path), "--out", str(out)]) == 2


def anothers(path: Path) -> tuple[dict[str, torch.Tensor], Sidecar]:
    """Return weights with a sidecar that says that they are somebody else's."""
    state, sidecar = load(path)
    return state, sidecar.model_copy(update={"licence": "NOASSERTION"})


def test_weights_named_when_a_run_is_resumed_are_not_what_it_began_with(images: Path, tmp_path: Path) -> None:
    trained(small_config(images, "steps=1", "recipe.gan=none"), tmp_path / "run")
    late = small_config(images, "steps=2", "recipe.gan=none", "start=late.safetensors")
    trained(late, tmp_path / "run", resume=True)
    sidecar = export(tmp_path / "run", tmp_path / "run.safetensors", "last")
    assert (sidecar.config["start"], sidecar.licence, sidecar.steps) == (None, "Apache-2.0", 2)


def test_a_run_begins_with_weights_and_says_so_without_their_folder(images: Path, tmp_path: Path) -> None:
    trained(small_config(images, "steps=2", "recipe.gan=none"), tmp_path / "first")
    first, second = tmp_path / "first.safetensors", tmp_path / "second.safetensors"
    export(tmp_path / "first", first)
    publish(first, *anothers(first))
    config = small_config(
        images, "steps=1", "recipe.gan=none", f"start={first}", "optimiser.learning_rate=1e-9"
    )
    trained(config, tmp_path / "second", resume=True)  # it has no checkpoint yet
    export(tmp_path / "second", second)
    (before, told), (after, sidecar) = load(first), load(second)
    for key, tensor in before.items():
        torch.testing.assert_close(after[key], tensor, rtol=2e-3, atol=1e-6)
    assert sidecar.config["start"] == {
        "name": "first",
        "title": told.title,
        "steps": 2,
        "licence": "NOASSERTION",
        "sha256": told.sha256,
    }
    assert sidecar.licence == "NOASSERTION"  # what began with somebody's weights is not ours to license
    assert "after first" in sidecar.title
    assert str(tmp_path) not in second.with_suffix(".json").read_text()
    first.unlink()
    resumed = trained(config.model_copy(update={"steps": 2}), tmp_path / "second", resume=True)
    assert set(losses_of(resumed)) == {2}
    export(tmp_path / "second", second, "last")
    assert load(second)[1].config["start"] == sidecar.config["start"]
    with pytest.raises(WeightsMissing, match="no weight file first"):
        trained(config, tmp_path / "third")
    assert not (tmp_path / "third").exists()  # no photograph was prepared for nothing
