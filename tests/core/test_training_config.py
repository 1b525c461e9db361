"""Is a config what was written, and is every mistake named by its place?"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from pydantic import BaseModel

from inpainting_core.errors import InvalidRequest
from inpainting_core.training.config import (
    MOST_BYTES,
    TrainingConfig,
    changed,
    checked,
    read_config,
    write_config,
)
from inpainting_core.training.presets import PRESETS, preset

LEAST: dict[str, Any] = {"schema": 1, "steps": 3, "data": {"images": ["a"]}}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"steps": None}, "steps"),
        ({"steps": 0}, "steps"),
        ({"start": "/"}, "start"),
        ({"start": ""}, "start"),
        ({"start": "weights.pt"}, "start"),
        ({"schema": 2}, "schema"),
        ({"stepz": 3}, "stepz"),
        ({"data": {}}, "data.images"),
        ({"data": {"images": []}}, "data.images"),
        ({"data": {"images": ["a"], "side": 100}}, "data.side"),
        ({"data": {"images": ["a"], "sides": 128}}, "data.sides"),
        ({"optimiser": {"learning_rate": float("nan")}}, "optimiser.learning_rate"),
        ({"recipe": {"gan": "wgan"}}, "recipe.gan"),
        ({"recipe": {"id": "partial"}}, "recipe.id"),
        ({"holes": {"least": 0.4, "most": 0.4}}, "holes"),
        ({"machine": {"device": "cuda:x"}}, "machine.device"),
    ],
)
def test_a_mistake_is_named_by_its_path(change: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidRequest, match=rf"{place}:") as caught:
        checked({key: value for key, value in {**LEAST, **change}.items() if value is not None})
    assert caught.value.hint.endswith(".")


def test_the_schema_must_be_said() -> None:
    with pytest.raises(InvalidRequest, match="schema"):
        checked({key: value for key, value in LEAST.items() if key != "schema"})


@pytest.mark.parametrize("ending", [".toml", ".json"])
@pytest.mark.parametrize("change", ["seed=5", "start=/weights/net.safetensors"])
def test_a_config_comes_back_from_its_file(tmp_path: Path, ending: str, change: str) -> None:
    config = preset("cpu", [tmp_path / "\u7167\u7247"], ["recipe.layer.fuse=false", change])
    write_config(tmp_path / f"run{ending}", config)
    assert read_config(tmp_path / f"run{ending}") == config
    assert config.recipe.layer == {"mask_reduction": "max", "fuse": False}


def test_folders_are_seen_from_the_file(tmp_path: Path) -> None:
    document = {**LEAST, "start": "a.safetensors", "data": {"images": ["../x", "/y"]}}
    (tmp_path / "run.toml").write_text(tomli_w.dumps(document))
    config = read_config(tmp_path / "run.toml")
    assert config.data.images == ((tmp_path / "../x").resolve(), Path("/y").resolve())
    assert config.start == tmp_path.resolve() / "a.safetensors"


def test_weights_named_on_the_command_line_are_seen_from_where_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = preset("cpu", [tmp_path], ["start=a.safetensors"])
    monkeypatch.undo()
    assert config.start == tmp_path / "a.safetensors"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"steps = ", "no config"),
        (b"\xff\xfe", "no config"),
        (b" " * (MOST_BYTES + 1), "too large"),
    ],
)
def test_what_is_no_config_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "run.toml").write_bytes(data)
    with pytest.raises(InvalidRequest, match=words):
        read_config(tmp_path / "run.toml")
    (tmp_path / "run.json").write_bytes(b"[1]")
    with pytest.raises(InvalidRequest, match="no table"):
        read_config(tmp_path / "run.json")
    with pytest.raises(InvalidRequest, match="cannot be read"):
        read_config(tmp_path / "none.toml")


def test_changes_are_values_or_words() -> None:
    document = changed(LEAST, ["data.side=128", "recipe.gan=lsgan", "data.images=['b', 'c']", "a.b=1=2"])
    assert document["data"] == {"images": ["b", "c"], "side": 128}
    assert document["recipe"] == {"gan": "lsgan"}
    assert document["a"] == {"b": "1=2"}
    assert LEAST["data"] == {"images": ["a"]}
    for wrong in ("side", "=3", "steps.side=3"):
        with pytest.raises(InvalidRequest):
            changed(LEAST, [wrong])


def test_the_papers_preset_is_the_paper() -> None:
    config = preset("paper", [Path("a")])
    recipe, adam = config.recipe, config.optimiser
    assert (config.data.side, config.holes.rectangles, adam.batch) == (256, 1.0, 16)
    assert (adam.learning_rate, adam.beta1, adam.beta2) == (1e-4, 0.5, 0.9)
    assert (recipe.critic_steps, recipe.discount, recipe.critic_weight) == (5, 0.9, 0.001)
    assert (recipe.hole_weight, recipe.known_weight, recipe.coarse_weight) == (1.2, 1.2, 1.2)
    assert (recipe.width, recipe.penalty_weight, recipe.gan, recipe.attention) == (
        32,
        10,
        "wgan_gp",
        "contextual",
    )


def test_presets_cover_both_figures() -> None:
    configs = [preset(name, [Path("a")]) for name in PRESETS]
    assert {config.recipe.gan for config in configs} == {"wgan_gp", "dcgan", "lsgan"}
    assert {config.recipe.attention for config in configs} == {
        "none",
        "contextual",
        "stn",
        "appearance_flow",
    }
    with pytest.raises(InvalidRequest, match="no preset"):
        preset("large", [Path("a")])


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from models(field.annotation)


def test_every_field_says_what_it_is_for() -> None:
    silent = [
        f"{model.__name__}.{name}"
        for model in models(TrainingConfig)
        for name, field in model.model_fields.items()
        if not field.description
        and name not in {"schema_version", "id"}
        and not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel))
    ]
    assert silent == []
    assert json.loads(json.dumps(TrainingConfig.model_json_schema()))["properties"]["steps"]["minimum"] == 1


def test_a_written_toml_is_toml(tmp_path: Path) -> None:
    write_config(tmp_path / "a.toml", checked(LEAST))
    assert tomllib.loads((tmp_path / "a.toml").read_text())["data"]["images"] == ["a"]
