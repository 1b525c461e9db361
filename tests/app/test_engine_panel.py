"""Does the panel say what an engine's weights are worth, and that they are missing?"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.panels.engine_panel import EnginePanel
from inpainting_core.api import engine_info, readiness
from tests.app.conftest import Desk
from tests.app.pictures import document
from tests.harness.tiny_weights import publish_tiny


@pytest.fixture(autouse=True)
def no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("inpainting_core.weights.shelf.SHIPPED", tmp_path / "none")


def said(desk: Desk) -> list[str]:
    labels = desk.program.window.findChild(EnginePanel).findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


def test_weights_speak_for_themselves(desk: Desk) -> None:
    desk.open(document())
    info = engine_info("contextual_attention")
    desk.program.filling.use_engine(info)
    _, note, hint = readiness(info)
    assert f"{note} {hint}" in said(desk)
    desk.program.filling.use_engine(engine_info("patchmatch"))
    assert not any("weights" in text for text in said(desk))
    publish_tiny(info.weights)
    desk.program.filling.use_engine(info)
    assert "Weights: Random, for tests." in said(desk)


def test_a_title_is_never_taken_for_markup(desk: Desk) -> None:
    path = publish_tiny("contextual_attention").with_suffix(".json")
    path.write_text(path.read_text().replace("Random", "<img src=/etc/passwd>"))
    desk.open(document())
    desk.program.filling.use_engine(engine_info("contextual_attention"))
    (label,) = [
        label
        for label in desk.program.window.findChild(EnginePanel).findChildren(QLabel)
        if "<img" in label.text()
    ]
    assert label.textFormat() is Qt.TextFormat.PlainText
