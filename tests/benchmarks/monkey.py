"""Does the editor bear a restless hand for hours?  Seeded random events, the real engines, many checks.

    python -m tests.benchmarks.monkey --seconds 600 --seed 1

After each gesture nothing may have complained and what must hold is looked at; now and then steps are
undone and redone and everything is computed anew. With every other picture the window is made anew in
the other language, and memory is measured before, with a tiny picture open and what the allocator holds
for nobody given back. Simulated hours are counted at two events a second. Ends with 1 when something was
found.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import getAllValidWrappers

from app.application import Program, make_application
from app.document.document import Document
from app.preferences import PreferenceStore
from app.translation import Language, Translator
from app.windows.start_page import SAMPLES
from inpainting_core.api import Photo, Session, read_image
from tests.benchmarks.monkey_checks import Ledger, Watch
from tests.benchmarks.monkey_hand import RestlessHand

EVENTS_PER_HOUR = 2 * 3600
BUDGET_BYTES = 48 << 20
"""For undo: small, so that memory settles soon."""
_PICTURE_GESTURES = 250
_DEPTH_GESTURES = 25
_WARM_UP = 0.3
"""Share of the time in which memory may still rise: code is compiled, panels are shown first."""
_IDLE_SECONDS = 60.0
_PATIENCE_SECONDS = 2.0
_DIALOG_MS = 150
_STATM = Path("/proc/self/statm")


@dataclass
class Tally:
    """What was done and measured.

    Attributes:
        memory: (events so far, bytes resident) between two pictures, from the end of the warm-up on.
        objects: (live QObjects of Python, children of the window, top-level widgets) likewise.
    """

    events: int = 0
    gestures: int = 0
    fills: int = 0
    failures: int = 0
    undone: int = 0
    rebuilt: int = 0
    peak: int = 0
    memory: list[tuple[int, int]] = field(default_factory=list)
    objects: list[tuple[int, int, int]] = field(default_factory=list)


class Run:
    """One run of the monkey.

    Args:
        seconds: How long.
        seed: Of all that is random; threads still take their own time.
        folder: Where what the program remembers is kept.
    """

    def __init__(self, seconds: float, seed: int, folder: Path) -> None:
        self.tally = Tally()
        self.watch = Watch()
        self.watch.install()
        self._seconds, self._rng = seconds, Random(seed)
        self._program = Program(Session(), PreferenceStore(folder / "preferences.toml"))
        self._translator = Translator(_application())
        self._translator.changed.connect(self._program.rebuild_window)
        self._program.window.show()
        self._hand = RestlessHand(self._program, self._rng)
        self._trail: deque[str] = deque(maxlen=14)
        self._pictures = pictures()
        self._ledger = self._open()
        self._program.filling.applied.connect(self._on_filling_applied)
        self._program.filling.failed.connect(self._on_filling_failed)
        self._closer = QTimer(interval=_DIALOG_MS)
        self._closer.timeout.connect(close_what_waits)
        self._closer.start()

    def go(self) -> None:
        """Run to the end of the time."""
        start = time.monotonic()
        while (passed := time.monotonic() - start) < self._seconds:
            self._gesture()
            if self.tally.gestures % _PICTURE_GESTURES == 0:
                self._look_closely()
                self._next_picture(is_warm=passed > _WARM_UP * self._seconds)
        self._look_closely()
        self._next_picture(is_warm=True)
        self._translator.set_language("en")
        self._closer.stop()
        self._program.window.hide()
        if not self._program.shutdown():
            self.watch.hear("a worker did not stop in time")

    def _gesture(self) -> None:
        name, events = self._hand.gesture()
        self._trail.append(name)
        self.watch.now = f"gesture {self.tally.gestures}: {' '.join(self._trail)}"
        self.tally.events += events
        self.tally.gestures += 1
        QApplication.processEvents()
        _delete_what_left()
        self._hand.let_go()
        if name in ("fill", "remove") and self._rng.random() < 0.6:
            _wait(lambda: not self._program.filling.is_busy, _PATIENCE_SECONDS)
        self.tally.peak = max(self.tally.peak, _resident())
        document = self._program.editor.document
        if document is not self._ledger.document:
            self._ledger = self._open()
        if self._program.editor.is_drawing:
            self.watch.hear("a stroke goes on though no button is down")
        is_small = self._ledger.document.image.nbytes < 1 << 20
        if is_small or self.tally.gestures % 6 == 0:
            self._ledger.note()
            self._hear(self._ledger.wrong(is_shaped=not self._program.models.shaping.is_pending))
        if self.tally.gestures % _DEPTH_GESTURES == 0:
            self._look_closely()

    def _look_closely(self) -> None:
        """Let everything come to rest, then undo, redo and compute anew."""
        self._settle()
        self._program.filling.cancel()
        self._settle()
        steps = self._rng.randint(1, 30)
        self.tally.undone += min(steps, len(self._ledger.document.history.done))
        self._hear(self._ledger.wrong_in_replay(steps))
        self._program.editor.settings_changed.emit()
        self._program.editor.history_changed.emit()
        self._settle()
        self._hear([*self._ledger.wrong(), *self._ledger.wrong_in_depth()])

    def _settle(self) -> None:
        filling, shaping = self._program.filling, self._program.models.shaping
        is_settled = _wait(lambda: not filling.is_busy and not shaping.is_pending, _IDLE_SECONDS)
        if not is_settled:
            self.watch.hear("a fill or a mask's shape takes more than a minute")

    def _next_picture(self, *, is_warm: bool) -> None:
        """Open another picture, in a window of the other language every other time."""
        self._ledger = self._open(min(self._pictures, key=lambda photo: photo.pixels.size))
        self._settle()
        self._sample(is_warm=is_warm)
        if self._rng.random() < 0.5:
            other: Language = "en" if self._translator.spoken != "en" else "zh_CN"
            self._translator.set_language(other)
            _delete_what_left()
            self.tally.rebuilt += 1
        self._ledger = self._open()

    def _open(self, photo: Photo | None = None) -> Ledger:
        self._program.filling.cancel()
        photo = photo or self._rng.choice(self._pictures)
        document = Document(Photo(photo.pixels.copy(), photo.alpha), budget_bytes=BUDGET_BYTES)
        self._program.editor.open(document)
        self._program.state.set_compare("off")
        self._program.window.stage.canvas.setFocus()
        QApplication.processEvents()
        return Ledger(document)

    def _sample(self, *, is_warm: bool) -> None:
        _delete_what_left()
        gc.collect()
        _give_back()
        if is_warm:
            self.tally.memory.append((self.tally.events, _resident()))
            alive = sum(isinstance(thing, QObject) for thing in getAllValidWrappers())
            children = len(self._program.window.findChildren(QObject))
            self.tally.objects.append((alive, children, len(QApplication.topLevelWidgets())))

    def _hear(self, wrong: Sequence[str]) -> None:
        for text in wrong:
            self.watch.hear(f"{text} ({self._ledger.document.image.shape})")

    def _on_filling_applied(self, result: object) -> None:
        self.tally.fills += 1
        self._ledger.filled(result)  # type: ignore[arg-type]

    def _on_filling_failed(self, _report: object) -> None:
        self.tally.failures += 1


def close_what_waits() -> None:
    """Close menus and dialogs that wait for an answer."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()


