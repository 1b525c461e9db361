"""What does each action do?  The one place where the table of actions meets the objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import get_args

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup

from app.actions.table import ACTIONS
from app.state.models import Models
from app.state.view_state import MASK_STYLES, OVERLAYS, CompareMode, OverlayKind, ToolId
from app.windows.clipboard_flow import ClipboardFlow
from app.windows.comparing import Comparing
from app.windows.file_flow import FileFlow
from app.windows.mask_flow import MaskFlow
from app.windows.origin_flow import OriginFlow
from app.windows.stage import Stage
from app.windows.weak_spots import WeakSpots

Meanings = dict[str, Callable[[], object]]
_COMPARES: tuple[CompareMode, ...] = ("split", "side_by_side", "difference")
_ALWAYS_DERIVED = ("overlay", "undo", "redo", "clear", "restore_mask")


class Commands(QObject):
    """Connects the actions and keeps them enabled and checked as they should be."""

    def __init__(
        self, actions: Mapping[str, QAction], models: Models, stage: Stage, flow: FileFlow, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._models = models
        self._editor, self._state, self._filling = models.editor, models.state, models.filling
        self._stage = stage
        self._flow = flow
        self.masks = MaskFlow(models, flow, self)
        self.clipboard = ClipboardFlow(models, flow, self)
        self._origins = OriginFlow(models, flow, self)
        self._weak_spots = WeakSpots(models, stage, self)

    def connect_all(self) -> None:
        """Give every action its meaning, but for those that are the window's own."""
        meanings = {**self._files(), **self._edits(), **self._fills(), **self._views()}
        for action_id, meaning in meanings.items():
            self._actions[action_id].triggered.connect(lambda _checked=False, meaning=meaning: meaning())
        self._connect_tools()
        self._connect_switches()
        self._editor.document_changed.connect(self._on_editor_document_changed)
        self._editor.history_changed.connect(self._on_editor_history_changed)
        self._editor.mask_changed.connect(self._on_editor_mask_changed)
        self._editor.settings_changed.connect(self._on_editor_history_changed)
        self._filling.variants_changed.connect(self._on_editor_history_changed)
        self._on_editor_document_changed()

    def _files(self) -> Meanings:
        flow, masks, clipboard = self._flow, self.masks, self.clipboard
        return {
            "open": flow.ask_and_open,
            "open_folder": flow.ask_and_open_folder,
            "close": flow.close_picture,
            "paste": flow.paste,
            "save": flow.save,
            "save_as": flow.save_as,
            "save_project": flow.save_project,
            "next_picture": lambda: flow.step(1),
            "previous_picture": lambda: flow.step(-1),
            "import_mask": masks.ask_and_import,
            "export_mask": masks.ask_and_export,
            "paste_mask": clipboard.paste_mask,
            "copy": clipboard.copy_picture,
            "copy_region": clipboard.copy_region,
            "copy_mask": clipboard.copy_mask,
        }

    def _edits(self) -> Meanings:
        editor, state = self._editor, self._state
        return {
            "undo": self._filling.undo,
            "redo": self._filling.redo,
            "clear": editor.clear_mask,
            "restore_mask": editor.restore_last_mask,
            "mask_all": editor.mask_all,
            "invert_mask": editor.invert_mask,
            "grow": lambda: self._grow(1),
            "shrink": lambda: self._grow(-1),
            "grow_more": lambda: self._grow(8),
            "shrink_more": lambda: self._grow(-8),
            "clear_rules": editor.clear_rules,
            "clear_pins": editor.clear_pins,
            "swap": state.swap_brush_and_eraser,
            "smaller": lambda: state.grow_brush(-1),
            "larger": lambda: state.grow_brush(1),
            "softer": lambda: state.harden_brush(-1),
            "harder": lambda: state.harden_brush(1),
        }

    def _fills(self) -> Meanings:
        filling = self._filling
        return {
            "fill": filling.start,
            "again": filling.start_again,
            "next_variant": filling.next_variant,
            "previous_variant": filling.previous_variant,
            "repeat": filling.start,
            "cancel": self._cancel,
            "cancel_all": self._cancel_all,
        }

    def _views(self) -> Meanings:
        canvas = self._stage.canvas
        return {
            "fit": canvas.fit,
            "zoom_100": lambda: canvas.zoom_to(1.0),
            "zoom_200": lambda: canvas.zoom_to(2.0),
            "zoom_in": canvas.zoom_in,
            "zoom_out": canvas.zoom_out,
            "zoom_mask": self._masks_in_view,
            "cycle_overlay": self._cycle_overlay,
            "cycle_mask_style": self._cycle_mask_style,
            "next_weak_spot": lambda: self._weak_spots.go(1),
            "previous_weak_spot": lambda: self._weak_spots.go(-1),
            "mark_weak_spot": self._weak_spots.mark,
            "fix_weak_spot": self._weak_spots.fix,
            "export_origins": self._origins.ask_and_export,
        }

    def _connect_tools(self) -> None:
        group = QActionGroup(self)
        for tool in get_args(ToolId):
            action = self._actions[tool]
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, tool=tool: self._state.take_tool(tool))
        self._state.tool_changed.connect(self._on_state_tool_changed)
        self._on_state_tool_changed()

    def _connect_switches(self) -> None:
        state, actions = self._state, self._actions
        actions["overlay"].toggled.connect(state.show_overlay)
        actions["mask_shown"].triggered.connect(
            lambda on=True: state.set_mask_look(replace(state.mask, is_shown=on))
        )
        actions["fill_on_release"].triggered.connect(lambda on=False: self._filling.set_on_release(on))
        actions["blink_overlay"].triggered.connect(
            lambda on=False: state.set_overlay(replace(state.overlay, blinks=on))
        )
        self.comparing = Comparing(state, actions["before"], actions["blink"], self)
        views = QActionGroup(self)
        for kind in OVERLAYS:
            views.addAction(actions[kind])
            actions[kind].triggered.connect(lambda _checked=False, kind=kind: self._show_view(kind))
        for mode in _COMPARES:
            actions[mode].triggered.connect(
                lambda on=False, mode=mode: state.set_compare(mode if on else "off")
            )
        state.overlay_changed.connect(self._on_state_overlay_changed)
        state.compare_changed.connect(self._on_state_compare_changed)
        self._on_state_overlay_changed()
        self._on_state_compare_changed()

    def _grow(self, step: int) -> None:
        settings = self._editor.settings
        grow = min(max(settings.mask_shape.grow + step, -64), 64)
        shape = replace(settings.mask_shape, grow=grow)
        self._editor.change_settings(replace(settings, mask_shape=shape), "shape")

    def _cycle_overlay(self) -> None:
        look = self._state.overlay
        self._show_view(OVERLAYS[(OVERLAYS.index(look.kind) + 1) % len(OVERLAYS)])

    def _show_view(self, kind: OverlayKind) -> None:
        self._state.set_overlay(replace(self._state.overlay, kind=kind))
        self._state.show_overlay(True)

    def _cycle_mask_style(self) -> None:
        look = self._state.mask
        following = MASK_STYLES[(MASK_STYLES.index(look.style) + 1) % len(MASK_STYLES)]
        self._state.set_mask_look(replace(look, style=following))

    def _masks_in_view(self) -> None:
        document = self._editor.document
        if document is not None and not (box := document.mask_box).is_empty:
            self._stage.canvas.show_box(box)

    def _cancel(self) -> None:
        if self._filling.is_busy:
            self._filling.cancel()
        elif not self._stage.tools.abandon():
            self.comparing.stop()
            self._state.set_compare("off")
            self._stage.messages.hide()

    def _cancel_all(self) -> None:
        self._filling.cancel()
        self._stage.tools.abandon()
        self._cancel()

    @Slot()
    def _on_editor_document_changed(self) -> None:
        is_open = self._editor.document is not None
        for spec in ACTIONS:
            if spec.needs_picture and spec.id not in _ALWAYS_DERIVED:
                self._actions[spec.id].setEnabled(is_open)
        self._on_editor_history_changed()

    @Slot()
    def _on_editor_history_changed(self) -> None:
        document = self._editor.document
        actions = self._actions
        actions["undo"].setEnabled(document is not None and document.history.can_undo)
        actions["redo"].setEnabled(document is not None and document.history.can_redo)
        actions["clear"].setEnabled(document is not None and document.has_mask)
        actions["restore_mask"].setEnabled(document is not None and document.last_mask is not None)
        actions["clear_rules"].setEnabled(document is not None and document.rules is not None)
        actions["clear_pins"].setEnabled(bool(self._editor.settings.pins))
        actions["fill_on_release"].setChecked(self._filling.is_on_release)
        has_variants = len(self._filling.variants) > 0
        for action_id in ("next_variant", "previous_variant"):
            actions[action_id].setEnabled(has_variants)

    @Slot(object)
    def _on_editor_mask_changed(self, _box: object) -> None:
        self._on_editor_history_changed()

    @Slot()
    def _on_state_overlay_changed(self) -> None:
        self._actions["overlay"].setChecked(self._state.shows_overlay)
        self._actions[self._state.overlay.kind].setChecked(True)
        self._actions["blink_overlay"].setChecked(self._state.overlay.blinks)
        self._actions["mask_shown"].setChecked(self._state.mask.is_shown)

    @Slot()
    def _on_state_compare_changed(self) -> None:
        for mode in _COMPARES:
            self._actions[mode].setChecked(self._state.compare == mode)

    @Slot()
    def _on_state_tool_changed(self) -> None:
        self._actions[self._state.tool].setChecked(True)
