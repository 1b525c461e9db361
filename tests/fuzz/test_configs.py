"""Does every document give a config or a refusal, whatever was written into it?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inpainting_core.errors import InvalidRequest
from inpainting_core.training.config import TrainingConfig, changed, checked, read_config, write_config
from inpainting_core.training.presets import PRESETS, preset

fuzz = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
endings = st.sampled_from([".toml", ".json"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
SOUND = preset("cpu", [Path("/photos")]).model_dump(mode="json", by_alias=True)
PLACES = [(key, None) for key in SOUND] + [
    (key, inner) for key, section in SOUND.items() if isinstance(section, dict) for inner in section
]


def sound_or_refused(document: dict[str, Any]) -> TrainingConfig | None:
    try:
        return checked(document)
    except InvalidRequest as error:
        assert error.hint
        return None


@fuzz
@given(place=st.sampled_from(PLACES), value=anything)
def test_any_value_anywhere_is_taken_or_named(place: tuple[str, str | None], value: object) -> None:
    document = json.loads(json.dumps(SOUND))
    key, inner = place
    if inner is None:
        document[key] = value
    else:
        document[key][inner] = value
    config = sound_or_refused(document)
    if config is not None:
        again = checked(json.loads(config.model_dump_json(by_alias=True)))
        assert again == config


@fuzz
@given(st.dictionaries(st.text(max_size=9) | st.sampled_from(list(SOUND)), anything, max_size=5))
def test_any_document_is_taken_or_refused(document: dict[str, Any]) -> None:
    config = sound_or_refused(document)
    assert config is None or config.schema_version == 1


@fuzz
@given(data=st.binary(max_size=200), ending=endings)
def test_any_bytes_are_refused(tmp_path: Path, data: bytes, ending: str) -> None:
    path = tmp_path / f"run{ending}"
    path.write_bytes(data)
    with pytest.raises(InvalidRequest):
        read_config(path)


@fuzz
@given(
    place=st.floats(0, 1, exclude_max=True),
    byte=st.integers(0, 255),
    ending=endings,
)
def test_one_changed_byte_is_read_or_refused(tmp_path: Path, place: float, byte: int, ending: str) -> None:
    path = tmp_path / f"run{ending}"
    write_config(path, checked(SOUND))
    data = bytearray(path.read_bytes())
    data[int(place * len(data))] = byte
    path.write_bytes(bytes(data))
    try:
        assert read_config(path).schema_version == 1
    except InvalidRequest as error:
        assert error.hint


@pytest.mark.parametrize("nest", [b"[" * 100_000, b'{"a":' * 100_000, b"a = " + b"[" * 100_000])
@pytest.mark.parametrize("ending", [".toml", ".json"])
def test_deep_nests_are_refused(tmp_path: Path, nest: bytes, ending: str) -> None:
    path = tmp_path / f"run{ending}"
    path.write_bytes(nest)
    with pytest.raises(InvalidRequest):
        read_config(path)


@fuzz
@given(pairs=st.lists(st.text(max_size=12), max_size=4))
def test_any_changes_are_made_or_refused(pairs: list[str]) -> None:
    try:
        document = changed(SOUND, pairs)
    except InvalidRequest:
        return
    assert sound_or_refused(document) is None or pairs == [] or tomli_w.dumps(SOUND)


@pytest.mark.parametrize("name", list(PRESETS))
def test_every_preset_comes_back_from_both_forms(tmp_path: Path, name: str) -> None:
    config = preset(name, [tmp_path])
    for ending in (".toml", ".json"):
        write_config(tmp_path / f"run{ending}", config)
        assert read_config(tmp_path / f"run{ending}") == config
