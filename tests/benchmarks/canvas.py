"""How quick is the editor under the hand, and how large, at 12 to 100 megapixels?

    python -m tests.benchmarks.canvas
    python -m tests.benchmarks.canvas --sizes 50 --profile
    QT_SCALE_FACTOR=2 python -m tests.benchmarks.canvas --sizes 50 --window 800x500

The whole editor runs with real mouse events and repaints, without a screen. Milliseconds are median and
99th percentile; in brackets stands the median as a multiple of copying the bytes concerned: the screen's
for a repaint, the brush's square of mask for a stroke.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColorSpace, QMouseEvent
from PySide6.QtWidgets import QApplication

from app.application import Program, make_application
from app.canvas.view import CanvasView
from app.document.document import Document
from app.preferences import PreferenceStore
from inpainting_core.api import Box, Photo, Pixels, Point, Region, Session

BRUSHES = (48, 500, 2000)
ZOOMS = (None, 0.5, 1.0, 4.0)
_HOLE_PX = 200
_TICK_MS = 2
_STATM = Path("/proc/self/statm")
Cells = dict[str, str]


@dataclass(frozen=True)
class Effort:
    """How often things are repeated.

    Attributes:
        steps: Mouse moves of a stroke.
        repaints: Repaints at each zoom.
        fills: True also fills a hole.
    """

    steps: int = 120
    repaints: int = 40
    fills: bool = True


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when all was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.canvas", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--sizes", nargs="+", type=float, default=[12, 24, 50, 100], metavar="MEGAPIXELS")
    parser.add_argument("--window", default="1600x1000", help="logical width x height of the canvas")
    parser.add_argument("--profile", action="store_true", help="the picture is in Display P3, not sRGB")
    parser.add_argument("--quick", action="store_true", help="a few repeats, no fill")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or make_application()
    width, height = (int(side) for side in chosen.window.split("x"))
    effort = Effort(steps=6, repaints=2, fills=False) if chosen.quick else Effort()
    profile = bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
    icc = profile if chosen.profile else None
    columns = {f"{size:g} MP": measure(size, (width, height), effort, icc) for size in chosen.sizes}
    print(table(columns))
    del application
    return 0


def table(columns: dict[str, Cells]) -> str:
    """Return Markdown: a row for each quantity, a column for each size."""
    rows = list(next(iter(columns.values())))
    lines = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    return "\n".join(
        lines + [f"| {row} | {' | '.join(cells[row] for cells in columns.values())} |" for row in rows]
    )


def measure(megapixels: float, window: tuple[int, int], effort: Effort, icc: bytes | None = None) -> Cells:
    """Return what one picture of this size, with this colour profile, costs, in words."""
    pixels = photograph(round((megapixels * 1e6 * 0.75) ** 0.5), round((megapixels * 1e6 / 0.75) ** 0.5))
    before = _resident_mb()
    start = time.perf_counter()
    document = Document(Photo(pixels, icc=icc))
    opened, opened_mb = 1000 * (time.perf_counter() - start), _resident_mb() - before
    with editor(document, window) as program:
        canvas = program.window.stage.canvas
        cells = {"open, ms": f"{opened:.0f}"}
        cells["canvas, device pixels"] = (
            f"{canvas.width()}x{canvas.height()} x {canvas.devicePixelRatioF():g}"
        )
        for brush in BRUSHES:
            steps, paints = stroke_times(program, canvas, brush, effort.steps)
            floor = copying_ms(brush * brush)
            cells[f"stroke, {brush} px: step"] = in_words(steps, floor)
            cells[f"stroke, {brush} px: step and repaint"] = in_words(
                [a + b for a, b in zip(steps, paints, strict=True)], floor
            )
        program.editor.clear_mask()
        program.editor.apply_region(_ellipse(document), "add", "ellipse")
        cells |= _repaints(canvas, effort)
        held = _resident_mb() - before
        if effort.fills:
            _stalls(program, document)  # the first fill brings the engine to life
            cells["window waits during a fill, ms: median / p99 / worst"] = _stalls(program, document)
        cells["memory beside the picture's own bytes, MB"] = (
            f"{opened_mb:.0f} opened, {held:.0f} at work (x{1 + held * 1e6 / pixels.nbytes:.2f} in all)"
        )
    return cells


def photograph(height: int, width: int) -> Pixels:
    """Return a picture with soft shapes and grain, (height, width, 3) uint8."""
    rng = np.random.default_rng(0)
    shapes = cv2.resize(rng.integers(40, 216, (9, 12, 3), np.uint8), (width, height))
    grain = rng.integers(0, 24, (512, 512, 1), np.uint8)
    tiles = -(-height // 512), -(-width // 512), 1
    shapes += np.tile(grain, tiles)[:height, :width]
    return shapes  # type: ignore[return-value]


@contextmanager
def editor(document: Document, window: tuple[int, int]) -> Iterator[Program]:
    """Open the document in an editor whose canvas is as large as `window`."""
    program = Program(Session(), PreferenceStore(is_kept=False))
    program.window.show()
    program.editor.open(document)
    QApplication.processEvents()
    canvas = program.window.stage.canvas
    for _ in range(3):
        missing = QPoint(window[0] - canvas.width(), window[1] - canvas.height())
        program.window.resize(program.window.width() + missing.x(), program.window.height() + missing.y())
        QApplication.processEvents()
    try:
        yield program
    finally:
        program.window.hide()
        program.shutdown()
        program.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def stroke_times(
    program: Program, canvas: CanvasView, brush: int, steps: int
) -> tuple[list[float], list[float]]:
    """Return the milliseconds that each mouse move takes, and each repaint after it."""
    program.state.set_brush_size(brush)
    canvas.fit()
    QApplication.processEvents()
    turns = np.linspace(0, 4 * np.pi, steps)
    middle = QPointF(canvas.width() / 2, canvas.height() / 2)
    reach = QPointF(canvas.width() / 5, canvas.height() / 4)
    places = [middle + QPointF(reach.x() * np.cos(t), reach.y() * np.sin(t * 1.3)) for t in turns]
    _mouse(canvas, QEvent.Type.MouseButtonPress, places[0])
    QApplication.processEvents()
    moved, painted = [], []
    for place in places:
        moved.append(_timed(partial(_mouse, canvas, QEvent.Type.MouseMove, place)))
        painted.append(_timed(QApplication.processEvents))
    _mouse(canvas, QEvent.Type.MouseButtonRelease, places[-1])
    QApplication.processEvents()
    return moved, painted


def in_words(times: Sequence[float], floor: float) -> str:
    """Return "median / p99 ms (x median / floor)"."""
    median = statistics.median(times)
    return f"{median:.1f} / {np.percentile(times, 99):.1f} (x{median / floor:.1f})"


def copying_ms(size: int) -> float:
    """Return the milliseconds in which so many bytes are copied."""
    source = np.ones(size, np.uint8)
    target = np.empty_like(source)
    return statistics.median(_timed(lambda: np.copyto(target, source)) for _ in range(15))


def _repaints(canvas: CanvasView, effort: Effort) -> Cells:
    ratio = canvas.devicePixelRatioF()
    floor = copying_ms(round(4 * canvas.width() * canvas.height() * ratio * ratio))
    cells: Cells = {}
    for zoom in ZOOMS:
        name = "fit" if zoom is None else f"{100 * zoom:g} %"
        canvas.fit() if zoom is None else canvas.zoom_to(zoom)
        canvas.repaint()
        zooms = (_timed(partial(_zoom_and_paint, canvas, i)) for i in range(effort.repaints))
        cells[f"zoom at {name}"] = in_words(list(zooms), floor)
        pans = (_timed(partial(_pan_and_paint, canvas, i)) for i in range(effort.repaints))
        cells[f"pan at {name}"] = in_words(list(pans), floor)
    return cells


def _zoom_and_paint(canvas: CanvasView, index: int) -> None:
    canvas.zoom_to(canvas.viewpoint.zoom * (1.03 if index % 2 else 1 / 1.03))
    canvas.repaint()


def _pan_and_paint(canvas: CanvasView, index: int) -> None:
    canvas.pan(*((17, 11) if index % 4 < 2 else (-17, -11)))
    canvas.repaint()


def _stalls(program: Program, document: Document) -> str:
    """Return how long the window did not answer while a hole was filled, in words."""
    program.editor.clear_mask()
    middle = Point(document.size.h // 2, document.size.w // 2)
    box = Box(middle.y, middle.x, _HOLE_PX, _HOLE_PX)
    program.editor.apply_region(Region(box, np.full((_HOLE_PX,) * 2, 255, np.uint8)), "add", "rectangle")
    ticks: list[float] = []
    timer = QTimer(interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    program.filling.start()
    while program.filling.is_busy:
        QApplication.processEvents()
        time.sleep(0.0005)
    timer.stop()
    gaps = 1000 * np.diff(ticks)
    return f"{np.median(gaps):.0f} / {np.percentile(gaps, 99):.0f} / {gaps.max():.0f}"


def _ellipse(document: Document) -> Region:
    """Return a soft region in the middle, a third of the picture high and wide."""
    height, width = document.size
    box = Box(height // 3, width // 3, height // 3, width // 3)
    coverage = np.zeros((box.height, box.width), np.uint8)
    cv2.ellipse(
        coverage, (box.width // 2, box.height // 2), (box.width // 2, box.height // 2), 0, 0, 360, 255, -1
    )
    return Region(box, cv2.blur(coverage, (25, 25)))  # type: ignore[arg-type]


def _mouse(canvas: CanvasView, kind: QEvent.Type, place: QPointF) -> None:
    moves = kind == QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moves else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    screen = QPointF(canvas.mapToGlobal(place))
    event = QMouseEvent(kind, place, screen, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start)


def _resident_mb() -> float:
    """Return the memory that this process holds; 0 where Linux is not."""
    if not _STATM.exists():
        return 0.0
    return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main())
