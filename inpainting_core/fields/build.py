"""How does a field come about?  From the sources an engine found, moved from its crop to the document."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from inpainting_core.fields.field import CorrespondenceField, FieldKind
from inpainting_core.imaging.arrays import Mask
from inpainting_core.imaging.geometry import Box, Point
from inpainting_core.masks.shape import tight_box


def from_nnf(sources: NDArray[np.int32], hole: Mask) -> CorrespondenceField:
    """Return the field of pixel-true copies: k = 1, stride 1, score 1.

    Args:
        sources: (h, w, 2) int32, (y, x) in the crop of the pixel that each hole pixel was copied from.
        hole: (h, w) bool, the crop's hole; not empty.
    """
    box = tight_box(hole)
    inside = hole[box.slices]
    here = np.mgrid[box.top : box.bottom, box.left : box.right].transpose(1, 2, 0)  # (h, w, 2)
    offsets = np.where(inside[..., None], sources[box.slices] - here, 0).astype(np.int16)
    return CorrespondenceField(
        origin=Point(box.top, box.left),
        stride_yx=(1.0, 1.0),
        offsets=offsets[:, :, None, :],
        scores=inside.astype(np.float32)[:, :, None],
        hole=inside.copy(),
        bounds=Box(0, 0, *hole.shape),
        kind=FieldKind.PATCH,
    )


def from_sources(
    sources: NDArray[np.int32], scores: NDArray[np.float32], hole: Mask, kind: FieldKind
) -> CorrespondenceField:
    """Return the field of pixels that name several sources: stride 1.

    Args:
        sources: (h, w, k, 2) int32 over the hole's box, (y, x) in the crop.
        scores: (h, w, k) float32 >= 0, falling from the second on, sum <= 1; 0 outside the hole.
        hole: (H, W) bool, the crop's hole; not empty.
        kind: How they were found.
    """
    box = tight_box(hole)
    here = np.mgrid[box.top : box.bottom, box.left : box.right].transpose(1, 2, 0)  # (h, w, 2)
    offsets = np.where(scores[..., None] > 0, sources - here[:, :, None], 0).astype(np.int16)
    return CorrespondenceField(
        origin=Point(box.top, box.left),
        stride_yx=(1.0, 1.0),
        offsets=offsets,
        scores=scores,
        hole=hole[box.slices].copy(),
        bounds=Box(0, 0, *hole.shape),
        kind=kind,
    )


def reanchor(field: CorrespondenceField, top: int, left: int) -> CorrespondenceField:
    """Return the field of a crop whose corner lies at document pixel (top, left)."""
    origin = Point(field.origin.y + top, field.origin.x + left)
    return replace(field, origin=origin, bounds=field.bounds.shift(top, left))
