"""Is what a file says beside its pixels still true, and still there, after a save?"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from inpainting_core.api import Photo, Pixels, read_image, write_image
from inpainting_core.imaging.metadata import upright_exif, upright_xmp

MAKE, ORIENTATION, EXIF_IFD, GPS_IFD = 0x010F, 0x0112, 0x8769, 0x8825
TAKEN, WIDTH, HEIGHT, MAKER_NOTE = 0x9003, 0xA002, 0xA003, 0x927C
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
GREY = SRGB[:16] + b"GRAY" + SRGB[20:]
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF tiff:Orientation="1"/></x:xmpmeta>'
IPTC = b"\x1c\x02\x05\x00\x03sea"
PIXELS = np.random.default_rng(1).integers(0, 256, (20, 30, 3), dtype=np.uint8)
DEEP = PIXELS.astype(np.uint16) * 257


def exif_block(orientation: int = 1, thumbnail: bytes = b"") -> bytes:
    """Return a block as cameras write it; the thumbnail's directory is appended by hand."""
    exif = Image.Exif()
    exif[MAKE] = "Camera"
    exif[ORIENTATION] = orientation
    exif[EXIF_IFD] = {TAKEN: "2020:01:01 00:00:00", WIDTH: 20, HEIGHT: 30, MAKER_NOTE: b"maker\0note"}
    exif[GPS_IFD] = {1: "N", 2: (1.0, 2.0, 3.0)}
    block = bytearray(exif.tobytes().removeprefix(b"Exif\0\0"))
    if thumbnail:
        count = int.from_bytes(block[8:10], "big")
        block[10 + 12 * count : 14 + 12 * count] = len(block).to_bytes(4, "big")
        start = len(block) + 2 + 2 * 12 + 4
        for tag, number in ((0x0201, start), (0x0202, len(thumbnail))):
            entry = tag.to_bytes(2, "big") + b"\0\4\0\0\0\1" + number.to_bytes(4, "big")
            block += (b"\0\2" if tag == 0x0201 else b"") + entry
        block += b"\0\0\0\0" + thumbnail
    return bytes(block)


def as_read(block: bytes | None) -> tuple[dict[int, object], ...]:
    """Return the directories of a block as Pillow understands them, without pointers."""
    exif = Image.Exif()
    exif.load(block or b"")
    main = {tag: value for tag, value in exif.items() if tag not in (EXIF_IFD, GPS_IFD, ORIENTATION)}
    return (
        main,
        dict(exif.get_ifd(EXIF_IFD)),
        dict(exif.get_ifd(GPS_IFD)),
        dict(exif.get_ifd(ExifTags.IFD.IFD1)),
    )


FULL = Photo(PIXELS, None, SRGB, exif_block(), XMP, IPTC, (300.0, 72.0))


@pytest.mark.parametrize(
    ("suffix", "pixels"),
    [(suffix, PIXELS) for suffix in (".jpg", ".png", ".webp", ".tif", ".avif")]
    + [(".png", DEEP), (".tif", DEEP)],
)
def test_metadata_come_back(tmp_path: Path, suffix: str, pixels: Pixels) -> None:
    write_image(tmp_path / f"picture{suffix}", replace(FULL, pixels=pixels))
    for _ in range(2):  # what was read is written and read again
        read = read_image(tmp_path / f"picture{suffix}")
        assert (read.icc, read.xmp) == (SRGB, XMP)
        assert as_read(read.exif) == as_read(FULL.exif)
        assert read.iptc == (IPTC if suffix in (".jpg", ".tif") else None)
        if suffix not in (".webp", ".avif"):  # they have no place for it
            assert read.dpi == pytest.approx((300, 72), rel=1e-3)  # PNG counts pixels per metre
        write_image(tmp_path / f"picture{suffix}", read)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_exif_is_kept_byte_for_byte(tmp_path: Path, suffix: str) -> None:
    write_image(tmp_path / f"picture{suffix}", FULL)
    assert read_image(tmp_path / f"picture{suffix}").exif == FULL.exif


def test_what_finds_no_place_is_said(tmp_path: Path) -> None:
    notes = write_image(tmp_path / "picture.bmp", FULL)
    assert [word in " ".join(notes) for word in ("profile", "EXIF", "XMP", "IPTC")] == [True] * 4
    assert "IPTC" in write_image(tmp_path / "picture.png", FULL)[0]
    long = replace(FULL, xmp=b" " * 70_000)
    assert "XMP" in write_image(tmp_path / "picture.jpg", long)[0]
    assert read_image(tmp_path / "picture.jpg").xmp is None
    assert write_image(tmp_path / "picture.webp", replace(FULL, iptc=None)) == ()


def test_a_grey_profile_is_never_given_to_colours(tmp_path: Path) -> None:
    grey = Photo(np.repeat(PIXELS[..., :1], 3, axis=2), icc=GREY, is_grey=True)
    for suffix in (".png", ".tif", ".jpg"):
        assert write_image(tmp_path / f"grey{suffix}", grey) == ()
        read = read_image(tmp_path / f"grey{suffix}")
        assert (read.icc, read.is_grey) == (GREY, True)
        tinted = replace(read, pixels=np.ascontiguousarray(PIXELS))
        assert "profile" in write_image(tmp_path / f"tinted{suffix}", tinted)[0]
        read = read_image(tmp_path / f"tinted{suffix}")
        assert (read.icc, read.is_grey) == (None, False)
    assert "profile" in write_image(tmp_path / "grey.webp", grey)[0]


