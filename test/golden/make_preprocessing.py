"""Numbers of Keras's preprocessing layers over their options, and a second opinion of NumPy where it is simple.

Run beforehand with Keras 3.15.1 on its tensorflow backend (TensorFlow 2.21.0), which these layers need:
`KERAS_BACKEND=tensorflow python make_preprocessing.py`. Writes preprocessing.json: each case has the class, its arguments,
data that it was adapted to, the input, the arguments of the call, and the result; adapted layers also what they found.
"""

import json
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np

rng = np.random.default_rng(5)
cases = []


def plain(v):
    a = np.asarray(v)
    if a.dtype.kind in "SO": return np.vectorize(lambda b: b.decode() if isinstance(b, bytes) else str(b), otypes=[object])(a).tolist()
    return a.astype(float).round(7).tolist() if a.dtype.kind == "f" else a.tolist()


def case(name, init, x, adapt=None, call=None):
    layer = getattr(keras.layers, name)(**init)
    if adapt is not None: layer.adapt(adapt)
    y = np.asarray(layer(x, **(call or {})))
    found = None
    if adapt is not None:
        found = plain(layer.bin_boundaries) if name == "Discretization" else [plain(t) for t in layer.get_vocabulary()]
    cases.append({
        "layer": name, "init": {k: (plain(v) if isinstance(v, np.ndarray) else v) for k, v in init.items()},
        "adapt": None if adapt is None else plain(adapt), "x": plain(x), "float": np.asarray(x).dtype.kind == "f",
        "call": {k: plain(v) for k, v in (call or {}).items()}, "y": plain(y), "found": found,
    })
    return y


for mode in ("one_hot", "multi_hot", "count"):
    for x in ([3, 2, 0, 1], [[0, 1], [0, 0], [1, 2]], [[0], [2]], [[[0, 1, 1]], [[3, 3, 3]]], [[1, 9]]):
        x = np.array(x)
        # Keras sums over axis 1 here, against its own compute_output_shape.
        if x.ndim == 3 and mode != "one_hot": continue
        y = case("CategoryEncoding", {"num_tokens": 4, "output_mode": mode}, x)
        hot = (x[..., None] == np.arange(4)).astype("float32")
        want = (hot[..., 0, :] if x.ndim > 1 and x.shape[-1] == 1 else hot) if mode == "one_hot" else hot.max(-2) if mode == "multi_hot" else hot.sum(-2)
        np.testing.assert_array_equal(y, want)
case("CategoryEncoding", {"num_tokens": 4, "output_mode": "count"}, np.array([[0, 1], [0, 0], [1, 2]]), call={"count_weights": np.array([[0.1, 0.2], [0.1, 0.1], [0.2, 0.3]], "float32")})
case("CategoryEncoding", {"num_tokens": 4}, np.array([[0.0, 1.9]], "float32"))
x = np.array([[-1.5, 1.0, 3.4, 0.5], [0.0, 3.0, 1.3, 0.0]], "float32")
for mode in ("int", "one_hot", "multi_hot", "count"):
    for part in (x, x[0], x[:, :1]):
        y = case("Discretization", {"bin_boundaries": [0.0, 1.0, 2.0], "output_mode": mode}, part)
        if mode == "int": np.testing.assert_array_equal(y, np.digitize(part, [0, 1, 2]))
case("Discretization", {"num_bins": 4}, x, adapt=x)
data = rng.normal(size=200).astype("float32").round(3)
for epsilon in (0.01, 0.1, 0.3):
    for bins in (2, 4, 10):
        case("Discretization", {"num_bins": bins, "epsilon": epsilon}, x, adapt=data)
case("Discretization", {"num_bins": 3, "output_mode": "count"}, x, adapt=data[:50])
ints = np.array([[0, 1, 2, 3], [4, -1, 10**6, 7]])
for init in ({"num_bins": 3}, {"num_bins": 7, "salt": 133}, {"num_bins": 7, "salt": [1, 2]}, {"num_bins": 7, "mask_value": 0}, {"num_bins": 1}):
    case("Hashing", init, ints)
for mode in ("one_hot", "multi_hot", "count"): case("Hashing", {"num_bins": 4, "output_mode": mode}, ints)
texts = np.array(["x", "yy", "abcd", "abcdefgh", "a longer string of words", "a longer string of words that is over 33", "q" * 64, "q" * 65, "w" * 128, "w" * 200, "", "é"])
for init in ({"num_bins": 1000003}, {"num_bins": 1000003, "salt": [7, 9]}, {"num_bins": 5, "mask_value": "x"}): case("Hashing", init, texts)
v = [12, 36, 1138, 42]
ids = np.array([[12, 1138, 42], [42, 1000, 36], [0, -1, 7]])
for init in ({}, {"num_oov_indices": 2}, {"num_oov_indices": 3, "mask_token": 0}, {"mask_token": 0}, {"output_mode": "multi_hot"}, {"output_mode": "one_hot"},
             {"output_mode": "count", "mask_token": 0}, {"output_mode": "count", "num_oov_indices": 2}, {"output_mode": "tf_idf", "idf_weights": [0.25, 0.75, 0.6, 0.4]},
             {"output_mode": "count", "pad_to_max_tokens": True, "max_tokens": 8}):
    case("IntegerLookup", {"vocabulary": v, **init}, ids)
case("IntegerLookup", {"vocabulary": v, "num_oov_indices": 0}, ids[:1])
case("IntegerLookup", {"vocabulary": [-1, 12, 36]}, ids)
case("IntegerLookup", {"vocabulary": [0, -1, 12], "mask_token": 0}, ids)
case("IntegerLookup", {"vocabulary": v, "invert": True}, np.array([[1, 3, 4], [4, 0, 9]]))
case("IntegerLookup", {"vocabulary": v, "invert": True, "mask_token": 0}, np.array([[1, 3, 5], [4, 0, 2]]))
many = rng.choice(100000, 300, replace=False) - 50000
case("IntegerLookup", {"vocabulary": many.tolist()}, np.concatenate([many[::13], many[:9] + 1, [99999999]]))
fit = np.array([[12, 1138, 42], [42, 1000, 36], [42, 12, 5]])
for init in ({}, {"max_tokens": 3}, {"max_tokens": 4, "mask_token": 42}, {"output_mode": "tf_idf"}): case("IntegerLookup", init, np.array([[12, 42, 99]]), adapt=fit)
words = np.array([["a", "c", "d"], ["d", "z", "b"]])
for init in ({}, {"num_oov_indices": 2}, {"mask_token": ""}, {"output_mode": "count"}, {"output_mode": "multi_hot"}, {"output_mode": "one_hot", "mask_token": "z"}):
    case("StringLookup", {"vocabulary": list("abcd"), **init}, words)
case("StringLookup", {"vocabulary": ["", "[UNK]", "a"], "mask_token": ""}, words)
case("StringLookup", {"vocabulary": list("abcd"), "invert": True}, np.array([[1, 3, 4], [4, 0, 2]]))
case("StringLookup", {"num_oov_indices": 3}, texts, adapt=np.array(["b", "a", "b", "c", "a", "b", "d", "é"]))

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "preprocessing.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
print(len(cases))
