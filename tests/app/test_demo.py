from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from PySide6.QtGui import QImage

from app.demo import MARGIN_PX, Demo, plan_strokes
from inpainting_core.api import Mask, capsule, grow, read_image
from tests.app.conftest import Desk
from tests.harness.strategies import sparse_masks


@given(sparse_masks())
def test_planned_strokes_cover_the_mask_and_stay_close_to_it(mask: Mask) -> None:
    painted = np.zeros_like(mask)
    diameters = []
    for stroke in plan_strokes(mask):
        capsule(painted, stroke.start, stroke.end, diameter=stroke.diameter, value=True)
        diameters.append(stroke.diameter)
    assert not (mask & ~painted).any()
    assert not (painted & ~grow(mask, MARGIN_PX + 1)).any()
    assert diameters == sorted(diameters, reverse=True)


def test_the_demonstration_leaves_a_filled_photograph_and_pictures_of_the_window(
    desk: Desk, tmp_path: Path
) -> None:
    desk.filler.offset = (0, -400)
    Demo(desk.program, tmp_path).run()
    shots = {path.name for path in tmp_path.glob("*.png")}
    assert shots == {
        f"{name}.png" for name in ("1-start", "2-painted", "3-preview", "4-filled", "5-overlay", "6-probe")
    }
    assert all(not QImage(str(path)).isNull() for path in tmp_path.glob("*.png"))
    request = desk.filler.requests[0]
    saved = read_image(next(tmp_path.glob("*_edit.jpg"))).pixels
    assert saved.shape == request.image.shape
    assert desk.program.window.stage.probe.trace.steps
    assert not desk.program.editor.is_modified
