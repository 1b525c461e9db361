"""Does the contextual-attention engine keep the contract, and is what it copies the photograph's own?

The network's weights are random: what it paints means nothing, what is promised about it must hold.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from inpainting_core.engines.contextual.engine import WEIGHTS, ContextualAttention
from inpainting_core.engines.contextual.look import Look
from inpainting_core.engines.contract import Crop, CropFill, Pin
from inpainting_core.engines.hybrid import Hybrid
from inpainting_core.engines.patchmatch.shifts import Shifts
from inpainting_core.errors import Cancelled, NothingKnown, WeightsMissing
from inpainting_core.fields.field import FieldKind
from inpainting_core.imaging.arrays import Mask, Rgb
from inpainting_core.imaging.geometry import Point
from inpainting_core.progress import CancelToken, Progress

CONTENTS = ("generated", "copied", "mixed")


@pytest.fixture(scope="module")
def engine(tiny_weights: None) -> ContextualAttention:
    engine = ContextualAttention()
    engine.warm_up()
    return engine


def texture(height: int, width: int) -> Rgb:
    waves = np.random.default_rng(4).random((height, width, 3), np.float32)
    return cv2.GaussianBlur(waves, (0, 0), 0.7)


def crop_of(rgb: Rgb, hole: Mask, content: str, **wishes: object) -> Crop:
    weights = (~hole).astype(np.float32)
    return Crop(rgb, hole, weights, {"content": content}, 0, **wishes)  # type: ignore[arg-type]


def square(shape: tuple[int, int], top: int, left: int, side: int) -> Mask:
    hole = np.zeros(shape, np.bool_)
    hole[top : top + side, left : left + side] = True
    return hole


def sources_of(filled: CropFill) -> np.ndarray:
    assert filled.field is not None
    here = np.argwhere(filled.field.hole)
    return here + np.array(filled.field.origin) + filled.field.offsets[:, :, 0][filled.field.hole]


HOLES = {
    "middle": square((70, 90), 20, 30, 25),
    "one pixel": square((70, 90), 33, 41, 1),
    "corner": square((70, 90), 0, 0, 30),
    "all but a pixel": ~square((70, 90), 40, 50, 1),
    "thin picture": square((1, 60), 0, 20, 15),
    "two pixels": square((1, 2), 0, 0, 1),
    "large": square((400, 500), 50, 60, 300),
    "chessboard": np.indices((70, 90)).sum(axis=0) % 2 == 0,
}


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("place", HOLES)
def test_any_hole_is_filled_from_what_is_known(engine: ContextualAttention, content: str, place: str) -> None:
    hole = HOLES[place]
    filled = engine.fill_crop(crop_of(texture(*hole.shape), hole, content), Progress())
    assert filled.rgb.shape == (*hole.shape, 3)
    assert np.isfinite(filled.rgb[hole]).all()
    assert filled.field is not None
    assert filled.field.kind is FieldKind.ATTENTION
    assert np.array_equal(filled.field.hole, hole[filled.field.box.slices])
    assert not hole[tuple(sources_of(filled).T)].any()
    falling = filled.field.scores if content == "generated" else filled.field.scores[:, :, 1:]
    assert (np.diff(falling, axis=2) <= 0).all()
    assert (filled.field.scores[filled.field.hole][:, 0] > 0).all()
    assert (filled.field.scores.sum(axis=2) <= 1 + 1e-5).all()
    assert set(filled.maps) == {"coarse"}


def test_copies_differ_from_their_sources_by_a_smooth_correction_only(engine: ContextualAttention) -> None:
    rgb, hole = texture(120, 120), square((120, 120), 40, 40, 40)
    filled = engine.fill_crop(crop_of(rgb, hole, "copied"), Progress())
    sources = sources_of(filled)
    difference = np.zeros((120, 120, 3), np.float32)
    difference[hole] = filled.rgb[hole] - rgb[sources[:, 0], sources[:, 1]]
    inside = cv2.erode(hole.view(np.uint8), np.ones((9, 9), np.uint8)).view(np.bool_)
    grain = cv2.Laplacian(difference, cv2.CV_32F)[inside]
    assert grain.std() < 0.4 * cv2.Laplacian(rgb, cv2.CV_32F)[inside].std()


@pytest.mark.parametrize("scale", [1, 5])
def test_a_large_fill_is_as_sharp_as_its_surroundings(engine: ContextualAttention, scale: int) -> None:
    side = 90 * scale
    rgb = texture(side, side)
    hole = square((side, side), side // 3, side // 3, side // 3)
    inside = cv2.erode(hole.view(np.uint8), np.ones((9, 9), np.uint8)).view(np.bool_)
    known = cv2.Laplacian(rgb, cv2.CV_32F)[~hole].std()
    sharpness = {}
    for content in CONTENTS:
        filled = engine.fill_crop(crop_of(rgb, hole, content), Progress()).rgb
        sharpness[content] = cv2.Laplacian(np.asarray(filled), cv2.CV_32F)[inside].std() / known
    assert sharpness["mixed"] == pytest.approx(1, abs=0.25)
    assert sharpness["copied"] == pytest.approx(1, abs=0.25)
    if scale > 1:
        assert sharpness["generated"] < 0.3


@pytest.mark.parametrize("content", CONTENTS)
def test_forbidden_pixels_are_never_sources(engine: ContextualAttention, content: str) -> None:
    rgb, hole = texture(96, 96), square((96, 96), 30, 30, 30)
    crop = crop_of(rgb, hole, content)
    weights = crop.weights.copy()
    weights[:, :80] = 0
    filled = engine.fill_crop(Crop(crop.rgb, crop.hole, weights, crop.options, crop.seed), Progress())
    assert (sources_of(filled)[:, 1] >= 80).all()


@pytest.mark.parametrize("content", CONTENTS)
def test_a_pin_decides(engine: ContextualAttention, content: str) -> None:
    rgb, hole = texture(96, 96), square((96, 96), 30, 30, 30)
    pin = Pin(Point(40, 40), Point(75, 12), 6)
    filled = engine.fill_crop(crop_of(rgb, hole, content, pins=(pin,)), Progress())
    assert filled.field is not None
    for y, x in np.argwhere(hole):
        if (y - 40) ** 2 + (x - 40) ** 2 <= 36:
            assert np.array_equal(filled.rgb[y, x], rgb[y + 35, x - 28])
            offset = filled.field.offsets[y - filled.field.origin.y, x - filled.field.origin.x, 0]
            assert tuple(offset) == (35, -28)


def test_it_stops_between_layers(engine: ContextualAttention) -> None:
    token = CancelToken()
    calls = 0

    class Counting(Progress):
        def check(self) -> None:
            nonlocal calls
            calls += 1
            if calls == 20:
                token.cancel()
            super().check()

    rgb, hole = texture(96, 96), square((96, 96), 30, 30, 30)
    with pytest.raises(Cancelled):
        engine.fill_crop(crop_of(rgb, hole, "mixed"), Counting(token))
    assert calls == 20


def test_nothing_to_borrow_is_refused(engine: ContextualAttention) -> None:
    rgb, hole = texture(40, 40), square((40, 40), 10, 10, 9)
    crop = Crop(rgb, hole, np.zeros((40, 40), np.float32), {"content": "mixed"}, 0)
    with pytest.raises(NothingKnown):
        engine.fill_crop(crop, Progress())


def test_missing_weights_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("inpainting_core.weights.shelf.SHIPPED", tmp_path)
    with pytest.raises(WeightsMissing, match=WEIGHTS):
        ContextualAttention().warm_up()


def look_like(crop: Crop, shift: tuple[int, int], painted: float) -> Look:
    """Every cell looks at one place; the painting is of one grey, and trusted."""
    grid = tuple(-(-side // 8) for side in crop.hole.shape)
    pixels = np.broadcast_to(np.array(shift, np.int32), (*grid, 1, 2)).copy()
    shifts = Shifts(pixels, np.ones((*grid, 1), np.float32), 8)
    picture = np.where(crop.hole[..., None], np.float32(painted), crop.rgb)
    return Look(crop, picture, picture, np.ones(crop.hole.shape, np.float32), 8, shifts)


@pytest.mark.parametrize(("side", "shift"), [(240, (0, 90)), (240, (-80, -70)), (26, (0, -9))])
def test_what_is_copied_lies_about_what_was_looked_at(
    engine: ContextualAttention, side: int, shift: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The smallest picture is framed, so that patches have room."""
    rgb, hole = texture(side, side), square((side, side), side // 2 - 4, side // 2 - 4, max(8, side // 8))
    crop = crop_of(rgb, hole, "copied")
    look = look_like(crop, shift, 0.5)
    for module in ("contextual.engine", "hybrid"):
        monkeypatch.setattr(f"inpainting_core.engines.{module}.look_at", lambda *_: look)
    near = engine.fill_crop(crop, Progress())
    assert near.field is not None
    apart = np.abs(near.field.offsets[:, :, 0][near.field.hole] - shift).max(axis=1)
    assert np.median(apart) <= 8
    if side > 100:  # room to be elsewhere
        options = {"patch": 7, "rounds": 5, "colour": True, "seam": True, "tone": False}
        free = Hybrid().fill_crop(replace(crop, options=options), Progress())
        assert free.field is not None
        strays = np.abs(free.field.offsets[:, :, 0][free.field.hole] - shift).max(axis=1)
        assert np.quantile(strays, 0.9) > 3 * np.quantile(apart, 0.9)


def test_mixed_content_moves_the_copies_towards_the_painting(
    engine: ContextualAttention, monkeypatch: pytest.MonkeyPatch
) -> None:
    rgb, hole = texture(120, 120), square((120, 120), 40, 40, 40)
    crop = crop_of(rgb, hole, "copied")
    monkeypatch.setattr(
        "inpainting_core.engines.contextual.engine.look_at",
        lambda _network, crop, _progress: look_like(crop, (0, 45), 0.8),
    )
    inner = (slice(50, 70), slice(50, 70))
    copied = engine.fill_crop(crop, Progress()).rgb[inner]
    mixed = engine.fill_crop(replace(crop, options={"content": "mixed"}), Progress()).rgb[inner]
    assert 0.02 < mixed.mean() - copied.mean() < 0.03 + 1e-6
    assert cv2.Laplacian(mixed, cv2.CV_32F).std() > 0.98 * cv2.Laplacian(copied, cv2.CV_32F).std()
