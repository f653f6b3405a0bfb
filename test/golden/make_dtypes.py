"""Makes dtypes.json: the dtypes of the results of ops, as Keras gives them for operands of each dtype.

Keras 3.15.1, jax backend, NumPy 2.4.6, Python 3.11. Run it as

    KERAS_BACKEND=jax python make_dtypes.py > dtypes.json

Of two operands, `int` and `float` are the Python numbers 2 and 2.5. JAX has no int64 and no float64 here, which are left
out. "raises" says that Keras refuses the dtypes. The ops have the names that they have in Strata.
"""

import json
import warnings

import jax
import jax.numpy as jnp
import keras
import numpy as np
from keras import ops

warnings.simplefilter("ignore")
DTYPES = ["bool", "uint8", "int32", "float16", "float32"]
SCALARS = {"int": 2, "float": 2.5}


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


ONE = """
abs absolute negative positive sign square sqrt rsqrt exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan
sinh cosh tanh arcsinh arccosh arctanh ceil floor trunc round reciprocal erf erfinv isnan isinf isfinite isposinf isneginf
logical_not relu relu6 sigmoid sparse_sigmoid softplus softsign silu hard_sigmoid hard_silu elu selu gelu celu leaky_relu
log_sigmoid mish hard_tanh tanh_shrink soft_shrink hard_shrink threshold squareplus sparse_plus softmax log_softmax sparsemax
glu sum mean max min prod std var any all argmax argmin argsort sort cumsum cumprod logsumexp amax amin median count_nonzero
ones_like zeros_like diag diff flip nan_to_num norm normalize cbrt deg2rad rad2deg sinc signbit trace tril triu ravel
nansum nanprod nanmax nanmin nanmean nanvar nanstd nanmedian nancumsum nancumprod ptp average bincount
bitwise_not bitwise_invert heaviside conj real angle
""".split()

TWO = """
add subtract multiply divide true_divide floor_divide mod power maximum minimum arctan2 logaddexp logaddexp2 hypot squared_difference
equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor matmul dot inner outer tensordot
bitwise_and bitwise_or bitwise_xor left_shift right_shift bitwise_left_shift bitwise_right_shift gcd lcm isclose fmod copysign
divide_no_nan fmax fmin heaviside ldexp nextafter vdot kron cross digitize searchsorted isin
append where_
""".split()

FORMS = {
    "where_": lambda a, b: ops.where(jnp.array([[True, False], [False, True]]), a, b),
}


def tensor(dtype):
    return jnp.asarray(np.array([[1, 1], [0, 1]]).astype(dtype))


def dtype_of(call):
    try:
        result = jax.eval_shape(call)
    except Exception:
        return "raises"
    leaves = jax.tree.leaves(result)
    return keras.backend.standardize_dtype(leaves[0].dtype)


def joined(op):
    return {f"{a},{b}": dtype_of(lambda: op([tensor(a), tensor(b)])) for a in DTYPES for b in DTYPES}


def one(name):
    op = getattr(ops, name, None)
    if op is None:
        return None
    vector = name in ("bincount",)
    return {d: dtype_of(lambda: op(tensor(d)[0] if vector else tensor(d))) for d in DTYPES}


def two(name):
    op = FORMS.get(name) or getattr(ops, name, None)
    if op is None:
        return None
    table = {}
    for a in [*DTYPES, *SCALARS]:
        for b in [*DTYPES, *SCALARS]:
            if a in SCALARS and b in SCALARS:
                continue
            left, right = (SCALARS[d] if d in SCALARS else tensor(d) for d in (a, b))
            table[f"{a},{b}"] = dtype_of(lambda: op(left, right))
    return table


def clip(dtype):
    bounds = {"int": (0, 6), "float": (0.5, 6.5)}
    return {name: dtype_of(lambda: ops.clip(tensor(dtype), *pair)) for name, pair in bounds.items()}


print(json.dumps({
    "keras": keras.__version__,
    "one": {camel(name): found for name in ONE if (found := one(name))},
    "two": {camel(name.rstrip("_")): found for name in TWO if (found := two(name))},
    "joining": {name: joined(getattr(ops, name)) for name in ("concatenate", "stack", "vstack", "hstack", "dstack")},
    "clip": {dtype: clip(dtype) for dtype in DTYPES},
}, separators=(",", ":")))
