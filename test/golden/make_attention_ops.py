"""Numbers of keras.ops.dot_product_attention over its options, and a second opinion of NumPy.

Run beforehand with Keras 3.15.1 on its jax backend (jax 0.10.2, NumPy 2.4.6):
`KERAS_BACKEND=jax python make_attention_ops.py`. Writes attention_ops.json.
"""

import json
import os

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np

rng = np.random.default_rng(6)
cases = []


def case(query, key, **options):
    q, k, v = [rng.normal(size=s).astype("float32") for s in (query, key, key)]
    y = np.asarray(keras.ops.dot_product_attention(q, k, v, **options))
    groups = q.shape[2] // k.shape[2]
    K, V = np.repeat(k, groups, 2), np.repeat(v, groups, 2)
    scale = options.get("scale") or 1 / np.sqrt(q.shape[-1])
    s = np.einsum("btnd,bsnd->bnts", q, K) * scale + options.get("bias", 0.0)
    if "mask" in options: s = np.where(options["mask"], s, -1e9)
    if options.get("is_causal"): s = np.where(np.tril(np.ones(s.shape[-2:], bool)), s, -1e9)
    e = np.exp(s - s.max(-1, keepdims=True))
    np.testing.assert_allclose(y, np.einsum("bnts,bsnd->btnd", e / e.sum(-1, keepdims=True), V), atol=1e-5)
    text = lambda a: np.asarray(a, "float32").astype(float).round(7).tolist()
    plain = lambda o: o.tolist() if getattr(o, "dtype", None) == bool else text(o) if isinstance(o, np.ndarray) else o
    cases.append({"inputs": [text(t) for t in (q, k, v)], "options": {n: plain(o) for n, o in options.items()}, "y": text(y)})


q, k = (2, 3, 4, 5), (2, 6, 4, 5)
mask = rng.random((2, 1, 3, 6)) > 0.4
mask[:, :, :, 0] = True
case(q, k)
case(q, (2, 6, 2, 5))
case(q, (2, 6, 1, 5), is_causal=True)
case(q, k, scale=0.3)
case(q, k, is_causal=True)
case(q, k, mask=mask)
case(q, k, mask=np.repeat(mask, 4, 1), is_causal=True)
case(q, k, bias=rng.normal(size=(2, 4, 3, 6)).astype("float32"))
case(q, k, bias=rng.normal(size=(1, 1, 3, 6)).astype("float32"), mask=mask)
case(q, (2, 6, 2, 5), mask=mask, scale=1.5)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "attention_ops.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
print(len(cases))
