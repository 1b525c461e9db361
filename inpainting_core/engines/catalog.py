"""Which engines are there?  One table, free of heavy imports; forms, tables and help are built from it.

A new engine is one class with `warm_up` and `fill_crop` and one row here. People begin with the first.
"""

from __future__ import annotations

import importlib

from inpainting_core.engines.contract import Citation, Cost, CropPolicy, Engine, EngineInfo, OptionSpec
from inpainting_core.errors import InvalidRequest
from inpainting_core.fields.field import FieldKind

_DIFFUSION = "It continues brightness from the rim inwards: every pixel is computed, none is copied."
_RADIUS = OptionSpec("radius", "Radius", "int", 3, 1, 25, 1, unit="px", help="How far it looks around.")
_GRAIN = OptionSpec(
    "grain", "As grainy as around it", "bool", False, help="Adds the noise that its surroundings have."
)
_DIFFUSION_COST = Cost(
    seconds_per_hole=0.0008,
    seconds_per_pixel=0.78e-6,
    seconds_per_box_pixel=0.0,
    seconds_per_window_pixel=0.037e-6,
    bytes_per_pixel=30,
    effort=(("radius", 11, 2),),
)

_PATCH_OPTIONS = (
    OptionSpec("patch", "Patch", "int", 7, 5, 11, 2, unit="px", help="Small: detail, large: structure."),
    OptionSpec("rounds", "Rounds", "int", 5, 1, 12, 1, help="More rounds per scale: calmer, slower."),
    OptionSpec(
        "colour", "Match colours at the rim", "bool", True, help="Off: the rim shows where light changes."
    ),
)
_PATCH_PAPERS = (
    Citation("Space-Time Completion of Video", "Wexler, Shechtman, Irani", 2007, "TPAMI"),
    Citation("PatchMatch", "Barnes, Shechtman, Finkelstein, Goldman", 2009, "SIGGRAPH"),
)
_ATTENTION_PAPER = Citation(
    "Generative Image Inpainting with Contextual Attention", "Yu, Lin, Yang, Shen, Lu, Huang", 2018, "CVPR"
)
_PATCH_CROP = CropPolicy(context=0.5, min_margin=64, max_margin=192)
_NETWORK_CROP = CropPolicy(context=1.0, min_margin=64, max_margin=512)

