"""What may a test of the core ask for?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from tests.core.made_up_runs import draw_squares
from tests.harness.tiny_weights import publish_all


@pytest.fixture(scope="module")
def tiny_weights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every engine has weights: random ones of a narrow network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        publish_all()
        yield


@pytest.fixture
def own_threads() -> Iterator[None]:
    """A training run may change how many threads torch uses; the next test has as many as before."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small pictures to learn from."""
    return draw_squares(tmp_path_factory.mktemp("images"))
