"""Makes convolution.json: what Keras's convolution layers and ops give, with many options.

Made with Keras 3.15.1 on JAX (CPU, float32) and NumPy 2: KERAS_BACKEND=jax python make_convolution.py
All values are multiples of 1/8, so that results without an activation are exact and short.
"""

import json
import pathlib

import keras
import numpy as np

random = np.random.default_rng(20)


def values(shape):
    return (random.integers(-8, 9, size=shape) / 8).astype("float32")


def stored(array):
    array = np.asarray(array, dtype="float32")
    data = [int(v) if float(v).is_integer() else float(f"{v:.7g}") for v in array.ravel().tolist()]
    return {"shape": list(array.shape), "data": data}


def layer_case(name, x_shape, **init):
    keras.utils.clear_session()
    layer = getattr(keras.layers, name)(**init)
    rank = int(name[-2]) if name[-1] == "D" else int(name.split("D")[0][-1])
    first = init.get("data_format") == "channels_first"
    if first:
        x_shape = (x_shape[0], x_shape[-1], *x_shape[1:-1])
    assert len(x_shape) == rank + 2
    x = values(x_shape)
    layer.build(x.shape)
    for weight in layer.weights:
        weight.assign(values(weight.shape))
    y = layer(x)
    unknown = layer.compute_output_shape((None, *x_shape[1:]))
    assert list(unknown[1:]) == list(y.shape)[1:]
    config = layer.get_config()
    plain = {key: config[key] for key in config if key not in ("name", "dtype", "trainable") and not isinstance(config[key], dict)}
    return {
        "layer": name,
        "init": init,
        "x": stored(x),
        "weights": [{"path": w.path, **stored(w.value)} for w in layer.weights],
        "y": stored(y),
        "config": {key: value for key, value in plain.items() if not key.endswith(("_regularizer", "_constraint"))},
    }


def op_case(name, shapes, **options):
    inputs = [values(shape) for shape in shapes]
    y = getattr(keras.ops, name)(*inputs, **options)
    return {"op": name, "inputs": [stored(x) for x in inputs], "options": options, "y": stored(y)}


