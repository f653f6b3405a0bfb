"""Makes normalization.json: what Keras's normalization layers and ops give.

Keras 3.15.1, jax backend (CPU, float32), NumPy 2.4.6, Python 3.11. Run it as

    KERAS_BACKEND=jax python make_normalization.py > normalization.json

Each case has the options as the constructors here take them, the inputs, the weights that the layer was given, and for
each call in turn the training mode, the mask, the result and the weights after it.

Left out on purpose: LayerNormalization and RMSNormalization of whole numbers, which Keras rounds to whole numbers, and
RMSNormalization along an axis that is not the last, at which Keras fails.
"""

import json

import keras
import numpy as np
from keras import layers, ops

from golden_values import plain, values


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def case(name, shape, options=None, calls=(None,), masks=None, offset=0.0, dtype="float32", args=()):
    options = options or {}
    layer = getattr(layers, name)(*args, **options)
    x = values(shape, offset).astype(dtype)
    layer(x)
    weights = []
    for index, weight in enumerate(layer.weights):
        given = values(weight.shape, 0.3 + index, 0.5) + 1.0
        if "variance" in weight.name:
            given = np.abs(given) + 0.5
        weights.append(given.astype("float32"))
    if weights:
        layer.set_weights(weights)
    result = {
        "layer": name,
        "args": list(args),
        "options": {camel(key): value for key, value in options.items()},
        "x": plain(x),
        "weights": [{"name": w.name, "value": plain(v)} for w, v in zip(layer.weights, weights)],
        "calls": [],
    }
    for index, training in enumerate(calls):
        given = values(shape, offset + 0.7 * index).astype(dtype)
        extra = {} if masks is None else {"mask": np.array(masks[index])}
        extra |= {} if training is None else {"training": training}
        y = layer(given, **extra)
        result["calls"].append({
            "x": plain(given),
            "training": training,
            "mask": None if masks is None else masks[index],
            "y": plain(y),
            "weights": [plain(w) for w in layer.weights],
        })
    return result


train = (True, True, False)
cases = [
    case("BatchNormalization", (4, 3)),
    case("BatchNormalization", (4, 3), {"momentum": 0.6}, train),
    case("BatchNormalization", (2, 3, 4), {"epsilon": 0.01, "momentum": 0.5}, train),
    case("BatchNormalization", (2, 3, 4), {"axis": 1, "center": False}, train),
    case("BatchNormalization", (2, 3, 4, 2), {"scale": False}, train),
    case("BatchNormalization", (2, 3, 4, 2), {"axis": 1, "scale": False, "center": False}, train),
    case("BatchNormalization", (2, 3, 4, 2), {"axis": -2}, train),
    case("BatchNormalization", (1, 2, 3, 2, 2), {"axis": -1}, train),
    case("BatchNormalization", (3, 4), {"axis": 0}, train),
    case("BatchNormalization", (5,), {}, train),
    case("BatchNormalization", (2, 3, 4), {"momentum": 0.5}, (True, False, True), [
        [[True, False, True], [True, True, False]],
        [[True, False, True], [True, True, False]],
        [[False, False, False], [False, True, False]],
    ]),
    case("BatchNormalization", (4, 3), {"trainable": False}, (True, False)),
    case("BatchNormalization", (4, 3), {"momentum": 0.9}, train, dtype="int32"),
    case("LayerNormalization", (2, 3, 4)),
    case("LayerNormalization", (3, 5), {"epsilon": 0.1, "center": False}),
    case("LayerNormalization", (3, 5), {"scale": False}),
    case("LayerNormalization", (3, 5), {"scale": False, "center": False}),
    case("LayerNormalization", (2, 3, 4), {"axis": 1}),
    case("LayerNormalization", (2, 3, 4), {"axis": [1, 2]}),
    case("LayerNormalization", (2, 3, 4), {"axis": [-2, -1], "center": False}),
    case("LayerNormalization", (2, 3, 4), {"axis": [0, 2]}),
    case("LayerNormalization", (2, 3, 4, 2), {"axis": [1, 3], "scale": False}),
    case("LayerNormalization", (2, 3, 4), {"rms_scaling": True}),
    case("LayerNormalization", (2, 3, 4), {"rms_scaling": True, "axis": 1}),
    case("GroupNormalization", (2, 3, 4), {"groups": 2}),
    case("GroupNormalization", (2, 4), {"groups": 2}),
    case("GroupNormalization", (2, 3, 2, 6), {"groups": 3, "epsilon": 0.01}),
    case("GroupNormalization", (2, 3, 2, 6), {"groups": 1, "center": False}),
    case("GroupNormalization", (2, 3, 2, 6), {"groups": -1, "scale": False}),
    case("GroupNormalization", (2, 6, 3, 2), {"groups": 2, "axis": 1}),
    case("GroupNormalization", (2, 6, 3, 2), {"groups": 3, "axis": -3, "center": False, "scale": False}),
    case("GroupNormalization", (2, 2, 4, 3), {"groups": 2, "axis": 2}),
    case("GroupNormalization", (1, 2, 2, 2, 4), {"groups": 4}),
    case("RMSNormalization", (2, 3, 4)),
    case("RMSNormalization", (3, 5), {"epsilon": 0.1}),
    case("RMSNormalization", (2, 3, 4), {"axis": [1, 2]}),
    case("UnitNormalization", (2, 3, 4)),
    case("UnitNormalization", (2, 3, 4), {"axis": 1}),
    case("UnitNormalization", (2, 3, 4), {"axis": [1, 2]}),
    case("Normalization", (2, 3), {"mean": 1.5, "variance": 4.0}),
    case("Normalization", (2, 3), {"mean": [1.0, 2.0, 3.0], "variance": [4.0, 0.0, 2.0]}),
    case("Normalization", (2, 3), {"mean": [1.0, 2.0, 3.0], "variance": [4.0, 1.0, 2.0], "invert": True}),
    case("Normalization", (2, 3, 4), {"axis": None, "mean": 3.0, "variance": 2.0}),
    case("Rescaling", (2, 3), {"offset": -1.0}, args=(0.5,)),
    case("Rescaling", (2, 3), args=([1.0, 2.0, 3.0],)),
    case("Rescaling", (2, 3), {"offset": [1.0, 2.0, 3.0]}, args=(2.0,), dtype="int32"),
]


