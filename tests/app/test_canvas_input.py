"""What reaches the tool in hand, from mouse, pen, wheel, trackpad and keys?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.pointer import PointerEvent
from app.canvas.view import CanvasView
from app.canvas.viewpoint import Viewpoint
from inpainting_core.api import Point, Size

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE, ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Diary:
    """A tool that writes down what it is told."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        self.entries: list[tuple[str, object]] = []
        self.is_unfinished = False

    def told(self, *words: str) -> list[object]:
        return [what for word, what in self.entries if word in words]

    def press(self, event: PointerEvent) -> None:
        self.entries.append(("press", event))

    def drag(self, event: PointerEvent) -> None:
        self.entries.append(("drag", event))

    def release(self, event: PointerEvent) -> None:
        self.entries.append(("release", event))

    def hover(self, event: PointerEvent | None) -> None:
        self.entries.append(("hover", event))

    def scroll(self, steps: int) -> None:
        self.entries.append(("scroll", steps))

    def resize_by(self, dx_px: float, dy_px: float) -> None:
        self.entries.append(("resize", (dx_px, dy_px)))

    def double_click(self, event: PointerEvent) -> bool:
        self.entries.append(("double", event))
        return True

    def key(self, event: QKeyEvent) -> bool:
        self.entries.append(("key", event.key()))
        return True

    def abandon(self) -> bool:
        self.entries.append(("abandon", None))
        return True

    def marks_rect(self, view: Viewpoint) -> QRectF:
        return QRectF()

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        pass


class Hand:
    """A hand over a canvas of 800 x 600 that shows a picture of 2000 x 3000 at 100 %."""

    def __init__(self, canvas: CanvasView, diary: Diary) -> None:
        self.canvas = canvas
        self.diary = diary
        self.menus: list[tuple[QPoint, PointerEvent]] = []
        canvas.menu_requested.connect(lambda place, event: self.menus.append((place, event)))

    def mouse(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        button: Qt.MouseButton = Qt.MouseButton.NoButton,
        held: Qt.MouseButton = Qt.MouseButton.NoButton,
        keys: Qt.KeyboardModifier = NONE,
    ) -> None:
        screen = QPointF(self.canvas.mapToGlobal(QPointF(x, y)))
        QApplication.sendEvent(self.canvas, QMouseEvent(kind, QPointF(x, y), screen, button, held, keys))

    def press(self, x: float, y: float, button: Qt.MouseButton, keys: Qt.KeyboardModifier = NONE) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, x, y, button, button, keys)

    def move(self, x: float, y: float, held: Qt.MouseButton, keys: Qt.KeyboardModifier = NONE) -> None:
        self.mouse(QEvent.Type.MouseMove, x, y, held=held, keys=keys)

    def release(
        self, x: float, y: float, button: Qt.MouseButton, held: Qt.MouseButton = Qt.MouseButton.NoButton
    ) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, x, y, button, held)

    def wheel(self, angle: QPoint, keys: Qt.KeyboardModifier = NONE, pixels: QPoint | None = None) -> None:
        place = QPointF(300, 200)
        phase = Qt.ScrollPhase.NoScrollPhase if pixels is None else Qt.ScrollPhase.ScrollUpdate
        event = QWheelEvent(
            place,
            QPointF(self.canvas.mapToGlobal(place)),
            pixels or QPoint(),
            angle,
            Qt.MouseButton.NoButton,
            keys,
            phase,
            False,
        )
        QApplication.sendEvent(self.canvas, event)

    def pen(self, kind: QEvent.Type, x: float, y: float, pressure: float, *, eraser: bool = False) -> bool:
        ends = QPointingDevice.PointerType
        device = QPointingDevice(
            "pen",
            1,
            QInputDevice.DeviceType.Stylus,
            ends.Eraser if eraser else ends.Pen,
            QInputDevice.Capability.Pressure | QInputDevice.Capability.Position,
            1,
            2,
            "",
            QPointingDeviceUniqueId(),
        )
        place = QPointF(x, y)
        screen = QPointF(self.canvas.mapToGlobal(place))
        is_move = kind == QEvent.Type.TabletMove
        event = QTabletEvent(
            kind, device, place, screen, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, NONE,
            Qt.MouseButton.NoButton if is_move else LEFT, LEFT,
        )  # fmt: skip
        event.ignore()
        QApplication.sendEvent(self.canvas, event)
        return event.isAccepted()

    def trackpad(self, gesture: Qt.NativeGestureType, value: float) -> None:
        place = QPointF(300, 200)
        screen = QPointF(self.canvas.mapToGlobal(place))
        device = QPointingDevice.primaryPointingDevice()
        event = QNativeGestureEvent(gesture, device, 2, place, place, screen, value, QPointF())
        QApplication.sendEvent(self.canvas, event)

    def place(self, x: float, y: float) -> object:
        """Return (y, x) in the picture, to compare with; a view lies on whole device pixels."""
        return pytest.approx(self.canvas.viewpoint.place_at(QPointF(x, y)), abs=0.5)

    def under(self, x: float, y: float) -> Point:
        return self.canvas.viewpoint.pixel_at(QPointF(x, y))


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    canvas = CanvasView({"after": (), "before": (), "difference": ()})
    canvas.resize(800, 600)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.show_picture(Size(2000, 3000))
    canvas.zoom_to(1.0)
    diary = Diary()
    canvas.set_target(diary)
    diary.entries.clear()
    yield Hand(canvas, diary)
    canvas.close()
    canvas.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_stroke_is_told_in_the_pictures_own_places(hand: Hand) -> None:
    hand.canvas.zoom_to(4.0)
    hand.press(100.5, 50.25, LEFT)
    hand.move(110, 60, LEFT, CONTROL)
    hand.release(110, 60, LEFT)
    assert [word for word, _ in hand.diary.entries] == ["press", "drag", "release"]
    press, drag, _ = hand.diary.told("press", "drag", "release")
    view = hand.canvas.viewpoint
    assert press.position == ((50.25 - view.top) / 4, (100.5 - view.left) / 4)
    assert press.pixel == tuple(int(place) for place in press.position)
    assert (press.scale, press.pressure, press.is_eraser, press.clicks) == (4.0, 1.0, False, 1)
    assert (press.control, drag.control) == (False, True)


