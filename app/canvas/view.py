"""How is the picture shown and touched?  A plain widget: layers below, the tool's marks above.

Not a QGraphicsView: one transform with fractional panning, exact exposed boxes and no item bookkeeping
is all a picture needs. Zooming and panning happen here, everything else goes to the tool in hand.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from app.canvas.pointer import PointerEvent, PointerTarget
from app.canvas.viewpoint import Viewpoint
from inpainting_core.api import Box, Point, Size

SURROUND = QColor(82, 82, 82)
NOTCH = 120
ZOOM_PER_NOTCH = 1.25
ZOOM_STOPS = (
    1 / 64,
    1 / 32,
    1 / 16,
    1 / 8,
    1 / 6,
    1 / 4,
    1 / 3,
    1 / 2,
    2 / 3,
    1,
    1.5,
    2,
    3,
    4,
    6,
    8,
    12,
    16,
    24,
    32,
    64,
)


class CanvasView(QWidget):
    """The picture on a neutral grey.

    Signals:
        viewpoint_changed: Zoomed or panned.
        pixel_hovered: (Point) Under the pointer, or None outside the picture.
    """

    viewpoint_changed = Signal()
    pixel_hovered = Signal(object)

    def __init__(self, layers: Sequence[Layer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = layers
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

    def update_box(self, box: Box) -> None:
        """Repaint the pixels of `box` soon."""
        if not box.is_empty:
            self.update(self._view.rect_of(box).toAlignedRect().adjusted(-2, -2, 2, 2))

    @Slot()
    def refresh_marks(self) -> None:
        """Repaint the tool's marks, where they were and where they are."""
        marks = QRectF() if self._target is None else self._target.marks_rect(self._view)
        self.update(self._marks.toAlignedRect().adjusted(-2, -2, 2, 2))
        self.update(marks.toAlignedRect().adjusted(-2, -2, 2, 2))
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
        self._set_view(self._view.zoomed(zoom, anchor or QRectF(self.rect()).center()))

    def _window(self) -> QSizeF:
        return QSizeF(self.size())

    def _set_view(self, view: Viewpoint) -> None:
        self._view = view.kept_in_sight(self._picture, self._window())
        self._fits = False
        self.update()
        self.viewpoint_changed.emit()

    def _pointer_event(self, event: QMouseEvent | QWheelEvent | QEnterEvent) -> PointerEvent:
        held = event.modifiers()
        return PointerEvent(
            self._view.pixel_at(event.position()),
            is_right=self._drag_button == Qt.MouseButton.RightButton,
            shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
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
        exposed = event.rect()
        painter.fillRect(exposed, SURROUND)
        if not self._picture.h:
            return
        box = self._view.box_of(QRectF(exposed)).clamp(self._picture)
        if not box.is_empty:
            painter.save()
            painter.setClipRect(self._view.rect_of(Box(0, 0, *self._picture)), Qt.ClipOperation.IntersectClip)
            for layer in self._layers:
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
        if button == Qt.MouseButton.MiddleButton or (
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
        if self._pan_from is not None:
            step = event.position() - self._pan_from
            self._pan_from = event.position()
            self._set_view(self._view.moved(step.x(), step.y()))
        elif self._drag_button != Qt.MouseButton.NoButton and self._target is not None:
            self._target.drag(self._pointer_event(event))
            self.refresh_marks()
        else:
            self._hover(self._pointer_event(event))
        self._announce_pixel(self._view.pixel_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the pan or the tool's drag."""
        if self._pan_from is not None:
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
            self.zoom_to(self._view.zoom * ZOOM_PER_NOTCH ** (delta / NOTCH), event.position())
            self._hover(self._pointer_event(event))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom when two fingers pinch, stay sharp on another screen; everything else as usual."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._view = replace(self._view, ratio=self.devicePixelRatioF())
            self.fit() if self._fits else self._set_view(self._view)
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self._view.zoom * (1 + event.value()), event.position())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space makes a hand of any tool."""
        if event.key() == Qt.Key.Key_Space:
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
            self._hover(PointerEvent(self._view.pixel_at(self._last_position), alt=alt))

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
