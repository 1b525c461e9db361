"""Are sampled holes as large, as connected and as repeatable as promised?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import InvalidRequest, Size, blob_hole, irregular_hole, square_hole, tight_box

BINS = [(0.01, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 0.6)]
sizes = st.builds(Size, st.integers(20, 90), st.integers(20, 90))
seeds = st.integers(0, 2**31)


@given(sizes, st.sampled_from(BINS), seeds)
def test_strokes_cover_what_their_bin_says(size: Size, coverage: tuple[float, float], seed: int) -> None:
    mask = irregular_hole(size, coverage, seed)
    assert mask.shape == size
    assert coverage[0] < mask.mean() <= coverage[1]
    assert np.array_equal(mask, irregular_hole(size, coverage, seed))


def test_another_seed_draws_another_hole() -> None:
    size = Size(64, 64)
    assert not np.array_equal(irregular_hole(size, (0.2, 0.3), 1), irregular_hole(size, (0.2, 0.3), 2))
    assert not np.array_equal(blob_hole(size, 0.05, 1), blob_hole(size, 0.05, 2))


def test_a_single_pixel_can_be_asked_for() -> None:
    assert irregular_hole(Size(3, 3), (0.05, 0.12), 0).sum() == 1


@pytest.mark.parametrize("coverage", [(0.01, 0.1), (0.5, 0.5), (0.9, 1.0)])
def test_what_no_hole_can_cover_is_refused(coverage: tuple[float, float]) -> None:
    with pytest.raises(InvalidRequest):
        irregular_hole(Size(3, 3), coverage, 0)


@given(st.builds(Size, st.integers(100, 200), st.integers(100, 200)), seeds)
def test_a_blob_is_one_piece_of_about_its_share(size: Size, seed: int) -> None:
    mask = blob_hole(size, 0.05, seed)
    assert cv2.connectedComponents(mask.view(np.uint8), connectivity=4)[0] == 2
    assert 0.045 < mask.mean() < 0.062


def test_the_square_lies_in_the_middle() -> None:
    mask = square_hole(Size(80, 120))
    assert tight_box(mask) == (30, 45, 20, 30)
    assert mask.sum() == 600
