"""Are holes, squares and the store of photographs what they should be?"""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from inpainting_core.errors import ImageReadError, InvalidRequest
from inpainting_core.masks.shape import tight_box
from inpainting_core.training.config import DataSettings, HoleSettings
from inpainting_core.training.data import Photographs, cut, validation_samples, varied
from inpainting_core.training.feeding import Feeder
from inpainting_core.training.holes import Holes, centred, rectangle, strokes
from inpainting_core.training.shards import Entry, Library, Square, picture_files
from tests.core.made_up_runs import draw_squares, small_config

PIXELS = np.random.default_rng(2).integers(0, 256, (300, 200, 3), dtype=np.uint8)


def test_check_11_rectangles_have_even_sides_of_96_to_128() -> None:
    rng = np.random.default_rng(0)
    sides, corners = set(), []
    for _ in range(10_000):
        hole = rectangle(256, rng)
        inner, box = tight_box(hole.mask), hole.box
        assert inner.height * inner.width == np.count_nonzero(hole.mask)
        assert (box.height, box.width) == (128, 128)
        assert inner.top - box.top == box.bottom - inner.bottom
        assert inner.left - box.left == box.right - inner.right
        sides |= {inner.height, inner.width}
        corners.append((box.top, box.left))
    assert sides == set(range(96, 129, 2))
    assert np.min(corners) == 0
    assert np.max(corners) == 127
    assert abs(np.mean(corners) - 63.5) < 1


def test_the_validation_hole_is_the_papers() -> None:
    box = tight_box(centred(256).mask)
    assert box == centred(256).box == (64, 64, 128, 128)


def test_strokes_lie_in_a_square_that_lies_inside() -> None:
    for seed in range(60):
        hole = strokes(64, (0.01, 0.3), seed)
        box, tight = hole.box, tight_box(hole.mask)
        assert 0.01 * 64**2 < hole.mask.sum() <= 0.3 * 64**2
        assert box.height == box.width >= 32
        assert min(box.top, box.left) >= 0
        assert max(box.bottom, box.right) <= 64
        assert hole.mask[box.slices].sum() == hole.mask.sum()
        assert box.height == max(32, tight.height, tight.width)


def test_families_are_mixed_as_asked() -> None:
    rng = np.random.default_rng(1)
    holes = Holes(32, HoleSettings(rectangles=0.3, least=0.1, most=0.2))
    drawn = [holes.sampled(rng) for _ in range(300)]
    brushed = [hole for hole in drawn if not hole.is_rectangle]
    assert 0.6 < len(brushed) / len(drawn) < 0.8
    assert len({hole.mask.tobytes() for hole in brushed}) == len(brushed)
    for hole in brushed:
        assert 0.1 < hole.mask.mean() <= 0.2
        assert hole.mask[hole.box.slices].sum() == hole.mask.sum()


def one_photograph(_: int) -> Square:
    return PIXELS


def test_samples_depend_on_seed_step_and_item_alone() -> None:
    config = small_config(Path("a"), "data.side=64")
    source = Photographs(1, one_photograph, config, lambda _: None)
    forwards = {(step, item): source.sample(step, item) for step in range(3) for item in range(3)}
    again = Photographs(1, one_photograph, config, lambda _: None)
    for (step, item), sample in reversed(forwards.items()):
        other = again.sample(step, item)
        np.testing.assert_array_equal(other.pixels, sample.pixels)
        np.testing.assert_array_equal(other.hole.mask, sample.hole.mask)
    assert len({sample.pixels.tobytes() for sample in forwards.values()}) == 9
    seeded = Photographs(1, one_photograph, small_config(Path("a"), "data.side=64", "seed=1"), lambda _: None)
    assert seeded.sample(0, 0).pixels.tobytes() != forwards[0, 0].pixels.tobytes()