def mask_of(shape, kind="bool", offset=0):
    """A mask of which two places of five are hidden; numbers count as weights."""
    flat = [(i * 3 + offset) % 5 for i in range(int(np.prod(shape)))]
    weights = {"bool": [i > 1 for i in flat], "int32": [max(i - 1, 0) for i in flat], "float32": [i / 4 for i in flat]}
    return np.array(weights[kind], kind).reshape(shape).tolist()


def masked(shape, mask, options, dtype="float32", kind="bool"):
    masks = [mask_of(mask, kind, offset) for offset in range(3)]
    return case("BatchNormalization", shape, {"momentum": 0.75, **options}, (True, True, False), masks, dtype=dtype)


half = {"dtype": "float16"}
mixed = {"dtype": "mixed_float16"}
statistics = [
    *(masked((4, 3), mask, {"axis": axis}) for mask in [(4,), (1,)] for axis in (-1, 0)),
    *(masked((3, 4, 2), mask, {"axis": axis}) for mask in [(3, 4), (3, 1), (1, 4), (1, 1)] for axis in (-1, 1, 0, -3)),
    *(masked((2, 3, 2, 4), (2, 3, 1), {"axis": axis}) for axis in (-1, 2, 1, 0, -2)),
    *(masked((2, 3, 2, 4), (1, 1, 2), {"axis": axis}) for axis in (-1, -3)),
    *(masked((2, 2, 3, 2, 3), (2, 1, 3, 1), {"axis": axis}) for axis in (-1, 3, 2, -4, 0)),
    masked((3, 4, 2), (3, 4), {"scale": False}, kind="int32"),
    masked((3, 4, 2), (3, 1), {"axis": 1}, kind="float32"),
    masked((3, 4, 2), (1, 4), {"center": False, "epsilon": 0.1}, kind="float32"),
    *(masked((3, 4, 2), (3, 4), {**options, "axis": axis}) for options in (half, mixed) for axis in (-1, 1)),
    *(case("BatchNormalization", (3, 4, 2), {**options, "axis": axis, "momentum": 0.75}, train)
      for options in (half, mixed) for axis in (-1, 1, 0)),
    masked((3, 4, 2), (3, 1), mixed, kind="float32"),
    *(case("BatchNormalization", shape, {"axis": axis, "momentum": 0.75}, train)
      for shape, axis in [((3, 4), -2), ((2, 3, 4), 0), ((2, 3, 4), -3), ((2, 3, 2, 4), 2), ((2, 3, 2, 4), -4),
                          ((2, 2, 3, 2, 3), 1), ((2, 2, 3, 2, 3), 2), ((2, 2, 3, 2, 3), -2), ((2, 2, 3, 2, 3), 0)]),
]

