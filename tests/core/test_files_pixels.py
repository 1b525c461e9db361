"""Do pixels and alpha come through files bit for bit, upright, at their own depth?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import OpenImageIO
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image, ImageCms

from inpainting_core.api import Encoding, Photo, narrowed, read_image, write_image

RNG = np.random.default_rng(7)
COLOUR = RNG.integers(0, 65536, (13, 9, 4), dtype=np.uint16)


@st.composite
def photos(draw: st.DrawFn, deep: bool) -> Photo:
    height, width = draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    dtype = draw(st.sampled_from([np.uint8, np.uint16])) if deep else np.uint8
    pixels = draw(hnp.arrays(dtype, (height, width, 3)))
    is_grey = draw(st.booleans())
    if is_grey:
        pixels = np.repeat(pixels[..., :1], 3, axis=2)
    alpha = draw(st.none() | hnp.arrays(dtype, (height, width)))
    return Photo(pixels, alpha, is_grey=is_grey)


def assert_same(read: Photo, written: Photo) -> None:
    assert read.pixels.dtype == written.pixels.dtype
    np.testing.assert_array_equal(read.pixels, written.pixels)
    assert (read.alpha is None) == (written.alpha is None)
    if written.alpha is not None:
        np.testing.assert_array_equal(read.alpha, written.alpha)
        assert read.alpha.dtype == written.alpha.dtype


in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@in_one_folder
@given(photo=photos(deep=True), suffix=st.sampled_from([".png", ".tif"]))
def test_deep_formats_keep_every_bit(tmp_path: Path, photo: Photo, suffix: str) -> None:
    path = tmp_path / f"picture{suffix}"
    assert write_image(path, photo) == ()
    assert_same(read_image(path), photo)
    assert read_image(path).is_grey == (photo.is_grey and photo.alpha is None)


@in_one_folder
@given(photo=photos(deep=False))
def test_lossless_webp_keeps_every_bit_even_under_alpha_0(tmp_path: Path, photo: Photo) -> None:
    path = tmp_path / "picture.webp"
    lossless = Photo(photo.pixels, photo.alpha, encoding=Encoding("WebP", {"lossless": True}))
    write_image(path, lossless)
    read = read_image(path)
    if photo.alpha is not None and photo.alpha.min() == 255:  # WebP does not store an alpha of 255s
        lossless = Photo(photo.pixels)
    assert_same(read, lossless)
    assert read.encoding is not None
    assert read.encoding.options == {"lossless": True}


@in_one_folder
@given(photo=photos(deep=False))
def test_bmp_keeps_every_bit_and_drops_only_a_full_alpha(tmp_path: Path, photo: Photo) -> None:
    path = tmp_path / "picture.bmp"
    opaque = None if photo.alpha is None else np.full_like(photo.alpha, 255)
    write_image(path, Photo(photo.pixels, opaque, is_grey=photo.is_grey))
    assert_same(read_image(path), Photo(photo.pixels))


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_another_program_reads_the_same_pixels(
    tmp_path: Path, suffix: str, dtype: type, channels: int
) -> None:
    values = COLOUR[..., :channels].astype(dtype)
    pixels = np.repeat(values, 3, axis=2) if channels == 1 else values[..., :3].copy()
    alpha = values[..., 3].copy() if channels == 4 else None
    path = tmp_path / f"picture{suffix}"
    write_image(path, Photo(pixels, alpha, is_grey=channels == 1))
    np.testing.assert_array_equal(openimageio_reads(path), values)


def test_large_tiffs_have_several_strips(tmp_path: Path) -> None:
    pixels = RNG.integers(0, 65536, (700, 600, 3), dtype=np.uint16)
    for options in ({}, {"compression": 1}):
        write_image(tmp_path / "large.tif", Photo(pixels, encoding=Encoding("TIFF", options)))
        np.testing.assert_array_equal(read_image(tmp_path / "large.tif").pixels, pixels)
        np.testing.assert_array_equal(openimageio_reads(tmp_path / "large.tif"), pixels)


def openimageio_reads(path: Path) -> NDArray[Any]:
    straight = OpenImageIO.ImageSpec()
    straight.attribute("oiio:UnassociatedAlpha", 1)
    opened = OpenImageIO.ImageInput.open(str(path), straight)
    return np.asarray(opened.read_image(opened.spec().format))


def openimageio_writes(path: Path, channels: NDArray[Any], **attributes: object) -> None:
    kind = OpenImageIO.UINT16 if channels.dtype == np.uint16 else OpenImageIO.UINT8
    spec = OpenImageIO.ImageSpec(channels.shape[1], channels.shape[0], channels.shape[2], kind)
    for key, value in attributes.items():
        spec.attribute(key.replace("_", ":"), value)
    output = OpenImageIO.ImageOutput.create(str(path))
    assert output.open(str(path), spec)
    assert output.write_image(channels)
    output.close()


@pytest.mark.parametrize("planar", ["contig", "separate"])
@pytest.mark.parametrize("compression", ["none", "lzw", "zip", "packbits"])
def test_other_programs_deep_tiffs_are_exact(tmp_path: Path, planar: str, compression: str) -> None:
    channels = np.ascontiguousarray(COLOUR[..., :3])
    openimageio_writes(tmp_path / "other.tif", channels, planarconfig=planar, compression=compression)
    np.testing.assert_array_equal(read_image(tmp_path / "other.tif").pixels, channels)


def test_colours_multiplied_with_alpha_are_divided(tmp_path: Path) -> None:
    channels = np.array([[[32768, 0, 100, 32768], [7, 8, 9, 0], [1, 2, 3, 65535]]], np.uint16)
    openimageio_writes(tmp_path / "multiplied.tif", channels, oiio_UnassociatedAlpha=0)
    photo = read_image(tmp_path / "multiplied.tif")
    assert photo.pixels.tolist() == [[[65535, 0, 200], [7, 8, 9], [1, 2, 3]]]
    assert photo.alpha is not None
    assert photo.alpha.tolist() == [[32768, 0, 65535]]
    assert "multiplied" in photo.notes[0]


def test_grey_and_alpha_at_16_bits(tmp_path: Path) -> None:
    channels = np.ascontiguousarray(COLOUR[..., [0, 3]])
    openimageio_writes(tmp_path / "grey.png", channels, oiio_UnassociatedAlpha=1)
    photo = read_image(tmp_path / "grey.png")
    assert photo.is_grey
    np.testing.assert_array_equal(photo.pixels, np.repeat(channels[..., :1], 3, axis=2))
    np.testing.assert_array_equal(photo.alpha, channels[..., 1])


def naive_upright(stored: NDArray[Any], orientation: int) -> NDArray[Any]:
    """EXIF 2.32, tag 0x0112: which corner of the scene the stored row 0 and column 0 show."""
    height, width = stored.shape[:2]
    size = (height, width) if orientation < 5 else (width, height)
    upright = np.empty((*size, 3), stored.dtype)
    last_y, last_x = height - 1, width - 1
    for y in range(size[0]):
        for x in range(size[1]):
            source = {
                1: (y, x),
                2: (y, last_x - x),
                3: (last_y - y, last_x - x),
                4: (last_y - y, x),
                5: (x, y),
                6: (last_y - x, y),
                7: (last_y - x, last_x - y),
                8: (x, last_x - y),
            }[orientation]
            upright[y, x] = stored[source]
    return upright


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif"])
def test_orientation_is_applied_once(tmp_path: Path, orientation: int, suffix: str) -> None:
    stored = RNG.integers(0, 256, (3, 5, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if suffix == ".webp" else {}
    Image.fromarray(stored).save(tmp_path / f"in{suffix}", exif=exif, **options)
    photo = read_image(tmp_path / f"in{suffix}")
    np.testing.assert_array_equal(photo.pixels, naive_upright(stored, orientation))
    write_image(tmp_path / f"out{suffix}", photo)
    np.testing.assert_array_equal(read_image(tmp_path / f"out{suffix}").pixels, photo.pixels)
    with Image.open(tmp_path / f"out{suffix}") as written:
        assert written.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_orientation_at_16_bits(tmp_path: Path, orientation: int, suffix: str) -> None:
    stored = RNG.integers(0, 65536, (3, 5, 3), dtype=np.uint16)
    openimageio_writes(tmp_path / f"in{suffix}", stored, Orientation=orientation)
    np.testing.assert_array_equal(
        read_image(tmp_path / f"in{suffix}").pixels, naive_upright(stored, orientation)
    )


def test_orientation_of_jpeg_and_avif(tmp_path: Path) -> None:
    stored = np.zeros((32, 64, 3), np.uint8)
    stored[:, :32] = 255
    exif = Image.Exif()
    exif[0x0112] = 6
    for suffix in (".jpg", ".avif"):
        Image.fromarray(stored).save(tmp_path / f"in{suffix}", exif=exif, quality=95)
        photo = read_image(tmp_path / f"in{suffix}")
        assert np.abs(photo.pixels.astype(int) - naive_upright(stored, 6)).max() < 12


MODES = {
    "1": RNG.integers(0, 2, (4, 6)).astype(np.bool_),
    "L": RNG.integers(0, 256, (4, 6), dtype=np.uint8),
    "LA": RNG.integers(0, 256, (4, 6, 2), dtype=np.uint8),
    "RGB": RNG.integers(0, 256, (4, 6, 3), dtype=np.uint8),
    "RGBA": RNG.integers(0, 256, (4, 6, 4), dtype=np.uint8),
}


HOLDS = {".png": list(MODES), ".tif": list(MODES), ".bmp": ["1", "L", "RGB"], ".gif": ["1", "L"]}


@pytest.mark.parametrize(("suffix", "mode"), [(suffix, mode) for suffix in HOLDS for mode in HOLDS[suffix]])
def test_every_kind_of_channels(tmp_path: Path, suffix: str, mode: str) -> None:
    values = MODES[mode]
    Image.fromarray(values).save(tmp_path / f"in{suffix}")
    photo = read_image(tmp_path / f"in{suffix}")
    channels = values.reshape(4, 6, -1).astype(np.uint8) * (255 if mode == "1" else 1)
    colours = channels[..., :3] if mode.startswith("RGB") else np.repeat(channels[..., :1], 3, axis=2)
    np.testing.assert_array_equal(photo.pixels, colours)
    if mode.endswith("A"):
        np.testing.assert_array_equal(photo.alpha, channels[..., -1])


def test_palettes_with_a_transparent_entry(tmp_path: Path) -> None:
    image = Image.new("P", (2, 2))
    image.putdata([0, 1, 2, 1])
    image.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90])
    image.save(tmp_path / "palette.png", transparency=1)
    photo = read_image(tmp_path / "palette.png")
    assert photo.pixels.tolist() == [[[10, 20, 30], [40, 50, 60]], [[70, 80, 90], [40, 50, 60]]]
    assert photo.alpha is not None
    assert photo.alpha.tolist() == [[255, 0], [255, 0]]


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    inks = np.zeros((16, 16, 4), np.uint8)
    inks[:, 8:, 1:3] = 255
    for suffix in (".jpg", ".tif"):
        Image.fromarray(inks, mode="CMYK").save(tmp_path / f"inks{suffix}")
        photo = read_image(tmp_path / f"inks{suffix}")
        assert np.abs(photo.pixels[4, 3].astype(int) - [255, 255, 255]).max() < 6
        assert np.abs(photo.pixels[4, 12].astype(int) - [255, 0, 0]).max() < 6
        assert "CMYK" in photo.notes[0]
        assert photo.icc is None


def test_only_the_first_of_several_pictures_is_read(tmp_path: Path) -> None:
    first, second = (Image.fromarray(RNG.integers(0, 256, (8, 8, 3), dtype=np.uint8)) for _ in range(2))
    for suffix, options in ((".webp", {"lossless": True}), (".png", {})):
        first.save(tmp_path / f"two{suffix}", save_all=True, append_images=[second], **options)
        photo = read_image(tmp_path / f"two{suffix}")
        np.testing.assert_array_equal(photo.pixels, np.asarray(first))
        assert "several" in photo.notes[0]


@given(value=st.integers(0, 65535))
def test_narrowing_rounds(value: int) -> None:
    pixels = np.full((1, 1, 3), value, np.uint16)
    narrow = narrowed(Photo(pixels, pixels[..., 0]))
    assert narrow.pixels[0, 0, 0] == round(value * 255 / 65535)
    assert narrow.alpha is not None
    assert narrow.alpha.dtype == np.uint8
    assert narrowed(narrow) is narrow


def test_a_wrong_cmyk_profile_does_not_keep_a_picture_shut(tmp_path: Path) -> None:
    wrong = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("CMYK", (8, 8)).save(tmp_path / "wrong.jpg", icc_profile=wrong)
    assert read_image(tmp_path / "wrong.jpg").pixels.min() > 250
