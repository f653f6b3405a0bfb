"""Makes ops_<family>.json: for every op, inputs and the outputs that it must give.

Run from any folder, with Python 3.11 or newer and NumPy 2.4.6:

    python3 test/golden/make_ops.py

Nothing else is needed, nothing is read but keras.json (to check the activations), and a second run writes the same bytes.
The tests never run this file; it is kept so that every number has a known origin. README.md describes the case format.

How a number comes about: inputs are rounded to their dtype first; the op is then computed by NumPy in float64 (integers in
int64), from its textbook definition where NumPy lacks it; the result is rounded once to the dtype that the op must give.
The dtypes follow one ladder, bool < uint8 < int32 < int64 < float16 < float32 < float64, not NumPy's own promotion.
"""

import json
import math
import os
import warnings
import zlib
from collections import Counter

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
NAN, INF = math.nan, math.inf
np.seterr(all="ignore")

BOOL, U8, I32, I64, F16, F32, F64 = LADDER = ["bool", "uint8", "int32", "int64", "float16", "float32", "float64"]
FLOATS = (F16, F32, F64)

# Ops beyond the list that the runtime promises: present because Keras users reach for them.
EXTRA = set(
    "arange countNonzero diag diagonal diff eye fullLike inner linspace meshgrid moveaxis nanToNum normalize onesLike "
    "outer swapaxes trace tril triu zerosLike".split()
)

cases = {"elementwise": [], "linear_algebra": [], "reductions": [], "movement": [], "activations": [], "creation": []}
family = ""
drawn = Counter()


# --- dtypes -----------------------------------------------------------------------------------------------------------


def dtype_of(x):
    return str(x.dtype)


def promote(*dtypes):
    return max(dtypes, key=LADDER.index)


def floating(*dtypes):
    """The dtype of a function that is only defined on floats: that of its float input, else float32."""
    top = promote(*dtypes)
    return top if top in FLOATS else F32


def boolean(*_):
    return BOOL


def wide(x, dtype=None):
    """`x` at the precision in which it is computed with, given the dtype of the result."""
    dtype = dtype or dtype_of(x)
    return x.astype(np.float64 if dtype in FLOATS else bool if dtype == BOOL else np.int64)


def narrow(x, dtype):
    return np.asarray(x).astype(dtype)


def tensor(values, dtype=F32, shape=None):
    x = np.array(values, dtype=np.float64 if dtype in FLOATS else np.int64).astype(dtype)
    return x if shape is None else x.reshape(shape)


# --- inputs -----------------------------------------------------------------------------------------------------------


def generator():
    """A generator seeded by the op's place, so that a new op leaves the numbers of the others alone."""
    drawn[family, current] += 1
    return np.random.default_rng(zlib.crc32(f"{family} {current} {drawn[family, current]}".encode()))


current = ""


def begin(op):
    global current
    current = op


def uniform(shape, dtype=F32, low=-3.0, high=3.0):
    """Floats with three decimals, whole numbers, or coin tosses."""
    random = generator()
    if dtype == BOOL:
        return random.integers(0, 2, shape).astype(bool)
    if dtype in FLOATS:
        return np.round(random.uniform(low, high, shape), 3).astype(dtype)
    if dtype == U8:
        low = max(low, 0)
    return random.integers(math.ceil(low), math.floor(high) + 1, shape).astype(dtype)


def quarters(shape, dtype=F32, low=-3, high=3, zero=True):
    """Multiples of a quarter (whole numbers for integers): exact in every dtype, with plenty of ties."""
    random = generator()
    if dtype in FLOATS:
        x = random.integers(low * 4, high * 4 + 1, shape) / 4
        x = x if zero else np.where(x == 0, 0.75, x)
    else:
        x = random.integers(0 if dtype in (U8, BOOL) else low, high + 1, shape)
        x = x if zero else np.where(x == 0, 2, x)
    return np.asarray(x).astype(dtype)


# --- cases ------------------------------------------------------------------------------------------------------------


