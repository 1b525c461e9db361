"""Which commands are there, and in which menus?"""

from __future__ import annotations

from app.actions import fill_rows, help_rows, mask_rows, picture_rows, view_rows
from app.actions.spec import QT_TRANSLATE_NOOP, ActionSpec

MENUS = (
    ("file", QT_TRANSLATE_NOOP("Actions", "&File")),
    ("edit", QT_TRANSLATE_NOOP("Actions", "&Edit")),
    ("mask", QT_TRANSLATE_NOOP("Actions", "&Mask")),
    ("fill", QT_TRANSLATE_NOOP("Actions", "F&ill")),
    ("sources", QT_TRANSLATE_NOOP("Actions", "&Sources")),
    ("view", QT_TRANSLATE_NOOP("Actions", "&View")),
    ("help", QT_TRANSLATE_NOOP("Actions", "&Help")),
)
ACTIONS: tuple[ActionSpec, ...] = (
    *picture_rows.ROWS,
    *mask_rows.ROWS,
    *fill_rows.ROWS,
    *view_rows.ROWS,
    *help_rows.ROWS,
)
