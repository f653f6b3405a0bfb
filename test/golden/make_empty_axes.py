"""Makes empty_axes.json: what Keras gives where an axis other than the batch has no values.

Keras 3.15.1, jax backend, NumPy 2.4.6, Python 3.11. Run it as

    KERAS_BACKEND=jax python make_empty_axes.py > empty_axes.json

Layers are those of ../models/data/layers.json, with all weights 0.5, called with ones. Ops are called as in ops_*.json,
each axis of one input, and of all inputs that have it, cut to nothing. "raises" says that Keras refuses, eagerly or at
once for symbolic inputs; calls that Keras has in another form are left out.
"""

import inspect
import json
import pathlib
import re
import warnings

import keras
import numpy as np
from keras import ops

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent


def plain(x):
    x = np.asarray(x)
    data = x.astype("float64") if x.dtype.kind == "f" else x.astype("int64")
    words = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
    values = [words.get(str(v), float(f"{v:.7g}")) if x.dtype.kind == "f" else int(v) for v in data.ravel().tolist()]
    same = len(values) > 1 and all(v == values[0] for v in values)
    return {"dtype": str(x.dtype), "shape": list(x.shape), "data": values[:1] if same else values}


def leaves(result):
    return [plain(x) for x in keras.tree.flatten(result)]


def attempt(call):
    try:
        return leaves(call())
    except Exception as error:
        return f"raises {type(error).__name__}"


def emptied(shapes, first):
    """Shapes with one axis of one input, or of all inputs where it has the same size, cut to nothing."""
    found = []
    for index, shape in enumerate(shapes):
        for axis in range(first, len(shape)):
            alone = [list(s) for s in shapes]
            alone[index][axis] = 0
            found.append(alone)
            found.append([[0 if a == axis and a < len(shape) and s[a] == shape[axis] else d for a, d in enumerate(s)]
                          for s in shapes])
    return [s for i, s in enumerate(found) if s not in found[:i]]


def layer_cases():
    for name, stored in json.loads((here / "../models/data/layers.json").read_text()).items():
        config = stored["model"]["config"]
        inputs = [layer["config"] for layer in config["layers"] if layer["class_name"] == "InputLayer"]
        own = [layer for layer in config["layers"] if layer["class_name"] != "InputLayer"]
        if len(own) != 1 or name == "Masking":
            continue
        shapes = [[2, *given["batch_shape"][1:]] for given in inputs]
        dtypes = [given["dtype"] for given in inputs]
        for cut in emptied(shapes, 1):
            def run():
                layer = keras.layers.deserialize({k: own[0][k] for k in ("module", "class_name", "config", "registered_name")})
                x = [np.ones(shape, dtype) for shape, dtype in zip(cut, dtypes)]
                x = x[0] if len(x) == 1 else x
                layer(x)
                layer.set_weights([np.full(w.shape, 0.5, w.dtype) if w.dtype != "uint32" else np.asarray(w) for w in layer.weights])
                symbols = [keras.KerasTensor(shape, dtype) for shape, dtype in zip(cut, dtypes)]
                layer(symbols[0] if len(symbols) == 1 else symbols)
                return layer(x)
            yield {"name": name, "shapes": cut, "dtypes": dtypes, "result": attempt(run)}


SPECIAL = {"keepDims": "keepdims", "numClasses": "num_classes"}


def snake(name):
    return SPECIAL.get(name) or re.sub("[A-Z]", lambda m: "_" + m.group().lower(), name)


def cut_to(shape, cut, data, dtype):
    x = np.array([float(v) for v in data]).astype(dtype).reshape(shape)
    return x[tuple(slice(0, size) for size in cut)]


def op_cases():
    for path in sorted(here.glob("ops_*.json")):
        seen = {}
        for case in json.loads(path.read_text()):
            name, inputs = case["op"], case["inputs"]
            parts = [snake(part) for part in name.split(".")]
            op = ops
            for part in parts:
                op = getattr(op, part, None)
            wide = re.search("int64|float64", json.dumps([case["args"], case.get("options")]))
            usual = not wide and not case.get("before") and not case.get("tensorOptions") and inputs
            if op is None or not usual or any(0 in i["shape"] or i["dtype"] in ("float64", "int64") for i in inputs):
                continue
            key = (len(inputs), tuple(len(i["shape"]) for i in inputs), json.dumps([case["args"], case.get("options")]))
            if key in seen.setdefault(name, set()) or len(seen[name]) >= 4:
                continue
            seen[name].add(key)
            options = {snake(k): v for k, v in case.get("options", {}).items()}
            try:
                given = [i["shape"] for i in inputs]
                inspect.signature(op).bind(*([0] if case.get("inputList") else given), *case["args"], **options)
                whole = [cut_to(i["shape"], i["shape"], i["data"], i["dtype"]) for i in inputs]
                op(*([whole] if case.get("inputList") else whole), *case["args"], **options)
            except (TypeError, ValueError):
                continue
            for cut in emptied([i["shape"] for i in inputs], 0):
                def run():
                    x = [cut_to(i["shape"], c, i["data"], i["dtype"]) for i, c in zip(inputs, cut)]
                    return op(*([x] if case.get("inputList") else x), *case["args"], **options)
                yield {"name": name, "shapes": cut, "dtypes": [i["dtype"] for i in inputs], "inputs": inputs,
                       "args": case["args"], **({"options": case["options"]} if case.get("options") else {}),
                       **({"inputList": True} if case.get("inputList") else {}), "result": attempt(run)}


def written(cases):
    return "[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]"


print(f'{{"keras":"{keras.__version__}","layers":{written(layer_cases())},"ops":{written(op_cases())}}}')