def number(value, dtype):
    if dtype == BOOL:
        return int(value)
    if dtype not in FLOATS:
        assert abs(int(value)) < 2**53, "an int64 must survive as a JSON number"
        return int(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    shortest = float(str(value))
    assert np.dtype(dtype).type(shortest) == value
    negative_zero = shortest == 0 and math.copysign(1, shortest) < 0
    whole = shortest.is_integer() and abs(shortest) < 1e15 and not negative_zero
    return int(shortest) if whole else shortest


def encode_tensor(x):
    x = np.asarray(x)
    assert dtype_of(x) in LADDER, x.dtype
    return {
        "dtype": dtype_of(x),
        "shape": list(x.shape),
        "data": [number(value, dtype_of(x)) for value in x.reshape(-1)],
    }


def encode_plain(value):
    if isinstance(value, (list, tuple)):
        return [encode_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return number(value, F64)
    return value


def case(inputs, outputs, args=(), options=None, before=(), input_list=False, note=None, tolerance=None, extra=False):
    """Records one call of the current op. `outputs` hold the right dtypes already."""
    record = {"op": current}
    if note:
        record["note"] = note
    if extra or current in EXTRA:
        record["extra"] = True
    if before:
        record["before"] = encode_plain(before)
    if input_list:
        record["inputList"] = True
    record["inputs"] = [encode_tensor(x) for x in inputs]
    record["args"] = encode_plain(args)
    if options:
        record["options"] = {key: encode_plain(value) for key, value in options.items()}
    record["outputs"] = [encode_tensor(x) for x in outputs]
    if tolerance is not None:
        record["tolerance"] = tolerance
    cases[family].append(record)


# --- elementwise ------------------------------------------------------------------------------------------------------

PAIRS = [
    ((), ()), ((3,), ()), ((), (2, 2)), ((2, 3), (2, 3)), ((2, 3), (3,)), ((4, 1), (1, 3)), ((2, 1, 3), (4, 1)),
    ((2, 3, 1, 2), (1, 3, 2, 1)), ((1, 1, 1, 1), (2,)), ((0, 3), (3,)), ((2, 0, 1), (1, 1, 4)), ((1,), (0,)),
]
FEW_PAIRS = [PAIRS[i] for i in (0, 3, 5, 6, 7, 9)]
MIXED = [(I32, F32), (F32, U8), (I64, F32), (BOOL, F32), (U8, I32), (I32, I64), (BOOL, I32), (F16, F32), (F32, F64),
(I32, F16)]
SPECIAL = [0.0, -0.0, 1.0, -1.0, INF, -INF, NAN]


def apply_binary(function, result, a, b, **more):
    dtype = result(dtype_of(a), dtype_of(b))
    domain = promote(dtype_of(a), dtype_of(b)) if dtype == BOOL else dtype
    case([a, b], [narrow(function(wide(a, domain), wide(b, domain)), dtype)], **more)


def binary(op, function, result, left, right, pairs, dtypes, mixed=MIXED, special=True):
    """`left` and `right` make an operand from a shape and a dtype."""
    begin(op)
    for a, b in pairs:
        apply_binary(function, result, left(a), right(b))
    for dtype in dtypes:
        for a, b in (((2, 3), (2, 3)), ((3, 1), (2,))):
            apply_binary(function, result, left(a, dtype), right(b, dtype))
    for a, b in mixed:
        apply_binary(function, result, left((2, 2), a), right((2,), b))
    if special:
        a, b = tensor(SPECIAL, shape=(7, 1)), tensor(SPECIAL)
        apply_binary(function, result, a, b, note="zeros, infinities and NaN")


def positive(shape, dtype=F32):
    return uniform(shape, dtype, 0.2, 3)


def small(shape, dtype=F32):
    """Exponents: whole and not negative for integers."""
    return uniform(shape, dtype, -2, 2) if dtype in FLOATS else uniform(shape, dtype, 0, 3)


def nonzero(shape, dtype=F32):
    return quarters(shape, dtype, zero=False)


def elementwise_binary():
    numeric = (F64, F16, I32, I64, U8)
    binary("add", np.add, promote, uniform, uniform, PAIRS, numeric)
    apply_binary(np.add, promote, tensor([200, 255], U8), tensor([100, 1], U8), note="uint8 wraps")
    apply_binary(np.add, promote, tensor([2**40, -(2**41)], I64), tensor([1, -3], I64), note="beyond 32 bits")
    apply_binary(np.logical_or, promote, uniform((2, 3), BOOL), uniform((3,), BOOL), note="of bools: or")
    binary("subtract", np.subtract, promote, uniform, uniform, PAIRS, (F64, F16, I32, I64))
    apply_binary(np.subtract, promote, tensor([5, 0], U8), tensor([3, 1], U8), note="uint8 wraps")
    binary("multiply", np.multiply, promote, uniform, uniform, PAIRS, numeric)
    apply_binary(np.multiply, promote, tensor([65536, 3], I32), tensor([65536, -7], I32), note="int32 wraps")
    apply_binary(np.multiply, promote, tensor([65536, 3], I64), tensor([65536, -7], I64), note="beyond 32 bits")
    apply_binary(np.logical_and, promote, uniform((2, 3), BOOL), uniform((3,), BOOL), note="of bools: and")
    binary("divide", np.divide, floating, uniform, nonzero, PAIRS, (F64, F16, I32, I64, U8, BOOL))
    binary("floorDivide", np.floor_divide, promote, quarters, nonzero, FEW_PAIRS, numeric, special=False)
    binary("mod", np.mod, promote, quarters, nonzero, FEW_PAIRS, numeric, special=False)
    for op, function in (("floorDivide", np.floor_divide), ("mod", np.mod)):
        begin(op)
        for dtype in (F32, I32, I64):
            a, b = tensor([7, -7, 7, -7, 6, -6, 0], dtype), tensor([3, 3, -3, -3, -3, 3, -5], dtype)
            apply_binary(function, promote, a, b, note="all signs")
    apply_binary(np.mod, promote, tensor([1.0, 5.0, NAN, INF]), tensor([0.0, INF, 2.0, 2.0]),
        note="NaN but for 5 mod infinity")
    binary("power", np.power, promote, positive, small, FEW_PAIRS, numeric, special=False)
    a, b = tensor([-2.0, -2.0, -2.0, 0.0, 0.0, -8.0, INF, NAN, 2.0]), tensor([2.0, 3.0, -1.0, 0.0, 2.5, 1 / 3, -1.0,
    0.0, 100.0])
    apply_binary(np.power, promote, a, b, note="negative bases, zero, infinity and NaN")
    apply_binary(np.power, promote, tensor([2, 3, -2], I64), tensor([40, 20, 5], I64), note="beyond 32 bits")
    for op, function in (("maximum", np.maximum), ("minimum", np.minimum)):
        binary(op, function, promote, uniform, uniform, FEW_PAIRS, (*numeric, BOOL))
    binary("arctan2", np.arctan2, floating, uniform, uniform, FEW_PAIRS, (F64, F16, I32))
    binary("hypot", np.hypot, floating, uniform, uniform, FEW_PAIRS, (F64, F16, I32))
    apply_binary(np.hypot, floating, tensor([3e30, 3e-30]), tensor([4e30, 4e-30]), note="squares leave the float32 range")
    apply_binary(np.hypot, floating, tensor([3e-10, 5e-11]), tensor([4e-10, 1.2e-10]), note="small arguments",
        tolerance=1e-14)
    binary("logaddexp", np.logaddexp, floating, uniform, uniform, FEW_PAIRS, (F64, F16, I32))
    apply_binary(np.logaddexp, floating, tensor([1000.0, -1000.0, 500.0]), tensor([1000.0, -1001.0, -500.0]), note="stable")

    for op, function in (
        ("equal", np.equal), ("notEqual", np.not_equal), ("less", np.less), ("lessEqual", np.less_equal),
        ("greater", np.greater), ("greaterEqual", np.greater_equal),
    ):
        operand = lambda shape, dtype=F32: quarters(shape, dtype, -1, 1)
        binary(op, function, boolean, operand, operand, FEW_PAIRS, (*numeric, BOOL))
        a, b = tensor([2**40, 2**40 + 1, -(2**35)], I64), tensor([2**40 + 1, 2**40 + 1, 2**35], I64)
        apply_binary(function, boolean, a, b, note="beyond 32 bits")
    for op, function in (("logicalAnd", np.logical_and), ("logicalOr", np.logical_or), ("logicalXor", np.logical_xor)):
        operand = lambda shape, dtype=BOOL: quarters(shape, dtype, -1, 1)
        binary(op, function, boolean, operand, operand, FEW_PAIRS, (F32, I32, U8), [(BOOL, F32), (I32, F32)])


error_function = np.vectorize(math.erf, otypes=[np.float64])
error_complement = np.vectorize(math.erfc, otypes=[np.float64])

SHAPES = [(), (1,), (5,), (2, 3), (2, 1, 3), (2, 2, 1, 3), (0,), (2, 0, 3)]


def apply_unary(function, result, x, args=(), options=None, **more):
    dtype = result(dtype_of(x))
    domain = dtype_of(x) if dtype == BOOL else dtype
    case([x], [narrow(function(wide(x, domain)), dtype)], args, options, **more)


def unary(op, function, result, low=-3, high=3, dtypes=(F64, F16, I32), special=True, shapes=SHAPES):
    begin(op)
    for shape in shapes:
        apply_unary(function, result, uniform(shape, F32, low, high))
    for dtype in dtypes:
        apply_unary(function, result, uniform((3, 2), dtype, low, high))
    if special:
        apply_unary(function, result, tensor(SPECIAL), note="zeros, infinities and NaN")


def elementwise_unary():
    every = (F64, F16, I32, I64, U8, BOOL)
    floats = (F64, F16)
    begin("logicalNot")
    for dtype in (BOOL, F32, I32, U8):
        apply_unary(np.logical_not, boolean, quarters((2, 3), dtype, -1, 1))
    for shape in ((), (0, 2), (2, 1, 2, 2)):
        apply_unary(np.logical_not, boolean, uniform(shape, BOOL))
    unary("negative", np.negative, promote, dtypes=(*floats, I32, I64))
    unary("absolute", np.abs, promote, dtypes=(*floats, I32, I64, U8))
    unary("sign", np.sign, promote, dtypes=(*floats, I32, I64, U8))
    unary("square", np.square, promote, dtypes=(*floats, I32, I64, U8))
    unary("sqrt", np.sqrt, floating, 0, 9, every)
    apply_unary(np.sqrt, floating, tensor([-1.0, 1e-30, 1e30]), note="negative gives NaN; small and large")
    unary("rsqrt", lambda x: 1 / np.sqrt(x), floating, 0.1, 9, floats)
    unary("reciprocal", lambda x: 1 / x, floating, 0.2, 4, floats)
    unary("exp", np.exp, floating, dtypes=every)
    apply_unary(np.exp, floating, tensor([88.0, 89.0, -100.0, -1000.0]), note="overflow and underflow")
    unary("expm1", np.expm1, floating, dtypes=every)
    apply_unary(np.expm1, floating, tensor([1e-6, -2e-7, 1e-9]), note="small arguments", tolerance=1e-11)
    unary("exp2", np.exp2, floating, dtypes=every)
    unary("log", np.log, floating, 0.1, 9, floats + (I32,))
    apply_unary(np.log, floating, tensor([1, 2, 255], U8))
    unary("log1p", np.log1p, floating, -0.9, 9, every)
    apply_unary(np.log1p, floating, tensor([1e-6, -2e-7, 1e-9]), note="small arguments", tolerance=1e-11)
    unary("log2", np.log2, floating, 0.1, 9, floats + (I32,))
    apply_unary(np.log2, floating, tensor([1, 2, 1024, 0.125]), note="powers of two")
    unary("log10", np.log10, floating, 0.1, 9, floats + (I32,))
    apply_unary(np.log10, floating, tensor([1, 10, 1000, 1e-5]), note="powers of ten")
    unary("sin", np.sin, floating, dtypes=every)
    unary("cos", np.cos, floating, dtypes=every)
    for op, function in (("sin", np.sin), ("cos", np.cos)):
        begin(op)
        apply_unary(function, floating, tensor([100.5, -333.25, 1000.0]), note="large arguments")
    unary("tan", np.tan, floating, -1.4, 1.4, every)
    unary("arcsin", np.arcsin, floating, -1, 1, every)
    unary("arccos", np.arccos, floating, -1, 1, every)
    for op, function in (("arcsin", np.arcsin), ("arccos", np.arccos)):
        begin(op)
        apply_unary(function, floating, tensor([1.0, -1.0, 1.5, -2.0]), note="the ends, and outside")
    unary("arctan", np.arctan, floating, dtypes=every)
    unary("sinh", np.sinh, floating, dtypes=every)
    apply_unary(np.sinh, floating, tensor([1e-6, -2e-7]), note="small arguments", tolerance=1e-11)
    unary("cosh", np.cosh, floating, dtypes=every)
    unary("tanh", np.tanh, floating, dtypes=every)
    unary("arcsinh", np.arcsinh, floating, -50, 50, every)
    apply_unary(np.arcsinh, floating, tensor([1e-6, -2e-7]), note="small arguments", tolerance=1e-11)
    unary("arccosh", np.arccosh, floating, 1, 9, floats + (I32,))
    unary("arctanh", np.arctanh, floating, -0.95, 0.95, floats)
    apply_unary(np.arctanh, floating, tensor([1e-6, -2e-7]), note="small arguments", tolerance=1e-11)
    for op, function in (("floor", np.floor), ("ceil", np.ceil), ("trunc", np.trunc)):
        unary(op, function, promote, dtypes=floats)
        apply_unary(function, promote, tensor([-2.5, -2.0, -0.5, 0.5, 1.5, 2.0, 8388609.0, 1e10]),
            note="halves, whole numbers, large")
    apply_unary(np.trunc, promote, uniform((2, 2), I32))
    unary("round", np.round, promote, dtypes=(*floats, I32))
    halves = tensor([-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 0.49999997, 8388609.0])
    apply_unary(np.round, promote, halves, note="half to even")
    for decimals in (0, 1, 2, -1):
        few = [1.234, -5.678, 12.346, -0.004, 0.126, 99.99]
        x = tensor(few if decimals > 0 else [*few, 15.0, 25.0, -35.0, 44.9])
        apply_unary(lambda v: np.round(v, decimals), promote, x, options={"decimals": decimals})
    unary("erf", error_function, floating, dtypes=floats)
    for op, function in (("isnan", np.isnan), ("isinf", np.isinf), ("isfinite", np.isfinite)):
        begin(op)
        for dtype in FLOATS:
            apply_unary(function, boolean, tensor(SPECIAL, dtype))
        for shape in ((), (2, 3), (0, 2)):
            apply_unary(function, boolean, uniform(shape))
        apply_unary(function, boolean, tensor([[INF, 1.0], [NAN, -INF]]).reshape(1, 2, 1, 2))
        apply_unary(function, boolean, uniform((3,), I32))


def elementwise_others():
    begin("clip")
    for shape in SHAPES:
        apply_unary(lambda v: np.clip(v, -1.5, 1.25), promote, uniform(shape), (-1.5, 1.25))
    for dtype in (F64, F16):
        apply_unary(lambda v: np.clip(v, -1.5, 1.25), promote, uniform((2, 3), dtype), (-1.5, 1.25))
    for dtype in (I32, I64, U8):
        apply_unary(lambda v: np.clip(v, 1, 2), promote, uniform((2, 3), dtype), (1, 2))
    apply_unary(lambda v: np.clip(v, -1, 1), promote, tensor(SPECIAL), (-1, 1), note="zeros, infinities and NaN")
    apply_unary(lambda v: np.clip(v, 0.0, INF), promote, tensor([-2.0, 0.5, INF]), (0, INF), note="open above")
    apply_unary(lambda v: np.clip(v, 2.0, 1.0), promote, tensor([0.0, 1.5, 3.0]), (2, 1), note="min above max gives max")

    begin("where")

    def where(condition, a, b, **more):
        dtype = promote(dtype_of(a), dtype_of(b))
        case([condition, a, b], [narrow(np.where(condition, a, b), dtype)], **more)

    for c, a, b in (
        ((), (), ()), ((3,), (3,), (3,)), ((2, 3), (2, 3), (2, 3)), ((2, 1), (3,), ()), ((3,), (2, 3), (2, 1)),
        ((), (2, 2), (2,)), ((2, 1, 1), (1, 3, 1), (4,)), ((1, 2, 1, 2), (2, 1, 1), (3, 1)), ((0, 2), (2,), ()), ((2,),
        (0, 2), (1, 1)),
    ):
        where(uniform(c, BOOL), uniform(a), uniform(b))
    for dtype in (F64, F16, I32, I64, U8, BOOL):
        where(uniform((2, 3), BOOL), uniform((2, 3), dtype), uniform((3,), dtype))
    for a, b in MIXED:
        where(uniform((2, 2), BOOL), uniform((2, 2), a), uniform((2,), b))
    where(tensor([1, 0, 1], BOOL), tensor([1.0, NAN, INF]), tensor([NAN, 2.0, NAN]), note="the branch not taken may be NaN")

    begin("cast")
    values = {
        F32: [0.0, -0.0, 1.0, 2.7, 0.5, 100.25, 255.0], F64: [0.0, 1.0, 2.7, 0.1, 100.25, 200.9], F16: [0.0, 1.0, 2.7,
        0.5, 100.25],
        I32: [0, 1, 2, 7, 100, 255], I64: [0, 1, 2, 7, 100, 255], U8: [0, 1, 2, 127, 128, 255], BOOL: [0, 1, 1, 0],
    }
    for source, data in values.items():
        for target in LADDER:
            x = tensor(data, source)
            case([x], [x != 0 if target == BOOL else narrow(wide(x), target)], (target,))
    for source in FLOATS:
        for target in (I32, I64):
            x = tensor([-0.5, -1.5, -2.9, -100.0, 0.9, 1.999], source)
            case([x], [narrow(wide(x), target)], (target,), note="towards zero")
    for source in (F32, F16):
        case([tensor([NAN, INF, -INF, -0.5, 0.0], source)], [tensor([1, 1, 1, 1, 0], BOOL)], (BOOL,),
            note="all but zero is true")
    for target in (F16, F32, F64):
        x = tensor(SPECIAL, F32)
        case([x], [narrow(x, target)], (target,), note="zeros, infinities and NaN")
    x = tensor([70000.0, -70000.0, 65504.0, 1e-9, 0.1])
    case([x], [narrow(x, F16)], (F16,), note="overflow and underflow")
    x = tensor([1e300, -1e300, 0.1, 1e-300], F64)
    case([x], [narrow(x, F32)], (F32,), note="overflow and underflow")
    x = tensor([2**40, -(2**33) - 1, 2**53 - 1], I64)
    case([x], [narrow(x, F64)], (F64,), note="beyond 32 bits")
    x = tensor([300, -1, 256, 77], I32)
    case([x], [narrow(x, U8)], (U8,), note="integers wrap")
    for shape in ((), (0, 2), (2, 1, 2, 2)):
        x = uniform(shape)
        case([x], [narrow(wide(x), I32)], (I32,))


# --- linear algebra ---------------------------------------------------------------------------------------------------


def product(function, inputs, args=(), options=None, **more):
    dtype = promote(*map(dtype_of, inputs))
    case(inputs, [narrow(function(*(wide(x, dtype) for x in inputs)), dtype)], args, options, **more)


def linear_algebra():
    shapes = [
        ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 4)), ((2, 3), (3, 4)), ((1, 3), (3, 1)), ((2, 2, 3), (2, 3, 2)),
        ((2, 2, 3), (3, 4)),
        ((2, 3), (4, 3, 2)), ((2, 1, 2, 3), (3, 3, 2)), ((1, 2, 2, 2), (3, 1, 2, 2)), ((3,), (2, 3, 2)), ((2, 2, 3), (3,)),
        ((0, 3), (3, 2)), ((2, 0), (0, 3)), ((2, 3), (3, 0)), ((0, 2, 3), (3, 2)), ((0,), (0,)),
    ]
    begin("matmul")
    for a, b in shapes:
        product(np.matmul, [uniform(a), uniform(b)])
    for dtype in (F64, F16, I32, I64):
        for a, b in (shapes[3], shapes[5]):
            product(np.matmul, [uniform(a, dtype), uniform(b, dtype)])
    for a, b in ((I32, F32), (F16, F32), (F32, F64)):
        product(np.matmul, [uniform((2, 3), a), uniform((3, 2), b)])
    product(np.matmul, [tensor([[1.0, INF], [NAN, 1.0]]), tensor([[1.0, 2.0], [1.0, -1.0]])], note="infinities and NaN")

    begin("dot")
    for a, b in (
        ((), ()), ((), (2, 3)), ((2,), ()), ((3,), (3,)), ((2, 3), (3,)), ((2, 3), (3, 4)), ((2, 2, 3), (3,)), ((2, 2, 3),
        (2, 3, 2)),
        ((3,), (2, 3, 2)), ((2, 1, 3), (3, 2)), ((0, 3), (3, 2)), ((2, 0), (0, 2)),
    ):
        product(np.dot, [uniform(a), uniform(b)])
    for dtype in (F64, F16, I32):
        product(np.dot, [uniform((2, 3), dtype), uniform((3, 2), dtype)])

    begin("einsum")

    def einsum(equation, *inputs, **more):
        product(lambda *x: np.einsum(equation, *x), list(inputs), before=(equation,), **more)

    for equation, *shapes in (
        ("ij,jk->ik", (2, 3), (3, 4)), ("ij,jk", (2, 3), (3, 4)), ("ba,cb", (2, 3), (4, 2)), ("ij->ji", (2, 3)),
        ("ba", (2, 3)), ("ij->", (2, 3)),
        ("ij->j", (2, 3)), ("ii->i", (3, 3)), ("ii->", (3, 3)), ("ii", (3, 3)), ("i,i->", (4,), (4,)), ("i,j->ij", (2,),
        (3,)),
        ("ij,ij->i", (2, 3), (2, 3)), ("ij,j->ij", (2, 3), (3,)), ("ij,kj->ik", (2, 3), (4, 3)),
        ("bij,bjk->bik", (2, 2, 3), (2, 3, 2)),
        ("...ij,...jk->...ik", (2, 1, 2, 3), (3, 3, 2)), ("...ij,jk->...ik", (2, 2, 3), (3, 2)), ("...i,i->...", (2, 3),
        (3,)),
        ("abc,cd->abd", (2, 2, 3), (3, 2)), ("bqhd,bkhd->bhqk", (1, 2, 2, 3), (1, 3, 2, 3)),
        ("bhqk,bkhd->bqhd", (1, 2, 2, 3), (1, 3, 2, 2)),
        ("abcd->dbca", (2, 1, 2, 3)), ("abc->ca", (2, 2, 3)), ("ij,jk,kl->il", (2, 3), (3, 2), (2, 2)), ("i,i,i->i", (3,),
        (3,), (3,)),
        (",i->i", (), (3,)), ("i->i", (3,)), ("ij,jk->ik", (0, 3), (3, 2)), ("ij,jk->ik", (2, 0), (0, 2)),
        ("a b, b c -> a c", (2, 2), (2, 3)),
        ("ij,jk->ik", (2, 1), (1, 3)), ("ijk,jil->kl", (2, 3, 2), (3, 2, 2)), ("aij,ajb->bi", (2, 2, 3), (2, 3, 2)),
    ):
        einsum(equation, *map(uniform, shapes))
    for dtype in (F64, F16, I32):
        einsum("ij,jk->ik", uniform((2, 3), dtype), uniform((3, 2), dtype))
        einsum("ij->j", uniform((2, 3), dtype))
    einsum("ij,jk->ik", uniform((2, 3), I32), uniform((3, 2), F32))

    begin("tensordot")
    for a, b, axes in (
        ((2, 3, 4), (3, 4, 2), None), ((2, 3), (3, 2), 1), ((2, 2, 3), (2, 3, 2), 2), ((2,), (3,), 0), ((2, 2), (2,), 0),
        ((2, 3), (2, 4), [[0], [0]]),
        ((2, 3, 4), (4, 3, 2), [[1, 0], [1, 2]]), ((2, 3), (4, 3), [[-1], [-1]]), ((2, 3), (2, 3), [[0, 1], [0, 1]]),
        ((3,), (3,), 1),
        ((2, 1, 3), (3, 2), [[2], [0]]), ((2, 0), (0, 3), 1), ((0, 2), (2, 2), 1),
    ):
        product(lambda x, y: np.tensordot(x, y, 2 if axes is None else axes), [uniform(a), uniform(b)],
        options=None if axes is None else {"axes": axes})
    for dtype in (F64, F16, I32):
        product(lambda x, y: np.tensordot(x, y, 1), [uniform((2, 3), dtype), uniform((3, 2), dtype)], options={"axes": 1})

    begin("outer")
    for a, b in (((2,), (3,)), ((2, 2), (3,)), ((), (2,)), ((0,), (2,))):
        product(np.outer, [uniform(a), uniform(b)])
    product(np.outer, [uniform((2,), I32), uniform((2,), I32)])
    begin("inner")
    for a, b in (((3,), (3,)), ((2, 3), (3,)), ((2, 3), (4, 3)), ((2, 2, 3), (2, 3)), ((), (2,))):
        product(np.inner, [uniform(a), uniform(b)])
    product(np.inner, [uniform((2,), I32), uniform((2,), I32)])
    for op, function, total in (("trace", np.trace, True), ("diagonal", np.diagonal, False)):
        begin(op)
        for shape, options in (
            ((3, 3), {}), ((2, 4), {}), ((3, 3), {"offset": 1}), ((3, 3), {"offset": -2}), ((2, 3, 2), {}),
            ((2, 3, 2), {"axis1": 1, "axis2": 2}),
            ((2, 3, 2), {"offset": 1, "axis1": -1, "axis2": 0}), ((2, 2), {"offset": 5}),
        ):
            product(lambda x: function(x, **options), [uniform(shape)], options=options)
        product(function, [uniform((3, 3), I32)])
    begin("diag")
    for shape, options in (((3,), {}), ((2,), {"k": 1}), ((2,), {"k": -1}), ((3, 3), {}), ((2, 3), {"k": 1})):
        product(lambda x: np.diag(x, **options), [uniform(shape)], options=options)
    for op, function in (("tril", np.tril), ("triu", np.triu)):
        begin(op)
        for shape, options in (
            ((3, 3), {}), ((2, 4), {}), ((4, 2), {"k": 1}), ((3, 3), {"k": -1}), ((2, 3, 3), {}),
            ((2, 1, 2, 2), {"k": 1}), ((0, 3), {}), ((2, 2), {"k": 5}),
        ):
            product(lambda x: function(x, **options), [uniform(shape)], options=options)
        product(function, [uniform((3, 3), I32)])
        x = uniform((3, 3), BOOL)
        case([x], [function(x)])


