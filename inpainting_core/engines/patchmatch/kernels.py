"""Which inner loops run as machine code?  Patch distance, nearest-neighbour search, votes and copies.

Every kernel works on one band of a list of pixels in reading order, releases the GIL, and writes only what
belongs to its band, so that bands may run on any number of threads with the same result.

The innermost loop, the distance of two patches, is spelled out in vectors of four pixels: left to itself,
the compiler makes scalar code of rows of 28 numbers, since its own vectors are longer. Measured (7x7, four
channels, 512x512 picture, one core with 512-bit vectors): 80 to 130 ns a distance from loops in plain numba,
21 ns from these vectors for sources near each other, 42 ns for sources all over the picture.

Where a scale is small all pairs are compared, by the same distance. As a product of matrices that took a
quarter of the time (324 targets, 832 sources: 2.8 against 11 ms), but a product's rounding depends on the
number of its threads, and a seed has to give the same bytes on every machine.

All of it is one file, because compiled code is cached and looked up by the file that it stands in.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

compiled = partial(njit, nogil=True, cache=True, fastmath=True, boundscheck=False, error_model="numpy")
"""How every kernel is compiled."""
_LEAST_VOTE = np.float32(1e-30)
"""Sums of votes below this are none: their inverse would overflow."""
_FAVOUR = np.float32(1.2)
"""How much worse a source may be that continues a neighbour's piece: pieces grow, and are seamless inside."""
_HELD_TIMES, _HELD_MORE = np.float32(2), np.float32(0.3)
"""A source is held to a suggestion that costs at most so many times as much, and so much more. Measured: 40
holes of contextual attention, VGG distance 0.449 held at any cost, 0.430 so (1.3 and 0.1: the same)."""

CHANNELS = 4
PIXELS = 4
"""Pixels in a vector; arrays need as many spare pixels at their end, as the last vector reads beyond."""
_LANES = CHANNELS * PIXELS
_FAST = ("fast",)
_INDEX = ir.IntType(64)
_FLOAT = ir.FloatType()
_WEIGHTS = ir.VectorType(_FLOAT, PIXELS)
_VALUES = ir.VectorType(_FLOAT, _LANES)


class Ground(NamedTuple):
    """What the kernels work on at one scale, h x w pixels.

    Attributes:
        features: (h, w, 4) float32 from `spacious`: R, G, B with the present guess in the hole,
            and texture times `scales.TEXTURE_GAIN`.
        trust: (h, w) float32 from `spacious`: how much a pixel counts in a patch.
        scale: (h, w) float32: a patch's area over the trust inside; puts all distances on one footing.
        usable: (h, w) bool: may be copied.
        surcharge: (h, w) float32: extra cost of a source centre, -1 = no source.
        nnf: (h, w, 2) int32: (y, x) of each target's source centre, -1 elsewhere.
        cost: (h, w) float32: each target's distance to its source.
        weight: (h, w) float32: what each target's vote counts.
        targets: (n, 2) int32: centres of patches that touch the hole, in reading order.
        inside: (m, 2) int32: the hole's pixels, in reading order.
        pool: (k, 2) int32: centres that targets without a source may start from.
        radius: Half the patch.
    """

    features: NDArray[np.float32]
    trust: NDArray[np.float32]
    scale: NDArray[np.float32]
    usable: NDArray[np.bool_]
    surcharge: NDArray[np.float32]
    nnf: NDArray[np.int32]
    cost: NDArray[np.float32]
    weight: NDArray[np.float32]
    targets: NDArray[np.int32]
    inside: NDArray[np.int32]
    pool: NDArray[np.int32]
    radius: int


