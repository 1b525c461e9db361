"""What does the canvas tell a tool?  Pointer events in picture pixels; tools implement the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

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
    """

    pixel: Point
    is_right: bool = False
    shift: bool = False
    alt: bool = False


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