# --- reductions -------------------------------------------------------------------------------------------------------

REDUCED = [
    ((), {}), ((4,), {}), ((2, 3), {}), ((2, 3), {"axis": 0}), ((2, 3), {"axis": -1}),
    ((2, 3), {"axis": 1, "keepDims": True}),
    ((2, 3), {"keepDims": True}), ((2, 1, 3), {"axis": 1}), ((2, 3, 2), {"axis": [0, 2]}),
    ((2, 3, 2), {"axis": [-1, 0], "keepDims": True}),
    ((2, 3, 2), {"axis": [1]}), ((2, 3, 1, 2), {"axis": [1, 3]}), ((2, 3, 1, 2), {"axis": [0, 1, 2, 3]}),
    ((2, 3), {"axis": []}),
]


def keywords(options):
    """NumPy's names for the options."""
    result = {"keepdims" if key == "keepDims" else key: value for key, value in options.items()}
    if isinstance(result.get("axis"), list):
        result["axis"] = tuple(result["axis"])
    return result


def reduce(function, result, x, options=None, **more):
    options = options or {}
    dtype = result(dtype_of(x))
    domain = dtype_of(x) if dtype in (BOOL, I32) and result is not summed else dtype
    case([x], [narrow(function(wide(x, domain), **keywords(options)), dtype)], options=options, **more)


