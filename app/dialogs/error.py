"""How is a bug shown?  As one, with the picture safe, and a report that can be copied."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.crash import ErrorReport, diagnostics


class ErrorDialog(QDialog):
    """A bug, its report, and where the log is.

    Args:
        report: The bug.
        log: The log file's path.
        parent: The window it stands before.

    Signals:
        recovery_wanted: The person wants a copy of the picture as it is now.
    """

    recovery_wanted = Signal()

    def __init__(self, report: ErrorReport, log: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._log = log
        self.setWindowTitle(self.tr("Lacuna has a bug"))
        message, hint = QLabel(report.message), QLabel(report.hint)
        message.setObjectName("title")
        for label in (message, hint):
            label.setWordWrap(True)
        details = QPlainTextEdit(report.details)
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        details.setAccessibleName(self.tr("Report"))
        place = QLabel(self.tr("Also written to {path}").format(path=log))
        place.setObjectName("quiet")
        place.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        for widget in (message, hint):
            rows.addWidget(widget)
        rows.addWidget(details, 1)
        rows.addWidget(place)
        rows.addLayout(self._buttons())
        self.resize(720, 460)

    def _buttons(self) -> QHBoxLayout:
        self.recover = QPushButton(self.tr("Save a recovery copy\u2026"))
        self.copy = QPushButton(self.tr("Copy diagnostics"))
        self.open_log = QPushButton(self.tr("Open the log"))
        self.recover.clicked.connect(self.recovery_wanted)
        self.copy.clicked.connect(self.copy_report)
        self.open_log.clicked.connect(self._on_open_log_clicked)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.recover, self.copy, self.open_log):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text().rstrip("\u2026"))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        return row

    @Slot()
    def copy_report(self) -> None:
        """Put the report, the machine and the log's end on the clipboard."""
        text = f"{self._report.message}\n\n{self._report.details}\n\n{diagnostics()}"
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def _on_open_log_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._log))
