"""Which picture stands for what?  Every icon of the editor, drawn in the colour of the text."""

from __future__ import annotations

from types import MappingProxyType

import qtawesome
from PySide6.QtGui import QColor, QIcon, QPalette

GLYPHS = MappingProxyType(
    {
        "open": "ph.folder-open",
        "paste": "ph.clipboard",
        "save": "ph.floppy-disk",
        "export": "ph.export",
        "undo": "ph.arrow-counter-clockwise",
        "redo": "ph.arrow-clockwise",
        "brush": "ph.paint-brush",
        "eraser": "ph.eraser",
        "object": "ph.user-focus",
        "lasso": "ph.scribble-loop",
        "polygon": "ph.polygon",
        "rectangle": "ph.selection",
        "ellipse": "ph.circle-dashed",
        "wand": "ph.magic-wand",
        "probe": "ph.crosshair",
        "never": "ph.prohibit",
        "only": "ph.check-circle",
        "restore": "ph.clock-counter-clockwise",
        "hand": "ph.hand",
        "zoom": "ph.magnifying-glass",
        "restore_mask": "ph.selection-plus",
        "invert_mask": "ph.circle-half",
        "import_mask": "ph.download-simple",
        "export_mask": "ph.upload-simple",
        "clear_rules": "ph.eraser",
        "clear_pins": "ph.push-pin-slash",
        "fill": "ph.sparkle",
        "again": "ph.shuffle",
        "cancel": "ph.x",
        "clear": "ph.selection-slash",
        "overlay": "ph.compass",
        "fit": "ph.frame-corners",
        "zoom_in": "ph.magnifying-glass-plus",
        "zoom_out": "ph.magnifying-glass-minus",
        "picture": "ph.image",
        "warning": "ph.warning-circle",
        "bug": "ph.bug",
        "copy": "ph.copy",
    }
)


def icon(name: str, palette: QPalette, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return an icon of `GLYPHS` in the palette's colour; disabled it is faded."""
    faded = palette.color(QPalette.ColorGroup.Disabled, role)
    drawn: QIcon = qtawesome.icon(GLYPHS[name], color=palette.color(role), color_disabled=faded)
    return drawn


def accent_icon(name: str) -> QIcon:
    """Return an icon of `GLYPHS` in white, for buttons in the accent colour."""
    faded = QColor(255, 255, 255, 120)
    drawn: QIcon = qtawesome.icon(GLYPHS[name], color=QColor("white"), color_disabled=faded)
    return drawn
