"""How fast is the whole generator, beside the public port and beside the machine's own matrix product?

    python -m tests.benchmarks.generator
    python -m tests.benchmarks.generator --peer ~/generative-inpainting-pytorch --sizes 256x256 512x512

Equal weights, the same threads, taking turns in one process. The machine's rate is that of a product of
matrices by the same library, measured in the same round; the share is the work done (what the folded
convolutions and the attention really multiply) over the time at that rate. On a busy machine read the ratios,
and the processor's own seconds with --threads 1.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from inpainting_core.api import FillRequest, Session
from inpainting_core.networks.contextual_net import ContextualNet, ContextualOptions
from inpainting_core.nn.attention_options import AttentionOptions
from inpainting_core.nn.blocks import Convolution, Doubling
from inpainting_core.nn.swift import product
from inpainting_core.weights.foreign import converted
from tests.benchmarks import peer

_FOLDED = 4 / 9
_Clock = Callable[[], float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when all was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.generator", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--peer", type=Path, help="folder of the port")
    parser.add_argument("--sizes", nargs="+", default=["256x256", "512x512"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(0)
    networks = peer.modules(chosen.peer)
    theirs = peer.generator(networks) if networks else None
    net = ContextualNet(ContextualOptions(layer=AttentionOptions(key_norm="added"))).eval()
    if theirs is not None:
        net.load_state_dict(converted(theirs.state_dict(), "daa233").state)
    clock: _Clock = time.process_time if chosen.threads == 1 else time.perf_counter
    what = "seconds of the processor" if chosen.threads == 1 else "seconds"
    print(f"{chosen.threads} threads, {what}; load {os.getloadavg()[0]:.1f} at the start\n")
    print("| picture | ours | port | ratio | GFLOP | GFLOP/s | a product's | share | difference |")
    print("|---" * 9 + "|")
    for size in chosen.sizes:
        print(row(size, net, theirs, clock, chosen.rounds), flush=True)
    if theirs:
        print(f"\n{through_the_engine(theirs, clock, chosen.rounds)}")
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")
    return 0


def row(size: str, net: ContextualNet, theirs: Any, clock: _Clock, rounds: int) -> str:
    """Return a line of the table."""
    image, hole = inputs(size)
    work = gigaflops(net, image, hole)
    times: list[tuple[float, float, float]] = []
    with torch.no_grad():
        for _ in range(rounds):
            rate = product_rate(clock)
            start = clock()
            answer = net(image, hole)
            seconds = clock() - start
            start = clock()
            other = theirs(image, hole) if theirs else None
            times.append((seconds, clock() - start, rate))
    ours, port, rate = (statistics.median(column) for column in zip(*times, strict=True))
    share = statistics.median(work / seconds / rate for seconds, _, rate in times)
    cells = [
        size,
        f"{ours:.2f}",
        "-",
        "-",
        f"{work:.0f}",
        f"{work / ours:.0f}",
        f"{rate:.0f}",
        f"{share:.2f}",
    ]
    if other is None:
        return f"| {' | '.join([*cells, '-'])} |"
    cells[2], cells[3] = f"{port:.2f}", f"{statistics.median(b / a for a, b, _ in times):.2f}"
    far = max(float((a - b).abs().max()) for a, b in zip(answer[:2], other[:2], strict=True))
    return f"| {' | '.join([*cells, f'{far:.1e}'])} |"


def through_the_engine(theirs: Any, clock: _Clock, rounds: int) -> str:
    """Return how fast the engine fills 5 % of a photograph, beside the port, which must look at all of it."""
    session, (picture, _) = Session(), inputs("512x512")
    image = np.ascontiguousarray(((picture[0].permute(1, 2, 0).numpy() + 1) * 127.5).astype(np.uint8))
    mask = np.zeros((512, 512), np.bool_)
    mask[200:314, 200:314] = True
    request = FillRequest(image, mask, "contextual_attention")
    session.fill(request)
    hole = torch.from_numpy(mask.astype(np.float32))[None, None]
    ratios = []
    for _ in range(rounds):
        start = clock()
        session.fill(request)
        ours = clock() - start
        start = clock()
        with torch.no_grad():
            theirs(picture * (1 - hole), hole)
        ratios.append((ours, clock() - start))
    ours, port = (statistics.median(column) for column in zip(*ratios, strict=True))
    ratio = statistics.median(b / a for a, b in ratios)
    return f"5 % of 512x512 through the engine: {ours:.2f} s, port {port:.2f} s, {ratio:.1f} times as fast"


def inputs(size: str) -> tuple[Tensor, Tensor]:
    """Return a picture (1, 3, H, W) in [-1, 1] with nothing in the hole, and the hole in its middle."""
    height, width = (int(side) for side in size.split("x"))
    hole = torch.zeros(1, 1, height, width)
    hole[:, :, height // 4 : height // 2, width // 4 : 3 * width // 4] = 1
    return (torch.rand(1, 3, height, width) * 2 - 1) * (1 - hole), hole


def product_rate(clock: _Clock) -> float:
    """Return GFLOP/s of products of matrices about as large as a layer's."""
    left, right = torch.randn(2048, 1152), torch.randn(512, 1152)
    start = clock()
    for _ in range(20):
        product(left, right)
    return 20 * 2 * 2048 * 1152 * 512 / 1e9 / (clock() - start)


def gigaflops(net: ContextualNet, image: Tensor, hole: Tensor) -> float:
    """Return what one run multiplies and adds, in 10^9: the convolutions and the attention's products."""
    total = 0.0

    def count(layer: nn.Module, _: Any, output: Tensor) -> None:
        nonlocal total
        if isinstance(layer, Convolution):
            folded = _FOLDED if isinstance(layer, Doubling) else 1
            total += 2 * folded * output.numel() * layer.in_channels * layer.kernel_size[0] ** 2 / 1e9

    hooks = [layer.register_forward_hook(count) for layer in net.modules()]
    with torch.no_grad():
        net(image, hole)
    for hook in hooks:
        hook.remove()
    queries = image.shape[2] * image.shape[3] / 64
    return total + 2 * queries**2 * 4 * net.options.width * 5 / 1e9


if __name__ == "__main__":
    sys.exit(main())
