"""Which photographs are there, ready to be cut?  Decoded once into one file of bytes, mapped into memory.

Folders are searched for pictures of any size and format that the program reads. What cannot be used is
reported and left out. The file in the run's cache folder only grows; its index says which bytes are which
photograph and is written anew, whole, now and then, so that a killed run starts where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from inpainting_core.errors import ImageReadError
from inpainting_core.imaging.atomic import replace_file
from inpainting_core.imaging.photo import narrowed
from inpainting_core.imaging.reading import read_image

ENDINGS = frozenset(
    {".jpg", ".jpeg", ".jpe", ".png", ".webp", ".tif", ".tiff", ".bmp", ".avif", ".gif", ".jp2", ".mpo"}
)
LEAST_SIDE = 32
_OPAQUE = 0.99
_SAVED_EVERY = 256

Square = NDArray[np.uint8]


class Entry(BaseModel):
    """One photograph.

    Attributes:
        path: Where it lies.
        size: Of the file, in bytes; with `changed` it tells a replaced file.
        changed: When the file was last changed, in nanoseconds.
        digest: SHA-256 of the file.
        longest: The bound its sides were shrunk to.
        height: In pixels, shrunk.
        width: Likewise.
        offset: Where its bytes begin; -1 when there was no room.
    """

    model_config = ConfigDict(frozen=True)

    path: str
    size: int
    changed: int
    digest: str
    longest: int
    height: int
    width: int
    offset: int


class _Index(BaseModel):
    entries: list[Entry] = []


def picture_files(places: Iterable[Path]) -> list[Path]:
    """Return the files among `places`, and those in their folders that are pictures by name, sorted."""
    found: set[Path] = set()
    for place in places:
        inside = place.rglob("*") if place.is_dir() else [place]
        named = (path for path in inside if path.suffix.lower() in ENDINGS or path == place)
        found.update(path for path in named if not path.name.startswith("."))
    return sorted(path for path in found if not path.is_dir())


class Library:
    """Photographs by number, decoded.

    Args:
        folder: Of the cache; made when it is not there.
        longest: Bound of the sides, in pixels.
        room: Bytes for decoded photographs; those beyond are decoded whenever they are asked for.
    """

    def __init__(self, folder: Path, longest: int, room: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._bytes, self._index = folder / "photographs.u8", folder / "index.json"
        self._longest, self._room = longest, room
        self._known = {
            (entry.path, entry.size, entry.changed, entry.longest): entry for entry in self._read()
        }

    def gather(
        self,
        places: Iterable[Path],
        threads: int,
        warn: Callable[[str], None],
        tell: Callable[[int, int], None],
    ) -> list[Entry]:
        """Return the photographs in `places`, one for each content, sorted by their digest.

        Args:
            places: Folders and files.
            threads: So many files are decoded at once.
            warn: Told of every file that cannot be used.
            tell: Told how many of how many are ready; may raise to stop.
        """
        files = picture_files(places)
        entries: dict[str, Entry] = {}
        with ThreadPoolExecutor(threads) as pool, self._bytes.open("ab") as out:
            for done, found in enumerate(_ahead(pool, self._look, files, 2 * threads), 1):
                tell(done, len(files))
                if isinstance(found, str):
                    warn(found)
                    continue
                entry, pixels = found
                entries.setdefault(entry.digest, entry if pixels is None else self._keep(entry, pixels, out))
                if done % _SAVED_EVERY == 0:
                    out.flush()
                    self._save()
        self._save()
        return sorted(entries.values(), key=lambda entry: entry.digest)

    def open(self, entries: Sequence[Entry]) -> Callable[[int], Square]:
        """Return what gives (H, W, 3) uint8 of an entry by its number; it may raise ImageReadError."""
        kept = np.memmap(self._bytes, np.uint8, "r") if self._bytes.stat().st_size else np.zeros(0, np.uint8)

        def pixels(number: int) -> Square:
            entry = entries[number]
            if entry.offset < 0:
                return _decoded(Path(entry.path), self._longest)
            count = entry.height * entry.width * 3
            return kept[entry.offset : entry.offset + count].reshape(entry.height, entry.width, 3)

        return pixels

    def _look(self, path: Path) -> tuple[Entry, Square | None] | str:
        """Return a photograph's entry, with its pixels if they are not kept yet; or what is wrong with it."""
        try:
            state = path.stat()
            key = (str(path), state.st_size, state.st_mtime_ns, self._longest)
            if key in self._known:
                return self._known[key], None
            pixels = _decoded(path, self._longest)
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except ImageReadError as error:
            return str(error.message)
        except OSError as error:
            return f"{path.name} cannot be read: {error.strerror}."
        height, width, _ = pixels.shape
        entry = Entry(
            path=key[0],
            size=key[1],
            changed=key[2],
            digest=digest,
            longest=self._longest,
            height=height,
            width=width,
            offset=-1,
        )
        return entry, pixels

    def _keep(self, entry: Entry, pixels: Square, out: BinaryIO) -> Entry:
        """Append the pixels if there is room, and return the entry that says where they are."""
        if out.tell() + pixels.size <= self._room:
            entry = entry.model_copy(update={"offset": out.tell()})
            out.write(pixels.tobytes())
        self._known[entry.path, entry.size, entry.changed, entry.longest] = entry
        return entry

    def _read(self) -> list[Entry]:
        """Return what the index lists and the file of bytes really holds."""
        try:
            index = _Index.model_validate_json(self._index.read_bytes())
            length = self._bytes.stat().st_size
        except (OSError, ValidationError):
            return []
        return [entry for entry in index.entries if entry.offset + entry.height * entry.width * 3 <= length]

    def _save(self) -> None:
        index = _Index(entries=list(self._known.values()))
        replace_file(self._index, index.model_dump_json().encode())


def _decoded(path: Path, longest: int) -> Square:
    """Return (H, W, 3) uint8, shrunk to `longest`.

    Raises:
        ImageReadError: it is no picture, or none to learn from.
    """
    photo = narrowed(read_image(path))
    pixels = np.asarray(photo.pixels, np.uint8)
    if photo.alpha is not None and np.mean(photo.alpha == 255) < _OPAQUE:
        raise ImageReadError(
            "{name} is transparent in places.", "Leave it out of the photographs.", name=path.name
        )
    height, width = pixels.shape[:2]
    scale = longest / max(height, width)
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    if min(pixels.shape[:2]) < LEAST_SIDE:
        raise ImageReadError(
            "{name} is too small to learn from.", "Leave it out of the photographs.", name=path.name
        )
    return pixels


def _ahead(
    pool: ThreadPoolExecutor,
    work: Callable[[Path], tuple[Entry, Square | None] | str],
    files: Sequence[Path],
    count: int,
) -> Iterator[tuple[Entry, Square | None] | str]:
    """Yield what `work` returns for each file, in order; at most `count` are done ahead."""
    rest = iter(files)
    waiting = [pool.submit(work, path) for path in islice(rest, count)]
    while waiting:
        yield waiting.pop(0).result()
        waiting += [pool.submit(work, path) for path in islice(rest, 1)]
