"""Which keys do the hands of other programs' people know?  Ours follow Photoshop; two sets differ from it."""

from __future__ import annotations

from types import MappingProxyType

from app.actions.registry import Keys

_GIMP: Keys = MappingProxyType(
    {
        "brush": ("P",),
        "eraser": ("Shift+E",),
        "lasso": ("F",),
        "full_screen": ("F11",),
        "rectangle": ("R",),
        "ellipse": ("E",),
        "wand": ("U",),
        "fit": ("Ctrl+Shift+J", "Ctrl+0"),
        "zoom_100": ("1", "Ctrl+1"),
        "clear": ("Ctrl+Shift+A", "Ctrl+D"),
        "invert_mask": ("Ctrl+I", "Ctrl+Shift+I"),
        "palette": ("/", "Ctrl+Shift+P"),
        "again": ("Ctrl+Return", "Ctrl+Enter"),
    }
)
_KRITA: Keys = MappingProxyType({"fit": ("2", "Ctrl+0"), "zoom_100": ("1", "Ctrl+1")})
PRESETS: MappingProxyType[str, tuple[str, Keys]] = MappingProxyType(
    {
        "photoshop": ("Photoshop", MappingProxyType({})),
        "gimp": ("GIMP", _GIMP),
        "krita": ("Krita", _KRITA),
    }
)
"""By id: the program's name, and the keys that differ from the table."""


def preset_of(own_keys: Keys) -> str:
    """Return the id of the preset that these keys are; empty when they are a person's own."""
    return next((preset for preset, (_, keys) in PRESETS.items() if dict(keys) == dict(own_keys)), "")
