"""One door: the editor, or a command that needs no screen.  Only what is asked for is imported."""

from __future__ import annotations

import importlib
import sys
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


if __name__ == "__main__":
    sys.exit(main())
