from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from app.canvas.viewpoint import MAX_ZOOM, MIN_ZOOM, Viewpoint
from inpainting_core.api import Box, Point, Size

zooms = st.floats(MIN_ZOOM, MAX_ZOOM)
ratios = st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0])
offsets = st.floats(-50_000, 50_000)
pixels = st.builds(Point, st.integers(0, 32_000), st.integers(0, 32_000))


@st.composite
def viewpoints(draw: st.DrawFn) -> Viewpoint:
    ratio = draw(ratios)
    return Viewpoint(draw(zooms) / ratio, draw(offsets), draw(offsets), ratio)


@given(viewpoints(), pixels, st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_every_point_of_a_pixel_leads_back(view: Viewpoint, pixel: Point, y: float, x: float) -> None:
    assert view.pixel_at(view.to_screen(pixel.y + y, pixel.x + x)) == pixel


@given(viewpoints(), zooms, st.floats(0, 3000), st.floats(0, 2000))
def test_zooming_keeps_the_anchor_in_place(view: Viewpoint, zoom: float, x: float, y: float) -> None:
    zoomed = view.zoomed(zoom, QPointF(x, y))
    before = (y - view.top) / view.scale, (x - view.left) / view.scale
    after = zoomed.to_screen(*before)
    assert math.isclose(zoomed.zoom, zoom, rel_tol=1e-9)
    assert max(abs(after.x() - x), abs(after.y() - y)) <= 0.5 / view.ratio + 1e-6


@given(viewpoints(), pixels, st.integers(1, 500), st.integers(1, 500))
def test_a_box_is_covered_by_the_box_of_its_rectangle(view: Viewpoint, corner: Point, h: int, w: int) -> None:
    box = Box(corner.y, corner.x, h, w)
    cover = view.box_of(view.rect_of(box))
    assert cover.intersect(box) == box
    assert cover.height <= h + 2
    assert cover.width <= w + 2


@given(ratios, st.integers(1, 9000), st.integers(1, 9000))
def test_a_fitted_picture_lies_in_the_window_at_most_at_100_percent(ratio: float, h: int, w: int) -> None:
    view = Viewpoint(ratio=ratio).centred(Size(h, w), QSizeF(1000, 700))
    rect = view.rect_of(Box(0, 0, h, w))
    assert view.zoom <= 1 + 1e-9
    if view.zoom > MIN_ZOOM:
        assert rect.left() >= 0
        assert rect.top() >= 0
        assert rect.right() <= 1000
        assert rect.bottom() <= 700


@given(viewpoints(), st.integers(1, 9000), st.integers(1, 9000))
def test_the_picture_never_leaves_the_window(view: Viewpoint, h: int, w: int) -> None:
    assume(min(h, w) * view.zoom >= 3)
    kept = view.kept_in_sight(Size(h, w), QSizeF(800, 600))
    rect = kept.rect_of(Box(0, 0, h, w))
    assert rect.right() > 0
    assert rect.bottom() > 0
    assert rect.left() < 800
    assert rect.top() < 600


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_at_100_percent_pixels_lie_on_device_pixels(ratio: float) -> None:
    view = Viewpoint(ratio=ratio).centred(Size(301, 403), QSizeF(1001, 777), zoom=1.0).moved(0.3, 0.7)
    for coordinate in (view.left, view.top):
        assert (coordinate * ratio) == pytest.approx(round(coordinate * ratio))
