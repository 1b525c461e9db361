"""What flips in one plane?  Before XOR after, stored small.

Half the memory of before and after; applied twice it is nothing. Planes of one byte (the mask, the
source rules) compress well and are packed: to bits where a value flips wholly or not at all.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inpainting_core.api import Box

_BAND = 64
"""So many rows are looked at together: a plane of the picture's size is dear to make, even for a moment."""


@dataclass(frozen=True, eq=False)
class Patch:
    """What flips inside `box` of one plane; make it with `of`.

    Attributes:
        box: Where.
        nbytes: Memory held.
    """

    box: Box
    _stored: NDArray[Any] | bytes
    _whole: int = 0

    @classmethod
    def of(cls, box: Box, flips: NDArray[Any]) -> Patch:
        """Return the patch that flips `flips`, (box.height, box.width, ...) unsigned or int, inside `box`."""
        if flips.dtype != np.uint8 or flips.ndim != 2:
            return cls(box, flips)
        whole = int(flips.max(initial=0))
        if all(_is_only(flips[top : top + _BAND], whole) for top in range(0, len(flips), _BAND)):
            return cls(box, zlib.compress(np.packbits(flips).tobytes(), 1), whole)
        return cls(box, zlib.compress(flips.tobytes(), 1))

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return len(self._stored) if isinstance(self._stored, bytes) else self._stored.nbytes

    @property
    def flips(self) -> NDArray[Any]:
        """Before XOR after, (box.height, box.width, ...)."""
        if not isinstance(self._stored, bytes):
            return self._stored
        raw = np.frombuffer(zlib.decompress(self._stored), np.uint8)
        if self._whole:
            raw = np.unpackbits(raw, count=self.box.height * self.box.width)
            raw *= np.uint8(self._whole)
        return raw.reshape(self.box.height, self.box.width)

    def apply(self, plane: NDArray[Any]) -> None:
        """Flip `plane` in place."""
        plane[self.box.slices] ^= self.flips


def _is_only(flips: NDArray[np.uint8], whole: int) -> bool:
    """Say whether nothing flips but by `whole`."""
    return bool(((flips == 0) | (flips == whole)).all())
