"""What happens when something fails?  It becomes a report that can be read, copied and found again.

Failures that the core explains keep their two sentences. Everything else is a bug: it is logged with
its traceback, and shown as a bug.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import sys
import threading
import traceback
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QGuiApplication

from app.translation import core_text
from inpainting_core.api import InpaintingError

_LOG = logging.getLogger("lacuna")
_LOG_LINES = 60


@dataclass(frozen=True)
class ErrorReport:
    """A failure, told to a person.

    Attributes:
        message: What happened, one sentence.
        hint: One thing to do.
        details: Versions and traceback of a bug; empty for an explained failure.
    """

    message: str
    hint: str
    details: str = ""

    @property
    def is_bug(self) -> bool:
        """True when the failure is ours."""
        return bool(self.details)


def report_of(error: BaseException) -> ErrorReport:
    """Return the report of `error`; a bug is written to the log."""
    if isinstance(error, InpaintingError):
        return ErrorReport(core_text(error.message), core_text(error.hint))
    versions = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    details = versions + "\n\n" + "".join(traceback.format_exception(error))
    _LOG.error("%s", details)
    return ErrorReport(
        QCoreApplication.translate("crash", "Something went wrong inside Lacuna."),
        QCoreApplication.translate(
            "crash", "Your picture is still open. Please report this with the text below."
        ),
        details,
    )


def log_path() -> Path:
    """Return the file that warnings and bugs are written to."""
    return Path(platformdirs.user_log_dir("Lacuna", appauthor=False)) / "lacuna.log"


def diagnostics() -> str:
    """Return what a report should say of this machine, and the end of the log; nothing is sent anywhere."""
    screens = [
        f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]
    try:
        log = log_path().read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    except OSError:
        log = []
    lines = (
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        f"{os.cpu_count()} processors, {QGuiApplication.platformName()}, screens: {', '.join(screens)}",
    )
    return "\n".join([*lines, "", *log])


class CrashReporter(QObject):
    """Catches what nobody else caught, from any thread.

    Signals:
        bug_found: (ErrorReport) In the GUI thread.
    """

    bug_found = Signal(object)

    def install(self) -> None:
        """Take over uncaught exceptions and Qt's messages, and start the log file where there can be one."""
        try:
            self._start_log(log_path())
        except OSError as error:
            _LOG.warning("there is no log file: %s", error)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        qInstallMessageHandler(_log_qt_message)

    def _start_log(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=1 << 20, backupCount=1, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
        self._fault_log = path.with_name("crash.log").open("w", encoding="utf-8")
        faulthandler.enable(self._fault_log)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.bug_found.emit(report_of(error))

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.bug_found.emit(report_of(args.exc_value))


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    is_bad = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    _LOG.log(logging.WARNING if is_bad else logging.DEBUG, "Qt: %s", message)
