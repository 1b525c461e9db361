"""Where does everything stand?  The layout of the one window; what things do is said elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QLabel,
    QMainWindow,
    QScrollArea,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from app.crash import ErrorReport, log_path
from app.dialogs.error import ErrorDialog
from app.panels.engine_panel import EnginePanel
from app.panels.overlay_panel import MaskPanel, OverlayPanel
from app.state.editor import EditorModel
from app.state.filling import Filling
from app.state.view_state import ViewState
from app.style.icons import icon
from app.windows.actions import ACTIONS, MENUS, make_actions
from app.windows.commands import Commands
from app.windows.file_flow import FileFlow
from app.windows.stage import Stage
from app.windows.status_line import StatusLine
from app.work.file_worker import FileRunner

_TOOL_BAR = ("brush", "eraser", "probe", "", "undo", "redo", "clear", "", "overlay", "fit")


class MainWindow(QMainWindow):
    """The editor's window.

    Signals:
        closed: The window is gone for good.
    """

    closed = Signal()

    def __init__(self, editor: EditorModel, state: ViewState, filling: Filling, files: FileRunner) -> None:
        super().__init__()
        self._editor = editor
        self._may_close = False
        self.actions_by_id = make_actions(self)
        self.stage = Stage(editor, state, filling, self.actions_by_id)
        self.flow = FileFlow(editor, files, self)
        self.status_line = StatusLine(editor, filling, self.stage.canvas)
        commands = Commands(self.actions_by_id, self.stage, self.flow, self)
        commands.connect_all(editor, state, filling)
        self.setCentralWidget(self.stage)
        self.setStatusBar(self.status_line)
        self._add_menus()
        self._add_tool_bar()
        self._dock = self._make_dock(state, filling)
        self._connect(filling)
        self._refresh_icons()
        self._on_flow_title_changed()
        self.setAcceptDrops(True)
        self.resize(1280, 820)

    def show_failure(self, report: ErrorReport) -> None:
        """Show an explained failure above the picture, a bug in a dialog."""
        if report.is_bug:
            dialog = ErrorDialog(report, str(log_path()), self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
        else:
            self.stage.messages.show_report(report)

    def _connect(self, filling: Filling) -> None:
        self.actions_by_id["quit"].triggered.connect(self.close)
        self.stage.start.sample_chosen.connect(self.flow.open)
        self.stage.probe.traced.connect(self.status_line.on_probe_traced)
        self.flow.title_changed.connect(self._on_flow_title_changed)
        self.flow.failed.connect(self._on_failed)
        self.flow.noted.connect(self.stage.messages.show_notes)
        self.flow.said.connect(self._on_flow_said)
        filling.failed.connect(self._on_failed)
        self._editor.document_changed.connect(self._on_editor_document_changed)

    def _add_menus(self) -> None:
        for menu_id, text in MENUS:
            menu = self.menuBar().addMenu(QCoreApplication.translate("Actions", text))
            for spec in ACTIONS:
                if spec.menu == menu_id:
                    if spec.opens_group:
                        menu.addSeparator()
                    menu.addAction(self.actions_by_id[spec.id])
        self.addActions(list(self.actions_by_id.values()))

    def _add_tool_bar(self) -> None:
        bar = QToolBar(self.tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(22, 22))
        bar.toggleViewAction().setEnabled(False)
        for action_id in _TOOL_BAR:
            if action_id:
                bar.addAction(self.actions_by_id[action_id])
                button = bar.widgetForAction(self.actions_by_id[action_id])
                button.setAccessibleName(self.actions_by_id[action_id].text().replace("&", ""))
            else:
                bar.addSeparator()
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, bar)

    def _make_dock(self, state: ViewState, filling: Filling) -> QDockWidget:
        actions = self.actions_by_id
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(16, 14, 16, 14)
        rows.setSpacing(10)
        sections = (
            (self.tr("Fill with"), EnginePanel(filling, actions["fill"], actions["again"])),
            (self.tr("Where it came from"), OverlayPanel(state, self.stage.overlay, actions["overlay"])),
            (self.tr("Mask"), MaskPanel(state)),
        )
        for number, (title, panel) in enumerate(sections):
            if number:
                line = QFrame()
                line.setObjectName("line")
                line.setFixedHeight(1)
                rows.addSpacing(6)
                rows.addWidget(line)
                rows.addSpacing(2)
            heading = QLabel(title)
            heading.setObjectName("heading")
            rows.addWidget(heading)
            rows.addWidget(panel)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(column)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        dock = QDockWidget(self.tr("Panels"), self)
        dock.setObjectName("panels")
        dock.setTitleBarWidget(QWidget())
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setWidget(scroll)
        dock.setMinimumWidth(288)
        dock.hide()
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        return dock

    def _refresh_icons(self) -> None:
        for spec in ACTIONS:
            if spec.icon:
                self.actions_by_id[spec.id].setIcon(icon(spec.icon, self.palette()))
        self.stage.start.refresh_icons()

    @Slot()
    def _on_editor_document_changed(self) -> None:
        self._dock.setVisible(self._editor.document is not None)

    @Slot()
    def _on_flow_title_changed(self) -> None:
        self.setWindowTitle(self.flow.title)
        self.setWindowModified(self._editor.is_modified)

    @Slot(str)
    def _on_flow_said(self, text: str) -> None:
        self.status_line.showMessage(text, 4000)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.show_failure(report)

    def _close_soon(self) -> None:
        self._may_close = True
        QTimer.singleShot(0, self, self.close)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the theme with the icons."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_dock"):
            self._refresh_icons()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open what was dropped."""
        if self.flow.take(event.mimeData()):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask about unsaved changes; saving may take a moment, then the window closes by itself."""
        if not self._may_close and self._editor.is_modified:
            event.ignore()
            self.flow.when_safe(self._close_soon)
            return
        event.accept()
        self.closed.emit()
