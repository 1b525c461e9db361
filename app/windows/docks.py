"""Which panels surround the picture, and where do they stand?  In docks that can be moved and closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QMainWindow,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.panels.engine_panel import EnginePanel
from app.panels.filmstrip import Filmstrip
from app.panels.history_panel import HistoryPanel
from app.panels.mask_panel import MaskPanel
from app.panels.overlay_panel import OverlayPanel
from app.panels.source_panel import SourcePanel
from app.state.models import Models
from app.translation import translate
from app.windows.stage import Stage

_WIDTH = 320
_FILL_HEIGHT, _REST_HEIGHT = 350, 450
_LEAST_FILL_HEIGHT = 280


def make_docks(
    window: QMainWindow, models: Models, stage: Stage, actions: Mapping[str, QAction]
) -> dict[str, QDockWidget]:
    """Return the docks by name, placed at the window's right side: filling above, views and history below."""
    editor, state, filling = models.editor, models.state, models.filling
    engine = EnginePanel(editor, filling, actions["fill"], actions["again"], actions["fill_on_release"])
    borrow = SourcePanel(editor, state, actions)
    panels: dict[str, tuple[str, QWidget]] = {
        "fill": (translate("Docks", "Fill"), engine),
        "mask": (translate("Docks", "Mask"), MaskPanel(editor, state, actions)),
        "borrow": (translate("Docks", "Sources"), borrow),
        "sources": (translate("Docks", "Views"), OverlayPanel(state, stage.overlay, actions["overlay"])),
        "history": (translate("Docks", "History"), HistoryPanel(editor, filling)),
    }
    soon = QTimer(window, singleShot=True, interval=0)
    docks = {name: _dock(window, name, title, panel) for name, (title, panel) in panels.items()}
    docks["borrow"].visibilityChanged.connect(borrow.look_again)
    soon.timeout.connect(lambda: tidy_titles(window, docks.values()))
    area = Qt.DockWidgetArea.RightDockWidgetArea
    window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
    for name in ("fill", "mask"):
        window.addDockWidget(area, docks[name])
    for name in ("borrow", "sources", "history"):
        window.tabifyDockWidget(docks["mask"], docks[name])
    window.setDockOptions(window.dockOptions() | QMainWindow.DockOption.GroupedDragging)  # by their tabs
    for dock in docks.values():
        for signal in (dock.topLevelChanged, dock.dockLocationChanged, dock.visibilityChanged):
            signal.connect(soon.start)
    return docks


def make_folder_dock(window: QMainWindow, strip: Filmstrip) -> QDockWidget:
    """Return the dock of the folder's photographs, at the window's lower side; hidden until it is wanted."""
    dock = QDockWidget(translate("Docks", "Folder"), window)
    dock.setObjectName("folder")
    dock.setWidget(strip)
    window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    dock.hide()
    return dock


def give_room(docks: Mapping[str, QDockWidget]) -> None:
    """Let every dock be as wide as its words need, in any language; only once they are shown they tell."""
    for dock in docks.values():
        scroll = dock.widget()
        column = scroll.widget() if isinstance(scroll, QScrollArea) else None
        if isinstance(scroll, QScrollArea) and column is not None:
            words = column.minimumSizeHint().width()
            bar = scroll.verticalScrollBar().sizeHint().width()
            dock.setMinimumWidth(max(_WIDTH - 20, words + bar))
            if isinstance(column.findChild(EnginePanel), EnginePanel):  # its button is seen
                scroll.setMinimumHeight(min(column.sizeHint().height(), _LEAST_FILL_HEIGHT))


def tidy_titles(window: QMainWindow, docks: Iterable[QDockWidget]) -> None:
    """Take the title off docks that have a tab: it names them already, and can be dragged as well."""
    for dock in docks:
        has_tab = bool(window.tabifiedDockWidgets(dock)) and not dock.isFloating()
        if has_tab != (dock.titleBarWidget() is not None):
            dock.setTitleBarWidget(QWidget() if has_tab else None)  # type: ignore[arg-type]


def hide_stale_tabs(window: QMainWindow) -> None:
    """Hide the bars of tabs that a restored layout has no use for; Qt leaves them where they were made."""
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if bar.pos().isNull():
            bar.hide()


def arrange(window: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
    """Give the docks the sizes they start with."""
    window.resizeDocks([docks["fill"], docks["mask"]], [_FILL_HEIGHT, _REST_HEIGHT], Qt.Orientation.Vertical)
    window.resizeDocks([docks["fill"]], [_WIDTH], Qt.Orientation.Horizontal)
    docks["mask"].raise_()


def _dock(window: QMainWindow, name: str, title: str, panel: QWidget) -> QDockWidget:
    column = QWidget()
    rows = QVBoxLayout(column)
    rows.setContentsMargins(14, 10, 14, 10)
    rows.addWidget(panel)
    if not isinstance(panel, HistoryPanel):
        rows.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidget(column)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    dock = QDockWidget(title, window)
    dock.setObjectName(name)
    dock.setWidget(scroll)
    dock.setMinimumWidth(_WIDTH - 20)
    dock.hide()
    return dock
