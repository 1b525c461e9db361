"""How does a row become something to click?  QActions, with the person's own keys where there are any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from app.actions.spec import ActionSpec
from app.actions.table import ACTIONS
from app.translation import plain

Keys = Mapping[str, tuple[str, ...]]
"""Key sequences in Qt's portable form, by action id; only those that differ from the table."""


def make_actions(parent: QObject, own_keys: Keys | None = None) -> dict[str, QAction]:
    """Return every action of the table, translated, with its keys; nothing is connected yet."""
    return {spec.id: _make(spec, parent, keys_of(spec, own_keys or {})) for spec in ACTIONS}


def keys_of(spec: ActionSpec, own_keys: Keys) -> tuple[str, ...]:
    """Return the keys of a row: the person's own, else the table's."""
    return own_keys.get(spec.id, spec.keys)


def apply_keys(actions: Mapping[str, QAction], own_keys: Keys) -> None:
    """Give every action the keys it has now."""
    for spec in ACTIONS:
        set_keys(actions[spec.id], spec, keys_of(spec, own_keys))


def set_keys(action: QAction, spec: ActionSpec, keys: tuple[str, ...]) -> None:
    """Give an action other keys, and say them in its tooltip."""
    action.setShortcuts([sequence(key) for key in keys])
    first = native(keys[0]) if keys else ""
    help_text = QCoreApplication.translate("Actions", spec.help)
    shown = f"<b>{plain_name(action)}</b>" + (f" ({first})" if first else "")
    action.setToolTip(f"{shown}<br>{help_text}")


def conflicts(specs: Iterable[ActionSpec], own_keys: Keys) -> dict[str, tuple[str, ...]]:
    """Return the keys that mean more than one action, each with those actions' ids."""
    owners: dict[str, list[str]] = {}
    for spec in specs:
        for key in dict.fromkeys(portable(key) for key in keys_of(spec, own_keys)):
            owners.setdefault(key, []).append(spec.id)
    return {key: tuple(ids) for key, ids in owners.items() if len(ids) > 1}


def rebound(own_keys: Keys, spec: ActionSpec, keys: tuple[str, ...]) -> Keys:
    """Return `own_keys` with other keys for one row; its keys of the table are no longer own ones."""
    kept = reset(own_keys, spec.id)
    same = [portable(key) for key in keys] == [portable(key) for key in spec.keys]
    return kept if same else {**kept, spec.id: keys}


def reset(own_keys: Keys, action_id: str) -> Keys:
    """Return `own_keys` without those of one action: it has the table's again."""
    return {other: keys for other, keys in own_keys.items() if other != action_id}


def sequence(key: str) -> QKeySequence:
    """Return the key sequence of its portable form."""
    return QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)


def portable(key: str) -> str:
    """Return the one spelling of a key sequence; empty when it is none."""
    return sequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def native(key: str) -> str:
    """Return a key sequence as this system writes it."""
    return sequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def plain_name(action: QAction) -> str:
    """Return the action's name without marks for the keyboard and dots."""
    return plain(action.text())


def spec_name(spec: ActionSpec) -> str:
    """Return a row's name in the language of the screen, without marks for the keyboard and dots."""
    return plain(QCoreApplication.translate("Actions", spec.text))


def _make(spec: ActionSpec, parent: QObject, keys: tuple[str, ...]) -> QAction:
    action = QAction(QCoreApplication.translate("Actions", spec.text), parent)
    action.setIconText(plain_name(action))  # on a button no mark for the keyboard
    action.setCheckable(spec.is_checkable)
    action.setEnabled(not spec.needs_picture)
    action.setAutoRepeat(spec.repeats)
    action.setObjectName(spec.id)
    set_keys(action, spec, keys)
    return action
