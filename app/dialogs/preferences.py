"""What can a person choose once and for all?  Four pages; every change counts at once."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QTabWidget, QVBoxLayout, QWidget

from app.dialogs.fields import Fields
from app.preferences import PreferenceStore


class PreferencesDialog(QDialog):
    """Shows and changes the preferences.

    Args:
        store: The preferences.
        parent: The window it stands before.

    Signals:
        keys_wanted: The person wants to change keys.
    """

    keys_wanted = Signal()

    def __init__(self, store: PreferenceStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.setWindowTitle(self.tr("Preferences"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(self.windowTitle())
        self._add_general()
        self._add_editing()
        self._add_performance()
        self._add_appearance()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ResetRole
        self.defaults = buttons.addButton(self.tr("Restore defaults"), role)
        self.defaults.setToolTip(self.tr("Every choice as at the first start; keys and recent files stay."))
        self.defaults.clicked.connect(self._on_defaults_clicked)
        for button in (self.defaults, buttons.button(QDialogButtonBox.StandardButton.Close)):
            button.setAutoDefault(False)  # Enter ends a number, not the dialog
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 12, 14, 14)
        rows.setSpacing(12)
        rows.addWidget(self.tabs, 1)
        rows.addWidget(buttons)
        self.resize(540, 420)

    def _page(self, title: str) -> Fields:
        page = QWidget()
        self.tabs.addTab(page, title)
        return Fields(self._store, page)

    def _add_general(self) -> None:
        fields = self._page(self.tr("General"))
        languages = (
            ("system", self.tr("As the system")),
            ("en", "English"),
            ("zh_CN", "\u7b80\u4f53\u4e2d\u6587"),
        )
        fields.choice("language", self.tr("Language"), languages)
        motion = (
            ("system", self.tr("As the system")),
            (False, self.tr("May move and blink")),
            (True, self.tr("Stands still")),
        )
        fields.choice("reduced_motion", self.tr("The screen"), motion)
        self.keys = QPushButton(self.tr("Change keys\u2026"))
        self.keys.setAutoDefault(False)
        self.keys.setAccessibleName(self.tr("Change keys"))
        self.keys.clicked.connect(self.keys_wanted)
        fields.form.addRow(self.tr("Keys"), self.keys)

    def _add_editing(self) -> None:
        fields = self._page(self.tr("Editing"))
        fields.switch("fill_on_release", self.tr("Fill every stroke as soon as it ends"))
        wheels = (("zooms", self.tr("Zooms")), ("scrolls", self.tr("Scrolls; zooms with Ctrl")))
        fields.choice("wheel", self.tr("Mouse wheel"), wheels)
        cursors = (("ring", self.tr("The brush's rim")), ("cross", self.tr("A cross")))
        fields.choice("cursor", self.tr("Pointer"), cursors)
        fields.switch("pressure_sizes", self.tr("A pen's pressure changes the size"))
        fields.switch("pressure_hardens", self.tr("A pen's pressure changes the hardness"))
        off = {0: self.tr("Off")}
        fields.number("smoothing_px", self.tr("Smooth strokes"), (0, 100), self.tr(" px"), off)
        fields.share("brush_hardness", self.tr("Hardness of the brush"))
        fields.share("brush_opacity", self.tr("Opacity of the brush"))

    def _add_performance(self) -> None:
        fields = self._page(self.tr("Performance"))
        megabytes = self.tr(" MB")
        fields.number("threads", self.tr("Processor threads"), (0, 256), "", {0: self.tr("All")})
        fields.number("undo_mb", self.tr("Memory for undo"), (64, 65536), megabytes)
        free = {0: self.tr("What is free")}
        fields.number("memory_mb", self.tr("Memory for a fill"), (0, 1 << 20), megabytes, free)

    def _add_appearance(self) -> None:
        fields = self._page(self.tr("Appearance"))
        themes = (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        )
        fields.choice("theme", self.tr("Window"), themes)
        colours = (
            ("#ff2d78", self.tr("Pink")),
            ("#ffd400", self.tr("Yellow")),
            ("#00c8ff", self.tr("Blue")),
            ("#3ddc84", self.tr("Green")),
        )
        fields.colour("mask_colour", self.tr("Mask"), colours)
        styles = (
            ("veil", self.tr("Veil")),
            ("outline", self.tr("Outline")),
            ("ants", self.tr("Marching ants")),
        )
        fields.choice("mask_style", self.tr("Its style"), styles)
        fields.share("mask_opacity", self.tr("Its opacity"))
        kinds = (
            ("wheel", self.tr("Direction")),
            ("arrows", self.tr("Arrows")),
            ("density", self.tr("How often used")),
            ("confidence", self.tr("Certainty")),
        )
        fields.choice("overlay_kind", self.tr("Source view"), kinds)
        palettes = (
            ("hue", self.tr("All hues")),
            ("blue_yellow", self.tr("Blue to yellow")),
            ("paper", self.tr("As in papers")),
        )
        fields.choice("overlay_palette", self.tr("Its colours"), palettes)
        fields.share("overlay_opacity", self.tr("View's opacity"))

    @Slot()
    def _on_defaults_clicked(self) -> None:
        self._store.restore_defaults()
