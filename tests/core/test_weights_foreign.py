"""Do public checkpoints, imported, give what their own programs give?

Each oracle is the published network written down again, in its own layout and with its own padding, on its
own names; only the dense attention is shared with the layer's tests.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from inpainting_core.cli import main
from inpainting_core.errors import InpaintingError, InvalidRequest, WeightsDamaged, WeightsMissing
from inpainting_core.networks.contextual_net import ContextualNet, ContextualOptions
from inpainting_core.nn.attention_options import AttentionOptions
from inpainting_core.weights.foreign import Imported, converted, import_file, read_tensors
from inpainting_core.weights.keymaps import Kind
from inpainting_core.weights.tensors import load
from tests.core.attention_reference import picked, reference

WIDTH = 4
SIZE = (80, 96)
Conv = Callable[[Tensor, str, int, int, str], Tensor]
Attend = Callable[[Tensor, Tensor], Tensor]

DAA_COARSE = [
    *("conv1", "conv2_downsample", "conv3", "conv4_downsample", "conv5", "conv6", "conv7_atrous"),
    *("conv8_atrous", "conv9_atrous", "conv10_atrous", "conv11", "conv12", "conv13", "conv14", "conv15"),
    *("conv16", "conv17"),
]
OUTS = {
    "coarse": (1, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2, 1, 0.5, 0),
    "imagine": (1, 1, 2, 2, 4, 4, 4, 4, 4, 4),
    "look": (1, 1, 2, 4, 4, 4),
    "digest": (4, 4),
    "draw": (4, 4, 2, 2, 1, 0.5, 0),
}


def daa_names(prefix: str = "") -> dict[str, list[str]]:
    """Return the port's names by part."""
    fine = f"{prefix}fine_generator."
    return {
        "coarse": [f"{prefix}coarse_generator.{name}.conv" for name in DAA_COARSE],
        "imagine": [f"{fine}{name}.conv" for name in DAA_COARSE[:10]],
        "look": [f"{fine}pm{name}.conv" for name in DAA_COARSE[:6]],
        "digest": [f"{fine}pmconv9.conv", f"{fine}pmconv10.conv"],
        "draw": [f"{fine}all{name}.conv" for name in DAA_COARSE[10:]],
    }


def mmagic_names() -> dict[str, list[str]]:
    """Return mmagic's names by part."""

    def run(where: str, count: int, start: int = 1) -> list[str]:
        return [f"generator.{where}{i}.conv" for i in range(start, start + count)]

    dilated = "dilation_neck.dilation_convs."
    return {
        "coarse": run("stage1.encoder.enc", 6)
        + run(f"stage1.{dilated}", 4, 0)
        + run("stage1.decoder.dec", 7),
        "imagine": run("stage2.encoder_conv.enc", 6) + run(f"stage2.{dilated}", 4, 0),
        "look": run("stage2.encoder_attention.enc", 6),
        "digest": run("stage2.contextual_attention_neck.conv", 2),
        "draw": run("stage2.decoder.dec", 7),
    }


def tf_names() -> dict[str, list[str]]:
    """Return TensorFlow's names by part."""

    def scoped(prefix: str, names: list[str]) -> list[str]:
        ups = {"conv13", "conv15"}
        own = [
            f"{prefix}{name}_upsample/{prefix}{name}_upsample_conv" if name in ups else prefix + name
            for name in names
        ]
        return [f"inpaint_net/{name}" for name in own]

    return {
        "coarse": scoped("", DAA_COARSE),
        "imagine": scoped("x", DAA_COARSE[:10]),
        "look": scoped("pm", DAA_COARSE[:6]),
        "digest": ["inpaint_net/pmconv9", "inpaint_net/pmconv10"],
        "draw": scoped("all", DAA_COARSE[10:]),
    }


def random_state(names: dict[str, list[str]]) -> dict[str, Tensor]:
    """Return random OIHW weights and biases, lively enough that the attention has something to choose."""
    torch.manual_seed(3)
    state = {}
    for part, keys in names.items():
        before = {"coarse": 5, "imagine": 5, "look": 5, "digest": 4 * WIDTH, "draw": 8 * WIDTH}[part]
        for number, (key, out) in enumerate(zip(keys, OUTS[part], strict=True)):
            after = int(out * WIDTH) or 3
            side = 5 if before == 5 and number == 0 else 3
            state[f"{key}.weight"] = torch.randn(after, before, side, side) / (before * side * side) ** 0.5
            state[f"{key}.bias"] = 0.1 * torch.randn(after)
            before = after
    return state


