"""Which dialogs does the editor have?  One of each, for tests that look at them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QDialog

from app.crash import ErrorReport
from app.dialogs.about import AboutDialog
from app.dialogs.cheat_sheet import CheatSheet
from app.dialogs.error import ErrorDialog
from app.dialogs.export import ExportDialog, summary_of
from app.dialogs.palette import CommandPalette
from app.dialogs.preferences import PreferencesDialog
from app.dialogs.recovered import RecoveredDialog
from app.dialogs.shortcuts import ShortcutEditor
from app.document.bundle import Glimpse
from app.state.recovery import Found, Place
from inpainting_core.api import Encoding, Photo
from tests.app.conftest import Desk


def every_dialog(desk: Desk) -> Iterator[QDialog]:
    """Yield each dialog before the desk's window, one at a time; it is not shown yet."""
    window, preferences = desk.program.window, desk.program.models.preferences
    photo = Photo(np.zeros((6, 8, 3), np.uint8), encoding=Encoding("JPEG"), exif=b"x")
    summary = summary_of(photo, Path("/pictures/beach_edit.jpg"), Path("/pictures/beach.jpg"), 1234)
    glimpse = Glimpse("beach.jpg", 1_700_000_000.0, b"")
    place = Place(Path("/kept/one.lacuna"), QLockFile("/kept/one.lock"))
    left_behind = (Found(place, glimpse), Found(place, None))
    for dialog in (
        AboutDialog(window),
        CheatSheet({}, window),
        CommandPalette(window.actions_by_id, window),
        ErrorDialog(ErrorReport("It broke.", "Say so.", "Traceback"), "/log", window),
        ExportDialog(summary, window),
        PreferencesDialog(preferences, window),
        RecoveredDialog(left_behind, window),
        ShortcutEditor(preferences, window),
    ):
        yield dialog
        dialog.close()
        dialog.deleteLater()
