"""How fast is contextual attention, and in how little memory?

    python -m tests.benchmarks.attention
    python -m tests.benchmarks.attention --peer ~/generative-inpainting-pytorch --sizes 512x512 768x768

A size is the picture's, height x width; the features have a quarter of it and 128 channels. Ours and the
port's take turns, each time in a process of its own, which warms up on something small. Seconds are medians;
extra memory is the process's greatest resident size during the layer, above what it had before. The port
is not tried where the machine has less memory free than it is known to take.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from inpainting_core.nn.attention_options import AttentionOptions
from inpainting_core.nn.contextual_attention import contextual_attention, source_faults
from tests.benchmarks import peer

_CHANNELS = 128
_PEER_TABLES = 20  # copies of queries x keys that the port was seen to hold
_OPTIONS = AttentionOptions(key_norm="added")  # the port's own way of dividing
_Sides = tuple[int, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when all was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.attention", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--peer", type=Path, help="folder of the port")
    parser.add_argument("--sizes", nargs="+", default=["512x512", "1024x1024", "1080x1920"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--one", nargs=2, metavar=("WHO", "FILE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(chosen.threads)
    if chosen.one:
        print(json.dumps(measured(chosen.one[0], sides(chosen.sizes[0]), chosen.peer, Path(chosen.one[1]))))
        return 0
    print(f"{chosen.threads} threads; load {os.getloadavg()[0]:.1f} at the start\n")
    print("| picture | queries | ours s | extra MB | port s | extra MB | ratio | difference |")
    print("|---" * 8 + "|")
    for size in chosen.sizes:
        print(row(size, chosen), flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")
    return 0


def sides(size: str) -> _Sides:
    """Return height and width of the features of a picture "1024x1024"."""
    height, width = (int(side) // 4 for side in size.split("x"))
    return height, width


def row(size: str, chosen: argparse.Namespace) -> str:
    """Return a line of the table."""
    height, width = sides(size)
    queries = height * width // 4
    found: dict[str, list[dict[str, float]]] = {"ours": [], "port": []}
    runs = ["ours", "port"] if chosen.peer and _PEER_TABLES * 4 * queries**2 < free_bytes() else ["ours"]
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(chosen.rounds):
            for who in runs:
                found[who].append(apart(who, size, chosen, Path(folder) / f"{who}.npy"))
        ours, theirs = summary(found["ours"]), summary(found["port"])
        cells = [size, f"{queries}", *ours, *theirs]
        if len(runs) == 1:
            return f"| {' | '.join([*cells, '-', '-'])} |"
        pair = [np.load(Path(folder) / f"{who}.npy") for who in runs]
        ratio = statistics.median(
            b["seconds"] / a["seconds"] for a, b in zip(found["ours"], found["port"], strict=True)
        )
        return f"| {' | '.join([*cells, f'{ratio:.2f}', f'{np.abs(pair[0] - pair[1]).max():.1e}'])} |"


def summary(runs: list[dict[str, float]]) -> list[str]:
    """Return median seconds and the greatest extra memory, as text."""
    if not runs:
        return ["-", "-"]
    seconds = statistics.median(run["seconds"] for run in runs)
    return [f"{seconds:.2f}", f"{max(run['extra_mb'] for run in runs):.0f}"]


def apart(who: str, size: str, chosen: argparse.Namespace, file: Path) -> dict[str, float]:
    """Return what a process of its own measured; the layer's answer is in the file."""
    command = [sys.executable, "-m", "tests.benchmarks.attention", "--sizes", size]
    command += ["--threads", str(chosen.threads), "--one", who, str(file)]
    command += ["--peer", str(chosen.peer)] if chosen.peer else []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(who: str, features: _Sides, folder: Path | None, file: Path) -> dict[str, float]:
    """Return seconds and extra megabytes of one run, and save the layer's answer."""
    if who == "port":
        Path("/proc/self/oom_score_adj").write_text("1000")  # whoever else is at work comes last
    layer = port(folder) if who == "port" else ours
    with torch.inference_mode():
        layer(*inputs((32, 32)))
        x, hole = inputs(features)
        before = resident("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")
        start = time.perf_counter()
        y = layer(x, hole)
        seconds = time.perf_counter() - start
    np.save(file, y.numpy())
    return {"seconds": seconds, "extra_mb": (resident("VmHWM") - before) / 1024}


def inputs(features: _Sides) -> tuple[Tensor, Tensor]:
    """Return features like a network's, (1, 128, H, W) >= 0, and a hole in the middle of the picture."""
    height, width = features
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(1, _CHANNELS, height, width, generator=generator).relu()
    x = x / x.norm(dim=1, keepdim=True) / 2
    hole = torch.zeros(1, 1, 4 * height, 4 * width)
    hole[:, :, height : 2 * height, width : 3 * width] = 1
    return x, hole


def ours(x: Tensor, hole: Tensor) -> Tensor:
    """Return our layer's answer; sources are remembered, as the editor shows them."""
    return contextual_attention(x, x, source_faults(x, hole, None, _OPTIONS), _OPTIONS, want_attention=True)[
        0
    ]


def port(folder: Path | None) -> Callable[[Tensor, Tensor], Tensor]:
    """Return the port's layer as a function."""
    layer = peer.attention(peer.modules(folder))
    return lambda x, hole: layer(x, x, hole)[0]


def resident(which: str) -> float:
    """Return kilobytes of this process in memory: "VmRSS" now, "VmHWM" at most."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return float(next(line for line in lines if line.startswith(which)).split()[1])


def free_bytes() -> int:
    """Return how much memory the machine could give."""
    lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("MemAvailable")).split()[1])


if __name__ == "__main__":
    sys.exit(main())
