"""Who keeps engines between fills?  One session per program; used by one thread at a time."""

from __future__ import annotations

import math
import time

import cv2

from inpainting_core.engines.catalog import engine_info, open_engine
from inpainting_core.engines.contract import Engine, FillRequest, FillResult
from inpainting_core.engines.forecast import Forecast, forecast, slowness_of
from inpainting_core.engines.frame import fill_all
from inpainting_core.errors import OutOfMemory
from inpainting_core.progress import Progress


class Session:
    """Engines, opened when first needed."""

    def __init__(self) -> None:
        self._engines: dict[str, Engine] = {}
        self._slowness: dict[str, float] = {}

    def warm_up(self, engine_id: str) -> None:
        """Import and compile what the engine needs, so that its first fill is as fast as its second.

        Raises:
            InvalidRequest: there is no such engine.
        """
        self._engine(engine_id).warm_up()

    def fill(self, request: FillRequest, progress: Progress | None = None) -> FillResult:
        """Return the filled holes of `request`; the request's arrays are not touched.

        Raises:
            InvalidRequest: unknown engine, or options that do not fit it.
            NothingKnown: nothing may be borrowed from.
            OutOfMemory: the machine has too little memory.
            Cancelled: somebody asked to stop.
        """
        start = time.perf_counter()
        engine = self._engine(request.engine_id)
        try:
            regions, notes = fill_all(engine, engine_info(request.engine_id), request, progress or Progress())
        except (MemoryError, cv2.error) as error:
            if isinstance(error, cv2.error) and error.code != cv2.Error.StsNoMem:
                raise
            raise OutOfMemory("There is too little memory for this fill.", "Fill a smaller hole.") from error
        seconds = {"total": time.perf_counter() - start}
        took = slowness_of(engine_info(request.engine_id), regions, seconds["total"])
        known = self._slowness.get(request.engine_id, took)
        self._slowness[request.engine_id] = math.sqrt(known * took)
        return FillResult(request.id, request.engine_id, regions, seconds, notes)

    def forecast(self, request: FillRequest) -> Forecast:
        """Return what filling `request` would take, judged by the fills that were made.

        Raises:
            InvalidRequest: unknown engine.
            NothingKnown: nothing may be borrowed from.
        """
        slowness = self._slowness.get(request.engine_id, 1.0)
        return forecast(engine_info(request.engine_id), request, slowness)

    def _engine(self, engine_id: str) -> Engine:
        info = engine_info(engine_id)
        if engine_id not in self._engines:
            self._engines[engine_id] = open_engine(info)
        return self._engines[engine_id]
