"""Cases of `keras.ops`: random operands and options."""
import numpy as np

from draw import Draw
from encode import encode, tensor
from layers import leaves, tree

UNARY = ("abs negative square sqrt rsqrt exp log log1p expm1 sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh sign floor ceil round reciprocal "
         "isnan isfinite isinf logical_not erf relu relu6 sigmoid softplus softsign silu log_sigmoid hard_sigmoid hard_silu selu tanh_shrink "
         "squareplus sparse_plus hard_tanh trunc logaddexp_self").split()
BINARY = ("add subtract multiply divide maximum minimum power mod floor_divide arctan2 equal not_equal greater greater_equal less less_equal "
          "logical_and logical_or logical_xor logaddexp fmod hypot").split()
# Ops that take plain numbers without a dtype; the others make a float32 tensor of them first.
SCALAR = ("add", "subtract", "multiply", "divide", "maximum", "minimum", "power", "mod", "greater", "equal")
REDUCE = "sum mean max min prod any all std var logsumexp argmax argmin count_nonzero".split()
PARAMETRIC = {"elu": {"alpha": [0.5, 2.0]}, "leaky_relu": {"negative_slope": [0.1, 0.4]}, "celu": {"alpha": [0.5, 2.0]}, "gelu": {"approximate": [True, False]},
              "hard_shrink": {"threshold": [0.3]}, "soft_shrink": {"threshold": [0.3]}, "glu": {"axis": [-1]}, "nan_to_num": {"nan": [1.0]}}


def shape(d, low=0, high=4):
    return d.sizes(d.size(low, high - 1), 1, 4)


def dtype(d):
    return d.of("float32", "float32", "float32", "int32", "bool", "float16", "uint8")


def broadcasting(d):
    a = shape(d, 1)
    b = [1 if d.chance(0.3) else size for size in a][d.size(0, len(a) - 1) if d.chance(0.3) else 0:]
    return (a, b) if d.chance(0.5) else (b, a)


def axis_of(d, rank):
    return int(d.rng.integers(-rank, rank))


def unary(d):
    name = d.of(*[each for each in UNARY if each != "logaddexp_self"])
    x = d.tensor(shape(d), d.of("float32", "float32", "float16", "int32" if name in ("abs", "negative", "square", "sign", "relu") else "float32"), -3, 3)
    return name, [x], {}


def parametric(d):
    name = d.of(*PARAMETRIC)
    x = d.tensor([*shape(d, 0), 2 * d.size(1, 2)], low=-3, high=3)
    if name == "nan_to_num":
        x.reshape(-1)[0] = d.of(np.nan, np.inf, -np.inf)
    return name, [x], d.some(0.7, **PARAMETRIC[name])


def binary(d):
    name = d.of(*BINARY)
    a, b = broadcasting(d)
    kinds = ("bool",) if "logical" in name else ("float32", "float32", "int32", "float16")
    first, second = d.tensor(a, d.of(*kinds), -3, 3), d.tensor(b, d.of(*kinds), -3, 3)
    if name in ("power", "divide", "mod", "floor_divide", "fmod"):
        second = np.where(second == 0, 1, np.abs(second)).astype(second.dtype)
        first = np.abs(first) if name == "power" else first
    return name, [first, d.of(2.5, 2, 1.5) if d.chance(0.2) and name in SCALAR else second], {}


def reduction(d):
    name = d.of(*REDUCE)
    x = d.tensor(shape(d, 1), d.of("float32", "float32", "int32", "bool") if name in ("sum", "any", "all", "argmax", "count_nonzero", "max") else "float32")
    rank = x.ndim
    options = {"axis": axis_of(d, rank)} if d.chance(0.7) else {}
    if rank > 1 and d.chance(0.3) and "arg" not in name:
        options = {"axis": [0, -1]}
    return name, [x], options | (d.some(0.4, keepdims=[True]) if name != "count_nonzero" else {})


