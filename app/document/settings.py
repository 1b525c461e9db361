"""How shall the mask be filled?  Everything a person sets before pressing Enter; part of the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from inpainting_core.api import (
    ENGINES,
    Box,
    EngineInfo,
    MaskShape,
    OptionValue,
    Pin,
    Size,
    Weights,
    engine_info,
)

AreaKind = Literal["auto", "ring", "box", "sides", "above_below", "all"]
AREA_KINDS: tuple[AreaKind, ...] = get_args(AreaKind)
Rules = NDArray[np.uint8]
"""(H, W) uint8: how much a place may be borrowed from, in percent 0 to 200; `ONLY` = only from here."""
NEUTRAL, ONLY = 100, 255
_STRONGEST = 200


@dataclass(frozen=True)
class SourceArea:
    """Where around the hole content may be borrowed from.

    Attributes:
        kind: "auto": as the engine likes; "ring", "box": so near; "sides", "above_below": in that
            direction; "all": the whole picture.
        radius_px: How near, for the middle four.
    """

    kind: AreaKind = "auto"
    radius_px: int = 200

    def context_px(self, size: Size) -> int | None:
        """Return how much surroundings the engine must see in a picture of `size`; None = as it likes."""
        if self.kind == "auto":
            return None
        return max(size) if self.kind == "all" else self.radius_px

    def allowed(self, hole_box: Box, size: Size) -> NDArray[np.bool_] | None:
        """Return (H, W) bool, where sources may lie; None = everywhere the engine looks."""
        if self.kind in ("auto", "all", "ring"):
            return None
        reach = hole_box.pad(self.radius_px)
        if self.kind == "sides":
            reach = Box(hole_box.top, reach.left, hole_box.height, reach.width)
        elif self.kind == "above_below":
            reach = Box(reach.top, hole_box.left, reach.height, hole_box.width)
        allowed = np.zeros(size, np.bool_)
        allowed[reach.clamp(size).slices] = True
        return allowed


@dataclass(frozen=True)
class FillSettings:
    """What a fill is made with.

    Attributes:
        engine_id: An id of the catalogue.
        options: The options of every engine, by its id.
        seed: Another seed, another outcome.
        mask_shape: How the painted mask is grown, smoothed and feathered.
        area: Where sources may lie.
        pins: Places whose source the person chose.
    """

    engine_id: str = ENGINES[0].id
    options: Mapping[str, Mapping[str, OptionValue]] = field(
        default_factory=lambda: MappingProxyType({info.id: info.complete({}) for info in ENGINES})
    )
    seed: int = 0
    mask_shape: MaskShape = MaskShape()
    area: SourceArea = SourceArea()
    pins: tuple[Pin, ...] = ()

    @property
    def engine(self) -> EngineInfo:
        """The catalogue's row of the engine."""
        return engine_info(self.engine_id)

    @property
    def engine_options(self) -> Mapping[str, OptionValue]:
        """The options of the engine in use."""
        return self.options[self.engine_id]

    def with_option(self, key: str, value: OptionValue) -> FillSettings:
        """Return these settings with one option of the engine in use changed."""
        own = {**self.engine_options, key: value}
        return replace(self, options=MappingProxyType({**self.options, self.engine_id: own}))


def source_weights(rules: Rules | None, allowed: NDArray[np.bool_] | None) -> Weights | None:
    """Return the weights in [0, 1] that rules and area come to; None when they forbid and prefer nothing.

    Where something is marked "only", everything else weighs 0. Above 100 percent, all is scaled so that
    the most wanted place weighs 1.
    """
    if rules is None or np.all(rules == NEUTRAL):
        return None if allowed is None else np.asarray(allowed, np.float32)
    only = rules == ONLY
    if only.any():
        weights = only.astype(np.float32)
    else:
        strongest = max(NEUTRAL, min(int(rules.max()), _STRONGEST))
        weights = rules.astype(np.float32) / np.float32(strongest)
    return weights if allowed is None else np.where(allowed, weights, np.float32(0))
