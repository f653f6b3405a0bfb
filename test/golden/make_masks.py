"""Makes masks.json: which of Keras's layers support masks, and what comes out of layers whose inputs have masks.
Keras 3.15.1 with JAX on a CPU, NumPy 2.4.6. Run as: KERAS_BACKEND=jax python make_masks.py

"supports" has for each class whether its layers support masks, made with the arguments below where it needs some. "flows"
has for each case the layer, its arguments and options, the inputs and the masks that travel with them, the training mode,
the weights, the result (absent where it is random), and the mask that travels with the result.
"""

import inspect
import json
import pathlib
import warnings

import keras
import numpy as np
from golden_values import plain, values
from keras import layers
from keras.src import backend
from keras.src.utils.python_utils import is_default

warnings.simplefilter("ignore")

ARGUMENTS = {
    "Activation": ["gelu"], "AlphaDropout": [0.3], "Bidirectional": [lambda: layers.LSTM(2)], "CategoryEncoding": [4],
    "CenterCrop": [3, 2], "ConvLSTM1D": [3, 2], "ConvLSTM2D": [3, 2], "ConvLSTM3D": [3, 2], "Dense": [3], "DepthwiseConv1D": [2], "DepthwiseConv2D": [2], "Discretization": [[0.0, 1.0]],
    "Dot": [2], "Dropout": [0.3], "Hashing": [5], "EinsumDense": ["abc,cd->abd", (None, 2)], "Embedding": [4, 2],
    "GRU": [2], "GRUCell": [2], "GaussianDropout": [0.3], "GaussianNoise": [0.3], "GroupNormalization": [2],
    "GroupQueryAttention": [2, 4, 2], "InputLayer": [(4, 3)], "LSTM": [2], "LSTMCell": [2], "Lambda": [lambda: abs],
    "MultiHeadAttention": [2, 3], "Permute": [(2, 1)], "RNN": [lambda: layers.LSTMCell(2)], "RepeatVector": [2],
    "Rescaling": [2.0], "Reshape": [(3, 4)], "Resizing": [3, 2], "ReversibleEmbedding": [4, 2], "SeparableConv1D": [3, 2], "SeparableConv2D": [3, 2], "SimpleRNN": [2],
    "SimpleRNNCell": [2], "SpectralNormalization": [lambda: layers.Dense(3)],
    "StackedRNNCells": [lambda: [layers.LSTMCell(2)]], "TimeDistributed": [lambda: layers.Dense(2)],
}
for rank in (1, 2, 3):
    ARGUMENTS |= {f"Adaptive{kind}Pooling{rank}D": [2] for kind in ("Average", "Max")}
    ARGUMENTS |= {f"AveragePooling{rank}D": [2], f"SpatialDropout{rank}D": [0.3]}
    ARGUMENTS |= {f"Conv{rank}D": [3, 2], f"Conv{rank}DTranspose": [3, 2]}


def supports(name, kind):
    try:
        arguments = [value() if callable(value) else value for value in ARGUMENTS.get(name, [])]
        return kind(*arguments).supports_masking
    except ImportError:
        # Layers that need TensorFlow to be made: what the base class concludes from the methods.
        assert "supports_masking" not in inspect.getsource(inspect.getmodule(kind)), name
        return not is_default(kind.compute_mask)


FLOWS = []
PART = [[True, True, False, True], [False, True, True, False]]
OTHER = [[True, False, False, False], [True, False, True, False]]
NONE_COUNTS = [[True, False, True, True], [False, False, False, False]]


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def made(name, arguments, options):
    """A layer; layers among the arguments are given as (name, arguments, options)."""
    arguments = [made(*a) if isinstance(a, tuple) and isinstance(a[0], str) else a for a in arguments]
    return getattr(layers, name)(*arguments, **options)


def told(argument):
    """An argument as it is written down."""
    if not (isinstance(argument, tuple) and isinstance(argument[0], str)):
        return argument
    name, arguments, options = argument
    return {"layer": name, "args": [told(a) for a in arguments], "options": {camel(k): v for k, v in options.items()}}


