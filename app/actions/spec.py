"""What is known of one command before it is connected to anything?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Context = Literal["canvas", "window"]


@dataclass(frozen=True)
class ActionSpec:
    """One command.

    Attributes:
        id: Its name in code.
        menu: The menu it stands in, of `table.MENUS`.
        text: Its name on the screen, English.
        help: One sentence for the tooltip, English.
        keys: Key sequences in Qt's portable form.
        icon: A name of `style.icons`, or empty.
        is_checkable: True for tools and switches.
        needs_picture: False when it works without a picture.
        opens_group: True when a line stands above it in the menu.
        repeats: True when a key that is held does it again and again.
        context: "canvas": its keys are dead where text is typed; "window": they work everywhere.
    """

    id: str
    menu: str
    text: str
    help: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    is_checkable: bool = False
    needs_picture: bool = True
    opens_group: bool = False
    repeats: bool = False
    context: Context = "canvas"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (lupdate looks for this name)
    """Return `text`; marks it for translation."""
    return text
