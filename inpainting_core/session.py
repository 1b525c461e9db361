"""Who keeps engines between fills?  One session per program; used by one thread at a time.

An engine works in a thread that is left behind when somebody cancels, so that nobody waits for its next
check. The next fill begins when the engine has noticed, and no engine ever does two things at once.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from threading import Lock

import cv2

from inpainting_core.engines.catalog import engine_info, open_engine
from inpainting_core.engines.contract import Engine, FilledRegion, FillRequest, FillResult
from inpainting_core.engines.forecast import Forecast, forecast, usual_seconds
from inpainting_core.engines.frame import fill_all, window_of
from inpainting_core.engines.patience import patiently
from inpainting_core.errors import OutOfMemory
from inpainting_core.progress import Progress

_CALM = 0.25
"""Seconds that fills are counted with as if they had taken what was foretold: short ones teach little."""


class Session:
    """Engines, opened when first needed."""

    def __init__(self) -> None:
        self._engines: dict[str, Engine] = {}
        self._seconds: dict[str, tuple[float, float]] = {}
        self._turn = Lock()

    def warm_up(self, engine_id: str) -> None:
        """Import and compile what the engine needs, so that its first fill is as fast as its second.

        Raises:
            InvalidRequest: there is no such engine.
        """
        self._warm(engine_id)

    def fill(self, request: FillRequest, progress: Progress | None = None) -> FillResult:
        """Return the filled holes of `request`; the request's arrays are not touched.

        Raises:
            InvalidRequest: unknown engine, or options that do not fit it.
            NothingKnown: nothing may be borrowed from.
            WeightsMissing: the engine has no weights.
            WeightsDamaged: they are not what was published.
            OutOfMemory: the machine has too little memory.
            Cancelled: somebody asked to stop.
        """
        progress = progress or Progress()
        start = time.perf_counter()
        try:
            engine = patiently(partial(self._warm, request.engine_id), progress)
            warm = time.perf_counter()
            regions, notes = patiently(partial(self._fill, engine, request, progress), progress)
        except (MemoryError, cv2.error) as error:
            if isinstance(error, cv2.error) and error.code != cv2.Error.StsNoMem:
                raise
            raise OutOfMemory("There is too little memory for this fill.", "Fill a smaller hole.") from error
        end = time.perf_counter()
        self._learn(request, regions, end - warm)
        return FillResult(request.id, request.engine_id, regions, {"total": end - start}, notes)

    def forecast(self, request: FillRequest) -> Forecast:
        """Return what filling `request` would take, judged by the fills that were made.

        Raises:
            InvalidRequest: unknown engine.
            NothingKnown: nothing may be borrowed from.
        """
        took, usual = self._seconds.get(request.engine_id, (0.0, 0.0))
        return forecast(engine_info(request.engine_id), request, (_CALM + took) / (_CALM + usual))

    def _warm(self, engine_id: str) -> Engine:
        with self._turn:
            engine = self._engine(engine_id)
            engine.warm_up()
        return engine

    def _fill(
        self, engine: Engine, request: FillRequest, progress: Progress
    ) -> tuple[tuple[FilledRegion, ...], tuple[str, ...]]:
        with self._turn:
            return fill_all(engine, engine_info(request.engine_id), request, progress)

    def _learn(self, request: FillRequest, regions: Sequence[FilledRegion], seconds: float) -> None:
        """Count a fill for forecasts; each fill counts half of the next."""
        info = engine_info(request.engine_id)
        boxes = [region.box for region in regions]
        windows = [window_of(info, request, box) for box in boxes]
        took, usual = self._seconds.get(info.id, (0.0, 0.0))
        usual = usual / 2 + usual_seconds(info, request, boxes, windows)
        self._seconds[info.id] = took / 2 + seconds, usual

    def _engine(self, engine_id: str) -> Engine:
        info = engine_info(engine_id)
        if engine_id not in self._engines:
            self._engines[engine_id] = open_engine(info)
        return self._engines[engine_id]
