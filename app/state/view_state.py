"""How does the person want to see and paint?  Tool, nibs, overlays; nothing of it is in the document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal

from inpainting_core.api import Nib, Palette, RegionMode

ToolId = Literal[
    "brush",
    "eraser",
    "lasso",
    "polygon",
    "rectangle",
    "ellipse",
    "wand",
    "object",
    "never",
    "only",
    "restore",
    "probe",
    "hand",
    "zoom",
]
NibTool = Literal["brush", "eraser", "never", "restore"]
NIB_TOOLS: tuple[NibTool, ...] = get_args(NibTool)
OverlayKind = Literal["wheel", "arrows", "density", "confidence"]
OVERLAYS: tuple[OverlayKind, ...] = get_args(OverlayKind)
CompareMode = Literal["off", "before", "split", "side_by_side", "difference"]
MaskStyle = Literal["veil", "outline", "ants"]
MASK_STYLES: tuple[MaskStyle, ...] = get_args(MaskStyle)
SMALLEST_BRUSH, LARGEST_BRUSH = 1, 4096
MASK_COLOURS = ("#ff2d78", "#ffd400", "#00c8ff", "#3ddc84")


@dataclass(frozen=True)
class OverlayLook:
    """How the source views are shown.

    Attributes:
        kind: Which view.
        opacity: 0 to 1.
        palette: Of the wheel.
        only_in_mask: True hides what lies outside the mask painted now.
        blinks: True switches it on and off all the time.
        spacing_px: Screen pixels between arrows.
        length: Share of the way to the source that an arrow shows, above 0 to 1.
        least_confidence: Arrows below it are left out, 0 to 1.
    """

    kind: OverlayKind = "wheel"
    opacity: float = 0.7
    palette: Palette = "hue"
    only_in_mask: bool = False
    blinks: bool = False
    spacing_px: int = 28
    length: float = 0.15
    least_confidence: float = 0.0


@dataclass(frozen=True)
class MaskLook:
    """How the mask is shown.

    Attributes:
        colour: "#rrggbb".
        opacity: 0 to 1.
        style: Veil, outline or marching ants.
        is_shown: False hides it.
    """

    colour: str = MASK_COLOURS[0]
    opacity: float = 0.55
    style: MaskStyle = "veil"
    is_shown: bool = True


class ViewState(QObject):
    """What the tools and overlays are set to.

    Signals:
        tool_changed: Another tool is in hand.
        brush_changed: A nib, or the wand's tolerance, or the rule that is painted, changed.
        overlay_changed: Anything about the source views or the mask's look changed.
        compare_changed: Before and after are compared in another way.
    """

    tool_changed = Signal()
    brush_changed = Signal()
    overlay_changed = Signal()
    compare_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool: ToolId = "brush"
        self.last_painting_tool: ToolId = "brush"
        self._nibs: dict[NibTool, Nib] = {tool: Nib(48, 1.0, 1.0) for tool in NIB_TOOLS}
        self.rule_percent = 0
        self.shows_rim = True
        self.pressure_sizes = True
        self.pressure_hardens = False
        self.smoothing_px = 0
        self.region_mode: RegionMode = "add"
        self.wand_tolerance = 24
        self.wand_is_contiguous = True
        self.shows_overlay = False
        self.shows_context = False
        self.overlay = OverlayLook()
        self.mask = MaskLook()
        self.compare: CompareMode = "off"

    @property
    def nib_tool(self) -> NibTool:
        """The nib that is in hand, or was last."""
        if self.tool == "only":
            return "never"
        for tool in (self.tool, self.last_painting_tool):
            if tool in NIB_TOOLS:
                return tool
        return "brush"

    @property
    def nib(self) -> Nib:
        """The nib of the painting tool in hand, or of the last one."""
        return self._nibs[self.nib_tool]

    @property
    def brush_size(self) -> int:
        """Diameter in pixels of that nib."""
        return self.nib.diameter

    def take_tool(self, tool: ToolId) -> None:
        """Take another tool in hand."""
        self.tool = tool
        if tool in ("brush", "eraser"):
            self.last_painting_tool = tool
        self.tool_changed.emit()
        self.brush_changed.emit()

    def swap_brush_and_eraser(self) -> None:
        """Take the other painting tool in hand."""
        self.take_tool("eraser" if self.last_painting_tool == "brush" else "brush")

    def set_brush_size(self, size: int) -> None:
        """Set the diameter of the nib in hand, kept within limits."""
        self._set_nib(replace(self.nib, diameter=min(max(size, SMALLEST_BRUSH), LARGEST_BRUSH)))

    def set_hardness(self, hardness: float) -> None:
        """Set the hardness of the nib in hand, 0 to 1, kept within limits."""
        self._set_nib(replace(self.nib, hardness=min(max(hardness, 0.0), 1.0)))

    def set_brush_opacity(self, opacity: float) -> None:
        """Set how much the nib in hand covers, kept within 0.05 to 1."""
        self._set_nib(replace(self.nib, opacity=min(max(opacity, 0.05), 1.0)))

    def set_all_sizes(self, size: int) -> None:
        """Set every nib's diameter, as when a picture is opened."""
        size = min(max(size, SMALLEST_BRUSH), LARGEST_BRUSH)
        self._nibs = {tool: replace(nib, diameter=size) for tool, nib in self._nibs.items()}
        self.brush_changed.emit()

    def grow_brush(self, steps: int) -> None:
        """Grow the brush by `steps` of 10 % each, by at least a pixel; negative steps shrink it."""
        size = self.brush_size
        for _ in range(abs(steps)):
            size = max(size + 1, round(size * 1.1)) if steps > 0 else min(size - 1, round(size / 1.1))
        self.set_brush_size(size)

    def harden_brush(self, steps: int) -> None:
        """Harden the brush by `steps` of 10 %; negative steps soften it."""
        self.set_hardness(round(self.nib.hardness + steps / 10, 2))

    def set_rule_percent(self, percent: int) -> None:
        """Set how much may be borrowed from where the rule brush paints, 0 to 200 percent."""
        self.rule_percent = min(max(percent, 0), 200)
        self.brush_changed.emit()

    def set_wand(self, tolerance: int, is_contiguous: bool) -> None:
        """Set how unlike a pixel may be that the wand takes, 0 to 255, and whether it must touch."""
        self.wand_tolerance, self.wand_is_contiguous = min(max(tolerance, 0), 255), is_contiguous
        self.brush_changed.emit()

    def set_region_mode(self, mode: RegionMode) -> None:
        """Combine new shapes with the mask in this way, unless keys say otherwise."""
        self.region_mode = mode
        self.brush_changed.emit()

    def show_overlay(self, shown: bool) -> None:
        """Show or hide where the content came from."""
        self.shows_overlay = shown
        self.overlay_changed.emit()

    def show_context(self, shown: bool) -> None:
        """Show or hide how far around the holes the engine looks."""
        self.shows_context = shown
        self.overlay_changed.emit()

    def set_overlay(self, look: OverlayLook) -> None:
        """Show the source views otherwise."""
        self.overlay = look
        self.overlay_changed.emit()

    def set_mask_look(self, look: MaskLook) -> None:
        """Show the mask otherwise."""
        self.mask = look
        self.overlay_changed.emit()

    def set_compare(self, mode: CompareMode) -> None:
        """Compare before and after in this way."""
        if mode != self.compare:
            self.compare = mode
            self.compare_changed.emit()

    def _set_nib(self, nib: Nib) -> None:
        if nib != self.nib:
            self._nibs[self.nib_tool] = nib
            self.brush_changed.emit()