axes = [
    *(case("LayerNormalization", (2, 3, 4, 5), {"axis": list(axis)}) for axis in [
        (2, 1), (3, 1), (1, -1), (-1, 1), (-1, -3), (-1, -2), (-2, -1), (3, -2), (-2, 3), (2, -1, 1), (-1, 1, -2), (0, -1),
    ]),
    *(case("LayerNormalization", (2, 3, 4, 4), {"axis": list(axis), "scale": False}) for axis in [(2, -1), (-1, 1)]),
    case("LayerNormalization", (2, 3, 4), {"axis": [1, -1], "rms_scaling": True}),
    case("LayerNormalization", (2, 3, 4), {"axis": -2}),
    case("LayerNormalization", (2, 3, 4, 5), {"axis": [-1, 2], **half}),
    case("LayerNormalization", (2, 3, 4, 5), {"axis": [-1, 2], **mixed}),
    # Of RMSNormalization only axes that end with the last are right in Keras.
    *(case("RMSNormalization", (2, 3, 4, 5), {"axis": list(axis)}) for axis in [
        (3, 2), (-1, -2), (-2, -1), (2, 3), (1, 2, 3), (3, 1, 2), (-1, -3, -2), (-1,),
    ]),
    case("RMSNormalization", (2, 3, 4, 5), {"axis": [-1, -2], **mixed}),
]


def adapted(shape, options, batches=1):
    layer = layers.Normalization(**options)
    data = values(shape)
    layer.adapt(data)
    return {
        "options": options,
        "data": plain(data),
        "weights": [{"name": w.name, "value": plain(w)} for w in layer.weights],
        "y": plain(layer(data)),
    }


adapts = [
    adapted((6, 3), {}),
    adapted((4, 3, 2), {"axis": 1}),
    adapted((4, 3, 2), {"axis": [1, 2]}),
    adapted((4, 3, 2), {"axis": None}),
    adapted((4, 3, 2), {"axis": -1, "invert": True}),
]


def spectral(make, className, args, shape, steps, dtype="float32"):
    layer = layers.SpectralNormalization(make(), power_iterations=steps)
    x = values(shape).astype(dtype)
    if dtype == "int32":
        x = np.abs(x) % 4
    layer(x)
    weights = [values(w.shape, 0.3 + index, 0.5).astype("float32") for index, w in enumerate(layer.weights)]
    layer.set_weights(weights)
    result = {
        "layer": className,
        "args": args,
        "powerIterations": steps,
        "x": plain(x),
        "paths": [w.path for w in layer.weights],
        "weights": [plain(w) for w in weights],
        "calls": [],
    }
    for training in (False, True, True, False):
        y = layer(x, training=training)
        if dtype == "int32":  # Keras converts the result to the dtype of the input, which cuts vectors off.
            y = layer.layer(x)
        result["calls"].append({"training": training, "y": plain(y), "weights": [plain(w) for w in layer.weights]})
    return result


spectrals = [
    spectral(lambda: layers.Dense(3), "Dense", [3], (2, 4), 1),
    spectral(lambda: layers.Dense(3), "Dense", [3], (2, 4), 3),
    spectral(lambda: layers.Embedding(5, 3), "Embedding", [5, 3], (2, 4), 1, "int32"),
    spectral(lambda: layers.EinsumDense("abc,cde->abde", (None, 2, 3)), "EinsumDense", ["abc,cde->abde", [None, 2, 3]],
             (2, 2, 4), 1),
]

x = values((2, 3, 4))
scale, offset = values((4,), 1.0), values((4,), 2.0)
mean, variance = ops.moments(x, [0, 1])
operations = {
    "x": plain(x),
    "scale": plain(scale),
    "offset": plain(offset),
    "moments": [
        {"axes": axes, "keepDims": keep, "mean": plain(m), "variance": plain(v)}
        for axes, keep in (([0, 1], False), ([1], True), (2, False), ([], False))
        for m, v in [ops.moments(x, axes, keepdims=keep)]
    ],
    "batchNormalization": [
        plain(ops.batch_normalization(x, mean, variance, -1)),
        plain(ops.batch_normalization(x, mean, variance, 2, offset=offset, scale=scale, epsilon=0.1)),
        plain(ops.batch_normalization(x, mean, variance, -1, scale=scale)),
        plain(ops.batch_normalization(x, mean, variance, -1, offset=offset)),
    ],
    "layerNormalization": [
        plain(ops.layer_normalization(x)),
        plain(ops.layer_normalization(x, scale, offset, -1, 0.1)),
        plain(ops.layer_normalization(x, None, offset)),
        plain(ops.layer_normalization(x, axis=[0, 1])),
    ],
    "rmsNormalization": [
        plain(ops.rms_normalization(x)),
        plain(ops.rms_normalization(x, scale, -1, 0.1)),
        plain(ops.rms_normalization(x, axis=[0, 1])),
    ],
}

print(json.dumps({
    "keras": keras.__version__,
    "layers": cases,
    "statistics": statistics,
    "axes": axes,
    "adapt": adapts,
    "spectral": spectrals,
    "ops": operations,
}, separators=(",", ":")))
