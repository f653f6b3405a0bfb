"""Numbers for inputs, and arrays as they are written into JSON."""

import math

import numpy as np


def values(shape, offset=0.0, scale=2.0):
    """Numbers of either sign, each its own."""
    size = int(np.prod(shape))
    data = [math.sin(1.7 * i + offset) * scale + 0.25 * ((i * 7) % 5) for i in range(size)]
    return np.array(data, "float32").reshape(shape)


def plain(array):
    """Nested lists of numbers, of as many digits as float32 has."""
    array = np.asarray(array)
    if array.dtype.kind in "biu":
        return array.tolist()
    if array.ndim == 0:
        return float(f"{float(array):.8g}")
    return [plain(part) for part in array]
