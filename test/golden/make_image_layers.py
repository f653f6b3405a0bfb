"""Makes image_layers.json: what Resizing, CenterCrop and ReversibleEmbedding give, and the counts of bincount and nonzero.

KERAS_BACKEND=jax python test/golden/make_image_layers.py, with Keras 3.15.1, NumPy 2.4.6 and SciPy for float64.
"""
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
import scipy.special
from golden_values import plain, values
from keras import layers, ops

HERE = os.path.dirname(os.path.abspath(__file__))


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def case(name, args, options, x, call=None):
    layer = getattr(layers, name)(*args, **options)
    layer.build(x.shape)
    layer.set_weights([values(w.shape, index) for index, w in enumerate(layer.weights)])
    y = layer(x, **(call or {}))
    return {
        "layer": name, "args": args, "options": {camel(k): v for k, v in options.items()}, "call": call or {},
        "x": plain(x), "dtype": str(x.dtype), "weights": [plain(w) for w in layer.get_weights()],
        "y": plain(y), "result": str(ops.convert_to_tensor(y).dtype),
    }


images = values((2, 5, 4, 2))
whole = (images * 20).astype("int32")
tokens = np.array([[1, 2, 0], [3, 0, 1]], "int32")
cases = [
    case("Resizing", [3, 6], {}, images),
    case("Resizing", [3, 6], {}, whole),
    case("Resizing", [3, 6], {"interpolation": "nearest"}, whole),
    case("Resizing", [3, 3], {"crop_to_aspect_ratio": True, "interpolation": "bicubic"}, images),
    case("Resizing", [2, 6], {"pad_to_aspect_ratio": True, "fill_value": 2.0, "antialias": True}, images),
    case("Resizing", [3, 6], {"data_format": "channels_first", "interpolation": "lanczos3"}, images),
    case("Resizing", [3, 6], {}, images[0]),
    case("CenterCrop", [3, 2], {}, images),
    case("CenterCrop", [2, 1], {}, whole),
    case("CenterCrop", [8, 6], {}, images),
    case("CenterCrop", [2, 1], {"data_format": "channels_first"}, images),
    case("CenterCrop", [5, 4], {}, images[0]),
    case("ReversibleEmbedding", [4, 3], {}, tokens),
    case("ReversibleEmbedding", [4, 3], {}, values((2, 5, 3)), {"reverse": True}),
    case("ReversibleEmbedding", [4, 3], {"tie_weights": False}, values((2, 3)), {"reverse": True}),
    case("ReversibleEmbedding", [4, 3], {"logit_soft_cap": 2.0}, values((2, 3)), {"reverse": True}),
    case("ReversibleEmbedding", [4, 3], {"reverse_dtype": "float16"}, values((2, 3)), {"reverse": True}),
]

counts = [
    {"x": x, "weights": weights, "minlength": minlength, "y": plain(ops.bincount(np.array(x, "int32"),
        weights=None if weights is None else np.array(weights, "float32"), minlength=minlength))}
    for x, weights, minlength in [
        ([1, 3, 1, 0], None, 0), ([1, 3, 1, 0], None, 6), ([2, 2], [0.5, 1.5], 0), ([[0, 1, 1], [2, 2, 0]], None, 3),
    ]
]
places = [
    {"x": x.tolist(), "y": [plain(i) for i in ops.nonzero(x)]}
    for x in (np.array([0.0, 2.0, 0.0, -1.0], "float32"), np.array([[0.0, 1.0], [2.0, 3.0]], "float32"))
]
points = [-5.5, -2.0, -1.0, -0.3, 0.0, 1e-9, 0.5, 0.99, 1.0, 2.5, 6.0, 9.0, 20.0]
parts = [-1.0, -0.9999999, -0.5, 0.0, 1e-12, 0.3, 0.9, 0.999999999, 1.0]
doubles = {
    "erfc": {"x": points, "y": scipy.special.erfc(points).tolist()},
    "erfinv": {"x": parts[1:-1], "y": scipy.special.erfinv(parts[1:-1]).tolist()},
}
with open(os.path.join(HERE, "image_layers.json"), "w") as file:
    json.dump({"cases": cases, "counts": counts, "places": places, "doubles": doubles}, file)
print(len(cases))
