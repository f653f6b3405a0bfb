"""Cases as JSON: tensors, layers inside options, structures."""
import json

import numpy as np

FLOATS = {"float16": 5, "float32": 7, "float64": 9, "bfloat16": 4}


def number(value, digits):
    value = float(value)
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    rounded = float(f"{value:.{digits}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded


def tensor(value):
    """Shape, dtype and the values in a row."""
    array = np.asarray(value)
    dtype = str(array.dtype)
    flat = array.reshape(-1)
    if dtype in FLOATS:
        data = [number(each, FLOATS[dtype]) for each in flat.astype("float64")]
    else:
        data = [int(each) for each in flat]
    return {"shape": list(array.shape), "dtype": dtype, "data": data}


def is_tensor(value):
    return isinstance(value, np.ndarray) or (hasattr(value, "shape") and hasattr(value, "dtype"))


def encode(value):
    """What JSON has of a value: `{"layer": ...}` is a layer, `{"tensor": ...}` a tensor, `{"number": ...}` NaN or an infinity."""
    if isinstance(value, Made):
        return value.encoded()
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        written = number(value, 12)
        return {"number": written} if isinstance(written, str) else written
    if isinstance(value, (list, tuple)):
        return [encode(each) for each in value]
    if isinstance(value, dict):
        return {key: encode(each) for key, each in value.items()}
    if isinstance(value, np.generic) and value.ndim == 0 and not isinstance(value, np.ndarray):
        return {"tensor": tensor(value)}
    if is_tensor(value):
        return {"tensor": tensor(value)}
    raise TypeError(f"no JSON for {type(value)}")


class Made:
    """How a layer or another object of Keras is made: its class, positional arguments and options."""

    def __init__(self, name, args=(), options=None):
        self.name, self.args, self.options = name, list(args), dict(options or {})

    def make(self, keras):
        def unwrap(value):
            if isinstance(value, Made):
                return value.make(keras)
            if isinstance(value, (list, tuple)):
                return type(value)(unwrap(each) for each in value)
            return value

        found = keras.layers
        for part in self.name.split("."):
            found = getattr(found, part)
        return found(*unwrap(self.args), **{key: unwrap(value) for key, value in self.options.items()})

    def encoded(self):
        return {"layer": self.name, "args": encode(self.args), "options": encode(self.options)}


def line(case):
    return json.dumps(case, separators=(",", ":"), allow_nan=False)
