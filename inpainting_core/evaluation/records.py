"""What is known already?  One JSON line per case and engine; a run that was killed goes on from them.

    settings.json   what the figures depend on; a folder holds one set of them
    cases.jsonl     one line for each fill, written once and for good; of two of one case the later counts
    fills/          what was filled, so that pictures can be made at any time

A line that was being written when the power went is dropped. Cases that failed are tried again.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from inpainting_core.errors import ImageWriteError, InvalidRequest
from inpainting_core.evaluation.photographs import file_stem
from inpainting_core.evaluation.protocols import ComparisonSettings
from inpainting_core.imaging.atomic import replace_file


class Case(NamedTuple):
    """One fill: which photograph, which hole, which engine.

    Attributes:
        photo: The photograph's name.
        digest: Of its pixels.
        hole: The hole's name.
        engine: The contestant's name.
    """

    photo: str
    digest: str
    hole: str
    engine: str


class Record(NamedTuple):
    """What became of a case.

    Attributes:
        case: Which.
        coverage: Share of the square that is hole.
        figures: By name, empty when it failed; "seconds" and "extra_mb" among them.
        error: Why it failed, or empty.
    """

    case: Case
    coverage: float
    figures: Mapping[str, float]
    error: str = ""


class Records:
    """The cases of a folder.

    Args:
        folder: Made if need be.
        settings: What the figures depend on.

    Raises:
        InvalidRequest: the folder holds figures of other settings, or is damaged.
        ImageWriteError: it cannot be written to.
    """

    def __init__(self, folder: Path, settings: ComparisonSettings) -> None:
        self.folder = folder
        try:
            (folder / "fills").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImageWriteError(
                "{folder} could not be made: {reason}.",
                "Choose another folder.",
                folder=folder,
                reason=error.strerror,
            ) from error
        self._lines = folder / "cases.jsonl"
        _settle(folder / "settings.json", settings)
        self._records = {record.case: record for record in self._read()}

    def get(self, case: Case) -> Record | None:
        """Return what became of a case; None = not known, or it failed."""
        record = self._records.get(case)
        return record if record is not None and not record.error and self.fill(case) is not None else None

    def last(self, case: Case) -> Record | None:
        """Return what became of a case, a failure included."""
        return self._records.get(case)

    def add(self, record: Record, filled: NDArray[np.uint8] | None) -> None:
        """Keep what became of a case; once this returns, it outlives the power."""
        if filled is not None:
            path = self._picture(record.case)
            path.parent.mkdir(exist_ok=True)
            _, data = cv2.imencode(".png", filled[..., ::-1])
            replace_file(path, data.tobytes())
        line = json.dumps(record._asdict() | {"case": record.case._asdict()}, allow_nan=False)
        with self._lines.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._records[record.case] = record

    def fill(self, case: Case) -> NDArray[np.uint8] | None:
        """Return what was filled, (side, side, 3) uint8, or None."""
        path = self._picture(case)
        if not path.exists():
            return None
        stored = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        return None if stored is None else np.ascontiguousarray(stored[..., ::-1], np.uint8)

    def _picture(self, case: Case) -> Path:
        return self.folder / "fills" / file_stem(case.photo) / f"{case.digest}_{case.hole}_{case.engine}.png"

    def _read(self) -> list[Record]:
        """Return the records in the file, and cut off a line that was never finished."""
        if not self._lines.exists():
            return []
        data = self._lines.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            replace_file(self._lines, whole)
        try:
            return [_record(json.loads(line)) for line in whole.decode("utf-8").splitlines()]
        except (ValueError, TypeError, KeyError) as error:
            raise InvalidRequest(
                "{path} is damaged: {reason}.", "Use another --out folder.", path=self._lines, reason=error
            ) from error


def _record(entry: dict[str, Any]) -> Record:
    return Record(Case(**entry.pop("case")), **entry)


def _settle(path: Path, settings: ComparisonSettings) -> None:
    """Write the settings, or refuse when the folder has others."""
    wanted = dataclasses.asdict(settings)
    if not path.exists():
        replace_file(path, json.dumps(wanted, indent=2).encode())
        return
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InvalidRequest("{path} is damaged.", "Use another --out folder.", path=path)
    changed = sorted(key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key))
    if changed:
        raise InvalidRequest(
            "{folder} holds figures of another {changed}.",
            "Use another --out folder, or the same settings as before: {before}.",
            folder=path.parent,
            changed=", ".join(changed),
            before=", ".join(f"{key} {value}" for key, value in found.items()),
        )
