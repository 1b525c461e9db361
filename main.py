"""One door: the editor, or a command that needs no screen.  Only what is asked for is imported."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit code of the editor or of a command.

    Args:
        argv: Without the program's name; None = what the program was called with.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    match arguments[:1]:
        case ["fill" | "engines" | "evaluate" | "train" | "weights" | "-h" | "--help"]:
            door = "inpainting_core.cli"
        case ["demo"]:
            door, arguments = "app.demo", arguments[1:]
        case _:
            door = "app.application"
    if door.startswith("app.") and sys.platform == "win32":
        load_before_qt()
    code: int = importlib.import_module(door).main(arguments)
    return code


def load_before_qt() -> None:
    """Load the library that torch stands on: on Windows, torch cannot be imported if Qt came first.

    PyTorch's issue 166628. It is one small file; torch itself is still imported by who needs it.
    """
    torch = importlib.util.find_spec("torch")
    if torch is not None and torch.origin is not None:
        with suppress(OSError):
            ctypes.CDLL(str(Path(torch.origin).parent / "lib" / "c10.dll"))


def leave(code: int) -> None:
    """End the process; at once if work was left behind: foreign code would abort an interpreter that ends."""
    if any(thread.daemon for thread in threading.enumerate()):
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    leave(main())
