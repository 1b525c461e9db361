"""What is to be trained, on what, for how long?  One document, TOML or JSON, checked before anything runs.

A mistake is named by the path of its field, such as `data.side`. Every field says its unit, its range and
what it is for, so that a form can be made of the JSON schema.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import tomli_w
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from inpainting_core.errors import InvalidRequest
from inpainting_core.imaging.atomic import replace_file

MOST_BYTES = 2**20
Scalar = bool | int | float | str


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


def _px(unit: str) -> dict[str, Any]:
    return {"unit": unit}


class DataSettings(_Section):
    """Which photographs, and how they are cut and varied."""

    images: tuple[Path, ...] = Field(min_length=1, description="Folders or files to learn from.")
    validation: tuple[Path, ...] = Field(default=(), description="Folders or files never learned from.")
    held_out: int = Field(
        default=12, ge=0, le=10_000, description="Without validation: so many of images are kept for it."
    )
    manifest: str = Field(default="", max_length=200, description="Name of the list with their licences.")
    side: int = Field(
        default=256,
        ge=32,
        le=1024,
        multiple_of=32,
        description="Side of the squares that the network sees.",
        json_schema_extra=_px("px"),
    )
    longest_side: int = Field(
        default=1024,
        ge=64,
        le=8192,
        description="Photographs are kept decoded, no longer than this.",
        json_schema_extra=_px("px"),
    )
    least_scale: float = Field(
        default=0.25, ge=0.05, le=1, description="Squares are cut at this scale or any up to 1."
    )
    flip: bool = Field(default=True, description="Mirror half of the squares.")
    rotate: bool = Field(default=True, description="Turn squares by multiples of 90 degrees.")
    colour: float = Field(default=0.1, ge=0, le=0.5, description="How far brightness and colours are varied.")
    cache_gb: float = Field(
        default=16,
        ge=0,
        le=10_000,
        description="Room for decoded photographs; those beyond are read again each time.",
        json_schema_extra=_px("GB"),
    )
    workers: int = Field(default=2, ge=1, le=256, description="Threads that prepare squares.")


class HoleSettings(_Section):
    """Which holes: the paper's rectangles, and brush strokes."""

    rectangles: float = Field(
        default=0.5, ge=0, le=1, description="Share of rectangles; the rest is strokes."
    )
    least: float = Field(default=0.02, ge=0, le=0.9, description="Least share of the square under strokes.")
    most: float = Field(default=0.4, gt=0, le=0.95, description="Most share of the square under strokes.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.most - self.least < 0.01:
            raise ValueError("most must exceed least by 0.01")
        return self


class OptimiserSettings(_Section):
    """How parameters follow their gradients: Adam for both players."""

    learning_rate: float = Field(default=1e-4, gt=0, le=1, description="Adam's step.")
    beta1: float = Field(default=0.5, ge=0, lt=1, description="Adam's memory of gradients.")
    beta2: float = Field(default=0.9, ge=0, lt=1, description="Adam's memory of their squares.")
    batch: int = Field(default=16, ge=1, le=4096, description="Squares at once on each device.")
    accumulate: int = Field(default=1, ge=1, le=1024, description="Batches whose gradients make one step.")
    averaging: float = Field(
        default=0.999,
        ge=0,
        lt=1,
        description="Memory of the averaged weights that are kept; 0 = no averaging.",
    )


class SavingSettings(_Section):
    """When checkpoints are written and results looked at."""

    checkpoint_every: int = Field(default=1000, ge=0, le=10**9, description="Steps; 0 = by minutes only.")
    checkpoint_minutes: float = Field(
        default=5, ge=0, le=10_000, description="0 = by steps only.", json_schema_extra=_px("min")
    )
    keep: int = Field(default=3, ge=1, le=1000, description="Checkpoints kept, beside the best.")
    validate_every: int = Field(default=1000, ge=0, le=10**9, description="Steps; 0 = never.")
    log_every: int = Field(default=1, ge=1, le=10_000, description="Steps between two reports of losses.")


class MachineSettings(_Section):
    """Where it runs."""

    device: str = Field(
        default="auto", pattern=r"^(auto|cpu|cuda(:\d{1,3})?|mps)$", description="Where to run."
    )
    devices: int = Field(default=1, ge=1, le=1024, description="GPUs that share the work.")
    precision: Literal["auto", "32", "bf16"] = Field(
        default="auto", description="Of the generator; auto = bf16 on GPUs that have it."
    )
    threads: int = Field(default=0, ge=0, le=1024, description="Of the CPU; 0 = as many as there are cores.")
    compiled: bool = Field(default=False, description="Compile the generator (GPU only).")


class ContextualSettings(_Section):
    """Yu et al. 2018: coarse and refinement network, contextual attention, two critics."""

    id: Literal["contextual_attention"] = "contextual_attention"
    attention: Literal["contextual", "none", "stn", "appearance_flow"] = Field(
        default="contextual", description="What the refinement borrows with; Figure 8 of the paper."
    )
    gan: Literal["wgan_gp", "dcgan", "lsgan", "none"] = Field(
        default="wgan_gp", description="The game with the critics; Figure 9 of the paper."
    )
    width: int = Field(default=32, ge=4, le=128, multiple_of=4, description="Channels of the first layer.")
    critic_width: int = Field(default=64, ge=4, le=256, description="Channels of the critics' first layer.")
    padding: Literal["zero", "reflect", "tf_same"] = Field(default="zero", description="Beyond the border.")
    channels: Literal["code", "table"] = Field(
        default="code", description="As the authors' code or their table has them."
    )
    look: Literal["relu", "elu"] = Field(
        default="relu",
        description="Before the attention: as in the authors' code, or as in their table; relu may go dark.",
    )
    layer: dict[str, Scalar] = Field(default_factory=dict, description="Options of the attention layer.")
    coarse_steps: int = Field(default=0, ge=0, le=10**9, description="Steps that train the coarse part only.")
    critics_from: int = Field(default=0, ge=0, le=10**9, description="Step at which the critics join.")
    critic_steps: int = Field(
        default=5, ge=1, le=100, description="Critics' steps for each of the generator."
    )
    discount: float = Field(
        default=0.9, gt=0, le=1, description="Weight of a hole's pixel for each step from its rim; 1 = off."
    )
    coarse_weight: float = Field(default=1.2, ge=0, le=1e4, description="Of the coarse answer's losses.")
    hole_weight: float = Field(default=1.2, ge=0, le=1e4, description="Of the l1 loss in the hole.")
    known_weight: float = Field(default=1.2, ge=0, le=1e4, description="Of the l1 loss outside.")
    critic_weight: float = Field(default=0.001, ge=0, le=1e4, description="Of what the critics say.")
    penalty_weight: float = Field(default=10, ge=0, le=1e4, description="Of the gradient penalty.")
    feature_weight: float = Field(
        default=0, ge=0, le=1e4, description="Of the distance in VGG-16 features; the paper has none."
    )


def _weight_file(path: Path) -> Path:
    if path.suffix != ".safetensors":
        raise ValueError("must end in .safetensors")
    return path.absolute()


class TrainingConfig(_Section):
    """All that a run needs to know; the same config and seed make the same weights on the same CPU."""

    schema_version: Literal[1] = Field(alias="schema")
    seed: int = Field(default=0, ge=0, lt=2**32, description="Of everything random.")
    start: Annotated[Path, AfterValidator(_weight_file)] | None = Field(
        default=None, description="Weights to begin with, a .safetensors; none = by chance."
    )
    steps: int = Field(ge=1, le=10**9, description="Steps of the generator.")
    data: DataSettings
    holes: HoleSettings = HoleSettings()
    recipe: ContextualSettings = ContextualSettings()
    optimiser: OptimiserSettings = OptimiserSettings()
    saving: SavingSettings = SavingSettings()
    machine: MachineSettings = MachineSettings()


def checked(document: Mapping[str, Any]) -> TrainingConfig:
    """Return the config that a document describes.

    Raises:
        InvalidRequest: a field is unknown, missing or out of range; the message names its path.
    """
    try:
        return TrainingConfig.model_validate(document)
    except ValidationError as error:
        problems = [
            f"{'.'.join(map(str, problem['loc'])) or 'config'}: {problem['msg']}"
            for problem in error.errors()
        ]
        raise InvalidRequest(
            "The training config is wrong: {problems}.",
            "Correct it; the fields and their ranges are in `main.py train --schema`.",
            problems="; ".join(problems[:5]),
        ) from error


def read_document(path: Path) -> dict[str, Any]:
    """Return what a .toml or .json file holds, its data folders made absolute (seen from the file).

    Raises:
        InvalidRequest: the file cannot be read or is no table.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise InvalidRequest("{name} is too large for a config.", "Give a smaller one.", name=path.name)
        text = data.decode("utf-8")
        document = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise InvalidRequest(
            "{name} cannot be read: {reason}.", "Check its path.", name=path.name, reason=error.strerror
        ) from error
    except (ValueError, RecursionError) as error:
        raise InvalidRequest(
            "{name} is no config: {reason}.", "Give TOML or JSON.", name=path.name, reason=error
        ) from error
    if not isinstance(document, dict):
        raise InvalidRequest("{name} holds no table.", "Give TOML or a JSON object.", name=path.name)
    section = document.get("data")
    for key in ("images", "validation"):
        paths = section.get(key) if isinstance(section, dict) else None
        if isinstance(section, dict) and isinstance(paths, list):
            section[key] = [_absolute(path.parent, entry) for entry in paths]
    if "start" in document:
        document["start"] = _absolute(path.parent, document["start"])
    return document


def read_config(path: Path, changes: Sequence[str] = ()) -> TrainingConfig:
    """Return the config in a .toml or .json file; relative folders are seen from the file's.

    Args:
        path: Of the file.
        changes: "data.side=128": what to replace, values written as in TOML.

    Raises:
        InvalidRequest: the file cannot be read, or says something wrong.
    """
    return checked(changed(read_document(path), changes))


def changed(document: dict[str, Any], changes: Sequence[str]) -> dict[str, Any]:
    """Return the document with KEY=VALUE pairs put in, KEY a path such as data.side.

    Raises:
        InvalidRequest: a pair is none.
    """
    result = json.loads(json.dumps(document, default=str))
    for pair in changes:
        key, sign, text = pair.partition("=")
        if not sign or not key:
            raise InvalidRequest(
                "{pair!r} is no setting.", "Write KEY=VALUE, as in data.side=128.", pair=pair
            )
        try:
            value = tomllib.loads(f"value = {text}")["value"]
        except (tomllib.TOMLDecodeError, RecursionError):
            value = text
        *sections, last = key.split(".")
        place = result
        for name in sections:
            place = place.setdefault(name, {})
            if not isinstance(place, dict):
                raise InvalidRequest("{key} is no setting.", "Write KEY=VALUE, as in data.side=128.", key=key)
        place[last] = value
    return dict(result)


def write_config(path: Path, config: TrainingConfig) -> None:
    """Write the config as the ending of `path` says, .toml or .json.

    Raises:
        ImageWriteError: the file could not be written.
    """
    document = config.model_dump(mode="json", by_alias=True, exclude_none=True)
    text = (
        tomli_w.dumps(document) if path.suffix.lower() == ".toml" else json.dumps(document, indent=2) + "\n"
    )
    replace_file(path, text.encode())


def _absolute(folder: Path, entry: object) -> object:
    return str((folder / entry).resolve()) if isinstance(entry, str) and "\0" not in entry else entry
