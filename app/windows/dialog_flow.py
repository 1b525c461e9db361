"""Which dialog answers which command?  Each is made when it is asked for, and gone when it is closed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from app.dialogs.about import AboutDialog
from app.dialogs.cheat_sheet import CheatSheet
from app.dialogs.palette import CommandPalette
from app.dialogs.preferences import PreferencesDialog
from app.dialogs.shortcuts import ShortcutEditor
from app.preferences import PreferenceStore


class DialogFlow(QObject):
    """Opens dialogs before `window`."""

    def __init__(self, actions: Mapping[str, QAction], preferences: PreferenceStore, window: QWidget) -> None:
        super().__init__(window)
        self._actions = actions
        self._preferences = preferences
        self._window = window
        meanings = {
            "palette": self.show_palette,
            "cheat_sheet": self.show_cheat_sheet,
            "shortcuts": self.show_shortcuts,
            "preferences": self.show_preferences,
            "about": self.show_about,
        }
        for action_id, meaning in meanings.items():
            actions[action_id].triggered.connect(meaning)

    @Slot()
    def show_palette(self) -> None:
        """Find a command by its letters."""
        self._open(CommandPalette(self._actions, self._window))

    @Slot()
    def show_cheat_sheet(self) -> None:
        """Show every key."""
        self._open(CheatSheet(self._preferences.values.keys, self._window))

    @Slot()
    def show_shortcuts(self) -> None:
        """Change keys."""
        self._open(ShortcutEditor(self._preferences, self._window))

    @Slot()
    def show_preferences(self) -> None:
        """Change what is kept for every picture."""
        dialog = PreferencesDialog(self._preferences, self._window)
        dialog.keys_wanted.connect(self.show_shortcuts)
        self._open(dialog)

    @Slot()
    def show_about(self) -> None:
        """Say what this is, and whose."""
        self._open(AboutDialog(self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
