"""Is the grain that is added the grain that is there?"""

from __future__ import annotations

import numpy as np
import pytest

from inpainting_core.api import FillRequest, Session
from inpainting_core.engines.grain import noise_level, with_grain

HOLE = np.zeros((120, 160), np.bool_)
HOLE[40:80, 50:110] = True


def ramp(sigma: float, seed: int = 0) -> np.ndarray:
    y, x = np.mgrid[:120, :160].astype(np.float32)
    smooth = np.stack([0.3 + x / 800, 0.3 + y / 800, np.full_like(x, 0.5)], axis=2)
    noise = np.random.default_rng(seed).normal(0, 1, smooth.shape)
    return (smooth + sigma * noise * (1, 0.5, 2)).astype(np.float32)


@pytest.mark.parametrize("sigma", [0.004, 0.02, 0.05])
def test_planted_noise_is_measured_in_spite_of_ramps_and_edges(sigma: float) -> None:
    rgb = ramp(sigma)
    rgb[:, 80:] += 0.2
    assert noise_level(rgb, ~HOLE) == pytest.approx(np.array([1, 0.5, 2]) * sigma, rel=0.1)


def test_a_clean_picture_gets_no_grain_and_known_pixels_never() -> None:
    clean = ramp(0.0)
    assert np.abs(with_grain(clean, HOLE, 3) - clean).max() < 1e-6
    noisy = ramp(0.03)
    assert np.array_equal(with_grain(noisy, HOLE, 3)[~HOLE], noisy[~HOLE])


def test_a_fill_becomes_as_grainy_as_its_surroundings_and_a_grainy_one_stays() -> None:
    smooth, noisy = ramp(0.0), ramp(0.03)
    filled = np.where(HOLE[..., None], smooth, noisy)
    spread = (with_grain(filled, HOLE, 3) - smooth)[HOLE].std(axis=0)
    assert spread == pytest.approx(np.array([1, 0.5, 2]) * 0.03, rel=0.2)
    assert np.abs(with_grain(noisy, HOLE, 3) - noisy)[HOLE].std() < 0.01


@pytest.mark.parametrize("engine", ["telea", "navier_stokes"])
def test_the_switch_makes_engines_that_compute_grainy(engine: str) -> None:
    image = np.rint(ramp(0.04) * 65535).clip(0, 65535).astype(np.uint16)
    session = Session()
    plain = session.fill(FillRequest(image, HOLE, engine)).paste(image)
    grainy = session.fill(FillRequest(image, HOLE, engine, {"grain": True}, seed=5)).paste(image)
    again = session.fill(FillRequest(image, HOLE, engine, {"grain": True}, seed=5)).paste(image)
    assert np.array_equal(grainy, again)
    inner = HOLE.copy()
    inner[HOLE] = False
    inner[46:74, 56:104] = True
    outside = noise_level((image / 65535).astype(np.float32), ~HOLE)
    inside = noise_level((grainy / 65535).astype(np.float32), inner)
    assert inside == pytest.approx(outside, rel=0.2)
    assert noise_level((plain / 65535).astype(np.float32), inner).max() < 0.5 * outside.max()