def test_cuts_have_every_scale_down_to_the_least() -> None:
    """A ramp tells how far apart the pixels of a cut lie in the photograph."""
    ramp = np.repeat(np.linspace(0, 255, 512, dtype=np.float32)[None], 512, axis=0)
    photograph = np.repeat(np.rint(ramp).astype(np.uint8)[..., None], 3, axis=2)
    settings = DataSettings(images=(Path("a"),), side=64, least_scale=0.25)
    rng = np.random.default_rng(4)
    cuts = [cut(photograph, settings, rng)[0, :, 0].astype(float) for _ in range(200)]
    strides = [(line[-1] - line[0]) / 63 / (255 / 511) for line in cuts]
    assert 0.97 < min(strides) < 1.1
    assert 3.6 < max(strides) < 4.1
    assert np.median(strides) == pytest.approx(2, abs=0.35)
    full = settings.model_copy(update={"least_scale": 1.0})
    parts = {cut(PIXELS, full, rng).tobytes() for _ in range(5)}
    windows = np.lib.stride_tricks.sliding_window_view(PIXELS, (64, 64, 3))[..., 0, :, :, :]
    assert all(any(part == window.tobytes() for window in windows.reshape(-1, 64, 64, 3)) for part in parts)
    assert cut(PIXELS[:40, :50], settings, rng).shape == (64, 64, 3)


def test_turns_and_mirrors_are_the_eight_and_tints_keep_order() -> None:
    settings = DataSettings(images=(Path("a"),), colour=0.0)
    square = PIXELS[:64, :64]
    eight = {np.rot90(side, turn).tobytes() for side in (square, square[:, ::-1]) for turn in range(4)}
    rng = np.random.default_rng(5)
    assert {varied(square, settings, rng).tobytes() for _ in range(200)} == eight
    plain = DataSettings(images=(Path("a"),), colour=0.1, flip=False, rotate=False)
    grey = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    tinted = varied(grey, plain, rng)
    assert tinted.tobytes() != grey.tobytes()
    assert (np.diff(tinted.astype(int), axis=1) >= 0).all()
    assert np.abs(tinted[0, 128].astype(int) - 128).max() <= 128 * (1.1 * 1.05 - 1) + 1


def test_validation_sees_the_middle_with_both_kinds_of_holes() -> None:
    first, second = validation_samples([PIXELS], 200)
    np.testing.assert_array_equal(first.pixels, PIXELS[50:250])
    assert (first.hole.is_rectangle, second.hole.is_rectangle) == (True, False)
    again = validation_samples([PIXELS], 200)[1]
    np.testing.assert_array_equal(second.hole.mask, again.hole.mask)


def gathered(library: Library, folder: Path) -> tuple[list[Entry], list[str]]:
    warnings: list[str] = []
    return library.gather([folder], 2, warnings.append, lambda *_: None), warnings


def test_folders_of_anything_become_photographs(tmp_path: Path) -> None:
    images = draw_squares(tmp_path / "in" / "deep", 2)
    Image.fromarray(PIXELS).save(tmp_path / "in" / "\u7167.tif")
    Image.fromarray(np.repeat(np.arange(4096, dtype=np.uint16).reshape(64, 64) * 16, 2, 1)).save(
        images / "16.png"
    )
    shutil.copy(images / "squares-0.png", images / "twin.png")
    Image.fromarray(np.zeros((9, 9), np.uint8)).save(images / "tiny.png")
    Image.fromarray(np.dstack([PIXELS, PIXELS[..., 0]])).save(images / "clear.png")
    (images / "broken.jpg").write_bytes(b"\xff\xd8\xff no")
    (images / "notes.txt").write_text("no picture")
    library = Library(tmp_path / "cache", 150, 10**9)
    entries, warnings = gathered(library, tmp_path / "in")
    assert sorted(Path(entry.path).name for entry in entries) == [
        "16.png",
        "squares-0.png",
        "squares-1.png",
        "\u7167.tif",
    ]
    assert sorted(warning.split()[0] for warning in warnings) == ["broken.jpg", "clear.png", "tiny.png"]
    pixels = library.open(entries)
    for number, entry in enumerate(entries):
        if entry.path.endswith("tif"):
            expected = cv2.resize(PIXELS, (100, 150), interpolation=cv2.INTER_AREA)
            np.testing.assert_array_equal(pixels(number), expected)
        elif "squares" in entry.path:
            np.testing.assert_array_equal(pixels(number), np.asarray(Image.open(entry.path)))