def special_numbers(d):
    name = d.of("max", "min", "argmax", "argmin", "maximum", "sort", "softmax", "isnan", "sum", "mean", "relu", "sign")
    x = d.tensor([d.size(1, 3), d.size(2, 5)])
    for _ in range(2):
        x[tuple(d.rng.integers(size) for size in x.shape)] = d.of(np.nan, np.inf, -np.inf, 0.0)
    if name == "maximum":
        return name, [x, d.tensor(x.shape)], {}
    return name, [x], {"axis": -1} if name in ("max", "min", "argmax", "argmin", "sort", "softmax", "sum", "mean") else {}


def movement(d):
    x = d.tensor(shape(d, 1), d.of("float32", "float32", "int32", "bool"))
    rank, axis = x.ndim, axis_of(d, x.ndim)
    return d.of(
        ("transpose", [x, [int(a) for a in d.rng.permutation(rank)]] if d.chance(0.7) else [x], {}),
        ("expand_dims", [x, axis], {}), ("flip", [x], {"axis": axis}), ("roll", [x, d.size(-3, 3)], {"axis": axis}),
        ("repeat", [x, d.size(1, 3)], {"axis": axis}), ("tile", [x, d.sizes(rank, 1, 2)], {}), ("swapaxes", [x, axis, 0], {}),
        ("moveaxis", [x, 0, axis], {}), ("reshape", [x, [-1, 1]], {}), ("cumsum", [x.astype("float32")], {"axis": axis}),
        ("cumprod", [x.astype("float32")], {"axis": axis}), ("stack", [[x, x]], {"axis": axis}), ("concatenate", [[x, x]], {"axis": axis}),
        ("sort", [x.astype("float32")], {"axis": axis}), ("argsort", [x.astype("float32")], {"axis": axis}), ("ravel", [x], {}),
        ("squeeze", [x.reshape(1, *x.shape)], {"axis": 0}), ("pad", [x.astype("float32"), [[d.size(0, 2), d.size(0, 2)] for _ in range(rank)]],
                                                             d.some(0.5, constant_values=[1.5])),
        ("broadcast_to", [x, [2, *x.shape]], {}), ("diff", [d.tensor([3, 4])], d.some(axis=[0, 1], n=[2])), ("take", [x, d.ids([2, 2], x.shape[axis])], {"axis": axis}),
        ("tril", [d.tensor([3, d.size(1, 4)])], d.some(k=[-1, 1])), ("triu", [d.tensor([2, 3, 3])], d.some(k=[-1, 1])), ("diag", [d.tensor([3])], d.some(k=[-1, 1])),
        ("split", [d.tensor([4, 2]), d.of(2, 4, [1, 3])], {"axis": 0}), ("unstack", [x], {"axis": axis}), ("one_hot", [d.ids([3], 4), 4], d.some(axis=[0, -1])),
        ("take_along_axis", [d.tensor([3, 4]), d.ids([3, 2], 4)], {"axis": 1}), ("top_k", [d.tensor([2, 5]), 2], {}), ("rot90", [d.tensor([2, 3])], d.some(k=[2, 3])),
        ("where", [d.tensor([2, 3], "bool"), d.tensor([2, 3]), d.tensor([3])], {}), ("clip", [d.tensor([4]), -0.5, 0.75], {}),
        ("quantile", [d.tensor([2, 5]), d.of(0.25, 0.5)], d.some(axis=[1, 0], keepdims=[True])), ("median", [d.tensor([3, 4])], d.some(axis=[0, 1])),
    )


