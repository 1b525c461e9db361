"""Does every control change its preference at once, and show it?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.dialogs.preferences import PreferencesDialog
from app.preferences import NOT_A_CHOICE, Preferences, PreferenceStore
from app.state.view_state import MASK_COLOURS


@pytest.fixture
def store(tmp_path: Path, qapp: QApplication) -> PreferenceStore:
    return PreferenceStore(tmp_path / "preferences.toml")


@pytest.fixture
def dialog(store: PreferenceStore, qtbot: QtBot) -> Iterator[PreferencesDialog]:
    made = PreferencesDialog(store)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.hide()


def find(dialog: PreferencesDialog, kind: type[QWidget], name: str) -> QWidget:
    """Return the control of a preference, on the page that is brought to the front for it."""
    (found,) = dialog.findChildren(kind, name)
    page = next(number for number in range(4) if dialog.tabs.widget(number).isAncestorOf(found))
    dialog.tabs.setCurrentIndex(page)
    return found


def slider_of(dialog: PreferencesDialog, name: str) -> QSlider:
    (slider,) = find(dialog, QWidget, name).findChildren(QSlider)
    return slider


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("language", "en"),
        ("reduced_motion", False),
        ("wheel", "scrolls"),
        ("cursor", "cross"),
        ("theme", "light"),
        ("mask_style", "outline"),
        ("overlay_kind", "arrows"),
        ("overlay_palette", "blue_yellow"),
    ],
)
def test_a_choice_counts_at_once(
    dialog: PreferencesDialog, store: PreferenceStore, name: str, second: object
) -> None:
    box = find(dialog, QComboBox, name)
    assert isinstance(box, QComboBox)
    assert box.currentIndex() == 0
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert getattr(store.values, name) == second
    store.change(**{name: getattr(Preferences(), name)})
    assert box.currentIndex() == 0


@pytest.mark.parametrize("name", ["fill_on_release", "pressure_sizes", "pressure_hardens"])
def test_a_switch_counts_at_once(dialog: PreferencesDialog, store: PreferenceStore, name: str) -> None:
    box = find(dialog, QCheckBox, name)
    before = getattr(store.values, name)
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert getattr(store.values, name) is not before
    store.change(**{name: before})
    assert isinstance(box, QCheckBox)
    assert box.isChecked() is before


@pytest.mark.parametrize("name", ["threads", "undo_mb", "memory_mb"])
def test_a_number_counts_when_it_is_finished(
    dialog: PreferencesDialog, store: PreferenceStore, name: str
) -> None:
    box = find(dialog, QSpinBox, name)
    assert isinstance(box, QSpinBox)
    box.selectAll()
    QTest.keyClicks(box, "128")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert getattr(store.values, name) == 128
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert getattr(store.values, name) == 129
    assert dialog.isVisible()


@pytest.mark.parametrize("name", ["brush_hardness", "brush_opacity", "mask_opacity", "overlay_opacity"])
def test_a_slider_counts_at_once(dialog: PreferencesDialog, store: PreferenceStore, name: str) -> None:
    slider = slider_of(dialog, name)
    before = slider.value()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert getattr(store.values, name) == pytest.approx((before - 1) / 100)
    store.change(**{name: 0.2})
    assert slider.value() == 20


def test_a_swatch_counts_at_once(dialog: PreferencesDialog, store: PreferenceStore) -> None:
    buttons = find(dialog, QWidget, "mask_colour").findChildren(QToolButton)
    assert [button.isChecked() for button in buttons] == [True, False, False, False]
    for button, colour in zip(buttons, MASK_COLOURS, strict=True):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert store.values.mask_colour == colour
    store.change(mask_colour="#123456")
    assert not any(button.isChecked() for button in buttons)


def test_every_choice_has_a_control(dialog: PreferencesDialog) -> None:
    named = {widget.objectName() for widget in dialog.findChildren(QWidget)}
    assert set(Preferences.model_fields) - set(NOT_A_CHOICE) <= named


def test_defaults_are_restored_and_shown(dialog: PreferencesDialog, store: PreferenceStore) -> None:
    store.change(theme="dark", mask_opacity=0.1, keys={"brush": ("P",)})
    QTest.mouseClick(dialog.defaults, Qt.MouseButton.LeftButton)
    assert store.values.theme == "system"
    assert slider_of(dialog, "mask_opacity").value() == 55
    assert store.values.keys == {"brush": ("P",)}


def test_keys_are_asked_for_and_escape_leaves(dialog: PreferencesDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.keys_wanted, timeout=1000):
        QTest.mouseClick(dialog.keys, Qt.MouseButton.LeftButton)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_control_is_named_and_reached_by_tab(dialog: PreferencesDialog) -> None:
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QSlider)
    for number in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(number)
        page = dialog.tabs.widget(number)
        controls = {
            widget
            for widget in page.findChildren(QWidget)
            if isinstance(widget, kinds)
            and widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        assert controls
        for widget in controls:
            assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
        reached: set[QWidget] = set()
        dialog.tabs.tabBar().setFocus()
        for _ in range(60):
            focus = dialog.focusWidget()
            assert focus is not None
            reached.add(focus)
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        swatches = {widget for widget in controls if widget.objectName() == "swatch"}
        assert controls - swatches <= reached
        assert not swatches or swatches & reached  # the arrows walk among them


def test_a_closed_dialog_hears_nothing(store: PreferenceStore, qtbot: QtBot) -> None:
    made = PreferencesDialog(store)
    made.deleteLater()
    del made
    qtbot.wait(20)
    store.change(theme="dark", mask_opacity=0.3)
    assert store.values.theme == "dark"