def flow(name, arguments=(), options=None, shapes=((2, 4, 3),), masks=(PART,), training=None, random=False, integers=None):
    layer = made(name, arguments, options or {})
    arrays = [values(s, i) for i, s in enumerate(shapes)] if integers is None else [np.array(integers, "int32")]

    def inputs():
        tensors = [backend.convert_to_tensor(a) for a in arrays]
        for x, mask in zip(tensors, masks, strict=True):
            if mask is not None:
                backend.set_keras_mask(x, backend.convert_to_tensor(np.array(mask)))
        return tensors

    def call():
        several = len(arrays) > 1
        if name in ("MultiHeadAttention", "GroupQueryAttention"):
            return layer(*inputs(), training=training)
        return layer(inputs() if several else inputs()[0], training=training)

    call()
    for number, weight in enumerate(layer.weights):
        if len(weight.shape) > 1 or name == "PReLU":
            weight.assign(values(weight.shape, 0.3 + number, 0.5))
        elif "variance" in weight.name:
            weight.assign(np.abs(values(weight.shape, number)) + 0.5)
        elif weight.dtype == "float32":
            weight.assign(values(weight.shape, number, 0.5))
    before = [plain(w) for w in layer.get_weights()]
    result = call()
    flat = list(result) if isinstance(result, (tuple, list)) else [result]
    mask = [backend.get_keras_mask(y) for y in flat]
    FLOWS.append({
        "layer": name,
        "args": [told(a) for a in arguments],
        "options": {camel(k): v for k, v in (options or {}).items()},
        "inputs": [{"x": plain(a), "mask": m} for a, m in zip(arrays, masks, strict=True)],
        **({} if training is None else {"training": training}),
        **({} if random or not before else {"weights": before}),
        **({} if random else {"y": [plain(y) for y in flat]}),
        "mask": [None if m is None else plain(m) for m in mask],
    })


# Layers that hand the mask on and do not read it.
for each in (
    ["Activation", ["tanh"]], ["ActivityRegularization"], ["ELU"], ["Identity"], ["LayerNormalization"], ["LeakyReLU"], ["PReLU"],
    ["ReLU"], ["Rescaling", [2.0]], ["UnitNormalization"], ["Dense", [2]], ["TimeDistributed", [("Dense", [2], {})]],
):
    flow(*each)
flow("GroupNormalization", options={"groups": 3})
flow("Normalization", options={"mean": [0.5, 1.0, -1.0], "variance": [1.0, 4.0, 0.25]})
flow("BatchNormalization")
for each in (["AlphaDropout", [0.3]], ["Dropout", [0.3]], ["GaussianDropout", [0.3]], ["GaussianNoise", [0.3]], ["SpatialDropout1D", [0.3]]):
    flow(*each)
    flow(*each, training=True, random=True)
flow("SpatialDropout2D", [0.3], shapes=[(2, 4, 2, 3)])
flow("SpatialDropout3D", [0.3], shapes=[(2, 4, 1, 2, 2)])
# Layers that read it.
for mask in (PART, NONE_COUNTS):
    flow("BatchNormalization", options={"momentum": 0.75}, masks=[mask], training=True)
flow("BatchNormalization", shapes=[(2, 4, 2, 3)], masks=[[[[True, False], [True, True], [False, False], [True, True]]] * 2], training=True)
flow("Softmax", shapes=[(2, 4)])
flow("Softmax", masks=[np.array([[[(i + j + k) % 3 > 0 for k in range(3)] for j in range(4)] for i in range(2)]).tolist()])
flow("Masking", [0.0])
flow("GlobalAveragePooling1D")
flow("GlobalAveragePooling1D", options={"keepdims": True}, masks=[NONE_COUNTS[:1] * 2])
for name in ("GRU", "LSTM", "SimpleRNN"):
    flow(name, [2])
