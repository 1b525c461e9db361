"""Does any mix of strokes, fills, undo and redo equal replaying it, within the byte budget?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.document.document import Document, box_of
from app.document.edits import Edit, filling
from app.document.levels import Levels, halve_mean
from app.document.patches import Patch
from inpainting_core.api import Box, FillResult, Mask, Photo, Pixels, Point
from tests.app.conftest import Desk
from tests.app.pictures import document, draw, fill_edit, task_of
from tests.harness.fake_filler import planted_region

SIDE = 20
points = st.builds(Point, st.integers(-4, SIDE + 4), st.integers(-4, SIDE + 4))


class Snapshot(NamedTuple):
    image: Pixels
    mask: Mask
    owner: np.ndarray
    fills: int


class HistoryMachine(RuleBasedStateMachine):
    @initialize(budget=st.sampled_from([0, 500, 4000, 1 << 20]), deep=st.booleans())
    def open(self, budget: int, deep: bool) -> None:
        dtype = np.uint16 if deep else np.uint8
        pixels = np.random.default_rng(3).integers(0, np.iinfo(dtype).max, (SIDE, SIDE, 3), dtype)
        self.budget = budget
        self.document = Document(Photo(pixels), budget_bytes=budget)
        self.done = [self.snapshot()]
        self.undone: list[Snapshot] = []
        self.document.mark_saved(self.document.history.picture_version)

    def snapshot(self) -> Snapshot:
        document = self.document
        provenance = document.provenance
        return Snapshot(
            document.image.copy(), document.hole.copy(), provenance.owner.copy(), len(provenance.fills)
        )

    def made(self) -> None:
        self.done.append(self.snapshot())
        self.undone.clear()

    @rule(path=st.lists(points, min_size=2, max_size=5), diameter=st.integers(1, 9), value=st.booleans())
    def stroke(self, path: list[Point], diameter: int, value: bool) -> None:
        before = self.document.hole.copy()
        draw(self.document, path, diameter, value)
        if (before != self.document.hole).any():
            self.made()

    @precondition(lambda self: self.document.mask_area and self.document.mask_area < SIDE * SIDE)
    @rule(seed=st.integers(0, 255), later=points)
    def fill(self, seed: int, later: Point) -> None:
        document = self.document
        request_mask = document.hole.copy()
        task = task_of(document, request_mask)
        region = planted_region(document.image, request_mask, None, seed)
        result = FillResult(1, "telea", (region,), {"total": 0.0})
        draw(document, [later, later], 5)
        if (document.hole != request_mask).any():
            self.made()
        known = len(document.provenance.fills)
        expected = np.where(request_mask[..., None], np.array(seed, document.image.dtype), document.image)
        planes = document.image, document.mask, document.provenance.owner
        edit = filling(task, result, planes, known, document.settings)
        left = document.hole & ~request_mask
        document.apply(edit)
        assert np.array_equal(document.image, expected)
        assert np.array_equal(document.hole, left)
        self.made()

    @precondition(lambda self: self.document.mask_area)
    @rule()
    def clear(self) -> None:
        box = box_of(self.document.mask)
        flips = self.document.mask[box.slices].copy()
        self.document.apply(Edit("clear", mask=(Patch.of(box, flips),)))
        assert not self.document.hole.any()
        self.made()

    @precondition(lambda self: self.document.history.can_undo)
    @rule()
    def undo(self) -> None:
        self.document.undo()
        self.undone.append(self.done.pop())

    @precondition(lambda self: self.document.history.can_redo)
    @rule()
    def redo(self) -> None:
        self.document.redo()
        self.done.append(self.undone.pop())

    @invariant()
    def is_as_replayed(self) -> None:
        now, expected = self.snapshot(), self.done[-1]
        assert np.array_equal(now.image, expected.image)
        assert np.array_equal(now.mask, expected.mask)
        assert np.array_equal(now.owner, expected.owner)
        assert now.fills == expected.fills
        assert self.document.mask_area == np.count_nonzero(now.mask)

    @invariant()
    def what_is_shown_is_up_to_date(self) -> None:
        image = self.document.image
        shown = image if image.dtype == np.uint8 else (image >> 8).astype(np.uint8)
        for kept, anew in (
            (self.document.shown, Levels(shown.copy(), halve_mean)),
            (self.document.shown_mask, Levels(self.document.mask.copy(), halve_mean)),
        ):
            for level in range(len(anew.arrays)):
                whole = Box(0, 0, *anew.size_of(level))
                assert np.array_equal(kept.read(level, whole), anew.read(level, whole))

    @invariant()
    def memory_stays_within_the_budget(self) -> None:
        history = self.document.history
        steps = len(history._done) + len(history._undone)
        assert history.nbytes <= self.budget or steps == 1
        assert history.can_redo == bool(self.undone)
        assert history.has_forgotten == (len(self.done) - 1 > len(history.done))

    @invariant()
    def unsaved_means_the_picture_differs(self) -> None:
        if not self.document.is_modified:
            assert np.array_equal(self.document.image, self.done[0].image)


TestHistory = HistoryMachine.TestCase
TestHistory.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)


def test_picture_version_tells_equal_pictures_from_different_ones() -> None:
    document = Document(Photo(np.zeros((8, 8, 3), np.uint8)))
    fresh = document.history.picture_version
    draw(document, [Point(2, 2), Point(2, 5)], 1)
    assert document.history.picture_version == fresh
    document.apply(fill_edit(document, document.hole, None, 9))
    filled = document.history.picture_version
    assert filled != fresh
    document.mark_saved(filled)
    assert not document.is_modified
    document.undo()
    assert document.is_modified
    assert document.history.picture_version == fresh
    document.redo()
    assert not document.is_modified


def test_going_far_back_is_told_once_and_lands_bit_exactly(desk: Desk) -> None:
    doc, editor = desk.open(document()), desk.program.editor
    states = [doc.mask.copy()]
    for row in range(10, 110, 10):
        desk.drag((row, 20), (row, 140))
        states.append(doc.mask.copy())
    told: list[int] = []
    editor.history_changed.connect(lambda: told.append(len(doc.history.done)))
    for step in (0, 10, 3, 3):
        editor.go_to(step)
    assert told == [0, 10, 3]
    assert np.array_equal(doc.mask, states[3])
