"""What is each tool called, and how is it used?  One line, for the strip and the status bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.state.view_state import ToolId


def words_of(tool: ToolId) -> tuple[str, str]:
    """Return the name of the tool and how it is used."""
    words: dict[ToolId, tuple[str, str]] = {
        "brush": (
            _tr("Brush"),
            _tr("Right-drag or Alt erases \u00b7 Shift: straight lines"),
        ),
        "eraser": (
            _tr("Eraser"),
            _tr("Right-drag or Alt paints \u00b7 Shift: straight lines"),
        ),
        "lasso": (_tr("Lasso"), _tr("Draw around it \u00b7 Shift adds, Alt takes away")),
        "polygon": (
            _tr("Polygon"),
            _tr("Click corners \u00b7 Enter or double click closes \u00b7 Backspace takes one back"),
        ),
        "rectangle": (_tr("Rectangle"), _tr("Drag \u00b7 Shift adds, Alt takes away")),
        "ellipse": (_tr("Ellipse"), _tr("Drag \u00b7 Shift adds, Alt takes away")),
        "wand": (_tr("Magic wand"), _tr("Click a colour; drag right for more, left for less")),
        "object": (
            _tr("Object"),
            _tr("Click an object or drag a box around it; then press Enter"),
        ),
        "never": (
            _tr("Never from here"),
            _tr("Paint what is not to be borrowed \u00b7 Alt wipes"),
        ),
        "only": (_tr("Only from here"), _tr("Paint what may be borrowed \u00b7 Alt wipes")),
        "restore": (_tr("Restore"), _tr("Brush the original photograph back")),
        "probe": (
            _tr("Probe"),
            _tr("Point at a filled pixel \u00b7 click locks \u00b7 drag the yellow dot elsewhere"),
        ),
        "hand": (_tr("Hand"), _tr("Drag the picture \u00b7 Space does it with any tool")),
        "zoom": (_tr("Zoom"), _tr("Click to come closer, Alt+click to step back")),
    }
    return words[tool]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tools", text)