flow("LSTM", [2], {"return_sequences": True})
flow("GRU", [2], {"return_sequences": True, "return_state": True})
flow("RNN", [("LSTMCell", [2], {})], {"return_sequences": True})
flow("Bidirectional", [("LSTM", [2], {"return_sequences": True})])
flow("Bidirectional", [("GRU", [2], {})])
flow("ConvLSTM2D", [2, 2], {"return_sequences": True}, shapes=[(2, 4, 3, 3, 1)])
# Keras on JAX takes the batch of the mask for an axis of the image. What should come out is what the steps that count give by
# themselves, and again at those that do not.
x = values((2, 4, 3, 3, 1))
convolving = layers.ConvLSTM2D(2, 2, return_sequences=True)
convolving(x)
convolving.set_weights([np.array(w, "float32") for w in FLOWS[-1]["weights"]])
rows = [np.array(convolving(x[i : i + 1, PART[i]]))[0] for i in range(2)]
steps = [np.maximum(np.cumsum(PART[i]) - 1, 0) for i in range(2)]
rows = [row[at] * (np.cumsum(PART[i]) > 0)[:, None, None, None] for i, (row, at) in enumerate(zip(rows, steps, strict=True))]
FLOWS[-1]["y"] = [plain(np.stack(rows))]
flow("TimeDistributed", [("BatchNormalization", [], {})], shapes=[(2, 4, 3)])
# The mask comes from the values.
flow("Embedding", [4, 2], {"mask_zero": True}, integers=[[1, 2, 0], [3, 0, 2]], masks=[None])
flow("Embedding", [4, 2], integers=[[1, 2, 0], [3, 0, 2]], masks=[[[True, False, True]] * 2])
# Several inputs.
PAIR = [(2, 4, 3), (2, 4, 3)]
for name in ("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract"):
    for masks in ([PART, OTHER], [PART, None], [None, OTHER]):
        flow(name, shapes=PAIR, masks=masks)
flow("Add", shapes=[*PAIR, (2, 4, 3)], masks=[PART, NONE_COUNTS, PART])
flow("Concatenate", options={"axis": 1}, shapes=[(2, 4, 3), (2, 2, 3)], masks=[PART, [[True, False], [False, False]]])
flow("Concatenate", options={"axis": 1}, shapes=[(2, 2, 3), (2, 4, 3)], masks=[None, NONE_COUNTS])
flow("Concatenate", options={"axis": 0}, shapes=PAIR, masks=[PART, OTHER])
flow("Dot", [2], shapes=PAIR, masks=[PART, OTHER])
for name in ("Attention", "AdditiveAttention"):
    for masks in ([PART, OTHER], [None, OTHER], [PART, None]):
        flow(name, shapes=PAIR, masks=masks)
    flow(name, shapes=[*PAIR, (2, 4, 3)], masks=[PART, OTHER, PART])
for name, arguments in (("MultiHeadAttention", [2, 3]), ("GroupQueryAttention", [2, 4, 2])):
    for masks in ([PART, OTHER], [None, OTHER], [PART, None], [None, NONE_COUNTS]):
        flow(name, arguments, shapes=PAIR, masks=masks)
    flow(name, arguments, shapes=[*PAIR, (2, 4, 3)], masks=[PART, OTHER, PART])
# Layers that do not support masks.
for each in (
    ["Flatten"], ["Permute", [(2, 1)]], ["RepeatVector", [2], {}, [(2, 4)]], ["Reshape", [(3, 4)]], ["RMSNormalization"], ["Conv1D", [2, 2]],
    ["Conv1DTranspose", [2, 2]], ["SeparableConv1D", [2, 2]], ["DepthwiseConv1D", [2]], ["EinsumDense", ["abc,cd->abd", (None, 2)]],
    ["MaxPooling1D", [2]], ["AveragePooling1D", [2]], ["AdaptiveMaxPooling1D", [2]], ["AdaptiveAveragePooling1D", [2]], ["GlobalMaxPooling1D"],
    ["UpSampling1D"], ["ZeroPadding1D"], ["Cropping1D"], ["Discretization", [[0.0, 1.0]]], ["GlobalAveragePooling2D", [], {}, [(2, 4, 1, 3)]],
    ["SpectralNormalization", [("Dense", [2], {})]],
):
    flow(*each)

supported = {}
for name, kind in inspect.getmembers(layers, lambda each: inspect.isclass(each) and issubclass(each, layers.Layer)):
    try:
        supported[name] = supports(name, kind)
    except TypeError:
        # It needs arguments, and is no layer of Strata's: the tests ask for all of those.
        continue

with open(pathlib.Path(__file__).parent / "masks.json", "w") as file:
    file.write('{"supports": ' + json.dumps(supported) + ',\n"flows": [\n')
    file.write(",\n".join(json.dumps(each) for each in FLOWS) + "\n]}\n")
