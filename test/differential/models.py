"""Cases of models: functional and Sequential ones, nested, shared, of several inputs and outputs, encoder-decoders."""
import json

import numpy as np

from draw import Draw
from encode import encode, tensor
from layers import leaves, weights_for

ACTIVE = ["relu", "tanh", "sigmoid", "linear", "gelu"]


def dense_block(keras, d, x):
    """Some layers after each other on vectors."""
    layers = keras.layers
    for _ in range(d.size(1, 3)):
        kind = d.size(1, 6)
        if kind <= 3:
            x = layers.Dense(d.size(1, 4), activation=d.of(*ACTIVE), use_bias=d.chance(0.8))(x)
        elif kind == 4:
            x = d.of(layers.LayerNormalization, layers.BatchNormalization, layers.UnitNormalization)()(x)
        elif kind == 5:
            x = layers.Activation(d.of(*ACTIVE))(x)
        else:
            x = layers.Dropout(0.3)(x)
    return x


def branches(keras, d):
    """Branches of unequal length over one input, joined, with ops between."""
    layers, ops = keras.layers, keras.ops
    x = keras.Input([d.size(1, 4)], name="x")
    width = d.size(1, 4)
    parts = [layers.Dense(width)(dense_block(keras, d, x) if d.chance(0.7) else x) for _ in range(d.size(2, 3))]
    join = d.of(layers.Add, layers.Maximum, layers.Multiply, layers.Average, layers.Concatenate)
    y = join()(parts[::-1] if d.chance(0.5) else parts)
    if d.chance(0.6):
        y = d.of(lambda: y * 2.0 + 1.0, lambda: ops.exp(-ops.abs(y)), lambda: ops.concatenate([y, parts[0]], axis=-1), lambda: y[:, ::-1],
                 lambda: ops.mean(y, axis=-1, keepdims=True), lambda: ops.expand_dims(y, 1), lambda: ops.softmax(y, axis=-1))()
    outputs = [y, dense_block(keras, d, parts[0])] if d.chance(0.4) else y
    return [x], outputs


def shared(keras, d):
    """One layer, or one model, at several places."""
    layers = keras.layers
    width = d.size(1, 4)
    a, b = keras.Input([width], name="a"), keras.Input([width], name="b")
    inner_input = keras.Input([width])
    inner = keras.Model(inner_input, dense_block(keras, d, inner_input), name="inner") if d.chance(0.5) else layers.Dense(d.size(), "tanh")
    if d.chance(0.4):
        inner = keras.Sequential([layers.Dense(width, "relu"), layers.Dense(d.size())], name="stack")
    first, second = inner(a), inner(b)
    joined = d.of(layers.Subtract(), layers.Concatenate(), layers.Dot(axes=1))([first, second])
    return [a, b], dense_block(keras, d, joined)


def picture(keras, d):
    """Convolutions with a shortcut."""
    layers = keras.layers
    x = keras.Input([6, 6, d.size(1, 3)], name="x")
    width = d.size(1, 3)
    y = layers.Conv2D(width, 3, padding="same", activation="relu", strides=d.of(1, 2))(x)
    z = d.of(layers.BatchNormalization, layers.GlobalAveragePooling2D, layers.LayerNormalization)
    if z is layers.GlobalAveragePooling2D:
        return [x], layers.Dense(d.size(), "softmax")(z()(y))
    y = layers.Add()([layers.Conv2D(width, d.of(1, 3), padding="same")(z()(y)), y])
    y = d.of(layers.MaxPooling2D(), layers.AveragePooling2D(2), layers.UpSampling2D(), layers.Conv2DTranspose(2, 3, strides=2, padding="same"),
             layers.SeparableConv2D(2, 2), layers.DepthwiseConv2D(2), layers.ZeroPadding2D(1))(y)
    return [x], layers.Dense(d.size())(layers.Flatten()(y)) if d.chance(0.5) else y


def recurrent(keras, d):
    kind = d.of(keras.layers.LSTM, keras.layers.GRU, keras.layers.SimpleRNN)
    return kind, (2 if kind is keras.layers.LSTM else 1)


