"""Which commands change how the picture is seen?"""

from __future__ import annotations

from app.actions.spec import QT_TRANSLATE_NOOP, ActionSpec

# fmt: off
ROWS = (
    ActionSpec("hand", "view", QT_TRANSLATE_NOOP("Actions", "&Hand"),
        QT_TRANSLATE_NOOP("Actions", "Move the picture."), ("H",), "hand", is_checkable=True),
    ActionSpec("zoom", "view", QT_TRANSLATE_NOOP("Actions", "&Zoom tool"),
        QT_TRANSLATE_NOOP("Actions", "Come closer by clicking."), ("Z",), "zoom", is_checkable=True),
    ActionSpec("fit", "view", QT_TRANSLATE_NOOP("Actions", "&Whole picture"),
        QT_TRANSLATE_NOOP("Actions", "Show the whole picture."), ("Ctrl+0",), "fit", opens_group=True),
    ActionSpec("zoom_100", "view", QT_TRANSLATE_NOOP("Actions", "&100 %"),
        QT_TRANSLATE_NOOP("Actions", "One picture pixel is one screen pixel."), ("Ctrl+1",)),
    ActionSpec("zoom_200", "view", QT_TRANSLATE_NOOP("Actions", "&200 %"),
        QT_TRANSLATE_NOOP("Actions", "One picture pixel is two screen pixels wide."), ("Ctrl+2",)),
    ActionSpec("zoom_in", "view", QT_TRANSLATE_NOOP("Actions", "Zoom &in"),
        QT_TRANSLATE_NOOP("Actions", "Come closer."), ("Ctrl++", "Ctrl+="), "zoom_in", repeats=True),
    ActionSpec("zoom_out", "view", QT_TRANSLATE_NOOP("Actions", "Zoom &out"),
        QT_TRANSLATE_NOOP("Actions", "Step back."), ("Ctrl+-",), "zoom_out", repeats=True),
    ActionSpec("zoom_mask", "view", QT_TRANSLATE_NOOP("Actions", "Zoom to the &mask"),
        QT_TRANSLATE_NOOP("Actions", "Show the mask as large as it fits."), ("Ctrl+Shift+0",)),
    ActionSpec("before", "view", QT_TRANSLATE_NOOP("Actions", "&Before, while held"),
        QT_TRANSLATE_NOOP("Actions", "Show the photograph as it was opened."), ("\\", "F4"),
        opens_group=True),
    ActionSpec("split", "view", QT_TRANSLATE_NOOP("Actions", "&Split"),
        QT_TRANSLATE_NOOP("Actions", "Before on the left, after on the right."), ("C",), is_checkable=True),
    ActionSpec("side_by_side", "view", QT_TRANSLATE_NOOP("Actions", "Si&de by side"),
        QT_TRANSLATE_NOOP("Actions", "Before and after in two panes."), ("Shift+C",), is_checkable=True),
    ActionSpec("difference", "view", QT_TRANSLATE_NOOP("Actions", "Di&fference"),
        QT_TRANSLATE_NOOP("Actions", "Show what changed."), ("D",), is_checkable=True),
    ActionSpec("blink", "view", QT_TRANSLATE_NOOP("Actions", "Blin&k"),
        QT_TRANSLATE_NOOP("Actions", "Before and after in turn."), ("Shift+B",), is_checkable=True),
    ActionSpec("mask_shown", "view", QT_TRANSLATE_NOOP("Actions", "M&ask"),
        QT_TRANSLATE_NOOP("Actions", "Show the mask."), ("Ctrl+H",), is_checkable=True, opens_group=True),
    ActionSpec("cycle_mask_style", "view", QT_TRANSLATE_NOOP("Actions", "Next mask s&tyle"),
        QT_TRANSLATE_NOOP("Actions", "Veil, outline, marching ants."), ("Shift+O",)),
    ActionSpec("hide_panels", "view", QT_TRANSLATE_NOOP("Actions", "Hide &panels"),
        QT_TRANSLATE_NOOP("Actions", "Hide every panel, or bring them back."), ("Tab",), opens_group=True),
    ActionSpec("full_screen", "view", QT_TRANSLATE_NOOP("Actions", "F&ull screen"),
        QT_TRANSLATE_NOOP("Actions", "Use the whole screen."), ("F11", "F"), is_checkable=True),
)
