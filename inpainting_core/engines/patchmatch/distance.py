"""How far apart are two patches?  The innermost loop, spelled out in vectors of four pixels.

Left to itself, the compiler turns rows of 28 numbers into scalar code: its own vectors are longer than
the rows. Measured (7x7, four channels, 512x512 picture, one core with 512-bit vectors): 80 to 130 ns a
distance from loops in plain numba, 21 to 42 ns from the vectors here, of which the first number is for
sources near each other and the second for sources all over the picture.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

CHANNELS = 4
PIXELS = 4
"""Pixels in a vector; arrays need as many spare pixels at their end, as the last vector reads beyond."""
_LANES = CHANNELS * PIXELS
_FAST = ("fast",)
_INDEX = ir.IntType(64)
_FLOAT = ir.FloatType()
_WEIGHTS = ir.VectorType(_FLOAT, PIXELS)
_VALUES = ir.VectorType(_FLOAT, _LANES)


def _rows_distance(  # noqa: PLR0913, PLR0917
    typing: Any, features: Any, trust: Any, here: Any, there: Any, pitch: Any, rows: Any, columns: Any
) -> Any:
    """Sum over rows x columns pixels of trust * |difference|^2.

    For kernels to call, without `typing`, which is numba's.

    Args:
        typing: Numba's context.
        features: (n,) float32, four numbers per pixel, and 4 * PIXELS spare finite ones at the end.
        trust: (n / 4,) float32, of the pixels at `here`.
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
    total = cgutils.alloca_once_value(builder, _constant(_VALUES, [0.0] * _LANES))
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
    counts = builder.icmp_signed("<", _constant(numbers, list(range(PIXELS))), limits)
    kept = builder.select(counts, weights, _constant(_WEIGHTS, [0.0] * PIXELS))
    return builder.shuffle_vector(kept, kept, _order([k // CHANNELS for k in range(_LANES)]))


def _constant(kind: ir.Type, values: list[Any]) -> ir.Constant:
    return ir.Constant(kind, values)


def _order(numbers: list[int]) -> ir.Constant:
    return ir.Constant(ir.VectorType(ir.IntType(32), len(numbers)), numbers)
