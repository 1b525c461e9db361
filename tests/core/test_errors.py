"""Can everything the core says to people be said in another language?"""

from __future__ import annotations

import ast
import pickle
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from inpainting_core.api import ENGINES, InvalidRequest, Sentence
from tests.architecture.source import ROOT, parsed, product_files
from tests.harness.translations import KINDS, constants, name_of


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    """Yield every call of one of the names in what people run."""
    for path in product_files():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and name_of(node) in names:
                yield path, node


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_errors_are_raised_with_constant_texts_and_every_field_given(kind: str) -> None:
    for path, call in calls(kind):
        where = f"{path.relative_to(ROOT)}:{call.lineno}"
        assert len(call.args) == 2, where
        texts = [constants(path)(argument) for argument in call.args]
        assert None not in texts, where
        wanted = set().union(*(fields(text) for text in texts if text is not None))
        assert wanted == {keyword.arg for keyword in call.keywords}, where


def test_sentences_are_constants_or_names_of_the_catalogue() -> None:
    for path, call in calls("Sentence"):
        (template,) = call.args
        where = f"{path.relative_to(ROOT)}:{call.lineno}"
        text = constants(path)(template)
        if text is None:
            assert ast.unparse(template) in {"self.label", "message", "hint"}, where
        else:
            assert fields(text) == {keyword.arg for keyword in call.keywords}, where


def test_stages_are_constants_or_sentences() -> None:
    found = 0
    for path, call in calls("report"):
        if len(call.args) > 1 and "inpainting_core" in path.parts:
            stage = call.args[1]
            made = ast.unparse(stage) == "stage"
            assert made or constants(path)(stage) is not None, f"{path}:{call.lineno}"
            found += 1
    assert found >= 4


def test_an_error_reads_as_english_and_remembers_its_templates() -> None:
    error = InvalidRequest(
        "{engine} has no option {key!r}.", "It has: {known}.", engine="A", key="b", known="c"
    )
    assert (error.message, error.hint, str(error)) == (
        "A has no option 'b'.",
        "It has: c.",
        "A has no option 'b'.",
    )
    assert (error.template, error.hint_template) == ("{engine} has no option {key!r}.", "It has: {known}.")
    assert error.values == {"engine": "A", "key": "b", "known": "c"}


def test_a_sentence_is_a_text_like_any_other() -> None:
    sentence = Sentence("Scale {number} of {count}", number=2, count=5)
    assert sentence == "Scale 2 of 5"
    assert {sentence: 1}["Scale 2 of 5"] == 1
    assert pickle.loads(pickle.dumps(str(sentence))) == "Scale 2 of 5"
    assert Sentence("{a}", a="{b}") == "{b}"


def test_a_field_may_be_called_message() -> None:
    assert InvalidRequest("{message}.", "{hint}", message="m", hint="h").message == "m."


def test_a_refused_option_can_be_named_in_another_language() -> None:
    for spec in (spec for info in ENGINES for spec in info.options):
        with pytest.raises(InvalidRequest) as caught:
            spec.check("never a value")
        label, allowed = caught.value.values["label"], caught.value.values["allowed"]
        assert isinstance(label, Sentence)
        assert label.template == spec.label
        assert isinstance(allowed, Sentence)
        assert caught.value.hint == f"Give {allowed}."
