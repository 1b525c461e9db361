"""Is what cannot be read or written refused with a sentence, and is the old file always whole?"""

from __future__ import annotations

import os
import re
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inpainting_core.api import (
    ImageReadError,
    ImageWriteError,
    InvalidRequest,
    Photo,
    check_writable,
    read_coverage,
    read_image,
    read_mask,
    read_weights,
    write_image,
)
from inpainting_core.imaging import reading
from inpainting_core.imaging.atomic import replace_file

PIXELS = np.random.default_rng(2).integers(0, 256, (40, 50, 3), dtype=np.uint8)
SUFFIXES = (".jpg", ".png", ".webp", ".tif", ".bmp", ".avif")


def png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + header + struct.pack(">I", zlib.crc32(header))


@pytest.mark.parametrize("size", [(30_000, 30_000), (40_000, 10), (2_000_000_000, 2_000_000_000)])
def test_bombs_are_refused_by_their_header(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "bomb.png").write_bytes(png_header(*size))
    start = time.perf_counter()
    with pytest.raises(ImageReadError, match="too large|damaged|not a picture"):
        read_image(tmp_path / "bomb.png")
    assert time.perf_counter() - start < 1


def test_the_limit_is_a_number_of_pixels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.fromarray(PIXELS).save(tmp_path / "picture.png")
    monkeypatch.setattr(reading, "MAX_PIXELS", 40 * 50)
    assert read_image(tmp_path / "picture.png").pixels.shape == (40, 50, 3)
    monkeypatch.setattr(reading, "MAX_PIXELS", 40 * 50 - 1)
    with pytest.raises(ImageReadError, match="too large"):
        read_image(tmp_path / "picture.png")


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "text.jpg").write_text("not a picture")
    os.mkfifo(tmp_path / "pipe.png")
    for name in ("empty.jpg", "text.jpg", "missing.jpg", "pipe.png", ""):
        with pytest.raises(ImageReadError) as caught:
            read_image(tmp_path / name)
        assert caught.value.hint


def test_deep_values_that_are_no_whole_numbers_are_refused(tmp_path: Path) -> None:
    Image.fromarray(PIXELS[..., 0].astype(np.float32)).save(tmp_path / "float.tif")
    Image.fromarray(PIXELS[..., 0].astype(np.int32)).save(tmp_path / "int.tif")
    for name in ("float.tif", "int.tif"):
        with pytest.raises(ImageReadError, match="cannot be read"):
            read_image(tmp_path / name)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_content_counts_not_the_name(tmp_path: Path, suffix: str) -> None:
    name = "\u7167\u7247 \u00e9\U0001f5bc.jpg" if suffix != ".jpg" else "\u7167\u7247.png"
    write_image(tmp_path / f"right{suffix}", Photo(PIXELS))
    (tmp_path / f"right{suffix}").rename(tmp_path / name)
    assert read_image(tmp_path / name).pixels.shape == PIXELS.shape


def test_deep_files_with_a_wrong_ending(tmp_path: Path) -> None:
    deep = PIXELS.astype(np.uint16) * 257
    for suffix, wrong in ((".png", ".tif"), (".tif", ".jpg")):
        write_image(tmp_path / f"deep{suffix}", Photo(deep))
        (tmp_path / f"deep{suffix}").rename(tmp_path / f"\u6df1{wrong}")
        np.testing.assert_array_equal(read_image(tmp_path / f"\u6df1{wrong}").pixels, deep)


DEEP = Photo(PIXELS.astype(np.uint16))
CLEAR = Photo(PIXELS, np.zeros((40, 50), np.uint8))


@pytest.mark.parametrize(
    ("name", "photo", "quality"),
    [
        ("picture.xyz", Photo(PIXELS), None),
        ("picture", Photo(PIXELS), None),
        ("missing/picture.png", Photo(PIXELS), None),
        ("picture.png", Photo(PIXELS), 90),
        ("picture.jpg", Photo(PIXELS), 101),
        *((f"picture{suffix}", DEEP, None) for suffix in (".jpg", ".webp", ".bmp", ".avif")),
        *((f"picture{suffix}", CLEAR, None) for suffix in (".jpg", ".bmp")),
    ],
)
def test_what_a_format_cannot_hold_is_refused(
    tmp_path: Path, name: str, photo: Photo, quality: int | None
) -> None:
    with pytest.raises(ImageWriteError) as caught:
        check_writable(tmp_path / name, photo, quality=quality)
    assert caught.value.hint
    with pytest.raises(ImageWriteError, match=re.escape(caught.value.message)):
        write_image(tmp_path / name, photo, quality=quality)
    assert list(tmp_path.iterdir()) == []