@pytest.mark.parametrize("by_space", [True, False])
def test_panning_during_a_stroke_leads_it_on_from_where_it_was(hand: Hand, by_space: bool) -> None:
    hand.press(100, 100, LEFT)
    hand.move(120, 100, LEFT)
    before = hand.under(120, 100)
    if by_space:
        QTest.keyPress(hand.canvas, Qt.Key.Key_Space)
    else:
        hand.press(120, 100, MIDDLE)
    hand.move(220, 180, LEFT | MIDDLE)
    assert hand.under(220, 180) == before
    if by_space:
        QTest.keyRelease(hand.canvas, Qt.Key.Key_Space)
    else:
        hand.release(220, 180, MIDDLE, LEFT)
    hand.move(225, 180, LEFT)
    hand.release(225, 180, LEFT)
    assert [word for word, _ in hand.diary.entries] == ["press", "drag", "drag", "release"]
    assert hand.diary.told("drag")[1].pixel == (before.y, before.x + 5)


def test_a_stroke_that_ends_while_it_is_panned_is_released(hand: Hand) -> None:
    hand.press(100, 100, LEFT)
    QTest.keyPress(hand.canvas, Qt.Key.Key_Space)
    hand.move(140, 100, LEFT)
    hand.release(140, 100, LEFT)
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Space)
    left = hand.canvas.viewpoint.left
    hand.move(200, 100, Qt.MouseButton.NoButton)
    assert hand.diary.told("release")
    assert hand.canvas.viewpoint.left == left


