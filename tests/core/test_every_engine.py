"""Does every engine of the catalogue keep the contract, whatever the picture and the hole?"""

from __future__ import annotations

from threading import Event
from typing import Any

import cv2
import numpy as np
import pytest

from inpainting_core.api import (
    ENGINES,
    Cancelled,
    CancelToken,
    EngineInfo,
    FieldKind,
    FillRequest,
    FillResult,
    Mask,
    NothingKnown,
    Pixels,
    Progress,
    Report,
    Session,
)

each_engine = pytest.mark.parametrize("info", ENGINES, ids=lambda info: info.id)
pytestmark = pytest.mark.usefixtures("tiny_weights")
SIDE = 64


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


def picture(
    dtype: type[Any] = np.uint8, shape: tuple[int, int] = (SIDE, SIDE), *, grey: bool = False
) -> Pixels:
    """Return soft waves with grain: neither flat nor pure noise."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    waves = np.stack([np.sin(x / 5), np.cos(y / 7), np.sin((x + y) / 6)], axis=-1) / 4 + 0.5
    grain = np.random.default_rng(7).normal(0, 0.03, waves.shape)
    rgb = np.clip(waves + grain, 0, 1)
    rgb = rgb[..., :1].repeat(3, axis=2) if grey else rgb
    return np.rint(rgb * np.iinfo(dtype).max).astype(dtype)


def hole(top: int, left: int, height: int, width: int, shape: tuple[int, int] = (SIDE, SIDE)) -> Mask:
    mask = np.zeros(shape, np.bool_)
    mask[top : top + height, left : left + width] = True
    return mask


HOLES = {
    "middle": hole(22, 20, 17, 23),
    "one pixel": hole(30, 31, 1, 1),
    "top": hole(0, 25, 9, 12),
    "bottom": hole(57, 25, 7, 12),
    "left": hole(25, 0, 12, 8),
    "right": hole(25, 55, 12, 9),
    "top left": hole(0, 0, 10, 10),
    "top right": hole(0, 54, 10, 10),
    "bottom left": hole(54, 0, 10, 10),
    "bottom right": hole(54, 54, 10, 10),
    "corner pixel": hole(0, 0, 1, 1),
    "across": hole(28, 0, 8, SIDE),
    "all but a corner": ~hole(0, 0, 12, 12),
    "all but a pixel": ~hole(40, 40, 1, 1),
    "two": hole(5, 5, 6, 6) | hole(50, 48, 9, 7),
    "chessboard": (np.indices((SIDE, SIDE)).sum(axis=0) % 2).astype(np.bool_),
}


def check(info: EngineInfo, image: Pixels, mask: Mask, result: FillResult) -> None:
    """Fail unless the result keeps size, known bytes, the mask and the engine's word about fields."""
    filled = result.paste(image)
    assert (filled.shape, filled.dtype) == (image.shape, image.dtype)
    assert np.array_equal(filled[~mask], image[~mask])
    masks = np.zeros(mask.shape, int)
    for region in result.regions:
        masks[region.box.slices] += region.mask
        assert (region.field is None) == (info.field_kind is FieldKind.NONE)
        assert set(region.maps) == set(info.map_names)
        if region.field is not None:
            assert region.field.kind is info.field_kind
            assert region.field.box == region.box
            assert np.array_equal(region.field.hole, region.mask)
            assert not mask[tuple(sources(result, mask.shape)[mask].T)].any()
    assert np.array_equal(masks, mask)


def sources(result: FillResult, shape: tuple[int, ...]) -> np.ndarray:
    """Return (H, W, 2), the (y, x) of each filled pixel's best source."""
    places = np.zeros((*shape, 2), int)
    for region in result.regions:
        assert region.field is not None
        here = np.indices(region.mask.shape).transpose(1, 2, 0) + np.array(region.field.origin)
        found = here + region.field.offsets[:, :, 0]
        places[region.box.slices][region.mask] = found[region.mask]
    return places


@each_engine
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("place", HOLES)
def test_the_contract_holds_for_any_hole(
    info: EngineInfo, place: str, dtype: type[Any], session: Session
) -> None:
    image, mask = picture(dtype), HOLES[place]
    check(info, image, mask, session.fill(FillRequest(image, mask, info.id)))


