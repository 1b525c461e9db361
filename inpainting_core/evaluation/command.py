"""How is a comparison asked for on the command line?

    main.py evaluate --images DIR --engines patchmatch,telea --protocol yu --out DIR

An engine may carry options: patchmatch+patch=9+seam=false. A run that was stopped or killed goes on when
it is started again with the same --out. With --json, the answer is an object:
    settings, engines, photographs     what was compared
    figures     {engine: {hole or "all": {"cases", and each figure, joined}}}
    failures    {"engine: sentence": how often}
    skipped     sentences on files that are no pictures
    cases       one object per photograph, hole and engine
"""

from __future__ import annotations

import argparse
from pathlib import Path

from inpainting_core.errors import InvalidRequest
from inpainting_core.evaluation.compare import ComparisonFolders, compare
from inpainting_core.evaluation.contestants import contestants
from inpainting_core.evaluation.protocols import ComparisonSettings
from inpainting_core.evaluation.report import Comparison
from inpainting_core.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be told."""
    parser.add_argument("--images", type=Path, required=True, metavar="DIR", help="photographs of any size")
    parser.add_argument(
        "--engines",
        required=True,
        metavar="A,B",
        help="of those that `engines` lists; options as A+KEY=VALUE",
    )
    parser.add_argument(
        "--protocol", choices=("yu", "pconv"), default="yu", help="rectangles, or brush strokes in six bins"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="for tables, sheets and fills; a stopped run goes on there"
    )
    parser.add_argument("--seed", type=int, default=0, help="same seed, same holes")
    parser.add_argument(
        "--side", type=int, choices=(256, 512), default=0, help="of the squares; else the paper's"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="the first N files only")
    parser.add_argument("--no-vgg", action="store_true", help="leave out the VGG distance: faster")


def evaluate(arguments: argparse.Namespace, progress: Progress) -> Comparison:
    """Return the comparison that was asked for.

    Raises:
        InpaintingError: it cannot be done as asked.
        Cancelled: somebody asked to stop.
    """
    if arguments.limit is not None and arguments.limit < 1:
        raise InvalidRequest(
            "Nothing is left of {limit} files.", "Give --limit 1 or more.", limit=arguments.limit
        )
    settings = ComparisonSettings(arguments.protocol, arguments.side, arguments.seed, not arguments.no_vgg)
    out = arguments.out or Path(f"evaluation-{settings.protocol}-{settings.side}")
    folders = ComparisonFolders(arguments.images, out, arguments.limit)
    return compare(folders, contestants(arguments.engines.split(",")), settings, progress)
