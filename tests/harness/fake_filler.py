"""How do editor tests fill without an engine?  A planted copy from a fixed distance."""

from __future__ import annotations

import threading
import time

import numpy as np

from inpainting_core.api import (
    Box,
    CorrespondenceField,
    FieldKind,
    FilledRegion,
    FillRequest,
    FillResult,
    Forecast,
    Mask,
    Pixels,
    Point,
    Preview,
    Progress,
    tight_box,
)


class FakeFiller:
    """Stands in for a Session: every hole pixel is copied from `offset` away, clamped to the picture.

    Attributes:
        offset: (dy, dx) to the source; None = computed, engine without a field.
        gate: While clear, fills report and wait.
        error: Raised by the next fills, if set.
        requests: Every request that a fill began with.
        warmed: Engines that were warmed up.
    """

    def __init__(self) -> None:
        self.offset: tuple[int, int] | None = (0, -20)
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None
        self.requests: list[FillRequest] = []
        self.warmed: list[str] = []

    def warm_up(self, engine_id: str) -> None:
        self.warmed.append(engine_id)

    def forecast(self, request: FillRequest) -> Forecast:
        return Forecast(1.5, 3_000_000, (tight_box(request.mask),))

    def fill(self, request: FillRequest, progress: Progress | None = None) -> FillResult:
        progress = progress or Progress()
        self.requests.append(request)
        box = tight_box(request.mask)
        grey = Preview(box, np.full_like(request.image[box.slices], 128))
        framed = progress.framed(lambda _rgb: grey)
        framed.report(0.1, "Begun", lambda: np.zeros((1, 1, 3), np.float32))
        while not self.gate.is_set():
            framed.report(0.5, "Held")
            time.sleep(0.001)
        progress.check()
        if self.error is not None:
            raise self.error
        region = planted_region(request.image, request.mask, self.offset, request.seed)
        return FillResult(request.id, request.engine_id, (region,), {"total": 0.25})


def planted_region(image: Pixels, mask: Mask, offset: tuple[int, int] | None, seed: int = 0) -> FilledRegion:
    """Return the hole filled with the pixels `offset` away, or with the number `seed` when there is none."""
    box = tight_box(mask)
    hole = mask[box.slices].copy()
    pixels = image[box.slices].copy()
    field = None
    if offset is None:
        pixels[hole] = seed
    else:
        field, sources = planted_field(box, hole, offset, image.shape)
        pixels[hole] = image[sources[hole][:, 0], sources[hole][:, 1]]
    return FilledRegion(box, hole, pixels, field, {})


def planted_field(
    box: Box, hole: Mask, offset: tuple[int, int], shape: tuple[int, ...]
) -> tuple[CorrespondenceField, np.ndarray]:
    """Return the field whose every source lies `offset` away, and the (h, w, 2) sources in the picture."""
    here = np.mgrid[box.top : box.bottom, box.left : box.right].transpose(1, 2, 0)
    sources = np.clip(here + offset, 0, np.array(shape[:2]) - 1)
    offsets = (sources - here).astype(np.int16)[:, :, None, :]
    scores = hole.astype(np.float32)[..., None]
    bounds = Box(0, 0, *shape[:2])
    field = CorrespondenceField(
        Point(box.top, box.left), (1.0, 1.0), offsets, scores, hole.copy(), bounds, FieldKind.PATCH
    )
    return field, sources
