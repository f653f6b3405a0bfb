"""Makes mixed_precision.json: what Keras's layers give under the policy "mixed_float16".

Keras 3.15.1, jax backend (CPU), NumPy 2.4.6, Python 3.11. Run it as

    KERAS_BACKEND=jax python make_mixed_precision.py > mixed_precision.json

Each case has the layer, its arguments and options as the constructors here take them, the inputs, the weights with their
dtypes, the training mode, the result and its dtype, and the weights afterwards.
"""

import json

from keras import layers

from golden_values import plain, values


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def case(name, args, shapes, options=None, training=None, dtype="float32"):
    options = options or {}
    layer = getattr(layers, name)(*args, dtype="mixed_float16", **options)
    inputs = [values(shape, index).astype(dtype) for index, shape in enumerate(shapes)]
    if dtype == "int32":
        inputs = [abs(x) % 4 for x in inputs]
    call = (lambda **extra: layer(*inputs, **extra)) if name == "MultiHeadAttention" else (
        lambda **extra: layer(inputs[0] if len(inputs) == 1 else inputs, **extra))
    call()
    given = [abs(values(w.shape, 0.3 + i, 0.4)).astype("float32") for i, w in enumerate(layer.weights)]
    layer.set_weights(given)
    extra = {} if training is None else {"training": training}
    result = call(**extra)
    return {
        "layer": name,
        "args": list(args),
        "options": {camel(key): value for key, value in options.items()},
        "inputs": [{"dtype": str(x.dtype), "value": plain(x)} for x in inputs],
        "weights": [{"name": w.name, "dtype": str(w.dtype), "value": plain(v)} for w, v in zip(layer.weights, given)],
        "training": training,
        "dtype": str(result.dtype),
        "y": plain(result),
        "after": [plain(w) for w in layer.weights],
    }


pair = [(2, 3, 4), (2, 3, 4)]
cases = [
    case("Dense", [3], [(2, 4)], {"activation": "tanh"}),
    case("EinsumDense", ["abc,cd->abd", [None, 3]], [(2, 3, 4)], {"bias_axes": "d"}),
    case("Embedding", [5, 3], [(2, 3)], dtype="int32"),
    case("Conv2D", [3, 2], [(1, 4, 4, 2)], {"padding": "same"}),
    case("Conv1DTranspose", [3, 2], [(1, 4, 2)], {"strides": 2}),
    case("DepthwiseConv2D", [2], [(1, 4, 4, 2)]),
    case("SeparableConv1D", [3, 2], [(1, 5, 2)]),
    case("BatchNormalization", [], [(4, 3)]),
    case("BatchNormalization", [], [(4, 3)], training=True),
    case("LayerNormalization", [], [(2, 3, 4)]),
    case("GroupNormalization", [2], [(2, 3, 4)]),
    case("RMSNormalization", [], [(2, 3, 4)]),
    case("UnitNormalization", [], [(2, 3, 4)]),
    case("SimpleRNN", [3], [(2, 4, 2)]),
    case("LSTM", [3], [(2, 4, 2)], {"return_sequences": True}),
    case("GRU", [3], [(2, 4, 2)], {"go_backwards": True}),
    case("ConvLSTM2D", [2, 2], [(1, 2, 4, 4, 1)]),
    case("MultiHeadAttention", [2, 3], pair),
    case("Attention", [], pair),
    case("AdditiveAttention", [], pair),
    case("PReLU", [], [(2, 4)]),
    case("Softmax", [], [(2, 4)]),
    case("AveragePooling1D", [2], [(1, 5, 2)]),
    case("GlobalMaxPooling1D", [], [(1, 5, 2)]),
    case("UpSampling2D", [2], [(1, 2, 2, 1)], {"interpolation": "bilinear"}),
    case("Add", [], pair),
    case("Dot", [2], pair),
    case("Rescaling", [0.3], [(2, 4)], {"offset": 0.1}),
    case("CategoryEncoding", [4], [(2, 3)], dtype="int32"),
    case("Flatten", [], [(2, 3)], dtype="int32"),
]
print(json.dumps(cases))
