"""Makes recurrent.json: what Keras's recurrent layers and masks give. Keras 3.15.1 with JAX on a CPU, NumPy 2.4.6.

KERAS_BACKEND=jax python make_recurrent.py
"""
import json
import os

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras  # noqa: E402
from keras import layers  # noqa: E402

random = np.random.default_rng(7)
cases = []


def plain(values):
    values = np.asarray(values)
    if values.dtype == bool:
        return values.tolist()
    return json.loads(json.dumps(np.vectorize(lambda v: float(f"{v:.7g}"))(values.astype("float64")).tolist())) if values.size else values.tolist()


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def fill(layer):
    for weight in layer.weights:
        weight.assign((random.standard_normal(weight.shape) * 0.5).astype("float32"))


def case(kind, name, args, options, x, layer, mask=None, initial=None, calls=1):
    call = {}
    if mask is not None:
        call["mask"] = np.asarray(mask)
    if initial is not None:
        call["initial_state"] = [np.asarray(s, "float32") for s in initial]
    layer(x, **call)
    fill(layer)
    if hasattr(layer, "reset_state") and layer.stateful:
        layer.reset_state()
    for _ in range(calls):
        y = layer(x, **call)
    ys = [y] if not isinstance(y, (list, tuple)) else list(y)
    cases.append({
        "kind": kind,
        "name": name,
        "args": args,
        "options": {camel(k): v for k, v in options.items()},
        "x": plain(x),
        **({} if mask is None else {"mask": plain(mask)}),
        **({} if initial is None else {"initialState": [plain(s) for s in initial]}),
        "calls": calls,
        "weights": [{"path": w.path, "value": plain(w)} for w in layer.weights],
        "y": [plain(v) for v in ys],
        "several": isinstance(y, (list, tuple)),
    })


x = random.standard_normal((2, 4, 3)).astype("float32")
masks = {
    "right": [[True, True, False, False], [True, True, True, True]],
    "gaps": [[False, True, False, True], [True, False, True, False]],
    "none counts": [[False] * 4, [True, True, False, True]],
}
both = dict(return_sequences=True, return_state=True)
common = [
    ("last", {}),
    ("sequences", dict(return_sequences=True)),
    ("states", both),
    ("backwards", dict(go_backwards=True, **both)),
    ("unrolled", dict(unroll=True, **both)),
    ("unrolled backwards", dict(unroll=True, go_backwards=True, **both)),
    ("no bias", dict(use_bias=False, **both)),
    ("relu", dict(activation="relu", **both)),
    ("linear", dict(activation=None, **both)),
    ("softsign", dict(activation="softsign", **both)),
    ("gelu", dict(activation="gelu", **both)),
]
gated = [
    ("hard sigmoid", dict(recurrent_activation="hard_sigmoid", **both)),
    ("silu gates", dict(recurrent_activation="silu", activation="elu", **both)),
]
kinds = {
    "SimpleRNN": (layers.SimpleRNN, 1, common),
    "LSTM": (layers.LSTM, 2, common + gated),
    "GRU": (layers.GRU, 1, common + gated + [
        ("reset before", dict(reset_after=False, **both)),
        ("reset before, no bias", dict(reset_after=False, use_bias=False, **both)),
        ("reset before, mish", dict(reset_after=False, activation="mish", **both)),
    ]),
}
for kind, (cls, states, options) in kinds.items():
    for name, given in options:
        case(kind, name, [2], given, x, cls(2, **given))
    for name, mask in masks.items():
        case(kind, f"mask: {name}", [2], both, x, cls(2, **both), mask=mask)
        given = dict(zero_output_for_mask=True, **both)
        case(kind, f"mask: {name}, zeros", [2], given, x, cls(2, **given), mask=mask)
    given = dict(return_state=True)
    case(kind, "mask, last", [2], given, x, cls(2, **given), mask=masks["none counts"])
    given = dict(return_state=True, zero_output_for_mask=True)
    case(kind, "mask, last, zeros", [2], given, x, cls(2, **given), mask=masks["right"])
    given = dict(go_backwards=True, **both)
    case(kind, "mask, backwards", [2], given, x, cls(2, **given), mask=masks["gaps"])
    given = dict(unroll=True, **both)
    case(kind, "mask, unrolled", [2], given, x, cls(2, **given), mask=masks["gaps"])
    initial = [random.standard_normal((2, 2)).astype("float32") for _ in range(states)]
    case(kind, "initial state", [2], both, x, cls(2, **both), initial=initial)
    case(kind, "initial state and mask", [2], both, x, cls(2, **both), initial=initial, mask=masks["none counts"])
    given = dict(stateful=True, **both)
    case(kind, "stateful", [2], given, x, cls(2, **given), calls=3)

