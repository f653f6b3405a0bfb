"""Makes layers.json: for layer after layer a model with it alone, as Keras writes it down, with its output's shape.

Keras 3.15.1, jax backend, Python 3.11. It reads from its standard input what Strata wrote of the same models: a record of
JSON texts by the names of the layers, so that a layer that Keras refuses to read fails here. Lookups need TensorFlow.
"""
import json
import sys

import keras

models = {name: keras.models.model_from_json(text) for name, text in json.load(sys.stdin).items()}


def shape(model):
    output = model.output[0] if isinstance(model.output, list) else model.output
    return list(output.shape)


result = {
    name: {"shape": shape(model), "parameters": model.count_params(), "model": json.loads(model.to_json())}
    for name, model in models.items()
}
print(json.dumps(result, separators=(",", ":")))
