"""Random choices, shapes and tensors, all from one seed."""
import zlib

import numpy as np

ACTIVATIONS = ["linear", "relu", "tanh", "sigmoid", "elu", "gelu", "selu", "softplus", "softsign", "silu", "hard_sigmoid", "exponential",
               "leaky_relu", "relu6", "mish", "log_sigmoid", "hard_silu", "celu", "tanh_shrink", "softmax"]
REGULARIZERS = ["l1", "l2"]
CONSTRAINTS = ["non_neg", "unit_norm", "max_norm"]
DTYPES = ["float16", "mixed_float16"]


class Draw:
    """A source of random choices for one case."""

    def __init__(self, *seeds):
        self.rng = np.random.default_rng([zlib.crc32(str(seed).encode()) for seed in seeds])

    def chance(self, share):
        return bool(self.rng.random() < share)

    def of(self, *choices):
        return choices[self.rng.integers(len(choices))]

    def size(self, low=1, high=5):
        return int(self.rng.integers(low, high + 1))

    def sizes(self, count, low=1, high=5):
        return [self.size(low, high) for _ in range(count)]

    def some(self, share=0.4, **choices):
        """Each option with a share of all draws, one of its choices."""
        return {name: self.of(*values) for name, values in choices.items() if self.chance(share)}

    def batch(self):
        return self.of(1, 2, 2, 3, 3, 4)

    def tensor(self, shape, dtype="float32", low=-2.0, high=2.0):
        """Numbers of two decimals; whole numbers for integer dtypes."""
        dtype = np.dtype(dtype)
        if dtype.kind == "b":
            return self.rng.random(shape) < 0.6
        if dtype.kind in "iu":
            return self.rng.integers(0 if dtype.kind == "u" or low >= 0 else int(low), int(high) + 1, size=shape).astype(dtype)
        return np.round(self.rng.uniform(low, high, size=shape), 2).astype(dtype)

    def ids(self, shape, count, dtype="int32"):
        return self.rng.integers(0, count, size=shape).astype(dtype)

    def mask(self, shape):
        """True or false; now and then a row of nothing, or all of it."""
        mask = self.rng.random(shape) < self.of(0.3, 0.7, 0.9, 1.0)
        if self.chance(0.15):
            mask[0] = False
        return mask

    def kernel_options(self, bias=True, kernel="kernel"):
        """Regularizers and constraints of the weights."""
        names = [kernel] + (["bias"] if bias else [])
        chosen = {}
        for name in names:
            chosen |= self.some(0.12, **{f"{name}_regularizer": REGULARIZERS, f"{name}_constraint": CONSTRAINTS})
        return chosen | self.some(0.1, activity_regularizer=REGULARIZERS)

    def base(self):
        """Options that every layer has."""
        return self.some(0.08, dtype=DTYPES, trainable=[False])