for name, given in [("stacked", both), ("stacked backwards", dict(go_backwards=True, **both)), ("stacked last", {})]:
    cells = [layers.LSTMCell(2), layers.GRUCell(3), layers.SimpleRNNCell(2)]
    layer = layers.RNN(cells, **given)
    y = layer(x)
    fill(layer)
    y = layer(x)
    flat = keras.tree.flatten(y)
    cases.append({
        "kind": "RNN", "name": name, "args": [], "options": {camel(k): v for k, v in given.items()}, "x": plain(x), "calls": 1,
        "weights": [{"path": w.path, "value": plain(w)} for w in layer.weights],
        "y": [plain(v) for v in flat], "several": len(flat) > 1,
    })
layer = layers.RNN([layers.LSTMCell(2), layers.GRUCell(3)], **both)
layer(x)
fill(layer)
flat = keras.tree.flatten(layer(x, mask=np.asarray(masks["gaps"])))
cases.append({
    "kind": "RNN", "name": "stacked, mask", "args": [], "options": {camel(k): v for k, v in both.items()}, "x": plain(x),
    "mask": masks["gaps"], "calls": 1, "cells": 2,
    "weights": [{"path": w.path, "value": plain(w)} for w in layer.weights],
    "y": [plain(v) for v in flat], "several": True,
})

for mode in ["concat", "sum", "mul", "ave", None]:
    for inner_name, inner in [("last", {}), ("sequences", dict(return_sequences=True)), ("states", both)]:
        layer = layers.Bidirectional(layers.LSTM(2, name="lstm", **inner), merge_mode=mode, name="bidirectional")
        given = {"mergeMode": mode, "layer": {camel(k): v for k, v in inner.items()}}
        case("Bidirectional", f"{mode}, {inner_name}", [2], {}, x, layer)
        cases[-1]["options"] = given
inner = dict(go_backwards=True, **both)
layer = layers.Bidirectional(layers.LSTM(2, name="lstm", **inner), backward_layer=layers.LSTM(2, name="there", **both),
                             name="bidirectional")
case("Bidirectional", "of a layer that goes backwards", [2], {}, x, layer)
cases[-1]["options"] = {"mergeMode": "concat", "layer": {camel(k): v for k, v in inner.items()}}
layer = layers.Bidirectional(layers.LSTM(2, name="lstm", **both), name="bidirectional")
case("Bidirectional", "mask", [2], {}, x, layer, mask=masks["gaps"])
cases[-1]["options"] = {"mergeMode": "concat", "layer": {camel(k): v for k, v in both.items()}}
layer = layers.Bidirectional(layers.LSTM(2, name="lstm", **both), name="bidirectional")
initial = [random.standard_normal((2, 2)).astype("float32") for _ in range(4)]
case("Bidirectional", "initial state", [2], {}, x, layer, initial=initial)
cases[-1]["options"] = {"mergeMode": "concat", "layer": {camel(k): v for k, v in both.items()}}

case("TimeDistributed", "Dense", [2], {}, x, layers.TimeDistributed(layers.Dense(2, name="dense"), name="time_distributed"))

images = random.standard_normal((2, 3, 4, 5, 2)).astype("float32")
for name, given in [
    ("last", {}), ("states", both), ("same", dict(padding="same", **both)),
    ("strides", dict(strides=2, padding="same", **both)), ("strides, valid", dict(strides=(1, 2), **both)),
    ("dilation", dict(dilation_rate=(1, 2), **both)), ("backwards, no bias", dict(go_backwards=True, use_bias=False, **both)),
    ("activations", dict(activation="relu", recurrent_activation="hard_sigmoid", **both)), ("unrolled", dict(unroll=True, **both)),
]:
    case("ConvLSTM2D", name, [2, [2, 3]], given, images, layers.ConvLSTM2D(2, (2, 3), **given))
    assert cases[-1]["weights"]
given = dict(data_format="channels_first", **both)
layer = layers.ConvLSTM2D(2, (2, 3), **both)
layer(images)
fill(layer)
ys = layer(images)
cases.append({
    "kind": "ConvLSTM2D", "name": "channels first", "options": {camel(k): v for k, v in given.items()},
    "x": plain(np.moveaxis(images, -1, 2)), "calls": 1, "weights": [{"path": w.path, "value": plain(w)} for w in layer.weights],
    "y": [plain(np.moveaxis(np.asarray(v), -1, 2 if index == 0 else 1)) for index, v in enumerate(ys)], "several": True,
})

