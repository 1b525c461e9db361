"""What can go wrong that a person should read about?

Every error of the family carries two texts fit for the screen: what happened, and one thing to do.
Both are made from constant templates, so that they can be said in another language.
Anything else that escapes the core is a bug and is shown as one. `Cancelled` is neither: it is the
normal end of a fill that somebody stopped.
"""

from __future__ import annotations

from inpainting_core.sentences import Sentence


class InpaintingError(Exception):
    """A failure explained to the user.

    Args:
        message: One sentence saying what happened; a constant with {named} fields.
        hint: One sentence saying what to do about it; likewise.
        values: What stands in the fields of both.
    """

    def __init__(self, message: str, hint: str, /, **values: object) -> None:
        self.message = Sentence(message, **values)
        self.hint = Sentence(hint, **values)
        super().__init__(self.message)

    @property
    def template(self) -> str:
        """The message before its fields were filled."""
        return self.message.template

    @property
    def hint_template(self) -> str:
        """The hint before its fields were filled."""
        return self.hint.template

    @property
    def values(self) -> dict[str, object]:
        """What stands in the fields of both."""
        return self.message.values


class InvalidRequest(InpaintingError):
    """The request contradicts itself: sizes, types, options or an unknown engine."""


class NothingKnown(InpaintingError):
    """No pixel is left from which the hole could be filled."""


class ImageReadError(InpaintingError):
    """A file is not an image we can read."""


class ImageWriteError(InpaintingError):
    """A picture could not be written; nothing was left behind."""


class OutOfMemory(InpaintingError):
    """The machine has too little memory for this fill."""


class WeightsMissing(InpaintingError):
    """Learned parameters that are needed are not there."""


class WeightsDamaged(InpaintingError):
    """A weight file is not what was published, or not one at all."""


class TrainingDiverged(InpaintingError):
    """A loss is no number any more; the last checkpoint is sound."""


class Cancelled(Exception):  # noqa: N818  (not an error: a normal end)
    """The work was stopped on request."""
