"""How are holes filled?  No Qt below this line; everything runs headless. The door is `api`."""

from __future__ import annotations

import os

# Threads that wait for each other sleep instead of spinning: with as much to do as there are cores, or
# somebody else at work, spinning took five times as long. Has effect only before torch is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
