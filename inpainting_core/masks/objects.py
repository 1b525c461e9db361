"""Which object is here?  What stands out at a click or in a box, and hangs together.

The network sees 320 x 320 pixels, so it looks twice: first at the whole picture, or, when nothing stands
out at the click, at less and less around it; then at what it found, with a margin.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box, Point, Size
from inpainting_core.masks.outline import Sighting, outlined
from inpainting_core.masks.region import Region
from inpainting_core.masks.saliency import SaliencyNet
from inpainting_core.masks.shape import distance_inside

_CLOSER = 3, 8
"""What parts of the picture's longer side the windows around a click show."""
_SMALLEST_WINDOW = 96
_CROWD = 0.6
"""Share of the picture's side above which what was found may be several things."""
_SOLID = 0.03
"""Share of a window that one of several things fills at least."""
_MARGIN = 0.3
"""Of what was found, shown around it at the second look."""
_CONTEXT = 0.7
"""Of a box, shown around it: the network needs the surroundings to see what stands out."""
_ALIKE = 0.5
"""Overlap above which the second look saw the same object as the first."""
_NECK = 0.2
"""Two bodies are two objects when they are joined by less than this share of the thinner one's depth."""
_LIMB = 0.15
"""A body of less than this share of the clicked one's depth is a part of it."""
_FEWEST = 24
"""Cells of the network's grid below which a spot is no object."""
_NEAR = 4
"""Cells beside an object where a click still means it."""


