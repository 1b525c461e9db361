"""Where does everything stand?  The layout of the one window; what things do is said elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QToolBar

from app.actions.registry import apply_keys, make_actions
from app.actions.table import ACTIONS, MENUS
from app.actions.text_guard import TextGuard
from app.crash import ErrorReport, log_path
from app.dialogs.error import ErrorDialog
from app.panels.filmstrip import Filmstrip
from app.preferences import PreferenceStore
from app.state.models import Models
from app.style.icons import icon
from app.translation import plain
from app.windows.commands import Commands
from app.windows.dialog_flow import DialogFlow
from app.windows.docks import arrange, give_room, hide_stale_tabs, make_docks, make_folder_dock
from app.windows.drops import Drops
from app.windows.file_flow import FileFlow
from app.windows.hints import Hints
from app.windows.stage import Stage
from app.windows.start_page import SAMPLES
from app.windows.status_line import StatusLine

_TOOL_BAR = (
    "brush",
    "eraser",
    "object",
    "lasso",
    "polygon",
    "rectangle",
    "ellipse",
    "wand",
    "",
    "probe",
    "never",
    "only",
    "restore",
    "",
    "hand",
    "zoom",
    "",
    "undo",
    "redo",
)
_CANVAS_MENU = (
    "fill",
    "again",
    "",
    "clear",
    "restore_mask",
    "invert_mask",
    "",
    "probe",
    "never",
    "only",
    "restore",
    "",
    "fit",
    "zoom_100",
    "zoom_mask",
)
LAYOUT_VERSION = 1


class _Known:
    """The hints that the preferences remember."""

    def __init__(self, preferences: PreferenceStore) -> None:
        self._preferences = preferences

    def is_known(self, hint: str) -> bool:
        return hint in self._preferences.values.hints_seen

    def learn(self, hint: str) -> None:
        self._preferences.see_hint(hint)


class MainWindow(QMainWindow):
    """The editor's window.

    Signals:
        closed: The window is gone for good.
    """

    closed = Signal()

    def __init__(self, models: Models) -> None:
        super().__init__()
        self._models = models
        self._editor = models.editor
        self._may_close = False
        self._was_open = False
        self._hidden: list[QDockWidget] = []
        self._preferences = models.preferences
        self.actions_by_id = make_actions(self, self._preferences.values.keys)
        self.stage = Stage(models, self.actions_by_id)
        self.flow = FileFlow(models.editor, models.files, self)
        self.status_line = StatusLine(models, self.stage.canvas)
        commands = Commands(self.actions_by_id, models, self.stage, self.flow, self)
        self.setCentralWidget(self.stage)
        self.setStatusBar(self.status_line)
        self._add_tool_bar()
        self.filmstrip = Filmstrip(models.gallery)
        self._panels = make_docks(self, models, self.stage, self.actions_by_id)
        self._docks = {**self._panels, "folder": make_folder_dock(self, self.filmstrip)}
        self._add_menus()
        commands.connect_all()
        self._connect()
        self._refresh_icons()
        self._on_flow_title_changed()
        DialogFlow(self.actions_by_id, self._preferences, self)
        TextGuard(self.actions_by_id, self.stage.canvas, self)
        self.hints = Hints(models, self.stage, _Known(self._preferences), self)
        self._drops = Drops(models.editor, self.flow, commands.masks, commands.clipboard, self)
        self.setAcceptDrops(True)
        self.resize(1320, 860)

    @property
    def layout_state(self) -> QByteArray:
        """Where docks and bars stand, to be kept."""
        return self.saveState(LAYOUT_VERSION)

    @layout_state.setter
    def layout_state(self, state: QByteArray) -> None:
        self.restoreState(state, LAYOUT_VERSION)
        self._on_editor_document_changed()

    @property
    def hides_panels(self) -> bool:
        """True when a picture is open and its panels and bars were hidden on request."""
        return self._editor.document is not None and self._bar.isHidden()

    def show_failure(self, report: ErrorReport) -> None:
        """Show an explained failure above the picture, a bug in a dialog; one at a time, all are logged."""
        if not report.is_bug:
            self.stage.messages.show_report(report)
        elif not any(dialog.isVisible() for dialog in self.findChildren(ErrorDialog)):
            dialog = ErrorDialog(report, str(log_path()), self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.recover.setEnabled(self._editor.document is not None)
            dialog.recovery_wanted.connect(self.flow.save_project)
            dialog.open()

    def _connect(self) -> None:
        actions = self.actions_by_id
        actions["quit"].triggered.connect(self.close)
        actions["hide_panels"].triggered.connect(self._toggle_panels)
        actions["full_screen"].toggled.connect(self._show_full_screen)
        actions["overlay"].toggled.connect(self._on_overlay_toggled)
        self.stage.start.sample_chosen.connect(self.flow.open)
        self.stage.probe.traced.connect(self.status_line.on_probe_traced)
        self.stage.said.connect(self._on_said)
        self.stage.canvas.menu_requested.connect(self._on_canvas_menu_requested)
        self.flow.title_changed.connect(self._on_flow_title_changed)
        self.flow.failed.connect(self._on_failed)
        self.flow.noted.connect(self.stage.messages.show_notes)
        self.flow.said.connect(self._on_said)
        self.flow.folder_opened.connect(self._docks["folder"].show)
        self.filmstrip.chosen.connect(self.flow.open)
        self._models.filling.failed.connect(self._on_failed)
        self._editor.document_changed.connect(self._on_editor_document_changed)
        self._preferences.changed.connect(self._on_preferences_changed)
        self._on_editor_document_changed()
        self._on_preferences_changed("wheel")

    def _add_menus(self) -> None:
        for menu_id, text in MENUS:
            menu = self.menuBar().addMenu(QCoreApplication.translate("Actions", text))
            for spec in ACTIONS:
                if spec.menu == menu_id:
                    if spec.opens_group:
                        menu.addSeparator()
                    menu.addAction(self.actions_by_id[spec.id])
            if menu_id == "view":
                panels = menu.addMenu(self.tr("Panels"))
                for dock in self._docks.values():
                    panels.addAction(dock.toggleViewAction())
        self.addActions(list(self.actions_by_id.values()))

    def _add_tool_bar(self) -> None:
        bar = QToolBar(self.tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.toggleViewAction().setEnabled(False)
        for action_id in _TOOL_BAR:
            if action_id:
                bar.addAction(self.actions_by_id[action_id])
                button = bar.widgetForAction(self.actions_by_id[action_id])
                button.setAccessibleName(plain(self.actions_by_id[action_id].text()))
            else:
                bar.addSeparator()
        self._bar = bar
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, bar)

    def _refresh_icons(self) -> None:
        for spec in ACTIONS:
            if spec.icon:
                self.actions_by_id[spec.id].setIcon(icon(spec.icon, self.palette()))
        self.stage.start.refresh_icons()

    @Slot()
    def _toggle_panels(self) -> None:
        """Hide every panel and bar, or bring back those that were there."""
        shown = [dock for dock in self._docks.values() if dock.isVisible()]
        if shown or not self._hidden:
            self._hidden = shown
        for dock in self._hidden:
            dock.setVisible(not shown)
        for widget in (self._bar, self.stage.strip):
            widget.setVisible(not shown and self._editor.document is not None)

    @Slot(str)
    def _on_preferences_changed(self, name: str) -> None:
        values = self._preferences.values
        if name == "keys":
            apply_keys(self.actions_by_id, values.keys)
        self.stage.canvas.wheel_scrolls = values.wheel == "scrolls"
        self.stage.ants.keep_still(None if values.reduced_motion == "system" else values.reduced_motion)

    @Slot(QPoint, object)
    def _on_canvas_menu_requested(self, position: QPoint, _event: object) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in _CANVAS_MENU:
            if action_id:
                menu.addAction(self.actions_by_id[action_id])
            else:
                menu.addSeparator()
        menu.popup(self.stage.canvas.mapToGlobal(position))

    @Slot(bool)
    def _on_overlay_toggled(self, on: bool) -> None:
        """Bring the legend forward with the view."""
        if on:
            self._docks["sources"].raise_()

    @Slot(bool)
    def _show_full_screen(self, on: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if on
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    @Slot()
    def _on_editor_document_changed(self) -> None:
        document = self._editor.document
        was_open, self._was_open = self._was_open, document is not None
        path = None if document is None else document.project or document.path
        if path is not None and path.parent != SAMPLES:
            self._preferences.remember_file(path)
        if was_open and document is not None:
            return  # what is hidden stays hidden from picture to picture
        self._bar.setVisible(document is not None)
        if document is None:
            self.stage.start.show_recent([Path(name) for name in self._preferences.values.recent])
            self._hidden = [dock for dock in self._docks.values() if dock.isVisible()] or self._hidden
            for dock in self._docks.values():
                dock.hide()
        elif not any(dock.isVisibleTo(self) for dock in self._docks.values()):
            for dock in self._hidden or self._panels.values():
                dock.show()
            if not self._hidden:
                arrange(self, self._panels)
        QTimer.singleShot(0, self, self._settle)

    @Slot()
    def _settle(self) -> None:
        if self._editor.document is not None:
            give_room(self._docks)
        hide_stale_tabs(self)

    @Slot()
    def _on_flow_title_changed(self) -> None:
        self.setWindowTitle(self.flow.title)
        self.setWindowModified(self._editor.is_modified)

    @Slot(str)
    def _on_said(self, text: str) -> None:
        self.status_line.showMessage(text, 4000)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.show_failure(report)

    def _close_soon(self) -> None:
        self._may_close = True
        QTimer.singleShot(0, self, self.close)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the theme with the icons."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_docks"):
            self._refresh_icons()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and pictures."""
        self._drops.enter(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open what was dropped."""
        self._drops.take(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask about unsaved changes; saving may take a moment, then the window closes by itself."""
        if not self._may_close and self._editor.is_modified:
            event.ignore()
            self.flow.when_safe(self._close_soon)
            return
        event.accept()
        self.closed.emit()
