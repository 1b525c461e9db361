"""Does the network lead PatchMatch where it should, and nowhere else?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inpainting_core.engines.contextual import look as looking
from inpainting_core.engines.contextual.look import Look
from inpainting_core.engines.contract import Crop, CropFill, Pin
from inpainting_core.engines.hybrid import Hybrid
from inpainting_core.engines.patchmatch.engine import PatchMatch
from inpainting_core.engines.patchmatch.scales import Guess
from inpainting_core.imaging.arrays import Rgb
from inpainting_core.imaging.geometry import Point
from inpainting_core.progress import Progress

OPTIONS = {"patch": 7, "rounds": 5, "colour": True, "seam": True, "tone": False}
pytestmark = pytest.mark.usefixtures("tiny_weights")


def crop_with(**options: object) -> Crop:
    rgb = np.random.default_rng(1).random((90, 90, 3), np.float32)
    hole = np.zeros((90, 90), np.bool_)
    hole[30:60, 30:60] = True
    return Crop(rgb, hole, (~hole).astype(np.float32), {**OPTIONS, **options}, 3)  # type: ignore[arg-type]


def test_a_guide_is_followed() -> None:
    """Left half black, right half white, with as much grain: nothing but the guide tells which to copy."""
    rng = np.random.default_rng(2)
    rgb = rng.normal(0.2, 0.03, (96, 160, 3)).astype(np.float32)
    rgb[:, 80:] += np.float32(0.6)
    hole = np.zeros((96, 160), np.bool_)
    hole[8:88, 40:120] = True
    crop = Crop(rgb, hole, (~hole).astype(np.float32), dict(OPTIONS), 0)
    alone = PatchMatch().fill_crop(crop, Progress())

    def agrees(filled: CropFill, guide: Rgb) -> float:
        return float(((filled.rgb.mean(axis=2) > 0.5) == (guide[..., 0] > 0.5))[hole].mean())

    for border in (60, 100):
        guide = np.where(np.arange(160)[None, :, None] < border, 0.2, 0.8).astype(np.float32)
        guess = Guess(np.broadcast_to(guide, rgb.shape).copy(), np.ones(hole.shape, np.float32), 2)
        filled = PatchMatch().fill_guided(crop, guess, Progress())
        assert agrees(filled, guide) > 0.85
        assert agrees(filled, guide) > agrees(alone, guide) + 0.1


def test_without_tones_all_switches_off_copy_exactly() -> None:
    crop = crop_with(colour=False, seam=False)
    filled = Hybrid().fill_crop(crop, Progress())
    assert filled.field is not None
    here = np.argwhere(crop.hole)
    sources = here + filled.field.offsets[:, :, 0][filled.field.hole]
    assert np.array_equal(filled.rgb[crop.hole], crop.rgb[tuple(sources.T)])


def test_tones_move_towards_the_networks_and_detail_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    crop = crop_with()
    real = looking.look_at

    def brighter(*given: object) -> Look:
        look = real(*given)  # type: ignore[arg-type]
        painted = np.where(crop.hole[..., None], np.float32(0.9), crop.rgb)
        return replace(look, painted=painted, trust=np.ones_like(look.trust))

    monkeypatch.setattr("inpainting_core.engines.hybrid.look_at", brighter)
    off = Hybrid().fill_crop(crop, Progress()).rgb[crop.hole]
    toned = Hybrid().fill_crop(replace(crop, options={**OPTIONS, "tone": True}), Progress()).rgb[crop.hole]
    assert off.mean() + 0.02 < toned.mean() < off.mean() + 0.03
    assert np.abs(toned - off).max() <= 0.03 + 1e-6
    assert np.std(toned - off) < 0.1 * np.std(off)


def test_a_pinned_source_is_copied() -> None:
    crop = replace(crop_with(colour=False, seam=False), pins=(Pin(Point(45, 45), Point(15, 20), 4),))
    filled = Hybrid().fill_crop(crop, Progress())
    assert np.array_equal(filled.rgb[45, 45], crop.rgb[15, 20])
