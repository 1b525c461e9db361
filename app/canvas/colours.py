"""How do a photograph's colours look right on the screen?  Converted from its profile as they are drawn.

Only what is drawn is converted, device pixel by device pixel; the document keeps its numbers. Qt does not
tell what the screen itself can show, so it is taken for sRGB, as the rest of the window is.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PySide6.QtGui import QColorSpace, QColorTransform, QImage

_LEVELS = np.linspace(0, 255, 9).astype(np.uint8)
_UNSEEN = 1
"""A profile that moves no channel by more than this is sRGB by another name."""


def on_screen(image: QImage, icc: bytes | None) -> QImage:
    """Return the image, whose numbers mean what the profile says, in the screen's colours.

    Args:
        image: 8 bits per channel; the memory that it shows may be written to.
        icc: The profile; None, one that cannot be read, and sRGB change nothing.
    """
    transform = None if icc is None else _transform(icc)
    if transform is not None:
        image.applyColorTransform(transform)
    return image


@lru_cache(maxsize=8)
def _transform(icc: bytes) -> QColorTransform | None:
    """Return what brings the profile's numbers to the screen; None when nothing is to be done."""
    space = QColorSpace.fromIccProfile(icc)
    if not space.isValid() or space.colorModel() != QColorSpace.ColorModel.Rgb:
        return None
    transform = space.transformationToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    cube = np.stack(np.meshgrid(_LEVELS, _LEVELS, _LEVELS), axis=-1).reshape(1, -1, 3)
    before = np.ascontiguousarray(np.dstack([cube, np.full(cube.shape[:2], 255, np.uint8)]))
    image = QImage(before.data, before.shape[1], 1, QImage.Format.Format_RGBX8888).copy()
    image.applyColorTransform(transform)
    after = np.frombuffer(image.constBits(), np.uint8).reshape(before.shape)
    return transform if cv2.absdiff(before, after).max() > _UNSEEN else None
