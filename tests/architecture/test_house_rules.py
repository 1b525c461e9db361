"""Do the house rules that can be counted hold in every file?"""

from __future__ import annotations

import ast

from tests.architecture.source import ROOT, all_files, functions, name, parsed, product_files

VAGUE = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in all_files()}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    long = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in all_files()
        for function in functions(parsed(path))
        if (function.end_lineno or 0) - function.lineno + 1 > 50
    ]
    assert long == []


def test_no_file_or_folder_has_a_vague_name() -> None:
    parts = {part for path in all_files() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert parts & VAGUE == set()


def test_every_file_says_what_it_answers_and_postpones_annotations() -> None:
    for path in product_files():
        tree = parsed(path)
        assert ast.get_docstring(tree), name(path)
        if tree.body[1:]:
            assert "from __future__ import annotations" in path.read_text(encoding="utf-8"), name(path)


def test_only_the_command_line_prints() -> None:
    calls = [
        f"{name(path)}:{node.lineno}"
        for path in product_files()
        if name(path) != "inpainting_core/cli.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert calls == []


def test_modules_hold_no_mutable_globals() -> None:
    mutable = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    found = [
        f"{name(path)}:{node.lineno}"
        for path in product_files()
        for node in parsed(path).body
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, mutable)
        if "__all__" not in ast.unparse(node)
    ]
    assert found == []
