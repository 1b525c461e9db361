"""What does the canvas make of mouse, pen, wheel, fingers and keys?

Zooming, panning and the split happen here, everything else goes to the tool in hand. Whoever pans during
a stroke drags the picture under the pointer, so the stroke goes on where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import singledispatchmethod

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from app.canvas.layers import Layer
from app.canvas.panes import GRIP_PX, Sheet
from app.canvas.pointer import PointerEvent, PointerTarget, Resizable, Shaping
from app.canvas.surface import Surface
from inpainting_core.api import Box, Point

NOTCH = 120
ZOOM_PER_NOTCH = 1.25
SCROLL_PER_NOTCH_PX = 60.0
STILL_PX = 4.0
"""The right button held still so far asks for the menu."""
SHAPE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
