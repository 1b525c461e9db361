"""When do the ants march?  While the mask is shown by them, the canvas is seen, and motion is welcome."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from app.canvas.layers import MaskLayer
from app.canvas.surface import Surface

STEP_MS = 120


class MarchingAnts(QObject):
    """Moves the ants of a mask layer and repaints only where they are.

    Args:
        canvas: Shows the layer.
        layer: The mask.
        parent: As usual.
    """

    def __init__(self, canvas: Surface, layer: MaskLayer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._layer = layer
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._soon = QTimer(
            self, singleShot=True, interval=0
        )  # the static one would keep us if we are deleted
        self._soon.timeout.connect(self.look_again)
        self._is_still: bool | None = None
        canvas.installEventFilter(self)

    def keep_still(self, still: bool | None) -> None:
        """Never march, march whatever the system says, or, with None, as the system says."""
        self._is_still = still
        self.look_again()

    @property
    def are_marching(self) -> bool:
        """True while they move."""
        return self._timer.isActive()

    @Slot()
    def look_again(self) -> None:
        """Start or stop: the mask's style, the document or the canvas's visibility may have changed."""
        wanted = self._layer.style == "ants" and self._layer.is_shown and self._layer.document is not None
        may_move = _is_motion_welcome() if self._is_still is None else not self._is_still
        if wanted and self._canvas.isVisible() and may_move:
            self._timer.start()
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stop with the canvas hidden."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._soon.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_timer_timeout(self) -> None:
        self._layer.phase += 1
        for box in self._layer.rim_boxes(self._canvas.viewpoint, self._canvas.seen_box):
            self._canvas.update_box(box)


def _is_motion_welcome() -> bool:
    """Return False when the person asked the system for less motion; older Qt cannot tell."""
    accessibility = QGuiApplication.styleHints().accessibility()
    preference = getattr(accessibility, "motionPreference", None)
    return preference is None or preference().name != "ReducedMotion"
