"""One door: the editor, or a command that needs no screen.  Only what is asked for is imported."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Sequence


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
    code: int = importlib.import_module(door).main(arguments)
    return code


def leave(code: int) -> None:
    """End the process; at once if work was left behind: foreign code would abort an interpreter that ends."""
    if any(thread.daemon for thread in threading.enumerate()):
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    leave(main())
