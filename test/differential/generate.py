"""Draws layers, models and ops by a seed, runs them in Keras, and writes one JSON case a line.

    python generate.py layers|models|ops SEED COUNT > cases.jsonl

Keras 3.15.1 on JAX. The same seed and count give the same cases.
"""
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
# Each small shape is compiled once: quick compilation matters more than quick code.
os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true"
os.environ["JAX_ENABLE_X64"] = "0"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras  # noqa: E402
import keras.src.initializers.random_initializers as random_initializers  # noqa: E402
import numpy as np  # noqa: E402

from encode import line  # noqa: E402


def plain_initializers():
    """Weights are set after each layer is built: what they begin with need not be random, which takes long."""
    for found in vars(random_initializers).values():
        if isinstance(found, type) and "__call__" in vars(found):
            found.__call__ = lambda self, shape, dtype=None: keras.ops.convert_to_tensor(np.full(shape, 0.1, "float32"), dtype)


def main():
    kind, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if keras.__version__ != "3.15.1":
        sys.exit(f"Cannot draw cases: expected Keras 3.15.1, received {keras.__version__}")
    plain_initializers()
    if kind == "layers":
        from layers import layer_cases as cases
    elif kind == "models":
        from models import model_cases as cases
    else:
        from ops import op_cases as cases
    for case in cases(keras, seed, count):
        print(line(case), flush=True)


main()
