"""What can be commanded?  One table; menus, tool bar, tooltips and the check for double keys read it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True)
class ActionSpec:
    """One command.

    Attributes:
        id: Its name in code.
        menu: The menu it stands in, of `MENUS`.
        text: Its name on the screen, English.
        help: One sentence for the tooltip, English.
        keys: Key sequences in Qt's portable form.
        icon: A name of `style.icons`, or empty.
        is_checkable: True for tools and switches.
        needs_picture: False when it works without a picture.
        opens_group: True when a line stands above it in the menu.
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


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (lupdate looks for this name)
    """Return `text`; marks it for translation."""
    return text


MENUS = (
    ("file", QT_TRANSLATE_NOOP("Actions", "&File")),
    ("edit", QT_TRANSLATE_NOOP("Actions", "&Edit")),
    ("tools", QT_TRANSLATE_NOOP("Actions", "&Tools")),
    ("fill", QT_TRANSLATE_NOOP("Actions", "F&ill")),
    ("view", QT_TRANSLATE_NOOP("Actions", "&View")),
)

ACTIONS = (
    ActionSpec(
        "open",
        "file",
        QT_TRANSLATE_NOOP("Actions", "&Open…"),
        QT_TRANSLATE_NOOP("Actions", "Open a photograph."),
        ("Ctrl+O",),
        icon="open",
        needs_picture=False,
    ),
    ActionSpec(
        "paste",
        "file",
        QT_TRANSLATE_NOOP("Actions", "&Paste as new picture"),
        QT_TRANSLATE_NOOP("Actions", "Open the picture on the clipboard."),
        ("Ctrl+V",),
        icon="paste",
        needs_picture=False,
    ),
    ActionSpec(
        "save",
        "file",
        QT_TRANSLATE_NOOP("Actions", "&Save"),
        QT_TRANSLATE_NOOP("Actions", "Save under the name chosen before, never over the original unasked."),
        (
            "Ctrl+S",
            "Ctrl+E",
        ),
        icon="save",
        opens_group=True,
    ),
    ActionSpec(
        "save_as",
        "file",
        QT_TRANSLATE_NOOP("Actions", "Save &as…"),
        QT_TRANSLATE_NOOP("Actions", "Save under another name or in another format."),
        (
            "Ctrl+Shift+S",
            "Ctrl+Shift+E",
        ),
        icon="export",
    ),
    ActionSpec(
        "quit",
        "file",
        QT_TRANSLATE_NOOP("Actions", "&Quit"),
        QT_TRANSLATE_NOOP("Actions", "Close the window."),
        ("Ctrl+Q",),
        needs_picture=False,
        opens_group=True,
    ),
    ActionSpec(
        "undo",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Undo"),
        QT_TRANSLATE_NOOP("Actions", "Take the last stroke or fill back."),
        ("Ctrl+Z",),
        icon="undo",
    ),
    ActionSpec(
        "redo",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Redo"),
        QT_TRANSLATE_NOOP("Actions", "Make the last undone step again."),
        (
            "Ctrl+Shift+Z",
            "Ctrl+Y",
        ),
        icon="redo",
    ),
    ActionSpec(
        "clear",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Clear the mask"),
        QT_TRANSLATE_NOOP("Actions", "Unmark everything."),
        ("Ctrl+D",),
        icon="clear",
        opens_group=True,
    ),
    ActionSpec(
        "brush",
        "tools",
        QT_TRANSLATE_NOOP("Actions", "&Brush"),
        QT_TRANSLATE_NOOP("Actions", "Paint over what should go."),
        ("B",),
        icon="brush",
        is_checkable=True,
    ),
    ActionSpec(
        "eraser",
        "tools",
        QT_TRANSLATE_NOOP("Actions", "&Eraser"),
        QT_TRANSLATE_NOOP("Actions", "Take paint off again."),
        ("E",),
        icon="eraser",
        is_checkable=True,
    ),
    ActionSpec(
        "probe",
        "tools",
        QT_TRANSLATE_NOOP("Actions", "&Probe"),
        QT_TRANSLATE_NOOP("Actions", "See where a filled pixel was copied from."),
        ("I",),
        icon="probe",
        is_checkable=True,
    ),
    ActionSpec(
        "swap",
        "tools",
        QT_TRANSLATE_NOOP("Actions", "S&wap brush and eraser"),
        QT_TRANSLATE_NOOP("Actions", "Take the other one in hand."),
        ("X",),
        opens_group=True,
    ),
    ActionSpec(
        "smaller",
        "tools",
        QT_TRANSLATE_NOOP("Actions", "&Smaller brush"),
        QT_TRANSLATE_NOOP("Actions", "Shrink the brush by 10 %."),
        ("[",),
    ),
    ActionSpec(
        "larger",
        "tools",
        QT_TRANSLATE_NOOP("Actions", "&Larger brush"),
        QT_TRANSLATE_NOOP("Actions", "Grow the brush by 10 %."),
        ("]",),
    ),
    ActionSpec(
        "fill",
        "fill",
        QT_TRANSLATE_NOOP("Actions", "&Fill"),
        QT_TRANSLATE_NOOP("Actions", "Fill what is painted over."),
        (
            "Return",
            "Enter",
        ),
        icon="fill",
    ),
    ActionSpec(
        "again",
        "fill",
        QT_TRANSLATE_NOOP("Actions", "Fill &again"),
        QT_TRANSLATE_NOOP("Actions", "Fill once more, with another outcome."),
        (
            "Ctrl+Return",
            "Ctrl+Enter",
        ),
        icon="again",
    ),
    ActionSpec(
        "cancel",
        "fill",
        QT_TRANSLATE_NOOP("Actions", "&Cancel"),
        QT_TRANSLATE_NOOP("Actions", "Stop the fill; otherwise let the probe's pixel go."),
        ("Esc",),
        icon="cancel",
    ),
    ActionSpec(
        "fit",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&Whole picture"),
        QT_TRANSLATE_NOOP("Actions", "Show the whole picture."),
        ("Ctrl+0",),
        icon="fit",
    ),
    ActionSpec(
        "zoom_100",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&100 %"),
        QT_TRANSLATE_NOOP("Actions", "One picture pixel is one screen pixel."),
        ("Ctrl+1",),
    ),
    ActionSpec(
        "zoom_200",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&200 %"),
        QT_TRANSLATE_NOOP("Actions", "One picture pixel is two screen pixels wide."),
        ("Ctrl+2",),
    ),
    ActionSpec(
        "zoom_in",
        "view",
        QT_TRANSLATE_NOOP("Actions", "Zoom &in"),
        QT_TRANSLATE_NOOP("Actions", "Come closer."),
        (
            "Ctrl++",
            "Ctrl+=",
        ),
        icon="zoom_in",
    ),
    ActionSpec(
        "zoom_out",
        "view",
        QT_TRANSLATE_NOOP("Actions", "Zoom &out"),
        QT_TRANSLATE_NOOP("Actions", "Step back."),
        ("Ctrl+-",),
        icon="zoom_out",
    ),
    ActionSpec(
        "overlay",
        "view",
        QT_TRANSLATE_NOOP("Actions", "Colour by &direction"),
        QT_TRANSLATE_NOOP("Actions", "Colour every filled pixel by where it was copied from."),
        ("O",),
        icon="overlay",
        is_checkable=True,
        opens_group=True,
    ),
)


def make_actions(parent: QObject) -> dict[str, QAction]:
    """Return every action of the table, translated, with its keys; nothing is connected yet."""
    return {spec.id: _make(spec, parent) for spec in ACTIONS}


def _make(spec: ActionSpec, parent: QObject) -> QAction:
    action = QAction(QCoreApplication.translate("Actions", spec.text), parent)
    keys = [QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText) for key in spec.keys]
    action.setShortcuts(keys)
    action.setCheckable(spec.is_checkable)
    action.setEnabled(not spec.needs_picture)
    help_text = QCoreApplication.translate("Actions", spec.help)
    first_key = keys[0].toString(QKeySequence.SequenceFormat.NativeText)
    name = action.text().replace("&", "").rstrip("\u2026")
    action.setToolTip(f"<b>{name}</b> ({first_key})<br>{help_text}")
    action.setObjectName(spec.id)
    return action
