"""How do the translations keep up with the code?  After a text has changed, run

    python -m tests.harness.translations

New texts appear in resources/translations/lacuna_zh_CN.ts as unfinished; translate them there (by hand or
with Qt Linguist) and run it again, which also compiles the .qm that the editor reads.
"""

from __future__ import annotations

import ast
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6

from inpainting_core import errors
from inpainting_core.api import ENGINES, InpaintingError
from tests.architecture.source import ROOT, parsed, product_files

FOLDER = ROOT / "resources" / "translations"
TS = FOLDER / "lacuna_zh_CN.ts"
KINDS = frozenset(
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, InpaintingError)
)
_TOOLS = Path(PySide6.__path__[0])
_MARKS = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}


def refresh(ts: Path = TS) -> None:
    """Bring the .ts up to date with the code, and the .qm beside it with the .ts."""
    sources = [path for path in product_files() if "app" in path.relative_to(ROOT).parts]
    with tempfile.TemporaryDirectory() as folder:
        marked = Path(folder) / "core.py"
        apart = [("Core", text) for text in core_texts()] + [("Samples", text) for text in sample_titles()]
        lines = [f"QT_TRANSLATE_NOOP({where!r}, {text!r})\n" for where, text in [*apart, *wrapped_texts()]]
        marked.write_text("".join(lines), encoding="utf-8")
        listed = Path(folder) / "sources.lst"
        listed.write_text("\n".join(map(str, [*sources, marked])), encoding="utf-8")
        options = ["-silent", "-no-obsolete", "-locations", "none"]
        options += ["-source-language", "en", "-target-language", "zh_CN"]
        _run("lupdate", *options, f"@{listed}", "-ts", str(ts))
    fresh = ts.with_suffix(".new.qm")
    compiled(ts, fresh)
    fresh.replace(ts.with_suffix(".qm"))  # whole: an editor that runs has the old one mapped into memory


def compiled(ts: Path, qm: Path) -> bytes:
    """Write what a .ts compiles to, and return it; texts that are not translated are left out."""
    _run("lrelease", "-silent", "-nounfinished", str(ts), "-qm", str(qm))
    return qm.read_bytes()


def core_texts() -> list[str]:
    """Return every text of the core that the editor may show: errors, notes, stages and the catalogue."""
    found = {
        text
        for path in product_files()
        if path.name != "cli.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        for text in map(constants(path), _said_by(node))
        if text
    }
    for info in ENGINES:
        found |= {info.name, info.summary, info.why_no_field}
        for spec in info.options:
            found |= {spec.label, spec.help, spec.unit, *spec.choices}
    return sorted(found - {""})


def sample_titles() -> list[str]:
    """Return the names of the bundled photographs."""
    table = ROOT / "resources" / "samples" / "samples.json"
    return sorted(entry["title"] for entry in json.loads(table.read_text(encoding="utf-8")))


def wrapped_texts() -> Iterator[tuple[str, str]]:
    """Yield context and text where a module says `_tr(text)` for its own `translate(context, text)`."""
    for path in product_files():
        tree = parsed(path)
        wrappers = {
            node.name: call.args[0].value
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and len(node.args.args) == 1
            for call in ast.walk(node)
            if isinstance(call, ast.Call) and name_of(call) == "translate"
            if isinstance(call.args[0], ast.Constant) and isinstance(call.args[1], ast.Name)
        }
        for node in ast.walk(tree):
            context = wrappers.get(name_of(node)) if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and context and isinstance(node.args[0], ast.Constant):
                yield str(context), str(node.args[0].value)


def marked_texts() -> Iterator[tuple[str, str]]:
    """Yield where, and which text, for each that the editor's code marks for translation."""
    for path in product_files():
        for node in ast.walk(parsed(path)):
            place = _MARKS.get(name_of(node)) if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and place is not None and len(node.args) > place:
                text = node.args[place]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", text.value


def name_of(call: ast.Call) -> str:
    """Return what is called: `name` of `name(...)` and of `x.name(...)`."""
    return str(getattr(call.func, "id", "") or getattr(call.func, "attr", ""))


def constants(path: Path) -> Callable[[ast.expr], str | None]:
    """Return the function that says which constant an expression of the file is, None when it is none."""
    names = {
        target.id: node.value.value
        for node in parsed(path).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }

    def read(node: ast.expr) -> str | None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        return names.get(node.id) if isinstance(node, ast.Name) else None

    return read


def _said_by(call: ast.Call) -> list[ast.expr]:
    """Return the arguments that are texts for people."""
    name = name_of(call)
    if name in KINDS:
        return call.args[:2]
    if name == "Sentence":
        return call.args[:1]
    return call.args[1:2] if name == "report" else []


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(_TOOLS / tool), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    refresh()
