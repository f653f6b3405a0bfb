"""Writes pooling.json: what Keras gives for pooling and spatial reshaping.

Made with Keras 3.15.1 on its jax backend (jax 0.10.2, NumPy 2.4.6):

    KERAS_BACKEND=jax python make_pooling.py > pooling.json

Each case has the layer (or the function of keras.ops), its arguments as Keras names them, the input, the result, and for
layers the configuration without name, trainable and dtype.
"""

import itertools
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras  # noqa: E402
import numpy as np  # noqa: E402

random = np.random.default_rng(20)


def numbers(array):
    """Nested lists of the shortest numbers that are the same float32."""
    if array.ndim > 0:
        return [numbers(part) for part in array]
    if array.dtype.kind == "f":
        value = float(str(np.float32(array)))
        return int(value) if value == int(value) else value
    return array.item()


def values(shape, dtype="float32"):
    if dtype == "bool":
        return random.integers(0, 2, shape).astype(bool)
    if dtype == "uint8":
        return random.integers(0, 256, shape).astype(dtype)
    if dtype.startswith("int"):
        return random.integers(-50, 50, shape).astype(dtype)
    return (random.integers(-40, 40, shape) / 8).astype(dtype)


def shape_of(spatial, data_format, batch=2, channels=2):
    if data_format == "channels_first":
        return (batch, channels, *spatial)
    return (batch, *spatial, channels)


cases = []


def layer_case(layer, init, spatial, dtype="float32", mask=None, batch=2, channels=2):
    data_format = init.get("data_format", "channels_last")
    x = values(shape_of(spatial, data_format, batch, channels), dtype)
    instance = getattr(keras.layers, layer)(**init)
    call = {} if mask is None else {"mask": np.array(mask, bool)}
    y = np.asarray(instance(x, **call))
    if y.dtype.kind == "f" and np.isnan(y).any():
        # Keras's adaptive pools read beyond the end where windows of one value are among those of two.
        print(layer, init, spatial, file=sys.stderr)
        return
    config = {k: v for k, v in instance.get_config().items() if k not in ("name", "trainable", "dtype")}
    case = {"layer": layer, "init": init, "dtype": dtype, "x": numbers(x), "y": numbers(y)}
    case |= {"shape": list(y.shape), "y_dtype": str(y.dtype), "config": config}
    if mask is not None:
        case["mask"] = mask
    symbolic = keras.KerasTensor((None, *x.shape[1:]), dtype)
    case["symbolic"] = list(instance.compute_output_spec(symbolic).shape)
    cases.append(case)


def op_case(op, args, kwargs, shape, dtype="float32"):
    x = values(shape, dtype)
    # The functions take no lists.
    given = [tuple(arg) if isinstance(arg, list) else arg for arg in args]
    named = {name: tuple(value) if isinstance(value, list) else value for name, value in kwargs.items()}
    y = np.asarray(getattr(keras.ops, op)(x, *given, **named))
    case = {"op": op, "args": args, "kwargs": kwargs, "dtype": dtype, "x": numbers(x), "y": numbers(y)}
    cases.append(case | {"shape": list(y.shape), "y_dtype": str(y.dtype)})


SPATIAL = {1: (7,), 2: (5, 6), 3: (4, 3, 5)}
FORMATS = ["channels_last", "channels_first"]

for kind, rank in itertools.product(["Max", "Average"], [1, 2, 3]):
    layer = f"{kind}Pooling{rank}D"
    uneven = {1: [3], 2: [2, 3], 3: [2, 1, 3]}[rank]
    steps = {1: [2], 2: [3, 1], 3: [1, 2, 2]}[rank]
    options = [
        ({"pool_size": 2}, FORMATS),
        ({"pool_size": 2, "padding": "same"}, FORMATS),
        ({"pool_size": uneven, "strides": steps}, FORMATS),
        ({"pool_size": uneven, "strides": steps, "padding": "same"}, FORMATS),
        ({"pool_size": 3, "strides": 1, "padding": "same"}, FORMATS[:1]),
        ({"pool_size": 3, "strides": 1}, FORMATS[1:]),
        ({"pool_size": 1, "strides": 3, "padding": "same"}, FORMATS[:1]),
        ({"pool_size": 2, "strides": 3, "padding": "valid"}, FORMATS[:1]),
        # Windows that are larger than the input.
        ({"pool_size": 9, "strides": 2, "padding": "same"}, FORMATS),
        ({"pool_size": uneven}, FORMATS[:1]),
    ]
    for init, formats in options:
        for data_format in formats:
            extra = {} if data_format == "channels_last" else {"data_format": data_format}
            layer_case(layer, init | extra, SPATIAL[rank], batch=1 if rank == 3 else 2)
    for dtype in ["int32", "uint8", "bool"]:
        # Keras adds bytes up as bytes, and no booleans at all.
        if kind == "Average" and dtype != "int32":
            continue
        layer_case(layer, {"pool_size": 2}, SPATIAL[rank], dtype, batch=1)
        layer_case(layer, {"pool_size": 3, "strides": 2, "padding": "same"}, SPATIAL[rank], dtype, batch=1)
        layer_case(
            layer,
            {"pool_size": 2, "strides": 1, "padding": "same", "data_format": "channels_first"},
            SPATIAL[rank],
            dtype,
            batch=1,
        )

for kind, rank, keepdims, data_format in itertools.product(["Max", "Average"], [1, 2, 3], [False, True], FORMATS):
    layer_case(f"Global{kind}Pooling{rank}D", {"keepdims": keepdims, "data_format": data_format}, SPATIAL[rank])
