"""How is training asked for on the command line?

    main.py train --preset cpu --images DIR --out RUN    a ready-made config; --set KEY=VALUE changes it
    main.py train --config run.toml                      one's own; the run lies beside it, or in --out
    main.py train --resume RUN                           go on from the newest checkpoint
    main.py train --export RUN --out FILE.safetensors    weights for the engine
    main.py train --schema                               every field, its range and what it is for

While it trains, stdout holds JSON lines (`inpainting_core.training.events`) unless it is a terminal, and the
run stops with a checkpoint on Ctrl+C, on SIGTERM, and when a pipe on stdin says "stop" or ends. Exit codes: 0
done or stopped; 1 a mistake in Lacuna; 2 config or photographs; 3 the loss is no number; 4 too little memory.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from inpainting_core.errors import InpaintingError, InvalidRequest
from inpainting_core.training.config import TrainingConfig, read_config
from inpainting_core.training.events import RunFailed, encode_event
from inpainting_core.training.presets import PRESETS, preset

_CONFIG = "config.json"
_REFUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be told."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--config", type=Path, help="a .toml or .json file")
    what.add_argument("--preset", choices=tuple(PRESETS), help="a ready-made config, for --images")
    what.add_argument("--resume", type=Path, metavar="RUN", help="go on with the run in this folder")
    what.add_argument("--export", type=Path, metavar="RUN", help="write the run's weights to --out")
    what.add_argument("--schema", action="store_true", help="describe the config as JSON schema")
    parser.add_argument("--images", type=Path, nargs="+", default=[], metavar="DIR", help="for --preset")
    parser.add_argument("--out", type=Path, metavar="RUN", help="the run's folder, or the file to export to")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="of the config, as in data.side=128"
    )
    parser.add_argument("--which", choices=("best", "last"), default="best", help="checkpoint to export")
    parser.add_argument("--title", default="", help="what people should know of exported weights")


def train(arguments: argparse.Namespace) -> int:
    """Run the training that was asked for and return its exit code.

    Raises:
        InvalidRequest: config and folder do not fit; a listener on stdout has been told.
    """
    try:
        config, folder = _wanted(arguments)
    except InpaintingError as error:
        if not sys.stdout.isatty():
            failure = RunFailed(
                error=type(error).__name__, message=error.message, hint=error.hint, exit_code=_REFUSED
            )
            sys.stdout.write(encode_event(failure).decode())
            sys.stdout.flush()
        raise
    run = importlib.import_module("inpainting_core.training.run").run
    code: int = run(config, folder, resume=arguments.resume is not None)
    return code


def described(arguments: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Return what --schema or --export have to say, for programs and for people.

    Raises:
        InvalidRequest: the run has no checkpoint, or --out is missing.
    """
    if arguments.schema:
        document = TrainingConfig.model_json_schema()
        return document, json.dumps(document, indent=2)
    if arguments.out is None:
        raise InvalidRequest("Where to is not said.", "Add --out FILE.safetensors.")
    export = importlib.import_module("inpainting_core.training.export").export
    sidecar = export(arguments.export, arguments.out, arguments.which, arguments.title)
    return sidecar.model_dump(mode="json", by_alias=True), f"{arguments.out}: {sidecar.title}."


def _wanted(arguments: argparse.Namespace) -> tuple[TrainingConfig, Path]:
    """Return the config and the run's folder."""
    if arguments.preset is not None:
        if not arguments.images or arguments.out is None:
            raise InvalidRequest("A preset needs photographs and a folder.", "Add --images DIR --out RUN.")
        return preset(arguments.preset, arguments.images, arguments.set), arguments.out
    if arguments.resume is not None:
        path, folder = arguments.resume / _CONFIG, arguments.resume
    else:
        path, folder = arguments.config, arguments.out or arguments.config.parent
    return read_config(path, arguments.set), folder
