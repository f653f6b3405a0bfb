"""Makes flatten.json: models of a Flatten layer as Keras writes them down, and what they give.

Keras 3.15.1, jax backend, Python 3.11: KERAS_BACKEND=jax python make_flatten.py > flatten.json
"""
import json

import keras
import numpy as np

cases = []
for shape in [(3,), (2, 3), (2, 2, 3), (2, 1, 2, 3)]:
    for data_format in ["channels_last", "channels_first", "Channels_First"]:
        model = keras.Sequential([keras.Input(shape), keras.layers.Flatten(data_format=data_format, name="flat")])
        x = np.arange(2 * np.prod(shape), dtype="float32").reshape(2, *shape)
        cases.append({
            "given": data_format,
            "json": json.loads(model.to_json()),
            "x": x.tolist(),
            "y": np.asarray(model(x)).tolist(),
        })
print("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]")