def test_an_encoder_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """WebP's sides end at 16383."""
    (tmp_path / "old.webp").write_bytes(b"old")
    with pytest.raises(ImageWriteError, match=r"old\.webp could not be written as WebP"):
        write_image(tmp_path / "old.webp", Photo(np.zeros((1, 16_384, 3), np.uint8)))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("old.webp", b"old")]


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_disk_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    def fail(_: int) -> None:
        raise failure

    (tmp_path / "old.png").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    expected = KeyboardInterrupt if isinstance(failure, KeyboardInterrupt) else ImageWriteError
    with pytest.raises(expected, match=None if expected is KeyboardInterrupt else "No space left"):
        write_image(tmp_path / "old.png", Photo(PIXELS))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("old.png", b"old")]


def test_links_are_followed_and_permissions_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


KILLED = """
import os, sys
from pathlib import Path
import numpy as np
from inpainting_core.api import Photo, write_image
folder = Path(sys.argv[1])
pixels = np.random.default_rng(0).integers(0, 256, (300, 300, 3), dtype=np.uint8)
write_image(folder / "out.png", Photo(pixels))
print("ready", flush=True)
while True:
    write_image(folder / "out.png", Photo(pixels))
"""


def test_a_killed_save_leaves_the_previous_export(tmp_path: Path) -> None:
    """Killed at eight different moments of saving again and again, the file is always whole."""
    expected = np.random.default_rng(0).integers(0, 256, (300, 300, 3), dtype=np.uint8)
    (tmp_path / "original.png").write_bytes(b"original")
    for moment in range(8):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.013 * moment)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        np.testing.assert_array_equal(read_image(tmp_path / "out.png").pixels, expected)
    assert (tmp_path / "original.png").read_bytes() == b"original"


def test_a_mask_is_what_is_bright_or_opaque(tmp_path: Path) -> None:
    grey = np.array([[0, 127, 128, 255]], np.uint8)
    Image.fromarray(grey).save(tmp_path / "grey.png")
    assert read_mask(tmp_path / "grey.png", (1, 4)).tolist() == [[False, False, True, True]]
    Image.fromarray(grey > 127).save(tmp_path / "bits.png")
    assert read_mask(tmp_path / "bits.png", (1, 4)).tolist() == [[False, False, True, True]]
    alpha = np.array([[255, 128, 127, 0]], np.uint8)
    Image.fromarray(np.dstack([grey, grey, grey, alpha])).save(tmp_path / "varying.png")
    assert read_mask(tmp_path / "varying.png", (1, 4)).tolist() == [[True, True, False, False]]
    Image.fromarray(np.dstack([grey, grey, grey, np.full_like(grey, 9)])).save(tmp_path / "even.png")
    assert read_mask(tmp_path / "even.png", (1, 4)).tolist() == [[False, False, True, True]]
    colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)
    Image.fromarray(colours).save(tmp_path / "colours.png")
    assert read_mask(tmp_path / "colours.png", (1, 4)).tolist() == [[False, True, False, True]]


def test_a_soft_mask_keeps_its_edge_but_no_traces(tmp_path: Path) -> None:
    grey = np.array([[0, 7, 8, 128, 247, 248, 255]], np.uint8)
    Image.fromarray(grey).save(tmp_path / "soft.png")
    assert read_coverage(tmp_path / "soft.png", (1, 7)).tolist() == [[0, 0, 8, 128, 247, 255, 255]]
    write_image(tmp_path / "deep.png", Photo(np.array([[[32896] * 3, [65535] * 3]], np.uint16)))
    assert read_coverage(tmp_path / "deep.png", (1, 2)).tolist() == [[128, 255]]


def test_weights_are_brightness(tmp_path: Path) -> None:
    Image.fromarray(np.array([[0, 51, 255]], np.uint8)).save(tmp_path / "weights.png")
    weights = read_weights(tmp_path / "weights.png", (1, 3))
    assert weights.dtype == np.float32
    assert weights[0].tolist() == pytest.approx([0, 0.2, 1])
    write_image(tmp_path / "white.png", Photo(np.full((1, 3, 3), 65535, np.uint16)))
    assert read_weights(tmp_path / "white.png", (1, 3)).tolist() == [[1, 1, 1]]


@pytest.mark.parametrize("read", [read_coverage, read_mask, read_weights])
def test_another_size_is_refused(tmp_path: Path, read: Callable[[Path, tuple[int, int]], object]) -> None:
    Image.fromarray(PIXELS).save(tmp_path / "picture.png")
    with pytest.raises(InvalidRequest, match="50 x 40"):
        read(tmp_path / "picture.png", (50, 40))
