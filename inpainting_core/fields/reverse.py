"""What was pasted from here?  A field read backwards: from sources to the pixels filled from them.

Cells are sorted by the tile that their source lies in, once; a question then reads a few tiles only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inpainting_core.fields.field import CorrespondenceField
from inpainting_core.fields.query import cell_at, cell_edges
from inpainting_core.imaging.geometry import Box, Point

_TILE = 16
_MOST_TILES = 1 << 16
"""So many numbers fit uint16, which numpy sorts by counting."""


class SourceIndex:
    """The filled cells of a field, found by their first source."""

    def __init__(self, field: CorrespondenceField) -> None:
        self._field = field
        cells = np.flatnonzero(field.hole & (field.scores[:, :, 0] > 0)).astype(np.int32)
        width = field.hole.shape[1]
        offsets = field.offsets[:, :, 0].reshape(-1, 2)[cells]
        i, j = cells // width + offsets[:, 0], cells % width + offsets[:, 1]
        top, left = int(i.min(initial=0)), int(j.min(initial=0))
        self._covered = Box(top, left, int(i.max(initial=0)) - top + 1, int(j.max(initial=0)) - left + 1)
        self._tile = _TILE
        while self._across * (self._covered.height // self._tile + 1) > _MOST_TILES:
            self._tile *= 2
        tiles = (i - top) // self._tile * self._across + (j - left) // self._tile
        order = np.argsort(tiles.astype(np.uint16), kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(tiles, minlength=_MOST_TILES))])
        self._cells, self._i, self._j = cells[order], i[order], j[order]

    def pasted_from(self, box: Box) -> NDArray[np.int32]:
        """Return (n, 2) int32, (y, x) in the document: every pixel filled from inside `box`, in no order.

        With cells wider than a pixel: all pixels of the cells whose first source meets `box`.
        """
        asked = self._asked(box)
        if asked.is_empty:
            return np.empty((0, 2), np.int32)
        near = self._near(asked)
        i, j = self._i[near], self._j[near]
        inside = (i >= asked.top) & (i < asked.bottom) & (j >= asked.left) & (j < asked.right)
        return self._pixels(self._cells[near][inside])

    @property
    def _across(self) -> int:
        return self._covered.width // self._tile + 1

    def _asked(self, box: Box) -> Box:
        """Return the source cells that a box of document pixels meets."""
        within = box.intersect(self._field.bounds)
        if within.is_empty:
            return Box(0, 0, 0, 0)
        top, left = cell_at(self._field, Point(within.top, within.left))
        bottom, right = cell_at(self._field, Point(within.bottom - 1, within.right - 1))
        return Box(top, left, bottom - top + 1, right - left + 1).intersect(self._covered)

    def _near(self, asked: Box) -> NDArray[np.int64]:
        """Return where the tiles that `asked` meets are kept: one run for each row of tiles."""
        first = (asked.left - self._covered.left) // self._tile
        last = (asked.right - 1 - self._covered.left) // self._tile
        top = (asked.top - self._covered.top) // self._tile
        bottom = (asked.bottom - 1 - self._covered.top) // self._tile
        rows = range(top * self._across, (bottom + 1) * self._across, self._across)
        runs = [np.arange(self._starts[row + first], self._starts[row + last + 1]) for row in rows]
        return np.concatenate(runs)

    def _pixels(self, cells: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return (n, 2) int32: the document pixels of these cells."""
        i, j = np.divmod(cells, np.int32(self._field.hole.shape[1]))
        if self._field.stride_yx == (1.0, 1.0):
            return np.stack([i + self._field.origin.y, j + self._field.origin.x], axis=1).astype(np.int32)
        rows, columns = cell_edges(self._field, Box(0, 0, *self._field.hole.shape))
        y = rows[i][:, None] + np.arange(np.diff(rows).max())  # (cells, most rows)
        x = columns[j][:, None] + np.arange(np.diff(columns).max())  # (cells, most columns)
        own = (y < rows[i + 1][:, None])[:, :, None] & (x < columns[j + 1][:, None])[:, None, :]
        pixels = np.stack(np.broadcast_arrays(y[:, :, None], x[:, None, :]), axis=3)
        return np.asarray(pixels[own], np.int32)
