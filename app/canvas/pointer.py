"""What does the canvas tell a tool?  Pointer events in picture pixels; tools implement the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from app.canvas.viewpoint import Viewpoint
from inpainting_core.api import Point


@dataclass(frozen=True)
class PointerEvent:
    """Where the pointer is and what is held.

    Attributes:
        pixel: Under the pointer; may lie outside the picture.
        is_right: The right button is the one that drags.
        shift: Shift is held.
        alt: Alt is held.
        control: Control is held.
        position: (y, x) in the picture, between pixels.
        scale: Screen pixels per picture pixel.
        pressure: Of a pen, 0 to 1; 1 for a mouse.
        is_eraser: It is the pen's other end.
        clicks: 2 for the second press of a quick pair.
    """

    pixel: Point
    is_right: bool = False
    shift: bool = False
    alt: bool = False
    control: bool = False
    position: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    pressure: float = 1.0
    is_eraser: bool = False
    clicks: int = 1


class PointerTarget(Protocol):
    """A tool in hand."""

    @property
    def cursor(self) -> Qt.CursorShape:
        """The pointer's shape over the picture."""

    def press(self, event: PointerEvent) -> None:
        """The left or right button went down."""

    def drag(self, event: PointerEvent) -> None:
        """The pointer moved with the button held."""

    def release(self, event: PointerEvent) -> None:
        """The button went up."""

    def hover(self, event: PointerEvent | None) -> None:
        """The pointer moved without a button, or left (None)."""

    def scroll(self, steps: int) -> None:
        """The wheel turned with Alt held; positive = away from the person."""

    def marks_rect(self, view: Viewpoint) -> QRectF:
        """Return the screen rectangle that `paint_marks` would touch now; may be empty."""

    def paint_marks(self, painter: QPainter, view: Viewpoint) -> None:
        """Paint outlines and lines over everything else."""


@runtime_checkable
class Shaping(Protocol):
    """A tool whose shapes take several presses."""

    @property
    def is_unfinished(self) -> bool:
        """True while a shape waits for its next corner."""

    def double_click(self, event: PointerEvent) -> bool:
        """The left button went down twice, quickly; return False when that is a press like any other."""

    def key(self, event: QKeyEvent) -> bool:
        """A key went down while a shape was unfinished; return True when it was used."""


@runtime_checkable
class Resizable(Protocol):
    """A tool that is resized by dragging with Alt and the right button."""

    def resize_by(self, dx_px: float, dy_px: float) -> None:
        """The pointer moved so many screen pixels right and down."""


@runtime_checkable
class Abandonable(Protocol):
    """A tool that can drop what it has not finished."""

    def abandon(self) -> bool:
        """Return False when nothing was unfinished."""
