"""Makes models.json: models as Keras writes them down, what its summaries say, and what the models give.

Made with Keras 3.15.1 (jax 0.10.2 backend) and Python 3.11: KERAS_BACKEND=jax python make_models.py
"""
import io
import json
import os
import re

os.environ["KERAS_BACKEND"] = "jax"
os.environ["COLUMNS"] = "250"
import keras
import numpy as np
from keras import layers as L
from keras import ops

random = np.random.RandomState(1)


def rounded(array):
    return np.round(np.asarray(array, "float32"), 4).tolist()


def fill(layer, weights):
    inner = getattr(layer, "layers", None)
    if isinstance(layer, keras.Model):
        for each in inner:
            fill(each, weights)
    elif layer.weights:
        values = [np.round(random.uniform(-1, 1, w.shape), 2).astype("float32") for w in layer.weights]
        layer.set_weights(values)
        weights[layer.name] = [v.tolist() for v in values]


def summary(model):
    lines = []
    model.summary(print_fn=lambda text: lines.append(text), line_length=200, expand_nested=True, show_trainable=True)
    text = "\n".join(lines)
    rows = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.split("│")[1:-1]]
        found = re.match(r"(?:└ )?(\S+) \((\w+)\)$", cells[0]) if cells else None
        if found:
            rows.append([found.group(1), found.group(2), cells[1], cells[2], cells[-1]])
    totals = re.findall(r"^ ?(.*params: .*)$", text, re.M)
    return {"rows": rows, "totals": [line.strip() for line in totals]}


cases = []


def case(name, model, inputs):
    weights = {}
    for layer in model.layers:
        fill(layer, weights)
    outputs = model(inputs)
    cases.append({
        "name": name,
        "json": json.loads(model.to_json()),
        "summary": summary(model),
        "weights": weights,
        "inputs": keras.tree.map_structure(rounded, inputs),
        "outputs": keras.tree.map_structure(rounded, outputs),
    })


def data(*shape):
    return np.round(random.uniform(-1, 1, shape), 2).astype("float32")


def shared_and_nested():
    x, z = keras.Input((4,), name="x"), keras.Input((4,), name="z")
    inner = keras.Model(x, L.Dense(3, name="inside")(x), name="inner")
    chain = keras.Sequential([L.Dense(4, name="first", use_bias=False), L.Dropout(0.5, name="drop")], name="chain")
    shared = L.Dense(4, name="shared", kernel_regularizer="l2", bias_constraint="non_neg", activation="gelu")
    y = ops.relu(shared(shared(x) * 2.0) + shared(z))
    outputs = {"a": inner(chain(y)), "b": ops.mean(ops.reshape(y, (-1, 2, 2)), axis=1, keepdims=True)}
    model = keras.Model({"x": x, "z": z}, outputs, name="shared_and_nested")
    case("shared_and_nested", model, {"x": data(3, 4), "z": data(3, 4)})


def sequential():
    model = keras.Sequential([
        keras.Input((2, 3), name="given"),
        L.Flatten(name="flat"),
        L.Dense(40, name="hidden", kernel_initializer="he_normal", kernel_regularizer=keras.regularizers.L1L2(0.1, 0.2)),
        L.LeakyReLU(negative_slope=0.25, name="leaky"),
        L.Dropout(0.25, seed=3, name="drop"),
        L.Reshape((4, 10), name="shape"),
        L.Permute((2, 1), name="turn"),
        L.EinsumDense("abc,cd->abd", output_shape=(None, 2), bias_axes="d", activation="tanh", name="einsum"),
        L.Activation("softmax", name="soft"),
    ], name="sequential")
    model.get_layer("hidden").trainable = False
    case("sequential", model, data(2, 2, 3))


def ops_between():
    x, y = keras.Input((4,), name="x"), keras.Input((4,), name="y")
    z = ops.maximum(ops.minimum(3.0 - x, y / 2.0), -0.5)
    z = ops.where(ops.greater(z, 0.1), ops.exp(z), ops.sigmoid(z))
    z = ops.concatenate([z, ops.squeeze(ops.expand_dims(x, 1), 1)], axis=-1)
    z = ops.transpose(ops.reshape(z, (-1, 2, 4)), (0, 2, 1))
    z = ops.matmul(z, ops.softmax(ops.stack([x, y], axis=1), axis=1))
    z = ops.clip(ops.leaky_relu(z[:, 1:3], negative_slope=0.1), -1.0, 1.0) ** 2
    z = ops.sum(ops.take(z, np.array([1, 0]), axis=1), axis=[1, 2]) + ops.max(ops.abs(x), axis=1)
    w = ops.cast(ops.argmax(y, axis=1), "float32")
    model = keras.Model([x, y], [z, w], name="ops_between")
    case("ops_between", model, [data(3, 4), data(3, 4)])


def several_calls():
    x = keras.Input((3,), name="x")
    embed = keras.Model(x, L.Dense(3, activation="relu", name="inside")(x), name="embed")
    z = embed(embed(x))
    model = keras.Model(x, ops.add(embed(z), x), name="several_calls")
    case("several_calls", model, data(2, 3))


def attention_and_recurrence():
    x = keras.Input((5, 8), name="x")
    y = L.MultiHeadAttention(2, 4, name="attention")(x, x, use_causal_mask=True)
    y = L.Add(name="sum")([y, x])
    states = L.LSTM(3, return_state=True, return_sequences=True, name="first")(y)
    last = L.LSTM(3, name="second")(y, initial_state=states[1:])
    both = L.Bidirectional(L.LSTM(3), name="both")(y)
    each = L.TimeDistributed(L.Dense(2, name="inner"), name="each")(y)
    model = keras.Model(x, [L.Concatenate(name="join")([last, both]), each], name="attention_and_recurrence")
    case("attention_and_recurrence", model, data(2, 5, 8))


for make in (shared_and_nested, sequential, ops_between, several_calls, attention_and_recurrence):
    keras.utils.clear_session()
    make()
json.dump(cases, open("models.json", "w"))
for c in cases:
    print(c["name"], c["summary"])
