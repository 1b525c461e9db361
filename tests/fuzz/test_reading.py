"""Does every sequence of bytes give a picture or a refusal, soon?"""

from __future__ import annotations

import functools
import io
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from inpainting_core.api import ImageReadError, Photo, read_image, write_image
from inpainting_core.imaging import reading
from inpainting_core.imaging.png import encode_png
from inpainting_core.imaging.tiff import encode_tiff

SECONDS = 5.0
PIXELS = np.random.default_rng(3).integers(0, 256, (12, 16, 3), dtype=np.uint8)
ALPHA = np.random.default_rng(4).integers(0, 256, (12, 16), dtype=np.uint8)
EXIF = Image.Exif()
EXIF[0x0112] = 6
EXIF[0x8769] = {0x9003: "2020:01:01 00:00:00"}


def in_pillow(pixels: object, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()


@functools.cache
def seeds() -> dict[str, bytes]:
    """Return one small sound file of each kind."""
    deep = Photo(PIXELS.astype(np.uint16) * 257, ALPHA.astype(np.uint16), exif=EXIF.tobytes()[6:])
    return {
        "jpeg": in_pillow(PIXELS, "JPEG", exif=EXIF, dpi=(72, 72), xmp=b"<x/>"),
        "progressive": in_pillow(PIXELS, "JPEG", progressive=True),
        "png": in_pillow(np.dstack([PIXELS, ALPHA]), "PNG", exif=EXIF),
        "palette": in_pillow(PIXELS[..., 0] // 64, "GIF"),
        "webp": in_pillow(PIXELS, "WEBP", exif=EXIF.tobytes()),
        "lossless": in_pillow(np.dstack([PIXELS, ALPHA]), "WEBP", lossless=True, exact=True),
        "tiff": in_pillow(PIXELS, "TIFF"),
        "lzw": in_pillow(PIXELS, "TIFF", compression="tiff_lzw"),
        "bmp": in_pillow(PIXELS, "BMP"),
        "avif": in_pillow(PIXELS, "AVIF"),
        "jpeg2000": in_pillow(PIXELS, "JPEG2000"),
        "deep png": encode_png(deep),
        "deep tiff": encode_tiff(deep),
    }


@pytest.fixture(autouse=True)
def small_pictures_only() -> Iterator[None]:
    """Let no damaged header ask for a gigabyte: the tests share a machine."""
    before = reading.MAX_PIXELS, Image.MAX_IMAGE_PIXELS
    reading.MAX_PIXELS = Image.MAX_IMAGE_PIXELS = 1_000_000
    yield
    reading.MAX_PIXELS, Image.MAX_IMAGE_PIXELS = before


def try_to_read(path: Path, data: bytes) -> Photo | None:
    """Return the picture, or None when it was refused as it should be."""
    path.write_bytes(data)
    start = time.perf_counter()
    try:
        return read_image(path)
    except ImageReadError as error:
        assert error.message.strip()
        assert error.hint.strip()
        return None
    finally:
        assert time.perf_counter() - start < SECONDS


def test_the_seeds_are_sound(tmp_path: Path) -> None:
    opened = {kind: try_to_read(tmp_path / kind, sound) for kind, sound in seeds().items()}
    assert [kind for kind, photo in opened.items() if photo is None] == []


fuzz = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@fuzz
@given(data=st.binary(max_size=300))
def test_arbitrary_bytes(tmp_path: Path, data: bytes) -> None:
    for start in (
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"II*\0",
        b"MM\0*",
        b"BM",
        b"RIFF\0\0\0\0WEBP",
        b"GIF89a",
    ):
        photo = try_to_read(tmp_path / "bytes", start + data)
        assert photo is None or min(photo.pixels.shape) >= 1


@fuzz
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_mutated_files(tmp_path: Path, changes: list[tuple[float, int]]) -> None:
    """What opens in spite of the damage is a picture that can be saved."""
    for kind, sound in seeds().items():
        data = bytearray(sound)
        for place, value in changes:
            data[int(place * (len(data) - 1))] = value
        photo = try_to_read(tmp_path / kind, bytes(data))
        if photo is not None:
            write_image(tmp_path / "saved.tif", photo)
            np.testing.assert_array_equal(read_image(tmp_path / "saved.tif").pixels, photo.pixels)


@fuzz
@given(share=st.floats(0, 0.98))
def test_truncated_files(tmp_path: Path, share: float) -> None:
    """A file cut short is refused, or what is missing was no pixel."""
    for kind, sound in seeds().items():
        cut = try_to_read(tmp_path / kind, sound[: int(share * len(sound))])
        if cut is not None:
            whole = try_to_read(tmp_path / kind, sound)
            assert whole is not None
            np.testing.assert_array_equal(cut.pixels, whole.pixels, err_msg=kind)
