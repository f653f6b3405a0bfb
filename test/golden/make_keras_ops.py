"""Makes ops_<family>.json for the families at the end of this file: calls of ops and what Keras gives for them.

Run from any folder, with Keras 3.15.1 on JAX: KERAS_BACKEND=jax python test/golden/make_keras_ops.py [family ...]

A call is written with Strata's names of the op and its options; Keras's are the same in snake_case, except those in NAMES.
README.md describes the case format.
"""

import json
import math
import os
import re
import sys
import zlib

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
NAN, INF = math.nan, math.inf
np.seterr(all="ignore")

NAMES = {"keepDims": "keepdims"}
families = {}
family = ""
drawn = 0


def snake(name):
    return NAMES.get(name) or re.sub("[A-Z]", lambda letter: "_" + letter.group().lower(), name)


def number(value, dtype):
    if dtype == "bool":
        return int(value)
    if not dtype.startswith("float"):
        return int(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    shortest = float(str(value))
    assert np.dtype(dtype).type(shortest) == value
    whole = shortest.is_integer() and abs(shortest) < 1e15 and not (shortest == 0 and math.copysign(1, shortest) < 0)
    return int(shortest) if whole else shortest


def encode_tensor(x):
    x = np.asarray(x)
    dtype = str(x.dtype)
    return {"dtype": dtype, "shape": list(x.shape), "data": [number(value, dtype) for value in x.reshape(-1)]}


def encode_plain(value):
    if isinstance(value, (list, tuple)):
        return [encode_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return number(np.float64(value), "float64")
    return value


def case(op, inputs, *args, before=(), listed=False, tensors=None, note=None, tolerance=None, outputs=None, **options):
    """Records a call. `tensors` are options that are tensors; `outputs` what is right where Keras is not."""
    function = keras.ops
    for part in op.split("."):
        function = getattr(function, snake(part))
    inputs = [np.asarray(x) for x in inputs]
    tensors = tensors or {}
    named = {snake(name): value for name, value in {**options, **tensors}.items()}
    positional = [list(inputs)] if listed else inputs
    if outputs is None:
        # Some of Keras's ops take axes as tuples alone.
        named = {{("tri", "m"): "M", ("vander", "n"): "N"}.get((op, name), name): value for name, value in named.items()}
        plain = {name: tuple(value) if isinstance(value, list) else value for name, value in named.items()}
        result = function(*before, *positional, *args, **plain)
        outputs = list(result) if isinstance(result, (list, tuple)) else [result]
    record = {"op": op}
    if note:
        record["note"] = note
    if before:
        record["before"] = encode_plain(before)
    if listed:
        record["inputList"] = True
    record["inputs"] = [encode_tensor(x) for x in [*inputs, *tensors.values()]]
    if tensors:
        record["tensorOptions"] = list(tensors)
    record["args"] = encode_plain(args)
    if options:
        record["options"] = {name: encode_plain(value) for name, value in options.items()}
    record["outputs"] = [encode_tensor(x) for x in outputs]
    if tolerance is not None:
        record["tolerance"] = tolerance
    families.setdefault(family, []).append(record)


def generator():
    global drawn
    drawn += 1
    return np.random.default_rng(zlib.crc32(f"{family} {drawn}".encode()))


def uniform(shape, dtype="float32", low=-3.0, high=3.0):
    random = generator()
    if dtype == "bool":
        return random.integers(0, 2, shape).astype(bool)
    if dtype.startswith("float"):
        return np.asarray(np.round(random.uniform(low, high, shape), 3)).astype(dtype)
    return np.asarray(random.integers(math.ceil(max(low, 0) if dtype == "uint8" else low), math.floor(high) + 1, shape)).astype(dtype)


def tensor(values, dtype="float32"):
    return np.array(values, dtype=dtype)


def holes(shape, dtype="float32", share=0.3):
    """Numbers of which some are NaN."""
    x = uniform(shape, dtype)
    return np.where(generator().uniform(0, 1, shape) < share, NAN, x).astype(dtype)


SPECIAL = tensor([0.0, -0.0, 1.0, -1.0, INF, -INF, NAN])
SHAPES = [(), (5,), (2, 3), (2, 1, 3), (0,), (2, 0, 3)]
PAIRS = [((), ()), ((3,), ()), ((2, 3), (2, 3)), ((4, 1), (1, 3)), ((2, 1, 3), (4, 1)), ((2, 0, 1), (1, 1, 4))]


def unary(op, low=-3, high=3, dtypes=("float16", "int32", "uint8", "bool"), special=True):
    for shape in SHAPES:
        case(op, [uniform(shape, "float32", low, high)])
    for dtype in dtypes:
        case(op, [uniform((3, 2), dtype, low, high)])
    if special:
        case(op, [SPECIAL], note="zeros, infinities and NaN")


def binary(op, dtypes=("float16", "int32", "uint8"), draw=uniform, mixed=(("int32", "float32"),), special=True, **options):
    for a, b in PAIRS:
        case(op, [draw(a), draw(b)], **options)
    for dtype in dtypes:
        case(op, [draw((2, 3), dtype), draw((3,), dtype)], **options)
    for a, b in mixed:
        case(op, [draw((2, 2), a), draw((2,), b)], **options)
    if special:
        case(op, [SPECIAL.reshape(7, 1), SPECIAL], note="zeros, infinities and NaN", **options)


def nonzero(shape, dtype="float32"):
    x = uniform(shape, dtype)
    return np.where(x == 0, 2, x).astype(dtype)


# --- everyday: elementwise --------------------------------------------------------------------------------------------


def elementwise():
    for op in ("isposinf", "isneginf"):
        unary(op, dtypes=("float16", "int32", "bool"))
    # That of NaN is positive on paper; JAX reads the sign bit.
    unary("signbit", dtypes=("float16", "int32", "uint8"), special=False)
    case("signbit", [SPECIAL[:6]], note="zeros and infinities")
    for equal_nan in (False, True):
        binary("isclose", dtypes=("float16", "int32", "uint8"), draw=lambda s, d="float32": uniform(s, d, -1, 1).round(0), equalNan=equal_nan)
    case("isclose", [tensor([1.0, 1.0, 1e6, 0.0]), tensor([1.00001, 1.0001, 1000001.0, 1e-9])])
    case("isclose", [tensor([1.0, 2.0]), tensor([1.2, 2.6])], rtol=0.1, atol=0.1)
    case("allclose", [tensor([[1.0, 2.0]]), tensor([1.0, 2.00001])])
    case("allclose", [tensor([1.0, NAN]), tensor([1.0, NAN])])
    case("allclose", [tensor([1.0, NAN]), tensor([1.0, NAN])], equalNan=True)
    case("allclose", [tensor([]), tensor([1.0])])
    binary("divideNoNan", draw=lambda s, d="float32": uniform(s, d, -1, 1).round(0), dtypes=("float16", "int32"))
    binary("fmod", draw=nonzero)
    case("fmod", [tensor([7, -7, 7, -7], "int32"), tensor([3, 3, -3, -3], "int32")], note="all signs")
    binary("fmax")
    binary("fmin")
    binary("heaviside", dtypes=("float16", "int32"))
    unary("fabs")
    unary("erfc", dtypes=("float16",))
    case("erfc", [tensor([1.0, 1.5, 4.0, 8.0, 9.0, 12.0, -2.0, -8.0])], note="the tail")
    case("erfc", [tensor([4.0, 5.0, 6.0])], note="digits of the tail", tolerance=1e-13)
    unary("erfinv", -0.999, 0.999, dtypes=("float16",))
    unary("sinc")
    unary("cbrt", -9, 9)
    case("cbrt", [tensor([8.0, 27.0, -64.0, 1e-30, 1e30])], note="cubes")
    unary("deg2rad", -400, 400, dtypes=("float16", "int32"))
    unary("rad2deg", -7, 7, dtypes=("float16", "int32"))
    for x, e in (((2, 3), (3,)), ((4, 1), (1, 3)), ((0, 3), (3,))):
        case("ldexp", [uniform(x), uniform(e, "int32")])
    case("ldexp", [tensor([1e-30, 3.0, 1.0]), tensor([200, 100, -149], "int32")], note="powers beyond float32")
    case("ldexp", [uniform((3,), "float16"), uniform((3,), "int32")])
    binary("logaddexp2", dtypes=("float16", "int32"))
    case("logaddexp2", [tensor([1000.0, -1000.0]), tensor([1000.0, -1001.0])], note="stable")
    for op in ("trueDivide",):
        binary(op, draw=nonzero, dtypes=("float16", "int32"))
    for op in ("swish", "hardSwish"):
        unary(op, dtypes=("float16",), special=False)
    for op in ("amax", "amin", "var"):
        case(op, [uniform((2, 3))])
        case(op, [uniform((2, 3))], axis=1, keepDims=True)


# --- bits -------------------------------------------------------------------------------------------------------------


def integers(shape, dtype="int32"):
    return uniform(shape, dtype, -20, 20)


def bits():
    for op in ("bitwiseAnd", "bitwiseOr", "bitwiseXor"):
        for a, b in PAIRS:
            case(op, [integers(a), integers(b)])
        for a, b in (("uint8", "uint8"), ("bool", "bool"), ("int32", "uint8"), ("bool", "int32")):
            case(op, [integers((2, 3), a), integers((3,), b)])
    for op in ("bitwiseInvert", "bitwiseNot"):
        for shape in SHAPES:
            case(op, [integers(shape)])
        for dtype in ("uint8", "bool"):
            case(op, [integers((2, 3), dtype)])
    counts = tensor([0, 1, 2, 7, 8, 16, 30, 31, 32, 33, -1], "int32")
    values = tensor([0, 1, -1, 5, -5, 2**31 - 1, -(2**31)], "int32").reshape(7, 1)
    for op in ("bitwiseLeftShift", "bitwiseRightShift", "leftShift", "rightShift"):
        case(op, [values, counts], note="all signs, and as many as there are bits")
        case(op, [tensor([[0], [1], [5], [255], [128]], "uint8"), tensor([0, 1, 3, 7, 8, 9, 200], "uint8")])
        case(op, [integers((2, 0)), tensor([3], "int32")])
        case(op, [integers((2, 3)), tensor(2, "int32")])
    for op in ("gcd", "lcm"):
        for a, b in PAIRS:
            case(op, [integers(a), integers(b)])
        case(op, [tensor([832040, 1836311903, 12, -12, 0, 0, 7], "int32"), tensor([514229, 1134903170, -18, -18, 0, 5, 0], "int32")])
        case(op, [integers((2, 3), "uint8"), integers((3,), "uint8")])
        case(op, [integers((2, 3), "uint8"), integers((3,), "int32")])


# --- NaN --------------------------------------------------------------------------------------------------------------


def nan():
    for op in ("nansum", "nanprod", "nanmax", "nanmin", "nanmean", "nanvar", "nanstd", "nanmedian"):
        for shape in ((), (5,), (2, 3), (2, 3, 4)):
            case(op, [holes(shape)])
            # Of a scalar JAX's medians keep an axis that is not there.
            if shape != () or op != "nanmedian":
                case(op, [holes(shape)], keepDims=True)
        for axis in (0, -1, [0, 2], [2, 1, 0]):
            case(op, [holes((2, 3, 4), share=0.5)], axis=axis)
            case(op, [holes((2, 3, 4), share=0.5)], axis=axis, keepDims=True)
        case(op, [holes((3, 2), "float16")], axis=0)
        case(op, [uniform((3, 2), "int32")], axis=0)
        case(op, [tensor([[NAN, NAN], [1.0, NAN], [INF, -INF]])], axis=1, note="nothing but NaN, and infinities")
    for op in ("nansum", "nanprod", "nanmean", "nanvar", "nanstd"):
        case(op, [uniform((2, 0))], axis=1, note="nothing")
    for op in ("nanargmax", "nanargmin"):
        for shape in ((5,), (2, 3), (2, 3, 4)):
            case(op, [holes(shape)])
            case(op, [holes(shape)], keepDims=True)
        for axis in (0, 1, -1):
            case(op, [holes((2, 3, 4), share=0.5)], axis=axis)
            case(op, [holes((2, 3, 4), share=0.5)], axis=axis, keepDims=True)
        case(op, [uniform((3, 2), "int32")], axis=0)
        case(op, [holes((3, 2), "float16")], axis=0)
    for op in ("nancumsum", "nancumprod"):
        for shape in ((5,), (2, 3)):
            case(op, [holes(shape)])
        for axis in (0, 1, -1):
            case(op, [holes((2, 3, 4))], axis=axis)
        case(op, [uniform((3, 2), "int32")], axis=0)
        case(op, [holes((3, 2), "float16")], axis=0)
    for op, scale in (("nanquantile", 1), ("nanpercentile", 100)):
        for q in (0.3, [0.0, 0.25, 0.5, 1.0]):
            q = (np.array(q) * scale).astype("float32")
            for options in ({}, {"axis": 0}, {"axis": [0, 2], "keepDims": True}, {"axis": -1, "keepDims": True}):
                case(op, [holes((2, 3, 4)), q], **options)
        for method in ("linear", "lower", "higher", "midpoint", "nearest"):
            case(op, [holes((3, 7), share=0.4), tensor([0.1 * scale, 0.55 * scale])], axis=1, method=method)
        case(op, [tensor([[NAN, NAN], [1.0, NAN]]), tensor(0.5 * scale)], axis=1)


def quantiles():
    for op in ("median",):
        for shape in ((), (5,), (4,), (2, 3), (2, 3, 4)):
            case(op, [uniform(shape)])
            if shape != ():
                case(op, [uniform(shape)], keepDims=True)
        for axis in (0, -1, [0, 2], [2, 1, 0]):
            case(op, [holes((2, 3, 4), share=0.1)], axis=axis)
            case(op, [uniform((2, 3, 4))], axis=axis, keepDims=True)
        for dtype in ("float16", "int32", "uint8"):
            case(op, [uniform((3, 2), dtype)], axis=0)
    for op, scale in (("quantile", 1), ("percentile", 100)):
        for q in (0.3, [0.0, 0.25, 0.5, 1.0], []):
            q = (np.array(q) * scale).astype("float32")
            for options in ({}, {"axis": 0}, {"axis": [0, 2], "keepDims": True}, {"axis": -1, "keepDims": True}):
                case(op, [uniform((2, 3, 4)), q], **options)
        for method in ("linear", "lower", "higher", "midpoint", "nearest"):
            case(op, [uniform((3, 7)), tensor([0.1 * scale, 0.55 * scale])], axis=1, method=method)
        case(op, [holes((3, 7), share=0.1), tensor(0.5 * scale)], axis=1, note="NaN wins")
        for dtype in ("float16", "int32", "uint8"):
            case(op, [uniform((3, 2), dtype), tensor(0.5 * scale)], axis=0)


# --- everyday: movement and averages ----------------------------------------------------------------------------------


def stacking():
    for shape in SHAPES:
        case("ravel", [uniform(shape)])
        case("copy", [uniform(shape)])
        case("stopGradient", [uniform(shape)])
    case("append", [uniform((2, 3)), uniform((4,))])
    case("append", [uniform((2, 3)), uniform((1, 3))], axis=0)
    case("append", [uniform((2, 3), "int32"), uniform((2, 2))], axis=-1)
    for shapes in ([(), ()], [(2,), (3,)], [(2, 3), (2, 1)], [(2, 3, 1), (2, 2, 1)]):
        case("hstack", [uniform(shape) for shape in shapes], listed=True)
    for shapes in ([(), ()], [(3,), (3,)], [(2, 3), (1, 3)], [(3,), (2, 3)], [(2, 3, 1), (1, 3, 1)]):
        case("vstack", [uniform(shape) for shape in shapes], listed=True)
    for shapes in ([(), ()], [(3,), (3,)], [(2, 3), (2, 3)], [(2, 3), (2, 3, 2)], [(2, 3, 1), (2, 3, 4)]):
        case("dstack", [uniform(shape) for shape in shapes], listed=True)
    case("hstack", [uniform((2,), "int32"), uniform((3,))], listed=True)
    case("hsplit", [uniform((4,))], 2)
    case("hsplit", [uniform((2, 4))], 2)
    case("hsplit", [uniform((2, 5))], [1, 3])
    case("vsplit", [uniform((4, 2))], 2)
    case("vsplit", [uniform((4, 2))], [1, 2])
    case("dsplit", [uniform((2, 2, 4))], 2)
    case("arraySplit", [uniform((7,))], 3)
    case("arraySplit", [uniform((2, 5))], 2, axis=1)
    case("arraySplit", [uniform((2,))], 3)
    for k in range(-3, 5):
        case("rot90", [uniform((2, 3))], k=k)
    case("rot90", [uniform((2, 3, 4))])
    case("rot90", [uniform((2, 3, 4))], axes=[1, 2], k=3)
    case("rot90", [uniform((2, 3, 4), "int32")], axes=[2, 0])
    for shape in ((2, 3), (2, 3, 4), (0, 2)):
        case("fliplr", [uniform(shape)])
        case("flipud", [uniform(shape)])
    case("flipud", [uniform((3,))])


def averages():
    for shape in ((), (5,), (2, 3)):
        case("average", [uniform(shape)])
    case("average", [uniform((2, 3), "int32")], axis=0)
    case("average", [uniform((2, 3))], axis=1, tensors={"weights": uniform((3,), low=0.1)})
    case("average", [uniform((2, 3, 4))], axis=1, tensors={"weights": uniform((3,), low=0.1)})
    case("average", [uniform((2, 3))], tensors={"weights": uniform((2, 3), low=0.1)})
    case("average", [uniform((2, 3, 4))], axis=-1, tensors={"weights": uniform((2, 3, 4), low=0.1)})
    case("average", [uniform((2, 3), "float16")], axis=0, tensors={"weights": tensor([1, 2], "int32")})
    for options in ({}, {"axis": 1}, {"axis": [0, 2]}, {"axis": -1, "keepDims": True}):
        case("ptp", [uniform((2, 3, 4))], **options)
    case("ptp", [uniform((3, 2), "int32")], axis=0)
    for shape in ((5,), (2, 3), (2, 3, 4)):
        case("trapezoid", [uniform(shape)])
        case("trapezoid", [uniform(shape)], axis=0, dx=0.5)
    case("trapezoid", [uniform((2, 3))], tensors={"x": tensor([0.0, 1.0, 4.0])})
    case("trapezoid", [uniform((2, 3, 4))], axis=1, tensors={"x": tensor([0.0, 1.0, 4.0])})
    case("trapezoid", [uniform((2, 3))], tensors={"x": tensor([[0.0, 1.0, 4.0], [1.0, 2.0, 3.0]])})
    case("trapezoid", [uniform((2, 3), "int32")])


def creation():
    for args in ((3,), (0,)):
        case("identity", [], *args)
    case("identity", [], 2, dtype="int32")
    case("tri", [], 3)
    case("tri", [], 3, m=4, k=1)
    case("tri", [], 4, m=2, k=-1, dtype="int32")
    case("logspace", [], 0, 3, 4)
    case("logspace", [], -1, 1, 5, base=2, endpoint=False)
    case("logspace", [], 0, 2)
    case("geomspace", [], 1, 1000, 4)
    case("geomspace", [], -2, -32, 5, endpoint=False)


# --- places: scattering, segments, searching, counting -----------------------------------------------------------------


def places(values):
    return tensor(values, "int32")


def scattering():
    case("scatter", [places([[0], [2], [0]]), tensor([1.0, 2.0, 3.0])], [4])
    case("scatter", [places([[0, 1], [1, 2]]), tensor([1.0, 2.0])], [2, 3])
    case("scatter", [places([[1], [0], [1]]), uniform((3, 2))], [3, 2])
    case("scatter", [places([[1], [-1]]), uniform((2, 2), "int32")], [3, 2])
    case("scatter", [places([[1], [1]]), uniform((2,), "float16")], [3])
    case("scatter", [places([[[1], [0]]]), uniform((1, 2))], [3])
    for reduction in (None, "add", "max", "min", "mul"):
        options = {} if reduction is None else {"reduction": reduction}
        case("scatterUpdate", [uniform((4,)), places([[0], [2]]), uniform((2,))], **options)
        case("scatterUpdate", [uniform((3, 2)), places([[2], [0]]), uniform((2, 2))], **options)
        case("scatterUpdate", [uniform((3, 2), "int32"), places([[2, 1], [0, 0]]), uniform((2,), "int32")], **options)
        if reduction:
            case("scatterUpdate", [uniform((4,)), places([[1], [1], [-1]]), uniform((3,))], **options)
            case("scatterUpdate", [uniform((4,), "float16"), places([[1], [1], [-1]]), uniform((3,), "float16")], **options)
    for start in ([0, 0], [1, 1], [2, 2], [-1, -2]):
        case("sliceUpdate", [uniform((3, 4)), places(start), uniform((2, 2))])
    case("sliceUpdate", [uniform((5,), "int32"), places([3]), uniform((2,), "int32")])
    case("sliceUpdate", [uniform((2, 3, 4)), places([1, 0, 2]), uniform((1, 3, 2))])
    for op in ("segmentSum", "segmentProd", "segmentMax", "segmentMin"):
        for shape in ((5,), (5, 2), (5, 2, 3)):
            case(op, [uniform(shape), places([0, 2, 0, 1, 2])], numSegments=4)
        case(op, [uniform((4,)), places([0, -1, 7, 1])], numSegments=3, note="ids of no segment")
        case(op, [uniform((4,)), places([0, 0, 1, 3])], numSegments=4, sorted=True)
        for dtype in ("int32", "float16", "uint8"):
            case(op, [uniform((4,), dtype), places([0, 0, 1, 3])], numSegments=4)
        case(op, [uniform((0, 2)), places([])], numSegments=2)


def searching():
    for side in ("left", "right"):
        case("searchsorted", [tensor([1.0, 2.0, 2.0, 3.0]), tensor([0.0, 1.0, 2.0, 2.5, 3.0, 9.0, INF, -INF])], side=side)
        case("searchsorted", [tensor([1.0, NAN, NAN]), tensor([0.0, 2.0, NAN])], side=side)
        case("searchsorted", [places([1, 3, 5]), places([[0, 1], [4, 6]])], side=side)
        case("searchsorted", [tensor([]), tensor([1.0])], side=side)
    case("searchsorted", [tensor([1.0, 2.0]), tensor(1.5)])
    case("digitize", [tensor([[0.2, 6.4], [3.0, 1.6]]), tensor([0.0, 1.0, 2.5, 4.0, 10.0])])
    case("digitize", [tensor([1.0, 2.5, -1.0, 20.0]), tensor([0.0, 1.0, 2.5, 4.0, 10.0])])
    case("digitize", [tensor([1.0, 2.5, -1.0, 20.0]), tensor([10.0, 4.0, 2.5, 1.0])], note="bounds that descend")
    case("digitize", [places([1, 5, 3]), places([2, 4])])
    case("isin", [uniform((2, 3), "int32"), places([1, 2, -1])])
    case("isin", [uniform((2, 3), "int32"), places([[1, 2], [0, -3]])], invert=True)
    case("isin", [tensor([1.0, NAN, 3.0]), tensor([NAN, 3.0])])
    case("isin", [tensor([1.0, 2.0]), tensor([])])
    scores = tensor([[0.1, 0.2, 0.7], [0.5, 0.1, 0.4], [0.3, 0.3, 0.3], [NAN, 0.5, 0.6]])
    for k in (1, 2, 3):
        case("inTopK", [places([2, 1, 0, 0]), scores], k)
    case("histogram", [tensor([1.0, 2.0, 2.0, 5.0, 4.5])])
    case("histogram", [uniform((12,))], bins=4)
    case("histogram", [uniform((20,))], bins=5, range=[-1.0, 2.0])
    case("histogram", [tensor([2.0, 2.0])], bins=3, note="equal values")
    for axis in (-1, 1):
        case("multiHot", [places([[0, 2], [1, 1], [-1, 5]])], 4, axis=axis)
    case("multiHot", [places([0, 2])], 4)
    case("multiHot", [places(1)], 3)
    case("multiHot", [places([[[0], [2]]])], 3, dtype="int32")
    case("unravelIndex", [places([5, 0, 3, -1, 6, 99])], [2, 3])
    case("unravelIndex", [places([[23, 7]])], [2, 3, 4])


# --- images -----------------------------------------------------------------------------------------------------------


def images():
    for interpolation in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"):
        for size in ([3, 5], [7, 2], [4, 6], [9, 11], [1, 1]):
            case("image.resize", [uniform((2, 4, 6, 2))], size, interpolation=interpolation)
        for size in ([2, 3], [3, 9]):
            case("image.resize", [uniform((2, 5, 7, 1))], size, interpolation=interpolation, antialias=True)
            case("image.resize", [uniform((5, 7, 2))], size, interpolation=interpolation)
            case("image.resize", [uniform((1, 2, 5, 7))], size, interpolation=interpolation, dataFormat="channels_first")
            case("image.resize", [uniform((2, 5, 7))], size, interpolation=interpolation, dataFormat="channels_first", antialias=True)
        for dtype in ("float16", "int32", "uint8"):
            case("image.resize", [uniform((4, 6, 2), dtype, 0, 9)], [3, 8], interpolation=interpolation)
        case("image.resize", [uniform((0, 4, 6, 2))], [3, 5], interpolation=interpolation)
    for shape in ((2, 4, 6, 1), (2, 6, 4, 1), (2, 5, 5, 2), (3, 8, 1)):
        for size in ([3, 3], [2, 5], [5, 2]):
            case("image.resize", [uniform(shape)], size, cropToAspectRatio=True)
            case("image.resize", [uniform(shape)], size, padToAspectRatio=True, fillValue=0.5)
    case("image.resize", [uniform((2, 1, 4, 6))], [3, 3], cropToAspectRatio=True, dataFormat="channels_first")
    case("image.resize", [uniform((2, 1, 4, 6))], [3, 3], padToAspectRatio=True, dataFormat="channels_first")
    colors = (("channels_last", (2, 3, 4, 3)), ("channels_last", (3, 4, 3)), ("channels_first", (2, 3, 3, 4)))
    for op in ("rgbToGrayscale", "rgbToHsv", "hsvToRgb"):
        for data_format, shape in colors:
            case(f"image.{op}", [uniform(shape, low=0, high=1)], dataFormat=data_format)
        case(f"image.{op}", [uniform((2, 2, 3), "float16", 0, 1)], tolerance=5e-3)
    case("image.rgbToGrayscale", [uniform((2, 2, 1))])
    case("image.rgbToGrayscale", [uniform((3, 3, 3), "uint8", 0, 255)])
    case("image.rgbToHsv", [tensor([[[0, 0, 0], [1, 1, 1], [0.5, 0.5, 0.2], [1e-9, 0, 0], [0, 0.3, 0.3]]])])
    case("image.hsvToRgb", [tensor([[[0, 0, 0], [1, 1, 1], [1.25, 0.5, 0.2], [-0.3, 1, 1], [0.5, 0, 0.3]]])])
    for data_format, shape in (("channels_last", (2, 5, 6, 2)), ("channels_first", (2, 5, 6)), ("channels_last", (5, 6, 1))):
        for sides in (
            {"topCropping": 1, "bottomCropping": 1, "leftCropping": 2, "rightCropping": 0},
            {"topCropping": 0, "targetHeight": 3, "leftCropping": 1, "targetWidth": 2},
            {"bottomCropping": 0, "targetHeight": 3, "rightCropping": 2, "targetWidth": 2},
        ):
            case("image.cropImages", [uniform(shape)], dataFormat=data_format, **sides)
        for sides in (
            {"topPadding": 1, "bottomPadding": 0, "leftPadding": 2, "rightPadding": 1},
            {"topPadding": 1, "targetHeight": 8, "leftPadding": 0, "targetWidth": 9},
            {"bottomPadding": 0, "targetHeight": 7, "rightPadding": 2, "targetWidth": 8},
        ):
            case("image.padImages", [uniform(shape)], dataFormat=data_format, **sides)
    case("image.padImages", [uniform((2, 3, 1), "int32")], topPadding=1, bottomPadding=1, leftPadding=1, rightPadding=1)
    for data_format, shape in (("channels_last", (2, 6, 7, 2)), ("channels_first", (2, 2, 6, 7)), ("channels_last", (6, 7, 1))):
        for size, options in ((2, {}), ([3, 2], {"strides": 1}), (3, {"padding": "same"}), (2, {"strides": 1, "dilationRate": 2})):
            case("image.extractPatches", [uniform(shape)], size, dataFormat=data_format, **options)
    case("image.extractPatches", [uniform((1, 4, 4, 4, 2))], [2, 2, 2])
    case("image.extractPatches", [uniform((4, 5, 4, 1))], [2, 3, 2], strides=[1, 2, 2], padding="same")
    for data_format, shape in (("channels_last", (2, 6, 7, 2)), ("channels_first", (2, 2, 6, 7)), ("channels_last", (6, 7, 3))):
        case("image.gaussianBlur", [uniform(shape)], dataFormat=data_format)
        case("image.gaussianBlur", [uniform(shape)], kernelSize=[5, 3], sigma=[2.0, 0.5], dataFormat=data_format)
    case("image.gaussianBlur", [uniform((5, 5, 1), "float16")], kernelSize=[4, 2], dataFormat="channels_last", tolerance=5e-3)
    case("image.sobelEdges", [uniform((2, 4, 5, 2))])
    case("image.sobelEdges", [uniform((2, 2, 4, 5))], dataFormat="channels_first")
    for shape in ((2, 12, 13, 2), (12, 11, 1)):
        near = uniform(shape, low=0, high=1)
        case("image.ssim", [near, np.clip(near + uniform(shape, low=-0.1, high=0.1), 0, 1).astype("float32")], tolerance=1e-4)
    case("image.ssim", [uniform((2, 3, 8, 9), low=0, high=255), uniform((2, 3, 8, 9), low=0, high=255)], maxVal=255.0, filterSize=5, filterSigma=1.0, dataFormat="channels_first", tolerance=1e-4)


# --- arrangement and vectors ------------------------------------------------------------------------------------------


def arrangement():
    for size in (2,):
        case("depthToSpace", [uniform((2, 3, 2, 8))], size)
        case("depthToSpace", [uniform((2, 8, 3, 2))], size, dataFormat="channels_first")
        case("spaceToDepth", [uniform((2, 4, 6, 3))], size)
        case("spaceToDepth", [uniform((2, 3, 4, 6))], size, dataFormat="channels_first")
    case("depthToSpace", [uniform((1, 2, 2, 9), "int32")], 3)
    for options in ({}, {"padding": 1}, {"stride": 2}, {"dilation": 2}, {"padding": [1, 0], "stride": [2, 1], "dilation": [1, 2]}):
        case("unfold", [uniform((2, 3, 5, 6))], 2, **options)
        case("unfold", [uniform((1, 2, 5, 6))], [2, 3], **options)
    case("unfold", [uniform((2, 1, 3, 3), "float16")], [3, 3])
    case("rearrange", [uniform((2, 3, 4))], "b h w -> w b h")
    case("rearrange", [uniform((2, 3, 4))], "b h w -> b (h w)")
    case("rearrange", [uniform((2, 3, 4))], "b h w -> (b w) h")
    for shape in ((4,), (2, 3)):
        case("vdot", [uniform(shape), uniform(shape)])
    case("vdot", [uniform((2, 3), "int32"), uniform((6,), "int32")])
    for a, b in (((3,), (3,)), ((2,), (2,)), ((2,), (3,)), ((3,), (2,)), ((4, 3), (4, 3)), ((4, 3), (3,)), ((2, 4, 2), (2, 4, 2))):
        case("cross", [uniform(a), uniform(b)])
    case("cross", [uniform((3, 4)), uniform((3, 4))], axis=0)
    case("cross", [uniform((3, 4)), uniform((4, 3))], axisa=0, axisb=1, axisc=0)
    case("cdist", [uniform((4, 3)), uniform((5, 3))])
    case("cdist", [uniform((2, 4, 3)), uniform((2, 1, 3))])
    for k in (0, 1, -2):
        case("diagflat", [uniform((2, 2))], k=k)
    case("diagflat", [uniform((3,), "int32")])
    x = tensor([-1e10, -300.5, -1.5, 0.0, 1.5, 255.9, 256.0, 3e9, 1e10, INF, -INF])
    for dtype in ("uint8", "int32", "float16"):
        case("saturateCast", [x], dtype)
    case("saturateCast", [tensor([-5, 300, 7], "int32")], "uint8")
    case("saturateCast", [tensor([5, 255], "uint8")], "int32")
    case("saturateCast", [tensor([-5.5, 300.0, 7.0], "float16")], "uint8")
    for options in ({}, {"padding": 1}, {"stride": 2}, {"dilation": 2}, {"padding": [1, 0], "stride": [2, 1], "dilation": [1, 2]}):
        windows = keras.ops.unfold(uniform((2, 3, 6, 7)), (2, 3), **options)
        case("fold", [windows], [6, 7], [2, 3], **options)
    case("fold", [uniform((1, 4, 4), "float16")], 4, 2, stride=2)
    for a, b in (((2,), (3,)), ((2, 3), (3, 2)), ((2,), (2, 3)), ((1, 2, 2), (2, 1)), ((), (2,))):
        case("kron", [uniform(a), uniform(b)])
    case("kron", [uniform((2, 2), "int32"), uniform((2,), "int32")])
    for shape in ((3, 5), (2, 2), (6,)):
        case("corrcoef", [uniform(shape)])
    case("corrcoef", [uniform((2, 4), "int32")])
    for mode in ("valid", "same", "full"):
        for a, b in ((5, 3), (3, 5), (4, 4), (6, 2), (1, 3)):
            case("correlate", [uniform((a,)), uniform((b,))], mode=mode)
    case("correlate", [uniform((5,), "int32"), uniform((2,), "int32")])
    case("vander", [uniform((4,))])
    case("vander", [uniform((3,))], n=5, increasing=True)
    case("vander", [uniform((3,), "int32")], n=2)
    repeated = uniform((3, 4), "int32", 0, 4)
    case("unique", [repeated])
    case("unique", [np.round(uniform((3, 4)))], returnIndex=True, returnInverse=True, returnCounts=True)
    case("unique", [tensor([[1, 2], [0, 5], [1, 2]], "int32")], axis=0, returnInverse=True, returnCounts=True)
    case("unique", [tensor([[1, 0, 1], [2, 5, 2]])], axis=1)
    case("unique", [repeated], size=7, fillValue=9)
    case("unique", [repeated], size=2, returnCounts=True)
    case("unique", [tensor([NAN, 1.0, NAN, -INF])], returnCounts=True)


FAMILIES = {"arrangement": [arrangement], "image": [images], "places": [scattering, searching], "everyday": [elementwise, quantiles, stacking, averages, creation], "bits": [bits], "nan": [nan]}

for family in sys.argv[1:] or FAMILIES:
    drawn = 0
    for section in FAMILIES[family]:
        section()
    path = os.path.join(HERE, f"ops_{family}.json")
    with open(path, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(record) for record in families[family]) + "\n]\n")
    print(family, len(families[family]))
