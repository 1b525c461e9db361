"""How far is the work, and may it go on?

One object travels down the call tree. The engine reports fractions of its own work and asks `check`
at least every 100 ms; whoever started the work listens and may cancel. Reports reach the listener at
most 30 times a second and previews twice a second, so that engines need not count.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from inpainting_core.errors import Cancelled
from inpainting_core.imaging.arrays import Pixels, Rgb
from inpainting_core.imaging.geometry import Box

REPORTS_PER_SECOND = 30.0
PREVIEWS_PER_SECOND = 2.0


class CancelToken:
    """A flag set by one thread and read by another."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it raises `Cancelled` at its next check."""
        self._event.set()

    @property
    def is_set(self) -> bool:
        """True once somebody asked to stop."""
        return self._event.is_set()


@dataclass(frozen=True)
class Preview:
    """A rough answer: what the document would look like inside `box` right now.

    Attributes:
        box: Where it lies, in document pixels.
        pixels: (box.height, box.width, 3), the document's depth; known pixels are the document's own.
    """

    box: Box
    pixels: Pixels


@dataclass(frozen=True)
class Report:
    """One message to the listener.

    Attributes:
        fraction: Share of the work done, 0 to 1, never falling.
        stage: What is being done, a short phrase in English.
        preview: A rough answer, or None.
    """

    fraction: float
    stage: str
    preview: Preview | None = None


Listener = Callable[[Report], None]


@dataclass
class _Pace:
    """When the last report and preview went out, and how far we were (shared by all sub-ranges)."""

    fraction: float = 0.0
    report_at: float = field(default=-1e9)
    preview_at: float = field(default=-1e9)


class Progress:
    """The engine's side of progress and cancellation.

    Args:
        token: Set by others to cancel; None = cannot be cancelled.
        listener: Called in the working thread; None = nobody listens.
    """

    def __init__(self, token: CancelToken | None = None, listener: Listener | None = None) -> None:
        self._token = token
        self._listener = listener
        self._start = 0.0
        self._span = 1.0
        self._pace = _Pace()
        self._frame: Callable[[Rgb], Preview] | None = None

    def check(self) -> None:
        """Return if the work may go on.

        Raises:
            Cancelled: somebody asked to stop.
        """
        if self._token is not None and self._token.is_set:
            raise Cancelled

    def sub(self, start: float, span: float) -> Progress:
        """Return a progress whose 0..1 is the part [start, start + span] of this one."""
        part = Progress(self._token, self._listener)
        part._start = self._start + self._span * start
        part._span = self._span * span
        part._pace = self._pace
        part._frame = self._frame
        return part

    def framed(self, frame: Callable[[Rgb], Preview]) -> Progress:
        """Return this progress for an engine; `frame` puts its crop into the document for previews."""
        part = self.sub(0.0, 1.0)
        part._frame = frame
        return part

    def report(self, fraction: float, stage: str, preview: Callable[[], Rgb] | None = None) -> None:
        """Say how far this part is, and check for cancellation.

        Args:
            fraction: 0 to 1 of this part.
            stage: Short phrase.
            preview: Makes a rough answer, the whole crop filled; called only when the listener is due one.

        Raises:
            Cancelled: somebody asked to stop.
        """
        self.check()
        if self._listener is None:
            return
        now = time.monotonic()
        pace = self._pace
        pace.fraction = max(pace.fraction, min(1.0, self._start + self._span * fraction))
        shown = None
        is_due = now - pace.preview_at >= 1 / PREVIEWS_PER_SECOND
        if preview is not None and self._frame is not None and is_due:
            shown = self._frame(preview())
            pace.preview_at = now
        if shown is not None or now - pace.report_at >= 1 / REPORTS_PER_SECOND or pace.fraction >= 1:
            pace.report_at = now
            self._listener(Report(pace.fraction, stage, shown))
