"""Makes orders.json: functional models drawn at random, with the order in which Keras 3.15.1 lists their layers and weights.
Keras 3.15.1 with JAX on a CPU. Run as: KERAS_BACKEND=jax python test/models/data/make_orders.py

For each model: what to_json wrote, the names of its layers, the paths of all weights, of those that training may change and of the others, and the outputs.
Weights and inputs are not stored: both sides make them by `numbers` below, whose values are exact.
"""

import json
import pathlib
import random

import keras
import numpy as np
from keras import layers, ops


def numbers(shape, seed, count=11, parts=8):
    """Fractions that float32 holds exactly: entry i is ((7 i + 5 seed) mod count - (count - 1) / 2) / parts."""
    index = np.arange(int(np.prod(shape)))
    return (((7 * index + 5 * seed) % count - (count - 1) // 2) / parts).astype("float32").reshape(shape)


class Draft:
    """A model that grows: tensors [batch, 3] and [batch, 4, 3], each of which later calls may read."""

    def __init__(self, seed):
        keras.utils.clear_session()
        self.random = random.Random(seed)
        self.inputs, self.flat, self.sequences, self.shared = [], [], [], []
        for _ in range(self.random.randint(1, 3)):
            self.sequences.append(self.input((4, 3))) if self.random.random() < 0.5 else self.flat.append(self.input((3,)))
        if not self.flat:
            self.flat.append(self.reduced())

    def input(self, shape, dtype="float32"):
        self.inputs.append(keras.Input(shape, dtype=dtype))
        return self.inputs[-1]

    def pick(self, tensors):
        # Older tensors as often as new ones, so that branches differ in length.
        return self.random.choice(tensors)

    def reduced(self):
        x = self.pick(self.sequences)
        return self.random.choice([
            lambda: layers.GlobalAveragePooling1D()(x),
            lambda: layers.LSTM(3)(x),
            lambda: layers.Bidirectional(layers.GRU(3), merge_mode="sum")(x),
            lambda: ops.mean(x, axis=1),
        ])()

    def nested(self):
        i = keras.Input((3,))
        branch = layers.Dense(3)(layers.Activation("tanh")(layers.Dense(3)(i)))
        return keras.Model(i, layers.Add()([layers.Dense(3)(i), branch]))

    def nested_of_two(self):
        i, j = keras.Input((3,)), keras.Input((3,))
        long = layers.Dense(3)(layers.Dense(3)(j))
        return keras.Model([i, j], [layers.add([layers.Dense(3)(i), long]), layers.Dense(3)(i)])

    def grow(self):
        x, y = self.pick(self.flat), self.pick(self.flat)
        def put(tensor):
            self.flat.append(tensor)
        def shared():
            if not self.shared or self.random.random() < 0.3:
                self.shared.append(self.random.choice([layers.Dense(3), self.nested(), layers.LayerNormalization()]))
            put(self.pick(self.shared)(x))
        def two_results():
            self.flat.extend(self.nested_of_two()([x, y]))
        def sequence():
            if not self.sequences:
                self.sequences.append(layers.RepeatVector(4)(x))
            s = self.pick(self.sequences)
            self.sequences.append(self.random.choice([
                lambda: layers.GRU(3, return_sequences=True)(s),
                lambda: layers.TimeDistributed(layers.Dense(3))(s),
                lambda: layers.Conv1D(3, 2, padding="causal")(s),
                lambda: layers.Masking(-1.0)(s),
                lambda: layers.Add()([s, self.pick(self.sequences)]),
                lambda: layers.MultiHeadAttention(1, 2)(s, self.pick(self.sequences)),
                lambda: layers.LSTM(3, return_sequences=True)(s, initial_state=[x, y]),
            ])())
        def reduce():
            put(self.reduced() if self.sequences else layers.Dense(3)(x))
        self.random.choice([
            lambda: put(layers.Dense(3)(x)), lambda: put(layers.Dense(3)(x)), lambda: put(layers.BatchNormalization()(x)),
            lambda: put(layers.Activation("sigmoid")(x)), lambda: put(layers.Add()([x, y])), lambda: put(ops.add(x, y)),
            lambda: put(layers.Dense(3)(layers.Concatenate()([x, y]))), lambda: put(ops.relu(x)),
            lambda: put(keras.Sequential([keras.Input((3,)), layers.Dense(3), layers.Dense(3)])(x)),
            shared, shared, two_results, sequence, sequence, reduce,
        ])()

    def model(self):
        for _ in range(self.random.randint(4, 12)):
            self.grow()
        outputs = [self.flat[-1], *self.random.sample(self.flat[-4:] + self.sequences[-2:], self.random.randint(0, 2))]
        if all(output is each for output in outputs for each in self.inputs):
            outputs = [layers.Dense(3)(outputs[0])]
        inputs = self.inputs
        if self.random.random() < 0.2:
            # Keras flattens records in the order of their keys.
            inputs = {f"{'cab'[i]}_{i}": tensor for i, tensor in enumerate(self.inputs)}
            outputs = {f"{'zyx'[i]}": tensor for i, tensor in enumerate(outputs)}
        return keras.Model(inputs, outputs)


def encoder_decoder(seed):
    keras.utils.clear_session()
    pick = random.Random(seed)
    source, target = keras.Input((5,), dtype="int32"), keras.Input((4,), dtype="int32")
    masked = pick.random() < 0.7
    encoded = layers.Embedding(6, 3, mask_zero=masked)(source)
    if pick.random() < 0.3:
        encoded = layers.Bidirectional(layers.LSTM(3, return_sequences=True), merge_mode="ave")(encoded)
    kind = pick.choice([layers.LSTM, layers.GRU])
    sequence, *states = kind(3, return_state=True, return_sequences=pick.random() < 0.5)(encoded)
    decoded = layers.Embedding(6, 3, mask_zero=masked and pick.random() < 0.7)(target)
    decoder = kind(3, return_sequences=True, return_state=pick.random() < 0.3)
    decoded = decoder(decoded, initial_state=states if len(states) > 1 or pick.random() < 0.5 else states[0])
    decoded = decoded[0] if isinstance(decoded, (list, tuple)) else decoded
    if len(sequence.shape) == 3:
        decoded = layers.Concatenate()([decoded, layers.Attention()([decoded, sequence])])
    return keras.Model([source, target], layers.Dense(6, activation="softmax")(decoded))


def masked_branches(seed):
    """Branches whose masks take more ops to compute than their values take layers."""
    keras.utils.clear_session()
    pick = random.Random(seed)
    x, features = keras.Input((4, 3)), keras.Input((4, 3))
    branch = layers.Masking(pick.choice([0.0, 0.125]))(layers.Dense(3, activation="relu")(x))
    other = layers.Dense(3)(features)
    for _ in range(pick.randint(0, 3)):
        other = layers.Dense(3)(other)
    joined = layers.Concatenate()([branch, other]) if pick.random() < 0.6 else layers.Add()([branch, other])
    inner = keras.Input((4, joined.shape[-1]))
    model = keras.Model(inner, layers.SimpleRNN(3)(inner))
    rnn = pick.choice([layers.LSTM(3), layers.GRU(3), model, layers.Bidirectional(layers.SimpleRNN(3)), layers.GlobalAveragePooling1D()])
    late = layers.LSTM(2)(layers.Dense(2)(branch))
    return keras.Model([x, features], layers.Concatenate()([late, rnn(joined)]))


def case(name, model):
    pick = random.Random(name)
    for layer in model.layers:
        if pick.random() < 0.15:
            layer.trainable = False
    text = model.to_json()
    model.set_weights([numbers(weight.shape, seed) if "variance" not in weight.path else np.abs(numbers(weight.shape, seed)) for seed, weight in enumerate(model.weights)])
    inputs = []
    for index, tensor in enumerate(keras.tree.flatten(model.inputs)):
        x = numbers([2, *tensor.shape[1:]], index + 1, 13, 4)
        inputs.append(np.abs(x * 4).astype("int32") % 6 if tensor.dtype == "int32" else x)
    structure = model._inputs_struct
    outputs = model(keras.tree.pack_sequence_as(structure, inputs))
    paths = lambda weights: [weight.path for weight in weights]
    rounded = lambda y: [float(f"{v:.7g}") for v in np.asarray(y).ravel()]
    return {
        "name": name,
        "json": json.loads(text),
        "layers": [layer.name for layer in model.layers],
        "weights": paths(model.weights),
        "trainable": paths(model.trainable_weights),
        "frozen": paths(model.non_trainable_weights),
        "outputs": [{"shape": list(y.shape), "values": rounded(y)} for y in keras.tree.flatten(outputs)],
    }


def slim(value):
    """JSON without what means the same when it is left out."""
    if isinstance(value, list):
        return [slim(part) for part in value]
    if not isinstance(value, dict):
        return value
    policy = lambda part: isinstance(part, dict) and part.get("class_name") == "DTypePolicy"
    dropped = ("build_config", "compile_config", "registered_name")
    return {k: slim(v) for k, v in value.items() if k not in dropped and v is not None and not policy(v)}


CASES = [case(f"random {seed}", Draft(seed).model()) for seed in range(56)]
CASES += [case(f"encoder-decoder {seed}", encoder_decoder(seed)) for seed in range(12)]
CASES += [case(f"masked branches {seed}", masked_branches(seed)) for seed in range(12)]
for each in CASES:
    each["json"] = slim(each["json"])
(pathlib.Path(__file__).parent / "orders.json").write_text("[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in CASES) + "\n]\n")
