"""How is the program put together?  Environment, objects, wiring, and the order in which it all ends."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.crash import CrashReporter
from app.settings import Settings
from app.state.models import Models
from app.style.theme import RESOURCES, Theme
from app.windows.main_window import MainWindow
from app.work.fill_worker import Filler
from inpainting_core.api import ENGINES, Session

_LOG = logging.getLogger("lacuna")


class Program:
    """The models and the window that shows them.

    Args:
        filler: Who fills; `inpainting_core.api.Session` outside of tests.
    """

    def __init__(self, filler: Filler) -> None:
        self.models = Models(filler)
        self.editor = self.models.editor
        self.state = self.models.state
        self.filling = self.models.filling
        self.files = self.models.files
        self.runner = self.models.runner
        self.window = MainWindow(self.models)

    def warm_up(self) -> None:
        """Let the fill thread import the first engine, so that the first fill need not wait for it."""
        self.runner.warm_up(ENGINES[0].id)

    def shutdown(self) -> bool:
        """End every thread; return False when one does not come back in time."""
        return self.models.shutdown()


def make_application(argv: Sequence[str]) -> QApplication:
    """Return the QApplication, dressed; the environment is repaired first."""
    if "cv2" in os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH", ""):
        del os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"]  # the non-headless OpenCV wheel sets it on import
    application = QApplication([sys.argv[0], *argv])
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
    application = make_application(argv)
    crashes = CrashReporter()
    crashes.install()
    settings = Settings()
    program = Program(Session())
    window = program.window
    crashes.bug_found.connect(window.show_failure)
    window.restoreGeometry(settings.geometry)
    window.show()
    if argv:
        window.flow.open(Path(argv[0]))
    QTimer.singleShot(0, window, program.warm_up)
    code = application.exec()
    settings.geometry = window.saveGeometry()
    return finish(program, code)


def finish(program: Program, code: int) -> int:
    """End the workers and return `code`, the program's exit code."""
    if not program.shutdown():
        _LOG.error("a worker did not stop in time")
        logging.shutdown()
        os._exit(code)  # a thread in foreign code must not keep the process alive
    return code
