"""Are colours shown as the photograph's profile means them, and is nothing else changed by that?"""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColorSpace

from app.document.document import Document
from inpainting_core.api import Photo, Pixels
from tests.app.conftest import Desk

SPACES = QColorSpace.NamedColorSpace


def icc_of(space: QColorSpace.NamedColorSpace) -> bytes:
    return bytes(QColorSpace(space).iccProfile().data())


GREY = bytes(QColorSpace(QPointF(0.3127, 0.329), QColorSpace.TransferFunction.Gamma, 1.8).iccProfile().data())


def patches() -> Pixels:
    """Return squares of 20 pixels in colours that every profile can show."""
    colours = np.random.default_rng(8).integers(60, 190, (6, 8, 3), np.uint8)
    return np.kron(colours, np.ones((20, 20, 1), np.uint8))


def seen(desk: Desk, pixel: tuple[int, int]) -> tuple[int, int, int]:
    """Return the colour on the screen in the middle of a picture pixel."""
    image = desk.canvas.grab().toImage()
    place = desk.at(*pixel) * image.devicePixelRatio()
    colour = image.pixelColor(place)
    return colour.red(), colour.green(), colour.blue()


def expected(pixels: Pixels, icc: bytes) -> np.ndarray:
    """Return the picture as a public tool, LittleCMS, brings it to sRGB."""
    source, target = ImageCms.ImageCmsProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB")
    shown = ImageCms.profileToProfile(
        Image.fromarray(pixels), source, target, ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    return np.array(shown)


@pytest.mark.parametrize("space", [SPACES.AdobeRgb, SPACES.DisplayP3])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_colours_are_those_that_the_profile_means(
    desk: Desk, space: QColorSpace.NamedColorSpace, dtype: type[np.uint8]
) -> None:
    pixels, icc = patches(), icc_of(space)
    shown = expected(pixels, icc)
    stored = pixels if dtype is np.uint8 else pixels.astype(np.uint16) * 257
    doc = desk.open(Document(Photo(stored, icc=icc)))
    for y, x in ((10, 10), (50, 90), (110, 150)):
        assert np.abs(np.subtract(seen(desk, (y, x)), shown[y, x])).max() <= 2
        assert np.abs(np.subtract(seen(desk, (y, x)), pixels[y, x])).max() > 2
    desk.key(Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    left = desk.canvas.grab().toImage()
    place = desk.at(50, 90)
    assert left.pixelColor(place).getRgb()[:3] == pytest.approx(shown[50, 90], abs=2)
    assert np.array_equal(doc.image, stored)
    assert doc.photo.icc == icc


@pytest.mark.parametrize("icc", [None, icc_of(SPACES.SRgb), GREY])
def test_without_another_profile_the_screen_shows_the_numbers(desk: Desk, icc: bytes | None) -> None:
    desk.open(Document(Photo(patches(), icc=icc)))
    for y, x in ((10, 10), (50, 90), (110, 150)):
        assert seen(desk, (y, x)) == tuple(patches()[y, x])


def test_the_srgb_of_another_maker_is_srgb(desk: Desk) -> None:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    desk.open(Document(Photo(patches(), icc=made)))
    assert seen(desk, (50, 90)) == tuple(patches()[50, 90])


def test_a_rough_answer_has_the_same_colours(desk: Desk) -> None:
    icc = icc_of(SPACES.AdobeRgb)
    desk.open(Document(Photo(patches(), icc=icc)))
    desk.drag((50, 80), (50, 100))
    desk.filler.gate.clear()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: desk.program.window.stage._preview.box.height > 0)
    desk.program.state.set_mask_look(desk.program.state.mask.__class__(is_shown=False))
    grey = expected(np.full((1, 1, 3), 128, np.uint8), icc)[0, 0]
    assert np.abs(np.subtract(seen(desk, (50, 90)), grey)).max() <= 2
    desk.filler.gate.set()
    desk.wait(lambda: not desk.program.filling.is_busy)


def test_a_transparent_picture_is_converted_too(desk: Desk) -> None:
    icc = icc_of(SPACES.DisplayP3)
    pixels = patches()
    alpha = np.full(pixels.shape[:2], 255, np.uint8)
    alpha[:5] = 0
    desk.open(Document(Photo(pixels, alpha, icc=icc)))
    assert np.abs(np.subtract(seen(desk, (50, 90)), expected(pixels, icc)[50, 90])).max() <= 2