def summed(dtype):
    return I32 if dtype in (BOOL, U8) else dtype


def index(_):
    return I32


def log_sum_exp(x, axis=None, keepdims=False):
    top = np.max(x, axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0)
    total = np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True)) + top
    return total if keepdims else total.reshape(np.sum(x, axis=axis).shape)


def reductions():
    numeric = (F64, F16, I32, I64, U8, BOOL)
    mixed_signs = dict(low=-3, high=3)
    for op, function, result, dtypes, draw in (
        ("sum", np.sum, summed, numeric, mixed_signs), ("prod", np.prod, summed, numeric, mixed_signs),
        ("mean", np.mean, floating, numeric, mixed_signs), ("max", np.max, promote, numeric, mixed_signs),
        ("min", np.min, promote, numeric, mixed_signs), ("variance", np.var, floating, numeric, mixed_signs),
        ("std", np.std, floating, numeric, mixed_signs), ("logsumexp", log_sum_exp, floating, (F64, F16, I32), mixed_signs),
    ):
        begin(op)
        for shape, options in REDUCED:
            if options.get("axis") == []:
                continue
            reduce(function, result, uniform(shape, **draw), options)
        for dtype in dtypes:
            reduce(function, result, uniform((2, 3), dtype, **draw), {"axis": 1})
            reduce(function, result, uniform((4,), dtype, **draw))
    for op, function, empty in (("sum", np.sum, "0"), ("prod", np.prod, "1"), ("mean", np.mean, "NaN")):
        begin(op)
        for shape, options in (((0,), {}), ((2, 0), {"axis": 1}), ((0, 3), {"axis": 0, "keepDims": True}),
            ((0, 3), {"axis": 1})):
            reduce(function, floating, uniform(shape), options, note=f"of nothing: {empty}")
    begin("sum")
    reduce(np.sum, summed, tensor([200, 100, 255], U8), note="no uint8 overflow")
    reduce(np.sum, summed, tensor([2**40, 2**41, -5], I64), note="beyond 32 bits")
    for op, function in (("max", np.max), ("min", np.min)):
        begin(op)
        reduce(function, promote, uniform((0, 3)), {"axis": 1}, note="a kept axis of size 0")
    for op, function in (("sum", np.sum), ("mean", np.mean), ("max", np.max), ("min", np.min), ("prod", np.prod)):
        begin(op)
        x = tensor([[1.0, NAN, 2.0], [INF, 1.0, 2.0], [-INF, 1.0, 3.0]])
        reduce(function, promote, x, {"axis": 1}, note="infinities and NaN")
    begin("variance")
    reduce(np.var, floating, tensor([1000.0, 1001.0, 1002.0]), note="small against the mean", tolerance=1e-4)
    begin("logsumexp")
    x = tensor([[1000.0, 1000.0], [-1000.0, -1001.0], [-INF, 1.0], [-INF, -INF], [INF, 1.0]])
    reduce(log_sum_exp, floating, x, {"axis": 1}, note="stable; infinities")

    for op, function in (("argmax", np.argmax), ("argmin", np.argmin)):
        begin(op)
        for shape, options in REDUCED:
            if not isinstance(options.get("axis"), list) and shape != ():
                reduce(function, index, uniform(shape), options)
        for shape, options in (((2, 3, 2), {"axis": 1}), ((2, 3, 1, 2), {"axis": -2}), ((2, 2, 2), {}),
            ((2, 2, 3), {"axis": -1, "keepDims": True})):
            reduce(function, index, uniform(shape), options)
        for dtype in (F64, F16, I32, I64, U8):
            reduce(function, index, uniform((2, 4), dtype), {"axis": 1})
        reduce(function, index, tensor([[1.0, 3.0, 3.0, 1.0], [2.0, 2.0, 2.0, 2.0]]), {"axis": 1}, note="ties: the first")
        reduce(function, index, tensor([[1.0, NAN, 3.0, NAN], [INF, -INF, INF, -INF]]), {"axis": 1},
            note="NaN wins; infinities")
        reduce(function, index, uniform((0, 3)), {"axis": 1}, note="a kept axis of size 0")

    for op, function in (("any", np.any), ("all", np.all)):
        begin(op)
        for shape, options in REDUCED:
            if options.get("axis") != []:
                reduce(function, boolean, uniform(shape, BOOL), options)
        for dtype in (F32, I32, U8):
            reduce(function, boolean, quarters((3, 3), dtype, -1, 1), {"axis": 1})
        for shape, options in (((0,), {}), ((2, 0), {"axis": 1}), ((0, 2), {"axis": 1})):
            reduce(function, boolean, uniform(shape, BOOL), options, note="of nothing")
        reduce(function, boolean, tensor([[NAN, 0.0], [-0.0, 0.0], [NAN, INF]]), {"axis": 1}, note="NaN is true, -0 is not")

    for op, function in (("cumsum", np.cumsum), ("cumprod", np.cumprod)):
        begin(op)
        result = lambda dtype: I32 if dtype == BOOL else dtype
        for shape, options in (
            ((4,), {}), ((4,), {"axis": 0}), ((2, 3), {}), ((2, 3), {"axis": 0}), ((2, 3), {"axis": 1}),
            ((2, 3), {"axis": -1}),
            ((2, 1, 3), {"axis": -2}), ((2, 2, 1, 2), {"axis": 1}), ((0,), {"axis": 0}), ((2, 0), {"axis": 1}),
        ):
            reduce(function, result, uniform(shape), options)
        for dtype in (F64, F16, I32, I64, BOOL):
            x = uniform((2, 3), dtype)
            case([x], [narrow(function(wide(x, result(dtype)), axis=1), result(dtype))], options={"axis": 1})

    begin("norm")
    for shape, options in (
        ((3,), {}), ((2, 3), {}), ((2, 3, 2), {}), ((2, 3), {"axis": 1}), ((2, 3), {"axis": -1, "keepDims": True}),
        ((2, 3), {"keepDims": True}),
        ((3,), {"ord": 1}), ((3,), {"ord": 2}), ((3,), {"ord": INF}), ((3,), {"ord": -INF}), ((3,), {"ord": 0}),
        ((3,), {"ord": 3}),
        ((2, 3), {"ord": 1, "axis": 0}), ((2, 3), {"ord": 2, "axis": 1}),
        ((2, 3), {"ord": INF, "axis": 1, "keepDims": True}),
        ((2, 3), {"ord": -INF, "axis": 0}), ((2, 3), {"ord": "fro"}), ((2, 3), {"ord": 1}), ((2, 3), {"ord": -1}),
        ((2, 3), {"ord": INF}), ((2, 3), {"ord": -INF}),
        ((2, 3, 2), {"ord": "fro", "axis": [1, 2]}), ((2, 3, 2), {"axis": [0, 1]}), ((2, 3, 2), {"ord": 1, "axis": [0, 2]}),
        ((2, 3, 2), {"ord": 1, "axis": [2, 0]}), ((2, 3, 2), {"ord": INF, "axis": [-2, -1], "keepDims": True}),
        ((2, 1, 2, 3), {"axis": [2, 3], "keepDims": True}),
        ((2, 3, 2), {"ord": 2, "axis": -1}), ((0,), {}), ((2, 0), {"axis": 1}),
    ):
        reduce(np.linalg.norm, floating, uniform(shape), options)
    for dtype in (F64, F16, I32):
        reduce(np.linalg.norm, floating, uniform((2, 3), dtype), {"axis": 1})
        reduce(np.linalg.norm, floating, uniform((4,), dtype), {"ord": 1})
    reduce(np.linalg.norm, floating, tensor([[0.0, 2.0, 0.0], [0.0, 0.0, 0.0], [1.0, -1.0, 5.0]]), {"ord": 0,
        "axis": 1}, note="counts what is not zero")

    begin("countNonzero")
    for dtype in (F32, I32, BOOL):
        for options in ({}, {"axis": 1}, {"axis": [0, 1]}):
            x = quarters((2, 3), dtype, -1, 1)
            case([x], [narrow(np.count_nonzero(x, **keywords(options)), I32)], options=options)
    begin("normalize")
    for shape, options in (((3,), {}), ((2, 3), {}), ((2, 3), {"axis": 0}), ((2, 3), {"order": 1}),
        ((2, 2, 2), {"axis": 1, "order": 3})):
        x = uniform(shape)
        axis, order = options.get("axis", -1), options.get("order", 2)
        length = np.sum(np.abs(wide(x)) ** order, axis=axis, keepdims=True) ** (1 / order)
        case([x], [narrow(wide(x) / length, F32)], options=options)
    case([tensor([[0.0, 0.0], [3.0, 4.0]])], [tensor([[0.0, 0.0], [0.6, 0.8]])], note="zero stays zero")

    begin("softmax")
    softmax = lambda x, axis=-1: np.exp(x - log_sum_exp(x, axis, True))
    log_softmax = lambda x, axis=-1: x - log_sum_exp(x, axis, True)
    for op, function in (("softmax", softmax), ("logSoftmax", log_softmax)):
        begin(op)
        for shape, options in (
            ((1,), {}), ((4,), {}), ((2, 3), {}), ((2, 3), {"axis": 0}), ((2, 3), {"axis": -1}), ((2, 3, 2), {"axis": 1}),
            ((2, 1, 3), {"axis": 1}), ((2, 2, 1, 3), {"axis": -1}), ((2, 3, 1, 2), {"axis": 1}), ((0, 3), {}),
        ):
            reduce(function, floating, uniform(shape), options)
        reduce(function, floating, uniform((2, 3, 2)), {"axis": [1, 2]}, extra=True, note="over two axes")
        for dtype in (F64, F16):
            reduce(function, floating, uniform((2, 3), dtype))
        x = tensor([[1000.0, 1000.0, 999.0], [-1000.0, -1001.0, -1002.0], [-INF, 0.0, 1.0], [1e30, -1e30, 0.0]])
        reduce(function, floating, x, note="stable; minus infinity is masked out")


