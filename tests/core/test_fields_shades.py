"""Do colours tell amounts to everybody, and do the bars tell the same?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from inpainting_core.api import (
    SHADES,
    Shades,
    confidence_bar,
    density_bar,
    render_confidence,
    render_density,
)

RAMP = np.linspace(0, 1, 256, dtype=np.float32)[None]
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
TRITANOPIA = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
"""What is left of linear red, green and blue: Machado, Oliveira and Fernandes 2009, severity 1."""


def seen_by(rgb: np.ndarray, vision: tuple[tuple[float, ...], ...]) -> np.ndarray:
    """Return (n, 3) CIE Lab of sRGB colours (n, 3) uint8 as that vision sees them."""
    share = rgb / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    left = np.clip(linear @ np.array(vision).T, 0, 1)
    encoded = np.where(left <= 0.0031308, left * 12.92, 1.055 * left ** (1 / 2.4) - 0.055)
    return cv2.cvtColor(encoded.astype(np.float32)[None], cv2.COLOR_RGB2Lab)[0]


@pytest.mark.parametrize("shades", SHADES)
@pytest.mark.parametrize("vision", [np.eye(3), PROTANOPIA, DEUTERANOPIA, TRITANOPIA])
def test_more_is_lighter_to_every_eye(shades: Shades, vision: tuple[tuple[float, ...], ...]) -> None:
    colours = render_confidence(RAMP, shades)[0, ::16, :3]
    lightness = seen_by(colours, vision)[:, 0]
    assert (np.diff(lightness) > 1).all()
    assert lightness[-1] - lightness[0] > 60


@pytest.mark.parametrize("shades", SHADES)
def test_only_the_unknown_is_transparent_in_a_map_of_confidence(shades: Shades) -> None:
    picture = render_confidence(np.array([[0.0, np.nan, 0.5, 1.0]], np.float32), shades)
    assert picture.dtype == np.uint8
    assert picture[0, :, 3].tolist() == [255, 0, 255, 255]
    assert picture[0, 1].tolist() == [0, 0, 0, 0]


def test_the_colours_are_those_of_the_published_table() -> None:
    ends = render_confidence(np.array([[0.0, 1.0]], np.float32), "viridis")[0, :, :3]
    assert np.abs(ends.astype(int) - [(68, 1, 84), (253, 231, 37)]).max() <= 1  # Smith, van der Walt 2015


def test_density_is_logarithmic_and_nothing_is_transparent() -> None:
    counts = np.array([[0, 0.5, 1, 3, 7, 15, 31]], np.float32)
    picture = render_density(counts)[0]
    assert picture[:, 3].tolist() == [0, 128, 255, 255, 255, 255, 255]
    steps = render_confidence(np.array([[0, 0, 1 / 5, 2 / 5, 3 / 5, 4 / 5, 1]], np.float32), "inferno")[0]
    assert (picture[2:, :3] == steps[2:, :3]).all()  # 1 + count doubles: equal steps


def test_counts_beyond_the_scale_look_like_its_end() -> None:
    picture = render_density(np.array([[10, 500]], np.float32), most=10)[0]
    assert picture[0].tolist() == picture[1].tolist()
    assert render_density(np.zeros((2, 3), np.float32)).max() == 0
    assert render_density(np.zeros((0, 0), np.float32)).shape == (0, 0, 4)


@pytest.mark.parametrize("shades", SHADES)
def test_the_bar_of_confidence_shows_at_each_tick_what_the_map_shows(shades: Shades) -> None:
    bar = confidence_bar(401, shades)
    assert [tick.value for tick in bar.ticks] == [0, 0.25, 0.5, 0.75, 1]
    for tick in bar.ticks:
        shown = render_confidence(np.array([[tick.value]], np.float32), shades)[0, 0]
        assert np.abs(bar.picture[round(tick.position * 400), 0].astype(int) - shown.astype(int)).max() <= 3


@pytest.mark.parametrize(
    ("most", "values"),
    [(1, [1]), (7, [1, 2, 5]), (32, [1, 2, 5, 10, 20]), (0.4, []), (100, [1, 2, 5, 10, 20, 50, 100])],
)
def test_the_bar_of_density_shows_at_each_tick_what_the_map_shows(most: float, values: list[float]) -> None:
    bar = density_bar(801, most)
    assert [tick.value for tick in bar.ticks] == (
        values if values is not None else [1, 2, 5, 10, 20, 50, 100]
    )
    assert bar.picture.shape == (801, 1, 4)
    for tick in bar.ticks:
        shown = render_density(np.array([[tick.value]], np.float32), most)[0, 0]
        assert np.abs(bar.picture[round(tick.position * 800), 0].astype(int) - shown.astype(int)).max() <= 4
