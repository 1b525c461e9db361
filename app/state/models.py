"""What outlives a window?  Everything it shows and does; so it can be built again in another language."""

from __future__ import annotations

from app.preferences import PreferenceStore
from app.state.editor import EditorModel
from app.state.filling import Filling
from app.state.forecasting import Forecasting
from app.state.gallery import Gallery
from app.state.habits import Habits
from app.state.mask_shaping import MaskShaping
from app.state.view_state import ViewState
from app.work.background import Background
from app.work.file_worker import FileRunner
from app.work.fill_runner import FillRunner
from app.work.fill_worker import Filler


class Models:
    """The editor without its window. Lives in the GUI thread.

    Args:
        filler: Who fills; `inpainting_core.api.Session` outside of tests.
        preferences: What the person chose last time.
    """

    def __init__(self, filler: Filler, preferences: PreferenceStore) -> None:
        self.preferences = preferences
        self.editor = EditorModel()
        self.state = ViewState()
        self.background = Background()
        self.runner = FillRunner(filler)
        self.files = FileRunner()
        self.gallery = Gallery(self.editor, self.files)
        self.shaping = MaskShaping(self.editor, self.background)
        self.forecasting = Forecasting(self.editor, filler, self.background)
        self.filling = Filling(self.editor, self.runner, self.shaping, self.forecasting)
        self.habits = Habits(preferences, self.editor, self.state, self.filling)

    def shutdown(self) -> bool:
        """Keep the preferences and end every thread; return False when one does not come back in time."""
        self.preferences.flush()
        workers = self.runner, self.background, self.gallery, self.files
        return all([worker.shutdown() for worker in workers])
