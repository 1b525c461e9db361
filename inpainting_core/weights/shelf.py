"""Which weight files are there, and are they what was published?

A weight file is NAME.safetensors with its sidecar NAME.json beside it, which says what it is and holds the
SHA-256 of every byte. Nothing is ever downloaded. Files of the user's own folder come first, then those that
ship with the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inpainting_core.errors import WeightsDamaged, WeightsMissing

SHIPPED = Path(__file__).parents[2] / "resources" / "weights"
MOST_BYTES = 2 * 2**30
OWN_LICENCE = "Apache-2.0"
"""Of weights that Lacuna made from nothing; those that began with others keep their licence."""
_MOST_SIDECAR_BYTES = 4 * 2**20
_AGAIN = "Export or copy it again."


class Data(BaseModel):
    """What weights were learned from.

    Attributes:
        manifest: Name of the list of photographs with their licences.
        images: How many photographs.
        digest: SHA-256 over the sorted SHA-256s of their files.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    manifest: str = ""
    images: int = Field(default=0, ge=0)
    digest: str = ""


class Sidecar(BaseModel):
    """What lies beside a weight file and says what it is.

    Attributes:
        schema_version: 1; written as "schema".
        engine: Id of the engine that the weights are for.
        title: What a person should know first, such as how modest the training was.
        options: How the network is built; the network's own options.
        data: What it was learned from.
        config: The whole configuration of the run.
        steps: Steps taken.
        metrics: What validation measured last.
        device: What it was trained on, and for how long.
        licence: SPDX id.
        sha256: Of the weight file; filled in when it is published.
        size: Of the weight file, in bytes; likewise.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_version: Literal[1] = Field(default=1, alias="schema")
    engine: str
    title: str = ""
    options: dict[str, Any] = Field(default_factory=dict)
    data: Data = Data()
    config: dict[str, Any] = Field(default_factory=dict)
    steps: int = Field(default=0, ge=0)
    metrics: dict[str, float] = Field(default_factory=dict)
    device: str = ""
    licence: str = OWN_LICENCE
    sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    size: int = Field(default=0, ge=0)


def own_folder() -> Path:
    """Return the folder for weights that the person trained or imported; it need not exist."""
    return Path(platformdirs.user_data_dir("Lacuna", appauthor=False)) / "weights"


def shelves() -> tuple[Path, ...]:
    """Return the folders where weights are looked for, the first wins."""
    return own_folder(), SHIPPED


def listed(folders: Sequence[Path] | None = None) -> list[Path]:
    """Return every weight file, sorted by name within each folder.

    Args:
        folders: Where to look; None = `shelves()`.
    """
    places = shelves() if folders is None else folders
    return [path for folder in places for path in sorted(folder.glob("*.safetensors"))]


def find(name: str, folders: Sequence[Path] | None = None) -> Path:
    """Return the first weight file called `name` (without its ending).

    Args:
        name: As in "contextual_attention".
        folders: Where to look; None = `shelves()`.

    Raises:
        WeightsMissing: there is none.
    """
    for path in listed(folders):
        if path.stem == name:
            return path
    raise WeightsMissing(
        "There are no weights called {name}.", "Train them with `main.py train`, or import some.", name=name
    )


def read_sidecar(path: Path) -> Sidecar:
    """Return what lies beside the weight file at `path`.

    Raises:
        WeightsMissing: there is no weight file, or no sidecar.
        WeightsDamaged: the sidecar is not one.
    """
    beside = path.with_suffix(".json")
    try:
        if not path.is_file():
            raise WeightsMissing("There is no weight file {name}.", "Check its path.", name=path.name)
        with beside.open("rb") as file:
            text = file.read(_MOST_SIDECAR_BYTES + 1)
        if len(text) > _MOST_SIDECAR_BYTES:
            raise WeightsDamaged("The sidecar {name} is too large.", _AGAIN, name=beside.name)
        return Sidecar.model_validate_json(text)
    except FileNotFoundError as error:
        raise WeightsMissing(
            "{name} has no sidecar.", "Keep the .json beside the .safetensors.", name=path.name
        ) from error
    except (ValidationError, RecursionError) as error:
        raise WeightsDamaged("The sidecar {name} is damaged.", _AGAIN, name=beside.name) from error
    except OSError as error:
        raise WeightsDamaged(
            "{name} cannot be read: {reason}.", _AGAIN, name=beside.name, reason=error.strerror
        ) from error


def read_verified(path: Path) -> tuple[bytes, Sidecar]:
    """Return the bytes of a weight file and its sidecar, every byte checked.

    Raises:
        WeightsMissing: there is no weight file, or no sidecar.
        WeightsDamaged: the file is not what was published.
    """
    sidecar = read_sidecar(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise WeightsDamaged("{name} is too large for weights.", _AGAIN, name=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise WeightsDamaged(
            "{name} cannot be read: {reason}.", _AGAIN, name=path.name, reason=error.strerror
        ) from error
    if len(data) != sidecar.size or hashlib.sha256(data).hexdigest() != sidecar.sha256:
        raise WeightsDamaged(
            "{name} is damaged: it is not what its sidecar describes.", _AGAIN, name=path.name
        )
    return data, sidecar


def verify(path: Path) -> Sidecar:
    """Return the sidecar of a weight file whose every byte is as published.

    Raises:
        WeightsMissing: there is no weight file, or no sidecar.
        WeightsDamaged: the file is not what was published.
    """
    return read_verified(path)[1]
