"""How does the person want to see and paint?  Tool, brush, overlays; nothing of it is in the document."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

from inpainting_core.api import Palette

ToolId = Literal["brush", "eraser", "probe"]
SMALLEST_BRUSH, LARGEST_BRUSH = 1, 4096
MASK_COLOURS = ("#ff2d78", "#ffd400", "#00c8ff", "#3ddc84")


class ViewState(QObject):
    """What the tools and overlays are set to.

    Signals:
        tool_changed: Another tool is in hand.
        brush_changed: A brush size changed.
        overlay_changed: Anything about the source overlay or the mask's colour changed.
    """

    tool_changed = Signal()
    brush_changed = Signal()
    overlay_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool: ToolId = "brush"
        self.last_painting_tool: ToolId = "brush"
        self._sizes: dict[ToolId, int] = {"brush": 48, "eraser": 48}
        self.shows_overlay = False
        self.overlay_opacity = 0.7
        self.palette: Palette = "hue"
        self.mask_colour = MASK_COLOURS[0]
        self.mask_opacity = 0.55

    @property
    def brush_size(self) -> int:
        """Diameter in pixels of the painting tool in hand, or of the last one."""
        return self._sizes[self.last_painting_tool]

    def take_tool(self, tool: ToolId) -> None:
        """Take another tool in hand."""
        self.tool = tool
        if tool != "probe":
            self.last_painting_tool = tool
        self.tool_changed.emit()
        self.brush_changed.emit()

    def swap_brush_and_eraser(self) -> None:
        """Take the other painting tool in hand."""
        self.take_tool("eraser" if self.last_painting_tool == "brush" else "brush")

    def set_brush_size(self, size: int) -> None:
        """Set the diameter of the painting tool in hand, kept within limits."""
        size = min(max(size, SMALLEST_BRUSH), LARGEST_BRUSH)
        if size != self.brush_size:
            self._sizes[self.last_painting_tool] = size
            self.brush_changed.emit()

    def set_both_sizes(self, size: int) -> None:
        """Set brush and eraser, as when a picture is opened."""
        for tool in self._sizes:
            self._sizes[tool] = min(max(size, SMALLEST_BRUSH), LARGEST_BRUSH)
        self.brush_changed.emit()

    def grow_brush(self, steps: int) -> None:
        """Grow the brush by `steps` of 10 % each, by at least a pixel; negative steps shrink it."""
        size = self.brush_size
        for _ in range(abs(steps)):
            size = max(size + 1, round(size * 1.1)) if steps > 0 else min(size - 1, round(size / 1.1))
        self.set_brush_size(size)

    def show_overlay(self, shown: bool) -> None:
        """Show or hide where the content came from."""
        self.shows_overlay = shown
        self.overlay_changed.emit()

    def set_overlay_opacity(self, opacity: float) -> None:
        """Set the source overlay's opacity, 0 to 1."""
        self.overlay_opacity = opacity
        self.overlay_changed.emit()

    def set_palette(self, palette: Palette) -> None:
        """Set the colours of the source overlay."""
        self.palette = palette
        self.overlay_changed.emit()

    def set_mask_look(self, colour: str, opacity: float) -> None:
        """Set the mask's colour, "#rrggbb", and opacity, 0 to 1."""
        self.mask_colour, self.mask_opacity = colour, opacity
        self.overlay_changed.emit()
