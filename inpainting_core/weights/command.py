"""How does the command line show weights?

    main.py weights list             what there is, own files first
    main.py weights verify [FILE]    check every byte of one file, or of all
    main.py weights import FILE --kind daa233|mmagic|tf_npz --out OUT.safetensors
                                     turn a published checkpoint of contextual attention into our own form

With --json, all answer a list of objects: path, size, and the sidecar's fields; `verify` adds "problem",
null where there is none. A damaged file makes `verify` refuse (exit code 2).
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from typing import Any, get_args

from inpainting_core.errors import InpaintingError, InvalidRequest, WeightsDamaged
from inpainting_core.weights.keymaps import Kind
from inpainting_core.weights.shelf import listed, read_sidecar, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be told."""
    parser.add_argument("what", choices=("list", "verify", "import"))
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="else all that there are")
    parser.add_argument("--kind", choices=get_args(Kind), help="import: where the checkpoint comes from")
    parser.add_argument("--out", type=Path, help="import: the .safetensors to write")
    parser.add_argument("--channels", choices=("rgb", "bgr"), help="import: order of its colours")


def weights(arguments: argparse.Namespace) -> tuple[list[dict[str, Any]], str]:
    """Return what there is to say of weight files, for programs and for people.

    Raises:
        WeightsDamaged: a file is not what was published; the message says which and why.
    """
    if arguments.what == "import":
        _import(arguments)
    look = verify if arguments.what == "verify" else read_sidecar
    document, problems = [], []
    for path in [arguments.out] if arguments.what == "import" else arguments.files or listed():
        entry: dict[str, Any] = {"path": str(path), "problem": None}
        try:
            entry |= look(path).model_dump(mode="json", by_alias=True, exclude={"config"})
        except InpaintingError as error:
            entry["problem"] = error.message
            problems.append(error.message)
        document.append(entry)
    if problems and arguments.what == "verify":
        raise WeightsDamaged(
            "Not all weights are sound: {problems}", "Copy or export them again.", problems=" ".join(problems)
        )
    return document, "\n".join(map(_line, document)) or "There are no weights."


def _import(arguments: argparse.Namespace) -> None:
    if len(arguments.files) != 1 or arguments.kind is None or arguments.out is None:
        raise InvalidRequest("An import needs a FILE, --kind and --out.", "See `weights --help`.")
    foreign = importlib.import_module(
        "inpainting_core.weights.foreign"
    )  # brings torch, which others do not need
    foreign.import_file(arguments.files[0], arguments.kind, arguments.out, arguments.channels)


def _line(entry: dict[str, Any]) -> str:
    if entry["problem"] is not None:
        return f"{entry['path']}: {entry['problem']}"
    return f"{entry['path']}: {entry['engine']}, {entry['size'] / 1e6:.1f} MB. {entry['title']}"
