"""Which commands tell about the others?"""

from __future__ import annotations

from app.actions.spec import QT_TRANSLATE_NOOP, ActionSpec

# fmt: off
ROWS = (
    ActionSpec("palette", "help", QT_TRANSLATE_NOOP("Actions", "&Find a command…"),
        QT_TRANSLATE_NOOP("Actions", "Type a few letters of what you want to do."), ("Ctrl+Shift+P",),
        needs_picture=False, context="window"),
    ActionSpec("cheat_sheet", "help", QT_TRANSLATE_NOOP("Actions", "&Keys at a glance"),
        QT_TRANSLATE_NOOP("Actions", "Every key and every use of the mouse on one page."),
        ("?", "Shift+?", "F1"), needs_picture=False),
    ActionSpec("shortcuts", "help", QT_TRANSLATE_NOOP("Actions", "Change key&s…"),
        QT_TRANSLATE_NOOP("Actions", "Choose other keys, or those of another program."), needs_picture=False),
    ActionSpec("about", "help", QT_TRANSLATE_NOOP("Actions", "&About Lacuna"),
        QT_TRANSLATE_NOOP("Actions", "Version, licence and thanks."), needs_picture=False, opens_group=True),
)
