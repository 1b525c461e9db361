"""Which commands concern the picture as a whole?  Opening, saving, copying, undoing."""

from __future__ import annotations

from app.actions.spec import QT_TRANSLATE_NOOP, ActionSpec

# fmt: off
ROWS = (
    ActionSpec("open", "file", QT_TRANSLATE_NOOP("Actions", "&Open…"),
        QT_TRANSLATE_NOOP("Actions", "Open a photograph."), ("Ctrl+O",), "open", needs_picture=False,
        context="window"),
    ActionSpec("open_folder", "file", QT_TRANSLATE_NOOP("Actions", "Open fol&der…"),
        QT_TRANSLATE_NOOP("Actions", "Open the first photograph of a folder."), ("Ctrl+Shift+O",),
        needs_picture=False, context="window"),
    ActionSpec("paste", "file", QT_TRANSLATE_NOOP("Actions", "&Paste as new picture"),
        QT_TRANSLATE_NOOP("Actions", "Open the picture on the clipboard."), ("Ctrl+V", "Ctrl+N"), "paste",
        needs_picture=False, context="window"),
    ActionSpec("save", "file", QT_TRANSLATE_NOOP("Actions", "&Save"),
        QT_TRANSLATE_NOOP("Actions", "Save under the name chosen before, never over the original unasked."),
        ("Ctrl+S", "Ctrl+E"), "save", opens_group=True, context="window"),
    ActionSpec("save_as", "file", QT_TRANSLATE_NOOP("Actions", "Save &as…"),
        QT_TRANSLATE_NOOP("Actions", "Save under another name or in another format."),
        ("Ctrl+Shift+S", "Ctrl+Shift+E"), "export", context="window"),
    ActionSpec("next_picture", "file", QT_TRANSLATE_NOOP("Actions", "&Next picture"),
        QT_TRANSLATE_NOOP("Actions", "Open the next picture of the folder."), ("PgDown",), opens_group=True),
    ActionSpec("previous_picture", "file", QT_TRANSLATE_NOOP("Actions", "P&revious picture"),
        QT_TRANSLATE_NOOP("Actions", "Open the previous picture of the folder."), ("PgUp",)),
    ActionSpec("close", "file", QT_TRANSLATE_NOOP("Actions", "&Close the picture"),
        QT_TRANSLATE_NOOP("Actions", "Close the picture and go back to the start page."), ("Ctrl+W",),
        opens_group=True, context="window"),
    ActionSpec("quit", "file", QT_TRANSLATE_NOOP("Actions", "&Quit"),
        QT_TRANSLATE_NOOP("Actions", "Close the window."), ("Ctrl+Q",), needs_picture=False, opens_group=True,
        context="window"),
    ActionSpec("undo", "edit", QT_TRANSLATE_NOOP("Actions", "&Undo"),
        QT_TRANSLATE_NOOP("Actions", "Take the last step back."), ("Ctrl+Z", "Ctrl+Alt+Z"), "undo",
        context="window"),
    ActionSpec("redo", "edit", QT_TRANSLATE_NOOP("Actions", "&Redo"),
        QT_TRANSLATE_NOOP("Actions", "Make the last undone step again."), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo",
        context="window"),
    ActionSpec("copy", "edit", QT_TRANSLATE_NOOP("Actions", "&Copy the picture"),
        QT_TRANSLATE_NOOP("Actions", "Put the picture on the clipboard."), ("Ctrl+C",), "copy",
        opens_group=True),
    ActionSpec("copy_region", "edit", QT_TRANSLATE_NOOP("Actions", "Copy the &mask's surroundings"),
        QT_TRANSLATE_NOOP("Actions", "Put the part around the mask on the clipboard."), ("Ctrl+Shift+C",)),
    ActionSpec("preferences", "edit", QT_TRANSLATE_NOOP("Actions", "Pr&eferences…"),
        QT_TRANSLATE_NOOP("Actions", "Language, colours, brush, memory, keys."), ("Ctrl+,",),
        needs_picture=False, opens_group=True, context="window"),
)
