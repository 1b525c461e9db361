"""How is a bug shown?  As one, with a report that can be copied."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.crash import ErrorReport
from app.translation import plain


class ErrorDialog(QDialog):
    """A bug, its report, and where the log is."""

    def __init__(self, report: ErrorReport, log: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(self.tr("Lacuna has a bug"))
        message, hint = QLabel(report.message), QLabel(report.hint)
        message.setObjectName("title")
        hint.setWordWrap(True)
        details = QPlainTextEdit(report.details)
        details.setReadOnly(True)
        details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        details.setAccessibleName(self.tr("Report"))
        place = QLabel(self.tr("Also written to {path}").format(path=log))
        place.setObjectName("quiet")
        place.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy_report)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            button.setAccessibleName(plain(button.text()))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(10)
        for widget in (message, hint, details, place, buttons):
            rows.addWidget(widget)
        self.resize(680, 420)

    @Slot()
    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(f"{self._report.message}\n\n{self._report.details}")