LAST, FIRST = {}, {"data_format": "channels_first"}
layers = []
for form in (LAST, FIRST):
    for padding in ("valid", "same", "causal"):
        layers += [
            layer_case("Conv1D", (2, 7, 3), filters=2, kernel_size=3, padding=padding, **form),
            layer_case("Conv1D", (2, 8, 2), filters=2, kernel_size=3, padding=padding, strides=2, **form),
            layer_case("Conv1D", (1, 9, 2), filters=3, kernel_size=3, padding=padding, dilation_rate=2, **form),
        ]
    layers += [
        layer_case("Conv1D", (2, 7, 2), filters=2, kernel_size=1, strides=3, padding="same", **form),
        layer_case("Conv1D", (1, 8, 2), filters=2, kernel_size=2, strides=3, padding="same", use_bias=False, **form),
        layer_case("Conv1D", (1, 6, 4), filters=4, kernel_size=2, groups=2, activation="softmax", **form),
    ]
    for padding in ("valid", "same"):
        layers += [
            layer_case("Conv2D", (2, 5, 6, 2), filters=3, kernel_size=(2, 3), padding=padding, **form),
            layer_case("Conv2D", (1, 6, 5, 2), filters=2, kernel_size=3, padding=padding, strides=2, activation="relu", **form),
            layer_case("Conv2D", (1, 7, 6, 1), filters=2, kernel_size=(3, 2), padding=padding, strides=(1, 3), **form),
            layer_case("Conv2D", (1, 7, 8, 2), filters=2, kernel_size=(3, 2), padding=padding, dilation_rate=(2, 3), **form),
            layer_case("Conv2D", (1, 4, 5, 4), filters=6, kernel_size=2, padding=padding, groups=2, use_bias=False, **form),
            layer_case("Conv3D", (1, 3, 4, 3, 2), filters=2, kernel_size=2, padding=padding, strides=(1, 2, 1), **form),
            layer_case("Conv3D", (1, 4, 3, 5, 1), filters=1, kernel_size=(1, 2, 2), padding=padding, dilation_rate=(1, 1, 2), **form),
            layer_case("DepthwiseConv1D", (2, 7, 2), kernel_size=3, padding=padding, depth_multiplier=2, **form),
            layer_case("DepthwiseConv1D", (1, 9, 3), kernel_size=2, padding=padding, strides=2, dilation_rate=2, **form),
            layer_case("DepthwiseConv2D", (1, 5, 4, 2), kernel_size=(3, 2), padding=padding, depth_multiplier=3, **form),
            layer_case("DepthwiseConv2D", (1, 6, 5, 3), kernel_size=3, padding=padding, strides=(2, 1), use_bias=False, activation="tanh", **form),
            layer_case("DepthwiseConv2D", (1, 7, 6, 2), kernel_size=(2, 3), padding=padding, strides=2, dilation_rate=(1, 2), **form),
            layer_case("SeparableConv1D", (2, 7, 2), filters=3, kernel_size=3, padding=padding, depth_multiplier=2, **form),
            layer_case("SeparableConv1D", (1, 8, 3), filters=2, kernel_size=2, padding=padding, strides=2, **form),
            layer_case("SeparableConv2D", (1, 5, 6, 2), filters=3, kernel_size=(2, 3), padding=padding, **form),
            layer_case("SeparableConv2D", (1, 6, 6, 2), filters=2, kernel_size=3, padding=padding, strides=2, depth_multiplier=2, use_bias=False, activation="sigmoid", **form),
            layer_case("SeparableConv2D", (1, 6, 7, 2), filters=1, kernel_size=2, padding=padding, dilation_rate=2, **form),
            layer_case("Conv1DTranspose", (2, 4, 2), filters=3, kernel_size=3, padding=padding, **form),
            layer_case("Conv1DTranspose", (2, 4, 2), filters=2, kernel_size=4, padding=padding, strides=2, **form),
            layer_case("Conv1DTranspose", (1, 5, 2), filters=2, kernel_size=2, padding=padding, strides=3, **form),
            layer_case("Conv1DTranspose", (1, 4, 2), filters=1, kernel_size=3, padding=padding, dilation_rate=2, activation="relu", **form),
            layer_case("Conv1DTranspose", (1, 4, 1), filters=2, kernel_size=5, padding=padding, strides=3, output_padding=2, **form),
            layer_case("Conv1DTranspose", (1, 4, 1), filters=1, kernel_size=1, padding=padding, strides=4, output_padding=3, **form),
            layer_case("Conv2DTranspose", (1, 3, 4, 2), filters=2, kernel_size=(2, 3), padding=padding, strides=(2, 1), **form),
            layer_case("Conv2DTranspose", (1, 3, 3, 2), filters=3, kernel_size=3, padding=padding, strides=2, output_padding=1, use_bias=False, **form),
            layer_case("Conv2DTranspose", (1, 3, 2, 1), filters=2, kernel_size=4, padding=padding, strides=(2, 3), output_padding=(0, 2), **form),
            layer_case("Conv2DTranspose", (1, 3, 4, 2), filters=1, kernel_size=(3, 2), padding=padding, dilation_rate=(2, 1), **form),
            layer_case("Conv3DTranspose", (1, 2, 3, 2, 2), filters=2, kernel_size=2, padding=padding, strides=(1, 2, 1), **form),
            layer_case("Conv3DTranspose", (1, 2, 2, 2, 1), filters=2, kernel_size=(3, 2, 1), padding=padding, strides=(2, 2, 1), output_padding=(1, 0, 0), **form),
        ]

ops = []
for padding in ("valid", "same"):
    ops += [
        op_case("conv", [(1, 9, 2), (3, 2, 2)], padding=padding, strides=2, dilation_rate=2),
        op_case("conv", [(1, 10, 9, 4), (3, 2, 2, 4)], padding=padding, strides=(2, 3), dilation_rate=(3, 2)),
        op_case("conv", [(2, 3, 8), (2, 3, 2)], padding=padding, strides=3, data_format="channels_first"),
        op_case("conv_transpose", [(1, 4, 2), (3, 3, 2)], padding=padding, strides=2, dilation_rate=2),
        op_case("conv_transpose", [(1, 3, 2, 2), (2, 3, 1, 2)], padding=padding, strides=(3, 2), output_padding=(2, 1), dilation_rate=(1, 2)),
        op_case("depthwise_conv", [(1, 8, 7, 2), (3, 2, 2, 2)], padding=padding, strides=(3, 2), dilation_rate=(2, 1)),
        op_case("separable_conv", [(1, 9, 2), (2, 2, 2), (1, 4, 3)], padding=padding, strides=2, dilation_rate=3),
    ]

head = {"keras": keras.__version__, "backend": keras.backend.backend(), "numpy": np.__version__}
path = pathlib.Path(__file__).with_name("convolution.json")


def lines(cases):
    return "[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]"


path.write_text('{"made_with":%s,"layers":%s,"ops":%s}\n' % (json.dumps(head), lines(layers), lines(ops)))
print(len(layers), len(ops), path.stat().st_size)
