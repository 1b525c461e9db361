"""How does a file become a photograph?

A file is what its content says, whatever its name. Pillow recognises it and reads 8 bits per channel;
it would narrow more without a word, so deeper pixels are read by OpenImageIO. Sizes are checked before
anything is decoded. Of several pages or frames the first is taken, with a note.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import OpenImageIO
from numpy.typing import NDArray
from PIL import Image, ImageCms, JpegImagePlugin, TiffImagePlugin, UnidentifiedImageError
from PIL.TiffTags import TAGS_V2_GROUPS

from inpainting_core.errors import ImageReadError
from inpainting_core.imaging.arrays import MAX_SIDE
from inpainting_core.imaging.metadata import DESCRIPTIVE_TAGS, ORIENTATION, upright_exif, upright_xmp
from inpainting_core.imaging.photo import Encoding, Photo
from inpainting_core.imaging.tiff import RAW
from inpainting_core.sentences import Sentence

MAX_PIXELS = 400_000_000
"""More are refused: they would not fit into the memory of most machines."""

_Channels = NDArray[Any]
"""(H, W, 1 to 4) uint8 or uint16: grey, grey and alpha, colour, colour and alpha."""

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "AVIF", "GIF", "JPEG2000")
_SPELLINGS = MappingProxyType({"MPO": "JPEG", "WEBP": "WebP", "JPEG2000": "JPEG 2000"})
_DEEP_FORMATS = ("PNG", "TIFF", "JPEG2000")
_COLOUR_MODES = ("RGB", "RGBA", "RGBX", "RGBa", "P", "PA", "YCbCr", "CMYK")
_GREY_MODES = ("1", "L", "LA", "La")
_PHOTOMETRIC, _EXTRA_SAMPLES, _IPTC = 262, 338, 33723
_PHOTOSHOP_IPTC = 0x0404
_WAS_MULTIPLIED = Sentence("The colours were multiplied with alpha in the file; they no longer are.")
_NO_FILE_HINT = "Give the path of a picture."
_HINT = "Give a JPEG, PNG, WebP, TIFF, BMP or AVIF with 8 or 16 bits per channel."

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow's own limit, far lower, has no other switch


def read_image(path: Path) -> Photo:
    """Return the picture in a file, upright, with everything that a later save must keep.

    CMYK is converted to sRGB; palettes and grey become three channels.

    Raises:
        ImageReadError: the file cannot be opened, is no picture, is damaged, or is too large.
    """
    try:
        _check_file(path)
        with _quiet(), Image.open(path, formats=_FORMATS) as image:
            _check_size(path, image)
            return _Reader(path, image).photo()
    except ImageReadError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _too_large(path) from error
    except PermissionError as error:
        raise ImageReadError("{name} may not be read.", "Change its permissions.", name=path.name) from error
    except UnidentifiedImageError as error:
        raise ImageReadError("{name} is not a picture that can be read.", _HINT, name=path.name) from error
    except Exception as error:  # a decoder fails on damaged bytes in whatever way it happens to
        raise ImageReadError(
            "{name} is damaged: {reason}.", "Use another copy of it.", name=path.name, reason=error
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the decoders' remarks on odd files; what matters is raised."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise ImageReadError("{name} is a folder.", _NO_FILE_HINT, name=path.name)
    if not path.exists():
        raise ImageReadError("{name} does not exist.", _NO_FILE_HINT, name=path.name)
    if not path.is_file():
        raise ImageReadError("{name} is no file.", _NO_FILE_HINT, name=path.name)


def _check_size(path: Path, image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
        raise _too_large(path)


def _too_large(path: Path) -> ImageReadError:
    return ImageReadError(
        "{name} is too large.",
        "Sides of up to {side} and in all {millions} million pixels can be read.",
        name=path.name,
        side=MAX_SIDE,
        millions=MAX_PIXELS // 10**6,
    )


class _Reader:
    """One open file on its way to a photograph.

    Args:
        path: Where it lies.
        image: Opened by Pillow, not yet decoded.
    """

    def __init__(self, path: Path, image: Image.Image) -> None:
        self._path = path
        self._image = image
        self._tags: Any = image.tag_v2 if isinstance(image, TiffImagePlugin.TiffImageFile) else {}
        self._turn_of_tiff = _orientation(self._tags.get(ORIENTATION))
        self._notes: list[str] = []

    def photo(self) -> Photo:
        """Return the photograph."""
        image = self._image
        if getattr(image, "is_animated", False):
            self._notes.append(Sentence("The file holds several pictures; the first one was read."))
        name = str(image.format)
        encoding = Encoding(_SPELLINGS.get(name, name), MappingProxyType(self._options()))
        exif_of_tiff = self._exif_block() if self._tags else None
        deep = self._deep_input()
        channels, orientation = self._decode() if deep is None else self._decode_deep(deep)
        channels = _turned(channels, orientation)
        colours = 3 if channels.shape[2] >= 3 else 1
        pixels = channels[..., :colours]
        return Photo(
            pixels=np.repeat(pixels, 3, axis=2) if colours == 1 else np.ascontiguousarray(pixels),
            alpha=np.ascontiguousarray(channels[..., -1]) if channels.shape[2] in (2, 4) else None,
            icc=None if image.mode == "CMYK" else image.info.get("icc_profile") or None,
            exif=self._upright(exif_of_tiff if self._tags else self._exif_block()),
            xmp=upright_xmp(xmp) if isinstance(xmp := image.info.get("xmp"), bytes) else None,
            iptc=self._iptc(),
            dpi=self._dpi(lies=max(orientation, self._turn_of_tiff) >= 5),
            is_grey=colours == 1,
            encoding=encoding,
            notes=tuple(self._notes),
        )

    def _decode(self) -> tuple[_Channels, int]:
        """Return (H, W, 1 to 4) uint8 and how it must be turned; TIFF is turned by Pillow."""
        image = self._image
        image.load()
        orientation = _orientation(self._exif().get(ORIENTATION))
        if image.mode not in _COLOUR_MODES + _GREY_MODES:
            raise ImageReadError(
                "{name} is of the kind {kind}, which cannot be read.",
                _HINT,
                name=self._path.name,
                kind=image.mode,
            )
        if image.format == "AVIF" and _is_deep_avif(self._path):
            self._notes.append(Sentence("The file has more than 8 bits per channel; 8 were read."))
        if self._tags.get(_EXTRA_SAMPLES) == (1,):
            self._notes.append(_WAS_MULTIPLIED)
        if image.mode == "CMYK":
            self._notes.append(Sentence("The picture was converted from CMYK to sRGB."))
            image = _from_cmyk(image)
        mode = "L" if image.mode in _GREY_MODES else "RGB"
        if image.has_transparency_data:
            mode += "A"
        channels = np.asarray(image.convert(mode))
        return channels.reshape(*channels.shape[:2], -1), orientation

    def _deep_input(self) -> Any:
        """Return OpenImageIO's reader when the file has more than 8 bits per channel, else None."""
        if self._image.format not in _DEEP_FORMATS:
            return None
        straight = OpenImageIO.ImageSpec()
        straight.attribute("oiio:UnassociatedAlpha", 1)
        opened = OpenImageIO.ImageInput.open(str(self._path), straight)
        if opened is None:
            raise ImageReadError(
                "{name} cannot be read: {reason}.",
                _HINT,
                name=self._path.name,
                reason=OpenImageIO.geterror(),
            )
        kind = str(opened.spec().format)
        if kind == "uint8":
            return None
        if kind != "uint16" or self._image.mode == "CMYK":
            raise ImageReadError(
                "{name} holds {kind} values, which cannot be read.", _HINT, name=self._path.name, kind=kind
            )
        return opened

    def _decode_deep(self, opened: Any) -> tuple[_Channels, int]:
        """Return (H, W, 1 to 4) uint16 and how it must be turned."""
        if self._image.format == "PNG":
            self._image.load()  # metadata may follow the pixels
        stored = self._turn_of_tiff if self._tags else self._exif().get(ORIENTATION)
        spec = opened.spec()
        channels = opened.read_image(OpenImageIO.UINT16)
        if channels is None or sorted(channels.shape[:2]) != sorted(self._image.size):
            raise ValueError(opened.geterror() or "its size is unclear")
        colours = 3 if spec.nchannels >= 3 else 1
        has_alpha = spec.alpha_channel == colours
        if self._tags.get(_PHOTOMETRIC) == 0:
            channels[..., 0] = 65535 - channels[..., 0]
        if has_alpha and self._tags.get(_EXTRA_SAMPLES) == (1,):
            self._notes.append(_WAS_MULTIPLIED)
            _divide(channels[..., :colours], channels[..., colours])
        if spec.nchannels > colours + has_alpha:
            self._notes.append(
                Sentence("The file has more channels than colour and alpha; they were left out.")
            )
        return channels[..., : colours + has_alpha], _orientation(stored)

    def _options(self) -> dict[str, Any]:
        """Return what the encoder must be told to write the file the same way again."""
        image = self._image
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            tables = tuple(tuple(image.quantization[key]) for key in sorted(image.quantization))
            sampling = JpegImagePlugin.get_sampling(image)
            if all(len(table) == 64 and min(table) > 0 and max(table) < 256 for table in tables):
                return {
                    "qtables": tables,
                    "subsampling": max(sampling, 0),
                    "progressive": bool(image.info.get("progressive")),
                }
        if image.format == "WEBP" and _is_lossless_webp(self._path):
            return {"lossless": True}
        if image.format == "TIFF" and image.info.get("compression") == "raw":
            return {"compression": RAW}
        return {}

    def _exif(self) -> Image.Exif:
        """Return what Pillow finds; nothing where it stumbles."""
        try:
            return self._image.getexif()
        except Exception:  # noqa: BLE001  (damaged metadata must not keep a picture from being opened)
            return Image.Exif()

    def _exif_block(self) -> bytes | None:
        """Return the EXIF block as it lies in the file; of a TIFF, which is one, what describes the picture.

        To be called before the pixels of a TIFF are read, and after those of any other file.
        """
        exif = self._exif()
        if self._tags:
            found, exif = exif, Image.Exif()
            for tag in DESCRIPTIVE_TAGS:
                if tag in found:
                    exif[tag] = dict(found.get_ifd(tag)) if tag in TAGS_V2_GROUPS else found[tag]
        block = self._image.info.get("exif") or (exif.tobytes() if len(exif) else None)
        return bytes(block).removeprefix(b"Exif\0\0") if block else None

    def _upright(self, exif: bytes | None) -> bytes | None:
        if not exif:
            return None
        try:
            return upright_exif(exif)
        except ValueError:
            self._notes.append(Sentence("The EXIF data are damaged and were left out."))
            return None

    def _iptc(self) -> bytes | None:
        blocks = self._image.info.get("photoshop")
        iptc = blocks.get(_PHOTOSHOP_IPTC) if isinstance(blocks, dict) else self._tags.get(_IPTC)
        return iptc if isinstance(iptc, bytes) else None

    def _dpi(self, *, lies: bool) -> tuple[float, float] | None:
        try:
            across, down = (float(side) for side in self._image.info["dpi"])
        except (KeyError, TypeError, ValueError, ZeroDivisionError):
            return None
        if not (1 < across < 65536 and 1 < down < 65536):  # Pillow says 1 where a TIFF says nothing
            return None
        return (down, across) if lies else (across, down)


