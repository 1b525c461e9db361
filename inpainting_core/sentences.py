"""What does the core say to people?  English, and what it takes to say the same in another language."""

from __future__ import annotations


class Sentence(str):
    """A text for people: a `str`, ready to be read, that remembers how it was made.

    The core knows no other language. Who translates looks `template` up and puts `values` into what is
    found; a value that is a Sentence is translated likewise.

    Args:
        template: English, a constant, with {named} fields as of `str.format`.
        values: What stands in the fields.

    Attributes:
        template: As given.
        values: As given.
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Sentence:
        """Return the English text."""
        sentence = super().__new__(cls, template.format(**values))
        sentence.template = template
        sentence.values = values
        return sentence
