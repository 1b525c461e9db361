"""Which made-up fields do the field tests draw?  Small, of any stride and any number of sources."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from inpainting_core.api import Box, CorrespondenceField, FieldKind, Mask, Point
from inpainting_core.fields.query import pixels_of

STRIDES = (1.0, 2.0, 8.0, 1.5, 7.25)
ROOM = 12
"""Cells around the grid that sources may lie in."""


def make_field(seed: int, k: int = 1, stride_yx: tuple[float, float] = (1.0, 1.0)) -> CorrespondenceField:
    """Return a field of up to 9 x 9 cells with random sources: copies, or any and then falling shares."""
    rng = np.random.default_rng(seed)
    h, w = (int(side) for side in rng.integers(1, 10, 2))
    hole = rng.random((h, w)) < 0.7
    scores = np.sort(rng.dirichlet(np.ones(k + 1), (h, w))[..., :k], axis=2)[..., ::-1]
    scores = np.where(scores < 0.05, 0, scores) if k > 1 else np.ones((h, w, 1))
    copied = int(rng.integers(np.count_nonzero(scores.min(axis=(0, 1)) > 0) or 1))
    scores = np.concatenate([scores[..., [copied]], np.delete(scores, copied, axis=2)], axis=2)
    offsets = rng.integers(-ROOM, ROOM + 1, (h, w, k, 2)) * hole[:, :, None, None]
    return of_arrays(offsets, scores * hole[:, :, None], hole, stride_yx)


def of_arrays(
    offsets: np.ndarray, scores: np.ndarray, hole: Mask, stride_yx: tuple[float, float] = (1.0, 1.0)
) -> CorrespondenceField:
    """Return the field of these arrays at (120, 150), sources anywhere about it."""
    parts = offsets.astype(np.int16), scores.astype(np.float32), hole
    field = CorrespondenceField(Point(120, 150), stride_yx, *parts, Box(0, 0, 1, 1), FieldKind.PATCH)
    height, width = hole.shape
    bounds = pixels_of(field, Box(0, 0, height, width).pad(2 * ROOM))
    return CorrespondenceField(Point(120, 150), stride_yx, *parts, bounds, FieldKind.PATCH)


def plain(height: int, width: int, offset: tuple[int, int] = (0, 9)) -> CorrespondenceField:
    """Return one piece copied as a whole, pixel by pixel."""
    offsets = np.broadcast_to(np.array(offset), (height, width, 1, 2))
    return of_arrays(offsets, np.ones((height, width, 1)), np.ones((height, width), np.bool_))


fields = st.builds(
    make_field,
    st.integers(0, 9999),
    st.sampled_from([1, 3, 8]),
    st.tuples(st.sampled_from(STRIDES), st.sampled_from(STRIDES)),
)
