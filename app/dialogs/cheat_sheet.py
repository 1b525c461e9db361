"""Which keys are there?  All of them on one page, and what the mouse does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QKeyCombination, QMargins, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.actions.registry import Keys, keys_of, native, spec_name
from app.actions.table import ACTIONS, MENUS
from app.translation import plain

_COLUMNS, _BAR = 3, 24
_TYPED_AS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Enter": ("Return",),
        "{": ("Shift", "["),
        "}": ("Shift", "]"),
        "?": ("Shift", "?"),
        "=": ("+",),
    }
)
Group = tuple[str, list[tuple[str, tuple[str, ...]]]]


class CheatSheet(QDialog):
    """A page of keys, in columns.

    Args:
        own_keys: A person's own keys.
        parent: The window it stands before.
    """

    def __init__(self, own_keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys at a glance"))
        room = self.screen().availableSize().shrunkBy(QMargins(40, 40, 40, 40))
        groups = [*key_groups(own_keys), mouse_group()]
        pages = (_page(groups, count) for count in range(_COLUMNS, 0, -1))
        page = next((page for page in pages if page.sizeHint().width() + _BAR <= room.width()), None)
        page = page or _page(groups, 1)
        self.pane = QScrollArea()
        self.pane.setWidget(page)
        self.pane.setWidgetResizable(True)
        self.pane.setFrameShape(QFrame.Shape.NoFrame)
        self.pane.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(20, 0, 20, 14)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.pane, 1)
        rows.addWidget(buttons)
        wanted = page.sizeHint()
        self.resize(wanted.grownBy(QMargins(0, 0, _BAR, 64)).boundedTo(room))


def key_groups(own_keys: Keys) -> list[Group]:
    """Return the commands that have keys, by menu, with their keys as this system writes them."""
    groups: list[Group] = []
    for menu, text in MENUS:
        lines = [
            (spec_name(spec), tuple(native(key) for key in told(keys_of(spec, own_keys))[:2]))
            for spec in ACTIONS
            if spec.menu == menu and keys_of(spec, own_keys)
        ]
        if lines:
            groups.append((plain(QCoreApplication.translate("Actions", text)), lines))
    return groups


def told(keys: Sequence[str]) -> list[str]:
    """Return the keys without those that are another one again, as some keyboard has it."""
    found: dict[tuple[str, ...], str] = {}
    for key in keys:
        found.setdefault(_pressed(key), key)
    return list(found.values())


def _pressed(key: str) -> tuple[str, ...]:
    """Return what is pressed for a key such as "Ctrl+}", in the order of the alphabet."""
    held, last = (key[:-2], "+") if key.endswith("+") else (key.rpartition("+")[0], key.rpartition("+")[2])
    return tuple(sorted({*filter(None, held.split("+")), *_TYPED_AS.get(last, (last,))}))


def mouse_group() -> Group:
    """Return what mouse, pen and wheel do on the picture."""
    shift, alt, ctrl = (
        _modifier(held)
        for held in (
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.AltModifier,
            Qt.KeyboardModifier.ControlModifier,
        )
    )
    drag, wheel, click = _tr("drag"), _tr("wheel"), _tr("click")
    lines = [
        (_tr("Move the picture"), (f"{_tr('Space')}+{drag}", _tr("middle drag"))),
        (_tr("Closer, farther"), (wheel, f"{ctrl}+{wheel}")),
        (_tr("Move sideways"), (f"{shift}+{wheel}",)),
        (_tr("Erase while held"), (f"{alt}+{drag}", _tr("right drag"))),
        (_tr("Straight line"), (f"{shift}+{click}",)),
        (_tr("Brush size"), (f"{alt}+{wheel}",)),
        (_tr("Brush size and hardness"), (f"{alt}+{_tr('right drag')}",)),
        (_tr("Add a shape"), (f"{shift}+{drag}",)),
        (_tr("Take a shape away"), (f"{alt}+{drag}",)),
        (_tr("Menu"), (_tr("right click"),)),
    ]
    return _tr("Mouse and pen"), lines


def in_columns(groups: list[Group], count: int) -> list[list[Group]]:
    """Return the groups in at most `count` columns of like height; each longest goes where most room is."""
    columns: list[list[int]] = [[] for _ in range(count)]
    heights = [0] * count
    for place in sorted(range(len(groups)), key=lambda place: -len(groups[place][1])):
        shortest = heights.index(min(heights))
        columns[shortest].append(place)
        heights[shortest] += len(groups[place][1]) + 2
    filled = sorted(sorted(column) for column in columns if column)
    return [[groups[place] for place in column] for column in filled]


def _page(groups: list[Group], count: int) -> QWidget:
    page = QWidget()
    columns = QHBoxLayout(page)
    columns.setContentsMargins(28, 24, 28, 16)
    columns.setSpacing(44)
    for part in in_columns(groups, count):
        column = QVBoxLayout()
        column.setSpacing(14)
        for title, lines in part:
            column.addWidget(_block(title, lines))
        column.addStretch(1)
        columns.addLayout(column, 1)
    return page


def _block(title: str, lines: list[tuple[str, tuple[str, ...]]]) -> QWidget:
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(1)
    grid.setColumnStretch(0, 1)
    heading = QLabel(title)
    heading.setObjectName("heading")
    grid.addWidget(heading, 0, 0, 1, 2)
    line = QFrame()
    line.setObjectName("line")
    line.setFixedHeight(1)
    grid.addWidget(line, 1, 0, 1, 2)
    for row, (name, keys) in enumerate(lines, 2):
        grid.addWidget(QLabel(name), row, 0)
        caps = QHBoxLayout()
        caps.setSpacing(4)
        caps.addStretch(1)
        for key in keys:
            cap = QLabel(key)
            cap.setObjectName("keycap")
            caps.addWidget(cap)
        grid.addLayout(caps, row, 1)
    return block


def _modifier(held: Qt.KeyboardModifier) -> str:
    """Return the name this system gives to a modifier key."""
    shown = QKeySequence(QKeyCombination(held, Qt.Key.Key_A)).toString(QKeySequence.SequenceFormat.NativeText)
    return shown[:-1].rstrip("+")


def _tr(text: str) -> str:
    return QCoreApplication.translate("CheatSheet", text)
