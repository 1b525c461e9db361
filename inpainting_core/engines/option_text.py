"""Which options does KEY=VALUE mean?  For command lines, where all is text."""

from __future__ import annotations

from collections.abc import Iterable

from inpainting_core.engines.contract import EngineInfo, OptionValue
from inpainting_core.errors import InvalidRequest


def options_from(info: EngineInfo, pairs: Iterable[str]) -> dict[str, OptionValue]:
    """Return all options of the engine, those given as KEY=VALUE among them.

    Raises:
        InvalidRequest: a text is no pair, or the engine does not take it.
    """
    kinds = {spec.key: spec.kind for spec in info.options}
    given: dict[str, OptionValue] = {}
    for pair in pairs:
        key, sign, text = pair.partition("=")
        if not sign:
            raise InvalidRequest("{pair!r} is no option.", "Write KEY=VALUE, without spaces.", pair=pair)
        given[key] = _value(kinds.get(key, "choice"), text)
    return info.complete(given)


def _value(kind: str, text: str) -> OptionValue:
    """Return the value that `text` stands for; the text itself, which the option refuses, if none."""
    try:
        if kind == "int":
            return int(text)
        if kind == "float":
            return float(text)
    except ValueError:
        return text
    return {"true": True, "false": False}.get(text.lower(), text) if kind == "bool" else text