def test_a_jpeg_keeps_its_tables_sampling_and_order(tmp_path: Path) -> None:
    for subsampling, progressive in ((0, False), (1, True), (2, False)):
        options = {"quality": 71, "subsampling": subsampling, "progressive": progressive}
        Image.fromarray(PIXELS).save(tmp_path / "in.jpg", **options)
        photo = read_image(tmp_path / "in.jpg")
        write_image(tmp_path / "out.jpg", photo)
        again = read_image(tmp_path / "out.jpg")
        assert again.encoding == photo.encoding
        with Image.open(tmp_path / "in.jpg") as old, Image.open(tmp_path / "out.jpg") as new:
            assert old.quantization == new.quantization  # type: ignore[attr-defined]
            assert new.info.get("progressive", 0) == progressive
        write_image(tmp_path / "out.jpg", photo, quality=20)
        assert (tmp_path / "out.jpg").stat().st_size < (tmp_path / "in.jpg").stat().st_size


def test_lossy_webp_stays_lossy_and_raw_tiff_stays_raw(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "in.webp", quality=50)
    assert read_image(tmp_path / "in.webp").encoding.options == {}  # type: ignore[union-attr]
    flat = np.zeros((64, 64, 3), np.uint8)
    for compression, is_small in (("raw", False), ("tiff_lzw", True)):
        Image.fromarray(flat).save(tmp_path / "in.tif", compression=compression)
        write_image(tmp_path / "out.tif", read_image(tmp_path / "in.tif"))
        assert ((tmp_path / "out.tif").stat().st_size < flat.nbytes) == is_small


def test_a_turned_photo_is_described_as_it_now_lies(tmp_path: Path) -> None:
    """Orientation 6 of a 30 x 20 picture: sides and resolution swap, nothing else changes."""
    file = io.BytesIO()
    options = {"exif": b"Exif\0\0" + exif_block(6), "xmp": XMP.replace(b'"1"', b'"6"'), "dpi": (300, 72)}
    Image.fromarray(PIXELS).save(file, "JPEG", **options)
    (tmp_path / "turned.jpg").write_bytes(file.getvalue())
    photo = read_image(tmp_path / "turned.jpg")
    assert photo.pixels.shape == (30, 20, 3)
    assert photo.dpi == (72, 300)
    assert photo.xmp == XMP
    main, details, places, _ = as_read(photo.exif)
    assert (details[WIDTH], details[HEIGHT]) == (30, 20)
    assert (main, places) == (as_read(exif_block())[0], as_read(exif_block())[2])
    assert details[MAKER_NOTE] == b"maker\0note"


def test_a_tiff_without_a_resolution_gets_none(tmp_path: Path) -> None:
    Image.fromarray(PIXELS).save(tmp_path / "bare.tif")
    photo = read_image(tmp_path / "bare.tif")
    assert photo.dpi is None
    write_image(tmp_path / "again.tif", photo)
    with Image.open(tmp_path / "again.tif") as again:
        assert ExifTags.Base.XResolution not in dict(again.getexif())


def test_a_turned_tiffs_resolution_turns_with_it(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    Image.fromarray(PIXELS).save(tmp_path / "turned.tif", exif=exif, dpi=(300, 72))
    photo = read_image(tmp_path / "turned.tif")
    assert (photo.pixels.shape, photo.dpi) == ((30, 20, 3), (72, 300))


def test_a_thumbnail_leaves_no_byte_behind() -> None:
    secret = bytes(range(1, 200))
    block = exif_block(thumbnail=secret)
    assert as_read(block)[3]  # the public tool sees it
    cleaned = upright_exif(block)
    assert len(cleaned) == len(block)
    assert not as_read(cleaned)[3]
    assert secret[:8] not in cleaned
    assert as_read(cleaned)[:3] == as_read(exif_block())[:3]
    assert upright_xmp(b"<a><xmp:Thumbnails><x>/9j/</x></xmp:Thumbnails></a>") == b"<a></a>"


@pytest.mark.parametrize("text", [b'tiff:Orientation="8"', b"tiff:Orientation='8'", b"<tiff:Orientation>8</"])
def test_every_spelling_of_orientation_in_xmp(text: bytes) -> None:
    assert upright_xmp(text) == text.replace(b"8", b"1")


@given(block=st.binary(max_size=200), at=st.integers(0, 170), byte=st.integers(0, 255))
@example(b"II*\0\x08\0\0\0\xff\xff", 0, 73)
@example(b"", 0, 0)
def test_damaged_exif_is_refused_or_keeps_its_length(block: bytes, at: int, byte: int) -> None:
    sound = bytearray(exif_block(8, thumbnail=b"thumb"))
    sound[min(at, len(sound) - 1)] = byte
    for candidate in (block, bytes(sound)):
        try:
            cleaned = upright_exif(candidate)
        except ValueError:
            continue
        assert len(cleaned) == len(candidate)


def test_damaged_exif_does_not_keep_a_picture_shut(tmp_path: Path) -> None:
    Image.fromarray(PIXELS).save(tmp_path / "damaged.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff")
    photo = read_image(tmp_path / "damaged.jpg")
    assert photo.exif is None
    assert "EXIF" in photo.notes[0]


@pytest.mark.parametrize("suffix", [".tif", ".avif", ".jpg"])
def test_damaged_exif_does_not_keep_a_picture_from_being_saved(tmp_path: Path, suffix: str) -> None:
    damaged = exif_block()
    pointer = damaged.index(b"\x87\x69") + 8
    damaged = damaged[:pointer] + b"\xff\xff\xff\xff" + damaged[pointer + 4 :]
    for block in (damaged, b"no EXIF at all"):
        write_image(tmp_path / f"saved{suffix}", replace(FULL, exif=block))
        assert read_image(tmp_path / f"saved{suffix}").pixels.shape == PIXELS.shape
