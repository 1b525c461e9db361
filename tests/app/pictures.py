"""Which documents do the editor's tests open?  Small ones whose every pixel is known."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.document.document import Document
from inpainting_core.api import Photo, Pixels


def gradient(height: int = 120, width: int = 160, dtype: type[Any] = np.uint8) -> Pixels:
    """Return a picture in which no two pixels of a row or column are alike: red = x, green = y."""
    y, x = np.mgrid[:height, :width]
    low = np.stack([x % 256, y % 256, (x + y) % 256], axis=2).astype(np.uint8)
    return low if dtype is np.uint8 else low.astype(dtype) * 257


def document(height: int = 120, width: int = 160, **options: Any) -> Document:
    """Return an unnamed document of the gradient."""
    return Document(Photo(gradient(height, width)), **options)
