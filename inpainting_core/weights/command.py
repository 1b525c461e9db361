"""How does the command line show weights?

    main.py weights list             what there is, own files first
    main.py weights verify [FILE]    check every byte of one file, or of all

With --json, both answer a list of objects: path, size, and the sidecar's fields; `verify` adds "problem",
null where there is none. A damaged file makes `verify` refuse (exit code 2).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from inpainting_core.errors import InpaintingError, WeightsDamaged
from inpainting_core.weights.shelf import listed, read_sidecar, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be told."""
    parser.add_argument("what", choices=("list", "verify"))
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="else all that there are")


def weights(arguments: argparse.Namespace) -> tuple[list[dict[str, Any]], str]:
    """Return what there is to say of weight files, for programs and for people.

    Raises:
        WeightsDamaged: a file is not what was published; the message says which and why.
    """
    look = verify if arguments.what == "verify" else read_sidecar
    document, problems = [], []
    for path in arguments.files or listed():
        entry: dict[str, Any] = {"path": str(path), "problem": None}
        try:
            entry |= look(path).model_dump(mode="json", by_alias=True, exclude={"config"})
        except InpaintingError as error:
            entry["problem"] = error.message
            problems.append(error.message)
        document.append(entry)
    if problems and arguments.what == "verify":
        raise WeightsDamaged("{problems}", "Copy or export it again.", problems=" ".join(problems))
    return document, "\n".join(map(_line, document)) or "There are no weights."


def _line(entry: dict[str, Any]) -> str:
    if entry["problem"] is not None:
        return f"{entry['path']}: {entry['problem']}"
    return f"{entry['path']}: {entry['engine']}, {entry['size'] / 1e6:.1f} MB. {entry['title']}"
