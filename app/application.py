"""How is the program put together?  Environment, objects, wiring, and the order in which it all ends."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from app.crash import CrashReporter, ErrorReport
from app.dialogs.preferences import PreferencesDialog
from app.preferences import PreferenceStore
from app.settings import Settings
from app.state.models import Models
from app.state.recovery import Recovery, recovery_folder
from app.style.theme import RESOURCES, Theme
from app.translation import Translator
from app.windows.clipboard_flow import leave_to_others
from app.windows.main_window import LAYOUT_VERSION, MainWindow
from app.windows.recovery_flow import RecoveryFlow
from app.work.fill_worker import Filler
from inpainting_core.api import ENGINES, Session

_LOG = logging.getLogger("lacuna")
WARM_UP_AFTER_MS = 1500
"""So long the engine's import waits when a picture is to be shown first."""
_SCHEMES = MappingProxyType(
    {
        "system": Qt.ColorScheme.Unknown,
        "light": Qt.ColorScheme.Light,
        "dark": Qt.ColorScheme.Dark,
    }
)


class Program(QObject):
    """The models and the window that shows them.

    Args:
        filler: Who fills; `inpainting_core.api.Session` outside of tests.
        preferences: What the person chose last time.
    """

    def __init__(self, filler: Filler, preferences: PreferenceStore) -> None:
        super().__init__()
        self.models = Models(filler, preferences)
        preferences.changed.connect(self._on_preferences_changed)
        self._on_preferences_changed("theme")
        self.editor = self.models.editor
        self.state = self.models.state
        self.filling = self.models.filling
        self.files = self.models.files
        self.runner = self.models.runner
        self.window = MainWindow(self.models)
        self.recovery: Recovery | None = None

    def warm_up(self) -> None:
        """Let the fill thread import the first engine, so that the first fill need not wait for it."""
        self.runner.warm_up(ENGINES[0].id)

    def keep_safe(self, folder: Path) -> None:
        """Keep the open document in `folder` from now on, and offer what was left behind there."""
        self.recovery = Recovery(self.models, folder, self)
        self.recovery.failed.connect(self.show_failure)
        RecoveryFlow(self.recovery, self.models, self.window.flow).offer()

    @Slot()
    def rebuild_window(self) -> None:
        """Show the same models in a new window, which speaks the language of now."""
        old, self.window = self.window, MainWindow(self.models)
        self.window.restoreGeometry(old.saveGeometry())
        if not old.windowState():
            self.window.setGeometry(old.geometry())  # to the pixel, whatever the screen
        self.window.layout_state = old.layout_state
        self.window.setVisible(old.isVisible())
        self.window.actions_by_id["full_screen"].setChecked(old.isFullScreen())
        if old.hides_panels:
            self.window.actions_by_id["hide_panels"].trigger()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # so that the canvas has its size
        self.window.stage.canvas.look_as(old.stage.canvas)
        if old.findChild(PreferencesDialog) is not None:
            self.window.actions_by_id["preferences"].trigger()
        old.hide()
        old.deleteLater()  # a command of its own may have led here

    @Slot(object)
    def show_failure(self, report: ErrorReport) -> None:
        """Show a failure in the window of now."""
        self.window.show_failure(report)

    def shutdown(self) -> bool:
        """End every thread; return False when one does not come back in time."""
        leave_to_others()
        has_ended = self.models.shutdown()
        if self.recovery is not None and self.files.has_ended:
            self.recovery.close()  # else what was to be saved may not be: it stays, to be offered
        return has_ended

    @Slot(str)
    def _on_preferences_changed(self, name: str) -> None:
        if name == "theme":
            scheme = _SCHEMES[self.models.preferences.values.theme]
            QGuiApplication.styleHints().setColorScheme(scheme)


def make_application() -> QApplication:
    """Return the QApplication, dressed; the environment is repaired first."""
    if "cv2" in os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH", ""):
        del os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"]  # the non-headless OpenCV wheel sets it on import
    application = QApplication(["lacuna"])  # a name that is no Unicode would be the end of it
    application.setApplicationName("Lacuna")
    application.setDesktopFileName("lacuna")
    application.setWindowIcon(QIcon(str(RESOURCES / "icon.svg")))
    Theme(application)
    return application


def main(argv: Sequence[str]) -> int:
    """Run the editor until its window is closed and return the exit code.

    Args:
        argv: Without the program's name; the first argument, if any, is the photograph to open.
    """
    application = make_application()
    crashes = CrashReporter()
    crashes.install()
    settings = Settings()
    preferences = PreferenceStore()
    translator = Translator(application)
    translator.set_language(preferences.values.language)
    program = Program(Session(), preferences)
    crashes.bug_found.connect(program.show_failure)
    preferences.changed.connect(lambda _name: translator.set_language(preferences.values.language))
    translator.changed.connect(program.rebuild_window)
    program.window.restoreGeometry(settings.geometry)
    program.window.layout_state = settings.layout(LAYOUT_VERSION)
    program.window.show()
    if preferences.note:
        program.window.stage.messages.show_notes((preferences.note,))
    program.keep_safe(recovery_folder())
    if argv:
        program.window.flow.open(Path(argv[0]))
    QTimer.singleShot(WARM_UP_AFTER_MS if argv else 0, program, program.warm_up)
    code = application.exec()
    settings.geometry = program.window.saveGeometry()
    settings.keep_layout(program.window.layout_state, LAYOUT_VERSION)
    return finish(program, code)


def finish(program: Program, code: int) -> int:
    """End the workers and return `code`, the program's exit code."""
    if not program.shutdown():
        _LOG.error("a worker did not stop in time")
        logging.shutdown()
        if sys.stdout is not None:
            sys.stdout.flush()
        os._exit(code)  # a thread in foreign code must not keep the process alive
    return code
