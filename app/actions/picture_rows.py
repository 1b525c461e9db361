"""Which commands concern the picture as a whole?  Opening, saving, copying, undoing."""

from __future__ import annotations

from app.actions.spec import QT_TRANSLATE_NOOP, ActionSpec

ROWS = (
    ActionSpec(
        "open",
        "file",
        QT_TRANSLATE_NOOP("Actions", "&Open…"),
        QT_TRANSLATE_NOOP("Actions", "Open a photograph."),
        keys=("Ctrl+O",),
        icon="open",
        needs_picture=False,
    ),
    ActionSpec(
        "paste",
        "file",
        QT_TRANSLATE_NOOP("Actions", "&Paste as new picture"),
        QT_TRANSLATE_NOOP("Actions", "Open the picture on the clipboard."),
        keys=("Ctrl+V", "Ctrl+N"),
        icon="paste",
        needs_picture=False,
    ),
    ActionSpec(
        "save",
        "file",
        QT_TRANSLATE_NOOP("Actions", "&Save"),
        QT_TRANSLATE_NOOP("Actions", "Save under the name chosen before, never over the original unasked."),
        keys=("Ctrl+S", "Ctrl+E"),
        icon="save",
        opens_group=True,
    ),
    ActionSpec(
        "save_as",
        "file",
        QT_TRANSLATE_NOOP("Actions", "Save &as…"),
        QT_TRANSLATE_NOOP("Actions", "Save under another name or in another format."),
        keys=("Ctrl+Shift+S", "Ctrl+Shift+E"),
        icon="export",
    ),
    ActionSpec(
        "next_picture",
        "file",
        QT_TRANSLATE_NOOP("Actions", "&Next picture"),
        QT_TRANSLATE_NOOP("Actions", "Open the next picture of the folder."),
        keys=("PgDown",),
        opens_group=True,
    ),
    ActionSpec(
        "previous_picture",
        "file",
        QT_TRANSLATE_NOOP("Actions", "P&revious picture"),
        QT_TRANSLATE_NOOP("Actions", "Open the previous picture of the folder."),
        keys=("PgUp",),
    ),
    ActionSpec(
        "quit",
        "file",
        QT_TRANSLATE_NOOP("Actions", "&Quit"),
        QT_TRANSLATE_NOOP("Actions", "Close the window."),
        keys=("Ctrl+Q",),
        needs_picture=False,
        opens_group=True,
    ),
    ActionSpec(
        "undo",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Undo"),
        QT_TRANSLATE_NOOP("Actions", "Take the last step back."),
        keys=("Ctrl+Z", "Ctrl+Alt+Z"),
        icon="undo",
    ),
    ActionSpec(
        "redo",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Redo"),
        QT_TRANSLATE_NOOP("Actions", "Make the last undone step again."),
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo",
    ),
    ActionSpec(
        "copy",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Copy the picture"),
        QT_TRANSLATE_NOOP("Actions", "Put the picture on the clipboard."),
        keys=("Ctrl+C",),
        icon="copy",
        opens_group=True,
    ),
    ActionSpec(
        "copy_region",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "Copy the &mask's surroundings"),
        QT_TRANSLATE_NOOP("Actions", "Put the part around the mask on the clipboard."),
        keys=("Ctrl+Shift+C",),
    ),
)
