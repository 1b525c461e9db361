"""Does every engine's row keep its promises?"""

from __future__ import annotations

import re

import pytest

from inpainting_core.api import ENGINES, EngineInfo, FieldKind
from inpainting_core.engines.catalog import open_engine

each_engine = pytest.mark.parametrize("info", ENGINES, ids=lambda info: info.id)


def test_ids_are_unique_and_fit_a_command_line() -> None:
    ids = [info.id for info in ENGINES]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", engine_id) for engine_id in ids)


@each_engine
def test_the_loader_opens_an_engine(info: EngineInfo) -> None:
    engine = open_engine(info)
    assert callable(engine.warm_up)
    assert callable(engine.fill_crop)
    assert open_engine(info) is not engine


@each_engine
def test_defaults_are_allowed_and_explained(info: EngineInfo) -> None:
    assert info.complete({}) == {spec.key: spec.default for spec in info.options}
    for spec in info.options:
        spec.check(spec.default)
        assert spec.help.endswith(".")
        if spec.kind in ("int", "float"):
            assert spec.low < spec.high


@each_engine
def test_an_engine_without_field_says_why(info: EngineInfo) -> None:
    assert bool(info.why_no_field) == (info.field_kind is FieldKind.NONE)


@each_engine
def test_an_engine_is_described_and_cited(info: EngineInfo) -> None:
    assert info.name
    assert info.summary.endswith(".")
    assert all(
        paper.title and paper.authors and paper.venue and 1900 < paper.year < 2100 for paper in info.papers
    )
    assert 0 < info.crop.min_margin <= info.crop.max_margin
