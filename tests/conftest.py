"""What must be set before any test?  No screen is needed, and a busy machine is no failure."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("lacuna", deadline=None)
settings.load_profile("lacuna")
