"""How is a picture written as TIFF?

Pillow knows TIFF's directories but not 16-bit colour, and loses EXIF in compressed files. So it writes
the directory, and the pixels are packed here, one way for both depths: strips, straight alpha, Deflate
with differences along the rows.
"""

from __future__ import annotations

import io
import itertools
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, TiffTags
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from inpainting_core.imaging.metadata import DESCRIPTIVE_TAGS
from inpainting_core.imaging.photo import Photo

DEFLATE, RAW = 8, 1
_STRIP_BYTES = 1 << 20
_FAST = 3
_XMP, _IPTC, _ICC = 700, 33723, 34675


def encode_tiff(photo: Photo, compression: int = DEFLATE) -> bytes:
    """Return the file; grey pictures without alpha get one channel.

    Args:
        photo: The picture; its EXIF must be sound.
        compression: DEFLATE or RAW.
    """
    channels: NDArray[Any] = photo.pixels[..., :1] if photo.is_grey else photo.pixels
    if photo.alpha is not None:
        channels = np.dstack([photo.pixels, photo.alpha])
    height, width, samples = channels.shape
    rows = max(1, _STRIP_BYTES // (width * samples * channels.itemsize))
    strips = [_pack(channels[top : top + rows], compression) for top in range(0, height, rows)]
    directory = ImageFileDirectory_v2()
    _describe(directory, photo)
    lengths = [len(strip) for strip in strips]
    directory[ExifTags.Base.ImageWidth] = width
    directory[ExifTags.Base.ImageLength] = height
    directory[ExifTags.Base.BitsPerSample] = (photo.depth,) * samples
    directory[ExifTags.Base.Compression] = compression
    directory[ExifTags.Base.PhotometricInterpretation] = 2 if samples > 1 else 1
    directory[ExifTags.Base.SamplesPerPixel] = samples
    directory[ExifTags.Base.PlanarConfiguration] = 1
    directory[ExifTags.Base.RowsPerStrip] = rows
    directory.tagtype[ExifTags.Base.StripByteCounts] = TiffTags.LONG
    directory[ExifTags.Base.StripByteCounts] = tuple(lengths)
    directory.tagtype[ExifTags.Base.StripOffsets] = TiffTags.LONG
    # counted from the end of the directory, as Pillow wants it
    directory[ExifTags.Base.StripOffsets] = tuple(itertools.accumulate(lengths[:-1], initial=0))
    if photo.alpha is not None:
        directory[ExifTags.Base.ExtraSamples] = (2,)
    if compression == DEFLATE:
        directory[ExifTags.Base.Predictor] = 2
    file = io.BytesIO()
    directory.save(file)
    return file.getvalue() + b"".join(strips)


def _describe(directory: ImageFileDirectory_v2, photo: Photo) -> None:
    """Enter what is known beside the pixels."""
    exif = Image.Exif()
    exif.load(photo.exif or b"")
    for tag in exif.keys() & DESCRIPTIVE_TAGS:
        directory[tag] = exif.get_ifd(tag) if tag in TiffTags.TAGS_V2_GROUPS else exif[tag]
    for tag, value in ((_XMP, photo.xmp), (_IPTC, photo.iptc), (_ICC, photo.icc)):
        if value is not None:
            directory.tagtype[tag] = TiffTags.UNDEFINED if tag != _XMP else TiffTags.BYTE
            directory[tag] = value
    if photo.dpi is not None:
        directory[ExifTags.Base.XResolution], directory[ExifTags.Base.YResolution] = photo.dpi
        directory[ExifTags.Base.ResolutionUnit] = 2


def _pack(rows: NDArray[Any], compression: int) -> bytes:
    """Return one strip, little-endian."""
    rows = rows.astype(rows.dtype.newbyteorder("<"))
    if compression == RAW:
        return rows.tobytes()
    differences = rows.copy()
    differences[:, 1:] -= rows[:, :-1]
    return zlib.compress(differences.tobytes(), _FAST)
