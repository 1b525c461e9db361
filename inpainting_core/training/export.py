"""How does a run become weights that an engine can use?  The averaged network of a checkpoint, in fp16."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from inpainting_core.errors import InvalidRequest
from inpainting_core.training.checkpoints import Checkpoints, read_checkpoint
from inpainting_core.training.run import CHECKPOINTS
from inpainting_core.weights.shelf import OWN_LICENCE, Data, Sidecar
from inpainting_core.weights.tensors import publish


def export(run: Path, out: Path, which: Literal["best", "last"] = "best", title: str = "") -> Sidecar:
    """Write the weights of a run and their sidecar, and return the sidecar.

    Args:
        run: The run's folder.
        out: The .safetensors to write.
        which: The checkpoint that validated best (the last one when none did), or the last one.
        title: What a person should know first; empty = made from steps, device and photographs.

    Raises:
        InvalidRequest: the run has no checkpoint, or `out` has another ending.
        WeightsDamaged: the weights are not finite.
        ImageWriteError: a file could not be written.
    """
    if out.suffix != ".safetensors":
        raise InvalidRequest("{name} does not end in .safetensors.", "Give it that ending.", name=out.name)
    checkpoints = Checkpoints(run / CHECKPOINTS, 1)
    choice = [checkpoints.best] if which == "best" and checkpoints.best.is_file() else checkpoints.paths()
    if not choice:
        raise InvalidRequest("{run} has no checkpoint.", "Let the run reach one.", run=run)
    state = read_checkpoint(choice[-1])
    return publish(out, state["recipe"]["averaged"], _sidecar(state, title))


def _sidecar(state: dict[str, Any], title: str) -> Sidecar:
    config = json.loads(state["config"])
    manifest = config["data"].pop("manifest")
    for private in ("images", "validation"):  # paths of somebody's disk
        del config["data"][private]
    config["start"] = begun = state.get("begun_with")
    hours = state["seconds"] / 3600
    learned = f"{state['step']} steps on {state['images']} photographs"
    learned += f" after {begun['name']}" if begun else ""
    return Sidecar(
        engine=state["engine"],
        title=title or f"{learned}, {config['data']['side']} px, {hours:.1f} h on {state['device']}",
        options=state["options"],
        data=Data(manifest=manifest, images=state["images"], digest=state["digest"]),
        config=config,
        steps=state["step"],
        metrics=state["metrics"],
        device=f"{state['device']}, {hours:.2f} h",
        licence=begun["licence"] if begun else OWN_LICENCE,
    )