def spacious(shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return zeros with room behind for what `rows_distance` reads, and does not use, beyond the end."""
    size = int(np.prod(shape))
    return np.zeros(size + CHANNELS * PIXELS, np.float32)[:size].reshape(shape)


def _rows_distance(  # noqa: PLR0913, PLR0917
    typing: Any, features: Any, trust: Any, here: Any, there: Any, pitch: Any, rows: Any, columns: Any
) -> Any:
    """Sum over rows x columns pixels of trust * |difference|^2.

    For kernels to call, without `typing`, which is numba's.

    Args:
        typing: Numba's context.
        features: (h, w, 4) float32 from `spacious`: the last vector of a row reads beyond it.
        trust: (h, w) float32 from `spacious`, of the pixels at `here`.
        here: Index of the first pixel on one side.
        there: And on the other.
        pitch: Pixels from a row to the next.
        rows: Number of rows.
        columns: Pixels in each.
    """
    del here, there, pitch, rows, columns
    return types.float32(features, trust, *[types.int64] * 5), _emit


rows_distance: Any = intrinsic(_rows_distance)


def _emit(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Any) -> ir.Value:
    features, trust, here, there, pitch, rows, columns = arguments
    values = context.make_array(signature.args[0])(context, builder, value=features).data
    weights = context.make_array(signature.args[1])(context, builder, value=trust).data
    total = cgutils.alloca_once_value(builder, ir.Constant(_VALUES, [0.0] * _LANES))
    vectors = builder.sdiv(builder.add(columns, _INDEX(PIXELS - 1)), _INDEX(PIXELS))
    with cgutils.for_range(builder, rows, intp=_INDEX) as row:
        shift = builder.mul(row.index, pitch)
        with cgutils.for_range(builder, vectors, intp=_INDEX) as vector:
            first = builder.mul(vector.index, _INDEX(PIXELS))
            a = builder.add(builder.add(here, shift), first)
            b = builder.add(builder.add(there, shift), first)
            weight = _spread(builder, _load(builder, weights, a, _WEIGHTS), builder.sub(columns, first))
            difference = builder.fsub(
                _load(builder, values, builder.mul(a, _INDEX(CHANNELS)), _VALUES),
                _load(builder, values, builder.mul(b, _INDEX(CHANNELS)), _VALUES),
                flags=_FAST,
            )
            part = builder.fmul(weight, builder.fmul(difference, difference, flags=_FAST), flags=_FAST)
            builder.store(builder.fadd(builder.load(total), part, flags=_FAST), total)
    kind = ir.FunctionType(_FLOAT, [_FLOAT, _VALUES])
    total_of = cgutils.get_or_insert_function(builder.module, kind, f"llvm.vector.reduce.fadd.v{_LANES}f32")
    return builder.call(total_of, [_FLOAT(0.0), builder.load(total)], fastmath=_FAST)


def _load(builder: ir.IRBuilder, base: ir.Value, index: ir.Value, kind: ir.Type) -> ir.Value:
    place = builder.bitcast(builder.gep(base, [index]), kind.as_pointer())
    return builder.load(place, align=4)


def _spread(builder: ir.IRBuilder, weights: ir.Value, left: ir.Value) -> ir.Value:
    """Return each pixel's weight for all its channels; pixels beyond the `left` first ones weigh 0."""
    numbers = ir.VectorType(_INDEX, PIXELS)
    nothing = ir.Constant(numbers, ir.Undefined)
    limit = builder.insert_element(nothing, left, ir.IntType(32)(0))
    limits = builder.shuffle_vector(limit, nothing, _order([0] * PIXELS))
    counts = builder.icmp_signed("<", ir.Constant(numbers, list(range(PIXELS))), limits)
    kept = builder.select(counts, weights, ir.Constant(_WEIGHTS, [0.0] * PIXELS))
    return builder.shuffle_vector(kept, kept, _order([k // CHANNELS for k in range(_LANES)]))


def _order(numbers: list[int]) -> ir.Constant:
    return ir.Constant(ir.VectorType(ir.IntType(32), len(numbers)), numbers)


@compiled(inline="always")
def _distance(features, trust, radius, here, there, limit):  # type: ignore[no-untyped-def]
    """Sum over the patch of trust * |difference|^2, or some of it if that is above `limit` already."""
    width = trust.shape[1]
    a = (here[0] - radius) * width + here[1] - radius
    b = (there[0] - radius) * width + there[1] - radius
    side, half = 2 * radius + 1, radius + 1
    upper = rows_distance(features, trust, a, b, width, half, side)
    if upper > limit:
        return upper
    return upper + rows_distance(features, trust, a + half * width, b + half * width, width, radius, side)


@compiled(inline="always")
def _cost_below(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    features, trust, surcharge, radius, here, there, scale, bound
):
    """The cost of the source `there`; `bound` if that is not less, or `there` is no source.

    Takes arrays one by one: taking them out of a tuple counts references, which costs more than a distance.
    """
    if there[0] < 0 or there[1] < 0 or there[0] >= surcharge.shape[0] or there[1] >= surcharge.shape[1]:
        return bound
    extra = surcharge[there[0], there[1]]
    if extra < 0 or extra >= bound:
        return bound
    raw = _distance(features, trust, radius, here, there, (bound - extra) / scale)
    return min(bound, raw * scale + extra)


@compiled()
def _hash(value):  # type: ignore[no-untyped-def]
    """A 32-bit mix: random numbers are a function of seed, sweep, pixel and try."""
    value = (value ^ (value >> 16)) * 0x7FEB352D & 0xFFFFFFFF
    value = (value ^ (value >> 15)) * 0x846CA68B & 0xFFFFFFFF
    return value ^ (value >> 16)


@compiled()
def scatter(ground, seed, band):  # type: ignore[no-untyped-def]
    """Give every target without an allowed source a random one from the pool."""
    for i in range(band[0], band[1]):
        y, x = ground.targets[i, 0], ground.targets[i, 1]
        sy, sx = ground.nnf[y, x, 0], ground.nnf[y, x, 1]
        if sy < 0 or ground.surcharge[sy, sx] < 0:
            chosen = _hash(_hash(i + 1) ^ seed) % ground.pool.shape[0]
            ground.nnf[y, x, 0] = ground.pool[chosen, 0]
            ground.nnf[y, x, 1] = ground.pool[chosen, 1]


@compiled()
def exhaust(ground, band):  # type: ignore[no-untyped-def]
    """Find every target's best source among all of the pool."""
    features, trust, surcharge, radius = ground.features, ground.trust, ground.surcharge, ground.radius
    nnf, scales, targets, pool = ground.nnf, ground.scale, ground.targets, ground.pool
    for i in range(band[0], band[1]):
        here = np.int64(targets[i, 0]), np.int64(targets[i, 1])
        scale = scales[here]
        best = np.float32(1e30)
        for k in range(pool.shape[0]):
            there = np.int64(pool[k, 0]), np.int64(pool[k, 1])
            cost = _cost_below(features, trust, surcharge, radius, here, there, scale, best)
            if cost < best:
                best = cost
                nnf[here[0], here[1], 0] = there[0]
                nnf[here[0], here[1], 1] = there[1]


@compiled()
def search(ground, rims, step, reach, seed, band):  # type: ignore[no-untyped-def]
    """One PatchMatch sweep: propagation along `step` (1 or -1), then random tries in shrinking windows.

    `rims` (bands, 2, w, 2) holds the field's rows just before and after each band as they were before the
    sweep, so that the result does not depend on when the neighbouring band runs.

    Source: Barnes et al. 2009, section 3.2.
    """
    features, trust, surcharge, radius = ground.features, ground.trust, ground.surcharge, ground.radius
    nnf, scales, targets, costs = ground.nnf, ground.scale, ground.targets, ground.cost
    first, last = targets[band[0], 0], targets[band[1] - 1, 0]
    for k in range(band[1] - band[0]):
        i = band[0] + k if step > 0 else band[1] - 1 - k
        y, x = np.int64(targets[i, 0]), np.int64(targets[i, 1])
        here, scale = (y, x), scales[y, x]
        by, bx = np.int64(nnf[y, x, 0]), np.int64(nnf[y, x, 1])
        best = np.float32(1e30)
        best = _cost_below(features, trust, surcharge, radius, here, (by, bx), scale, best)
        for way in range(2):
            ny, nx = (y, x - step) if way == 0 else (y - step, x)
            if nx < 0 or nx >= nnf.shape[1]:
                continue
            if ny < first:
                sy, sx = np.int64(rims[band[2], 0, nx, 0]), np.int64(rims[band[2], 0, nx, 1])
            elif ny > last:
                sy, sx = np.int64(rims[band[2], 1, nx, 0]), np.int64(rims[band[2], 1, nx, 1])
            else:
                sy, sx = np.int64(nnf[ny, nx, 0]), np.int64(nnf[ny, nx, 1])
            there = sy + y - ny, sx + x - nx
            if sy < 0 or (there[0] == by and there[1] == bx):
                continue
            bound = best * _FAVOUR
            cost = _cost_below(features, trust, surcharge, radius, here, there, scale, bound)
            if cost < bound:
                best, by, bx = cost, there[0], there[1]
        dice = _hash(_hash(i) ^ seed)
        window = reach
        while window >= 1:
            dice = _hash(dice + 0x9E3779B9 & 0xFFFFFFFF)
            side = 2 * window + 1
            there = by + ((dice & 0xFFFF) * side >> 16) - window, bx + ((dice >> 16) * side >> 16) - window
            window //= 2
            cost = _cost_below(features, trust, surcharge, radius, here, there, scale, best)
            if cost < best:
                best, by, bx = cost, there[0], there[1]
        costs[y, x] = best
        nnf[y, x, 0] = by
        nnf[y, x, 1] = bx


@compiled()
def hold(ground, suggested, band):  # type: ignore[no-untyped-def]
    """Bring back each source that lies more than a cell from all that is suggested for or beside its target.

    `suggested` is `Shifts.plain`. Places too near the edge for a patch stand for the nearest that are not. A
    target for which nothing allowed is suggested keeps its source, and so does one for which the nearest
    costs `_HELD_TIMES` times as much and `_HELD_MORE` more: who could look at few places may have named none
    that fits.
    """
    features, trust, surcharge, radius = ground.features, ground.trust, ground.surcharge, ground.radius
    pixels, scores, cell_px, margin, shrunk = suggested
    rows, columns, count = scores.shape
    half = shrunk // 2
    height, width = surcharge.shape
    for i in range(band[0], band[1]):
        y, x = np.int64(ground.targets[i, 0]), np.int64(ground.targets[i, 1])
        row = ((2 * y + 1) * shrunk // 2 - margin) // cell_px
        column = ((2 * x + 1) * shrunk // 2 - margin) // cell_px
        row, column = min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
        sy, sx = np.int64(ground.nnf[y, x, 0]), np.int64(ground.nnf[y, x, 1])
        nearest, by, bx = np.int64(1 << 30), sy, sx
        for r in range(max(0, row - 1), min(rows, row + 2)):
            for c in range(max(0, column - 1), min(columns, column + 2)):
                for k in range(count):
                    ty = y + (pixels[r, c, k, 0] + half) // shrunk
                    tx = x + (pixels[r, c, k, 1] + half) // shrunk
                    if scores[r, c, k] <= 0 or ty < 0 or tx < 0 or ty >= height or tx >= width:
                        continue
                    ty, tx = (
                        min(max(ty, radius), height - 1 - radius),
                        min(max(tx, radius), width - 1 - radius),
                    )
                    apart = max(abs(ty - sy), abs(tx - sx))
                    if apart < nearest and surcharge[ty, tx] >= 0:
                        nearest, by, bx = apart, ty, tx
        if nearest * shrunk > max(cell_px, shrunk) and nearest < 1 << 30:
            most = _HELD_TIMES * ground.cost[y, x] + _HELD_MORE
            cost = _cost_below(features, trust, surcharge, radius, (y, x), (by, bx), ground.scale[y, x], most)
            if cost < most:
                ground.nnf[y, x, 0], ground.nnf[y, x, 1], ground.cost[y, x] = by, bx, cost


@compiled()
def vote(ground, out, band):  # type: ignore[no-untyped-def]
    """Write to out (m, 3) the weighted mean of what the patches over each hole pixel say about it."""
    features, usable, nnf, weight = ground.features, ground.usable, ground.nnf, ground.weight
    inside, r = ground.inside, ground.radius
    height, width = usable.shape
    for i in range(band[0], band[1]):
        y, x = inside[i, 0], inside[i, 1]
        total = red = green = blue = np.float32(0)
        for cy in range(max(0, y - r), min(height, y + r + 1)):
            for cx in range(max(0, x - r), min(width, x + r + 1)):
                sy = np.int64(nnf[cy, cx, 0])
                if sy < 0:
                    continue
                sy += y - cy
                sx = np.int64(nnf[cy, cx, 1]) + x - cx
                if usable[sy, sx]:
                    w = weight[cy, cx]
                    total += w
                    red += w * features[sy, sx, 0]
                    green += w * features[sy, sx, 1]
                    blue += w * features[sy, sx, 2]
        if total > _LEAST_VOTE:
            out[i, 0], out[i, 1], out[i, 2] = red / total, green / total, blue / total
        else:
            for c in range(3):
                out[i, c] = features[y, x, c]


@compiled()
def choose(ground, sources, band):  # type: ignore[no-untyped-def]
    """Write to sources (m, 2) the pixel that the patches over each hole pixel agree on most.

    Falls back to the source of the nearest patch centre, which is always usable.
    """
    usable, nnf, weight, inside, r = ground.usable, ground.nnf, ground.weight, ground.inside, ground.radius
    height, width = usable.shape
    ways = np.empty((2 * r + 1) ** 2, np.int64)
    shares = np.empty((2 * r + 1) ** 2, np.float32)
    for i in range(band[0], band[1]):
        y, x = inside[i, 0], inside[i, 1]
        count = k = 0
        for cy in range(max(0, y - r), min(height, y + r + 1)):
            for cx in range(max(0, x - r), min(width, x + r + 1)):
                sy = np.int64(nnf[cy, cx, 0])
                if sy < 0:
                    continue
                sy += y - cy
                sx = np.int64(nnf[cy, cx, 1]) + x - cx
                if not usable[sy, sx]:
                    continue
                way = sy * width + sx
                if k >= count or ways[k] != way:
                    k = 0
                    while k < count and ways[k] != way:
                        k += 1
                    if k == count:
                        ways[k], shares[k] = way, 0
                        count += 1
                shares[k] += weight[cy, cx]
        best = 0
        if count == 0:
            cy, cx = min(max(y, r), height - 1 - r), min(max(x, r), width - 1 - r)
            ways[0] = np.int64(nnf[cy, cx, 0]) * width + nnf[cy, cx, 1]
        for k in range(1, count):
            if shares[k] > shares[best]:
                best = k
        sources[i, 0], sources[i, 1] = ways[best] // width, ways[best] % width
