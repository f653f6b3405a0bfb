"""Makes zoo.json: what Keras's models give, whose definitions test/models/zoo has too, at small widths.

Weights and inputs come from a formula (`noise`), which test/models/zoo_weights.ts has too, so that none are stored. The
builders here follow the papers with Keras's layers; those of ResNet-50 and MobileNetV2 are compared with
keras.applications at full width, and the numbers of parameters of all are written down.

Made with Keras 3.15.1 on jax: KERAS_BACKEND=jax python make_zoo.py [NAME...]
"""

import json
import math
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers, ops


def noise(count, stream):
    """Numbers from -1 to 1: a hash of the place and the stream."""
    with np.errstate(over="ignore"):
        h = np.arange(1, count + 1, dtype=np.uint32) + np.uint32((stream * 7919) % 2**32)
        h *= np.uint32(2654435761)
        h ^= h >> np.uint32(15)
        h *= np.uint32(2246822519)
        h ^= h >> np.uint32(13)
        h *= np.uint32(3266489917)
        h ^= h >> np.uint32(16)
    return h.astype(np.float64) / 2**31 - 1


def fan_in(shape):
    """From how many values a result comes, or so."""
    if len(shape) == 4:
        return math.prod(shape[:-2]) if shape[-1] == 1 else math.prod(shape[:-1])
    return math.prod(shape) // max(shape[-2:])


def values(name, shape, stream):
    size = math.prod(shape)
    u = noise(size, stream)
    if name == "gamma":
        u = 1 + 0.2 * u
    elif name == "moving_variance":
        u = 1 + 0.5 * u
    elif name in ("bias", "beta", "moving_mean"):
        u = 0.1 * u
    else:
        u = u * math.sqrt(3 / fan_in(shape))
    return u.astype(np.float32).reshape(shape)


