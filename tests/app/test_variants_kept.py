"""Are outcomes that were not chosen still there after saving, closing and opening again?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt

from app.document.bundle import read_bundle
from inpainting_core.api import engine_info
from tests.app.conftest import Desk
from tests.app.pictures import document
from tests.app.test_variants import another, marked

CONTROL = Qt.KeyboardModifier.ControlModifier


def saved_and_opened(desk: Desk, path: Path) -> None:
    """Save the project, close it, open it again: what a restart does to it."""
    desk.program.window.flow.write_project(path)
    desk.wait(lambda: not desk.program.files.is_busy)
    desk.program.window.flow.close_picture()
    assert desk.program.filling.variants == ()
    desk.program.window.flow.open(path)
    desk.wait(lambda: desk.program.editor.document is not None)


def test_outcomes_are_leafed_through_after_a_restart(desk: Desk, tmp_path: Path) -> None:
    doc = marked(desk)
    original, mask, hole = doc.image.copy(), doc.mask.copy(), doc.hole.copy()
    desk.fill()
    another(desk)
    another(desk)
    desk.key(Qt.Key.Key_Comma)
    seeds = [request.seed for request in desk.filler.requests]
    saved_and_opened(desk, tmp_path / "work.lacuna")
    again, filling = desk.document, desk.program.filling
    assert (len(filling.variants), filling.shown_variant) == (3, 1)
    bar = desk.program.window.stage.variants
    assert bar.isVisible()
    assert not again.is_modified
    for key, shown in ((None, 1), (Qt.Key.Key_Comma, 0), (Qt.Key.Key_Period, 1), (Qt.Key.Key_Period, 2)):
        if key is not None:
            desk.key(key)
        assert filling.shown_variant == shown
        assert np.array_equal(again.image, np.where(hole[..., None], np.uint8(seeds[shown]), original))
    assert again.is_modified
    desk.key(Qt.Key.Key_Period)
    desk.wait(lambda: not filling.is_busy)
    assert len(filling.variants) == 4
    request = desk.filler.requests[-1]
    assert request.seed not in seeds
    assert np.array_equal(request.mask, hole)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(again.image, original)
    assert np.array_equal(again.mask, mask)
    assert not again.provenance.owner.any()
    assert not bar.isVisible()


def test_what_is_kept_safe_holds_the_outcomes(desk: Desk, tmp_path: Path) -> None:
    desk.program.keep_safe(tmp_path)
    recovery = desk.program.recovery
    assert recovery is not None
    doc = marked(desk)
    desk.fill()
    another(desk)

    def holds_both() -> bool:
        for path in tmp_path.glob("*.lacuna"):
            kept = read_bundle(path)
            if kept.variants is not None and len(kept.variants.items) == 2:
                return np.array_equal(kept.image, doc.image)
        return False

    desk.wait(holds_both)


def test_a_window_built_again_offers_them(desk: Desk, tmp_path: Path) -> None:
    marked(desk)
    desk.fill()
    another(desk)
    saved_and_opened(desk, tmp_path / "work.lacuna")
    desk.program.rebuild_window()
    assert len(desk.program.filling.variants) == 2
    assert desk.program.window.stage.variants.isVisible()


def test_another_picture_has_none_of_them(desk: Desk) -> None:
    marked(desk)
    desk.fill()
    another(desk)
    desk.program.filling.use_engine(engine_info("patchmatch"))
    desk.open(document())
    assert desk.program.filling.variants == ()
    assert desk.document.variants is None