def pictures() -> list[Photo]:
    """Return small and medium pictures: 8 and 16 bits, with and without alpha, of odd sides, one tiny."""
    large = [read_image(path) for path in sorted(SAMPLES.glob("*.jpg"))]
    small = [photo.pixels[200:441, 150:471].copy() for photo in large]
    middle = large[0].pixels[:481, :640].copy()
    alpha = np.linspace(0, 255, middle.shape[1]).astype(np.uint8)[None].repeat(middle.shape[0], axis=0)
    deep = small[0].astype(np.uint16) * 257
    tiny = small[0][:9, :13].copy()
    return [*(Photo(one) for one in small), Photo(middle, alpha), Photo(deep), Photo(tiny), large[-1]]


def _delete_what_left() -> None:
    """Do what the event loop of a program does by itself, and a loop of `processEvents` does not."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _resident() -> int:
    """Return the bytes of memory that the process holds."""
    return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _give_back() -> None:
    """Let the C library return what nobody uses, so that memory held is memory used."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("there is no application")
    return application


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        QApplication.processEvents()
        time.sleep(0.001)
    return condition()


def slope(samples: Sequence[tuple[int, int]]) -> float:
    """Return bytes per event of the straight line through (events, bytes); 0 for fewer than three."""
    if len(samples) < 3:
        return 0.0
    events, resident = np.array(samples, np.float64).T
    return float(np.polyfit(events - events[0], resident, 1)[0])


def _held(tally: Tally) -> str:
    return " -> ".join(f"{tally.memory[at][1] / 2**20:.0f}" for at in (0, -1)) if tally.memory else "?"


def summary(run: Run) -> str:
    """Return the one line that says how it went."""
    tally = run.tally
    hourly = slope(tally.memory) * EVENTS_PER_HOUR / 2**20
    first, last = (tally.objects[0], tally.objects[-1]) if tally.objects else ((0, 0, 0), (0, 0, 0))
    return (
        f"events {tally.events} = {tally.events / EVENTS_PER_HOUR:.2f} h at 2 a second, "
        f"fills {tally.fills}, told failures {tally.failures}, steps replayed {tally.undone}, "
        f"windows made anew {tally.rebuilt}, peak {tally.peak / 2**20:.0f} MiB, "
        f"held between pictures {_held(tally)} MiB, slope {hourly:+.1f} MiB an hour, "
        f"QObjects {first[0]} -> {last[0]}, "
        f"children {first[1]} -> {last[1]}, top-level {first[2]} -> {last[2]}, "
        f"complaints {sum(run.watch.complaints.values())}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.monkey", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as folder:
        for kind in ("STATE", "CONFIG", "DATA", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = folder
        application = QApplication.instance() or make_application()
        run = Run(chosen.seconds, chosen.seed, Path(folder))
        run.go()
    for text, times in run.watch.complaints.most_common(20):
        print(f"--- {times} times, first in {run.watch.first[text]}\n{text}")
    print(summary(run))
    del application
    return 1 if run.watch.complaints else 0


if __name__ == "__main__":
    raise SystemExit(main())
