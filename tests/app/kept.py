"""How do tests look into the recovery folder?"""

from __future__ import annotations

from pathlib import Path

from app.document.bundle import write_bundle
from app.document.document import Document
from app.document.snapshot import Snapshot
from app.state.recovery import Recovery
from tests.app.conftest import Desk
from tests.app.pictures import document


def recovery_of(desk: Desk) -> Recovery:
    assert desk.program.recovery is not None
    return desk.program.recovery


def bundles(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.lacuna"))


def only(paths: list[Path]) -> Path:
    assert len(paths) == 1
    return paths[0]


def keep(desk: Desk) -> None:
    with desk.qtbot.waitSignal(recovery_of(desk).kept, timeout=5000):
        recovery_of(desk).keep()


def left_behind(folder: Path, name: str = "1-1.lacuna") -> Document:
    """Leave a bundle as a program that died would."""
    folder.mkdir(exist_ok=True)
    doc = document()
    doc.path = Path("/pictures/beach.jpg")
    doc.mask[20:40, 30:50] = 255
    doc.shown_mask.refresh(doc.mask_box)
    doc.count_mask()
    doc.mark_saved(-1)
    write_bundle(folder / name, Snapshot.of(doc))
    return doc
