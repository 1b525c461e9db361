"""Where was the window when it was closed, and what stood around the picture?  Nothing else is kept here."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

_GEOMETRY = "window/geometry"
_LAYOUT = "window/layout"
_LAYOUT_VERSION = "window/layout_version"


class Settings:
    """Typed access to Qt's own store."""

    def __init__(self) -> None:
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Lacuna", "lacuna")

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size as Qt saved them; empty the first time."""
        return self._bytes(_GEOMETRY)

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue(_GEOMETRY, value)
        self._store.sync()

    def layout(self, version: int) -> QByteArray:
        """Return where docks and bars stood; empty when that was another version's arrangement."""
        kept = self._store.value(_LAYOUT_VERSION, 0, type=int)
        return self._bytes(_LAYOUT) if kept == version else QByteArray()

    def keep_layout(self, value: QByteArray, version: int) -> None:
        """Remember where docks and bars stand."""
        self._store.setValue(_LAYOUT, value)
        self._store.setValue(_LAYOUT_VERSION, version)
        self._store.sync()

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key, QByteArray(), type=QByteArray)
        return value if isinstance(value, QByteArray) else QByteArray()
