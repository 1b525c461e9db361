"""Do the protocols cut the holes that the papers describe, the same for every engine?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inpainting_core.errors import ImageReadError, InvalidRequest
from inpainting_core.evaluation.photographs import file_stem, photographs_in, read_square
from inpainting_core.evaluation.protocols import BINS, ComparisonSettings, hole_names, holes
from inpainting_core.imaging.geometry import Size
from inpainting_core.masks.sampling import rectangle_hole
from inpainting_core.masks.shape import tight_box


@pytest.mark.parametrize("side", [64, 256, 512])
def test_brush_strokes_lie_in_their_bin_and_away_from_the_border(side: int) -> None:
    margin = round(50 * side / 512)
    for number, hole in enumerate(holes(ComparisonSettings("pconv", side), "a.jpg")):
        low, high = BINS[number // 2]
        assert low < hole.mask.mean() <= high, hole.name
        if hole.name.endswith("inside"):
            assert not hole.mask[:margin].any()
            assert not hole.mask[-margin:].any()
            assert not hole.mask[:, :margin].any()
            assert not hole.mask[:, -margin:].any()


def test_the_square_of_yu_is_the_one_they_validate_with() -> None:
    centre, random = holes(ComparisonSettings("yu"), "a.jpg")
    assert tight_box(centre.mask) == (64, 64, 128, 128)
    assert centre.mask.sum() == 128 * 128
    assert tight_box(random.mask).height <= 128


def test_random_rectangles_have_even_sides_of_96_to_128() -> None:
    boxes = [tight_box(rectangle_hole(Size(256, 256), seed)) for seed in range(600)]
    assert {side % 2 for box in boxes for side in box[2:]} == {0}
    assert {min(box[2] for box in boxes), max(box[3] for box in boxes)} == {96, 128}
    assert min(box.top for box in boxes) <= 3
    assert max(box.bottom for box in boxes) >= 252


def test_same_seed_same_holes_and_another_photograph_gets_others() -> None:
    def masks(settings: ComparisonSettings, name: str) -> list[bytes]:
        return [hole.mask.tobytes() for hole in holes(settings, name)]

    first = masks(ComparisonSettings("pconv", 64), "a.jpg")
    assert first == masks(ComparisonSettings("pconv", 64), "a.jpg")
    assert not set(first) & set(masks(ComparisonSettings("pconv", 64), "b.jpg"))
    assert not set(first) & set(masks(ComparisonSettings("pconv", 64, seed=1), "a.jpg"))
    assert len(first) == len(hole_names("pconv")) == 12


@pytest.mark.parametrize("wrong", [{"protocol": "lpips"}, {"side": 8}])
def test_what_is_no_protocol_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidRequest):
        ComparisonSettings(**wrong)  # type: ignore[arg-type]


def test_the_middle_of_any_photograph_becomes_a_square(tmp_path: Path) -> None:
    pixels = np.zeros((40, 100, 3), np.uint8)
    pixels[:, 30:70] = (200, 100, 50)
    (tmp_path / "deep").mkdir()
    Image.fromarray(pixels).save(tmp_path / "deep" / "wide.png")
    square = read_square(tmp_path / "deep" / "wide.png", tmp_path, 64)
    assert square.pixels.shape == (64, 64, 3)
    assert (square.pixels == (200, 100, 50)).all()
    assert (square.name, file_stem(square.name)) == ("deep/wide.png", "deep__wide.png")


def test_hidden_files_and_our_own_are_no_photographs(tmp_path: Path) -> None:
    for name in ("b.txt", ".c.png", "out/d.png", "a.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = photographs_in(tmp_path, leave_out=tmp_path / "out")
    assert [path.name for path in found] == ["a.png", "b.txt"]
    assert len(photographs_in(tmp_path, limit=1)) == 1
    with pytest.raises(ImageReadError):
        read_square(tmp_path / "a.png", tmp_path, 64)


def test_an_empty_folder_and_none_are_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InvalidRequest):
            photographs_in(folder)
