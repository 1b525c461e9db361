"""What does the editor look like, everywhere?  Pictures of the real one, to be looked at:

    python -m tests.harness.portraits OUT [--scale 2] [--only NAME]

NAME is a pattern such as "probe*" or "dark/*".
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from types import MappingProxyType

from PySide6.QtWidgets import QApplication

from app.preferences import PreferenceStore
from tests.harness.scenes import SCENES, Scene
from tests.harness.sitter import Look, set_up, sitting

_MAIN = (
    *("start*", "opened", "forecast", "filled", "tool-never", "tool-polygon", "mask-grow", "view-*"),
    *("probe-*", "variants", "history", "palette*", "cheat-sheet", "shortcuts*", "preferences-*", "about-0"),
    *("export", "error", "recovery", "canvas-menu", "source-ruled"),
)
_NARROW = ("start*", "opened", "probe-held", "history", "view-wheel", "view-arrows", "tool-wand", "mask-grow")
LOOKS: MappingProxyType[str, tuple[Look, tuple[str, ...]]] = MappingProxyType(
    {
        "light": (Look(), ("*",)),
        "dark": (Look("dark"), (*_MAIN, "compare-*")),
        "chinese": (Look(language="zh_CN"), (*_MAIN, "tool-*", "menu-*", "about-*")),
        "narrow": (Look("dark", size=(1100, 700)), _NARROW),
    }
)


def portray(application: QApplication, look: Look, scene: Scene, path: Path) -> None:
    """Write one picture."""
    with sitting(application, look, PreferenceStore(is_kept=False)) as sitter:
        scene(sitter)
        if not sitter.picture().save(str(path)):
            raise OSError(path)


def main(argv: Sequence[str]) -> int:
    """Write every picture that is asked for; return how many could not be made."""
    parser = argparse.ArgumentParser(prog="portraits", description="Pictures of the editor, everywhere.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", default="*", metavar="NAME")
    wishes = parser.parse_args(argv)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        application = set_up(Path(folder), wishes.scale)
        for dress, (look, patterns) in LOOKS.items():
            for name, scene in SCENES.items():
                full = f"{dress}/{name}"
                if not any(fnmatch(name, each) for each in patterns):
                    continue
                if not (fnmatch(name, wishes.only) or fnmatch(full, wishes.only)):
                    continue
                path = wishes.out / f"{full}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                try:
                    portray(application, look, scene, path)
                except (RuntimeError, TimeoutError) as error:
                    sys.stderr.write(f"{full}: {error!r}\n")
                    failures += 1
    return failures


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
