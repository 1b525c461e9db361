"""How does a run survive its end?  Whole checkpoints, written aside and renamed; the last few and the best.

A checkpoint is `step-00001000.pt`; `best.pt` is a second name of the best one. They are read with torch's
`weights_only`: tensors, numbers and text, never code. A damaged one is passed over for the one before it.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.atomic import replacing

SCHEMA = 1
_NAME = re.compile(r"step-(\d{8,})\.pt")


class Checkpoints:
    """The checkpoints of a run.

    Args:
        folder: Where they lie; made when it is not there.
        keep: How many are kept, beside the best.
    """

    def __init__(self, folder: Path, keep: int) -> None:
        self._folder, self._keep = folder, keep

    @property
    def best(self) -> Path:
        """Where the best one lies, if there is one."""
        return self._folder / "best.pt"

    def paths(self) -> list[Path]:
        """Return those of single steps, oldest first."""
        steps = {path: _NAME.fullmatch(path.name) for path in self._folder.glob("step-*.pt")}
        return sorted(
            (path for path, match in steps.items() if match), key=lambda path: int(path.stem.split("-")[1])
        )

    def save(self, step: int, state: Mapping[str, Any], *, is_best: bool) -> Path:
        """Write the state after `step` steps, drop what is too old, and return where it lies.

        Raises:
            ImageWriteError: it could not be written; all earlier ones are untouched.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"step-{step:08}.pt"
        with replacing(path) as file:
            torch.save({"schema": SCHEMA, "step": step, **state}, file)
        if is_best:
            second = self._folder / "best.new"
            second.unlink(missing_ok=True)
            try:
                os.link(path, second)
            except OSError:  # a file system without second names
                shutil.copyfile(path, second)
            second.replace(self.best)
        for old in self.paths()[: -self._keep]:
            old.unlink()
        return path

    def latest(self, warn: Callable[[str], None]) -> dict[str, Any] | None:
        """Return the newest state that can be read, or None when there is no checkpoint at all.

        Args:
            warn: Told of those that are damaged.

        Raises:
            InvalidRequest: there are some, all damaged.
        """
        paths = self.paths()
        for path in reversed(paths):
            try:
                return read_checkpoint(path)
            except InvalidRequest as error:
                warn(str(error.message))
        if paths:
            raise InvalidRequest("Every checkpoint is damaged.", "Start the run anew in another folder.")
        return None


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Return the state in a checkpoint, on the CPU.

    Raises:
        InvalidRequest: it cannot be read, or is none.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on files that are none
            state = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, KeyError, pickle.UnpicklingError) as error:
        raise InvalidRequest(
            "The checkpoint {name} is damaged.", "Use an earlier one.", name=path.name
        ) from error
    if not isinstance(state, dict) or state.get("schema") != SCHEMA:
        raise InvalidRequest(
            "{name} is no checkpoint of this version.", "Use the version that wrote it.", name=path.name
        )
    return state
