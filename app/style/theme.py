"""Which colours does the window have?  Light or dark as the system says; the canvas stays neutral grey."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).parents[2] / "resources"
_ROLES = (
    # role, light, dark
    (QPalette.ColorRole.Window, "#f1f1f2", "#2b2b2d"),
    (QPalette.ColorRole.WindowText, "#1d1d1f", "#e6e6e8"),
    (QPalette.ColorRole.Base, "#ffffff", "#1f1f21"),
    (QPalette.ColorRole.AlternateBase, "#e7e7e9", "#343437"),
    (QPalette.ColorRole.ToolTipBase, "#ffffff", "#3a3a3d"),
    (QPalette.ColorRole.ToolTipText, "#1d1d1f", "#e6e6e8"),
    (QPalette.ColorRole.Text, "#1d1d1f", "#e6e6e8"),
    (QPalette.ColorRole.PlaceholderText, "#6a6a70", "#9a9aa0"),
    (QPalette.ColorRole.Button, "#e4e4e7", "#3a3a3d"),
    (QPalette.ColorRole.ButtonText, "#1d1d1f", "#e6e6e8"),
    (QPalette.ColorRole.BrightText, "#ffffff", "#ffffff"),
    (QPalette.ColorRole.Mid, "#c6c6ca", "#4a4a4e"),
    (QPalette.ColorRole.Midlight, "#dadadd", "#404044"),
    (QPalette.ColorRole.Light, "#ffffff", "#5c5c61"),
    (QPalette.ColorRole.Shadow, "#8c8c92", "#85858c"),
    (QPalette.ColorRole.Dark, "#a8a8ad", "#19191b"),
    (QPalette.ColorRole.Highlight, "#2f6fdb", "#3f7ee8"),
    (QPalette.ColorRole.HighlightedText, "#ffffff", "#ffffff"),
    (QPalette.ColorRole.Accent, "#2f6fdb", "#3f7ee8"),
    (QPalette.ColorRole.Link, "#2f6fdb", "#6aa2ff"),
)
_FADED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


class Theme(QObject):
    """Dresses the application and follows the system between light and dark."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        application.setStyle("Fusion")
        QDir.setSearchPaths("theme", [str(RESOURCES / "theme")])
        application.styleHints().colorSchemeChanged.connect(self._on_hints_color_scheme_changed)
        self._dress(application.styleHints().colorScheme())

    @Slot(Qt.ColorScheme)
    def _on_hints_color_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._dress(scheme)

    def _dress(self, scheme: Qt.ColorScheme) -> None:
        self._application.setPalette(colours(is_dark=scheme == Qt.ColorScheme.Dark))
        self._application.setStyleSheet((RESOURCES / "theme.qss").read_text(encoding="utf-8"))


def colours(*, is_dark: bool) -> QPalette:
    """Return the palette of the window."""
    palette = QPalette()
    for role, light, dark in _ROLES:
        palette.setColor(role, QColor(dark if is_dark else light))
    faded = QColor("#6f6f75" if is_dark else "#9c9ca1")
    for role in _FADED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, QColor("#7c7c82"))
    return palette
