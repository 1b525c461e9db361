"""What does the canvas make of mouse, pen, wheel, fingers and keys?

Zooming, panning and the split happen here, everything else goes to the tool in hand. Whoever pans during
a stroke moves the picture with the pointer, so the stroke goes on from where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from app.canvas.layers import Layer
from app.canvas.panes import GRIP_PX, CompareMode, Sheet
from app.canvas.pointer import Abandonable, PointerEvent, PointerTarget, Resizable, Shaping
from app.canvas.surface import Surface
from inpainting_core.api import Box, Point

NOTCH = 120
ZOOM_PER_NOTCH = 1.25
STILL_PX = 4.0
"""A right button that moved no farther asks for the menu."""
SHAPE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_LEFT, _RIGHT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
_NONE = Qt.MouseButton.NoButton
_Pointing = QMouseEvent | QTabletEvent


class CanvasView(Surface):
    """The picture, and the hand on it.

    Attributes:
        wheel_scrolls: True: the wheel scrolls, and zooms only with Control.

    Signals:
        pixel_hovered: (Point) Under the pointer, or None outside the picture.
        menu_requested: (QPoint, PointerEvent) The right button was clicked at this place of the canvas.
    """

    pixel_hovered = Signal(object)
    menu_requested = Signal(QPoint, object)

    def __init__(self, sheets: Mapping[Sheet, Sequence[Layer]], parent: QWidget | None = None) -> None:
        super().__init__(sheets, parent)
        self.wheel_scrolls = False
        self._is_splitting = False
        self._is_panning = False
        self._is_resizing = False
        self._right_press: PointerEvent | None = None
        self._right_press_at = QPointF()
        self._drag_button = _NONE
        self._space_held = False
        self._last_position: QPointF | None = None
        self._turned = 0.0
        self._since_tap = QElapsedTimer()
        self._tap_at = QPointF()
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(self.tr("Paint over what should go, then press Enter."))

    def set_target(self, target: PointerTarget) -> None:
        """Put another tool in hand; what the former one draws ends here."""
        if self._target is not None:
            self._let_go()
            self._target.hover(None)
        self._target = target
        self._right_press = None
        self._marks_moved()

    def set_compare(self, mode: CompareMode) -> None:
        """See `Surface`."""
        self._is_splitting = False
        super().set_compare(mode)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pan with the middle button or Space, take the split's line; otherwise the tool's."""
        self._press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pan, drag or hover."""
        self._move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End what the button began."""
        self._release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The second press of a quick pair: the tool's own, or a press like any other."""
        self._press(event, clicks=2)

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802
        """Do with a pen what the mouse does; accepted, so that no mouse is made up for it."""
        if event.type() == QEvent.Type.TabletPress:
            self._press(event, clicks=self._count_taps(event))
        elif event.type() == QEvent.Type.TabletMove:
            self._move(event)
        else:
            self._release(event)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom at the pointer, or scroll; with Alt the tool's, with Shift or on a trackpad pan."""
        turn = event.angleDelta()
        delta = turn.y() or turn.x()  # some systems report Alt+wheel as sideways
        held = event.modifiers()
        with_alt = bool(held & Qt.KeyboardModifier.AltModifier)
        with_control = bool(held & Qt.KeyboardModifier.ControlModifier)
        is_trackpad = event.phase() != Qt.ScrollPhase.NoScrollPhase and not event.pixelDelta().isNull()
        if held & Qt.KeyboardModifier.ShiftModifier:
            self.pan(*((0, delta / 2) if with_alt else (delta / 2, 0)))
        elif with_alt and self._target is not None:
            self._turned += delta
            steps = int(self._turned / NOTCH)
            self._turned -= steps * NOTCH
            if steps:
                self._target.scroll(steps)
        elif is_trackpad and not with_control:
            self.pan(event.pixelDelta().x(), event.pixelDelta().y())
        elif self.wheel_scrolls and not with_control:
            self.pan(turn.x() / 2, turn.y() / 2)
        else:
            zoom = self._view.zoom * ZOOM_PER_NOTCH ** (delta / NOTCH)
            self.zoom_to(zoom, self._in_pane(event.position()))
        self._hover_at(event.position(), event.modifiers())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Follow fingers on a trackpad or the screen, stay sharp on another screen; all else as usual."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._view = replace(self._view, ratio=self.devicePixelRatioF())
            self.fit() if self._fits else self._set_view(self._view)
        elif isinstance(event, QNativeGestureEvent):
            self._follow_trackpad(event)
            return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._follow_fingers(pinch)
                return True
        elif event.type() == QEvent.Type.ShortcutOverride and self._is_for_target(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space makes a hand of any tool; an unfinished shape takes its own keys."""
        if self._is_for_target(event) and isinstance(self._target, Shaping) and self._target.key(event):
            self._marks_moved()
        elif event.key() == Qt.Key.Key_Space:
            self._hold_space(True)
        elif event.key() == Qt.Key.Key_Alt:
            self._hover_at(self._last_position, Qt.KeyboardModifier.AltModifier)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The hand becomes the tool again."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hold_space(False)
        elif event.key() == Qt.Key.Key_Alt:
            self._hover_at(self._last_position, Qt.KeyboardModifier.NoModifier)
        else:
            super().keyReleaseEvent(event)

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802
        """The tool's marks follow the pointer out."""
        self._last_position = None
        if self._target is not None:
            self._target.hover(None)
            self._marks_moved()
        self._announce_pixel(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """A key released elsewhere is released here too."""
        self._hold_space(False)
        super().focusOutEvent(event)

    def _press(self, event: _Pointing, clicks: int = 1) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        button, position = event.button(), event.position()
        self._last_position = position
        if button == _LEFT and self._is_at_split(position):
            self._is_splitting = True
        elif button == _MIDDLE or (self._space_held and button == _LEFT):
            self._is_panning = True
        elif self._target is None or self._drag_button != _NONE or button not in (_LEFT, _RIGHT):
            return
        elif button == _RIGHT:
            pressed = self._pointer_event(event, is_right=True)
            if pressed.alt and isinstance(self._target, Resizable):
                self._target.hover(pressed)
                self._is_resizing = True
            else:
                self._right_press, self._right_press_at = pressed, position
        else:
            pressed = self._pointer_event(event, clicks=clicks)
            if not (clicks > 1 and isinstance(self._target, Shaping) and self._target.double_click(pressed)):
                self._begin(_LEFT, pressed)
        self._marks_moved()

    def _move(self, event: _Pointing) -> None:
        position = event.position()
        self._catch_up(event.buttons())
        step = position - (self._last_position or position)
        self._last_position = position
        if self._is_splitting:
            self.set_split(position.x() / max(1, self.width()))
        elif self._is_panning:
            self.pan(step.x(), step.y())
        elif self._is_resizing and isinstance(self._target, Resizable):
            self._target.resize_by(step.x(), step.y())
        elif self._right_press is not None:
            if (position - self._right_press_at).manhattanLength() > STILL_PX:
                pressed, self._right_press = self._right_press, None
                self._begin(_RIGHT, pressed)
                self._drag(event)
        elif self._drag_button != _NONE:
            self._drag(event)
        else:
            self._hover_at(position, event.modifiers())
        self._marks_moved()
        self._announce_pixel(self._view.pixel_at(self._in_pane(position)))

    def _release(self, event: _Pointing) -> None:
        button = event.button()
        if button == _LEFT and self._is_splitting:
            self._is_splitting = False
        elif button == _RIGHT and self._right_press is not None:
            pressed, self._right_press = self._right_press, None
            self.menu_requested.emit(event.position().toPoint(), pressed)
        elif button == _RIGHT and self._is_resizing:
            self._is_resizing = False
        elif button == self._drag_button and button != _NONE and self._target is not None:
            self._drag_button = _NONE
            self._target.release(self._pointer_event(event, is_right=button == _RIGHT))
            self._is_panning = self._is_panning and bool(event.buttons() & _MIDDLE)
        elif button in (_MIDDLE, _LEFT):
            self._is_panning = False
        self._marks_moved()

    def _catch_up(self, held: Qt.MouseButton) -> None:
        """End what a button began whose release went elsewhere, such as to a dialog that opened meanwhile."""
        if not held & self._drag_button:
            self._let_go()
        if not held & _RIGHT:
            self._is_resizing, self._right_press = False, None
        self._is_splitting = self._is_splitting and bool(held & _LEFT)
        self._is_panning = self._is_panning and held != _NONE

    def _let_go(self) -> None:
        """End what a button began, where the pointer was last."""
        if self._target is not None and self._drag_button != _NONE and self._last_position is not None:
            self._target.release(self._pointed(self._last_position, Qt.KeyboardModifier.NoModifier))
        self._drag_button = _NONE

    def _begin(self, button: Qt.MouseButton, pressed: PointerEvent) -> None:
        if self._target is not None:
            self._drag_button = button
            self._target.press(pressed)

    def _drag(self, event: _Pointing) -> None:
        if self._target is not None:
            self._target.drag(self._pointer_event(event, is_right=self._drag_button == _RIGHT))

    def _hold_space(self, held: bool) -> None:
        """Make a hand of the tool, or a tool of the hand; a stroke that runs is led on by it."""
        self._space_held = held
        if self._drag_button != _NONE:
            self._is_panning = held
        self._update_cursor()

    def _follow_trackpad(self, event: QNativeGestureEvent) -> None:
        place = self._in_pane(event.position())
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self._view.zoom * (1 + event.value()), place)
        elif event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
            self.zoom_to(1.0, place) if self._fits else self.fit()

    def _follow_fingers(self, pinch: QPinchGesture) -> None:
        """Zoom and pan with two fingers; what the first of them began to draw is dropped."""
        if self._drag_button != _NONE:
            self._drag_button = _NONE
            if isinstance(self._target, Abandonable):
                self._target.abandon()
        way = pinch.centerPoint() - pinch.lastCenterPoint()
        self.pan(way.x(), way.y())
        middle = self._in_pane(QPointF(self.mapFromGlobal(pinch.centerPoint())))
        self.zoom_to(self._view.zoom * pinch.scaleFactor(), middle)

    def _count_taps(self, event: QTabletEvent) -> int:
        """Return 2 for the second tap of a quick pair at one place."""
        is_near = (event.position() - self._tap_at).manhattanLength() <= QApplication.startDragDistance()
        is_quick = self._since_tap.isValid() and not self._since_tap.hasExpired(
            QApplication.doubleClickInterval()
        )
        self._tap_at = event.position()
        self._since_tap.start()
        if is_near and is_quick:
            self._since_tap.invalidate()
            return 2
        return 1

    def _pointer_event(self, event: _Pointing, *, is_right: bool = False, clicks: int = 1) -> PointerEvent:
        pointed = replace(
            self._pointed(event.position(), event.modifiers()), is_right=is_right, clicks=clicks
        )
        if isinstance(event, QTabletEvent):
            is_eraser = event.pointerType() == event.pointerType().Eraser
            return replace(pointed, pressure=event.pressure(), is_eraser=is_eraser)
        return pointed

    def _pointed(self, position: QPointF, held: Qt.KeyboardModifier) -> PointerEvent:
        place = self._in_pane(position)
        return PointerEvent(
            self._view.pixel_at(place),
            shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
            control=bool(held & Qt.KeyboardModifier.ControlModifier),
            position=self._view.place_at(place),
            scale=self._view.scale,
        )

    def _hover_at(self, position: QPointF | None, held: Qt.KeyboardModifier) -> None:
        if position is not None and self._target is not None and self._drag_button == _NONE:
            self._target.hover(self._pointed(position, held))
            self._marks_moved()

    def _marks_moved(self) -> None:
        self.refresh_marks()
        self._update_cursor()

    def _update_cursor(self) -> None:
        at_split = self._last_position is not None and self._is_at_split(self._last_position)
        if self._is_splitting or at_split:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._is_panning:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space_held:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._target is not None:
            self.setCursor(self._target.cursor)

    def _announce_pixel(self, pixel: Point | None) -> None:
        is_inside = pixel is not None and Box(0, 0, *self._picture).contains(pixel)
        self.pixel_hovered.emit(pixel if is_inside else None)

    def _is_at_split(self, position: QPointF) -> bool:
        return self._compare == "split" and abs(position.x() - self._split_at * self.width()) <= GRIP_PX

    def _is_for_target(self, event: QEvent) -> bool:
        """Return True for a key that an unfinished shape would take."""
        return (
            isinstance(event, QKeyEvent)
            and isinstance(self._target, Shaping)
            and self._target.is_unfinished
            and event.key() in SHAPE_KEYS
        )
