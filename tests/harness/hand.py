"""How do tests draw?  By the events that mouse, pen and wheel send, with whatever keys are held."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

LEFT, RIGHT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
Spot = QPoint | QPointF


class Hand:
    """A hand over one widget; spots are in the widget's coordinates."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._pens = {is_eraser: _pen(is_eraser) for is_eraser in (False, True)}

    def press(self, spot: Spot, button: Qt.MouseButton = LEFT, held: Qt.KeyboardModifier = PLAIN) -> None:
        self._mouse(QEvent.Type.MouseButtonPress, spot, button, button, held)

    def move(self, spot: Spot, button: Qt.MouseButton = NONE, held: Qt.KeyboardModifier = PLAIN) -> None:
        self._mouse(QEvent.Type.MouseMove, spot, NONE, button, held)

    def release(self, spot: Spot, button: Qt.MouseButton = LEFT, held: Qt.KeyboardModifier = PLAIN) -> None:
        self._mouse(QEvent.Type.MouseButtonRelease, spot, button, NONE, held)

    def drag(self, *spots: Spot, button: Qt.MouseButton = LEFT, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Press at the first spot, move over the rest, release at the last."""
        self.press(spots[0], button, held)
        for spot in spots[1:]:
            self.move(spot, button, held)
        self.release(spots[-1], button, held)

    def click(self, spot: Spot, button: Qt.MouseButton = LEFT, held: Qt.KeyboardModifier = PLAIN) -> None:
        self.drag(spot, button=button, held=held)

    def double_click(self, spot: Spot, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Press, release, and what a system sends instead of the second press."""
        self.click(spot, held=held)
        self._mouse(QEvent.Type.MouseButtonDblClick, spot, LEFT, LEFT, held)
        self.release(spot, held=held)

    def pen(self, *points: tuple[Spot, float], is_eraser: bool = False) -> None:
        """Draw with a pen: spots and how hard it presses there."""
        kinds = [QEvent.Type.TabletPress] + [QEvent.Type.TabletMove] * (len(points) - 1)
        for kind, (spot, pressure) in zip(kinds, points, strict=True):
            button = LEFT if kind == QEvent.Type.TabletPress else NONE
            self._tablet(kind, spot, pressure, button, LEFT, is_eraser=is_eraser)
        self._tablet(QEvent.Type.TabletRelease, points[-1][0], 0.0, LEFT, NONE, is_eraser=is_eraser)

    def turn(self, spot: Spot, notches: float, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Turn the wheel, away from the person when positive."""
        angle = QPoint(round(120 * notches), 0) if held == ALT else QPoint(0, round(120 * notches))
        where = QPointF(spot)
        event = QWheelEvent(
            where, self._on_screen(where), QPoint(), angle, NONE, held, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(self._widget, event)

    def _mouse(
        self,
        kind: QEvent.Type,
        spot: Spot,
        button: Qt.MouseButton,
        pressed: Qt.MouseButton,
        held: Qt.KeyboardModifier,
    ) -> None:
        where = QPointF(spot)
        event = QMouseEvent(kind, where, self._on_screen(where), button, pressed, held)
        QApplication.sendEvent(self._widget, event)

    def _tablet(
        self,
        kind: QEvent.Type,
        spot: Spot,
        pressure: float,
        button: Qt.MouseButton,
        pressed: Qt.MouseButton,
        *,
        is_eraser: bool,
    ) -> None:
        where = QPointF(spot)
        pen, flat = self._pens[is_eraser], (0.0, 0.0, 0.0, 0.0, 0.0)
        event = QTabletEvent(
            kind, pen, where, self._on_screen(where), pressure, *flat, PLAIN, button, pressed
        )
        QApplication.sendEvent(self._widget, event)

    def _on_screen(self, where: QPointF) -> QPointF:
        return QPointF(self._widget.mapToGlobal(where))


def _pen(is_eraser: bool) -> QPointingDevice:
    kinds, can = QPointingDevice.PointerType, QInputDevice.Capability
    return QPointingDevice(
        "eraser" if is_eraser else "pen",
        2 if is_eraser else 1,
        QInputDevice.DeviceType.Stylus,
        kinds.Eraser if is_eraser else kinds.Pen,
        can.Position | can.Pressure,
        1,
        1,
    )
