"""What must change in a file's metadata when its picture changes?

The picture is turned upright and its content is altered: orientation becomes 1, and thumbnails, which
would still show what was removed, are blanked. All else stays byte for byte, maker notes included.
"""

from __future__ import annotations

import re
import struct

ORIENTATION = 0x0112
DESCRIPTIVE_TAGS = (
    *(0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x8298),  # title, camera, dates, people
    *(0x4746, 0x4749),  # ratings
    *(0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F),  # Windows' title, comment, author, keywords, subject
    *(0x8769, 0x8825),  # the EXIF and GPS directories
)
"""Tags of a TIFF file that describe the picture rather than the file."""
_EXIF_IFD = 0x8769
_WIDTH, _HEIGHT = 0xA002, 0xA003
_THUMBNAIL_SPANS = ((0x0201, 0x0202), (0x0111, 0x0117))
_XMP_ORIENTATION = re.compile(rb"(tiff:Orientation(?:\s*=\s*[\"']|>\s*))[2-8]")
_XMP_THUMBNAILS = re.compile(rb"<(\w+:Thumbnails)\b.*?</\1>", re.DOTALL)


def upright_exif(exif: bytes) -> bytes:
    """Return an EXIF block of the same length with orientation 1, sides to match, and no thumbnail.

    Args:
        exif: The block from its TIFF header ("II*" or "MM*") on.

    Raises:
        ValueError: the block is damaged.
    """
    try:
        block = _Block(exif)
        tags, link = block.directory(block.number(4))
        block.turn(tags)
        if link + 4 <= len(block.data) and (after := block.number(link)):
            block.blank(after)
            block.put(link, 0)
    except (struct.error, KeyError) as error:
        raise ValueError("damaged EXIF") from error
    return bytes(block.data)


def upright_xmp(xmp: bytes) -> bytes:
    """Return the XMP packet with orientation 1 and without thumbnails."""
    return _XMP_THUMBNAILS.sub(b"", _XMP_ORIENTATION.sub(rb"\g<1>1", xmp))


class _Block:
    """An EXIF block that is changed in place."""

    def __init__(self, exif: bytes) -> None:
        self.data = bytearray(exif)
        self._order = {b"II*\0": "<", b"MM\0*": ">"}[exif[:4]]

    def number(self, place: int) -> int:
        """Return the 4-byte number at `place`."""
        return int(struct.unpack_from(self._order + "I", self.data, place)[0])

    def put(self, place: int, number: int) -> None:
        """Write a 4-byte number."""
        struct.pack_into(self._order + "I", self.data, place, number)

    def directory(self, start: int) -> tuple[dict[int, int], int]:
        """Return where each tag's entry of a directory lies, and where the link to the next one lies."""
        (count,) = struct.unpack_from(self._order + "H", self.data, start)
        places = [start + 2 + 12 * i for i in range(count)]
        tags = {struct.unpack_from(self._order + "H", self.data, place)[0]: place for place in places}
        return tags, start + 2 + 12 * count

    def turn(self, tags: dict[int, int]) -> None:
        """Reset the orientation; swap the sides it tells of when the picture lay on its side."""
        if ORIENTATION not in tags:
            return
        place = tags[ORIENTATION]
        (orientation,) = struct.unpack_from(self._order + "H", self.data, place + 8)
        struct.pack_into(self._order + "HIHH", self.data, place + 2, 3, 1, 1, 0)
        if orientation < 5 or _EXIF_IFD not in tags:
            return
        inner, _ = self.directory(self.number(tags[_EXIF_IFD] + 8))
        if _WIDTH in inner and _HEIGHT in inner:
            width, height = (slice(inner[tag] + 2, inner[tag] + 12) for tag in (_WIDTH, _HEIGHT))
            self.data[width], self.data[height] = self.data[height], self.data[width]

    def blank(self, start: int) -> None:
        """Overwrite the thumbnail that the directory at `start` describes with zeros."""
        tags, _ = self.directory(start)
        for first, length in _THUMBNAIL_SPANS:
            if first in tags and length in tags:
                begin = self.number(tags[first] + 8)
                end = min(begin + self.number(tags[length] + 8), len(self.data))
                self.data[begin:end] = bytes(max(0, end - begin))
