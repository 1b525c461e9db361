"""How does a row become something to click?  QActions, with the person's own keys where there are any."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from app.actions.spec import ActionSpec
from app.actions.table import ACTIONS

Keys = Mapping[str, tuple[str, ...]]
"""Key sequences in Qt's portable form, by action id; only those that differ from the table."""


def make_actions(parent: QObject, own_keys: Keys | None = None) -> dict[str, QAction]:
    """Return every action of the table, translated, with its keys; nothing is connected yet."""
    return {spec.id: _make(spec, parent, (own_keys or {}).get(spec.id, spec.keys)) for spec in ACTIONS}


def set_keys(action: QAction, spec: ActionSpec, keys: tuple[str, ...]) -> None:
    """Give an action other keys, and say them in its tooltip."""
    sequences = [QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText) for key in keys]
    action.setShortcuts(sequences)
    first = sequences[0].toString(QKeySequence.SequenceFormat.NativeText) if sequences else ""
    help_text = QCoreApplication.translate("Actions", spec.help)
    shown = f"<b>{plain_name(action)}</b>" + (f" ({first})" if first else "")
    action.setToolTip(f"{shown}<br>{help_text}")


def plain_name(action: QAction) -> str:
    """Return the action's name without marks for the keyboard and dots."""
    return action.text().replace("&", "").rstrip("\u2026")


def _make(spec: ActionSpec, parent: QObject, keys: tuple[str, ...]) -> QAction:
    action = QAction(QCoreApplication.translate("Actions", spec.text), parent)
    action.setCheckable(spec.is_checkable)
    action.setEnabled(not spec.needs_picture)
    action.setObjectName(spec.id)
    set_keys(action, spec, keys)
    return action
