"""How is work spread over threads?  In bands of whole rows whose borders depend on the work alone.

The number of threads therefore changes the time and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from inpainting_core.progress import Progress

Band = tuple[int, int, int]
"""First item, one past the last, and the band's number."""
_PIXELS_A_BAND = 4096
_MOST_BANDS = 64


class Bands:
    """Runs kernels over bands, on all cores, checking for cancellation before each.

    Args:
        progress: Asked before every band.
        threads: Number of threads; None = one for each core this process may use.
    """

    def __init__(self, progress: Progress, threads: int | None = None) -> None:
        self._progress = progress
        self._threads = threads or _cores()
        self._pool = ThreadPoolExecutor(self._threads, "patchmatch")

    def __enter__(self) -> Bands:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def check(self) -> None:
        """Return if the work may go on, else raise Cancelled."""
        self._progress.check()

    def run(self, kernel: Callable[[Band], None], bands: Sequence[Band]) -> None:
        """Call `kernel` for every band and wait.

        Raises:
            Cancelled: somebody asked to stop; bands already begun end by themselves.
        """
        self._progress.check()
        if len(bands) <= 1 or self._threads == 1:
            for band in bands:
                self._progress.check()
                kernel(band)
            return

        def checked(band: Band) -> None:
            self._progress.check()
            kernel(band)

        list(self._pool.map(checked, bands))

    @staticmethod
    def of(pixels: NDArray[np.int32]) -> list[Band]:
        """Return bands of a list of pixels, (n, 2) in reading order, cut between rows."""
        count = min(_MOST_BANDS, -(-len(pixels) // _PIXELS_A_BAND))
        rows = pixels[[len(pixels) * k // count for k in range(count)], 0] if count else np.empty(0, np.int32)
        return _between([*np.unique(np.searchsorted(pixels[:, 0], rows)).tolist(), len(pixels)])

    @staticmethod
    def rows(height: int, width: int) -> list[Band]:
        """Return bands of the rows of a picture."""
        count = max(1, min(_MOST_BANDS, height, height * width // (8 * _PIXELS_A_BAND)))
        return _between([height * k // count for k in range(count + 1)])


def _between(cuts: list[int]) -> list[Band]:
    return [(first, last, number) for number, (first, last) in enumerate(pairwise(cuts))]


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
