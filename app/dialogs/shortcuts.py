"""Which keys does the person want?  A table of commands, and a word at once when a key is taken."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.actions.presets import PRESETS, preset_of
from app.actions.registry import Keys, keys_of, native, portable, rebound, reset, spec_name
from app.actions.spec import ActionSpec
from app.actions.table import ACTIONS, MENUS
from app.preferences import PreferenceStore
from app.style.icons import icon
from app.translation import plain

_ID = Qt.ItemDataRole.UserRole


class _Wish(NamedTuple):
    """Keys wanted for a row, one of which other rows have."""

    spec: ActionSpec
    keys: tuple[str, ...]
    taken: str
    owners: tuple[ActionSpec, ...]


class ShortcutEditor(QDialog):
    """Changes keys in the preferences, at once.

    Args:
        store: Where a person's own keys are kept.
        parent: The window it stands before.
    """

    def __init__(self, store: PreferenceStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._wish: _Wish | None = None
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.setWindowTitle(self.tr("Keys"))
        self.search, self.presets = QLineEdit(), QComboBox()
        self.tree = QTreeWidget()
        self.edits = (QKeySequenceEdit(), QKeySequenceEdit())
        self.removes = (QToolButton(), QToolButton())
        self.back = QPushButton(self.tr("As it was"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addLayout(self._top())
        rows.addWidget(self._table(), 1)
        rows.addWidget(self._editing())
        rows.addWidget(self._buttons())
        store.changed.connect(self._on_store_changed)
        self._show_all()
        self.tree.setCurrentItem(self._groups[0][1][0])
        self.resize(620, 640)

    def _top(self) -> QHBoxLayout:
        self.search.setPlaceholderText(self.tr("Search a command or a key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search_text_changed)
        label = QLabel(self.tr("Keys &like"))
        label.setBuddy(self.presets)
        self.presets.setAccessibleName(self.tr("Keys like"))
        for preset, (name, _) in PRESETS.items():
            self.presets.addItem(name, preset)
        self.presets.activated.connect(self._on_presets_activated)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addSpacing(12)
        row.addWidget(label)
        row.addWidget(self.presets)
        return row

    def _table(self) -> QTreeWidget:
        self.tree.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.tree.setAccessibleName(self.tr("Commands and their keys"))
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setUniformRowHeights(True)
        self.tree.setObjectName("roomy")
        self.tree.setIndentation(14)
        for menu, text in MENUS:
            group = QTreeWidgetItem([plain(QCoreApplication.translate("Actions", text))])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            self.tree.addTopLevelItem(group)
            items: list[QTreeWidgetItem] = []
            for spec in ACTIONS:
                if spec.menu == menu:
                    item = QTreeWidgetItem(group, [spec_name(spec)])
                    items.append(item)
                    item.setData(0, _ID, spec)
                    item.setToolTip(0, QCoreApplication.translate("Actions", spec.help))
            group.setExpanded(True)
            self._groups.append((group, items))
        self.tree.currentItemChanged.connect(self._on_tree_current_item_changed)
        return self.tree

    def _editing(self) -> QFrame:
        box = QFrame()
        box.setObjectName("well")
        grid = QGridLayout(box)
        self.name = QLabel()
        self.name.setObjectName("strong")
        grid.addWidget(self.name, 0, 0, 1, 3)
        line = QHBoxLayout()
        names = (self.tr("Key"), self.tr("Or"))
        for edit, remove, name in zip(self.edits, self.removes, names, strict=True):
            edit.setMaximumSequenceLength(1)
            edit.setAccessibleName(name)
            edit.keySequenceChanged.connect(self._on_edits_key_sequence_changed)
            edit.editingFinished.connect(self._on_edits_editing_finished)
            remove.setText("\u00d7")
            remove.setToolTip(self.tr("Remove this key."))
            remove.setAccessibleName(self.tr("Remove this key"))
            remove.clicked.connect(lambda _on=False, edit=edit: self._remove(edit))
            line.addWidget(QLabel(name))
            line.addWidget(edit, 1)
            line.addWidget(remove)
            line.addSpacing(8)
        line.addWidget(self.back)
        grid.addLayout(line, 1, 0, 1, 3)
        self.back.setToolTip(self.tr("Give this command the keys it came with."))
        self.back.clicked.connect(self._on_back_clicked)
        grid.addWidget(self._warning(), 2, 0, 1, 3)
        return box

    def _warning(self) -> QFrame:
        self.warning = QFrame()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.take, self.keep = QPushButton(self.tr("Use it here")), QPushButton(self.tr("Leave it"))
        sign = QLabel()
        sign.setPixmap(icon("warning", self.palette(), QPalette.ColorRole.WindowText).pixmap(18, 18))
        self.take.clicked.connect(self._on_take_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        line = QHBoxLayout(self.warning)
        line.setContentsMargins(0, 4, 0, 0)
        line.addWidget(sign)
        line.addWidget(self.words, 1)
        line.addWidget(self.take)
        line.addWidget(self.keep)
        policy = self.warning.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the table above must not jump
        self.warning.setSizePolicy(policy)
        self.warning.hide()
        return self.warning

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.reset_all = buttons.addButton(self.tr("Reset all"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_all.clicked.connect(self._on_reset_all_clicked)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        for button in (close, self.reset_all, self.back, self.take, self.keep):
            button.setAutoDefault(False)  # Enter belongs to the key field
        return buttons

    @property
    def _keys(self) -> Keys:
        return self._store.values.keys

    def _spec(self) -> ActionSpec | None:
        item = self.tree.currentItem()
        spec = item.data(0, _ID) if item is not None else None
        return spec if isinstance(spec, ActionSpec) else None

    def _show_all(self) -> None:
        for _, items in self._groups:
            for item in items:
                spec = item.data(0, _ID)
                item.setText(1, "   ".join(native(key) for key in keys_of(spec, self._keys)))
                font = item.font(1)
                font.setBold(spec.id in self._keys)
                item.setFont(1, font)
        self._show_preset()
        self._show_one()

    def _show_preset(self) -> None:
        own = self.presets.findData("")
        preset = preset_of(self._keys)
        if preset and own >= 0:
            self.presets.removeItem(own)
        elif not preset and own < 0:
            self.presets.addItem(self.tr("My own"), "")
        self.presets.setCurrentIndex(self.presets.findData(preset))

    def _show_one(self) -> None:
        spec = self._spec()
        self._wish = None
        self.warning.hide()
        self.back.setEnabled(spec is not None and spec.id in self._keys)
        self.name.setText(spec_name(spec) if spec is not None else self.tr("Choose a command."))
        keys = keys_of(spec, self._keys) if spec is not None else ()
        for number, edit in enumerate(self.edits):
            edit.setEnabled(spec is not None)
            self.removes[number].setEnabled(number < len(keys))
            with QSignalBlocker(edit):
                edit.setKeySequence(QKeySequence(keys[number]) if number < len(keys) else QKeySequence())

    def _ask_for(self, spec: ActionSpec, keys: tuple[str, ...]) -> None:
        """Give a row other keys; when one is taken, say whose it is instead."""
        for key in keys:
            owners = tuple(
                other
                for other in ACTIONS
                if other.id != spec.id and portable(key) in map(portable, keys_of(other, self._keys))
            )
            if owners:
                self._wish = _Wish(spec, keys, key, owners)
                names = ", ".join(spec_name(owner) for owner in owners)
                words = self.tr("{key} already means: {command}.")
                self.words.setText(words.format(key=native(key), command=names))
                self.warning.show()
                return
        self._store.change(keys=dict(rebound(self._keys, spec, keys)))

    @Slot(str)
    def _on_store_changed(self, name: str) -> None:
        if name == "keys":
            self._show_all()

    @Slot(str)
    def _on_search_text_changed(self, query: str) -> None:
        wanted = query.casefold().strip()
        for group, items in self._groups:
            for item in items:
                item.setHidden(wanted not in f"{item.text(0)} {item.text(1)}".casefold())
            group.setHidden(all(item.isHidden() for item in items))

    @Slot()
    def _on_tree_current_item_changed(self) -> None:
        self._show_one()

    @Slot(QKeySequence)
    def _on_edits_key_sequence_changed(self, typed: QKeySequence) -> None:
        if not typed.isEmpty():  # a field is emptied first when a key goes down
            self._ask_for_fields()

    @Slot()
    def _on_edits_editing_finished(self) -> None:
        if self._wish is None:
            self._show_one()

    def _remove(self, edit: QKeySequenceEdit) -> None:
        with QSignalBlocker(edit):
            edit.clear()
        self._ask_for_fields()

    def _ask_for_fields(self) -> None:
        """Give the chosen row the keys that stand in the fields, and those that have no field."""
        spec = self._spec()
        if spec is None:
            return
        typed = [edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText) for edit in self.edits]
        rest = keys_of(spec, self._keys)[len(self.edits) :]
        self._wish = None
        self.warning.hide()
        self._ask_for(spec, tuple(dict.fromkeys(key for key in (*typed, *rest) if key)))

    @Slot()
    def _on_take_clicked(self) -> None:
        if self._wish is None:
            return
        spec, keys, taken, owners = self._wish
        own = self._keys
        for owner in owners:
            left = tuple(key for key in keys_of(owner, own) if portable(key) != portable(taken))
            own = rebound(own, owner, left)
        self._store.change(keys=dict(own))
        self._ask_for(spec, keys)

    @Slot()
    def _on_keep_clicked(self) -> None:
        self._show_one()

    @Slot()
    def _on_back_clicked(self) -> None:
        spec = self._spec()
        if spec is not None:
            remaining = reset(self._keys, spec.id)
            self._ask_for_default(spec, remaining)

    def _ask_for_default(self, spec: ActionSpec, remaining: Keys) -> None:
        """Take the row's own keys back; one that went to another row meanwhile is asked for."""
        others = (other for other in ACTIONS if other.id != spec.id)
        taken = {portable(key) for other in others for key in keys_of(other, remaining)}
        if taken.isdisjoint(map(portable, spec.keys)):
            self._store.change(keys=dict(remaining))
        else:
            self._ask_for(spec, spec.keys)

    @Slot(int)
    def _on_presets_activated(self, _index: int) -> None:
        self._take_preset(str(self.presets.currentData()))

    @Slot()
    def _on_reset_all_clicked(self) -> None:
        self._take_preset("photoshop")

    def _take_preset(self, preset: str) -> None:
        """Take a whole set of keys; a person's own are given up only when that is said."""
        if preset not in PRESETS:
            return
        if preset_of(self._keys) or self._may_drop_own():
            self._store.change(keys=dict(PRESETS[preset][1]))
        self._show_preset()

    def _may_drop_own(self) -> bool:
        buttons = QMessageBox.StandardButton
        title, words = self.tr("Your own keys"), self.tr("Your own keys will be forgotten. Go on?")
        return QMessageBox.question(self, title, words, buttons.Yes | buttons.No) == buttons.Yes
