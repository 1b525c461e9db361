"""Is every text of the program there in both languages, and is the compiled file up to date?

When this fails after a text was changed: `python -m tests.harness.translations`, then translate what is
marked as unfinished.
"""

from __future__ import annotations

import shutil
import string
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.harness.translations import TS, compiled, core_texts, marked_texts, refresh, sample_titles

MESSAGES = [
    (context.findtext("name", ""), message.findtext("source", ""), message.find("translation"))
    for context in ElementTree.parse(TS).iter("context")
    for message in context.iter("message")
]
PAIRS = [(source, node.text or "" if node is not None else "") for _, source, node in MESSAGES]
SAME_IN_BOTH = {"Navier-Stokes", "PatchMatch", "Telea", " MB", "Lacuna {version}", "{problems}"}


def fields(text: str) -> list[tuple[str, str, str]]:
    parsed_text = string.Formatter().parse(text)
    return sorted((name, spec or "", how or "") for _, name, spec, how in parsed_text if name is not None)


def test_the_catalogue_holds_what_the_code_says_and_nothing_else(tmp_path: Path) -> None:
    copy = Path(shutil.copy(TS, tmp_path))
    refresh(copy)
    assert copy.read_text(encoding="utf-8") == TS.read_text(encoding="utf-8")


def test_the_compiled_file_is_that_of_the_catalogue(tmp_path: Path) -> None:
    assert compiled(TS, tmp_path / "again.qm") == TS.with_suffix(".qm").read_bytes()


def test_nothing_is_unfinished() -> None:
    open_ones = [
        (context, source)
        for context, source, node in MESSAGES
        if node is None or node.get("type") is not None or not (node.text or "").strip()
    ]
    assert open_ones == []


def test_every_text_that_is_marked_was_found() -> None:
    """What stands inside an f-string the collecting tool overlooks."""
    known = {source for source, _ in PAIRS}
    assert [(where, text) for where, text in marked_texts() if text not in known] == []


def test_the_core_and_the_samples_are_in_it() -> None:
    by_context = {
        name: {source for context, source, _ in MESSAGES if context == name} for name in ("Core", "Samples")
    }
    assert by_context == {"Core": set(core_texts()), "Samples": set(sample_titles())}
    assert len(by_context["Core"]) > 90


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_a_pair_agrees_in_fields_marks_and_ends(english: str, chinese: str) -> None:
    assert fields(english) == fields(chinese)
    assert english.endswith("…") == chinese.endswith("…")
    assert english.endswith(".") <= chinese.endswith(("。", ".")), "a sentence stays one"
    assert english.count("\n") == chinese.count("\n")
    assert mnemonic(english) == mnemonic(chinese)
    if english not in SAME_IN_BOTH and not english.startswith(("&1", "&2", "dx ", "{stage}")):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


def mnemonic(text: str) -> str:
    """Return the letter that picks the entry in its menu; empty when there is none."""
    return text[text.index("&") + 1].upper() if "&" in text else ""


def test_one_english_text_has_one_chinese_one_unless_it_is_told_apart_by_context() -> None:
    chinese: dict[str, set[str]] = {}
    for english, translated in PAIRS:
        chinese.setdefault(english, set()).add(translated)
    assert {english: found for english, found in chinese.items() if len(found) > 1} == {}


def test_one_thing_has_one_chinese_name() -> None:
    strays = {
        "遮罩": "蒙版",
        "填充": "修补",
        "偏好设置": "首选项",
        "拷贝": "复制",
        "保存为": "存储为",
        "历史纪录": "历史记录",
    }
    found = [(english, stray) for english, chinese in PAIRS for stray in strays if stray in chinese]
    assert found == []
