from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QSlider, QWidget
from pytestqt.qtbot import QtBot

from app.panels.option_form import OptionForm
from inpainting_core.api import ENGINES, OptionSpec, OptionValue

MADE_UP = (
    OptionSpec("share", "Share", "float", 0.3, 0.0, 1.0),
    OptionSpec("stepped", "Stepped", "float", 0.5, 0.0, 2.0, 0.25),
    OptionSpec("way", "Way", "choice", "b", choices=("a", "b", "c")),
    OptionSpec("count", "Count", "int", 4, 1, 9),
)
SPECS = [spec for info in ENGINES for spec in info.options] + list(MADE_UP)


def controls(form: OptionForm) -> list[QWidget]:
    kinds = (QSlider, QCheckBox, QComboBox, QDoubleSpinBox)
    return [child for child in form.findChildren(QWidget) if isinstance(child, kinds)]


def allowed(spec: OptionSpec) -> list[OptionValue]:
    if spec.kind == "bool":
        return [True, False]
    if spec.kind == "choice":
        return list(spec.choices)
    step = spec.step or ((spec.high - spec.low) / 7 if spec.kind == "float" else 1)
    numbers = [spec.low + step * n for n in range(round((spec.high - spec.low) / step) + 1)]
    return [round(number) if spec.kind == "int" else round(number, 6) for number in numbers]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_every_allowed_value_comes_back_as_it_went_in(qtbot: QtBot, spec: OptionSpec) -> None:
    for value in allowed(spec):
        form = OptionForm((spec,), {spec.key: value})
        qtbot.addWidget(form)
        back = form.values()[spec.key]
        assert back == pytest.approx(value)
        assert type(back) is type(value)
        spec.check(back)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_whatever_is_typed_is_allowed_and_announced(qtbot: QtBot, spec: OptionSpec) -> None:
    form = OptionForm((spec,), {spec.key: spec.default})
    qtbot.addWidget(form)
    announced: list[tuple[str, OptionValue]] = []
    form.option_changed.connect(lambda key, value: announced.append((key, value)))
    control = controls(form)[0]
    keys = (Qt.Key.Key_Space,) if spec.kind == "bool" else (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down)
    for key in keys:
        QTest.keyClick(control, key)
    assert announced
    for key, value in announced:
        assert key == spec.key
        spec.check(value)
    assert announced[-1][1] == form.values()[spec.key]


@pytest.mark.parametrize("info", ENGINES, ids=lambda info: info.id)
def test_every_control_has_a_name_and_a_help(qtbot: QtBot, info: object) -> None:
    form = OptionForm(info.options, info.complete({}))
    qtbot.addWidget(form)
    assert form.values() == info.complete({})
    assert [control.accessibleName() for control in controls(form)] == [spec.label for spec in info.options]
