"""How is the picture shown and touched?  A plain widget: layers below, the tool's marks above.

Not a QGraphicsView: one transform with fractional panning, exact exposed boxes and no item bookkeeping
is all a picture needs. Zooming and panning happen here, everything else goes to the tool in hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.canvas.layers import Layer
from app.canvas.panes import GRIP_PX, CompareMode, Pane, Sheet, paint_captions, panes_of
from app.canvas.pointer import KeyTarget, PointerEvent, PointerTarget
from app.canvas.viewpoint import MIN_ZOOM, ZOOM_STOPS, Viewpoint
from inpainting_core.api import Box, Point, Size

SURROUND = QColor(82, 82, 82)
NOTCH = 120
CLOSEST = 8.0
SHAPE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
ZOOM_PER_NOTCH = 1.25


class CanvasView(QWidget):
    """The picture on a neutral grey.

    Signals:
        viewpoint_changed: Zoomed or panned.
        pixel_hovered: (Point) Under the pointer, or None outside the picture.
    """

    viewpoint_changed = Signal()
    pixel_hovered = Signal(object)

    def __init__(self, sheets: Mapping[Sheet, Sequence[Layer]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets = sheets
        self._compare: CompareMode = "off"
        self._split_at = 0.5
        self._is_splitting = False
        self._target: PointerTarget | None = None
        self._picture = Size(0, 0)
        self._view = Viewpoint()
        self._fits = True
        self._pan_from: QPointF | None = None
        self._drag_button = Qt.MouseButton.NoButton
        self._space_held = False
        self._marks = QRectF()
        self._last_position: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(self.tr("Paint over what should go, then press Enter."))

    @property
    def viewpoint(self) -> Viewpoint:
        """How the picture lies on the screen now."""
        return self._view

    @property
    def picture_size(self) -> Size:
        """Height and width of the picture; 0 without one."""
        return self._picture

    def show_picture(self, size: Size) -> None:
        """Show a picture of this size, as much of it as fits."""
        self._picture = size
        self.fit()
        self.update()

    def set_target(self, target: PointerTarget) -> None:
        """Put another tool in hand."""
        if self._target is not None:
            self._target.hover(None)
        self._target = target
        self._update_cursor()
        self.refresh_marks()

    def set_compare(self, mode: CompareMode) -> None:
        """Show before and after in this way."""
        self._compare = mode
        self._refit()
        self.update()

    def update_box(self, box: Box) -> None:
        """Repaint the pixels of `box` soon."""
        if not box.is_empty:
            self._update_rect(self._view.rect_of(box))

    @Slot()
    def refresh_marks(self) -> None:
        """Repaint the tool's marks, where they were and where they are."""
        marks = QRectF() if self._target is None else self._target.marks_rect(self._view)
        self._update_rect(self._marks)
        self._update_rect(marks)
        self._marks = marks
        self._update_cursor()

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
        self._set_view(self._view.zoomed(zoom, anchor or QRectF(self.rect()).center()))

    def show_box(self, box: Box) -> None:
        """Show the pixels of `box` in the middle, as large as they fit, at most at 800 %."""
        window = self._window()
        room = min(window.width() / max(1, box.width), window.height() / max(1, box.height))
        view = replace(self._view, scale=max(min(room * 0.8, CLOSEST / self._view.ratio), MIN_ZOOM))
        middle = view.to_screen(box.top + box.height / 2, box.left + box.width / 2)
        self._set_view(view.moved(window.width() / 2 - middle.x(), window.height() / 2 - middle.y()))

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture over the screen."""
        self._set_view(self._view.moved(dx, dy))

    def _window(self) -> QSizeF:
        """Return the size of the pane that the viewpoint belongs to."""
        size = QSizeF(self.size())
        return QSizeF(size.width() / 2, size.height()) if self._compare == "side_by_side" else size

    def _panes(self) -> tuple[Pane, ...]:
        return panes_of(self._compare, QSizeF(self.size()), self._split_at)

    def _refit(self) -> None:
        if self._fits:
            self.fit()

    def _update_rect(self, rect: QRectF) -> None:
        """Repaint a rectangle of the viewpoint, in every pane."""
        if rect.isEmpty():
            return
        for pane in self._panes():
            shown = rect.translated(pane.offset, 0).toAlignedRect().adjusted(-2, -2, 2, 2)
            self.update(shown.intersected(pane.rect.toAlignedRect()))

    def _in_pane(self, position: QPointF) -> QPointF:
        """Return a point of the widget as the viewpoint sees it."""
        offset = next((pane.offset for pane in self._panes() if pane.rect.contains(position)), 0.0)
        return position - QPointF(offset, 0)

    def _set_view(self, view: Viewpoint) -> None:
        self._view = view.kept_in_sight(self._picture, self._window())
        self._fits = False
        self.update()
        self.viewpoint_changed.emit()

    def _pointer_event(self, event: QMouseEvent | QWheelEvent | QEnterEvent) -> PointerEvent:
        held = event.modifiers()
        place = self._in_pane(event.position())
        return PointerEvent(
            self._view.pixel_at(place),
            is_right=self._drag_button == Qt.MouseButton.RightButton,
            shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
            control=bool(held & Qt.KeyboardModifier.ControlModifier),
            position=self._view.place_at(place),
            scale=self._view.scale,
        )

    def _update_cursor(self) -> None:
        if self._pan_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space_held:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._target is not None:
            self.setCursor(self._target.cursor)

    def _hover(self, event: PointerEvent | None) -> None:
        if self._target is not None:
            self._target.hover(event)
            self.refresh_marks()

    def _announce_pixel(self, pixel: Point | None) -> None:
        is_inside = pixel is not None and Box(0, 0, *self._picture).contains(pixel)
        self.pixel_hovered.emit(pixel if is_inside else None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint what is exposed: surround, layers, marks."""
        painter = QPainter(self)
        exposed = QRectF(event.rect())
        painter.fillRect(exposed, SURROUND)
        if not self._picture.h:
            return
        for pane in self._panes():
            part = exposed.intersected(pane.rect)
            if not part.isEmpty():
                painter.save()
                painter.setClipRect(part)
                painter.translate(pane.offset, 0)
                self._paint_pane(painter, part.translated(-pane.offset, 0), pane.sheet)
                painter.restore()
        paint_captions(painter, self._panes(), self._compare)

    def _paint_pane(self, painter: QPainter, exposed: QRectF, sheet: Sheet) -> None:
        box = self._view.box_of(exposed).clamp(self._picture)
        if not box.is_empty:
            painter.save()
            painter.setClipRect(self._view.rect_of(Box(0, 0, *self._picture)), Qt.ClipOperation.IntersectClip)
            for layer in self._sheets[sheet]:
                layer.paint(painter, self._view, box)
            painter.restore()
        if self._target is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._target.paint_marks(painter, self._view)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the whole picture in view, or the middle in the middle."""
        if not self._picture.h:
            return
        if self._fits:
            self.fit()
        elif event.oldSize().isValid():
            grown = event.size() - event.oldSize()
            self._set_view(self._view.moved(grown.width() / 2, grown.height() / 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pan with the middle button or Space; otherwise the tool's."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        button = event.button()
        if button == Qt.MouseButton.LeftButton and self._is_at_split(event.position()):
            self._is_splitting = True
        elif button == Qt.MouseButton.MiddleButton or (
            self._space_held and button == Qt.MouseButton.LeftButton
        ):
            self._pan_from = event.position()
            self._update_cursor()
        elif (
            button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
            and self._target is not None
            and self._drag_button == Qt.MouseButton.NoButton
        ):
            self._drag_button = button
            self._target.press(self._pointer_event(event))
            self.refresh_marks()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pan, drag the tool or hover."""
        self._last_position = event.position()
        if self._is_splitting:
            self._split_at = min(max(event.position().x() / max(1, self.width()), 0.02), 0.98)
            self.update()
        elif self._pan_from is not None:
            step = event.position() - self._pan_from
            self._pan_from = event.position()
            self._set_view(self._view.moved(step.x(), step.y()))
        elif self._drag_button != Qt.MouseButton.NoButton and self._target is not None:
            self._target.drag(self._pointer_event(event))
            self.refresh_marks()
        else:
            self._hover(self._pointer_event(event))
            if self._is_at_split(event.position()):
                self.setCursor(Qt.CursorShape.SplitHCursor)
        self._announce_pixel(self._view.pixel_at(self._in_pane(event.position())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the pan or the tool's drag."""
        if self._is_splitting:
            self._is_splitting = False
        elif self._pan_from is not None:
            self._pan_from = None
            self._update_cursor()
        elif event.button() == self._drag_button and self._target is not None:
            self._target.release(self._pointer_event(event))
            self._drag_button = Qt.MouseButton.NoButton
            self.refresh_marks()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom at the pointer; with Alt the tool's, with Shift or on a trackpad pan."""
        turn = event.angleDelta()
        delta = turn.y() or turn.x()  # some systems report Alt+wheel as sideways
        held = event.modifiers()
        is_trackpad = event.phase() != Qt.ScrollPhase.NoScrollPhase and not event.pixelDelta().isNull()
        if held & Qt.KeyboardModifier.AltModifier and self._target is not None:
            self._target.scroll(1 if delta > 0 else -1)
            self.refresh_marks()
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self._set_view(self._view.moved(delta / 2, 0))
        elif is_trackpad and not held & Qt.KeyboardModifier.ControlModifier:
            self._set_view(self._view.moved(event.pixelDelta().x(), event.pixelDelta().y()))
        else:
            zoom = self._view.zoom * ZOOM_PER_NOTCH ** (delta / NOTCH)
            self.zoom_to(zoom, self._in_pane(event.position()))
            self._hover(self._pointer_event(event))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom when two fingers pinch, stay sharp on another screen; everything else as usual."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._view = replace(self._view, ratio=self.devicePixelRatioF())
            self.fit() if self._fits else self._set_view(self._view)
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self._view.zoom * (1 + event.value()), self._in_pane(event.position()))
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._is_for_target(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space makes a hand of any tool; an unfinished shape takes its own keys."""
        if self._is_for_target(event) and isinstance(self._target, KeyTarget) and self._target.key(event):
            self.refresh_marks()
        elif event.key() == Qt.Key.Key_Space:
            self._space_held = True
            self._update_cursor()
        elif event.key() == Qt.Key.Key_Alt:
            self._hover_again(alt=True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The hand becomes the tool again."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = False
            self._update_cursor()
        elif event.key() == Qt.Key.Key_Alt:
            self._hover_again(alt=False)
        else:
            super().keyReleaseEvent(event)

    def _hover_again(self, *, alt: bool) -> None:
        if self._last_position is not None and self._drag_button == Qt.MouseButton.NoButton:
            place = self._in_pane(self._last_position)
            pixel, position = self._view.pixel_at(place), self._view.place_at(place)
            self._hover(PointerEvent(pixel, alt=alt, position=position, scale=self._view.scale))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The second press of a quick pair: the tool's own, or a press like any other."""
        if event.button() == Qt.MouseButton.LeftButton and isinstance(self._target, KeyTarget):
            self._target.double_click(self._pointer_event(event))
            self.refresh_marks()
        else:
            self.mousePressEvent(event)

    def _is_at_split(self, position: QPointF) -> bool:
        return self._compare == "split" and abs(position.x() - self._split_at * self.width()) <= GRIP_PX

    def _is_for_target(self, event: QEvent) -> bool:
        """True for a key that an unfinished shape would take."""
        target = self._target
        is_waiting = isinstance(target, KeyTarget) and target.is_unfinished
        return is_waiting and isinstance(event, QKeyEvent) and event.key() in SHAPE_KEYS

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802
        """The tool's marks follow the pointer out."""
        self._last_position = None
        self._hover(None)
        self._announce_pixel(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """A key released elsewhere is released here too."""
        self._space_held = False
        self._update_cursor()
        super().focusOutEvent(event)
