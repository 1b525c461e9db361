"""How do copied pieces meet without a seam?

The copies keep their inner detail; where two pieces, or a piece and the photograph, disagree about the
step between neighbouring pixels, a smooth correction makes up the difference (Perez et al. 2003, with a
screening term so that a correction fades instead of tinting a whole hole). The step wanted across a
boundary is the stronger of the steps that the two sides have at their sources: their mean would blur.
Smooth parts are corrected in full, since there the eye sees any step; rough parts less and less far.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.engines.patchmatch.bands import Band, Bands
from inpainting_core.engines.patchmatch.kernels import compiled
from inpainting_core.engines.patchmatch.scales import Plane
from inpainting_core.imaging.arrays import Mask, Rgb
from inpainting_core.imaging.geometry import Size
from inpainting_core.masks.shape import tight_box

SCREEN = 0.07
"""Pull of the correction towards 0 in rough parts: it fades to a third within about 4 pixels."""
INNER = 0.5
"""Share of the disagreement between two copied pieces that is made up in rough parts; 1 in smooth ones."""
_ROUGH = np.float32(0.003)
"""Mean step between neighbouring pixels from which a part counts as wholly rough."""
_SWEEPS, _MOST_SWEEPS = 12, 96
"""Sweeps at full size, and at most; each coarser level makes twice as many, for half the work."""


def correction(  # noqa: PLR0913  (six arrays and numbers, all of one picture)
    rgb: Rgb,
    masks: tuple[Mask, Mask],
    sources: NDArray[np.int32],
    texture: Plane,
    shares: tuple[np.float32, np.float32],
    bands: Bands,
) -> Rgb:
    """Return what to add to the copies so that no seam shows; 0 outside the hole.

    Args:
        rgb: (H, W, 3) float32, the copies in place.
        masks: Hole and usable, (H, W) bool: what was filled, and where sources may lie.
        sources: (H, W, 2) int32, (y, x) of each hole pixel's source.
        texture: (H, W) float32, the mean step between neighbouring pixels to expect.
        shares: How much of the disagreement counts at the hole's rim, and between pieces, 0 to 1.
        bands: Runs the work.

    Raises:
        Cancelled: somebody asked to stop.
    """
    hole, usable = masks
    at_rim, between = shares
    rough = np.minimum(texture / _ROUGH, 1) ** 2
    share = between * (1 - (1 - np.float32(INNER)) * rough)
    wanted = np.zeros_like(rgb)
    rows = bands.rows(hole.shape[0], hole.shape[1])
    bands.run(partial(_disagreement, rgb, (hole, usable), sources, wanted, (share, at_rim)), rows)
    bands.check()
    box = tight_box(hole).pad(1).clamp(Size(*hole.shape)).slices
    result = np.zeros_like(rgb)
    result[box] = _solve(hole[box], wanted[box], np.float32(SCREEN) * rough[box], bands)
    return result


def membrane(rgb: Rgb, hole: Mask, bands: Bands) -> Rgb:
    """Return the picture with its hole continued as smoothly as its rim allows (Laplace's equation).

    Args:
        rgb: (H, W, 3) float32; what lies in the hole means nothing.
        hole: (H, W) bool, not all of it.
        bands: Runs the work.

    Raises:
        Cancelled: somebody asked to stop.
    """
    result = rgb.copy()
    box = tight_box(hole).pad(1).clamp(Size(*hole.shape)).slices
    result[box] = _continued(rgb[box], hole[box].copy(), bands)  # one layout, one compilation
    return result


def _continued(rgb: Rgb, hole: Mask, bands: Bands, sweeps: int = _SWEEPS) -> Rgb:
    """Return the solution, begun from that of half the size."""
    height, width = hole.shape
    known = np.where(hole[..., None], np.float32(0), rgb)
    share, sums = _sums((~hole).astype(np.float32), bands), _sums(known, bands)
    coarse = np.asarray(sums / np.maximum(share, 1)[..., None], np.float32)
    if (share == 0).any():
        coarse = _continued(coarse, share == 0, bands, min(2 * sweeps, _MOST_SWEEPS))
    enlarged = cv2.resize(coarse, (2 * coarse.shape[1], 2 * coarse.shape[0]))[:height, :width]
    result = np.asarray(np.where(hole[..., None], enlarged, 0), np.float32)
    beside = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32)
    rim = np.asarray(cv2.filter2D(known, -1, beside, borderType=cv2.BORDER_CONSTANT), np.float32)
    _relaxed(result, rim.reshape(known.shape), hole, np.zeros(hole.shape, np.float32), bands, sweeps)
    return np.where(hole[..., None], result, rgb)


def _solve(hole: Mask, wanted: Rgb, screen: Plane, bands: Bands, sweeps: int = _SWEEPS) -> Rgb:
    """Return the screened Laplace solution, each level starting from the coarser one's."""
    height, width = hole.shape
    result = np.zeros_like(wanted)
    if min(height, width) > 8:
        inside = np.asarray(_blocks(hole).all(axis=(1, 3)))  # (h, w)
        if inside.any():
            sums = _sums(wanted, bands)  # (h, w, 3)
            pull = _sums(screen, bands)
            coarse = _solve(inside, sums, pull, bands, min(2 * sweeps, _MOST_SWEEPS))
            result = coarse.repeat(2, axis=0).repeat(2, axis=1)[:height, :width].copy()
            bands.check()
            result[~hole] = 0
    _relaxed(result, wanted, hole, screen, bands, sweeps)
    return result


def _relaxed(  # noqa: PLR0913  (the four arrays of one equation)
    result: Rgb, wanted: Rgb, hole: Mask, screen: Plane, bands: Bands, sweeps: int
) -> None:
    """Bring `result` closer to the solution, in place."""
    rows = bands.rows(*hole.shape)
    for sweep in range(2 * sweeps):
        bands.run(partial(_relax, result, wanted, hole, screen, sweep % 2), rows)


def _sums(values: NDArray[np.float32], bands: Bands) -> NDArray[np.float32]:
    """Return the sums of the blocks of two by two, (h, w[, c])."""
    blocks = _blocks(values)
    sums = np.empty((blocks.shape[0], blocks.shape[2], *blocks.shape[4:]), np.float32)

    def add(band: Band) -> None:
        sums[band[0] : band[1]] = blocks[band[0] : band[1]].sum(axis=(1, 3))

    bands.run(add, bands.rows(len(sums), values.shape[1]))
    return sums


def _blocks(values: NDArray[Any]) -> NDArray[Any]:
    """Return (H / 2, 2, W / 2, 2[, c]) of (H, W[, c]) values, with zeros where a side is odd."""
    height, width = values.shape[:2]
    rest = ((0, 0),) * (values.ndim - 2)
    even = np.pad(values, ((0, height % 2), (0, width % 2), *rest))
    return even.reshape(even.shape[0] // 2, 2, even.shape[1] // 2, 2, *values.shape[2:])


@compiled()
def _disagreement(rgb, masks, sources, wanted, shares, band):  # type: ignore[no-untyped-def]
    """Sum for each hole pixel over its neighbours: the step there is, minus the step there should be.

    That is the stronger of the steps at the two sources, or 0 where neither has one.
    """
    hole, usable = masks
    inner, at_rim = shares
    height, width = hole.shape
    for y in range(band[0], band[1]):
        for x in range(width):
            if not hole[y, x]:
                continue
            for way in range(4):
                dy = (way == 1) - (way == 0)
                dx = (way == 3) - (way == 2)
                ny, nx = y + dy, x + dx
                if ny < 0 or nx < 0 or ny >= height or nx >= width:
                    continue
                py, px = sources[y, x, 0] + dy, sources[y, x, 1] + dx
                qy, qx = sources[ny, nx, 0] - dy, sources[ny, nx, 1] - dx
                joined = hole[ny, nx]
                if joined and sources[ny, nx, 0] == py and sources[ny, nx, 1] == px:
                    continue
                here = py >= 0 and px >= 0 and py < height and px < width and usable[py, px]
                there = joined and qy >= 0 and qx >= 0 and qy < height and qx < width and usable[qy, qx]
                share = np.float32(0.5) * (inner[y, x] + inner[ny, nx]) if joined else at_rim
                first = second = np.float32(0)
                for c in range(3):
                    if here:
                        first += abs(rgb[py, px, c] - rgb[y, x, c])
                    if there:
                        second += abs(rgb[ny, nx, c] - rgb[qy, qx, c])
                for c in range(3):
                    step = np.float32(0)
                    if here and (first >= second or not there):
                        step = rgb[py, px, c] - rgb[y, x, c]
                    elif there:
                        step = rgb[ny, nx, c] - rgb[qy, qx, c]
                    wanted[y, x, c] += share * (rgb[ny, nx, c] - rgb[y, x, c] - step)


@compiled()
def _relax(result, wanted, hole, screen, colour, band):  # type: ignore[no-untyped-def]
    """One half of a red-black sweep of successive over-relaxation over a band of rows."""
    height, width = hole.shape
    for y in range(band[0], band[1]):
        for x in range((y + colour) & 1, width, 2):
            if not hole[y, x]:
                continue
            count = (y > 0) + (x > 0) + (y < height - 1) + (x < width - 1)
            for c in range(3):
                total = wanted[y, x, c]
                if y > 0:
                    total += result[y - 1, x, c]
                if x > 0:
                    total += result[y, x - 1, c]
                if y < height - 1:
                    total += result[y + 1, x, c]
                if x < width - 1:
                    total += result[y, x + 1, c]
                result[y, x, c] += np.float32(1.6) * (total / (count + screen[y, x]) - result[y, x, c])


KERNELS = (_disagreement, _relax)