# --- movement ---------------------------------------------------------------------------------------------------------


def move(function, x, args=(), options=None, **more):
    """An op that only moves elements: the result has the input's dtype."""
    case([x], [np.asarray(function(x)).astype(x.dtype)], args, options, **more)


def every_dtype(function, shape, args=(), options=None):
    for dtype in (F64, F16, I32, I64, U8, BOOL):
        move(function, uniform(shape, dtype), args, options)


def movement():
    begin("reshape")
    for shape, target in (
        ((6,), [2, 3]), ((2, 3), [3, 2]), ((2, 3), [-1]), ((2, 3), [3, -1]), ((2, 3), [1, 2, 1, 3]), ((), [1]),
        ((), [1, 1]), ((1,), []), ((1, 1), []),
        ((2, 3, 2), [2, -1]), ((2, 1, 2, 3), [4, 3]), ((0, 3), [3, 0]), ((0,), [2, 0, 3]), ((2, 0), [0]),
        ((0, 3), [-1, 3]), ((2, 3), [2, 3]),
    ):
        move(lambda x: x.reshape(target), uniform(shape), (target,))
    every_dtype(lambda x: x.reshape(3, -1), (2, 3), ([3, -1],))

    begin("transpose")
    for shape, perm in (
        ((), None), ((3,), None), ((2, 3), None), ((2, 3, 4), None), ((2, 1, 2, 3), None), ((2, 3), [1, 0]),
        ((2, 3), [0, 1]), ((2, 3, 4), [2, 0, 1]),
        ((2, 3, 4), [0, 2, 1]), ((2, 1, 2, 3), [3, 1, 0, 2]), ((2, 1, 2, 3), [0, 2, 3, 1]), ((0, 3), [1, 0]),
        ((2, 0, 3), None),
    ):
        move(lambda x: np.transpose(x, perm), uniform(shape), () if perm is None else (perm,))
    every_dtype(np.transpose, (2, 3))

    begin("expandDims")
    for shape, axis in (((), 0), ((3,), 0), ((3,), 1), ((3,), -1), ((3,), -2), ((2, 3), 1), ((2, 3), -1), ((2, 3, 2), 2),
        ((0, 2), 1), ((2, 3), -3)):
        move(lambda x: np.expand_dims(x, axis), uniform(shape), (axis,))
    every_dtype(lambda x: np.expand_dims(x, 1), (2, 2), (1,))
    move(lambda x: np.expand_dims(x, (0, 2)), uniform((2, 3)), ([0, 2],), extra=True)

    begin("squeeze")
    for shape, options in (
        ((1,), {}), ((1, 3, 1), {}), ((2, 3), {}), ((1, 1), {}), ((1, 3, 1), {"axis": 0}), ((1, 3, 1), {"axis": -1}),
        ((1, 3, 1), {"axis": [0, 2]}),
        ((2, 1, 3, 1), {"axis": [1, -1]}), ((2, 1, 3, 1), {"axis": 1}), ((0, 1), {}), ((1, 0), {"axis": 0}), ((), {}),
    ):
        move(lambda x: np.squeeze(x, **keywords(options)), uniform(shape), options=options)
    every_dtype(np.squeeze, (2, 1))

    begin("flatten")
    for shape in ((), (1,), (3,), (2, 3), (2, 1, 3), (2, 2, 1, 2), (0, 3)):
        move(np.ravel, uniform(shape))
    every_dtype(np.ravel, (2, 2))

    def join(function, inputs, options=None, **more):
        dtype = promote(*map(dtype_of, inputs))
        case(inputs, [narrow(function(inputs, **(options or {})), dtype)], options=options, input_list=True, **more)

    begin("concatenate")
    for shapes, options in (
        (((2,), (3,)), {}), (((2, 3), (1, 3)), {}), (((2, 3), (2, 1)), {"axis": 1}), (((2, 3), (2, 1)), {"axis": -1}),
        (((2, 3),), {}),
        (((2, 3), (2, 3), (2, 3)), {"axis": 0}), (((2, 1, 2), (2, 3, 2), (2, 2, 2)), {"axis": 1}), (((1, 2, 2, 2),
        (1, 2, 2, 1)), {"axis": 3}),
        (((0,), (2,)), {}), (((2, 0), (2, 3)), {"axis": 1}), (((0, 3), (0, 3)), {}), (((2, 2), (2, 2)), {"axis": -2}),
    ):
        join(np.concatenate, list(map(uniform, shapes)), options)
    for dtype in (F64, F16, I32, I64, U8, BOOL):
        join(np.concatenate, [uniform((2, 2), dtype), uniform((1, 2), dtype)])
    for a, b in ((I32, F32), (BOOL, I32), (F16, F32)):
        join(np.concatenate, [uniform((2,), a), uniform((2,), b)], note="dtypes are promoted")

    begin("stack")
    for shape, count, options in (
        ((), 3, {}), ((3,), 2, {}), ((3,), 2, {"axis": 1}), ((3,), 2, {"axis": -1}), ((2, 3), 2, {}),
        ((2, 3), 3, {"axis": 1}), ((2, 3), 2, {"axis": -1}),
        ((2, 3), 2, {"axis": -2}), ((2, 1, 2), 2, {"axis": 2}), ((2,), 1, {}), ((0, 2), 2, {"axis": 1}),
    ):
        join(np.stack, [uniform(shape) for _ in range(count)], options)
    for dtype in (F64, F16, I32, I64, U8, BOOL):
        join(np.stack, [uniform((2,), dtype), uniform((2,), dtype)])
    join(np.stack, [uniform((2,), I32), uniform((2,), F32)], note="dtypes are promoted")

    def part(function, x, args=(), options=None, **more):
        case([x], function(x), args, options, **more)

    begin("split")
    for shape, sections, options in (
        ((4,), 2, {}), ((6,), 3, {}), ((4, 3), 2, {}), ((2, 6), 3, {"axis": 1}), ((2, 6), 2, {"axis": -1}), ((3,), 1, {}),
        ((6,), [2, 3], {}), ((2, 5), [1, 4], {"axis": 1}),
        ((2, 5), [3], {"axis": -1}), ((2, 4, 2), 2, {"axis": 1}), ((1, 2, 2, 4), [1], {"axis": 3}), ((4,), [2, 2], {}),
        ((0, 2), 2, {}), ((4, 0), 2, {}), ((3,), [0, 3], {}),
    ):
        part(lambda x: np.split(x, sections, **options), uniform(shape), (sections,), options)
    for dtype in (F64, F16, I32, I64, U8, BOOL):
        part(lambda x: np.split(x, 2), uniform((4,), dtype), (2,))

    begin("unstack")
    for shape, options in (((3,), {}), ((2, 3), {}), ((2, 3), {"axis": 1}), ((2, 3), {"axis": -1}),
        ((2, 2, 3), {"axis": 1}), ((1, 2), {}), ((2, 0), {}), ((1, 2, 2, 2), {"axis": -2})):
        part(lambda x: list(np.unstack(x, **options)), uniform(shape), (), options)
    for dtype in (F64, F16, I32, I64, U8, BOOL):
        part(lambda x: list(np.unstack(x)), uniform((2, 2), dtype))

    begin("slice")
    for shape, start, size in (
        ((5,), [1], [3]), ((5,), [0], [5]), ((3, 4), [1, 1], [2, 2]), ((3, 4), [0, 2], [3, 1]),
        ((2, 3, 4), [1, 0, 2], [1, 3, 2]),
        ((2, 2, 2, 3), [0, 1, 0, 1], [2, 1, 1, 2]), ((3, 4), [1, 1], [0, 2]), ((0, 3), [0, 1], [0, 2]), ((), [], []),
        ((5,), [5], [0]),
    ):
        move(lambda x: x[tuple(slice(s, s + n) for s, n in zip(start, size))], uniform(shape), (start, size))
    every_dtype(lambda x: x[1:3, 0:2], (3, 3), ([1, 0], [2, 2]))

    begin("pad")
    for shape, width, options in (
        ((3,), [[1, 2]], {}), ((2, 3), [[1, 1], [0, 2]], {}), ((2, 3), [[0, 0], [0, 0]], {}),
        ((2, 3), [[1, 0], [2, 1]], {"mode": "constant", "value": 1.5}),
        ((2, 1, 3), [[0, 1], [1, 0], [1, 1]], {"mode": "constant", "value": -2}),
        ((1, 2, 2, 1), [[0, 0], [1, 1], [1, 1], [0, 0]], {}), ((0, 2), [[1, 1], [0, 1]], {}), ((), [], {}),
        ((2,), [[1, 1]], {"mode": "constant", "value": -INF}),
        ((4,), [[2, 1]], {"mode": "reflect"}), ((3, 3), [[1, 2], [2, 0]], {"mode": "reflect"}),
        ((1, 3, 3, 1), [[0, 0], [1, 1], [1, 1], [0, 0]], {"mode": "reflect"}),
        ((4,), [[2, 1]], {"mode": "edge"}), ((2, 3), [[1, 2], [2, 0]], {"mode": "edge"}),
        ((2, 1, 2), [[0, 0], [3, 1], [1, 1]], {"mode": "edge"}),
        ((4,), [[2, 1]], {"mode": "symmetric"}), ((2, 3), [[1, 2], [2, 0]], {"mode": "symmetric"}),
        ((4,), [[2, 1]], {"mode": "wrap"}), ((2, 3), [[1, 2], [2, 0]], {"mode": "wrap"}),
    ):
        given = {"mode": options.get("mode", "constant")} | ({"constant_values": options["value"]} if "value" in options else {})
        move(lambda x: np.pad(x, width, **given) if width else x, uniform(shape),
            (width,), options, extra=given["mode"] in ("symmetric", "wrap"))
    every_dtype(lambda x: np.pad(x, [[1, 0], [0, 1]]), (2, 2), ([[1, 0], [0, 1]],))
    every_dtype(lambda x: np.pad(x, [[1, 2]], constant_values=1), (3,), ([[1, 2]],), {"value": 1})
    for mode in ("reflect", "edge"):
        move(lambda x: np.pad(x, [[1, 1]], mode=mode), uniform((3,), I32), ([[1, 1]],), {"mode": mode})

    begin("tile")
    for shape, repeats in (
        ((3,), [2]), ((2, 3), [2, 1]), ((2, 3), [1, 2]), ((2, 3), [2, 2]), ((2, 3), [2]), ((2,), [2, 2]), ((), [3]),
        ((), []), ((2, 3), [2, 1, 2]), ((2, 1, 2), [1, 3, 1]),
        ((1, 2, 1, 2), [2, 1, 2, 1]), ((2,), [0]), ((0, 2), [2, 1]), ((2, 2), [1, 1]),
    ):
        move(lambda x: np.tile(x, repeats), uniform(shape), (repeats,))
    every_dtype(lambda x: np.tile(x, [2, 1]), (1, 2), ([2, 1],))

    begin("repeat")
    for shape, count, options in (
        ((3,), 2, {}), ((2, 3), 2, {}), ((2, 3), 2, {"axis": 0}), ((2, 3), 3, {"axis": 1}), ((2, 3), 2, {"axis": -1}),
        ((2, 1, 2), 3, {"axis": 1}), ((2, 2, 1, 2), 2, {"axis": -2}),
        ((), 3, {}), ((3,), 0, {}), ((0, 2), 2, {"axis": 0}), ((3,), 1, {"axis": 0}),
    ):
        move(lambda x: np.repeat(x, count, **options), uniform(shape), (count,), options)
    every_dtype(lambda x: np.repeat(x, 2, axis=0), (2, 2), (2,), {"axis": 0})
    for shape, count, options in (((3,), [1, 0, 2], {}), ((2, 3), [2, 1], {"axis": 0})):
        move(lambda x: np.repeat(x, count, **options), uniform(shape),
            (count,), options, extra=True, note="a count for each")

    begin("flip")
    for shape, options in (
        ((4,), {}), ((2, 3), {}), ((2, 3), {"axis": 0}), ((2, 3), {"axis": -1}), ((2, 3, 2), {"axis": [0, 2]}),
        ((2, 1, 3), {"axis": 1}), ((2, 2, 1, 3), {}), ((0, 3), {"axis": 1}), ((), {}),
    ):
        move(lambda x: np.flip(x, **keywords(options)), uniform(shape), options=options)
    every_dtype(lambda x: np.flip(x, axis=1), (2, 3), options={"axis": 1})

    begin("roll")
    for shape, shift, options in (
        ((5,), 2, {}), ((5,), -1, {}), ((5,), 7, {"axis": 0}), ((5,), 0, {}), ((2, 3), 1, {}), ((2, 3), 1, {"axis": 0}),
        ((2, 3), -1, {"axis": 1}), ((2, 3), 2, {"axis": -1}),
        ((2, 3, 2), [1, -1], {"axis": [0, 1]}), ((2, 1, 3), 1, {"axis": 2}), ((2, 2, 1, 3), 1, {"axis": -1}),
        ((0, 3), 1, {"axis": 1}), ((2, 3), -8, {}),
    ):
        move(lambda x: np.roll(x, shift, **keywords(options)), uniform(shape), (shift,), options)
    every_dtype(lambda x: np.roll(x, 1, axis=1), (2, 3), (1,), {"axis": 1})

    begin("broadcastTo")
    for shape, target in (((), []), ((), [2, 3]), ((3,), [2, 3]), ((2, 1), [2, 3]), ((1,), [4]), ((2, 3), [2, 3]),
        ((1, 3), [2, 2, 3]), ((2, 1, 2), [3, 2, 2, 2]), ((1, 2), [0, 2]), ((0, 1), [0, 3])):
        move(lambda x: np.broadcast_to(x, target), uniform(shape), (target,))
    every_dtype(lambda x: np.broadcast_to(x, [2, 3]), (3,), ([2, 3],))

    begin("take")

    def take(x, indices, options=None, **more):
        case([x, indices], [np.take(x, indices, **(options or {}))], options=options, **more)

    for shape, indices, options in (
        ((5,), [0, 3, 3], {}), ((5,), 2, {}), ((2, 3), [0, 5, 4], {}), ((2, 3), [1, 0, 1], {"axis": 0}),
        ((2, 3), [2, 0], {"axis": 1}), ((2, 3), [[0, 1], [2, 2]], {"axis": -1}), ((2, 3), 1, {"axis": 0}),
        ((2, 3, 2), [[1], [0]], {"axis": 1}), ((2, 1, 2, 2), [1, 0, 0], {"axis": -1}), ((3, 2), [], {"axis": 0}),
        ((4, 0), [1, 2], {"axis": 0}), ((4, 2), [[[3]]], {"axis": 0}),
    ):
        take(uniform(shape), tensor(indices, I32), options)
    take(uniform((5,)), tensor([-1, -5, 0], I32), note="negative indices count from the end")
    take(uniform((2, 3)), tensor([-1, 1], I32), {"axis": 1}, note="negative indices count from the end")
    for dtype in (F64, F16, I32, I64, U8, BOOL):
        take(uniform((3, 2), dtype), tensor([2, 0], I32), {"axis": 0})
    for dtype in (I64, U8):
        take(uniform((3, 2)), tensor([2, 0], dtype), {"axis": 0}, note=f"{dtype} indices")

    begin("takeAlongAxis")

    def take_along(x, indices, options=None, **more):
        axis = (options or {}).get("axis")
        case([x, indices], [np.take_along_axis(x, indices.astype(np.int64), axis)], options=options, **more)

    for shape, index_shape, options, high in (
        ((4,), (3,), {"axis": 0}, 3), ((2, 3), (2, 2), {"axis": 1}, 2), ((2, 3), (2, 3), {"axis": -1}, 2), ((2, 3),
        (1, 3), {"axis": 0}, 1), ((2, 3, 2), (2, 1, 2), {"axis": 1}, 2),
        ((2, 3), (4,), {}, 5), ((2, 3, 1, 2), (2, 3, 1, 1), {"axis": 3}, 1), ((2, 3), (2, 0), {"axis": 1}, 0),
    ):
        take_along(uniform(shape), uniform(index_shape, I32, 0, high), options)
    take_along(uniform((2, 3)), uniform((1, 2), I32, 0, 2), {"axis": 1}, note="the other axes broadcast")
    take_along(uniform((2, 3)), tensor([[-1, 0], [-3, -2]], I32), {"axis": 1}, note="negative indices count from the end")
    for dtype in (F64, F16, I32, I64, U8, BOOL):
        take_along(uniform((2, 3), dtype), uniform((2, 2), I32, 0, 2), {"axis": 1})
    take_along(uniform((2, 3)), uniform((2, 2), I64, 0, 2), {"axis": 1}, note="int64 indices")

    begin("oneHot")

    def one_hot(x, count, options=None, **more):
        options = options or {}
        encoded = x[..., None] == np.arange(count)
        axis = options.get("axis", -1)
        case([x], [np.moveaxis(encoded, -1, axis).astype(options.get("dtype", F32))], (count,), options, **more)

    for shape, options in (
        ((), {}), ((3,), {}), ((2, 3), {}), ((2, 1, 2), {}), ((3,), {"axis": 0}), ((3,), {"axis": -1}),
        ((2, 3), {"axis": 1}), ((2, 3), {"axis": 0}), ((2, 2, 2), {"axis": 1}),
        ((2, 2), {"axis": -2}), ((0,), {}), ((3,), {"dtype": I32}), ((3,), {"dtype": BOOL}), ((3,), {"dtype": F64}),
        ((3,), {"dtype": F16}), ((2, 2), {"axis": 1, "dtype": I64}), ((3,), {"dtype": U8}),
    ):
        one_hot(uniform(shape, I32, 0, 3), 4, options)
    for dtype in (I64, U8):
        one_hot(uniform((3,), dtype, 0, 3), 4)
    one_hot(tensor([-1, 0, 4, 3], I32), 4, note="out of range gives zeros, -1 too")

    begin("sort")
    for shape, options in (((5,), {}), ((1,), {}), ((2, 4), {}), ((4, 2), {"axis": 0}), ((2, 4), {"axis": -1}),
        ((2, 3, 2), {"axis": 1}), ((2, 2, 1, 3), {"axis": -1}), ((0,), {}), ((0, 3), {"axis": 1})):
        move(lambda x: np.sort(x, **options), uniform(shape), options=options)
    every_dtype(lambda x: np.sort(x), (2, 4))
    move(np.sort, tensor([1.0, 0.0, 1.0, 0.0, -1.0]), note="ties")
    move(np.sort, tensor([1.0, NAN, -INF, INF, 0.5]), note="NaN comes last")

    begin("argsort")

    def argsort(x, options=None, **more):
        case([x], [np.argsort(x, kind="stable", **(options or {})).astype(I32)], options=options, **more)

    for shape, options in (((5,), {}), ((1,), {}), ((2, 4), {}), ((4, 2), {"axis": 0}), ((2, 4), {"axis": -1}),
        ((2, 3, 2), {"axis": 1}), ((2, 2, 1, 3), {}), ((0,), {}), ((0, 3), {"axis": 1})):
        argsort(uniform(shape), options)
    for dtype in (F64, F16, I32, I64, U8):
        argsort(uniform((2, 4), dtype))
    argsort(tensor([1.0, 0.0, 1.0, 0.0, -1.0, 1.0]), note="ties keep their order")
    argsort(tensor([1, 0, 1, 0, 1], I32), note="ties keep their order")
    argsort(tensor([1.0, NAN, -INF, INF, 0.5]), note="NaN comes last")

    begin("topK")

    def top_k(x, k, **more):
        order = np.argsort(-wide(x), axis=-1, kind="stable")[..., :k]
        case([x], [np.take_along_axis(x, order, -1), order.astype(I32)], (k,), **more)

    for shape, k in (((5,), 2), ((5,), 5), ((1,), 1), ((2, 4), 1), ((2, 4), 3), ((2, 2, 3), 2), ((1, 2, 2, 4), 2),
        ((0, 3), 2)):
        top_k(uniform(shape), k)
    for dtype in (F64, F16, I32, I64):
        top_k(uniform((2, 4), dtype, -9, 9), 2)
    top_k(tensor([1.0, 3.0, 3.0, 2.0, 3.0]), 4, note="ties: the lower index first")
    top_k(tensor([INF, -INF, 0.0, INF]), 3, note="infinities")

    begin("swapaxes")
    for shape, a, b in (((2, 3), 0, 1), ((2, 3, 4), 0, 2), ((2, 3, 2), -1, 1), ((2, 1, 2, 3), 3, 1), ((3,), 0, 0)):
        move(lambda x: np.swapaxes(x, a, b), uniform(shape), (a, b))
    begin("moveaxis")
    for shape, a, b in (((2, 3), 0, 1), ((2, 3, 4), 0, -1), ((2, 3, 2), -1, 0), ((2, 1, 2, 3), [0, 1], [-1, -2]),
        ((2, 1, 2, 3), [3], [1])):
        move(lambda x: np.moveaxis(x, a, b), uniform(shape), (a, b))
    begin("diff")
    for shape, options in (((5,), {}), ((5,), {"n": 2}), ((2, 4), {}), ((3, 2), {"axis": 0}), ((1,), {})):
        move(lambda x: np.diff(wide(x), **options), uniform(shape), options=options)
    move(np.diff, uniform((4,), I32))
    begin("nanToNum")
    limit = float(np.finfo(np.float32).max)
    for options, (nan, high, low) in (({}, (0, limit, -limit)), ({"nan": 1.5, "posinf": 9, "neginf": -9}, (1.5, 9, -9))):
        x = tensor([1.0, NAN, INF, -INF, -0.5])
        move(lambda v: np.where(np.isnan(v), nan, np.where(v == INF, high, np.where(v == -INF, low, v))), x, options=options)


