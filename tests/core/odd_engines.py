"""Engines that misbehave, each in its own way; opened by name in other processes."""

from __future__ import annotations

import dataclasses
import os
import time

from inpainting_core.engines.catalog import engine_info
from inpainting_core.engines.contract import Crop, CropFill, EngineInfo
from inpainting_core.errors import NothingKnown
from inpainting_core.progress import Progress


class Peeks:
    """Gives back what it sees under the hole."""

    def warm_up(self) -> None:
        """Nothing to do."""

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Return the crop as it came."""
        return CropFill(crop.rgb)


class Refuses(Peeks):
    """Explains why it does not fill."""

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Refuse."""
        raise NothingKnown("It is too dark.", "Make light.")


class Stumbles(Peeks):
    """Has a mistake in it."""

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Fail."""
        raise ZeroDivisionError("of one by nothing")


class Dies(Peeks):
    """Takes its process with it."""

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Crash."""
        os._exit(3)


class Sleeps(Peeks):
    """Never ends."""

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Sleep."""
        time.sleep(600)
        return CropFill(crop.rgb)


class Prints(Peeks):
    """Talks on the stream that belongs to the answer."""

    def fill_crop(self, crop: Crop, progress: Progress) -> CropFill:
        """Print."""
        os.write(1, b"chatter\n")
        return CropFill(crop.rgb)


def odd(name: str) -> EngineInfo:
    """Return the row of a catalogue for the class of this name."""
    return dataclasses.replace(
        engine_info("telea"), id=name, name=name, options=(), loader=f"tests.core.odd_engines:{name}"
    )
