"""Which documents do the editor's tests open?  Small ones whose every pixel is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from app.dialogs.export import ExportDialog
from app.document.document import Document
from app.document.edits import Edit, filling
from app.document.painting import MaskStroke
from app.document.task import FillTask
from inpainting_core.api import FillResult, Mask, Nib, Photo, Pixels, Point, tight_box
from tests.harness.fake_filler import planted_region


def gradient(height: int = 120, width: int = 160, dtype: type[Any] = np.uint8) -> Pixels:
    """Return a picture in which no two pixels of a row or column are alike: red = x, green = y."""
    y, x = np.mgrid[:height, :width]
    low = np.stack([x % 256, y % 256, (x + y) % 256], axis=2).astype(np.uint8)
    return low if dtype is np.uint8 else low.astype(dtype) * 257


def document(height: int = 120, width: int = 160, **options: Any) -> Document:
    """Return an unnamed document of the gradient."""
    return Document(Photo(gradient(height, width)), **options)


def choose_export(dialog: ExportDialog, path: Path) -> None:
    """Answer the export dialog as a person who wants the file at `path`."""
    dialog._folder = path.parent
    dialog.name.setText(path.name)
    dialog.name.textEdited.emit(path.name)
    dialog.accept()


def draw(doc: Document, path: list[Point], diameter: int, paints: bool = True) -> bool:
    """Draw a hard stroke on the mask as one step; return False when it changed nothing."""
    stroke = MaskStroke(doc, paints)
    for start, end in zip(path, path[1:], strict=False):
        stroke.draw(start, end, Nib(diameter))
    edit = stroke.finish()
    if edit is not None:
        doc.remember(edit)
    return edit is not None


def task_of(doc: Document, mask: Mask) -> FillTask:
    """Return the wish to fill `mask`, whatever is painted."""
    box = tight_box(mask)
    coverage = mask[box.slices].astype(np.uint8) * np.uint8(255)
    return FillTask(doc.image, box, coverage, coverage, None, doc.settings, doc.id, doc.revision)


def fill_edit(doc: Document, mask: Mask, offset: tuple[int, int] | None, seed: int = 0) -> Edit:
    """Return the edit that fills `mask` with the pixels `offset` away, or with the number `seed`."""
    region = planted_region(doc.image, mask, offset, seed)
    result = FillResult(1, "patchmatch" if offset else "telea", (region,), {"total": 0.0})
    planes = doc.image, doc.mask, doc.provenance.owner
    return filling(task_of(doc, mask), result, planes, len(doc.provenance.fills), doc.settings)
