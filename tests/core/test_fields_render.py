from __future__ import annotations

import colorsys
import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inpainting_core.api import (
    PALETTES,
    Box,
    CorrespondenceField,
    FieldKind,
    Palette,
    Point,
    longest_offset,
    render_field,
    render_wheel,
)


def field_of(offsets: list[tuple[int, int]], stride: float = 1.0) -> CorrespondenceField:
    """One row of hole cells with these (dy, dx), and a known cell at the end."""
    row = np.array([*offsets, (0, 0)], np.int16)[None, :, None, :]
    hole = np.ones((1, row.shape[1]), np.bool_)
    hole[0, -1] = False
    scores = hole.astype(np.float32)[..., None]
    return CorrespondenceField(
        Point(0, 0), (stride, stride), row, scores, hole, Box(0, 0, 500, 500), FieldKind.PATCH
    )


@given(st.integers(-100, 100), st.integers(-100, 100))
def test_hue_is_direction_and_saturation_the_root_of_distance(dy: int, dx: int) -> None:
    red, green, blue, alpha = render_field(field_of([(dy, dx)]), full_px=200)[0, 0].tolist()
    hue = math.atan2(dy, dx) / math.tau % 1
    expected = colorsys.hsv_to_rgb(hue, math.sqrt(math.hypot(dy, dx) / 200), 1)
    assert alpha == 255
    assert np.abs(np.array([red, green, blue]) - np.array(expected) * 255).max() <= 1.5


@pytest.mark.parametrize("palette", PALETTES)
def test_known_cells_are_transparent_and_distance_is_cut_at_the_scale(palette: Palette) -> None:
    picture = render_field(field_of([(0, 50), (0, 500), (-30, 0), (-300, 0)]), 30, palette)[0]
    assert picture[:, 3].tolist() == [255, 255, 255, 255, 0]
    assert (picture[0] == picture[1]).all()
    assert (picture[2] == picture[3]).all()
    assert (picture[0] != picture[2]).any()


@pytest.mark.parametrize("palette", PALETTES)
def test_the_legend_shows_a_colour_where_it_was_copied_from(palette: Palette) -> None:
    wheel = render_wheel(101, palette)
    for dy, dx in ((0, 40), (0, -40), (40, 0), (-40, 0), (20, 30), (0, 0)):
        cell = render_field(field_of([(dy, dx)]), 50.5, palette)[0, 0]
        assert np.abs(cell.astype(int) - wheel[50 + dy, 50 + dx].astype(int)).max() <= 2
    assert wheel[0, 0, 3] == 0


def test_blue_yellow_is_told_apart_without_red_and_green() -> None:
    around = [(round(40 * math.sin(a)), round(40 * math.cos(a))) for a in np.linspace(0, math.tau, 9)[:-1]]
    rgb = render_field(field_of(around), 40, "blue_yellow")[:, :-1, :3]
    lab = cv2.cvtColor((rgb / 255).astype(np.float32), cv2.COLOR_RGB2Lab)[0]
    without_red_green = lab[:, [0, 2]]
    gaps = np.linalg.norm(without_red_green[:, None] - without_red_green[None], axis=2)
    assert gaps[~np.eye(8, dtype=bool)].min() > 15


@pytest.mark.parametrize(
    ("offset", "colour"),
    [
        ((0, 0), (255, 255, 255)),
        ((500, 0), (255, 0, 0)),
        ((-500, 0), (0, 209, 255)),
        ((0, -500), (88, 0, 255)),
        ((0, 500), (255, 229, 0)),
        ((500, -500), (220, 0, 255)),
        ((-500, 500), (32, 255, 0)),
        ((500, 500), (255, 114, 0)),
        ((-500, -500), (0, 52, 255)),
    ],
)
def test_check_12_the_papers_wheel_has_the_published_colours(
    offset: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    """Self-check 12 of the specification of contextual attention; measured with the authors' tool."""
    shown = render_field(field_of([offset]), 40, "paper")[0, 0, :3]
    assert np.abs(shown.astype(int) - colour).max() <= 1


def test_the_papers_strength_is_the_distance() -> None:
    half_way = render_field(field_of([(20, 0)]), 40, "paper")[0, 0, :3]
    assert np.abs(half_way.astype(int) - (255, 127.5, 127.5)).max() <= 1


def test_longest_offset_counts_document_pixels_inside_the_hole() -> None:
    assert longest_offset(field_of([(3, 4), (0, -2)], stride=8.0)) == pytest.approx(40)
    assert longest_offset(field_of([])) == 0