def test_what_is_kept_is_not_decoded_again_and_replaced_files_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = draw_squares(tmp_path / "in", 3)
    first, _ = gathered(Library(tmp_path / "cache", 96, 10**9), images)
    size = (tmp_path / "cache" / "photographs.u8").stat().st_size
    assert size == 3 * 80 * 96 * 3
    Image.fromarray(PIXELS[:64, :64]).save(images / "squares-1.png")
    asked: list[str] = []
    real = "inpainting_core.training.shards.read_image"
    from inpainting_core.training import shards  # noqa: PLC0415

    read = shards.read_image
    monkeypatch.setattr(real, lambda path: (asked.append(path.name), read(path))[1])
    library = Library(tmp_path / "cache", 96, 10**9)
    second, _ = gathered(library, images)
    assert asked == ["squares-1.png"]
    assert len({entry.digest for entry in first} & {entry.digest for entry in second}) == 2
    shapes = {Path(entry.path).name: library.open(second)(n).shape for n, entry in enumerate(second)}
    assert shapes["squares-1.png"] == (64, 64, 3)


def test_a_cut_store_and_a_full_one_still_give_every_photograph(tmp_path: Path) -> None:
    images = draw_squares(tmp_path / "in", 3)
    gathered(Library(tmp_path / "cache", 96, 10**9), images)
    store = tmp_path / "cache" / "photographs.u8"
    store.write_bytes(store.read_bytes()[:-1])
    for room in (10**9, 80 * 96 * 3, 0):
        library = Library(tmp_path / "cache", 96, room)
        entries, warnings = gathered(library, images)
        pixels = library.open(entries)
        for number, entry in enumerate(entries):
            np.testing.assert_array_equal(pixels(number), np.asarray(Image.open(entry.path)))
        assert (len(entries), warnings) == (3, [])
        shutil.rmtree(tmp_path / "cache")


def test_hidden_files_and_other_endings_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.JPG", ".b.jpg", "c.txt", "d/e.webp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert picture_files([tmp_path]) == [tmp_path / "a.JPG", tmp_path / "d" / "e.webp"]
    assert picture_files([tmp_path / "c.txt"]) == [tmp_path / "c.txt"]


def test_photographs_that_vanish_are_reported_and_others_taken() -> None:
    def pixels(number: int) -> Square:
        if number:
            raise ImageReadError("{name} does not exist.", "Look.", name="x.jpg")
        return PIXELS

    warnings: list[str] = []
    source = Photographs(2, pixels, small_config(Path("a")), warnings.append)
    assert {source.sample(0, item).pixels.shape for item in range(8)} == {(32, 32, 3)}
    assert set(warnings) == {"x.jpg does not exist."}
    with pytest.raises(InvalidRequest):
        Photographs(1, lambda _: pixels(1), small_config(Path("a")), warnings.append).sample(0, 0)


def test_batches_come_in_order_and_are_prepared_while_others_are_used() -> None:
    made: list[tuple[int, int]] = []
    lock = threading.Lock()

    def make(step: int, number: int) -> tuple[int, int]:
        with lock:
            made.append((step, number))
        return step, number

    with Feeder(make, lambda step: 1 + step % 2, range(4, 10), 2) as feeder:
        for step in range(4, 10):
            assert feeder.take(step) == [(step, number) for number in range(1 + step % 2)]
            time.sleep(0.01)
        assert feeder.waited < 0.05
    assert sorted(made) == [(step, number) for step in range(4, 10) for number in range(1 + step % 2)]


def test_waiting_is_measured() -> None:
    with Feeder(lambda *_: time.sleep(0.05), lambda _: 1, range(3), 1) as feeder:
        for step in range(3):
            feeder.take(step)
        assert 0.12 < feeder.waited < 1
