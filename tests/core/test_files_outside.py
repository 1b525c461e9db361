"""Does the comparison after saving find exactly what differs outside the mask?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from inpainting_core.api import (
    ImageReadError,
    InvalidRequest,
    Photo,
    compare_outside,
    read_image,
    write_image,
)


def noise(shape: tuple[int, ...], dtype: type[np.uint8] | type[np.uint16] = np.uint8) -> np.ndarray:
    return np.random.default_rng(5).integers(0, np.iinfo(dtype).max, shape, dtype, endpoint=True)


def hole(height: int, width: int) -> np.ndarray:
    mask = np.zeros((height, width), np.bool_)
    mask[10:30, 5:25] = True
    return mask


@pytest.mark.parametrize("suffix", [".png", ".tif", ".bmp"])
def test_nothing_differs_in_lossless_files_but_inside_the_mask(tmp_path: Path, suffix: str) -> None:
    before, mask = Photo(noise((600, 40, 3))), hole(600, 40)
    filled = before.pixels.copy()
    filled[mask] ^= 0xFF
    path = tmp_path / f"a{suffix}"
    write_image(path, replace(before, pixels=filled))
    assert compare_outside(before, path, mask) == (600 * 40 - 400, 0, 0)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_every_planted_difference_is_counted(tmp_path: Path, dtype: type[np.uint8] | type[np.uint16]) -> None:
    before, mask = Photo(noise((600, 40, 3), dtype)), hole(600, 40)
    touched = before.pixels.copy()
    touched[15, 10] += dtype(9)  # inside: does not count
    for y, x, channel in ((0, 0, 0), (299, 39, 2), (300, 7, 1), (300, 7, 2), (599, 39, 1)):
        touched[y, x, channel] = before.pixels[y, x, channel] // 2
    apart = np.abs(touched.astype(np.int64) - before.pixels.astype(np.int64)).max(axis=2)
    apart[mask] = 0
    path = tmp_path / "a.png"
    write_image(path, Photo(touched))
    assert compare_outside(before, path, mask) == (600 * 40 - 400, np.count_nonzero(apart), apart.max())
    assert np.count_nonzero(apart) == 4


def test_jpeg_is_measured_as_another_decoder_sees_it(tmp_path: Path) -> None:
    before, mask = Photo(noise((64, 64, 3)) // 4 + 90), hole(64, 64)
    path = tmp_path / "a.jpg"
    write_image(path, before, quality=80)
    decoded = np.asarray(Image.open(path).convert("RGB")).astype(int)
    apart = np.abs(decoded - before.pixels.astype(int)).max(axis=2)[~mask]
    assert compare_outside(before, path, mask) == (64 * 64 - 400, np.count_nonzero(apart), apart.max())
    assert apart.max() > 0


def test_a_changed_alpha_is_a_change(tmp_path: Path) -> None:
    before = Photo(noise((20, 20, 3)), np.full((20, 20), 200, np.uint8))
    alpha = before.alpha.copy() if before.alpha is not None else None
    assert alpha is not None
    alpha[3, 4] = 190
    path = tmp_path / "a.png"
    write_image(path, replace(before, alpha=alpha))
    assert compare_outside(before, path, np.zeros((20, 20), np.bool_)) == (400, 1, 10)


def test_what_does_not_belong_together_is_refused(tmp_path: Path) -> None:
    before, none = Photo(noise((20, 20, 3))), np.zeros((20, 20), np.bool_)
    write_image(tmp_path / "smaller.png", Photo(noise((10, 20, 3))))
    write_image(tmp_path / "deeper.png", Photo(noise((20, 20, 3), np.uint16)))
    for name in ("smaller.png", "deeper.png"):
        with pytest.raises(InvalidRequest, match=name):
            compare_outside(before, tmp_path / name, none)
    with pytest.raises(InvalidRequest, match="mask"):
        compare_outside(before, tmp_path / "smaller.png", np.zeros((10, 20), np.bool_))
    with pytest.raises(ImageReadError):
        compare_outside(before, tmp_path / "nothing.png", none)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_metadata_can_be_left_out_and_the_profile_stays(tmp_path: Path, suffix: str) -> None:
    exif = Image.Exif()
    exif[0x8298] = "somebody"

    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = Photo(noise((20, 20, 3)), icc=icc, exif=exif.tobytes()[6:], xmp=b"<x:xmpmeta/>")
    full, bare = tmp_path / f"full{suffix}", tmp_path / f"bare{suffix}"
    assert write_image(full, photo) == write_image(bare, photo, keeps_metadata=False) == ()
    assert read_image(full).exif is not None
    assert (read_image(bare).exif, read_image(bare).xmp) == (None, None)
    assert read_image(bare).icc == photo.icc
    assert b"somebody" not in bare.read_bytes()
