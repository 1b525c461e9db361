"""Which command is meant by a few letters?  A plate at the window's top: type, choose, done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.actions.registry import plain_name
from app.actions.spec import ActionSpec
from app.actions.table import ACTIONS, MENUS
from app.translation import plain

_WIDTH, _ROW, _SHOWN, _TOP = 620, 34, 11, 56
_ID, _MENU, _KEYS, _ENABLED = (Qt.ItemDataRole.UserRole + number for number in range(4))
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CommandPalette(QDialog):
    """Finds a command by its letters and does it.

    Args:
        actions: By id.
        host: The window it stands in.
    """

    def __init__(self, actions: Mapping[str, QAction], host: QWidget) -> None:
        super().__init__(host, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._actions = actions
        self._menus = {menu: plain(_tr(text)) for menu, text in MENUS}
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find a command"))
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setPlaceholderText(self.tr("What would you like to do?"))
        self.field.setAccessibleName(self.windowTitle())
        self.field.setObjectName("search")
        self.field.installEventFilter(self)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Row(self.list))
        plate = QFrame(self)
        plate.setObjectName("plate")
        outside, inside = QVBoxLayout(self), QVBoxLayout(plate)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # the plate is as high as its list
        outside.addWidget(plate)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(6)
        inside.addWidget(self.field)
        inside.addWidget(self.list)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.returnPressed.connect(self._do)
        self.list.itemClicked.connect(self._do)
        self._on_field_text_changed("")
        width = min(_WIDTH, host.width() - 40)
        plate.setFixedWidth(width)
        self.move(host.mapToGlobal(QPoint((host.width() - width) // 2, _TOP)))

    @Slot(str)
    def _on_field_text_changed(self, query: str) -> None:
        """Show what fits, best first."""
        ranked = [(place, spec) for spec in ACTIONS if (place := self._rank(query, spec)) is not None]
        ranked.sort(key=lambda found: found[0])
        self.list.clear()
        for _, spec in ranked:
            self.list.addItem(self._item(spec))
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(max(1, min(self.list.count(), _SHOWN)) * _ROW)

    def _rank(self, query: str, spec: ActionSpec) -> tuple[int, bool] | None:
        action = self._actions[spec.id]
        if spec.id == "palette":
            return None
        english = plain(spec.text)
        texts = (plain_name(action), english, self._menus[spec.menu], _tr(spec.help))
        place = rank(query, texts)
        return None if place is None else (place, not action.isEnabled())

    def _item(self, spec: ActionSpec) -> QListWidgetItem:
        action = self._actions[spec.id]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        item = QListWidgetItem(action.icon(), plain_name(action))
        for role, value in (
            (_ID, spec.id),
            (_MENU, self._menus[spec.menu]),
            (_KEYS, keys),
            (_ENABLED, action.isEnabled()),
            (Qt.ItemDataRole.ToolTipRole, _tr(spec.help)),
            (Qt.ItemDataRole.AccessibleTextRole, f"{plain_name(action)}, {self._menus[spec.menu]}, {keys}"),
        ):
            item.setData(role, value)
        return item

    @Slot()
    def _do(self) -> None:
        """Close, and do what is chosen, if it can be done now."""
        item = self.list.currentItem()
        if item is None or not item.data(_ENABLED):
            return
        action = self._actions[item.data(_ID)]
        self.accept()
        QTimer.singleShot(0, action, action.trigger)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Walk through the list while the cursor stays in the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _WALKING:
            QCoreApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Go away when another window is clicked."""
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.reject()
        super().changeEvent(event)


class _Row(QStyledItemDelegate):
    """One line: icon, name, menu, and the key at the right."""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        groups, roles = QPalette.ColorGroup, QPalette.ColorRole
        group = groups.Active if index.data(_ENABLED) else groups.Disabled
        name_role, rest_role = (roles.Text, roles.PlaceholderText)
        room: QRect = option.rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(option.palette.color(groups.Active, roles.Midlight))
            painter.drawRoundedRect(room, 6, 6)
        inner = room.adjusted(10, 0, -10, 0)
        mode = QIcon.Mode.Normal if index.data(_ENABLED) else QIcon.Mode.Disabled
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            icon.paint(painter, QRect(inner.left(), inner.center().y() - 8, 17, 17), mode=mode)
        name, keys = str(index.data(Qt.ItemDataRole.DisplayRole)), str(index.data(_KEYS))
        middle, metrics = Qt.AlignmentFlag.AlignVCenter, option.fontMetrics
        text = inner.adjusted(30, 0, -metrics.horizontalAdvance(keys) - 12, 0)
        painter.setPen(option.palette.color(group, name_role))
        painter.drawText(text, middle, metrics.elidedText(name, Qt.TextElideMode.ElideRight, text.width()))
        painter.setPen(option.palette.color(group, rest_role))
        after = text.adjusted(metrics.horizontalAdvance(name) + 12, 0, 0, 0)
        painter.drawText(after, middle, str(index.data(_MENU)))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, keys)
        painter.restore()


def rank(query: str, texts: Sequence[str]) -> int | None:
    """Return how well the words of `query` fit, 0 best; None when one of them fits nowhere.

    Args:
        query: What was typed.
        texts: Where to look, the most telling first; letters apart are looked for in the first two.
    """
    places = [_place(word, texts) for word in query.casefold().split()]
    return None if None in places else sum(place for place in places if place is not None)


def _place(word: str, texts: Sequence[str]) -> int | None:
    found = [
        4 * max(number - 1, 0) + quality
        for number, text in enumerate(text.casefold() for text in texts)
        if (quality := _quality(word, text, may_scatter=number < 2)) is not None
    ]
    return min(found, default=None)


def _quality(word: str, text: str, *, may_scatter: bool) -> int | None:
    if text.startswith(word):
        return 0
    if any(part.startswith(word) for part in text.split()):
        return 1
    if word in text:
        return 2
    letters = iter(text)
    return 3 if may_scatter and all(letter in letters for letter in word) else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
