"""Makes time_distributed.json: what Keras's TimeDistributed gives around layers that mix rows, keep state or read masks.
Keras 3.15.1 with JAX on a CPU. Run as: KERAS_BACKEND=jax python make_time_distributed.py

Each case has the layer inside and its options, the input, the mask, the training mode, how often the layer is called, the
weights before, the result of the last call, and the weights and states after it.
"""

import json
import pathlib

import keras
import numpy as np
from golden_values import plain, values
from keras import layers


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


CASES = []


def case(name, shape, training=False, mask=None, calls=1, **options):
    x = values(shape)
    layer = layers.TimeDistributed(getattr(layers, name)(**options))
    layer.build(shape)
    layer.set_weights([np.abs(values(w.shape, offset=index, scale=0.5)) for index, w in enumerate(layer.get_weights())])
    before = layer.get_weights()
    keyword = {} if mask is None else {"mask": np.array(mask)}
    for _ in range(calls):
        result = layer(x, training=training, **keyword)
    states = [variable for variable in layer.non_trainable_variables if "rnn_state" in variable.path or variable.path.endswith("/variable")]
    CASES.append({
        "layer": name, "options": {camel(k): v for k, v in options.items()}, "shape": shape, "training": training,
        "mask": mask, "calls": calls, "input": plain(x), "weights": [plain(w) for w in before], "output": plain(result),
        "after": [plain(w) for w in layer.get_weights()], "states": [plain(s) for s in states],
    })


PART = [[True, False, True], [False, False, True], [True, True, True], [True, True, False]]
INNER = [[[True, True], [True, False], [False, False]], [[False, True], [True, True], [True, False]]]
case("Dense", [2, 3, 4], units=2)
case("Dense", [2, 3, 4], units=2, mask=PART[:2])
case("BatchNormalization", [4, 3, 2])
case("BatchNormalization", [4, 3, 2], training=True)
case("BatchNormalization", [4, 3, 2], training=True, mask=PART)
case("BatchNormalization", [3, 2, 2, 3], training=True, calls=2)
case("BatchNormalization", [4, 3, 2], mask=PART)
case("Softmax", [4, 3, 2], axis=0)
case("Softmax", [2, 3, 2, 4], axis=[1, 2])
case("UnitNormalization", [3, 2, 4], axis=0)
case("LayerNormalization", [3, 2, 2, 4], axis=[1, 2])
case("LSTM", [2, 3, 2, 3], units=2)
case("LSTM", [2, 3, 2, 3], units=2, mask=INNER)
case("GRU", [2, 3, 2, 3], units=2, return_sequences=True, mask=INNER)
case("LSTM", [2, 3, 2, 3], units=2, stateful=True, calls=2)
case("GlobalAveragePooling1D", [2, 3, 2, 3], mask=[[[True, True], [True, False], [False, True]], [[False, True], [True, True], [True, False]]])
case("Flatten", [2, 3, 2, 3])
(pathlib.Path(__file__).parent / "time_distributed.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in CASES) + "\n]\n")
