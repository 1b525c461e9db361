"""Does one key fill the weakest spot again, only that one, and offer three outcomes?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from app.document.document import Document
from app.document.edits import filling
from inpainting_core.api import Box, FillResult, HeatMap, Mask, Point, engine_info
from tests.app.conftest import Desk
from tests.app.pictures import document, task_of
from tests.harness.fake_filler import planted_region
from tests.harness.hand import SHIFT

CONTROL = Qt.KeyboardModifier.ControlModifier
HOLE = Box(40, 60, 60, 80)
LARGE, SMALL = Box(45, 65, 20, 20), Box(80, 115, 12, 12)
"""Where the fill does not fit: two weak spots."""


def with_weak_spots() -> Document:
    """Return a filled picture: copied from one place, but for two spots, which do not fit."""
    doc = document(140, 200)
    hole = mask_of(doc, HOLE)
    region = planted_region(doc.image, hole, (0, -60))
    misfit = np.full((HOLE.height, HOLE.width), 0.05, np.float32)
    for spot in (LARGE, SMALL):
        misfit[spot.shift(-HOLE.top, -HOLE.left).slices] = 0.95
    energy = HeatMap(Point(HOLE.top, HOLE.left), (1.0, 1.0), misfit, "How badly", "worst")
    region = replace(region, maps={"energy": energy})
    result = FillResult(1, "patchmatch", (region,), {"total": 0.0})
    doc.apply(
        filling(task_of(doc, hole), result, (doc.image, doc.mask, doc.provenance.owner), 0, doc.settings)
    )
    return doc


def mask_of(doc: Document, *boxes: Box) -> Mask:
    mask = np.zeros(doc.size, np.bool_)
    for box in boxes:
        mask[box.slices] = True
    return mask


@pytest.fixture
def weak(desk: Desk) -> Desk:
    """Return the editor with such a picture; its fills are the number of their seed."""
    desk.filler.offset = None
    desk.program.filling.use_engine(engine_info("telea"))
    desk.open(with_weak_spots())
    return desk


def fix(desk: Desk, count: int) -> None:
    desk.key(Qt.Key.Key_F3, SHIFT)
    desk.wait(lambda: len(desk.filler.requests) == count and not desk.program.filling.is_busy)


def test_the_weakest_spot_is_filled_again_with_three_outcomes(weak: Desk) -> None:
    doc, before = weak.document, weak.document.image.copy()
    view = weak.canvas.viewpoint
    fix(weak, 3)
    requests = weak.filler.requests
    assert len({request.seed for request in requests}) == 3
    mask = requests[0].mask
    assert all(np.array_equal(request.mask, mask) for request in requests)
    assert mask[LARGE.slices].mean() > 0.8
    assert not (mask & ~mask_of(doc, HOLE)).any()
    assert not (mask & mask_of(doc, SMALL)).any()
    assert len(weak.program.filling.variants) == 3
    assert weak.program.filling.shown_variant == 2
    assert np.array_equal(doc.image, np.where(mask[..., None], np.uint8(requests[2].seed), before))
    assert weak.canvas.viewpoint != view
    assert weak.canvas.seen_box.intersect(LARGE) == LARGE
    bar = weak.program.window.stage.variants
    assert bar.isVisible()
    offered = [button for button in bar.findChildren(QToolButton) if button in bar._buttons[:3]]
    offered[0].click()
    assert np.array_equal(doc.image, np.where(mask[..., None], np.uint8(requests[0].seed), before))
    weak.key(Qt.Key.Key_Z, CONTROL)
    weak.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(doc.image, before)


def test_the_next_time_another_spot_has_its_turn(weak: Desk) -> None:
    fix(weak, 3)
    fix(weak, 6)
    mask = weak.filler.requests[-1].mask
    assert mask[SMALL.slices].mean() > 0.5
    assert not (mask & mask_of(weak.document, LARGE)).any()


def test_the_spot_that_is_shown_is_the_one_that_is_filled(weak: Desk) -> None:
    said: list[str] = []
    weak.program.window.stage.said.connect(said.append)
    weak.key(Qt.Key.Key_F2)
    weak.wait(lambda: bool(said))
    weak.key(Qt.Key.Key_F2)
    assert said == ["Weak spot 1 of 2", "Weak spot 2 of 2"]
    fix(weak, 3)
    assert weak.filler.requests[0].mask[SMALL.slices].mean() > 0.5


def test_a_mask_that_waits_is_not_filled_with_it(weak: Desk) -> None:
    said: list[str] = []
    weak.drag((20, 20), (20, 40))
    weak.program.window.stage.said.connect(said.append)
    mask = weak.document.mask.copy()
    weak.key(Qt.Key.Key_F3, SHIFT)
    assert said == ["Fill what is marked first, or clear the mask."]
    assert weak.filler.requests == []
    assert np.array_equal(weak.document.mask, mask)


def test_esc_ends_the_offering(weak: Desk) -> None:
    weak.filler.gate.clear()
    weak.key(Qt.Key.Key_F3, SHIFT)
    weak.wait(lambda: len(weak.filler.requests) == 1)
    weak.key(Qt.Key.Key_Escape)
    weak.filler.gate.set()
    weak.wait(lambda: not weak.program.filling.is_busy)
    weak.qtbot.wait(50)
    assert len(weak.filler.requests) == 1
    assert weak.program.filling.variants == ()


def test_a_stroke_drawn_meanwhile_is_not_filled(weak: Desk) -> None:
    weak.filler.gate.clear()
    weak.key(Qt.Key.Key_F3, SHIFT)
    weak.wait(lambda: len(weak.filler.requests) == 1)
    weak.canvas.fit()
    weak.drag((20, 20), (20, 40))
    mask = weak.document.mask.copy()
    weak.filler.gate.set()
    weak.wait(lambda: not weak.program.filling.is_busy)
    weak.qtbot.wait(50)
    assert len(weak.filler.requests) == 1
    assert mask[20, 30]
    assert weak.document.mask[20, 30]


def test_without_a_weak_spot_it_is_said(desk: Desk) -> None:
    desk.open(document())
    said: list[str] = []
    desk.program.window.stage.said.connect(said.append)
    desk.key(Qt.Key.Key_F3, SHIFT)
    desk.wait(lambda: bool(said))
    assert said == ["No weak spot was found."]
    assert desk.filler.requests == []
