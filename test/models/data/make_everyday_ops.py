"""Makes everyday_ops.json: models of one op each, as Keras writes them down, with an input and what Keras gives for it.

KERAS_BACKEND=jax python test/models/data/make_everyday_ops.py, with Keras 3.15.1.
"""
import json
import math
import os

import keras
import numpy as np
from keras import ops

HERE = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(3)
floats = np.round(random.uniform(-2, 2, (2, 3, 4)), 3).astype("float32")
holes = np.where(random.uniform(0, 1, floats.shape) < 0.3, math.nan, floats).astype("float32")
integers = random.integers(-9, 9, (2, 3, 4)).astype("int32")
images = np.round(np.random.default_rng(4).uniform(0, 1, (2, 3, 4, 3)), 3).astype("float32")

CALLS = [
    (floats, {
        name: getattr(ops, name)
        for name in "fabs isposinf isneginf signbit sinc cbrt deg2rad rad2deg ravel fliplr copy erfc stop_gradient ptp median".split()
    }),
    (holes, {
        name: getattr(ops, name)
        for name in "nansum nanprod nanmax nanmin nanmean nanvar nanstd nanmedian nancumsum nancumprod".split()
    }),
    (integers, {name: getattr(ops, name) for name in "bitwise_invert bitwise_not".split()}),
    (integers, {
        name: (lambda op: lambda x: op(x, x))(getattr(ops, name))
        for name in "bitwise_and bitwise_or bitwise_xor bitwise_left_shift right_shift gcd lcm".split()
    }),
    (floats, {
        name: (lambda op: lambda x: op(x, x * x))(getattr(ops, name))
        for name in "divide_no_nan fmod fmax fmin heaviside logaddexp2 true_divide".split()
    }),
    (floats, {
        "amax": lambda x: ops.amax(x, axis=1, keepdims=True),
        "nanargmax": lambda x: ops.nanargmax(x, axis=-1),
        "append": lambda x: ops.append(x, x, axis=1),
        "hstack": lambda x: ops.hstack([x, x]),
        "hsplit": lambda x: ops.hsplit(x, 3)[1],
        "array_split": lambda x: ops.array_split(x, 3, axis=2)[0],
        "rot90": lambda x: ops.rot90(x, k=3, axes=(1, 2)),
        "kron": lambda x: ops.kron(x, x),
        "argpartition": lambda x: ops.sort(ops.take_along_axis(x, ops.argpartition(x, 1, axis=2), axis=2)),
        "fold": lambda x: ops.fold(ops.transpose(x, (0, 2, 1)), (2, 4), (2, 2), stride=(1, 1)),
        "vander": lambda x: ops.vander(x[0, 0], N=3, increasing=True),
        "correlate": lambda x: ops.correlate(x[0, 0], x[0, 1, :2], mode="full"),
        "corrcoef": lambda x: ops.corrcoef(x[0]),
        "resize": lambda x: ops.image.resize(x, (5, 2), interpolation="bicubic", antialias=True),
    }),
    (images, {
        "rgb_to_grayscale": lambda x: ops.image.rgb_to_grayscale(x),
        "rgb_to_hsv": lambda x: ops.image.rgb_to_hsv(x),
        "hsv_to_rgb": lambda x: ops.image.hsv_to_rgb(x, data_format="channels_last"),
        "sobel_edges": lambda x: ops.image.sobel_edges(x),
        "gaussian_blur": lambda x: ops.image.gaussian_blur(x, sigma=(0.5, 1.5), data_format="channels_last"),
        "crop_images": lambda x: ops.image.crop_images(x, top_cropping=1, bottom_cropping=0, left_cropping=1, target_width=2),
        "pad_images": lambda x: ops.image.pad_images(x, top_padding=1, bottom_padding=0, left_padding=1, target_width=8),
        "extract_patches": lambda x: ops.image.extract_patches(x, 2, strides=1, padding="same"),
        "ssim": lambda x: ops.image.ssim(x, x * 0.5, filter_size=3),
    }),
    (abs(integers) % 4, {"multi_hot": lambda x: ops.multi_hot(x, 4)}),
]

result = {}
for x, calls in CALLS:
    for name, call in calls.items():
        entry = keras.Input(x.shape[1:], batch_size=2, dtype=str(x.dtype), name="x")
        model = keras.Model(entry, call(entry))
        y = np.asarray(model(x))
        plain = lambda values: [None if value != value else value for value in values.reshape(-1).tolist()]
        result[name] = {
            "model": json.loads(model.to_json()), "dtype": str(x.dtype), "shape": list(x.shape), "x": plain(x),
            "y": {"dtype": str(y.dtype), "shape": list(y.shape), "data": plain(y)},
        }

with open(os.path.join(HERE, "everyday_ops.json"), "w") as file:
    file.write("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in result.items()) + "\n}\n")
print(len(result))
