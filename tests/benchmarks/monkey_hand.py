"""What does a restless hand do?  Seeded random gestures: mouse, pen, wheel, keys, menus, panels, windows."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDockWidget,
    QToolButton,
    QWidget,
)

from app.actions.table import ACTIONS
from app.application import Program
from app.canvas.view import CanvasView
from app.state.view_state import ToolId
from tests.harness.hand import LEFT, PLAIN, RIGHT, Hand

FORBIDDEN = frozenset(
    {"quit", "open", "save", "save_as", "import_mask", "export_mask", "open_folder", "full_screen", "close"}
)
"""Actions that ask for files or end the program."""
_MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_LARGEST_BRUSH = 60
_ON_PICTURE = 0.7
_TOOLS: tuple[ToolId, ...] = ("rectangle", "ellipse", "lasso", "polygon", "wand", "object", "probe")
_Gesture = Callable[[], int]


class RestlessHand:
    """Makes gestures; each returns how many events it sent.

    Args:
        program: The editor; its window may be made anew at any time.
        rng: The source of all restlessness.
    """

    def __init__(self, program: Program, rng: Random) -> None:
        self._program = program
        self._rng = rng
        self._hand: tuple[CanvasView, Hand] | None = None
        self._gestures: list[tuple[int, _Gesture]] = [
            (26, self.stroke),
            (12, self.shape),
            (4, self.polygon),
            (6, self.pen),
            (9, self.wheel),
            (9, self.hover),
            (14, self.key),
            (8, self.action),
            (9, self.undo_or_redo),
            (7, self.fill),
            (5, self.remove),
            (3, self.interrupted),
            (3, self.pan),
            (9, self.panel),
            (2, self.double_click),
            (2, self.resize),
            (1, self.theme),
        ]

    @property
    def canvas(self) -> CanvasView:
        """The canvas of the window as it is now."""
        return self._program.window.stage.canvas

    def gesture(self) -> tuple[str, int]:
        """Make a gesture; return its name and how many events it sent."""
        weights = [weight for weight, _ in self._gestures]
        (chosen,) = self._rng.choices([gesture for _, gesture in self._gestures], weights)
        return getattr(chosen, "__name__", "?"), chosen()

    def stroke(self) -> int:
        """Draw with the tool in hand, or take the brush first."""
        if self._rng.random() < 0.6:
            tools: tuple[ToolId, ...] = ("brush", "brush", "brush", "eraser", "never", "only", "restore")
            self._program.state.take_tool(self._rng.choice(tools))
            self._program.state.set_brush_size(self._rng.randint(1, _LARGEST_BRUSH))
        if self._rng.random() < 0.2:
            self._program.state.set_hardness(self._rng.random())
            self._program.state.set_brush_opacity(self._rng.random())
        button = RIGHT if self._rng.random() < 0.12 else LEFT
        spots = self._path(self._rng.randint(1, 14))
        self._mouse().drag(*spots, button=button, held=self._held(0.15))
        return len(spots) + 2

    def shape(self) -> int:
        """Drag with another tool."""
        self._program.state.take_tool(self._rng.choice(_TOOLS))
        spots = self._path(self._rng.randint(2, 8))
        button = RIGHT if self._rng.random() < 0.1 else LEFT
        self._mouse().drag(*spots, button=button, held=self._held(0.4))
        return len(spots) + 2

    def polygon(self) -> int:
        """Click corners, then end in one of the ways there are, or in none."""
        self._program.state.take_tool("polygon")
        spots = self._path(self._rng.randint(1, 6))
        for spot in spots:
            self._mouse().click(spot)
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Escape, Qt.Key.Key_B)
        self._type(self._rng.choice(keys))
        return 3 * len(spots)

    def pen(self) -> int:
        """Draw with a pen, sometimes with its other end."""
        spots = self._path(self._rng.randint(1, 12))
        is_eraser = self._rng.random() < 0.25
        self._mouse().pen(*((spot, self._rng.random()) for spot in spots), is_eraser=is_eraser)
        return len(spots) + 1

    def wheel(self) -> int:
        """Turn the wheel with or without keys."""
        count = self._rng.randint(1, 4)
        for _ in range(count):
            self._mouse().turn(self._spot(), self._rng.choice((-2, -1, -0.25, 0.25, 1, 2)), self._held(0.5))
        return count

    def hover(self) -> int:
        """Move without a button."""
        spots = self._path(self._rng.randint(3, 16))
        for spot in spots:
            self._mouse().move(spot, held=self._held(0.05))
        return len(spots)

    def key(self) -> int:
        """Press the keys of any action."""
        specs = [spec for spec in ACTIONS if spec.keys and spec.id not in FORBIDDEN]
        spec = self._rng.choice(specs)
        combination = QKeySequence(self._rng.choice(spec.keys))[0]  # type: ignore[index]
        self._type(combination.key(), combination.keyboardModifiers())
        return 2

    def action(self) -> int:
        """Choose anything from the menus."""
        actions = self._program.window.actions_by_id
        names = [name for name in actions if name not in FORBIDDEN and actions[name].isEnabled()]
        actions[self._rng.choice(names)].trigger()
        return 1

    def undo_or_redo(self) -> int:
        """Go back and forth."""
        count = self._rng.randint(1, 5)
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        held = control if self._rng.random() < 0.6 else control | shift
        for _ in range(count):
            self._type(Qt.Key.Key_Z, held)
        return 2 * count

    def fill(self) -> int:
        """Press Enter, or ask for another outcome."""
        self._type(
            self._rng.choice((Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Slash, Qt.Key.Key_Period))
        )
        return 2

    def remove(self) -> int:
        """Mark a small thing and fill it, as people do most."""
        actions = self._program.window.actions_by_id
        for name in ("clear", "clear_rules", "brush"):
            actions[name].trigger()
        self._program.state.set_brush_size(self._rng.randint(6, 30))
        spots = self._path(3)
        self._mouse().drag(*spots)
        self._type(Qt.Key.Key_Return)
        return 10

    def interrupted(self) -> int:
        """Do something else in the middle of a stroke."""
        spots = self._path(6)
        button = self._rng.choice((LEFT, LEFT, RIGHT))
        self._mouse().press(spots[0], button)
        for spot in spots[1:3]:
            self._mouse().move(spot, button)
        between: tuple[_Gesture, ...] = (
            self.key,
            self.action,
            self.wheel,
            self.fill,
            self.undo_or_redo,
            self.panel,
        )
        events = self._rng.choice(between)()
        for spot in spots[3:]:
            self._mouse().move(spot, button)
        self._mouse().release(spots[-1], button)
        return 7 + events

    def pan(self) -> int:
        """Move the picture with the space bar or the middle button."""
        spots = self._path(4)
        if self._rng.random() < 0.5:
            self._mouse().drag(*spots, button=Qt.MouseButton.MiddleButton)
        else:
            QTest.keyPress(self.canvas, Qt.Key.Key_Space)
            self._mouse().drag(*spots)
            QTest.keyRelease(self.canvas, Qt.Key.Key_Space)
        return 7

    def panel(self) -> int:
        """Poke something in the panels or the strip."""
        window = self._program.window
        if self._rng.random() < 0.3:
            self._rng.choice(window.findChildren(QDockWidget)).raise_()
        kinds = (QAbstractSlider, QAbstractSpinBox, QComboBox, QAbstractButton, QAbstractItemView)
        pokable = [
            widget
            for widget in window.findChildren(QWidget)
            if isinstance(widget, kinds) and widget.isVisible() and widget.isEnabled() and not _asks(widget)
        ]
        return self._poke(self._rng.choice(pokable)) if pokable else 0

    def double_click(self) -> int:
        """Press twice at one place."""
        self._mouse().double_click(self._spot())
        return 4

    def resize(self) -> int:
        """Give the window another size."""
        self._program.window.resize(self._rng.randint(700, 1700), self._rng.randint(500, 1100))
        return 1

    def theme(self) -> int:
        """Go from light to dark or back."""
        schemes = Qt.ColorScheme.Dark, Qt.ColorScheme.Light
        QGuiApplication.styleHints().setColorScheme(self._rng.choice(schemes))
        return 1

    def let_go(self) -> None:
        """Leave no button and no key down."""
        for button in (LEFT, RIGHT, Qt.MouseButton.MiddleButton):
            self._mouse().release(self._spot(), button)
        QTest.keyRelease(self.canvas, Qt.Key.Key_Space)

    def _poke(self, widget: QWidget) -> int:
        if isinstance(widget, QAbstractButton):
            QTest.mouseClick(widget, LEFT)
        elif isinstance(widget, QAbstractItemView):
            model = widget.model()
            row = self._rng.randrange(max(1, model.rowCount()))
            place = widget.visualRect(model.index(row, 0)).center()
            QTest.mouseClick(widget.viewport(), LEFT, PLAIN, place)
        else:
            keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home)
            for _ in range(self._rng.randint(1, 4)):
                QTest.keyClick(widget, self._rng.choice(keys))
        self.canvas.setFocus()
        return 2

    def _mouse(self) -> Hand:
        canvas = self.canvas
        if self._hand is None or self._hand[0] is not canvas:
            self._hand = canvas, Hand(canvas)
        return self._hand[1]

    def _type(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.canvas, key, held)

    def _spot(self) -> QPointF:
        """Return a place on the picture most times, else anywhere on the canvas or beside it."""
        if self._rng.random() < _ON_PICTURE:
            size = self.canvas.picture_size
            return self.canvas.viewpoint.to_screen(self._rng.uniform(0, size.h), self._rng.uniform(0, size.w))
        margin = 60 if self._rng.random() < 0.1 else 0
        width, height = self.canvas.width(), self.canvas.height()
        return QPointF(
            self._rng.uniform(-margin, width + margin), self._rng.uniform(-margin, height + margin)
        )

    def _path(self, length: int) -> list[QPointF]:
        spots, reach = [self._spot()], self._rng.choice((4.0, 30.0, 120.0))
        for _ in range(length - 1):
            way = QPointF(self._rng.gauss(0, reach), self._rng.gauss(0, reach))
            spots.append(spots[-1] + way)
        return spots

    def _held(self, share: float) -> Qt.KeyboardModifier:
        held = PLAIN
        for modifier in _MODIFIERS:
            if self._rng.random() < share / 2:
                held |= modifier
        return held


def _asks(widget: QWidget) -> bool:
    """Return True for what opens a menu or asks for a file."""
    if not isinstance(widget, QToolButton):
        return False
    action = widget.defaultAction()
    return widget.menu() is not None or (action is not None and action.objectName() in FORBIDDEN)