def products(d):
    a, b, c = d.sizes(3, 1, 4)
    return d.of(
        ("matmul", [d.tensor([a, b]), d.tensor([b, c])], {}), ("matmul", [d.tensor([2, a, b]), d.tensor([b, c])], {}), ("dot", [d.tensor([a, b]), d.tensor([b])], {}),
        ("einsum", ["ij,jk->ik", d.tensor([a, b]), d.tensor([b, c])], {}), ("einsum", ["bij,bkj->bik", d.tensor([2, a, b]), d.tensor([2, c, b])], {}),
        ("einsum", ["ii->i", d.tensor([a, a])], {}), ("einsum", ["...i,i->...", d.tensor([2, a, b]), d.tensor([b])], {}),
        ("tensordot", [d.tensor([a, b]), d.tensor([b, c])], {"axes": 1}), ("outer", [d.tensor([a]), d.tensor([b])], {}), ("inner", [d.tensor([a, b]), d.tensor([c, b])], {}),
        ("norm", [d.tensor([a, b])], d.some(0.6, axis=[0, -1], keepdims=[True])),
        ("matmul", [d.tensor([a, b], "int32"), d.tensor([b, c], "int32")], {}), ("trace", [d.tensor([a, b])], d.some(offset=[1])),
    )


def neural(d):
    x = d.tensor([2, d.size(3, 6), d.size(3, 6), 2])
    window = d.some(0.5, strides=[[1, 1], [2, 2]], padding=["same", "valid"])
    return d.of(
        ("softmax", [d.tensor(shape(d, 1), low=-4, high=4)], d.some(axis=[-1, 0])), ("log_softmax", [d.tensor(shape(d, 1), low=-4, high=4)], d.some(axis=[-1, 0])),
        ("max_pool", [x, [2, 2]], window), ("average_pool", [x, d.of([2, 2], [2, 1])], window),
        ("conv", [x, d.tensor([2, d.size(1, 3), 2, d.size(1, 3)])], d.some(0.5, strides=[1, 2], padding=["same", "valid"])),
        ("depthwise_conv", [x, d.tensor([2, 2, 2, d.size(1, 2)])], d.some(0.5, strides=[1, 2], padding=["same"])),
        ("conv_transpose", [x, d.tensor([2, 2, d.size(1, 3), 2])], {"strides": d.of(1, 2)} | d.some(padding=["same"])),
        ("moments", [x, d.of([0], [1, 2], [-1])], d.some(keepdims=[True])), ("normalize", [d.tensor([3, 4])], d.some(axis=[0, -1], order=[1, 2])),
        ("multi_hot", [d.ids([2, 3], 4), 4], {}), ("image.resize", [x, [d.size(1, 8), d.size(1, 8)]], d.some(0.6, interpolation=["nearest", "bilinear", "bicubic"])),
        ("dot_product_attention", [d.tensor([2, 3, 2, 4]), d.tensor([2, 5, 2, 4]), d.tensor([2, 5, 2, 4])], {}),
        ("segment_sum", [d.tensor([4, 2]), np.sort(d.ids([4], 3))], {"num_segments": 3}), ("bincount", [d.ids([5], 4)], d.some(minlength=[6])),
    )


DRAWS = [unary, binary, reduction, movement, neural, products, parametric, special_numbers, movement]


def tupled(value):
    """Sizes, strides and axes as tuples, which some ops of Keras want."""
    if isinstance(value, dict):
        return {key: tupled(each) for key, each in value.items()}
    is_sizes = isinstance(value, list) and all(isinstance(each, (int, list)) for each in value)
    return tuple(value) if is_sizes else [tupled(each) for each in value] if isinstance(value, list) else value


def op_case(keras, seed, number):
    draw = Draw(seed, "op", number)
    name, args, options = DRAWS[number % len(DRAWS)](draw)
    result = {"id": f"{name}-{seed}-{number}", "op": name, "args": encode(args), "options": encode(options)}
    function = keras.ops
    for part in name.split("."):
        function = getattr(function, part)
    try:
        outputs = function(*tupled(tree(keras.ops.convert_to_tensor, args)), **tupled(options))
    except Exception as error:  # JAX refuses with errors of many kinds.
        return result | {"refused": f"{type(error).__name__}: {str(error).splitlines()[0][:120] if str(error) else ''}"}
    return result | {"outputs": [tensor(output) for output in leaves(outputs)]}


def op_cases(keras, seed, count):
    for number in range(count):
        yield op_case(keras, seed, number)
