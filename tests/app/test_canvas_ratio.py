"""Is all sharp and as large as it should be where a point is more than a pixel?  In a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest

PROGRAM = """
import sys
import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication
from app.canvas.layers import PictureLayer
from app.canvas.view import CanvasView
from app.document.document import Document
from inpainting_core.api import Photo, Point
from tests.app.pictures import gradient
from tests.app.test_canvas_input import Diary
from tests.app.test_canvas_sampling import as_array


class Square(Diary):
    def marks_rect(self, view):
        return QRectF(10, 10, 24, 24)

    def paint_marks(self, painter, view):
        painter.fillRect(self.marks_rect(view), Qt.GlobalColor.white)


application = QApplication([])
document = Document(Photo(gradient()))
layer = PictureLayer()
layer.document = document
canvas = CanvasView({"after": (layer,), "before": (layer,), "difference": (layer,)})
canvas.resize(402, 300)
canvas.show()
canvas.show_picture(document.size)
canvas.zoom_to(1.0)
canvas.pan(3, 5)
canvas.set_target(Square())
application.processEvents()
ratio = canvas.devicePixelRatioF()
view = canvas.viewpoint
panes = {}
for mode in ("off", "side_by_side"):
    canvas.set_compare(mode)
    view = canvas.viewpoint
    picture = as_array(canvas.grab().toImage())
    top, left = round(view.top * ratio), round(view.left * ratio)
    offset = 0 if mode == "off" else round(canvas.width() * ratio / 2)
    panes[mode] = picture[top:top + 120, left + offset:left + offset + 160]
middle = QPointF(view.left + 80.5 / ratio, view.top + 60.5 / ratio)
assert view.pixel_at(middle) == Point(60, 80)
canvas.set_compare("off")
white = (as_array(canvas.grab().toImage()) == 255).all(axis=2)
np.savez(sys.stdout.buffer, ratio=ratio, white=white.sum(), **panes)
canvas.close()
"""


@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_100_percent_is_a_device_pixel_and_marks_keep_their_size(ratio: float) -> None:
    environment = {
        **os.environ,
        "QT_SCALE_FACTOR": str(ratio),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=False, env=environment, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()

    told = np.load(BytesIO(done.stdout))
    y, x = np.mgrid[:120, :160]
    picture = np.stack([x % 256, y % 256, (x + y) % 256], axis=2)
    assert told["ratio"] == ratio
    assert np.array_equal(told["off"], picture)
    assert np.array_equal(told["side_by_side"], picture)
    assert told["white"] == (24 * ratio) ** 2