for kind in ["Max", "Average"]:
    for dtype in ["int32", "uint8", "bool"]:
        layer_case(f"Global{kind}Pooling2D", {}, (3, 4), dtype)
masks = [[True, True, False, True, False], [False, False, True, False, False]]
for keepdims, data_format in itertools.product([False, True], FORMATS):
    init = {"keepdims": keepdims, "data_format": data_format}
    layer_case("GlobalAveragePooling1D", init, (5,), mask=masks)
layer_case("GlobalAveragePooling1D", {}, (5,), "int32", mask=masks)

ADAPTIVE = {
    1: [((7,), 3), ((7,), 5), ((8,), 4), ((7,), [7]), ((7,), 1), ((10,), 4)],
    2: [((5, 6), 3), ((5, 6), [2, 3]), ((7, 4), [5, 2]), ((6, 4), 2), ((5, 5), 1), ((9, 8), [4, 5])],
    3: [((4, 3, 5), 2), ((4, 3, 5), [3, 1, 2]), ((4, 2, 6), 2), ((5, 4, 3), [2, 3, 3])],
}
for kind, rank in itertools.product(["Max", "Average"], [1, 2, 3]):
    for (spatial, size), data_format in itertools.product(ADAPTIVE[rank], FORMATS):
        channels = 1 if rank == 3 else 2
        extra = {} if data_format == "channels_last" else {"data_format": data_format}
        layer_case(f"Adaptive{kind}Pooling{rank}D", {"output_size": size} | extra, spatial, batch=1, channels=channels)
    layer_case(f"Adaptive{kind}Pooling{rank}D", {"output_size": 2}, SPATIAL[rank], "int32", batch=1)

for cropping in [[1, 1], [0, 2], 1, [3, 0], 0]:
    layer_case("Cropping1D", {"cropping": cropping}, (7,))
layer_case("Cropping1D", {}, (4,), "int32")
for cropping, data_format in itertools.product([1, [1, 2], [[0, 1], [2, 0]], [[0, 0], [1, 1]], 0], FORMATS):
    layer_case("Cropping2D", {"cropping": cropping, "data_format": data_format}, (5, 6), batch=1)
layer_case("Cropping2D", {}, (2, 2), "bool")
for cropping, data_format in itertools.product([1, [1, 0, 2], [[0, 1], [1, 0], [2, 1]]], FORMATS):
    layer_case("Cropping3D", {"cropping": cropping, "data_format": data_format}, (4, 3, 5), batch=1)
layer_case("Cropping3D", {}, (3, 3, 4), "uint8", batch=1)

for padding, data_format in itertools.product([1, [0, 2], [3, 1], 0], FORMATS):
    layer_case("ZeroPadding1D", {"padding": padding, "data_format": data_format}, (3,))
for padding, data_format in itertools.product([1, [1, 2], [[0, 1], [2, 0]]], FORMATS):
    layer_case("ZeroPadding2D", {"padding": padding, "data_format": data_format}, (2, 3), batch=1)
for padding, data_format in itertools.product([1, [1, 0, 2], [[0, 1], [1, 0], [2, 1]]], FORMATS):
    layer_case("ZeroPadding3D", {"padding": padding, "data_format": data_format}, (1, 2, 2), batch=1)
for dtype in ["int32", "uint8", "bool"]:
    layer_case("ZeroPadding2D", {}, (2, 2), dtype, batch=1)
for rank in [1, 2, 3]:
    layer_case(f"ZeroPadding{rank}D", {}, (2,) * rank, batch=1)

for size in [1, 2, 3]:
    layer_case("UpSampling1D", {"size": size}, (4,))
layer_case("UpSampling1D", {}, (3,), "int32")
interpolations = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"]
for interpolation, data_format in itertools.product(interpolations, FORMATS):
    for size in [2, [1, 3], [4, 1]]:
        init = {"size": size, "interpolation": interpolation, "data_format": data_format}
        layer_case("UpSampling2D", init, (3, 4), batch=1)
    init = {"size": [3, 2], "interpolation": interpolation, "data_format": data_format}
    layer_case("UpSampling2D", init, (1, 2), batch=1)
for interpolation, dtype in itertools.product(interpolations[:3], ["int32", "uint8"]):
    layer_case("UpSampling2D", {"size": [2, 4], "interpolation": interpolation}, (2, 3), dtype, batch=1, channels=1)
layer_case("UpSampling2D", {}, (2, 2), "bool", batch=1)
for size, data_format in itertools.product([2, [1, 2, 3]], FORMATS):
    layer_case("UpSampling3D", {"size": size, "data_format": data_format}, (1, 2, 3), batch=1)

# The functions need strides on jax.
for op in ["max_pool", "average_pool"]:
    for shape, size, kwargs in [
        ((2, 6, 2), 3, {"strides": 2}),
        ((1, 2, 5), [2], {"strides": [1], "padding": "same", "data_format": "channels_first"}),
        ((1, 5, 4, 2), [3, 2], {"strides": [2, 1], "padding": "same"}),
        ((1, 2, 5, 4), 2, {"strides": 2, "data_format": "channels_first"}),
        ((1, 3, 4, 4, 1), 2, {"strides": [1, 2, 2], "padding": "same"}),
    ]:
        op_case(op, [size], kwargs, shape)
for op in ["adaptive_max_pool", "adaptive_average_pool"]:
    for shape, size, kwargs in [
        ((2, 6, 2), 4, {}),
        ((1, 2, 5), [2], {"data_format": "channels_first"}),
        ((1, 5, 4, 2), [3, 2], {}),
        ((1, 3, 4, 4, 1), 2, {"data_format": "channels_last"}),
    ]:
        op_case(op, [size], kwargs, shape)

print("[")
print(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
print("]")
