"""Makes control.json: what Keras's control flow gives. test/ops/control_cases.ts has the same functions by name.

Made with Keras 3.15.1 on jax: KERAS_BACKEND=jax python make_control.py
"""

import json
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "jax")

import numpy as np
from keras import ops, tree

X = np.linspace(-1, 2, 6, dtype="float32").reshape(2, 3)
ROWS = np.arange(12, dtype="float32").reshape(4, 3) / 8 - 0.5
COUNTS = np.array([3, 1, 4, 1, 5], "int32")
W = np.cos(np.arange(9, dtype="float32")).reshape(3, 3)


def nested(x):
    return ops.cond(
        ops.sum(x) > 100,
        lambda: x,
        lambda: ops.cond(ops.max(x) > 1, lambda: ops.map(lambda row: ops.cumsum(row) + ops.sum(x), x), lambda: -x),
    )


def collatz(n):
    def step(n, count):
        return ops.where(n % 2 == 0, n // 2, 3 * n + 1), count + 1

    return ops.while_loop(lambda n, count: n > 1, step, (n, 0))


def newton(x):
    start = {"y": ops.ones_like(x), "steps": ops.zeros((), "int32")}
    return ops.while_loop(
        lambda v: ops.max(ops.abs(v["y"] * v["y"] - x)) > 1e-5,
        lambda v: {"y": (v["y"] + x / v["y"]) / 2, "steps": v["steps"] + 1},
        start,
        maximum_iterations=20,
    )


def recurrent(xs):
    def step(state, x):
        h, c = state
        c = ops.sigmoid(h) * c + ops.tanh(ops.matmul(x, W))
        h = ops.tanh(c) * 0.5
        return [h, c], {"h": h, "total": ops.sum(c)}

    return ops.scan(step, [ops.zeros(3), ops.ones(3)], xs)


CASES = {
    "cond, true": (lambda x: ops.cond(ops.max(x) > 1, lambda: x * 2, lambda: x - 1), [X]),
    "cond, false": (lambda x: ops.cond(ops.max(x) > 9, lambda: x * 2, lambda: x - 1), [X]),
    "cond of records": (
        lambda x, y: ops.cond(
            ops.sum(x) < ops.sum(y), lambda: {"a": x, "b": [y, x + 1]}, lambda: {"a": x * x, "b": [y, x]}
        ),
        [X, X[::-1] * 3],
    ),
    "cond in cond around map": (nested, [X]),
    "switch below": (lambda x: ops.switch(-4, [lambda x: x, lambda x: x * 2, lambda x: x * 3], x), [X]),
    "switch inside": (lambda i, x: ops.switch(i, [lambda x: x, lambda x: x * 2, lambda x: x * 3], x), [np.int32(1), X]),
    "switch above": (lambda i, x: ops.switch(i, [lambda x: x, lambda x: x * 2, lambda x: x * 3], x), [np.int32(7), X]),
    "map": (lambda xs: ops.map(lambda row: ops.max(row) - ops.matmul(row, W), xs), [ROWS]),
    "map of integers": (lambda xs: ops.map(lambda n: n * n + 1, xs), [COUNTS]),
    "map of records": (
        lambda a, b: ops.map(lambda p: {"sum": p["a"] + ops.sum(p["b"]), "b": p["b"]}, {"a": a, "b": b}),
        [COUNTS[:4], ROWS],
    ),
    "map of nothing": (lambda xs: ops.map(lambda row: ops.sum(row) + row, xs), [ROWS[:0]]),
    "vectorizedMap": (lambda xs: ops.vectorized_map(lambda row: ops.softmax(row), xs), [ROWS]),
    "scan": (lambda xs: ops.scan(lambda s, x: (s + x, s * x), ops.zeros(3), xs), [ROWS]),
    "scan backwards": (lambda xs: ops.scan(lambda s, x: (s * 0.5 + x, s), ops.zeros(3), xs, reverse=True), [ROWS]),
    "scan of a length": (lambda x: ops.scan(lambda s, _: (s * 2, s + x), x, None, length=4), [X]),
    "scan without results": (lambda xs: ops.scan(lambda s, x: (s + ops.sum(x), None), 0, xs), [ROWS]),
    "scan from a number": (lambda xs: ops.scan(lambda s, x: (s + x, s), 0, xs), [COUNTS]),
    "scan from a number over floats": (lambda xs: ops.scan(lambda s, x: (s + x, s), 0, xs), [ROWS[0]]),
    "scan, unrolled": (lambda xs: ops.scan(lambda s, x: (s + x, s * x), ops.zeros(3), xs, unroll=True), [ROWS]),
    "scan of nothing": (lambda xs: ops.scan(lambda s, x: (s + x, s * x), ops.ones(3), xs), [ROWS[:0]]),
    "scan of a cell": (recurrent, [ROWS]),
    "whileLoop of integers": (collatz, [np.int32(27)]),
    "whileLoop of a record": (newton, [np.array([2.0, 9.0, 0.5], "float32")]),
    "whileLoop with a limit": (
        lambda x: ops.while_loop(lambda x: ops.max(x) < 1000, lambda x: x * 2, x, maximum_iterations=3),
        [X],
    ),
    "whileLoop of no step": (lambda x: ops.while_loop(lambda x: ops.max(x) < 0, lambda x: x * 2, x), [X]),
    "foriLoop": (lambda x: ops.fori_loop(1, 5, lambda i, s: s * ops.cast(i, "float32") + x, x), [X]),
    "foriLoop up to a tensor": (lambda n, x: ops.fori_loop(0, n, lambda i, s: s + x, ops.zeros_like(x)), [np.int32(3), X]),
    "foriLoop of no step": (lambda x: ops.fori_loop(3, 1, lambda i, s: s * 2, x), [X]),
    "foriLoop from a number": (lambda n: ops.fori_loop(0, n, lambda i, s: s + i, 0), [np.int32(10)]),
}


def plain(value):
    array = np.asarray(value)
    return {"dtype": array.dtype.name, "shape": list(array.shape), "data": array.ravel().tolist()}


def case(name):
    call, inputs = CASES[name]
    outputs = [leaf for leaf in tree.flatten(call(*map(ops.convert_to_tensor, inputs))) if leaf is not None]
    return {"name": name, "inputs": [plain(x) for x in inputs], "outputs": [plain(x) for x in outputs]}


lines = ",\n".join(json.dumps(case(name)) for name in CASES)
(pathlib.Path(__file__).parent / "control.json").write_text(f"[\n{lines}\n]\n")
print(len(CASES), "cases")