def sequence(keras, d):
    """Tokens, whose mask travels."""
    layers = keras.layers
    x = keras.Input([d.size(2, 5)], dtype="int32", name="tokens")
    y = layers.Embedding(5, d.size(1, 4), mask_zero=d.chance(0.7))(x)
    kind, _ = recurrent(keras, d)
    if d.chance(0.4):
        y = layers.Bidirectional(kind(d.size(1, 3), return_sequences=True))(y)
    if d.chance(0.3):
        y = layers.TimeDistributed(layers.Dense(d.size(1, 4), activation=d.of(*ACTIVE)))(y)
    if d.chance(0.3):
        y = layers.MultiHeadAttention(d.size(1, 2), 2)(y, y)
    if d.chance(0.3):
        y = layers.LayerNormalization()(y)
    y = d.of(lambda: kind(d.size(1, 3))(y), lambda: layers.GlobalAveragePooling1D()(y), lambda: layers.GlobalMaxPooling1D()(y),
             lambda: kind(2, return_sequences=True, go_backwards=d.chance(0.3))(y))()
    return [x], layers.Dense(d.size())(y)


def encoder_decoder(keras, d):
    """An encoder whose state begins the decoder, with attention now and then."""
    layers = keras.layers
    source, target = keras.Input([d.size(2, 4)], dtype="int32", name="source"), keras.Input([d.size(2, 4)], dtype="int32", name="target")
    kind, _ = recurrent(keras, d)
    units = d.size(1, 3)
    encoded, *states = kind(units, return_state=True, return_sequences=d.chance(0.5))(layers.Embedding(5, d.size(1, 3), mask_zero=d.chance(0.5))(source))
    decoded = kind(units, return_sequences=True)(layers.Embedding(5, d.size(1, 3), mask_zero=d.chance(0.5))(target), initial_state=states)
    if len(encoded.shape) == 3 and d.chance(0.6):
        decoded = layers.Concatenate()([decoded, d.of(layers.Attention, layers.AdditiveAttention)()([decoded, encoded])])
    return [source, target], layers.Dense(4, "softmax")(decoded)


def stack(keras, d):
    """A Sequential model."""
    layers = keras.layers
    model = keras.Sequential([keras.Input([d.size(2, 4), d.size(1, 4)], name="x")])
    for _ in range(d.size(1, 4)):
        model.add(d.of(lambda: layers.Dense(d.size(), activation=d.of(*ACTIVE)), lambda: layers.Conv1D(d.size(1, 3), 2, padding="same"),
                       lambda: layers.LSTM(d.size(1, 3), return_sequences=True), lambda: layers.BatchNormalization(), lambda: layers.Masking(),
                       lambda: layers.Dropout(0.2), lambda: layers.LayerNormalization(axis=[1, 2]), lambda: layers.GaussianNoise(0.1))())
    if d.chance(0.6):
        model.add(d.of(lambda: layers.Flatten(), lambda: layers.GRU(2), lambda: layers.GlobalMaxPooling1D(), lambda: layers.Permute([2, 1]))())
    return model


DRAWS = [branches, shared, picture, sequence, encoder_decoder, stack]


def model_case(keras, seed, number):
    draw = Draw(seed, "model", number)
    keras.utils.clear_session(free_memory=False)
    made = DRAWS[number % len(DRAWS)](keras, draw)
    model = made if isinstance(made, keras.Model) else keras.Model(*made)
    # What is read from its JSON has the names and the order with which models are loaded.
    text = model.to_json()
    batch = draw.batch()
    inputs = [
        draw.ids([batch, *x.shape[1:]], 5) if x.dtype == "int32" else draw.tensor([batch, *x.shape[1:]]) for x in model.inputs
    ]
    values = weights_for(draw, model)
    model.set_weights(values)
    outputs = model(inputs if len(inputs) > 1 else inputs[0])
    return {
        "id": f"{DRAWS[number % len(DRAWS)].__name__}-{seed}-{number}", "json": json.loads(text), "inputs": [encode(x) for x in inputs],
        "weights": [tensor(value) for value in values], "outputs": [tensor(np.asarray(output)) for output in leaves(outputs)],
    }


def model_cases(keras, seed, count):
    for number in range(count):
        try:
            yield model_case(keras, seed, number)
        except ValueError:  # What was drawn is no model, such as one whose steps are too few for its pools.
            continue
