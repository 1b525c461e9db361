"""What is remembered between two starts?  Where the window was; nothing else yet."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

_GEOMETRY = "window/geometry"


class Settings:
    """Typed access to the settings file."""

    def __init__(self) -> None:
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Lacuna", "lacuna")

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size as Qt saved them; empty the first time."""
        value = self._store.value(_GEOMETRY)
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue(_GEOMETRY, value)
        self._store.sync()