def _orientation(stored: object) -> int:
    return stored if isinstance(stored, int) and 1 <= stored <= 8 else 1


def _turned(channels: _Channels, orientation: int) -> _Channels:
    """Return the picture upright: EXIF orientations 5 to 8 lie on their side."""
    if orientation >= 5:
        channels = channels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        channels = channels[::-1]
    if orientation in (2, 3, 6, 7):
        channels = channels[:, ::-1]
    return channels


def _divide(colours: NDArray[np.uint16], alpha: NDArray[np.uint16]) -> None:
    """Take alpha out of colours that were multiplied with it; where it is 0 they stay."""
    divisor = np.where(alpha == 0, 65535, alpha).astype(np.uint64)[..., None]
    colours[...] = np.minimum((colours * np.uint64(65535) + divisor // 2) // divisor, 65535)


def _from_cmyk(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, by its profile where it has a sound one."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        converted = ImageCms.profileToProfile(
            image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (KeyError, OSError, ImageCms.PyCMSError):
        converted = None
    return converted or image.convert("RGB")


def _is_lossless_webp(path: Path) -> bool:
    """Return True when the file's first picture is coded without loss."""
    with path.open("rb") as file:
        file.seek(12)
        while len(head := file.read(8)) == 8:
            kind, length = head[:4], int.from_bytes(head[4:], "little")
            if kind in (b"VP8L", b"VP8 "):
                return kind == b"VP8L"
            file.seek(16 if kind == b"ANMF" else length + length % 2, io.SEEK_CUR)
    return False


def _is_deep_avif(path: Path) -> bool:
    """Return True when the picture's configuration says more than 8 bits per channel."""
    with path.open("rb") as file:
        head = file.read(4096)
    place = head.find(b"av1C")
    return 0 <= place < len(head) - 6 and bool(head[place + 6] & 0x40)
