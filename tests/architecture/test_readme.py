"""Does the README tell the truth about commands and folders?"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from inpainting_core.api import FillRequest, Progress, engine_info
from inpainting_core.engines.frame import fill_all
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


@pytest.mark.parametrize("readme", READMES)
def test_the_example_engine_keeps_the_contract(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n([\s\S]*?)```", text)[0], names)  # noqa: S102
    image = np.array([[[10, 20, 30], [200, 200, 200], [30, 40, 70]]], np.uint8)
    request = FillRequest(image, np.array([[False, True, False]]), "telea")
    (region,), _ = fill_all(names["MeanColour"](), engine_info("telea"), request, Progress())
    assert region.pixels.tolist() == [[[20, 30, 50]]]


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_to_files(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    paths = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert len(paths) >= 4
    assert [path for path in paths if not (ROOT / path).is_file()] == []
