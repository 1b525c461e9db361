"""Which source files does the repository hold?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "inpainting_core")


def product_files() -> list[Path]:
    """Return the Python files that people run, tests left out."""
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return sorted([ROOT / "main.py", *files])


def all_files() -> list[Path]:
    """Return every Python file of the repository."""
    return [*product_files(), *sorted((ROOT / "tests").rglob("*.py"))]


def parsed(path: Path) -> ast.Module:
    """Return the file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of the tree."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def name(path: Path) -> str:
    """Return the path as seen from the repository's root."""
    return path.relative_to(ROOT).as_posix()
