"""What does a first session look like?  The editor, driven by a hand that is not there.

Every step goes the way a person's would: mouse and key events sent to the canvas. With `--out` the
filled photograph and pictures of the window are written; without, the editor stays open.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from app.application import Program, finish, make_application
from app.preferences import PreferenceStore
from app.windows.start_page import SAMPLES, list_samples
from inpainting_core.api import Mask, Point, Session, capsule, grow, read_mask, shrink, tight_box

MARGIN_PX = 4
"""How far beyond the prepared mask the hand may paint."""
PATIENCE_SECONDS = 600.0
_NONE, _LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class StrokePlan:
    """One straight stroke, in picture pixels."""

    diameter: int
    start: Point
    end: Point


def plan_strokes(mask: Mask) -> Iterator[StrokePlan]:
    """Yield strokes that together cover `mask` and stay within `MARGIN_PX` of it, broad ones first."""
    box = tight_box(mask)
    allowed = grow(mask, MARGIN_PX)
    left_over = mask.copy()
    diameter = max(2 * MARGIN_PX + 1, min(box.height, box.width))
    while diameter > 2 * MARGIN_PX + 1:
        middles = shrink(allowed, diameter // 2 + 1)
        for y in range(box.top, box.bottom, max(1, diameter // 2)):
            for first, last in _runs(middles[y]):
                rows = left_over[max(0, y - diameter // 2) : y + diameter // 2 + 1]
                if rows[:, max(0, first - diameter // 2) : last + diameter // 2 + 1].any():
                    capsule(left_over, Point(y, first), Point(y, last), diameter=diameter, value=False)
                    yield StrokePlan(diameter, Point(y, first), Point(y, last))
        diameter = diameter * 2 // 3
    diameter = 2 * MARGIN_PX - 1
    for y in range(box.top, box.bottom):
        for first, last in _runs(left_over[y]):
            capsule(left_over, Point(y, first), Point(y, last), diameter=diameter, value=False)
            yield StrokePlan(diameter, Point(y, first), Point(y, last))


def _runs(row: Mask) -> list[tuple[int, int]]:
    """Return the first and last column of every run of True."""
    edges = np.flatnonzero(np.diff(row.astype(np.int8), prepend=0, append=0))
    return [(int(first), int(end) - 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]


class Demo:
    """The hand.

    Args:
        program: The editor, its window shown.
        out: Where pictures go, or None.
    """

    def __init__(self, program: Program, out: Path | None) -> None:
        self._program = program
        self._canvas = program.window.stage.canvas
        self._out = out

    def run(self) -> None:
        """Go through it all.

        Raises:
            RuntimeError: something did not happen that should have.
        """
        sample = next((entry for entry in list_samples(SAMPLES) if "mask" in entry), None)
        if sample is None:
            raise RuntimeError("no bundled sample has a mask")
        self._rest(0.3)
        self._picture("1-start")
        self._program.window.flow.open(SAMPLES / sample["file"])
        self._wait(lambda: self._program.editor.document is not None, "the photograph did not open")
        mask = read_mask(SAMPLES / sample["mask"], self._canvas.picture_size)
        self._paint(mask)
        self._picture("2-painted")
        self._fill()
        self._picture("4-filled")
        self._key(Qt.Key.Key_O)
        self._rest(0.1)
        self._picture("5-overlay")
        self._key(Qt.Key.Key_O)
        self._probe(mask)
        self._picture("6-probe")
        if self._out is not None:
            photo = Path(sample["file"])
            self._save(self._out / f"{photo.stem}_edit{photo.suffix}")

    def _paint(self, mask: Mask) -> None:
        document, state = self._program.editor.document, self._program.state
        self._key(Qt.Key.Key_B)
        for stroke in plan_strokes(mask):
            state.set_brush_size(stroke.diameter)
            self._drag(stroke)
        if document is None or (mask & ~document.mask).any():
            raise RuntimeError("the painted mask does not cover the prepared one")

    def _drag(self, stroke: StrokePlan) -> None:
        self._mouse(QEvent.Type.MouseMove, stroke.start)
        self._mouse(QEvent.Type.MouseButtonPress, stroke.start, _LEFT)
        steps = max(1, (stroke.end.x - stroke.start.x) // 24)
        for step in range(1, steps + 1):
            x = stroke.start.x + (stroke.end.x - stroke.start.x) * step // steps
            self._mouse(QEvent.Type.MouseMove, Point(stroke.end.y, x), _LEFT)
        self._mouse(QEvent.Type.MouseButtonRelease, stroke.end, _LEFT)
        QApplication.processEvents()

    def _fill(self) -> None:
        filling = self._program.filling
        shown: list[str] = []
        filling.progressed.connect(
            lambda report: shown.append(report.stage) if report.preview is not None else None
        )
        failures: list[str] = []
        filling.failed.connect(lambda report: failures.append(f"{report.message} {report.details}"))
        self._key(Qt.Key.Key_Return)
        self._wait(lambda: bool(shown) or not filling.is_busy, "the fill did not begin")
        if shown:
            self._picture("3-preview")
        self._wait(lambda: not filling.is_busy, "the fill did not end")
        if failures:
            raise RuntimeError(failures[0])

    def _probe(self, mask: Mask) -> None:
        box = tight_box(mask)
        middle_row = np.flatnonzero(mask[box.top + box.height // 2])
        pixel = Point(box.top + box.height // 2, int(middle_row[middle_row.size // 2]))
        self._key(Qt.Key.Key_I)
        self._mouse(QEvent.Type.MouseMove, pixel)
        self._rest(0.1)

    def _save(self, path: Path) -> None:
        done: list[object] = []
        self._program.files.saved.connect(lambda job, _notes: done.append(job))
        self._program.files.failed.connect(done.append)
        self._program.window.flow.write(path)
        self._wait(lambda: bool(done), "the picture was not saved")
        if not path.is_file():
            raise RuntimeError(f"{path} was not written")

    def _picture(self, name: str) -> None:
        QApplication.processEvents()
        if self._out is not None:
            self._program.window.grab().save(str(self._out / f"{name}.png"))

    def _mouse(self, kind: QEvent.Type, pixel: Point, held: Qt.MouseButton = _NONE) -> None:
        view = self._canvas.viewpoint
        position = view.to_screen(pixel.y + 0.5, pixel.x + 0.5)
        is_move = kind == QEvent.Type.MouseMove
        after = _NONE if kind == QEvent.Type.MouseButtonRelease else held
        event = QMouseEvent(
            kind,
            position,
            QPointF(self._canvas.mapToGlobal(position)),
            _NONE if is_move else held,
            after,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self._canvas, event)
        QApplication.processEvents()

    def _key(self, key: Qt.Key) -> None:
        self._canvas.setFocus()
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.postEvent(self._canvas, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))
        QApplication.processEvents()

    def _wait(self, condition: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                raise RuntimeError(otherwise)
            QApplication.processEvents()
            time.sleep(0.005)
        QApplication.processEvents()

    def _rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._wait(lambda: time.monotonic() >= end, "")


def main(argv: Sequence[str]) -> int:
    """Show the demonstration and return the exit code.

    Args:
        argv: Without the program's name: nothing, or `--out DIR`.
    """
    parser = argparse.ArgumentParser(
        prog="demo", description="Shows the editor at work on a bundled photograph."
    )
    parser.add_argument("--out", type=Path, help="write the filled photograph and screenshots here, then end")
    out: Path | None = parser.parse_args(argv).out
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    program = Program(Session(), PreferenceStore(is_kept=False))  # a first start, whatever was chosen before
    program.window.show()
    program.warm_up()
    code = 0
    try:
        Demo(program, out).run()
    except RuntimeError as error:
        sys.stderr.write(f"The demonstration failed: {error}\n")
        code = 1
    if out is None:
        code = application.exec()
    return finish(program, code)
