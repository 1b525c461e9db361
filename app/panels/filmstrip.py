"""Which photographs lie in this folder?  A strip of small pictures: a click opens one, a drag copies it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QIcon, QImage, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from app.state.gallery import ROOM, Gallery

THUMB = ROOM / 2
_CELL = THUMB + QSize(16, 30)
_FRAME_PX = 3
_BAR_PX = 18
_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


class _Pictures(QAbstractListModel):
    """The folder as a list; a small picture is wished for when it is about to be seen."""

    def __init__(self, gallery: Gallery, parent: QWidget) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._strip = parent
        self._paths = gallery.pictures
        gallery.changed.connect(self._on_gallery_changed)
        gallery.decoded.connect(self._on_gallery_decoded)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802  (as Qt has it)
        """Return how many pictures there are."""
        return 0 if parent.isValid() else len(self._paths)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        """Return what is shown of a picture, or said."""
        path = self._paths[index.row()]
        is_here = path == self._gallery.here
        if role == _ROLE.DecorationRole:
            return self._look(path, is_here=is_here)
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return path.name
        if role == _ROLE.AccessibleTextRole:
            return self.tr("{name}, open").format(name=path.name) if is_here else path.name
        if role == _ROLE.FontRole and is_here:
            font = QFont(self._strip.font())
            font.setBold(True)
            return font
        if role == _ROLE.SizeHintRole:
            return _CELL
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let every picture be dragged to other programs."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802  (as Qt has it)
        """Return that files are copied, never moved."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:  # noqa: N802  (as Qt has it)
        """Return what a drag carries: files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802  (as Qt has it)
        """Return the files of these rows."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.path_at(index))) for index in indexes])
        return data

    def path_at(self, index: _Index) -> Path:
        """Return the file of a row."""
        return self._paths[index.row()]

    def index_of(self, path: Path | None) -> QModelIndex:
        """Return the row of a file; an invalid index when there is none."""
        return self.index(self._paths.index(path)) if path in self._paths else QModelIndex()

    def mark_again(self) -> None:
        """Show which picture is the open one now."""
        if self._paths:
            self.dataChanged.emit(self.index(0), self.index(len(self._paths) - 1))

    def _look(self, path: Path, *, is_here: bool) -> QIcon:
        """Return the small picture in the middle of its place; the open one has a frame."""
        ratio = 2
        shown = QPixmap(THUMB * ratio)
        shown.fill(QColor(0, 0, 0, 0))
        small = self._gallery.small(path) or QImage()
        painter = QPainter(shown)
        place = small.rect()
        place.moveCenter(shown.rect().center())
        if small.isNull():
            place = shown.rect().adjusted(30, 0, -30, 0)
            painter.fillRect(place, self._strip.palette().color(QPalette.ColorRole.Midlight))
        else:
            painter.drawImage(place, small)
        if is_here:
            accent = self._strip.palette().color(QPalette.ColorRole.Highlight)
            painter.setPen(QPen(accent, 2 * _FRAME_PX, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(place.adjusted(_FRAME_PX, _FRAME_PX, -_FRAME_PX, -_FRAME_PX))
        painter.end()
        shown.setDevicePixelRatio(ratio)
        icon = QIcon(shown)
        icon.addPixmap(shown, QIcon.Mode.Selected)  # lest the photograph be tinted
        return icon

    @Slot()
    def _on_gallery_changed(self) -> None:
        self.beginResetModel()
        self._paths = self._gallery.pictures
        self.endResetModel()

    @Slot(object)
    def _on_gallery_decoded(self, path: Path) -> None:
        index = self.index_of(path)
        if index.isValid():
            self.dataChanged.emit(index, index)


class Filmstrip(QWidget):
    """The strip.

    Signals:
        chosen: (Path) A photograph shall be opened.
    """

    chosen = Signal(object)

    def __init__(self, gallery: Gallery, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._model = _Pictures(gallery, self)
        self.view = view = QListView()
        view.setAccessibleName(self.tr("Photographs of the folder"))
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setFlow(QListView.Flow.LeftToRight)
        view.setMovement(QListView.Movement.Static)
        view.setDragEnabled(True)
        view.setAcceptDrops(False)  # what is dropped here is dropped on the window
        view.setWrapping(False)
        view.setUniformItemSizes(True)
        view.setIconSize(THUMB)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setFixedHeight(_CELL.height() + _BAR_PX)
        view.setModel(self._model)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(view)
        view.clicked.connect(self._on_view_chosen)
        view.activated.connect(self._on_view_chosen)
        gallery.changed.connect(self._mark)
        gallery.moved.connect(self._on_gallery_moved)
        self._mark()

    @Slot()
    def _on_gallery_moved(self) -> None:
        self._model.mark_again()
        self._mark()

    @Slot()
    def _mark(self) -> None:
        index = self._model.index_of(self._gallery.here)
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    @Slot(QModelIndex)
    def _on_view_chosen(self, index: QModelIndex) -> None:
        path = self._model.path_at(index)
        if path != self._gallery.here:
            self.chosen.emit(path)
        self._mark()  # the open one stays it until another is there
