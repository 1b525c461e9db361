"""How is the picture shown?  A plain widget: layers below, the tool's marks above, in one pane or two.

Not a QGraphicsView: one transform with fractional panning, exact exposed boxes and no item bookkeeping
is all a picture needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QWidget

from app.canvas.kept import KeptLook
from app.canvas.layers import Layer
from app.canvas.panes import CompareMode, Pane, Sheet, paint_captions, panes_of
from app.canvas.pointer import PointerTarget
from app.canvas.viewpoint import MIN_ZOOM, ZOOM_STOPS, Viewpoint
from inpainting_core.api import Box, Size

SURROUND = QColor(82, 82, 82)
CLOSEST = 8.0
_LEAST_SPLIT = 0.02
_AROUND = (-6, -6, 6, 6)
"""So far around a pixel its change can be seen: cells are mixed, and the mask's rim runs around them."""


class Surface(QWidget):
    """The picture on a neutral grey.

    Args:
        sheets: Layers, bottom first, for each sheet that a pane may show.
        parent: As usual.

    Signals:
        viewpoint_changed: Zoomed or panned.
    """

    viewpoint_changed = Signal()

    def __init__(self, sheets: Mapping[Sheet, Sequence[Layer]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets = sheets
        self._compare: CompareMode = "off"
        self._split_at = 0.5
        self._target: PointerTarget | None = None
        self._picture = Size(0, 0)
        self._view = Viewpoint()
        self._fits = True
        self._marks = QRectF()
        self._kept = KeptLook(self._paint_sheets)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)

    @property
    def viewpoint(self) -> Viewpoint:
        """How the picture lies on the screen now."""
        return self._view

    @property
    def picture_size(self) -> Size:
        """Height and width of the picture; 0 without one."""
        return self._picture

    @property
    def seen_box(self) -> Box:
        """The pixels of the picture that the window shows."""
        return self._view.box_of(QRectF(QPointF(), self._window())).clamp(self._picture)

    def show_picture(self, size: Size) -> None:
        """Show a picture of this size, as much of it as fits."""
        self._picture = size
        self.fit()
        self.paint_again()

    def set_compare(self, mode: CompareMode) -> None:
        """Show before and after in this way; what is in the middle stays there."""
        former, self._compare = self._window(), mode
        if self._fits:
            self.fit()
        elif self._window() != former:
            grown = self._window() - former
            self.pan(grown.width() / 2, grown.height() / 2)
        self.paint_again()

    def set_split(self, fraction: float) -> None:
        """Let "before" end at this share of the width, kept within sight."""
        former, self._split_at = self._split_at, min(max(fraction, _LEAST_SPLIT), 1 - _LEAST_SPLIT)
        if self._compare == "split":
            ends = sorted((former * self.width(), self._split_at * self.width()))
            self._kept.spoil(QRectF(ends[0] - 1, 0, ends[1] - ends[0] + 2, self.height()))
            self.update()

    @Slot()
    def paint_again(self) -> None:
        """Paint everything anew: a layer looks otherwise."""
        self._kept.spoil()
        self.update()

    def update_box(self, box: Box) -> None:
        """Repaint the pixels of `box` soon."""
        if not box.is_empty:
            self._update_rect(self._view.rect_of(box), is_stale=True)

    @Slot()
    def refresh_marks(self) -> None:
        """Repaint the tool's marks, where they were and where they are."""
        marks = QRectF() if self._target is None else self._target.marks_rect(self._view)
        self._update_rect(self._marks)
        self._update_rect(marks)
        self._marks = marks

    @Slot()
    def fit(self) -> None:
        """Show the whole picture, at most at 100 %, and go on doing so when the window changes."""
        if self._picture.h:
            empty = Viewpoint(ratio=self.devicePixelRatioF())
            self._set_view(empty.centred(self._picture, self._window()))
            self._fits = True

    @Slot()
    def zoom_in(self) -> None:
        """Zoom to the next stop."""
        self.zoom_to(next((stop for stop in ZOOM_STOPS if stop > self._view.zoom * 1.001), ZOOM_STOPS[-1]))

    @Slot()
    def zoom_out(self) -> None:
        """Zoom to the stop before."""
        stops = reversed(ZOOM_STOPS)
        self.zoom_to(next((stop for stop in stops if stop < self._view.zoom * 0.999), ZOOM_STOPS[0]))

    def zoom_to(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom, 1.0 = 100 %; what lies under `anchor`, or in the middle, stays there."""
        window = self._window()
        middle = QPointF(window.width() / 2, window.height() / 2)
        self._set_view(self._view.zoomed(zoom, anchor or middle))

    def show_box(self, box: Box) -> None:
        """Show the pixels of `box` in the middle, as large as they fit, at most at 800 %."""
        window = self._window()
        room = min(window.width() / max(1, box.width), window.height() / max(1, box.height))
        view = replace(self._view, scale=max(min(room * 0.8, CLOSEST / self._view.ratio), MIN_ZOOM))
        middle = view.to_screen(box.top + box.height / 2, box.left + box.width / 2)
        self._set_view(view.moved(window.width() / 2 - middle.x(), window.height() / 2 - middle.y()))

    def look_as(self, other: Surface) -> None:
        """Show the same part of the picture as a surface of the same size."""
        self.set_split(other._split_at)
        if not other._fits:
            self._set_view(other.viewpoint)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture over the screen."""
        self._set_view(self._view.moved(dx, dy))

    def _window(self) -> QSizeF:
        """Return the size of the pane that the viewpoint belongs to."""
        size = QSizeF(self.size())
        return QSizeF(size.width() / 2, size.height()) if self._compare == "side_by_side" else size

    def _panes(self) -> tuple[Pane, ...]:
        return panes_of(self._compare, QSizeF(self.size()), self._split_at, self._view.ratio)

    def _in_pane(self, position: QPointF) -> QPointF:
        """Return a point of the widget as the viewpoint sees it."""
        offset = next((pane.offset for pane in self._panes() if pane.rect.contains(position)), 0.0)
        return position - QPointF(offset, 0)

    def _update_rect(self, rect: QRectF, *, is_stale: bool = False) -> None:
        """Repaint a rectangle of the viewpoint, in every pane; the layers, too, if they are stale there."""
        if rect.isEmpty():
            return
        for pane in self._panes():
            shown = rect.translated(pane.offset, 0).adjusted(*_AROUND).intersected(pane.rect)
            if not shown.isEmpty():
                if is_stale:
                    self._kept.spoil(shown)
                self.update(shown.toAlignedRect())

    def _set_view(self, view: Viewpoint) -> None:
        former, self._view = self._view, view.kept_in_sight(self._picture, self._window())
        self._fits = False
        if (former.scale, former.ratio) == (self._view.scale, self._view.ratio):
            for pane in self._panes():
                self._kept.scroll(self._view.left - former.left, self._view.top - former.top, pane.rect)
        else:
            self._kept.spoil()
        self._marks = QRectF() if self._target is None else self._target.marks_rect(self._view)
        self.update()
        self.viewpoint_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint what is exposed: surround and layers as far as they changed, marks, captions."""
        painter = QPainter(self)
        if not self._picture.h:
            painter.fillRect(event.rect(), SURROUND)
            return
        self._kept.fit(self.size(), self._view.ratio)
        self._kept.draw(painter, event.region())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pane in self._panes():
            if self._target is not None and pane.rect.intersects(QRectF(event.rect())):
                painter.save()
                painter.setClipRect(pane.rect, Qt.ClipOperation.IntersectClip)
                painter.translate(pane.offset, 0)
                self._target.paint_marks(painter, self._view)
                painter.restore()
        paint_captions(painter, self._panes(), self._compare)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the whole picture in view, or the middle in the middle."""
        if not self._picture.h:
            return
        if self._fits:
            self.fit()
        elif event.oldSize().isValid():
            grown = event.size() - event.oldSize()
            self._set_view(self._view.moved(grown.width() / 2, grown.height() / 2))

    def _paint_sheets(self, painter: QPainter, exposed: QRectF) -> None:
        painter.fillRect(exposed, SURROUND)
        for pane in self._panes():
            part = exposed.intersected(pane.rect)
            if not part.isEmpty():
                painter.save()
                painter.setClipRect(pane.rect, Qt.ClipOperation.IntersectClip)
                painter.translate(pane.offset, 0)
                self._paint_layers(painter, part.translated(-pane.offset, 0), self._sheets[pane.sheet])
                painter.restore()

    def _paint_layers(self, painter: QPainter, exposed: QRectF, layers: Sequence[Layer]) -> None:
        box = self._view.box_of(exposed).clamp(self._picture)
        if box.is_empty:
            return
        usual = painter.transform()
        whole = self._view.device_box_of(Box(0, 0, *self._picture))
        painter.setTransform(QTransform.fromTranslate(usual.dx(), usual.dy()))
        painter.setClipRect(whole.left, whole.top, whole.width, whole.height, Qt.ClipOperation.IntersectClip)
        painter.setTransform(usual)
        for layer in layers:
            layer.paint(painter, self._view, box)
