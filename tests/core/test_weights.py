"""Are weight files what was published, and is everything else refused?"""

from __future__ import annotations

import hashlib
import json
import pickle
from pathlib import Path

import pytest
import safetensors.numpy
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inpainting_core.errors import ImageWriteError, WeightsDamaged, WeightsMissing
from inpainting_core.weights.shelf import Data, Sidecar, find, listed, read_sidecar, verify
from inpainting_core.weights.tensors import load, publish

STATE = {"a.weight": torch.arange(6.0).reshape(2, 3) / 8, "b": torch.tensor([-1.5])}
SIDECAR = Sidecar(
    engine="contextual_attention",
    title="a test",
    options={"width": 8, "attention": {"rate": 2}},
    data=Data(manifest="m.tsv", images=3, digest="d"),
    steps=7,
    metrics={"psnr": 20.5},
)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "net.safetensors"
    publish(path, STATE, SIDECAR)
    return path


def test_what_is_published_comes_back(published: Path) -> None:
    state, sidecar = load(published)
    assert set(state) == set(STATE)
    for key, tensor in STATE.items():
        assert state[key].dtype == torch.float32
        torch.testing.assert_close(state[key], tensor, rtol=0, atol=0)  # eighths are exact in halves
    data = published.read_bytes()
    assert sidecar == SIDECAR.model_copy(
        update={"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    )
    assert {array.dtype.name for array in safetensors.numpy.load(data).values()} == {"float16"}
    assert json.loads(published.with_suffix(".json").read_text())["schema"] == 1


def test_the_first_shelf_wins_and_what_is_missing_is_said(published: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    assert find("net", [own, tmp_path]) == published
    publish(own / "net.safetensors", STATE, SIDECAR)
    assert find("net", [own, tmp_path]) == own / "net.safetensors"
    assert listed([own, tmp_path]) == [own / "net.safetensors", published]
    with pytest.raises(WeightsMissing, match="other"):
        find("other", [own, tmp_path])
    published.with_suffix(".json").unlink()
    with pytest.raises(WeightsMissing, match="sidecar"):
        verify(published)
    with pytest.raises(WeightsMissing):
        load(tmp_path / "none.safetensors")


def republish(path: Path, data: bytes) -> None:
    """Write `data` with a sidecar that vouches for it."""
    path.write_bytes(data)
    known = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    path.with_suffix(".json").write_text(SIDECAR.model_copy(update=known).model_dump_json(by_alias=True))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pickle.dumps({"a": [1.0]}), "no safetensors"),
        (b"", "no safetensors"),
        (b"\xff" * 64, "no safetensors"),
        (safetensors.numpy.save({"a": torch.zeros(2, dtype=torch.int64).numpy()}), "int64"),
        (safetensors.numpy.save({"a": torch.zeros(2, dtype=torch.float64).numpy()}), "float64"),
        (safetensors.numpy.save({"a": torch.tensor([float("nan")]).numpy()}), "not finite"),
    ],
)
def test_what_is_no_weights_is_refused_even_when_vouched_for(
    published: Path, data: bytes, words: str
) -> None:
    republish(published, data)
    with pytest.raises(WeightsDamaged, match=words):
        load(published)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cut=st.booleans())
def test_one_changed_byte_is_noticed(published: Path, place: float, byte: int, cut: bool) -> None:
    sound = published.read_bytes()
    damaged = bytearray(sound)
    damaged[int(place * len(sound))] = byte
    published.write_bytes(bytes(damaged)[:-1] if cut else bytes(damaged))
    try:
        if not cut and bytes(damaged) == sound:
            assert verify(published).steps == 7
        else:
            with pytest.raises(WeightsDamaged):
                load(published)
    finally:
        published.write_bytes(sound)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.binary(max_size=80), st.just(b"[" * 9999), st.just(b'{"engine": 3}')))
def test_any_sidecar_is_read_or_refused(published: Path, text: bytes) -> None:
    published.with_suffix(".json").write_bytes(text)
    with pytest.raises(WeightsDamaged):
        read_sidecar(published)


def test_what_halves_cannot_hold_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(WeightsDamaged, match="a"):
        publish(tmp_path / "x.safetensors", {"a": torch.tensor([1e6])}, SIDECAR)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ImageWriteError):
        publish(tmp_path / "no" / "x.safetensors", STATE, SIDECAR)