# --- activations ------------------------------------------------------------------------------------------------------

POINTS = [-10.0, -6.0, -3.5, -3.0, -2.0, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0, 2.0, 3.0, 3.5, 6.0, 6.5, 10.0]

# "Self-Normalizing Neural Networks" (Klambauer et al., 2017): the fixed point's alpha and scale.
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805


def sigmoid(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def celu(x, alpha=1.0):
    """Continuously differentiable ELU (Barron, 2017)."""
    return np.maximum(x, 0) + np.minimum(alpha * np.expm1(np.minimum(x, 0) / alpha), 0)


def gelu(x, approximate=False):
    """Gaussian error linear units (Hendrycks and Gimpel, 2016): exact, or by their tanh formula."""
    if approximate:
        return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    return 0.5 * x * error_complement(-x / math.sqrt(2))


def glu(x, axis=-1):
    a, b = np.split(x, 2, axis=axis)
    return a * sigmoid(b)


def hard_sigmoid(x):
    return np.clip(x + 3, 0, 6) / 6


def relu(x, negativeSlope=0.0, maxValue=None, threshold=0.0):
    # Keras's documentation says `x >= threshold`; what it computes is this. Adding 0 turns -0 into 0.
    y = np.where(x > threshold, x, negativeSlope * (x - threshold)) + 0.0
    return y if maxValue is None else np.minimum(y, maxValue)


def sparse_plus(x):
    return np.where(x <= -1, 0, np.where(x >= 1, x, (x + 1) ** 2 / 4))


def sparsemax(x, axis=-1):
    """The Euclidean projection onto the simplex (Martins and Astudillo, 2016, algorithm 1).

    Keras 3.15.1 departs from this where more than one entry is kept: there its rows do not sum to 1.
    """
    z = np.moveaxis(x, axis, -1)
    descending = -np.sort(-z, axis=-1)
    k = np.arange(1, z.shape[-1] + 1)
    support = 1 + k * descending > np.cumsum(descending, axis=-1)
    size = support.sum(axis=-1, keepdims=True)
    tau = (np.where(support, descending, 0).sum(axis=-1, keepdims=True) - 1) / size
    return np.moveaxis(np.maximum(z - tau, 0), -1, axis)


ACTIVATIONS = {
    "celu": celu,
    "elu": elu,
    "exponential": np.exp,
    "hardShrink": lambda x, threshold=0.5: np.where(np.abs(x) > threshold, x, 0),
    "hardSigmoid": hard_sigmoid,
    "hardSilu": lambda x: x * hard_sigmoid(x),
    "hardTanh": lambda x: np.clip(x, -1, 1),
    "leakyRelu": lambda x, negativeSlope=0.2: np.where(x >= 0, x, negativeSlope * x),
    "linear": lambda x: x,
    "logSigmoid": lambda x: -softplus(-x),
    "mish": lambda x: x * np.tanh(softplus(x)),
    "relu": lambda x: np.maximum(x, 0),
    "relu6": lambda x: np.clip(x, 0, 6),
    "selu": lambda x: SELU_SCALE * elu(x, SELU_ALPHA),
    "sigmoid": sigmoid,
    "silu": lambda x: x * sigmoid(x),
    "softShrink": lambda x, threshold=0.5: np.where(x > threshold, x - threshold, np.where(x < -threshold,
    x + threshold, 0)),
    "softplus": softplus,
    "softsign": lambda x: x / (1 + np.abs(x)),
    "sparsePlus": sparse_plus,
    "sparseSigmoid": lambda x: np.clip((x + 1) / 2, 0, 1),
    "squareplus": lambda x, b=4.0: (x + np.sqrt(x * x + b)) / 2,
    "tanh": np.tanh,
    "tanhShrink": lambda x: x - np.tanh(x),
}
OPTIONS = {
    "celu": [{"alpha": 0.5}, {"alpha": 2.0}],
    "elu": [{"alpha": 0.5}, {"alpha": 2.0}],
    "hardShrink": [{"threshold": 1}],
    "softShrink": [{"threshold": 1}],
    "leakyRelu": [{"negativeSlope": 0.01}, {"negativeSlope": 0}],
    "squareplus": [{"b": 0}, {"b": 1}],
}
# 100 and -100: what overflows when written carelessly. Only where the limit is plain.
STABLE = "celu elu hardSigmoid hardSilu hardTanh logSigmoid mish selu sigmoid silu softplus softsign squareplus tanh tanhShrink gelu".split()
SMALL = ("elu", "celu", "selu", "tanhShrink")


def activations():
    def activation(function, x, args=(), options=None, **more):
        case([x], [narrow(function(wide(x), *args, **(options or {})), dtype_of(x))], args, options, **more)

    for op, function in ACTIVATIONS.items():
        begin(op)
        activation(function, tensor(POINTS))
        for shape in ((), (1,), (2, 3), (2, 1, 3), (2, 2, 1, 2), (0, 3)):
            activation(function, uniform(shape))
        for dtype in (F64, F16):
            activation(function, uniform((2, 4), dtype, -5, 5))
        for options in OPTIONS.get(op, []):
            activation(function, tensor(POINTS), options=options)
        if op in STABLE:
            activation(function, tensor([-100.0, 100.0, -1000.0, 1000.0]), note="far out")
        if op in SMALL:
            activation(function, tensor([-1e-5, -1e-6, 1e-5, -1e-9]), note="small arguments", tolerance=1e-11)
        if op in ("relu", "sigmoid", "tanh", "softplus"):
            activation(function, tensor([NAN, INF, -INF]), note="infinities and NaN")
    begin("logSigmoid")
    activation(ACTIVATIONS["logSigmoid"], tensor([15.0, 20.0]), note="the tail", tolerance=1e-11)
    begin("softplus")
    activation(softplus, tensor([-15.0, -20.0]), note="the tail", tolerance=1e-11)
    begin("relu")
    activation(ACTIVATIONS["relu"], uniform((2, 3), I32))
    for options in ({"negativeSlope": 0.1}, {"maxValue": 3}, {"threshold": 1}, {"negativeSlope": 0.1, "maxValue": 3,
        "threshold": 1}):
        activation(relu, tensor(POINTS), options=options, extra=True)
    begin("gelu")
    for approximate in (False, True):
        options = {"approximate": approximate}
        activation(gelu, tensor(POINTS), options=options)
        for shape in ((), (2, 3), (2, 1, 3), (0, 3)):
            activation(gelu, uniform(shape), options=options)
        for dtype in (F64, F16):
            activation(gelu, uniform((2, 4), dtype, -5, 5), options=options)
        activation(gelu, tensor([-100.0, 100.0]), options=options, note="far out")
    begin("glu")
    for shape, options in (((4,), {}), ((2, 4), {}), ((2, 3), {"axis": 0}), ((2, 4), {"axis": 1}),
        ((1, 2, 2, 2), {"axis": -2}), ((2, 4, 3), {"axis": 1}), ((0, 2), {})):
        activation(glu, uniform(shape), options=options)
    for dtype in (F64, F16):
        activation(glu, uniform((2, 4), dtype))
    begin("sparsemax")
    activation(sparsemax, tensor([POINTS]))
    for shape, options in (((1,), {}), ((4,), {}), ((2, 3), {}), ((3, 5), {}), ((3, 2), {"axis": 0}),
        ((2, 4, 2), {"axis": 1}), ((2, 1, 2, 3), {"axis": -1})):
        activation(sparsemax, uniform(shape, F32, -1, 1), options=options)
    for dtype in (F64, F16):
        activation(sparsemax, uniform((2, 4), dtype, -1, 1))
    activation(sparsemax, tensor([[0.5, 0.5, 0.5, 0.5], [1.0, 1.0, 0.0, -5.0]]), note="ties")
    begin("threshold")
    threshold = lambda x, threshold, default: np.where(x > threshold, x, default)
    for limit, default in ((0.5, 0), (0, -1), (-1, 7.5)):
        activation(threshold, tensor(POINTS), (limit, default))
    for shape in ((), (2, 3), (2, 1, 3), (0, 3)):
        activation(threshold, uniform(shape), (0.3, -7))
    for dtype in (F64, F16):
        activation(threshold, uniform((2, 4), dtype), (0.3, -7))


# --- creation ---------------------------------------------------------------------------------------------------------


def creation():
    begin("arange")
    for args, options in (
        ((5,), {}), ((0,), {}), ((2, 5), {}), ((0, 10, 3), {}), ((5, 0, -2), {}), ((5, 2), {}),
        ((0, 1, 0.25), {"dtype": F32}), ((4,), {"dtype": F32}), ((3,), {"dtype": I64}), ((0.5, 3), {"dtype": F64}),
    ):
        case([], [np.arange(*args).astype(options.get("dtype", I32))], args, options)
    begin("linspace")
    for args, options in (((0, 1, 5), {}), ((-2, 2, 4), {}), ((3, 1, 3), {}), ((0, 1, 1), {}), ((0, 1, 0), {}),
        ((0, 1, 4), {"endpoint": False}), ((0, 10, 5), {"dtype": F64})):
        endpoint = options.get("endpoint", True)
        case([], [np.linspace(*args, endpoint=endpoint).astype(options.get("dtype", F32))], args, options)
    begin("eye")
    for args, options in (((3,), {}), ((1,), {}), ((0,), {}), ((3,), {"k": 1}), ((3,), {"k": -2}), ((2,), {"dtype": I32}),
        ((2,), {"dtype": BOOL})):
        case([], [np.eye(*args, k=options.get("k", 0)).astype(options.get("dtype", F32))], args, options)
    begin("meshgrid")
    for shapes, options in ((((2,), (3,)), {}), (((2,), (3,)), {"indexing": "ij"}), (((2,), (3,), (2,)), {}), (((3,),), {})):
        inputs = list(map(uniform, shapes))
        case(inputs, list(np.meshgrid(*inputs, **options)), options=options)
    for op, value in (("zerosLike", 0), ("onesLike", 1)):
        begin(op)
        for dtype in (F32, F64, F16, I32, I64, U8, BOOL):
            x = uniform((2, 2), dtype)
            case([x], [np.full_like(x, value)])
        x = uniform((0, 2))
        case([x], [np.full((0, 2), value).astype(I32)], options={"dtype": I32})
        x = uniform(())
        case([x], [np.full_like(x, value)])
    begin("fullLike")
    for dtype, value in ((F32, 2.5), (I32, 7), (BOOL, 1)):
        x = uniform((2, 2), dtype)
        case([x], [np.full_like(x, value)], (value,))
    x = uniform((3,))
    case([x], [np.full((3,), 4).astype(I64)], (4,), {"dtype": I64})


# --- the check against Keras, and the files ----------------------------------------------------------------------------


def check_activations():
    """Compares the definitions above with the activations in keras.json; returns the names compared."""
    with open(os.path.join(HERE, "keras.json")) as file:
        golden = json.load(file)["activations"]
    known = ACTIVATIONS | {
        "gelu": gelu, "sparsemax": sparsemax, "softmax": lambda x: np.exp(x - log_sum_exp(x, -1, True)),
        "logSoftmax": lambda x: x - log_sum_exp(x, -1, True),
        "threshold(threshold=0.3,default_value=-7)": lambda x: np.where(x > 0.3, x, -7),
    }
    for name, entry in golden.items():
        head, *tail = name.split("_") if "(" not in name else [name]
        function = known[head + "".join(word.capitalize() for word in tail)]
        expected, got = np.array(entry["y"]), function(np.array(entry["x"], dtype=np.float64))
        assert np.all(np.abs(got - expected) <= 1e-6 * np.maximum(1, np.abs(expected))), (name, got - expected)
    return list(golden)


def main():
    global family
    warnings.simplefilter("ignore")  # the mean of nothing is meant
    for name, parts in (
        ("elementwise", (elementwise_binary, elementwise_unary, elementwise_others)),
        ("linear_algebra", (linear_algebra,)), ("reductions", (reductions,)),
        ("movement", (movement,)), ("activations", (activations,)), ("creation", (creation,)),
    ):
        family = name
        for make in parts:
            make()
    total = 0
    for name, records in cases.items():
        text = "[\n" + ",\n".join(json.dumps(record, separators=(",", ":"), allow_nan=False) for record in records) + "\n]\n"
        with open(os.path.join(HERE, f"ops_{name}.json"), "w") as file:
            file.write(text)
        total += len(text)
        counts = Counter(record["op"] for record in records)
        print(f"{name}: {len(records)} cases, {len(text)} bytes")
        print("  " + ", ".join(f"{op} {count}" for op, count in counts.items()))
    print(f"{sum(map(len, cases.values()))} cases of {len({r['op'] for records in cases.values() for r in records})} ops, {total} bytes")
    print(f"activations that agree with keras.json: {len(check_activations())}")


if __name__ == "__main__":
    main()
