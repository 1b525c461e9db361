"""What may a test of the core ask for?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.harness.tiny_weights import publish_all


@pytest.fixture(scope="module")
def tiny_weights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every engine has weights: random ones of a narrow network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        publish_all()
        yield
