"""Does the command line fill, answer and refuse as it says?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from inpainting_core.api import (
    Box,
    CorrespondenceField,
    EngineInfo,
    FieldKind,
    FillRequest,
    Photo,
    Point,
    Session,
    engine_info,
    read_image,
    write_fields,
    write_image,
)
from inpainting_core.cli import main
from inpainting_core.engines.contract import Crop, CropFill
from inpainting_core.fields.build import from_nnf
from inpainting_core.progress import Progress

PIXELS = np.random.default_rng(5).integers(0, 65536, (40, 60, 3), dtype=np.uint16)
HOLE = np.zeros((40, 60), np.bool_)
HOLE[10:14, 20:26] = HOLE[30:32, 50:52] = True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a 16-bit photograph, an 8-bit one, and their mask."""
    write_image(tmp_path / "deep.tif", Photo(PIXELS))
    Image.fromarray((PIXELS >> 8).astype(np.uint8)).save(tmp_path / "photo.jpg", quality=60)
    Image.fromarray(HOLE).save(tmp_path / "mask.png")
    return tmp_path


def fill(folder: Path, photo: str, out: str, *more: str) -> int:
    """Return the exit code of a fill with Telea."""
    mask = str(folder / "mask.png")
    arguments = [
        "fill",
        str(folder / photo),
        "--mask",
        mask,
        "-o",
        str(folder / out),
        "--engine",
        "telea",
        *more,
    ]
    return main(arguments)


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    """Return what stdout holds, which must be one JSON document; stderr must be silent."""
    captured = capsys.readouterr()
    assert captured.err == ""
    return json.loads(captured.out)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_fill_equals_the_sessions_and_keeps_the_rest(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fill(folder, "deep.tif", "out.tif", "--option", "radius=5", "--seed", "3", "--json") == 0
    document = answer(capsys)
    request = FillRequest(PIXELS, HOLE, "telea", {"radius": 5}, 3)
    expected = Session().fill(request)
    np.testing.assert_array_equal(read_image(folder / "out.tif").pixels, expected.paste(PIXELS))
    seconds = document.pop("seconds")
    assert set(seconds) == {"read", "fill", "write"}
    assert document == {
        "input": str(folder / "deep.tif"),
        "output": str(folder / "out.tif"),
        "field": None,
        "format": "TIFF",
        "size": [40, 60],
        "depth": 16,
        "engine": "telea",
        "options": {"radius": 5, "grain": False},
        "seed": 3,
        "hole_pixels": 28,
        "regions": [
            {**region.box._asdict(), "pixels": int(region.mask.sum())} for region in expected.regions
        ],
        "known_pixels_changed": 0,
        "largest_known_change": 0,
        "notes": [],
    }


def test_lossy_formats_say_how_much_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fill(folder, "photo.jpg", "out.jpg", "--json") == 0
    document = answer(capsys)
    before = read_image(folder / "photo.jpg").pixels.astype(int)
    difference = np.abs(read_image(folder / "out.jpg").pixels - before).max(axis=2)[~HOLE]
    assert document["known_pixels_changed"] == np.count_nonzero(difference) > 0
    assert document["largest_known_change"] == difference.max()
    assert fill(folder, "photo.jpg", "small.jpg", "--quality", "5") == 0
    assert (folder / "small.jpg").stat().st_size < (folder / "out.jpg").stat().st_size
    assert "lossy" in capsys.readouterr().out
    assert fill(folder, "photo.jpg", "out.png") == 0
    assert "no pixel changed" in capsys.readouterr().out


def test_depth_is_given_up_only_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fill(folder, "deep.tif", "out.jpg") == 2
    assert "16" in capsys.readouterr().err
    assert fill(folder, "deep.tif", "out.png", "--narrow", "--json") == 0
    document = answer(capsys)
    assert (document["depth"], document["known_pixels_changed"]) == (8, 0)
    assert read_image(folder / "out.png").pixels.dtype == np.uint8


def test_nothing_is_overwritten_unasked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = (folder / "photo.jpg").read_bytes()
    assert fill(folder, "photo.jpg", "photo.jpg") == 2
    assert "--overwrite" in capsys.readouterr().err
    assert (folder / "photo.jpg").read_bytes() == original
    assert fill(folder, "photo.jpg", "photo.jpg", "--overwrite") == 0
    assert (folder / "photo.jpg").read_bytes() != original


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("missing.jpg", "out.png"), "ImageReadError"),
        (("photo.jpg", "out.xyz"), "ImageWriteError"),
        (("photo.jpg", "missing/out.png"), "ImageWriteError"),
        (("photo.jpg", "out.png", "--engine", "magic"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--option", "radius=0"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--option", "radius=wide"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--option", "colour=red"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--option", "radius"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--seed", "-1"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--seed", "one"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--quality", "90"), "ImageWriteError"),
        (("photo.jpg", "out.png", "--field", "field.npz"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--field", "out.png"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--sources", "mask.png"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--magic"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--mask", "small.png"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--mask", "empty.png"), "InvalidRequest"),
        (("photo.jpg", "out.png", "--mask", "full.png"), "NothingKnown"),
        (("photo.jpg", "out.png", "--mask", "text.png"), "ImageReadError"),
    ],
)
def test_refusals_are_sentences_and_write_nothing(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    kind: str,
) -> None:
    monkeypatch.chdir(folder)
    Image.new("L", (60, 39), 255).save("small.png")
    Image.new("L", (60, 40), 0).save("empty.png")
    Image.new("L", (60, 40), 255).save("full.png")
    Path("text.png").write_text("no picture")
    before = names(folder)
    assert fill(folder, *arguments, "--json") == 2
    error = answer(capsys)["error"]
    assert error["kind"] == kind
    assert error["message"].endswith(".")
    assert error["hint"].endswith(".")
    assert fill(folder, *arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"{error['message']} {error['hint']}\n"
    assert names(folder) == before


def test_engines_are_listed_with_their_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["engines", "--json"]) == 0
    listed = {entry["id"]: entry for entry in answer(capsys)}
    info = engine_info("telea")
    assert listed["telea"]["why_no_field"] == info.why_no_field
    assert listed["telea"]["field_kind"] == "none"
    assert listed["patchmatch"]["field_kind"] == "patch"
    radius, _grain = listed["telea"]["options"]
    assert (radius["key"], radius["low"], radius["high"]) == ("radius", 1, 25)
    assert main(["engines"]) == 0
    text = capsys.readouterr().out
    assert all(name in text for name in listed)


def test_a_mistake_of_ours_is_told_as_one(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(Session, "fill", fail)
    assert fill(folder, "photo.jpg", "out.png", "--json") == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["error"]["kind"] == "Bug"
    assert "planted" in captured.err
    assert not (folder / "out.png").exists()


class Copies:
    """Fills every hole with the pixel of the crop's corner, and says so."""

    def warm_up(self) -> None:
        pass

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        progress.report(0.5, "Copying")
        rgb = np.where(crop.hole[..., None], crop.rgb[0, 0], crop.rgb)
        sources = np.zeros((*crop.hole.shape, 2), np.int32)
        note = f"least weight {crop.weights[~crop.hole].min():.1f}"
        return CropFill(rgb, from_nnf(sources, crop.hole), notes=(note,))


@pytest.fixture
def copying(monkeypatch: pytest.MonkeyPatch) -> EngineInfo:
    monkeypatch.setattr("inpainting_core.session.open_engine", lambda _: Copies())
    return engine_info("patchmatch")


def test_the_field_says_where_from_and_sources_say_where_not(
    folder: Path, copying: EngineInfo, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(np.where(HOLE, 255, 51).astype(np.uint8)).save(folder / "sources.png")
    more = ["--field", str(folder / "field.npz"), "--sources", str(folder / "sources.png"), "--json"]
    assert fill(folder, "deep.tif", "out.tif", "--engine", copying.id, *more) == 0
    document = answer(capsys)
    assert document["field"] == str(folder / "field.npz")
    assert document["notes"] == ["least weight 0.2"]
    filled = read_image(folder / "out.tif").pixels
    with np.load(folder / "field.npz") as field:
        assert (field["version"], field["count"]) == (1, len(document["regions"]))
        np.testing.assert_array_equal(field["size"], [40, 60])
        for number in range(int(field["count"])):
            top, left = field[f"origin_{number}"]
            for y, x in np.argwhere(field[f"hole_{number}"]):
                dy, dx = field[f"offsets_{number}"][y, x, 0]
                source = filled[top + y + dy, left + x + dx]
                np.testing.assert_array_equal(filled[top + y, left + x], source)


def test_fields_come_back_from_their_file(tmp_path: Path) -> None:
    hole = np.array([[True, False, True]])
    field = CorrespondenceField(
        Point(4, 5),
        (1.0, 2.0),
        np.arange(12, dtype=np.int16).reshape(1, 3, 2, 2),
        np.full((1, 3, 2), 0.5, np.float32),
        hole,
        Box(1, 2, 30, 40),
        FieldKind.PATCH,
    )
    write_fields(tmp_path / "two.npz", [field, field], (50, 60))
    with np.load(tmp_path / "two.npz") as stored:
        assert len(stored) == 3 + 2 * 7
        assert (str(stored["kind_1"]), stored["origin_1"].tolist()) == ("patch", [4, 5])
        assert (stored["stride_1"].tolist(), stored["bounds_1"].tolist()) == ([1, 2], [1, 2, 30, 40])
        np.testing.assert_array_equal(stored["offsets_1"], field.offsets)
        np.testing.assert_array_equal(stored["scores_1"], field.scores)
        np.testing.assert_array_equal(stored["hole_1"], hole)
        assert (stored["offsets_1"].dtype, stored["hole_1"].dtype) == (np.int16, np.bool_)
