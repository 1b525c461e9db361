"""What happens to work that was left behind?  It is offered at the start; the person decides, or later."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot

from app.dialogs.recovered import RecoveredDialog
from app.state.models import Models
from app.state.recovery import Found, Recovery
from app.windows.file_flow import FileFlow


class RecoveryFlow(QObject):
    """Offers what was left behind and does what the person says.

    Args:
        recovery: Who keeps and finds it.
        models: Where it is opened.
        flow: Asks about unsaved changes of what is open now.
    """

    def __init__(self, recovery: Recovery, models: Models, flow: FileFlow) -> None:
        super().__init__(flow)
        self._recovery = recovery
        self._models = models
        self._flow = flow

    @Slot()
    def offer(self) -> None:
        """Show what was left behind; nothing appears when there is nothing."""
        found = self._recovery.find()
        if found:
            dialog = RecoveredDialog(found, self._flow.window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.restore_wished.connect(self._restore)
            dialog.discard_wished.connect(self._recovery.discard)
            dialog.open()

    @Slot(object)
    def _restore(self, found: Found) -> None:
        self._flow.when_safe(lambda: self._recovery.restore(found, self._models))