def test_a_stroke_ends_when_another_tool_is_taken(hand: Hand) -> None:
    hand.press(100, 100, LEFT)
    hand.move(140, 100, LEFT)
    other = Diary()
    hand.canvas.set_target(other)
    hand.move(180, 100, LEFT)
    hand.release(180, 100, LEFT)
    assert [word for word, _ in hand.diary.entries] == ["press", "drag", "release", "hover"]
    assert hand.diary.told("release")[0].pixel == hand.under(140, 100)
    assert not other.told("press", "drag", "release")


def test_a_still_right_button_asks_for_the_menu_and_a_moved_one_draws(hand: Hand) -> None:
    hand.press(100, 100, RIGHT)
    hand.move(102, 101, RIGHT)
    hand.release(102, 101, RIGHT)
    assert [place for place, _ in hand.menus] == [QPoint(102, 101)]
    assert hand.menus[0][1].pixel == hand.under(100, 100)
    assert not hand.diary.told("press", "drag", "release")
    hand.press(100, 100, RIGHT)
    hand.move(110, 100, RIGHT)
    hand.release(110, 100, RIGHT)
    assert len(hand.menus) == 1
    assert [word for word, _ in hand.diary.entries if word != "hover"] == ["press", "drag", "release"]
    assert [event.is_right for event in hand.diary.told("press", "drag", "release")] == [True] * 3
    assert hand.diary.told("press")[0].pixel == hand.under(100, 100)


def test_alt_and_the_right_button_resize_and_draw_nothing(hand: Hand) -> None:
    hand.press(100, 100, RIGHT, ALT)
    hand.move(130, 90, RIGHT, ALT)
    hand.move(125, 95, RIGHT, ALT)
    hand.release(125, 95, RIGHT)
    hand.move(300, 300, Qt.MouseButton.NoButton)
    assert hand.diary.told("resize") == [(30, -10), (-5, 5)]
    assert not hand.diary.told("press", "drag", "release")
    assert not hand.menus
    assert hand.diary.told("hover")[0].pixel == hand.under(100, 100)


def test_a_pen_tells_its_pressure_and_its_end_and_makes_no_mouse(hand: Hand) -> None:
    assert hand.pen(QEvent.Type.TabletPress, 100, 100, 0.25)
    assert hand.pen(QEvent.Type.TabletMove, 120, 100, 0.5)
    assert hand.pen(QEvent.Type.TabletRelease, 120, 100, 0.0)
    assert [event.pressure for event in hand.diary.told("press", "drag")] == [0.25, 0.5]
    assert not any(event.is_eraser for event in hand.diary.told("press", "drag", "release"))
    hand.pen(QEvent.Type.TabletPress, 300, 100, 1.0, eraser=True)
    hand.pen(QEvent.Type.TabletRelease, 300, 100, 0.0, eraser=True)
    assert hand.diary.told("press")[1].is_eraser
    assert not hand.diary.told("double")


def test_two_quick_taps_of_a_pen_are_a_double_click_and_two_far_ones_are_not(hand: Hand) -> None:
    for x in (100, 300, 301):
        hand.pen(QEvent.Type.TabletPress, x, 100, 1.0)
        hand.pen(QEvent.Type.TabletRelease, x, 100, 0.0)
    assert [word for word, _ in hand.diary.entries] == ["press", "release"] * 2 + ["double"]
    assert hand.diary.told("double")[0].clicks == 2


def test_a_double_click_is_told_to_a_tool_that_knows_it(hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonDblClick, 100, 100, LEFT, LEFT)
    hand.release(100, 100, LEFT)
    assert [word for word, _ in hand.diary.entries] == ["double"]


def test_an_unfinished_shape_takes_its_keys_before_the_shortcuts(hand: Hand) -> None:
    enter = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Return, NONE)
    enter.ignore()
    QApplication.sendEvent(hand.canvas, enter)
    assert not enter.isAccepted()
    hand.diary.is_unfinished = True
    QApplication.sendEvent(hand.canvas, enter)
    assert enter.isAccepted()
    QTest.keyClick(hand.canvas, Qt.Key.Key_Backspace)
    assert hand.diary.told("key") == [Qt.Key.Key_Backspace]


