"""What must hold whatever a hand does?  Nothing complains, nothing known changes, steps can be redone."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import zlib
from collections import Counter
from types import TracebackType

import cv2
import numpy as np
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from app.document.document import Document
from app.document.levels import Levels, halve_mean
from inpainting_core.api import Box, Coverage, FillResult, reshaped

_HARMLESS = ("propagateSizeHints", "does not support raise()", "does not support grabbing")


class Watch(logging.Handler):
    """Collects whatever complains: exceptions of any thread, Qt's warnings, the log.

    Attributes:
        complaints: How often each text was heard.
        now: What is being done, said with a new complaint.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.complaints: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self.now = ""

    def install(self) -> None:
        """Listen from now on, to the end of the process."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        qInstallMessageHandler(self._qt)
        logging.getLogger().addHandler(self)

    def hear(self, text: str) -> None:
        """Note a complaint."""
        key = text.strip()[-2000:]
        self.complaints[key] += 1
        self.first.setdefault(key, self.now)

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler`."""
        self.hear(record.getMessage())

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.hear("".join(traceback.format_exception(kind, error, trace)))

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.hear("".join(traceback.format_exception(args.exc_value)))

    def _qt(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        is_bad = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        if is_bad and not any(harmless in message for harmless in _HARMLESS):
            self.hear(f"Qt: {message}")


class Ledger:
    """What a document was when opened, what was ever filled in it, and how it looked after each step."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._original = document.image.copy()
        self._ever = np.zeros(document.size, np.bool_)
        self._states = {0: self.digest()}

    def filled(self, result: FillResult) -> None:
        """Note what a fill may change."""
        for region in result.regions:
            self._ever[region.box.slices] |= region.mask

    def digest(self) -> dict[str, int]:
        """Return a number of each plane as it is."""
        document = self.document
        rules = document.rules if document.rules is not None else np.full(document.size, 100, np.uint8)
        image, owner = np.ascontiguousarray(document.image), document.provenance.owner
        planes = {"picture": image, "mask": document.mask, "rules": rules, "owners": owner}
        return {name: zlib.crc32(plane.data) for name, plane in planes.items()}

    def note(self) -> None:
        """Remember how the document looks after its newest step."""
        self._states[self._newest()] = self.digest()

    def wrong(self, *, is_shaped: bool = True) -> list[str]:
        """Return what does not hold now; quick. `is_shaped` says that the mask to fill is up to date."""
        document = self.document
        found = []
        if is_shaped and document.mask_area != cv2.countNonZero(document.coverage):
            found.append(f"mask_area is {document.mask_area}, not {cv2.countNonZero(document.coverage)}")
        if int(document.provenance.owner.max(initial=0)) > len(document.provenance.fills):
            found.append("a pixel belongs to a fill that does not exist")
        if document.history.nbytes > document.history.budget_bytes and len(document.history.done) > 1:
            found.append("the history is larger than its budget")
        known = self.known_that_changed()
        return [*found, f"{known} known pixels changed"] if known else found

    def known_that_changed(self) -> int:
        """Return how many pixels differ from the original though nothing was ever filled there."""
        differs = (self.document.image != self._original).any(axis=2)
        return int(np.count_nonzero(differs & ~self._ever))

    def wrong_in_depth(self) -> list[str]:
        """Return what does not hold; everything is computed anew. Needs a mask that is shaped already."""
        document = self.document
        found = [name for name, levels in self._levels().items() if not _is_fresh(levels)]
        found = [f"what is shown of the {name} is out of date" for name in found]
        whole = Box(0, 0, *document.size)
        if not np.array_equal(document.original.read(document.image, whole), self._original):
            found.append("the original is not the original")
        wanted: Coverage = np.zeros(document.size, np.uint8)
        region = reshaped(document.mask, document.settings.mask_shape)
        wanted[region.box.slices] = region.coverage
        if not np.array_equal(wanted, document.coverage):
            found.append("the mask that is filled is not the painted one, reshaped")
        return found

    def wrong_in_replay(self, steps: int) -> list[str]:
        """Undo and redo so many steps and return where the document is not as it was."""
        document, found = self.document, []
        self.note()
        last, done = self.digest(), 0
        while document.history.can_undo and done < steps:
            document.undo()
            done += 1
            found += self._compare("undo")
        for _ in range(done):
            document.redo()
            found += self._compare("redo")
        return found if self.digest() == last else [*found, "redoing all does not lead back"]

    def _compare(self, way: str) -> list[str]:
        newest = self._newest()
        if newest == 0 and self.document.history.has_forgotten:
            return []
        now = self.digest()
        wanted = self._states.get(newest, now)
        names = ", ".join(name for name in now if now[name] != wanted[name])
        return [f"{way} to step {newest}: not as it was: {names}"] if names else []

    def _newest(self) -> int:
        done = self.document.history.done
        return done[-1].id if done else 0

    def _levels(self) -> dict[str, Levels]:
        return {"picture": self.document.shown, "mask": self.document.shown_mask}


def _is_fresh(levels: Levels) -> bool:
    anew = Levels(levels.arrays[0].copy(), halve_mean)
    return all(
        np.array_equal(levels.read(level, Box(0, 0, *anew.size_of(level))), anew.arrays[level])
        for level in range(len(anew.arrays))
    )
