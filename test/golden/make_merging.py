"""Makes merging.json: what Keras's merging layers give.

Keras 3.15.1, jax backend (CPU, float32), NumPy 2.4.6, Python 3.11. Run it as

    KERAS_BACKEND=jax python make_merging.py > merging.json
"""

import json

import keras
import numpy as np
from keras import layers

from golden_values import plain, values


def case(name, shapes, options=None, args=(), dtypes=None, masks=None):
    options = options or {}
    inputs = [values(shape, 0.4 * i).astype((dtypes or {}).get(i, "float32")) for i, shape in enumerate(shapes)]
    layer = getattr(layers, name)(*args, **options)
    y = layer(inputs)
    result = {
        "layer": name,
        "args": list(args),
        "options": options,
        "inputs": [{"shape": list(x.shape), "dtype": str(x.dtype), "values": plain(x)} for x in inputs],
        "shape": list(y.shape),
        "dtype": str(y.dtype),
        "y": plain(y),
    }
    if masks is not None:
        given = [None if m is None else np.array(m) for m in masks]
        out = layer.compute_mask(inputs, given)
        result |= {"masks": masks, "mask": None if out is None else np.array(out).tolist()}
    return result


elementwise = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"]
cases = [case(name, [(2, 3), (2, 3)]) for name in elementwise]
cases += [case(name, [(2, 3), (2, 4, 3)]) for name in elementwise]
cases += [case(name, [(2, 3), (2, 1), (2, 3)]) for name in elementwise if name != "Subtract"]
cases += [
    case("Add", [(2,), (2, 2, 3), (2, 1)]),
    case("Add", [(2, 3)]),
    case("Add", [(2, 3), (2, 3)], dtypes={0: "int32", 1: "int32"}),
    case("Add", [(2, 3), (2, 3)], dtypes={0: "int32"}),
    case("Multiply", [(2, 3), (2, 3)], dtypes={1: "int32"}),
    case("Average", [(2, 3), (2, 3)], dtypes={0: "int32", 1: "int32"}),
    case("Add", [(2, 3, 2), (2, 3, 2)], masks=[[[True, False, False], [True, True, False]], [[True, True, False]] * 2]),
    case("Add", [(2, 3, 2), (2, 3, 2)], masks=[[[True, False, False], [True, True, False]], None]),
    case("Concatenate", [(2, 3), (2, 4)]),
    case("Concatenate", [(2, 3)]),
    case("Concatenate", [(2, 3, 2), (2, 1, 2), (2, 2, 2)], {"axis": 1}),
    case("Concatenate", [(2, 3), (1, 3)], {"axis": 0}),
    case("Concatenate", [(2, 3, 2), (2, 1, 2)], {"axis": -2}),
    case("Concatenate", [(2, 3), (2, 4)], dtypes={0: "int32"}),
    case("Concatenate", [(2, 2, 1), (2, 3, 1)], {"axis": 1}, masks=[[[True, False]] * 2, [[False, True, True]] * 2]),
    case("Concatenate", [(2, 2, 1), (2, 3, 1)], {"axis": 1}, masks=[[[True, False]] * 2, None]),
    case("Concatenate", [(2, 2, 1), (2, 2, 3)], masks=[[[True, False]] * 2, [[False, False]] * 2]),
    case("Dot", [(2, 3), (2, 3)], args=(1,)),
    case("Dot", [(2, 3), (2, 3)], {"normalize": True}, args=(-1,)),
    case("Dot", [(2, 4, 3), (2, 5, 3)], args=(-1,)),
    case("Dot", [(2, 4, 3), (2, 5, 3)], {"normalize": True}, args=(2,)),
    case("Dot", [(2, 4, 3), (2, 3)], args=([2, 1],)),
    case("Dot", [(2, 3), (2, 5, 3)], args=([1, 2],)),
    case("Dot", [(2, 3, 2, 2), (2, 2, 3)], args=([1, 2],)),
    case("Dot", [(2, 3, 2), (2, 3, 4)], args=(1,)),
]

print(json.dumps({"keras": keras.__version__, "layers": cases}, separators=(",", ":")))
