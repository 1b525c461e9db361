"""Which pixels of the hole have their source already?  Those near a pin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.contract import Pin
from inpainting_core.engines.patchmatch.scales import Scale
from inpainting_core.imaging.geometry import Box, Size


def pinned_sources(whole: Scale, pins: tuple[Pin, ...], margin: int) -> NDArray[np.int32]:
    """Return (h, w, 2) int32: the settled source, (y, x), of every pinned pixel of the hole, else -1.

    Args:
        whole: The picture, framed with `margin` pixels.
        pins: In the picture's coordinates without its frame.
        margin: Of the frame.
    """
    size = Size(*whole.hole.shape)
    if not pins:
        return np.broadcast_to(np.int32(-1), (*size, 2))
    sources = np.full((*size, 2), -1, np.int32)
    for pin in pins:
        y, x = pin.target.y + margin, pin.target.x + margin
        dy, dx = pin.source.y - pin.target.y, pin.source.x - pin.target.x
        reach = Box(y, x, 1, 1).pad(pin.radius)
        box = reach.clamp(size).intersect(Box(-dy, -dx, *size))  # both ends lie in the picture
        rows, columns = np.ogrid[box.top : box.bottom, box.left : box.right]
        near = (rows - y) ** 2 + (columns - x) ** 2 <= pin.radius**2
        settled = near & whole.hole[box.slices] & whole.usable[box.shift(dy, dx).slices]
        part = sources[box.slices]
        part[..., 0] = np.where(settled, rows + dy, part[..., 0])
        part[..., 1] = np.where(settled, columns + dx, part[..., 1])
    return sources


def with_pinned(whole: Scale, sources: NDArray[np.int32]) -> Scale:
    """Return the picture with the pinned pixels in place: known to the rest, but no source for it.

    Where nothing but pinned pixels would be left, one stays in the hole, so that there is one.
    """
    settled = sources[..., 0] >= 0
    if not settled.any():
        return whole
    rgb = whole.rgb.copy()
    rgb[settled] = whole.rgb[sources[settled, 0], sources[settled, 1]]
    hole = whole.hole & ~settled
    if not hole.any():
        hole[tuple(np.argwhere(settled)[0])] = True
    return replace(whole, rgb=rgb, hole=hole)