class Made:
    """The layers in the order in which the definitions call them."""

    def __init__(self, thinner):
        self.thinner = thinner
        self.layers = []

    def __call__(self, layer):
        self.layers.append(layer)
        return layer

    def thin(self, n):
        return -(-n // self.thinner)

    @property
    def weights(self):
        return [w for layer in self.layers for w in layer.weights]

    def fill(self):
        for stream, weight in enumerate(self.weights):
            weight.assign(values(weight.name, tuple(weight.shape), stream))


def lenet5(made):
    image = x = keras.Input((32, 32, 1))
    for filters in (6, 16):
        x = made(layers.Conv2D(filters, 5, activation="tanh"))(x)
        x = layers.AveragePooling2D(2)(x)
    x = made(layers.Conv2D(120, 5, activation="tanh"))(x)
    x = made(layers.Dense(84, activation="tanh"))(layers.Flatten()(x))
    return keras.Model(image, made(layers.Dense(10, activation="softmax"))(x))


def resnet50(made):
    def convolution(x, filters, size, strides=1, padding="same"):
        x = made(layers.Conv2D(made.thin(filters), size, strides=strides, padding=padding))(x)
        return made(layers.BatchNormalization(epsilon=1.001e-5))(x)

    image = keras.Input((224, 224, 3))
    x = convolution(layers.ZeroPadding2D(3)(image), 64, 7, 2, "valid")
    x = layers.MaxPooling2D(3, strides=2)(layers.ZeroPadding2D(1)(layers.ReLU()(x)))
    for narrow, count, first in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
        for block in range(count):
            strides = first if block == 0 else 1
            shortcut = convolution(x, 4 * narrow, 1, strides) if block == 0 else x
            x = layers.ReLU()(convolution(x, narrow, 1, strides))
            x = layers.ReLU()(convolution(x, narrow, 3))
            x = layers.ReLU()(layers.Add()([shortcut, convolution(x, 4 * narrow, 1)]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, made(layers.Dense(1000, activation="softmax"))(x))


def resnet50_names():
    names = ["conv1_conv", "conv1_bn"]
    for stage, count in ((2, 3), (3, 4), (4, 6), (5, 3)):
        for block in range(1, count + 1):
            for part in range(0 if block == 1 else 1, 4):
                names += [f"conv{stage}_block{block}_{part}_{kind}" for kind in ("conv", "bn")]
    return [*names, "predictions"]


def mobilenet_v2(made):
    def normalized(x):
        return made(layers.BatchNormalization(epsilon=1e-3, momentum=0.999))(x)

    def pointwise(x, filters):
        return normalized(made(layers.Conv2D(made.thin(filters), 1, use_bias=False))(x))

    def depthwise(x, strides):
        if strides == 2:
            x = layers.ZeroPadding2D(((0, 1), (0, 1)))(x)
        padding = "same" if strides == 1 else "valid"
        x = made(layers.DepthwiseConv2D(3, strides=strides, padding=padding, use_bias=False))(x)
        return layers.ReLU(max_value=6)(normalized(x))

    image = keras.Input((224, 224, 3))
    x = made(layers.Conv2D(made.thin(32), 3, strides=2, padding="same", use_bias=False))(image)
    x = pointwise(depthwise(layers.ReLU(max_value=6)(normalized(x)), 1), 16)
    before = 16
    for filters, count, first in ((24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1)):
        for block in range(count):
            strides = first if block == 0 else 1
            y = layers.ReLU(max_value=6)(pointwise(x, 6 * before))
            y = pointwise(depthwise(y, strides), filters)
            x = layers.Add()([x, y]) if before == filters else y
            before = filters
    x = layers.ReLU(max_value=6)(pointwise(x, 1280))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, made(layers.Dense(1000, activation="softmax"))(x))


def mobilenet_v2_names():
    names = ["Conv1", "bn_Conv1"]
    for block in range(17):
        prefix = "expanded_conv" if block == 0 else f"block_{block}"
        for part in ("expand", "depthwise", "project")[1 if block == 0 else 0 :]:
            names += [f"{prefix}_{part}", f"{prefix}_{part}_BN"]
    return [*names, "Conv_1", "Conv_1_bn", "predictions"]


def places(tokens):
    return ops.cumsum(ops.ones_like(tokens), axis=1) - 1


def gpt2(made):
    def normalized(x):
        return made(layers.LayerNormalization(epsilon=1e-5))(x)

    width = made.thin(768)
    tokens = keras.Input((None,), dtype="int32")
    words = made(layers.Embedding(made.thin(50257), width))
    x = words(tokens)
    x = layers.Add()([x, made(layers.Embedding(made.thin(1024), width))(places(tokens))])
    for _ in range(12):
        y = normalized(x)
        x = layers.Add()([x, made(layers.MultiHeadAttention(12, made.thin(64)))(y, y, use_causal_mask=True)])
        y = normalized(x)
        y = ops.gelu(made(layers.Dense(made.thin(3072)))(y), approximate=True)
        x = layers.Add()([x, made(layers.Dense(width))(y)])
    # A product of the variable alone would be computed here, once for all.
    return keras.Model(tokens, ops.einsum("blf,vf->blv", normalized(x), words.embeddings))


def bert_base(made):
    def normalized(x):
        return made(layers.LayerNormalization(epsilon=1e-12))(x)

    width = made.thin(768)
    tokens, segments = (keras.Input((None,), dtype="int32", name=name) for name in ("tokens", "segments"))
    mask = keras.Input((None,), dtype="bool", name="mask")
    x = made(layers.Embedding(made.thin(30522), width))(tokens)
    x = layers.Add()([
        x,
        made(layers.Embedding(made.thin(512), width))(places(tokens)),
        made(layers.Embedding(2, width))(segments),
    ])
    x = normalized(x)
    for _ in range(12):
        attention = made(layers.MultiHeadAttention(12, made.thin(64)))
        x = normalized(layers.Add()([x, attention(x, x, attention_mask=ops.expand_dims(mask, 1))]))
        y = made(layers.Dense(made.thin(3072), activation="gelu"))(x)
        x = normalized(layers.Add()([x, made(layers.Dense(width))(y)]))
    pooled = made(layers.Dense(width, activation="tanh"))(x[:, 0])
    return keras.Model([tokens, segments, mask], [x, pooled])


def bilstm_tagger(made):
    words = keras.Input((None,), dtype="int32")
    x = made(layers.Embedding(made.thin(20000), made.thin(128), mask_zero=True))(words)
    for _ in range(2):
        x = made(layers.Bidirectional(layers.LSTM(made.thin(256), return_sequences=True)))(x)
    return keras.Model(words, made(layers.Dense(17, activation="softmax"))(x))


def unet(made):
    def twice(x, filters):
        for _ in range(2):
            x = made(layers.Conv2D(made.thin(filters), 3, padding="same", activation="relu"))(x)
        return x

    image = x = keras.Input((256, 256, 1))
    skips = []
    for filters in (64, 128, 256, 512):
        x = twice(x, filters)
        skips.append(x)
        x = layers.MaxPooling2D(2)(x)
    x = twice(x, 1024)
    for filters in (512, 256, 128, 64):
        up = made(layers.Conv2DTranspose(made.thin(filters), 2, strides=2))(x)
        x = twice(layers.Concatenate()([skips.pop(), up]), filters)
    return keras.Model(image, made(layers.Conv2D(1, 1, activation="sigmoid"))(x))


def count(weights):
    return sum(math.prod(weight.shape) for weight in weights)


def compare(build, application, names):
    """The builder at full width gives what keras.applications has."""
    made = Made(1)
    mine, theirs = build(made), application(weights=None)
    made.fill()
    loaded = [weight for name in names for weight in theirs.get_layer(name).weights]
    for weight, other in zip(made.weights, loaded, strict=True):
        assert (weight.name, weight.shape) == (other.name, other.shape), (weight.path, other.path)
        other.assign(weight)
    x = noise(224 * 224 * 3, 1000003).astype(np.float32).reshape(1, 224, 224, 3)
    a, b = np.asarray(mine(x)), np.asarray(theirs(x))
    assert np.abs(a - b).max() < 1e-6 and count(mine.weights) == count(theirs.weights)


def image(size, channels):
    return noise(size * size * channels, 1000003).astype(np.float32).reshape(1, size, size, channels)


def integers(rows, columns, below):
    i = np.arange(rows * columns)
    return ((7 * i * i + 3 * i + 1) % below).astype(np.int32).reshape(rows, columns)


sentences = integers(2, 7, 1250)
sentences[0, 4:] = sentences[1, 6:] = 0
read = np.arange(9) < np.array([[9], [6]])

# Each with how many times thinner it is run, its input, and which of the results are kept.
cases = {
    "lenet5": (lenet5, 1, image(32, 1), None),
    "resnet50": (resnet50, 16, image(224, 3), [1, 23]),
    "mobilenet_v2": (mobilenet_v2, 8, image(224, 3), [1, 23]),
    "gpt2": (gpt2, 32, integers(2, 10, 1571), [1, 1, 37]),
    "bert_base": (bert_base, 32, [integers(2, 9, 954), integers(2, 9, 2), read], None),
    "bilstm_tagger": (bilstm_tagger, 16, sentences, None),
    "unet": (unet, 16, image(256, 1), [1, 13, 13, 1]),
}


def kept(result, steps):
    result = np.asarray(result)
    if steps is not None:
        result = result[tuple(slice(None, None, step) for step in steps)]
    return {"shape": list(result.shape), "values": [float(f"{v:.7g}") for v in result.reshape(-1)]}


def main(names):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "zoo.json")
    golden = {}
    if os.path.exists(path):
        with open(path) as file:
            golden = json.load(file)
    if "resnet50" in names:
        compare(resnet50, keras.applications.ResNet50, resnet50_names())
    if "mobilenet_v2" in names:
        compare(mobilenet_v2, keras.applications.MobileNetV2, mobilenet_v2_names())
    for name in names:
        build, thinner, x, steps = cases[name]
        full = build(Made(1))
        made = Made(thinner)
        model = build(made)
        made.fill()
        assert len(made.weights) == len(model.weights)
        y = model(x)
        golden[name] = {
            "parameters": count(full.weights),
            "trainable": count(full.trainable_weights),
            "smaller": thinner,
            "weights": [[weight.name, list(weight.shape)] for weight in made.weights],
            "steps": steps,
            "outputs": [kept(each, steps) for each in (y if isinstance(y, list) else [y])],
        }
        for each in golden[name]["outputs"]:
            print(name, golden[name]["parameters"], each["shape"], np.std(each["values"]), each["values"][:4])
        del full
    golden = {name: golden[name] for name in cases}
    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in golden.items()) + "\n}\n")


main(sys.argv[1:] or list(cases))
