"""Do other programs read from our pictures of fields what the fields say?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import OpenImageIO
import pytest
from hypothesis import given
from PIL import Image

from inpainting_core.api import (
    CorrespondenceField,
    ImageWriteError,
    Point,
    sources_at,
    write_field_picture,
    write_fields,
)
from inpainting_core.cli import main
from inpainting_core.fields.query import cell_at
from tests.core.made_up_fields import fields, plain

SIZE = (200, 230)


def expected(field: CorrespondenceField) -> tuple[np.ndarray, np.ndarray]:
    """Return (H, W, 2) (dx, dy) and (H, W) bool, pixel by pixel."""
    flow, known = np.zeros((*SIZE, 2)), np.zeros(SIZE, np.bool_)
    for y, x in np.ndindex(*field.box[2:]):
        pixel = Point(y + field.box.top, x + field.box.left)
        if pixel.y < SIZE[0] and pixel.x < SIZE[1] and sources_at(field, pixel):
            dy, dx = field.offsets[cell_at(field, pixel)][0] * np.array(field.stride_yx)
            flow[pixel], known[pixel] = (dx, dy), True
    return flow, known


def kitti(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return (H, W, 2) (dx, dy) and (H, W) bool by KITTI's definition; another library wrote it."""
    image = OpenImageIO.ImageBuf(str(path)).get_pixels(OpenImageIO.UINT16).astype(float)
    return (image[..., :2] - 2**15) / 64, image[..., 2] > 0


@given(field=fields)
def test_middlebury_and_kitti_hold_the_first_source(
    field: CorrespondenceField, tmp_path_factory: pytest.TempPathFactory
) -> None:
    flow, known = expected(field)
    folder = tmp_path_factory.getbasetemp()
    write_field_picture(folder / "a.flo", [field], SIZE)
    write_field_picture(folder / "a.PNG", [field], SIZE)
    read = cv2.readOpticalFlow(str(folder / "a.flo"))
    np.testing.assert_array_equal((read == np.float32(1e10)).all(axis=2), ~known)
    np.testing.assert_array_equal(read[known], flow[known].astype(np.float32))
    shares, valid = kitti(folder / "a.PNG")
    np.testing.assert_array_equal(valid, known)
    assert np.abs(shares[known] - flow[known]).max(initial=0) <= 1 / 128


def test_flo_is_laid_out_as_middlebury_says(tmp_path: Path) -> None:
    field = plain(1, 2, (-3, 7))
    write_field_picture(tmp_path / "a.flo", [field], (121, 152))
    data = (tmp_path / "a.flo").read_bytes()
    assert np.frombuffer(data, "<f4", 1)[0] == np.float32(202021.25)
    assert np.frombuffer(data, "<i4", 2, 4).tolist() == [152, 121]
    assert np.frombuffer(data, "<f4", offset=12).reshape(121, 152, 2)[120, 149:].tolist() == [
        [1e10, 1e10], [7, -3], [7, -3]
    ]  # fmt: skip


def test_regions_share_one_picture(tmp_path: Path) -> None:
    first, second = plain(3, 4, (0, 5)), replace(plain(2, 2, (1, 1)), origin=Point(10, 20))
    write_field_picture(tmp_path / "a.png", [first, second], SIZE)
    flow, valid = kitti(tmp_path / "a.png")
    assert np.count_nonzero(valid) == 12 + 4
    assert flow[121, 151].tolist() == [5, 0]
    assert flow[11, 21].tolist() == [1, 1]


@pytest.mark.parametrize("name", ["a.jpg", "a", "a.npz"])
def test_other_endings_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImageWriteError, match="ending"):
        write_field_picture(tmp_path / name, [plain(2, 2)], SIZE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("offset", "fits"), [((0, 511), True), ((-511, 0), True), ((512, 0), False)])
def test_distances_that_16_bits_do_not_hold_are_refused(
    tmp_path: Path, offset: tuple[int, int], fits: bool
) -> None:
    field, path = plain(2, 2, offset), tmp_path / "a.png"
    path.write_bytes(b"before")
    if fits:
        write_field_picture(path, [field], SIZE)
        assert kitti(path)[0][120, 150].tolist() == [offset[1], offset[0]]
    else:
        with pytest.raises(ImageWriteError, match="farther"):
            write_field_picture(path, [field], SIZE)
        assert path.read_bytes() == b"before"


def test_write_fields_chooses_by_the_ending(tmp_path: Path) -> None:
    for name in ("a.flo", "a.png", "a.npz"):
        write_fields(tmp_path / name, [plain(2, 2, (0, 7))], SIZE)
    assert cv2.readOpticalFlow(str(tmp_path / "a.flo"))[120, 150].tolist() == [7, 0]
    assert kitti(tmp_path / "a.png")[0][120, 150].tolist() == [7, 0]
    with np.load(tmp_path / "a.npz") as stored:
        assert stored["offsets_0"][0, 0, 0].tolist() == [0, 7]


@pytest.mark.parametrize("ending", ["flo", "png"])
def test_the_command_line_writes_the_recipe_of_its_picture(tmp_path: Path, ending: str) -> None:
    rng = np.random.default_rng(0)
    pixels, hole = rng.integers(0, 256, (60, 70, 3), np.uint8), np.zeros((60, 70), np.bool_)
    hole[20:34, 25:45] = True
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    Image.fromarray(hole.astype(np.uint8) * 255).save(tmp_path / "mask.png")
    paths = [str(tmp_path / name) for name in ("photo.png", "mask.png", "out.png", f"field.{ending}")]
    command = ["fill", paths[0], "--mask", paths[1], "-o", paths[2], "--field", paths[3]]
    command += ["--engine", "patchmatch", "--option", "seam=false", "--option", "colour=false"]
    assert main(command) == 0
    filled = np.asarray(Image.open(paths[2]))
    flow = cv2.readOpticalFlow(paths[3]) if ending == "flo" else kitti(Path(paths[3]))[0]
    for y, x in np.argwhere(hole):
        dx, dy = flow[y, x].astype(int)
        assert filled[y, x].tolist() == pixels[y + dy, x + dx].tolist()
