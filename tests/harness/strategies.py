"""Which inputs do the property tests draw?  Boxes, masks and pictures, small enough to check naively."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from inpainting_core.api import Box, Mask, Pixels, Point

sizes = st.tuples(st.integers(1, 24), st.integers(1, 24))
points = st.builds(Point, st.integers(-40, 60), st.integers(-40, 60))
boxes = st.builds(Box, st.integers(-20, 20), st.integers(-20, 20), st.integers(0, 20), st.integers(0, 20))


def masks(size: st.SearchStrategy[tuple[int, int]] = sizes) -> st.SearchStrategy[Mask]:
    """Return bool (H, W) arrays, from empty to full."""
    return size.flatmap(lambda shape: hnp.arrays(np.bool_, shape))


@st.composite
def sparse_masks(draw: st.DrawFn, side: int = 48) -> Mask:
    """Return a (side, side) mask of a few small rectangles: holes near and far."""
    mask = np.zeros((side, side), np.bool_)
    inside = st.integers(0, side - 1)
    for _ in range(draw(st.integers(1, 6))):
        top, left = draw(inside), draw(inside)
        mask[top : top + draw(st.integers(1, 7)), left : left + draw(st.integers(1, 7))] = True
    return mask


@st.composite
def pictures_with_holes(draw: st.DrawFn) -> tuple[Pixels, Mask]:
    """Return a picture of either depth, up to 12 x 12, with a hole that leaves at least one pixel."""
    height, width = draw(st.tuples(st.integers(1, 12), st.integers(2, 12)))
    dtype = draw(st.sampled_from([np.uint8, np.uint16]))
    image = draw(hnp.arrays(dtype, (height, width, 3)))
    mask = draw(hnp.arrays(np.bool_, (height, width)).filter(lambda hole: hole.any() and not hole.all()))
    return image, mask