@each_engine
@pytest.mark.parametrize("shape", [(1, 40), (40, 1), (1, 2), (2, 1), (2, 2), (3, 200), (200, 3)])
def test_thin_pictures_are_filled(info: EngineInfo, shape: tuple[int, int], session: Session) -> None:
    image = picture(shape=shape)
    mask = np.zeros(shape, np.bool_)
    mask.reshape(-1)[mask.size // 3 : mask.size // 3 + max(1, mask.size // 4)] = True
    check(info, image, mask, session.fill(FillRequest(image, mask, info.id)))


@each_engine
def test_the_same_seed_gives_the_same_bytes(info: EngineInfo) -> None:
    image, mask = picture(), HOLES["middle"]
    one, other = (Session().fill(FillRequest(image, mask, info.id, seed=11)).paste(image) for _ in range(2))
    assert np.array_equal(one, other)


@each_engine
def test_grey_stays_grey(info: EngineInfo, session: Session) -> None:
    image, mask = picture(grey=True), HOLES["middle"]
    filled = session.fill(FillRequest(image, mask, info.id)).paste(image).astype(int)
    assert np.abs(np.ptp(filled, axis=2)).max() == 0


@each_engine
@pytest.mark.parametrize(("dtype", "colour"), [(np.uint8, (0, 77, 255)), (np.uint16, (1, 30_001, 65_535))])
def test_one_colour_is_continued(
    info: EngineInfo, dtype: type[Any], colour: tuple[int, int, int], session: Session
) -> None:
    image = np.full((SIDE, SIDE, 3), colour, dtype)
    spoilt = image.copy()
    spoilt[HOLES["middle"]] = np.iinfo(dtype).max // 3
    filled = session.fill(FillRequest(spoilt, HOLES["middle"], info.id)).paste(spoilt)
    assert np.abs(filled.astype(int) - image).max() <= (8 if dtype is np.uint16 else 0)  # 8: OpenCV rounds


@each_engine
def test_what_lies_under_the_hole_means_nothing(info: EngineInfo, session: Session) -> None:
    image, mask = picture(), HOLES["middle"]
    spoilt = image.copy()
    spoilt[mask] = 255 - spoilt[mask]
    one, other = (session.fill(FillRequest(each, mask, info.id)).paste(each) for each in (image, spoilt))
    assert np.array_equal(one, other)


@each_engine
def test_cancelling_midway_ends_the_fill(info: EngineInfo, session: Session) -> None:
    token, heard = CancelToken(), []

    def stop_at_first(report: Report) -> None:
        heard.append(report)
        token.cancel()

    image = picture()
    with pytest.raises(Cancelled):
        session.fill(FillRequest(image, HOLES["middle"], info.id), Progress(token, stop_at_first))
    assert len(heard) == 1
    assert heard[0].fraction < 1


@each_engine
def test_a_picture_that_is_all_hole_leaves_nothing_known(info: EngineInfo) -> None:
    with pytest.raises(NothingKnown):
        FillRequest(picture(), np.ones((SIDE, SIDE), np.bool_), info.id)


@pytest.mark.parametrize("info", [info for info in ENGINES if info.honours_sources], ids=lambda info: info.id)
def test_nothing_is_borrowed_from_forbidden_places(info: EngineInfo, session: Session) -> None:
    image, mask = picture(), HOLES["middle"]
    weights = np.zeros((SIDE, SIDE), np.float32)
    weights[:, 48:] = 1
    result = session.fill(FillRequest(image, mask, info.id, source_weights=weights))
    assert (sources(result, mask.shape)[mask][:, 1] >= 48).all()


@pytest.mark.parametrize("engine_id", ["telea", "navier_stokes"])
def test_opencv_is_left_behind_when_it_does_not_end(engine_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    never, token = Event(), CancelToken()

    def endless(plane: np.ndarray, *_: object) -> np.ndarray:
        token.cancel()
        never.wait()
        return plane

    monkeypatch.setattr(cv2, "inpaint", endless)
    with pytest.raises(Cancelled):
        Session().fill(FillRequest(picture(), HOLES["middle"], engine_id), Progress(token))
    never.set()


@pytest.mark.parametrize(
    ("engine_id", "flag"), [("telea", cv2.INPAINT_TELEA), ("navier_stokes", cv2.INPAINT_NS)]
)
def test_the_baselines_are_opencvs_own(engine_id: str, flag: int, session: Session) -> None:
    image, mask = picture(np.uint16), HOLES["middle"]
    filled = session.fill(FillRequest(image, mask, engine_id, {"radius": 5})).paste(image)
    planes = [cv2.inpaint(image[..., channel].copy(), mask.view(np.uint8), 5, flag) for channel in range(3)]
    assert np.array_equal(filled, np.stack(planes, axis=-1))
