"""What of a document goes into a bundle?  All but its undo history, held still while it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.document.document import Document, box_of
from app.document.edits import Filled
from app.document.patches import Patch
from app.document.settings import NEUTRAL, FillSettings
from app.document.tiles import tiles_under
from app.document.variants import MOST_KEPT_BYTES, Variants
from inpainting_core.api import Box, Photo, Pixels, Size, freeze

Tiles = Mapping[Box, NDArray[Any]]
"""Parts of a plane by their place in the grid of tiles; everywhere else it holds what it held at first."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A document at one moment. Its pixels are the document's own unless it is `detached`.

    Attributes:
        document_id: Whose.
        photo: The picture as it is now, with its metadata.
        path: The file it was read from, or None.
        saved_as: Where it was saved to last, or None.
        project: The project file it is kept in, or None.
        is_modified: True when the picture has changes that are in no file.
        settings: What the next fill is made with.
        original: The photograph's own pixels, wherever something was ever changed.
        mask: Tiles of the painted mask that are not empty.
        rules: Tiles of the source rules that are not neutral, or None while there are none.
        owner: Tiles of provenance's owner map that are not 0.
        fills: Every filled region, oldest first.
        last_mask: The mask that was cleared or filled last, or None.
        variants: The outcomes of the newest step, where that is a fill, as many as a file keeps; or None.
    """

    document_id: int
    photo: Photo
    path: Path | None
    saved_as: Path | None
    project: Path | None
    is_modified: bool
    settings: FillSettings
    original: Mapping[Box, Pixels]
    mask: Tiles
    rules: Tiles | None
    owner: Tiles
    fills: tuple[Filled, ...]
    last_mask: Patch | None
    variants: Variants | None = None

    @classmethod
    def of(cls, document: Document) -> Snapshot:
        """Return the document as it is; of its planes only what holds something is copied.

        The picture is not: lend it to the snapshot, or detach the snapshot.
        """
        rules, provenance, size = document.rules, document.provenance, document.size
        fills = tuple(provenance.fills)
        whole = tiles_under(Box(0, 0, *size), size)
        owned = {tile for fill in fills for tile in tiles_under(fill.box, size)}
        return cls(
            document.id,
            document.photo,
            document.path,
            document.saved_as,
            document.project,
            document.is_modified,
            document.settings,
            dict(document.original.tiles),
            _used(document.mask, 0, tiles_under(box_of(document.mask), size)),
            None if rules is None else _used(rules, NEUTRAL, whole),
            _used(provenance.owner, 0, sorted(owned)),
            fills,
            document.last_mask,
            _kept(document),
        )

    def detached(self) -> Snapshot:
        """Return the same with a copy of the picture, which no longer changes with the document."""
        return replace(self, photo=replace(self.photo, pixels=freeze(self.photo.pixels.copy())))

    @property
    def size(self) -> Size:
        """Of the picture."""
        return Size(*self.photo.pixels.shape[:2])

    @property
    def photograph(self) -> Pixels:
        """(H, W, 3): the picture before anything was filled; made anew each time."""
        pixels: Pixels = self.photo.pixels.copy()
        for tile, kept in self.original.items():
            pixels[tile.slices] = kept
        return pixels


def _kept(document: Document) -> Variants | None:
    """Return the variants that a file keeps; none of a fill that changed settings, or is no longer newest."""
    variants = document.variants
    if variants is None or variants.edit is not document.history.newest or variants.edit.settings is not None:
        return None
    return variants.within(MOST_KEPT_BYTES)


def _used(plane: NDArray[Any], neutral: int, tiles: list[Box]) -> dict[Box, NDArray[Any]]:
    """Return copies of those tiles that hold anything but `neutral`."""
    return {tile: plane[tile.slices].copy() for tile in tiles if np.any(plane[tile.slices] != neutral)}
