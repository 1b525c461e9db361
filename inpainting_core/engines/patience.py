"""How is work waited for that nobody can stop?  In a thread that is left behind when somebody asks to."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

from inpainting_core.progress import Progress

_T = TypeVar("_T")
_CHECK_SECONDS = 0.05


def patiently(work: Callable[[], _T], progress: Progress) -> _T:
    """Return what `work` returns, or raise what it raises.

    Raises:
        Cancelled: somebody asked to stop; the work goes on by itself, and nobody hears of it.
    """
    answer: Future[_T] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001  it is raised again by who waits
            answer.set_exception(error)

    Thread(target=run, name="left behind", daemon=True).start()
    while True:
        try:
            return answer.result(timeout=_CHECK_SECONDS)
        except TimeoutError:
            if answer.done():
                raise  # the work's own
            progress.check()
