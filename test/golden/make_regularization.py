"""Makes regularization.json: what Keras's regularizers, constraints and losses give.

Keras 3.15.1, jax backend (CPU, float32), NumPy 2.4.6, Python 3.11. Run it as

    KERAS_BACKEND=jax python make_regularization.py > regularization.json
"""

import json

import keras
import numpy as np
from keras import constraints, layers, ops, regularizers

from golden_values import plain, values

matrix = ops.convert_to_tensor(values((3, 4)))
cube = ops.convert_to_tensor(values((2, 3, 4)))


def regularizer(name, config, x):
    made = getattr(regularizers, name)(**config)
    return {"className": name, "config": config, "full": made.get_config(), "x": plain(x), "y": plain(made(x))}


def constraint(name, config, x):
    made = getattr(constraints, name)(**config)
    return {"className": name, "config": config, "full": made.get_config(), "x": plain(x), "y": plain(made(x))}


dense = layers.Dense(2, kernel_regularizer="l2", bias_regularizer=regularizers.L1(0.5),
                     activity_regularizer=regularizers.L1L2(0.1, 0.2))
x = values((5, 3))
dense(x)
dense.set_weights([values((3, 2), 1.0), values((2,), 2.0)])
dense(x)

activity = layers.ActivityRegularization(0.1, 0.2)
activity(x)

print(json.dumps({
    "keras": keras.__version__,
    "regularizers": [
        regularizer("L1", {"l1": 0.5}, cube),
        regularizer("L1", {}, matrix),
        regularizer("L2", {"l2": 0.5}, cube),
        regularizer("L2", {}, matrix),
        regularizer("L1L2", {"l1": 0.5, "l2": 0.25}, matrix),
        regularizer("L1L2", {}, matrix),
        regularizer("OrthogonalRegularizer", {"factor": 0.1}, matrix),
        regularizer("OrthogonalRegularizer", {"factor": 0.5, "mode": "columns"}, matrix),
    ],
    "constraints": [
        constraint("MaxNorm", {"max_value": 1.5}, matrix),
        constraint("MaxNorm", {"max_value": 3.0, "axis": [0, 1]}, cube),
        constraint("MaxNorm", {}, matrix),
        constraint("NonNeg", {}, matrix),
        constraint("UnitNorm", {}, matrix),
        constraint("UnitNorm", {"axis": 1}, matrix),
        constraint("MinMaxNorm", {"min_value": 2.5, "max_value": 3.0, "rate": 0.5}, matrix),
        constraint("MinMaxNorm", {}, matrix),
    ],
    "losses": {
        "x": plain(x),
        "weights": [plain(w) for w in dense.weights],
        "dense": [plain(loss) for loss in dense.losses],
        "activity": [plain(loss) for loss in activity.losses],
    },
}, separators=(",", ":")))