def published(
    names: dict[str, list[str]], conv: Conv, attend: Attend, picture: Tensor, hole: Tensor, look: str = "relu"
) -> tuple[Tensor, Tensor]:
    """Return the published network's two pictures."""

    def encoded(x: Tensor, keys: list[str], last: str = "elu") -> Tensor:
        for i, key in enumerate(keys):
            x = conv(x, key, 2 if i in (1, 3) else 1, 2 ** (i - 5) if i > 5 else 1, last if i == 5 else "elu")
        return x

    def drawn(x: Tensor, keys: list[str]) -> Tensor:
        for i, key in enumerate(keys):
            x = x.repeat_interleave(2, 2).repeat_interleave(2, 3) if i in (2, 4) else x
            x = conv(x, key, 1, 1, "none" if i == 6 else "elu")
        return x.clamp(-1, 1)

    known = picture * (1 - hole)
    ones = torch.ones_like(hole)
    coarse = drawn(encoded(torch.cat([known, ones, hole], 1), names["coarse"][:10]), names["coarse"][10:])
    second = torch.cat([coarse * hole + known, ones, hole], 1)
    features = attend(encoded(second, names["look"], look), hole)
    for key in names["digest"]:
        features = conv(features, key, 1, 1, "elu")
    both = torch.cat([encoded(second, names["imagine"]), features], 1)
    return coarse, drawn(both, names["draw"])


def activated(x: Tensor, name: str) -> Tensor:
    """Return what follows a convolution."""
    return {"elu": functional.elu, "relu": functional.relu, "none": lambda y: y}[name](x)  # type: ignore[operator, no-any-return]