# Masks from layer to layer.
ids = np.array([[1, 2, 0, 0], [3, 0, 1, 2]])
tokens = keras.Input((None,), dtype="int32")
h = layers.Embedding(4, 3, mask_zero=True, name="embedding")(tokens)
h = layers.Dropout(0.5)(h)
h = layers.LSTM(2, return_sequences=True, name="lstm")(h)
h = layers.Dense(3, name="dense")(h)
y = layers.GRU(2, name="gru")(h)
model = keras.Model(tokens, y)
fill(model)
chain = {
    "x": ids.tolist(),
    "weights": [{"path": w.path, "value": plain(w)} for w in model.weights],
    "y": plain(model(ids)),
}
steps = x.copy()
steps[0, 2:] = 9
steps[1, 1] = 9
steps[1, 3, 0] = 9
masking = layers.Masking(9.0)
masked = masking(steps)
rnn = layers.SimpleRNN(2, name="simple_rnn")
rnn(masked)
fill(rnn)
chain_masking = {
    "x": plain(steps),
    "values": plain(masked),
    "mask": plain(masking.compute_mask(steps)),
    "weights": [{"path": w.path, "value": plain(w)} for w in rnn.weights],
    "y": plain(rnn(masking(steps))),
}
model = keras.Sequential([keras.Input((None, 3)), layers.Masking(9.0), layers.Bidirectional(layers.GRU(2, return_sequences=True)),
                          layers.TimeDistributed(layers.Dense(2)), layers.LSTM(2)])
fill(model)
chain_sequential = {
    "x": plain(steps),
    "weights": [{"path": w.path, "value": plain(w)} for w in model.weights],
    "y": plain(model(steps)),
}

# What cells drop in training: the factors, given, and what comes out.
dropout = []
for kind, cls, extra in [("SimpleRNN", layers.SimpleRNNCell, {}), ("LSTM", layers.LSTMCell, {}), ("GRU", layers.GRUCell, {}),
                         ("GRU", layers.GRUCell, {"reset_after": False})]:
    cell = cls(2, dropout=0.5, recurrent_dropout=0.5, **extra)
    size = 2 if kind == "LSTM" else 1
    cell.build((2, 3))
    fill(cell)
    gates = getattr(cell, "dropout_mask_count", 1)
    factors = [random.integers(0, 2, (2, gates * 3)).astype("float32") * 2, random.integers(0, 2, (2, gates * 2)).astype("float32") * 2]
    one = lambda factor: factor if gates == 1 else np.split(factor, gates, axis=-1)  # noqa: E731
    cell.get_dropout_mask = lambda step: one(factors[0])
    cell.get_recurrent_dropout_mask = lambda step: one(factors[1])
    states = [random.standard_normal((2, 2)).astype("float32") for _ in range(size)]
    part = random.standard_normal((2, 3)).astype("float32")
    output, after = cell(part, states if size > 1 else states, training=True)
    dropout.append({
        "kind": kind, "options": {camel(k): v for k, v in extra.items()}, "x": plain(part), "states": [plain(s) for s in states],
        "factors": [plain(f) for f in factors],
        "weights": [{"path": w.path, "value": plain(w)} for w in cell.weights],
        "y": [plain(v) for v in [output, *keras.tree.flatten(after)]],
    })

# Lines and volumes, with numbers of their own so that those above stay.
random = np.random.default_rng(11)
for kind, size, steps in [
    ("ConvLSTM1D", 2, random.standard_normal((2, 3, 5, 2)).astype("float32")),
    ("ConvLSTM3D", [2, 1, 2], random.standard_normal((2, 3, 4, 2, 3, 2)).astype("float32")),
]:
    for name, given in [
        ("last", {}), ("same", dict(padding="same", **both)), ("strides", dict(strides=2, padding="same", **both)),
        ("dilation", dict(dilation_rate=2, padding="same", **both)), ("backwards, no bias", dict(go_backwards=True, use_bias=False, **both)),
    ]:
        kernel = tuple(size) if isinstance(size, list) else size
        case(kind, name, [2, size], given, steps, getattr(layers, kind)(2, kernel, **given))
        assert cases[-1]["weights"]

with open(os.path.join(os.path.dirname(__file__), "recurrent.json"), "w") as file:
    json.dump({"cases": cases, "embedding": chain, "masking": chain_masking, "sequential": chain_sequential, "dropout": dropout}, file)
print(len(cases), os.path.getsize(file.name))
