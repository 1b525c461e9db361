"""Does the README tell the truth about commands and folders?"""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import PACKAGES, ROOT

READMES = ("README.md", "README.zh-CN.md")


@pytest.mark.parametrize("readme", READMES)
def test_checks_run_the_readmes_test_command(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    first, second = re.findall(r"```sh\n(python3.11 .*)\n```[\s\S]*?```sh\n(.*)\n```", text)[0]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert second in script
    for step in first.split(" && ")[:2]:
        assert step.replace("pip install", "pip install -q") in script or step in script


@pytest.mark.parametrize("readme", READMES)
def test_the_map_shows_every_folder_and_no_other(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    tree = next(block for block in re.findall(r"```text\n([\s\S]*?)```", text) if "inpainting_core/" in block)
    shown: set[str] = set()
    parents: list[str] = []
    for line in tree.splitlines():
        match = re.match(r"( *)([\w.]+)/", line)
        if match:
            depth = len(match[1]) // 2
            parents = [*parents[:depth], match[2]]
            shown.add("/".join(parents))
    real = {
        path.parent.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("__init__.py")
    }
    assert {folder for folder in shown if folder.split("/")[0] in PACKAGES} == real
    assert [folder for folder in shown if not (ROOT / folder).is_dir()] == []