class ObjectSelector:
    """Finds objects. The network is loaded when the first one is looked for."""

    def __init__(self) -> None:
        self._net = SaliencyNet()

    def select(
        self, pixels: NDArray[np.uint8], at: Point | Box, check: Callable[[], None] = lambda: None
    ) -> Region:
        """Return the object at a pixel, or the one in a box, with a margin for its halo.

        Args:
            pixels: (H, W, 3) uint8; may be read-only.
            at: Inside the picture.
            check: Called between the steps, at most half a second apart; may raise to stop.

        Raises:
            InvalidRequest: nothing stands out there.
        """
        found = self._in_box(pixels, at) if isinstance(at, Box) else self._at(pixels, at, check)
        if found is None:
            raise InvalidRequest(
                "There is no clear object here.",
                "Click the middle of something that stands out, or draw a box around it.",
            )
        check()
        return outlined(pixels, found)

    def _at(self, pixels: NDArray[np.uint8], at: Point, check: Callable[[], None]) -> Sighting | None:
        """Return the object at a click."""
        size = Size(*pixels.shape[:2])
        whole = self._look(pixels, Box(0, 0, *size), at)
        if whole is not None and not _is_crowd(whole, size):
            return self._closer(pixels, whole, at, check)
        for part in _CLOSER[:1] if whole is not None else _CLOSER:
            check()
            side = max(_SMALLEST_WINDOW, max(size) // part)
            found = self._look(pixels, _window(at, Size(side, side), size), at)
            least = 0.0 if whole is None else _SOLID
            if found is not None and _is_closed(found, size) and found.stands_out.mean() > least:
                return self._closer(pixels, found, at, check)
        return whole

    def _closer(
        self, pixels: NDArray[np.uint8], first: Sighting, at: Point, check: Callable[[], None]
    ) -> Sighting:
        """Return what was seen at first, seen closer if it is the same there."""
        check()
        closer = self._look(pixels, _around(first.box, Size(*pixels.shape[:2]), _MARGIN), at)
        return closer if closer is not None and _are_alike(first, closer) else first

    def _look(self, pixels: NDArray[np.uint8], window: Box, at: Point) -> Sighting | None:
        """Return the body in a window that a click means."""
        seen = Sighting(window, self._net.look(pixels[window.slices]))
        body = _body_at(seen.stands_out, seen.cell_of(at))
        return None if body is None else seen.only(body)

    def _in_box(self, pixels: NDArray[np.uint8], box: Box) -> Sighting | None:
        """Return the largest body that lies in a box for the most part, cut at the box."""
        size = Size(*pixels.shape[:2])
        inner = box.clamp(size)
        for window in () if inner.is_empty else (_around(inner, size, _CONTEXT), inner):
            seen = Sighting(window, self._net.look(pixels[window.slices]))
            inside = seen.cells_of(inner)
            labels = _components(seen.stands_out)
            covered = np.bincount(labels[inside], minlength=1)
            whole = np.bincount(labels.ravel())[: covered.size]
            covered[covered < _ALIKE * whole] = 0
            covered[0] = 0
            if covered.max() >= _FEWEST:
                return seen.only((labels == covered.argmax()) & inside)
        return None


def _body_at(stands_out: Mask, cell: Point) -> Mask | None:
    """Return the cells of the body at a cell or very near it; None when there is none."""
    labels = _components(stands_out)
    near = Box(cell.y, cell.x, 1, 1).pad(_NEAR).clamp(Size(*labels.shape))
    beside = labels[near.slices]
    label = int(labels[cell]) or int(beside.max()) or _label_around(labels, cell)
    joined = labels == label
    if label == 0 or np.count_nonzero(joined) < _FEWEST:
        return None
    return _parted(joined, cell)


def _label_around(labels: NDArray[np.int32], cell: Point) -> int:
    """Return the label of the body in a hole of which the cell lies; 0 = in none."""
    for label in range(1, int(labels.max()) + 1):
        outlines = cv2.findContours(
            (labels == label).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
        )[0]
        if any(
            cv2.pointPolygonTest(outline, (float(cell.x), float(cell.y)), False) >= 0 for outline in outlines
        ):
            return label
    return 0


def _parted(joined: Mask, cell: Point) -> Mask:
    """Return the body at `cell` without others that hang on it by a thin neck."""
    depth = distance_inside(np.pad(joined, 1))[1:-1, 1:-1]
    cores = _components(depth > _NECK * depth.max())
    places = np.argwhere(cores > 0)
    mine = int(cores[tuple(places[np.square(places - cell).sum(axis=1).argmin()])])
    others = np.zeros_like(joined)
    middle = _deepest(depth, cores == mine)
    for core in range(1, int(cores.max()) + 1):
        other = _deepest(depth, cores == core)
        links = _components(depth > max(1.0, _NECK * min(depth[other], depth[middle])))
        if depth[other] >= _LIMB * depth[middle] and links[other] != links[middle]:
            others |= cores == core
    if not others.any():
        return joined
    mine_too = (cores > 0) & ~others
    pieces = _components(joined & (distance_inside(~mine_too) <= distance_inside(~others)))
    body: Mask = pieces == pieces[middle]
    return body


def _components(mask: Mask) -> NDArray[np.int32]:
    """Return the number of the component that each True belongs to, from 1; 0 for a False."""
    return cv2.connectedComponents(mask.view(np.uint8))[1].astype(np.int32, copy=False)


def _deepest(depth: NDArray[np.float32], core: Mask) -> Point:
    row, column = np.unravel_index(np.where(core, depth, 0).argmax(), depth.shape)
    return Point(int(row), int(column))


def _is_crowd(seen: Sighting, size: Size) -> bool:
    return max(seen.box.height / size.h, seen.box.width / size.w) > _CROWD


def _is_closed(seen: Sighting, size: Size) -> bool:
    """Return whether the body ends inside its window, or where the picture does."""
    window, body = seen.window, seen.stands_out
    cut = (
        (window.top > 0 and body[0].any())
        or (window.left > 0 and body[:, 0].any())
        or (window.bottom < size.h and body[-1].any())
        or (window.right < size.w and body[:, -1].any())
    )
    return not cut


def _are_alike(one: Sighting, other: Sighting) -> bool:
    """Return whether two looks saw the same."""
    first, second = one.shares_in(other.window, other.stands_out.shape) > 0.5, other.stands_out
    common = np.count_nonzero(first & second)
    return bool(common >= _ALIKE * np.count_nonzero(first | second))


def _around(box: Box, size: Size, share: float) -> Box:
    """Return a window that shows the box with a margin of a share of its longer side."""
    shown = box.pad(round(share * max(box.height, box.width)))
    middle = Point(shown.top + shown.height // 2, shown.left + shown.width // 2)
    return _window(
        middle, Size(max(shown.height, _SMALLEST_WINDOW), max(shown.width, _SMALLEST_WINDOW)), size
    )


def _window(middle: Point, wanted: Size, size: Size) -> Box:
    """Return a box of the wanted size around `middle`, moved into the picture and cut at it."""
    height, width = min(wanted.h, size.h), min(wanted.w, size.w)
    top = min(max(0, middle.y - height // 2), size.h - height)
    left = min(max(0, middle.x - width // 2), size.w - width)
    return Box(top, left, height, width)
