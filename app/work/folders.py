"""Which photographs lie in a folder, and how does each look when it is small?  Asked beside the window."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader

from inpainting_core.api import InpaintingError, Photo, Pixels, narrowed, read_image

READABLE = "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.avif *.gif *.jp2 *.mpo"
_DIGITS = re.compile(r"(\d+)")


def pictures_in(folder: Path) -> list[Path]:
    """Return the readable pictures of a folder, by name, 9 before 10; empty when it cannot be read."""
    suffixes = READABLE.replace("*", "").split()
    try:
        entries = [entry for entry in folder.iterdir() if entry.suffix.lower() in suffixes]
    except OSError:
        return []
    return sorted(entries, key=_place)


def neighbour(path: Path, by: int) -> Path | None:
    """Return the readable picture `by` places further in the folder, by name; None beyond its ends."""
    names = pictures_in(path.parent)
    if path not in names:
        return None
    at = names.index(path) + by
    return names[at] if 0 <= at < len(names) else None


def small_picture(path: Path, room: QSize) -> QImage:
    """Return the picture upright, in screen colours, no larger than `room`; null when it cannot be read.

    JPEG is decoded at a reduced size; what Qt does not read is read whole.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        is_turned = bool(reader.transformation().value & 4)
        within = room.transposed() if is_turned else room
        reader.setScaledSize(_fitted(size, within))
    shown = reader.read()
    if shown.isNull():
        shown = _read_whole(path, room)
    if shown.colorSpace().isValid():
        shown.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return shown


def _read_whole(path: Path, room: QSize) -> QImage:
    try:
        photo = read_image(path)
    except InpaintingError:
        return QImage()
    height, width = photo.pixels.shape[:2]
    size = _fitted(QSize(width, height), room)
    place = size.width(), size.height()
    small: Pixels = cv2.resize(photo.pixels, place, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    pixels = narrowed(Photo(small)).pixels
    shown = QImage(
        pixels.data, size.width(), size.height(), 3 * size.width(), QImage.Format.Format_RGB888
    ).copy()
    if photo.icc is not None:
        shown.setColorSpace(QColorSpace.fromIccProfile(photo.icc))
    return shown


def _fitted(size: QSize, room: QSize) -> QSize:
    """Return the size that fits into `room`, never enlarged, never empty."""
    if size.width() <= room.width() and size.height() <= room.height():
        return size
    return size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _place(path: Path) -> tuple[list[tuple[int, int, str]], str]:
    """Return what a file is sorted by: its name's words and numbers, then its exact name."""
    parts = _DIGITS.split(path.name.casefold())
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part], path.name
