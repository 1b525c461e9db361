"""What can go wrong that a person should read about?

Every error of the family carries two texts fit for the screen: what happened, and one thing to do.
Anything else that escapes the core is a bug and is shown as one. `Cancelled` is neither: it is the
normal end of a fill that somebody stopped.
"""

from __future__ import annotations


class InpaintingError(Exception):
    """A failure explained to the user.

    Args:
        message: One sentence saying what happened.
        hint: One sentence saying what to do about it.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


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


class Cancelled(Exception):  # noqa: N818  (not an error: a normal end)
    """The work was stopped on request."""
