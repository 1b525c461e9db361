"""What goes to the clipboard and comes from it?  The result and the mask, to the last bit.

Large pictures are copied in the background thread. A mask travels twice: as a grey picture, which any
program takes, and as a PNG of Lacuna's own kind, so that it is known as a mask and keeps its soft edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QBuffer, QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication, QImage

from app.canvas.qimages import image_of
from app.crash import ErrorReport
from app.state.models import Models
from app.windows.file_flow import FileFlow
from inpainting_core.api import Box, Coverage, Mask, Photo, Region

LANE = "clipboard"
MASK_KIND = "application/x-lacuna-mask"
_OURS = "made here"
"""Name of what this process put there; what other programs put there comes without it."""


@dataclass(frozen=True, eq=False)
class _Lent:
    """A picture that is being copied, and does not change meanwhile."""

    photo: Photo


class ClipboardFlow(QObject):
    """Copies what is to be copied, and takes masks."""

    def __init__(self, models: Models, flow: FileFlow, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = models.editor
        self._background = models.background
        self._flow = flow

    @Slot()
    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        document = self._editor.document
        if document is not None:
            self._copy(Box(0, 0, *document.size))

    @Slot()
    def copy_region(self) -> None:
        """Put the mask's surroundings on the clipboard; without a mask, the picture."""
        document = self._editor.document
        if document is not None:
            box = document.mask_box
            self._copy(Box(0, 0, *document.size) if box.is_empty else box)

    @Slot()
    def copy_mask(self) -> None:
        """Put the mask that would be filled now on the clipboard."""
        document = self._editor.document
        if document is not None:
            coverage = document.coverage.copy()
            self._background.submit(LANE, lambda _token: _grey_and_png(coverage), self._put_mask, self)

    @Slot()
    def paste_mask(self) -> None:
        """Add the mask, or the bright and opaque part of the picture, on the clipboard to the mask."""
        self.take_mask(QGuiApplication.clipboard().mimeData())

    def take_mask(self, data: QMimeData | None) -> None:
        """Add what was pasted or dropped to the mask."""
        document = self._editor.document
        if document is None:
            return
        coverage = None if data is None else coverage_in(data)
        if coverage is not None and coverage.shape == document.size:
            self._editor.apply_region(Region(Box(0, 0, *document.size), coverage), "add", "import")
            return
        self._flow.failed.emit(
            ErrorReport(
                self.tr("This is no mask of this picture's size."),
                self.tr("Copy a picture of {width} x {height} pixels.").format(
                    width=document.size.w, height=document.size.h
                ),
            )
        )

    def _copy(self, box: Box) -> None:
        document = self._editor.document
        if document is not None:
            lent = _Lent(document.photo)
            document.lend_to(lent)
            self._background.submit(LANE, lambda _token: image_of(lent.photo, box), self._put, self)

    def _put(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._say(image)

    def _put_mask(self, made: tuple[QImage, bytes]) -> None:
        grey, png = made
        data = QMimeData()
        data.setObjectName(_OURS)
        data.setImageData(grey)
        data.setData(MASK_KIND, png)
        QGuiApplication.clipboard().setMimeData(data)
        self._say(grey)

    def _say(self, image: QImage) -> None:
        text = self.tr("Copied {width} x {height} pixels")
        self._flow.said.emit(text.format(width=image.width(), height=image.height()))


def leave_to_others() -> None:
    """Leave a mask on the clipboard as a mere picture: Lacuna ends, and Qt forgets last what Python made."""
    clipboard = QGuiApplication.clipboard()
    data: QMimeData | None = clipboard.mimeData()
    if data is not None and data.objectName() == _OURS:
        clipboard.setImage(clipboard.image())


def coverage_in(data: QMimeData) -> Coverage | None:
    """Return the mask that `data` holds, (h, w) uint8, or None when there is none.

    Of a picture that is no mask of Lacuna's, what is bright and opaque.
    """
    if data.hasFormat(MASK_KIND):
        grey = QImage.fromData(data.data(MASK_KIND), "PNG")  # type: ignore[arg-type]
        if not grey.isNull():
            grey = grey.convertToFormat(QImage.Format.Format_Grayscale8)
            rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
            return rows[:, : grey.width()].copy()
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return mask_of(image).astype(np.uint8) * np.uint8(255)
    return None


def mask_of(image: QImage) -> Mask:
    """Return (H, W) bool: True where the image is bright and opaque."""
    grey = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    rgba = rows[:, : 4 * grey.width()].reshape(grey.height(), grey.width(), 4)
    bright: Mask = (rgba[..., :3].mean(axis=2) >= 128) & (rgba[..., 3] >= 128)  # noqa: PLR2004
    return bright


def _grey_and_png(coverage: Coverage) -> tuple[QImage, bytes]:
    """Return the mask as a grey picture and as a PNG; white = to be filled."""
    height, width = coverage.shape
    grey = QImage(coverage.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    grey.save(buffer, "PNG", 90)  # type: ignore[call-overload]
    return grey, bytes(buffer.data().data())
