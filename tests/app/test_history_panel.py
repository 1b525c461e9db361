"""Does the list of steps say what was done, and does a click go exactly there?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QListWidget, QSlider

from app.document.document import Document
from app.document.settings import FillSettings
from app.panels.engine_panel import EnginePanel
from app.panels.history_panel import HistoryPanel
from app.panels.mask_panel import MaskPanel
from inpainting_core.api import Coverage, Pixels
from tests.app.conftest import Desk
from tests.app.pictures import document

CONTROL = Qt.KeyboardModifier.ControlModifier


class State(NamedTuple):
    image: Pixels
    mask: Coverage
    owner: np.ndarray
    settings: FillSettings

    @classmethod
    def of(cls, doc: Document) -> State:
        return cls(doc.image.copy(), doc.mask.copy(), doc.provenance.owner.copy(), doc.settings)

    def is_of(self, doc: Document) -> bool:
        now = State.of(doc)
        arrays = all(np.array_equal(a, b) for a, b in zip(self[:3], now[:3], strict=True))
        return arrays and now.settings == self.settings


def panel(desk: Desk) -> QListWidget:
    dock = desk.program.window._docks["history"]
    dock.show()
    dock.raise_()
    return desk.program.window.findChild(HistoryPanel)._list


def names(desk: Desk) -> list[str]:
    steps = panel(desk)
    return [steps.item(row).text() for row in range(steps.count())]


def choose(desk: Desk, row: int) -> None:
    steps = panel(desk)
    steps.scrollToItem(steps.item(row))
    middle = steps.visualItemRect(steps.item(row)).center()
    QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def six_steps(desk: Desk) -> list[State]:
    doc = desk.open(document())
    desk.canvas.zoom_to(4.0)
    desk.program.state.set_all_sizes(9)
    states = [State.of(doc)]
    desk.drag((60, 80), (60, 90))
    states.append(State.of(doc))
    desk.fill()
    states.append(State.of(doc))
    engines = desk.program.window.findChild(EnginePanel).findChild(QComboBox)
    engines.setCurrentIndex(1)
    engines.activated.emit(1)
    states.append(State.of(doc))
    desk.key(Qt.Key.Key_A, CONTROL)
    states.append(State.of(doc))
    desk.key(Qt.Key.Key_D, CONTROL)
    states.append(State.of(doc))
    return states


def test_a_click_goes_to_any_step_and_back(desk: Desk) -> None:
    states = six_steps(desk)
    doc = desk.document
    assert names(desk) == ["Opened", "Brush", "Fill", "Engine", "Mask everything", "Clear mask"]
    for row in (2, 5, 0, 4, 1, 3, 0, 5):
        choose(desk, row)
        assert states[row].is_of(doc)
        assert panel(desk).currentRow() == row
        assert len(names(desk)) == 6
    assert doc.shown_mask.arrays[0] is doc.mask


def test_a_new_step_ends_what_was_undone(desk: Desk) -> None:
    six_steps(desk)
    choose(desk, 2)
    desk.drag((20, 20))
    assert names(desk) == ["Opened", "Brush", "Fill", "Brush"]


def test_going_back_while_a_fill_runs_withdraws_it(desk: Desk) -> None:
    doc = desk.open(document())
    desk.program.state.set_all_sizes(9)
    desk.drag((60, 80))
    desk.drag((20, 30))
    desk.filler.gate.clear()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: bool(desk.filler.requests))
    image = doc.image.copy()
    choose(desk, 1)
    desk.filler.gate.set()
    desk.wait(lambda: not desk.program.filling.is_busy)
    assert np.array_equal(doc.image, image)
    assert names(desk) == ["Opened", "Brush", "Brush"]


def test_steps_of_a_slider_are_one_step(desk: Desk) -> None:
    doc = desk.open(document())
    slider = desk.program.window.findChild(EnginePanel).findChild(QSlider)
    for position in (0, 1, 3):
        slider.setValue(position)
    dial = desk.program.window.findChild(MaskPanel)._dials["grow"]
    for value in (2, 5, 1):
        dial._number.setValue(value)
    assert names(desk) == ["Opened", "Option", "Mask shape"]
    assert doc.settings.engine_options["patch"] == 11
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert doc.settings.engine_options["patch"] == 7
    assert desk.program.window.findChild(EnginePanel)._form.findChild(QSlider).value() == 1


def test_steps_that_do_not_fit_the_budget_are_forgotten_and_the_rest_still_undone(desk: Desk) -> None:
    doc = desk.open(document(budget_bytes=9000))
    desk.program.state.set_all_sizes(9)
    states = [State.of(doc)]
    for x in range(20, 150, 10):
        desk.drag((60, x))
        states.append(State.of(doc))
        desk.fill()
        states.append(State.of(doc))
    assert doc.history.nbytes <= 9000
    kept = len(doc.history.done)
    assert 2 < kept < 26
    assert len(names(desk)) == kept + 1
    choose(desk, 0)
    assert states[26 - kept].is_of(doc)
    assert not doc.history.can_undo
    choose(desk, kept)
    assert states[26].is_of(doc)


def test_a_step_leaves_the_rows_of_the_others_alone(desk: Desk) -> None:
    desk.open(document(budget_bytes=600))
    desk.program.state.set_all_sizes(9)
    former: list[object] = []
    for x in range(20, 150, 4):
        desk.drag((60, x))
        steps = panel(desk)
        rows = [steps.item(row) for row in range(1, steps.count())]
        assert len(rows) == len(desk.document.history.done)
        assert all(one is other for one, other in zip(rows[:-1], former[-len(rows) + 1 :], strict=True))
        former = rows
    assert len(former) < 30
    assert all(not row.icon().isNull() for row in former)


def test_the_small_picture_shows_the_mask(desk: Desk) -> None:
    desk.open(document())
    desk.program.state.set_all_sizes(31)
    desk.drag((60, 80))
    icon = panel(desk).item(1).icon()
    assert not icon.isNull()
    shown = icon.pixmap(QSize(44, 32)).toImage()
    middle = shown.pixelColor(QPoint(shown.width() // 2, shown.height() // 2))
    red, green = middle.red(), middle.green()
    assert red == pytest.approx((80 + 255) / 2, abs=12)
    assert green == pytest.approx((60 + 45) / 2, abs=12)


def test_keys_choose_steps_too(desk: Desk) -> None:
    states = six_steps(desk)
    steps = panel(desk)
    steps.setFocus()
    QTest.keyClick(steps, Qt.Key.Key_Up)
    QTest.keyClick(steps, Qt.Key.Key_Up)
    QTest.keyClick(steps, Qt.Key.Key_Return)
    assert states[3].is_of(desk.document)
