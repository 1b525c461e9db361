"""How are holes filled without a screen?

    main.py fill PHOTO --mask MASK -o OUT    fill what the mask shows and write the picture
    main.py engines                          list the engines and their options
    main.py evaluate --images DIR --engines A,B --protocol yu|pconv      measure and compare engines
    main.py train ...                        train a network; inpainting_core/training/command.py
    main.py weights list|verify              the weights that there are; inpainting_core/weights/command.py

Exit codes: 0 done; 1 a mistake in Lacuna itself; 2 it cannot be done as asked; 130 stopped by Ctrl+C.
No file is ever half written. A failure is one sentence and a hint on stderr.

With --json, stdout holds one JSON document and nothing else. A failure is
    {"error": {"kind": "InvalidRequest", "message": "...", "hint": "..."}}
`engines --json` is a list of objects with id, name, summary, papers, options (key, label, kind, default,
low, high, step, choices, unit, help), field_kind, why_no_field, map_names, honours_sources and
honours_pins.
`fill --json` is an object:
    input, output, field      paths; field is null when none was asked for
    format, size, depth       such as "JPEG", [height, width], 8 or 16
    engine, options, seed     what was done, defaults filled in
    hole_pixels               how many pixels were filled
    regions                   [{"top", "left", "height", "width", "pixels"}]: the separate holes
    seconds                   {"read", "fill", "write"}
    known_pixels_changed      pixels outside the hole that differ when the file is read again:
                              0 unless its format is lossy
    largest_known_change      by how much at most, in steps of the picture's depth
    notes                     sentences worth reading
`evaluate --json` is described in inpainting_core/evaluation/command.py.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn, TextIO

import numpy as np
import rich.progress
from rich.console import Console

from inpainting_core.api import (
    ENGINES,
    Cancelled,
    CancelToken,
    EngineInfo,
    FieldKind,
    FillRequest,
    FillResult,
    InpaintingError,
    InvalidRequest,
    Mask,
    Photo,
    Pixels,
    Progress,
    Report,
    Session,
    check_writable,
    engine_info,
    narrowed,
    read_image,
    read_mask,
    read_weights,
    readiness,
    write_fields,
    write_image,
)
from inpainting_core.engines.option_text import options_from
from inpainting_core.evaluation.command import add_arguments, evaluate
from inpainting_core.training import command as training
from inpainting_core.weights import command as shelf

_DONE, _BUG, _REFUSED, _STOPPED = 0, 1, 2, 130
_EPILOG = """exit codes: 0 done, 1 a mistake in Lacuna itself, 2 it cannot be done as asked,
130 stopped by Ctrl+C; no file is ever half written"""


@dataclasses.dataclass(frozen=True)
class _Answer:
    """What a command has to say: a document for programs, a text for people."""

    document: Any
    text: str


class _Parser(argparse.ArgumentParser):
    """Refuses wrong arguments the way everything else is refused."""

    def error(self, message: str) -> NoReturn:
        raise InvalidRequest(
            "{message}.",
            "See {program} --help.",
            message=message[:1].upper() + message[1:],
            program=self.prog,
        )


def main(argv: Sequence[str]) -> int:
    """Return the exit code of one command; what it says is on stdout and stderr.

    Args:
        argv: Without the program's name.

    Raises:
        SystemExit: help was asked for.
    """
    as_json = "--json" in argv
    try:
        arguments = _parser().parse_args(argv)
        answer: _Answer | int = arguments.run(arguments)
    except InpaintingError as error:
        return _failed(as_json, _REFUSED, type(error).__name__, error.message, error.hint)
    except (Cancelled, KeyboardInterrupt):
        return _failed(as_json, _STOPPED, "Cancelled", "Stopped.", "Start it again.")
    except Exception as error:  # noqa: BLE001  (the outermost place: what arrives here is a bug)
        traceback.print_exc()
        message = f"A mistake in Lacuna: {type(error).__name__}: {error}."
        return _failed(as_json, _BUG, "Bug", message, "Please report it with the lines above.")
    if isinstance(answer, int):
        return answer
    return _DONE if _said(_dump(answer.document) if as_json else answer.text) else _REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        description="Lacuna removes things from photographs. Without a command it opens the editor; "
        "`demo` shows the editor at work.",
        epilog=_EPILOG,
        usage="%(prog)s [PHOTO] | demo | fill | engines | evaluate | train | weights",
    )
    commands = parser.add_subparsers(title="commands", required=True, prog=Path(sys.argv[0]).name)
    fill = commands.add_parser("fill", help="fill the hole of a photograph", epilog=_EPILOG)
    fill.set_defaults(run=_fill)
    fill.add_argument("photo", type=Path, metavar="PHOTO")
    fill.add_argument(
        "--mask", type=Path, required=True, help="a picture of the same size: white, or opaque, is the hole"
    )
    fill.add_argument("-o", "--out", type=Path, required=True, help="its ending decides the format")
    fill.add_argument("--engine", default=ENGINES[0].id, help="one of those that `engines` lists")
    fill.add_argument("--seed", type=int, default=0, help="same seed, same pixels")
    fill.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="of the engine")
    fill.add_argument(
        "--sources", type=Path, help="a picture of the same size: white may be borrowed, black never"
    )
    fill.add_argument(
        "--field", type=Path, help="where each pixel came from: .npz, .flo, or .png up to 511 pixels away"
    )
    fill.add_argument("--quality", type=int, help="1 to 100; else as the photograph was, or high")
    fill.add_argument("--narrow", action="store_true", help="go down to 8 bits per channel")
    fill.add_argument("--overwrite", action="store_true", help="replace files that exist")
    engines = commands.add_parser("engines", help="list the engines and their options", epilog=_EPILOG)
    engines.set_defaults(run=_engines)
    evaluation = commands.add_parser("evaluate", help="measure and compare engines", epilog=_EPILOG)
    evaluation.set_defaults(run=_evaluate)
    add_arguments(evaluation)
    train = commands.add_parser(
        "train",
        help="train a network",
        epilog=training.__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    train.set_defaults(run=_train)
    training.add_arguments(train)
    weights = commands.add_parser("weights", help="list and verify weight files", epilog=_EPILOG)
    weights.set_defaults(run=_weights)
    shelf.add_arguments(weights)
    for command in (fill, engines, evaluation, train, weights):
        command.add_argument("--json", action="store_true", help="answer in JSON")
    return parser


def _engines(_: argparse.Namespace) -> _Answer:
    document = [dataclasses.asdict(info) | readiness(info)._asdict() for info in ENGINES]
    for entry in document:
        del entry["loader"], entry["crop"], entry["cost"]
    lines = [line for info in ENGINES for line in _engine_lines(info)]
    return _Answer(document, "\n".join(lines))


def _engine_lines(info: EngineInfo) -> Iterator[str]:
    yield f"{info.id}: {info.summary}"
    _, note, hint = readiness(info)
    if note:
        yield f"    {note} {hint}".rstrip()
    for spec in info.options:
        span = f", {spec.low:g} to {spec.high:g}" if spec.high > spec.low else ""
        yield f"    {spec.key}={str(spec.default).lower()}{span}  {spec.label}. {spec.help}"


def _fill(arguments: argparse.Namespace) -> _Answer:
    info = engine_info(arguments.engine)
    options = options_from(info, arguments.option)
    _check_outputs(arguments, info)
    start = time.perf_counter()
    photo = read_image(arguments.photo)
    photo = narrowed(photo) if arguments.narrow else photo
    format_name = check_writable(arguments.out, photo, quality=arguments.quality)
    size = photo.pixels.shape[:2]
    weights = None if arguments.sources is None else read_weights(arguments.sources, size)
    mask = read_mask(arguments.mask, size)
    request = FillRequest(photo.pixels, mask, info.id, options, arguments.seed, weights)
    read = time.perf_counter()
    with _watched() as progress:
        result = Session().fill(request, progress)
    filled = time.perf_counter()
    notes = _written(arguments, photo, result)
    changed, largest = _changes(photo.pixels, read_image(arguments.out).pixels, mask)
    document = {
        "input": str(arguments.photo),
        "output": str(arguments.out),
        "field": None if arguments.field is None else str(arguments.field),
        "format": format_name,
        "size": size,
        "depth": photo.depth,
        "engine": info.id,
        "options": options,
        "seed": arguments.seed,
        "hole_pixels": int(np.count_nonzero(mask)),
        "regions": [
            {**region.box._asdict(), "pixels": int(np.count_nonzero(region.mask))}
            for region in result.regions
        ],
        "seconds": {"read": read - start, "fill": filled - read, "write": time.perf_counter() - filled},
        "known_pixels_changed": changed,
        "largest_known_change": largest,
        "notes": [*photo.notes, *result.notes, *notes],
    }
    return _Answer(document, _as_text(document, info))


def _evaluate(arguments: argparse.Namespace) -> _Answer:
    with _watched() as progress:
        comparison = evaluate(arguments, progress)
    return _Answer(comparison.document, comparison.text)


def _train(arguments: argparse.Namespace) -> _Answer | int:
    if arguments.schema or arguments.export is not None:
        return _Answer(*training.described(arguments))
    return training.train(arguments)


def _weights(arguments: argparse.Namespace) -> _Answer:
    return _Answer(*shelf.weights(arguments))


def _check_outputs(arguments: argparse.Namespace, info: EngineInfo) -> None:
    """Raise InvalidRequest for what would go wrong only after a long fill."""
    for path in (arguments.out, arguments.field):
        if path is not None and path.exists() and not arguments.overwrite:
            raise InvalidRequest("{path} exists.", "Choose another name, or add --overwrite.", path=path)
    if arguments.field is not None and arguments.field.resolve() == arguments.out.resolve():
        raise InvalidRequest("The picture and the field cannot be one file.", "Choose another name for one.")
    if arguments.field is not None and not arguments.field.parent.is_dir():
        raise InvalidRequest("There is no folder {folder}.", "Make it first.", folder=arguments.field.parent)
    if arguments.field is not None and info.field_kind is FieldKind.NONE:
        raise InvalidRequest(
            "{engine} has no field. {why}", "Leave out --field.", engine=info.name, why=info.why_no_field
        )
    if arguments.sources is not None and not info.honours_sources:
        raise InvalidRequest(
            "{engine} cannot be told where to borrow.", "Leave out --sources.", engine=info.name
        )


@contextmanager
def _watched() -> Iterator[Progress]:
    """Give a progress that Ctrl+C cancels and that a terminal shows as a bar."""
    token = CancelToken()
    bar = rich.progress.Progress(
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    )
    task = bar.add_task("", total=1.0)

    def show(report: Report) -> None:
        bar.update(task, completed=report.fraction, description=report.stage)

    before = signal.signal(signal.SIGINT, lambda *_: token.cancel())
    try:
        with bar:
            progress = Progress(token, show)
            yield progress
        progress.check()
    finally:
        signal.signal(signal.SIGINT, before)


def _written(arguments: argparse.Namespace, photo: Photo, result: FillResult) -> tuple[str, ...]:
    """Write what was asked for and return notes on what could not be kept."""
    filled = dataclasses.replace(photo, pixels=result.paste(photo.pixels))
    notes = write_image(arguments.out, filled, quality=arguments.quality)
    if arguments.field is not None:  # after the picture: a field too wide for its file loses no fill
        fields = [region.field for region in result.regions if region.field is not None]
        write_fields(arguments.field, fields, photo.pixels.shape[:2])
    return notes


def _changes(before: Pixels, after: Pixels, hole: Mask) -> tuple[int, int]:
    """Return how many pixels outside the hole differ, and by how much at most."""
    differ = (before != after).any(axis=2) & ~hole
    steps = np.abs(before[differ].astype(np.int64) - after[differ].astype(np.int64))
    return int(np.count_nonzero(differ)), int(steps.max(initial=0))


def _as_text(document: dict[str, Any], info: EngineInfo) -> str:
    holes = len(document["regions"])
    lines = [
        f"{document['output']}: {document['hole_pixels']} pixels in {holes} "
        f"{'hole' if holes == 1 else 'holes'} filled by {info.name} in {document['seconds']['fill']:.1f} s."
    ]
    if document["known_pixels_changed"]:
        lines.append(
            f"{document['format']} is lossy: outside the hole, pixels changed by at most "
            f"{document['largest_known_change']}."
        )
    else:
        lines.append("Outside the hole, no pixel changed.")
    return "\n".join([*lines, *document["notes"]])


def _failed(as_json: bool, code: int, kind: str, message: str, hint: str) -> int:
    """Say what went wrong and return `code`."""
    if as_json:
        _write(sys.stdout, _dump({"error": {"kind": kind, "message": message, "hint": hint}}))
    else:
        _write(sys.stderr, f"{message} {hint}")
    return code


def _dump(document: object) -> str:
    def plain(value: object) -> object:
        if isinstance(value, Enum):
            return value.value
        raise TypeError(type(value))

    return json.dumps(document, indent=2, default=plain)


def _said(text: str) -> bool:
    """Say what was asked for; return False when nobody can hear it."""
    try:
        _write(sys.stdout, text)
        sys.stdout.flush()
    except OSError as error:
        _write(sys.stderr, f"The answer could not be written: {error.strerror}. What it tells of is done.")
        sys.stdout = io.StringIO()  # else Python complains of it once more when it ends
        return False
    return True


def _write(stream: TextIO, text: str) -> None:
    """Write a line; what the stream cannot encode is shown with question marks."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
