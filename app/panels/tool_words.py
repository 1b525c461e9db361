"""What is each tool called, and how is it used?  One line, for the strip and the status bar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.actions.spec import QT_TRANSLATE_NOOP
from app.state.view_state import ToolId
from app.translation import translate

# fmt: off
_WORDS: Mapping[ToolId, tuple[str, str]] = MappingProxyType({
    "brush": (QT_TRANSLATE_NOOP("Tools", "Brush"),
        QT_TRANSLATE_NOOP("Tools", "Right-drag or Alt erases \u00b7 Shift: straight lines")),
    "eraser": (QT_TRANSLATE_NOOP("Tools", "Eraser"),
        QT_TRANSLATE_NOOP("Tools", "Right-drag or Alt paints \u00b7 Shift: straight lines")),
    "lasso": (QT_TRANSLATE_NOOP("Tools", "Lasso"),
        QT_TRANSLATE_NOOP("Tools", "Draw around it \u00b7 Shift adds, Alt takes away")),
    "polygon": (QT_TRANSLATE_NOOP("Tools", "Polygon"), QT_TRANSLATE_NOOP("Tools",
        "Click corners \u00b7 Enter or double click closes \u00b7 Backspace takes one back")),
    "rectangle": (QT_TRANSLATE_NOOP("Tools", "Rectangle"),
        QT_TRANSLATE_NOOP("Tools", "Drag \u00b7 Shift adds, Alt takes away")),
    "ellipse": (QT_TRANSLATE_NOOP("Tools", "Ellipse"),
        QT_TRANSLATE_NOOP("Tools", "Drag \u00b7 Shift adds, Alt takes away")),
    "wand": (QT_TRANSLATE_NOOP("Tools", "Magic wand"),
        QT_TRANSLATE_NOOP("Tools", "Click a colour; drag right for more, left for less")),
    "object": (QT_TRANSLATE_NOOP("Tools", "Object"),
        QT_TRANSLATE_NOOP("Tools", "Click an object or drag a box around it; then press Enter")),
    "never": (QT_TRANSLATE_NOOP("Tools", "Never from here"),
        QT_TRANSLATE_NOOP("Tools", "Paint what is not to be borrowed \u00b7 Alt wipes")),
    "only": (QT_TRANSLATE_NOOP("Tools", "Only from here"),
        QT_TRANSLATE_NOOP("Tools", "Paint what may be borrowed \u00b7 Alt wipes")),
    "restore": (QT_TRANSLATE_NOOP("Tools", "Restore"),
        QT_TRANSLATE_NOOP("Tools", "Brush the original photograph back")),
    "probe": (QT_TRANSLATE_NOOP("Tools", "Probe"), QT_TRANSLATE_NOOP("Tools",
        "Point at a filled pixel \u00b7 click locks \u00b7 drag the yellow dot elsewhere")),
    "hand": (QT_TRANSLATE_NOOP("Tools", "Hand"),
        QT_TRANSLATE_NOOP("Tools", "Drag the picture \u00b7 Space does it with any tool")),
    "zoom": (QT_TRANSLATE_NOOP("Tools", "Zoom"),
        QT_TRANSLATE_NOOP("Tools", "Click to come closer, Alt+click to step back")),
})
# fmt: on


def words_of(tool: ToolId) -> tuple[str, str]:
    """Return the name of the tool and how it is used."""
    name, use = _WORDS[tool]
    return translate("Tools", name), translate("Tools", use)