ENGINES: tuple[EngineInfo, ...] = (
    EngineInfo(
        id="hybrid",
        name="Guided PatchMatch",
        summary="A trained network says what goes where; texture is copied as by PatchMatch.",
        papers=(_ATTENTION_PAPER, *_PATCH_PAPERS),
        options=(
            *_PATCH_OPTIONS,
            OptionSpec(
                "seam", "Blend where pieces meet", "bool", True, help="All off: every pixel is an exact copy."
            ),
            OptionSpec(
                "tone",
                "Tones by the network",
                "bool",
                True,
                help="Off: the network leads the search only.",
            ),
        ),
        crop=_PATCH_CROP,
        cost=Cost(
            seconds_per_hole=0.1,
            seconds_per_pixel=2.55e-6,
            seconds_per_box_pixel=0.3e-6,
            seconds_per_window_pixel=0.2e-6,
            bytes_per_pixel=250,
            effort=(("patch", 62, 2), ("rounds", 2, 1)),
        ),
        field_kind=FieldKind.PATCH,
        why_no_field="",
        map_names=("energy",),
        honours_sources=True,
        honours_pins=True,
        loader="inpainting_core.engines.hybrid:Hybrid",
        weights="contextual_attention",
    ),
    EngineInfo(
        id="patchmatch",
        name="PatchMatch",
        summary="Copies texture from the hole's surroundings; needs no training and says where from.",
        papers=_PATCH_PAPERS,
        options=(
            *_PATCH_OPTIONS,
            OptionSpec(
                "seam",
                "Blend where pieces meet",
                "bool",
                True,
                help="Both off: every pixel is an exact copy.",
            ),
        ),
        crop=_PATCH_CROP,
        cost=Cost(
            seconds_per_hole=0.01,
            seconds_per_pixel=3.3e-6,
            seconds_per_box_pixel=0.3e-6,
            seconds_per_window_pixel=0.15e-6,
            bytes_per_pixel=155,
            effort=(("patch", 62, 2), ("rounds", 2, 1)),
        ),
        field_kind=FieldKind.PATCH,
        why_no_field="",
        map_names=("energy",),
        honours_sources=True,
        honours_pins=True,
        loader="inpainting_core.engines.patchmatch.engine:PatchMatch",
    ),
    EngineInfo(
        id="contextual_attention",
        name="Contextual attention",
        summary="A trained network that looks up what it paints elsewhere in the picture, and shows where.",
        papers=(_ATTENTION_PAPER,),
        options=(
            OptionSpec(
                "content",
                "Content",
                "choice",
                "mixed",
                choices=("mixed", "copied", "generated"),
                help="Copied: from where it looked; mixed: that, light set right; generated: as it paints.",
            ),
        ),
        crop=_NETWORK_CROP,
        cost=Cost(
            seconds_per_hole=0.12,
            seconds_per_pixel=4.6e-6,
            seconds_per_box_pixel=0.3e-6,
            seconds_per_window_pixel=0.26e-6,
            bytes_per_pixel=250,
            effort=(),
        ),
        field_kind=FieldKind.ATTENTION,
        why_no_field="",
        map_names=("coarse",),
        honours_sources=True,
        honours_pins=True,
        loader="inpainting_core.engines.contextual.engine:ContextualAttention",
        weights="contextual_attention",
    ),
    EngineInfo(
        id="contextual_baseline",
        name="Attention left out",
        summary="The same network without attention, for comparisons: it paints everything itself.",
        papers=(_ATTENTION_PAPER,),
        options=(),
        crop=_NETWORK_CROP,
        cost=Cost(
            seconds_per_hole=0.031,
            seconds_per_pixel=1.15e-6,
            seconds_per_box_pixel=0.3e-6,
            seconds_per_window_pixel=0.04e-6,
            bytes_per_pixel=200,
            effort=(),
        ),
        field_kind=FieldKind.NONE,
        why_no_field="It paints every pixel from what it learned; none is copied.",
        map_names=("coarse",),
        honours_sources=False,
        honours_pins=False,
        loader="inpainting_core.engines.contextual.baseline:ContextualBaseline",
        weights="contextual_baseline",
    ),
    EngineInfo(
        id="telea",
        name="Telea",
        summary="Smooth continuation from the rim; instant, for scratches and dust.",
        papers=(
            Citation("An Image Inpainting Technique Based on the Fast Marching Method", "Telea", 2004, "JGT"),
        ),
        options=(_RADIUS, _GRAIN),
        crop=CropPolicy(context=0.0, min_margin=32, max_margin=32),
        cost=_DIFFUSION_COST,
        field_kind=FieldKind.NONE,
        why_no_field=_DIFFUSION,
        map_names=(),
        honours_sources=False,
        honours_pins=False,
        loader="inpainting_core.engines.classical:Telea",
    ),
    EngineInfo(
        id="navier_stokes",
        name="Navier-Stokes",
        summary="Continues lines of equal brightness into the hole; instant, for scratches and dust.",
        papers=(
            Citation(
                "Navier-Stokes, Fluid Dynamics, and Image and Video Inpainting",
                "Bertalmio, Bertozzi, Sapiro",
                2001,
                "CVPR",
            ),
        ),
        options=(_RADIUS, _GRAIN),
        crop=CropPolicy(context=0.0, min_margin=32, max_margin=32),
        cost=_DIFFUSION_COST,
        field_kind=FieldKind.NONE,
        why_no_field=_DIFFUSION,
        map_names=(),
        honours_sources=False,
        honours_pins=False,
        loader="inpainting_core.engines.classical:NavierStokes",
    ),
)


def engine_info(engine_id: str) -> EngineInfo:
    """Return the engine's row.

    Raises:
        InvalidRequest: there is no such engine.
    """
    for info in ENGINES:
        if info.id == engine_id:
            return info
    known = ", ".join(info.id for info in ENGINES)
    raise InvalidRequest(
        "There is no engine {engine!r}.", "There are: {known}.", engine=engine_id, known=known
    )


def open_engine(info: EngineInfo) -> Engine:
    """Import the engine's module and return a new engine."""
    module, _, name = info.loader.partition(":")
    engine: Engine = getattr(importlib.import_module(module), name)()
    return engine
