"""Does the palette find what is meant, and do it?"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from app.actions.registry import make_actions
from app.actions.table import ACTIONS
from app.dialogs.palette import CommandPalette, rank

TEXTS = ("Clear the mask", "Clear the mask", "Mask", "Unmark everything.")


class Host(QMainWindow):
    """A window with every command; `done` lists what was triggered."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(900, 640)
        self.actions_by_id = make_actions(self)
        self.done: list[str] = []
        for action_id, action in self.actions_by_id.items():
            action.triggered.connect(lambda _on=False, action_id=action_id: self.done.append(action_id))
        self.addActions(list(self.actions_by_id.values()))


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[Host]:
    window = Host()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.hide()


def opened(host: Host) -> CommandPalette:
    palette = CommandPalette(host.actions_by_id, host)
    palette.show()
    palette.activateWindow()
    QApplication.processEvents()
    return palette


def shown(palette: CommandPalette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("clear", 0),
        ("MASK", 1),
        ("lear", 2),
        ("clm", 3),
        ("clear mask", 1),
        ("everything", 9),
        ("clear zebra", None),
        ("", 0),
        ("evg", None),
    ],
)
def test_words_are_ranked_by_where_they_stand(query: str, place: int | None) -> None:
    assert rank(query, TEXTS) == place


def test_typing_and_enter_do_the_command(host: Host, qtbot: QtBot) -> None:
    host.actions_by_id["grow"].setEnabled(True)
    palette = opened(host)
    QTest.keyClicks(palette.field, "grow")
    assert shown(palette)[0] == "Grow"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: host.done == ["grow"], timeout=2000)
    assert host.findChild(CommandPalette) is None


def test_arrows_walk_and_letters_do_not_leak(host: Host, qtbot: QtBot) -> None:
    palette = opened(host)
    second = palette.list.item(1).text()
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentItem().text() == second
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentRow() == 0
    QTest.keyClick(palette.field, Qt.Key.Key_B)
    assert palette.field.text() == "b"
    assert host.done == []
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert host.done == []


def test_a_click_does_the_command_under_it(host: Host, qtbot: QtBot) -> None:
    palette = opened(host)
    QTest.keyClicks(palette.field, "pref")
    spot = palette.list.visualItemRect(palette.list.item(0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: host.done == ["preferences"], timeout=2000)


def test_what_cannot_be_done_now_is_faded_last_among_equals_and_stays(host: Host) -> None:
    palette = opened(host)
    everything = shown(palette)
    assert len(everything) == len(ACTIONS) - 1
    enabled = [host.actions_by_id[spec.id].isEnabled() for spec in ACTIONS if spec.id != "palette"]
    possible = [palette.list.item(row).data(Qt.ItemDataRole.UserRole + 3) for row in range(len(everything))]
    assert possible == sorted(enabled, reverse=True)
    QTest.keyClicks(palette.field, "invert")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert host.done == []
    assert palette.isVisible()
    assert ink(palette, 0) < ink_of(host, "preferences")
    palette.close()


def ink_of(host: Host, query: str) -> float:
    palette = opened(host)
    palette.field.setText(query)
    darkness = ink(palette, 0)
    palette.close()
    return darkness


def ink(palette: CommandPalette, row: int) -> float:
    """Return how far the name's darkest pixel is from the row's ground."""
    rect = palette.list.visualItemRect(palette.list.item(row)).adjusted(40, 4, -200, -4)
    image = palette.list.viewport().grab(rect).toImage()
    ground = image.pixelColor(image.width() - 1, 0).lightness()
    spots = (QPoint(x, y) for y in range(image.height()) for x in range(0, image.width()))
    return max(abs(image.pixelColor(spot).lightness() - ground) for spot in spots)


def test_it_opens_within_fifty_milliseconds_of_work(host: Host) -> None:
    opened(host).close()
    spans = []
    for _ in range(3):
        start = time.process_time()
        palette = opened(host)
        spans.append(time.process_time() - start)
        palette.close()
    assert min(spans) < 0.05


def test_nothing_found_is_no_failure(host: Host, qtbot: QtBot) -> None:
    palette = opened(host)
    height = palette.height()
    assert palette.frameGeometry().center().x() == pytest.approx(host.frameGeometry().center().x(), abs=2)
    QTest.keyClicks(palette.field, "zzzz")
    assert shown(palette) == []
    qtbot.waitUntil(lambda: palette.height() == height - 10 * palette.list.height(), timeout=2000)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()
