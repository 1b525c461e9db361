"""Does every grid point of the document have its arrow, whatever is asked for around it?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import CorrespondenceField, Point, arrows, confidence, sources_at
from inpainting_core.fields.query import cell_at
from tests.core.made_up_fields import fields, plain

spacings = st.sampled_from([1.0, 2.0, 3.7, 4, 10])


def one_by_one(
    field: CorrespondenceField, sure: np.ndarray, spacing: float, longest: float, least: float
) -> list[list[float]]:
    """Return the arrows found by looking at every pixel of the field's box."""
    lines = {math.floor((m + 0.5) * spacing) for m in range(500)}
    box, found = field.box, []
    for y in range(box.top, box.bottom):
        for x in range(box.left, box.right):
            if y not in lines or x not in lines or not sources_at(field, Point(y, x)):
                continue
            i, j = cell_at(field, Point(y, x))
            dy, dx = field.offsets[i, j, 0] * np.array(field.stride_yx)
            if math.hypot(dy, dx) <= longest and sure[i, j] >= least:
                found.append([y, x, dy, dx, sure[i, j]])
    return found


@given(fields, spacings, st.sampled_from([None, 20.0, 60.0]), st.sampled_from([0.0, 0.2, 0.5]))
def test_arrows_are_those_of_the_grid_that_pass_the_filters(
    field: CorrespondenceField, spacing: float, longest: float | None, least: float
) -> None:
    sure = confidence(field, None)
    found = arrows(field, sure, spacing, longest, least)
    assert found.dtype == np.float32
    expected = one_by_one(field, sure, spacing, math.inf if longest is None else longest, least)
    np.testing.assert_allclose(found, np.reshape(expected, (-1, 5)), rtol=1e-5)


def test_the_grid_belongs_to_the_document_not_to_the_hole() -> None:
    whole = plain(40, 50)
    part = CorrespondenceField(
        Point(127, 161), (1.0, 1.0), whole.offsets[7:, 11:], whole.scores[7:, 11:],
        whole.hole[7:, 11:], whole.bounds, whole.kind,
    )  # fmt: skip
    everywhere = {tuple(row) for row in arrows(whole, confidence(whole, None), 6).tolist()}
    here = {tuple(row) for row in arrows(part, confidence(part, None), 6).tolist()}
    assert here == {row for row in everywhere if row[0] >= 127 and row[1] >= 161}


def test_cells_without_confidence_have_no_arrow() -> None:
    field = plain(4, 4)
    sure = confidence(field, None)
    sure[1] = np.nan
    assert sorted(set(arrows(field, sure, 1)[:, 0].tolist())) == [120, 122, 123]


@pytest.mark.parametrize("spacing", [50.0, 400.0])
def test_a_hole_between_grid_points_has_no_arrow(spacing: float) -> None:
    field = plain(3, 3)
    assert arrows(field, confidence(field, None), spacing).shape == (0, 5)