def symmetric(state: dict[str, Tensor], mode: str) -> Conv:
    """Return PyTorch's convolution: alike on all sides."""

    def conv(x: Tensor, key: str, stride: int, dilation: int, then: str) -> Tensor:
        weight = state[f"{key}.weight"]
        reach = dilation * (weight.shape[2] // 2)
        x = functional.pad(x, (reach,) * 4, mode=mode)
        return activated(functional.conv2d(x, weight, state[f"{key}.bias"], stride, 0, dilation), then)

    return conv


def same(state: dict[str, Tensor]) -> Conv:
    """Return TensorFlow's SAME convolution of HWIO kernels: what is odd of the padding goes last."""

    def conv(x: Tensor, key: str, stride: int, dilation: int, then: str) -> Tensor:
        kernel = state[f"{key}/kernel"].permute(3, 2, 0, 1)
        sides = []
        for length in (x.shape[3], x.shape[2]):
            total = max(
                0, (-(-length // stride) - 1) * stride + dilation * (kernel.shape[2] - 1) + 1 - length
            )
            sides += [total // 2, total - total // 2]
        x = functional.pad(x, sides)
        return activated(functional.conv2d(x, kernel, state[f"{key}/bias"], stride, 0, dilation), then)

    return conv


def attention(options: AttentionOptions) -> Attend:
    """Return the dense layer with these conventions."""

    def attend(features: Tensor, hole: Tensor) -> Tensor:
        at_features = picked(hole[0], 4, options.subsample)
        faults = picked(at_features, 2, options.subsample)[0]
        return reference(features[0], features[0], faults, options)[0][None]

    return attend


def scene() -> tuple[Tensor, Tensor]:
    """Return a picture in [-1, 1] and a hole whose edges lie between the cells."""
    torch.manual_seed(9)
    picture = functional.interpolate(torch.rand(1, 3, 20, 24) * 2 - 1, SIZE, mode="bilinear")
    hole = torch.zeros(1, 1, *SIZE)
    hole[:, :, 21:51, 30:66] = 1
    return picture, hole


def ours(found: Imported) -> tuple[Tensor, Tensor]:
    """Return what our network gives with imported weights."""
    options = {**found.options, "layer": AttentionOptions(**found.options["layer"])}
    net = ContextualNet(ContextualOptions(**options))
    net.load_state_dict(found.state)
    with torch.inference_mode():
        coarse, refined, _ = net(*scene())
    return coarse, refined


def check(found: Imported, expected: tuple[Tensor, Tensor]) -> None:
    """Compare, and make sure that there was something to compare."""
    coarse, refined = ours(found)
    torch.testing.assert_close(coarse, expected[0], atol=1e-5, rtol=0)
    torch.testing.assert_close(refined, expected[1], atol=1e-5, rtol=0)
    assert refined.std() > 0.05


def test_daa233_imported_gives_the_ports_pictures() -> None:
    names = daa_names()
    state = random_state(names)
    expected = published(
        names, symmetric(state, "constant"), attention(AttentionOptions(key_norm="added")), *scene()
    )
    check(converted(state, "daa233"), expected)


def test_mmagic_imported_gives_its_pictures() -> None:
    names = mmagic_names()
    state = random_state(names)
    extra = {
        "generator.stage2.contextual_attention_neck.contextual_attention.fuse_kernel": torch.eye(3),
        "disc.global_disc.conv1.conv.weight": torch.zeros(4, 3, 5, 5),
    }
    options = AttentionOptions(mask_mode="inf", overlap="count")
    picture, hole = scene()
    theirs = published(
        names, symmetric(state, "reflect"), attention(options), picture.flip(1), hole, look="elu"
    )
    check(converted(state | extra, "mmagic"), (theirs[0].flip(1), theirs[1].flip(1)))


def tensorflow() -> tuple[dict[str, Tensor], tuple[Tensor, Tensor]]:
    """Return random variables as TensorFlow holds them, and what they give, in R, G, B."""
    names = tf_names()
    state = {}
    for key, value in random_state(names).items():
        kernel = key.endswith(".weight")
        whole = key.removesuffix(".weight").removesuffix(".bias")
        state[f"{whole}/kernel" if kernel else f"{whole}/bias"] = (
            value.permute(2, 3, 1, 0) if kernel else value
        )
    picture, hole = scene()
    options = AttentionOptions(subsample="tf_align_corners")
    theirs = published(names, same(state), attention(options), picture.flip(1), hole)
    return state, (theirs[0].flip(1), theirs[1].flip(1))


def test_tensorflow_imported_gives_the_authors_pictures(tmp_path: Path) -> None:
    state, expected = tensorflow()
    others = {"global_step": np.array(7), "discriminator/dout_local_fc/kernel": np.zeros((8, 1))}
    np.savez(tmp_path / "places.npz", **{key: value.numpy() for key, value in state.items()}, **others)
    check(converted(read_tensors(tmp_path / "places.npz", "tf_npz"), "tf_npz"), expected)
    named = {f"{key}:0": value for key, value in state.items()}
    check(converted(named, "tf_npz"), expected)


def test_the_ports_converted_weights_follow_the_authors_conventions() -> None:
    state, expected = tensorflow()
    there = {}
    for tf, daa in zip(tf_names().values(), daa_names("netG.").values(), strict=True):
        for theirs, name in zip(tf, daa, strict=True):
            there[f"{name}.weight"] = state[f"{theirs}/kernel"].permute(3, 2, 0, 1)
            there[f"{name}.bias"] = state[f"{theirs}/bias"]
    check(converted(there, "daa233"), expected)
    assert converted(there, "daa233", channels="rgb").channels == "rgb"


def test_the_command_writes_weights_that_the_shelf_believes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = random_state(mmagic_names())
    torch.save({"meta": {"epoch": 3}, "state_dict": state}, tmp_path / "deepfillv1.pth")
    out = tmp_path / "imported.safetensors"
    command = ["weights", "import", str(tmp_path / "deepfillv1.pth"), "--kind", "mmagic", "--out", str(out)]
    assert main([*command, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    tensors, sidecar = load(out)
    assert said[0]["options"] == sidecar.options
    assert sidecar.config["imported"] == {"file": "deepfillv1.pth", "kind": "mmagic", "channels": "bgr"}
    exact = converted(state, "mmagic").state
    assert all(torch.equal(tensors[key], exact[key].half().float()) for key in exact)
    assert main(command) == 2
    assert "exists" in capsys.readouterr().err


class Program:
    """What a hostile pickle brings: a call that unpickling would make."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return print, ("owned",)


@pytest.mark.parametrize("kind", ["daa233", "mmagic", "tf_npz"])
def test_files_that_are_no_checkpoints_are_refused(
    kind: Kind, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "whole.pt"
    torch.save(random_state(daa_names()), whole)
    files = {
        "empty": b"",
        "text": b"this is no checkpoint\n",
        "hostile": pickle.dumps({"a": Program()}),
        "cut": whole.read_bytes()[: whole.stat().st_size // 2],
        "list": pickle.dumps([1, 2]),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(WeightsDamaged) as error:
            import_file(tmp_path / name, kind, tmp_path / "out.safetensors")
        assert name in error.value.message
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "out.safetensors").exists()
    with pytest.raises(WeightsMissing):
        import_file(tmp_path / "nowhere", kind, tmp_path / "out.safetensors")


def test_another_kind_another_network_and_another_ending_are_refused(tmp_path: Path) -> None:
    state = random_state(daa_names())
    with pytest.raises(WeightsDamaged, match="another kind") as error:
        converted(state, "mmagic")
    assert "daa233" in error.value.hint
    state["fine_generator.pmconv5.conv.weight"] = torch.zeros(4 * WIDTH, 2 * WIDTH, 3, 3)
    with pytest.raises(WeightsDamaged, match="another network: fine_generator.pmconv5"):
        converted(state, "daa233")
    with pytest.raises(InvalidRequest):
        import_file(tmp_path / "a.pt", "daa233", tmp_path / "out.pth")
    assert issubclass(WeightsDamaged, InpaintingError)