def test_the_wheel_zooms_where_the_pointer_is(hand: Hand) -> None:
    before = hand.place(300, 200)
    hand.wheel(QPoint(0, 120))
    assert hand.canvas.viewpoint.zoom == pytest.approx(1.25)
    assert hand.canvas.viewpoint.place_at(QPointF(300, 200)) == before


@pytest.mark.parametrize(
    ("angle", "keys", "way"),
    [
        (QPoint(0, 120), SHIFT, (60, 0)),
        (QPoint(120, 0), SHIFT | ALT, (0, 60)),
        (QPoint(0, -120), SHIFT | ALT, (0, -60)),
    ],
)
def test_with_shift_the_wheel_pans(
    hand: Hand, angle: QPoint, keys: Qt.KeyboardModifier, way: tuple[int, int]
) -> None:
    before = hand.canvas.viewpoint
    hand.wheel(angle, keys)
    after = hand.canvas.viewpoint
    assert (after.left - before.left, after.top - before.top) == way
    assert not hand.diary.told("scroll")


def test_with_alt_the_wheel_is_the_tools_in_whole_notches_on_either_axis(hand: Hand) -> None:
    for angle in (QPoint(120, 0), QPoint(0, -240), QPoint(0, 60), QPoint(60, 0), QPoint(0, 0)):
        hand.wheel(angle, ALT)
    assert hand.diary.told("scroll") == [1, -2, 1]


def test_the_wheel_scrolls_for_whoever_wants_that_and_zooms_with_control(hand: Hand) -> None:
    hand.canvas.wheel_scrolls = True
    before = hand.canvas.viewpoint
    hand.wheel(QPoint(0, -120))
    assert hand.canvas.viewpoint == before.moved(0, -60)
    hand.wheel(QPoint(0, 120), CONTROL)
    assert hand.canvas.viewpoint.zoom == pytest.approx(1.25)


def test_two_fingers_pan_and_pinch_on_a_trackpad(hand: Hand) -> None:
    before = hand.canvas.viewpoint
    hand.wheel(QPoint(0, 30), pixels=QPoint(-7, 15))
    assert hand.canvas.viewpoint == before.moved(-7, 15)
    place = hand.place(300, 200)
    hand.trackpad(Qt.NativeGestureType.ZoomNativeGesture, 0.5)
    assert hand.canvas.viewpoint.zoom == pytest.approx(1.5)
    assert hand.canvas.viewpoint.place_at(QPointF(300, 200)) == place


def test_a_smart_zoom_fits_and_returns(hand: Hand) -> None:
    hand.trackpad(Qt.NativeGestureType.SmartZoomNativeGesture, 0)
    fitted = hand.canvas.viewpoint.zoom
    assert fitted == pytest.approx(min(752 / 3000, 552 / 2000))
    hand.trackpad(Qt.NativeGestureType.SmartZoomNativeGesture, 0)
    assert hand.canvas.viewpoint.zoom == 1.0


def test_two_fingers_on_the_screen_zoom_and_drop_what_the_first_began(hand: Hand, qtbot: QtBot) -> None:
    hand.press(300, 200, LEFT)
    before = hand.under(400, 300)
    screen = QTest.createTouchDevice()
    touch = QTest.touchEvent(hand.canvas, screen)
    touch.press(0, QPoint(350, 300), hand.canvas).press(1, QPoint(450, 300), hand.canvas)
    touch.commit()
    for step in (20, 40, 60, 80, 100):
        touch = QTest.touchEvent(hand.canvas, screen)
        touch.move(0, QPoint(350 - step // 2, 300), hand.canvas)
        touch.move(1, QPoint(450 + step // 2, 300), hand.canvas)
        touch.commit()
    assert hand.canvas.viewpoint.zoom > 1.3
    after = hand.under(400, 300)
    assert max(abs(after.y - before.y), abs(after.x - before.x)) <= 2
    assert hand.diary.told("abandon")
