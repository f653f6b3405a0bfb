"""Numbers of Keras's attention layers over their options, and a second opinion of NumPy.

Run beforehand with Keras 3.15.1 on its jax backend (jax 0.10.2, NumPy 2.4.6): `KERAS_BACKEND=jax python make_attention.py`.
Writes attention.json: each case has the class, the arguments, the inputs, the arguments of the call, the weights in order,
the result and, where they were asked for, the scores. Every result was within 1e-5 of what the NumPy formulas below give.
"""

import json
import os

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np

rng = np.random.default_rng(4)
cases = []


def softmax(x, axes):
    e = np.exp(x - x.max(axis=axes, keepdims=True))
    return e / e.sum(axis=axes, keepdims=True)


def text(a):
    return np.asarray(a, "float32").astype(float).round(7).tolist()


def numpy_headed(w, init, x, call, grouped):
    q, v, k = x[0], x[1], x[2] if len(x) > 2 else x[1]
    axes = init.get("attention_axes")
    rank = q.ndim
    axes = tuple(range(1, rank - 1)) if axes is None else tuple(np.atleast_1d(axes) % rank)
    p = {n: (w[n + "/kernel"], w.get(n + "/bias", 0.0)) for n in ("query", "key", "value", "attention_output")}
    Q, K, V = [np.tensordot(t, p[n][0], 1) + p[n][1] for t, n in ((q, "query"), (k, "key"), (v, "value"))]
    groups = Q.shape[-2] // K.shape[-2]
    K, V = np.repeat(K, groups, -2), np.repeat(V, groups, -2)
    free = [a for a in range(rank - 1) if a not in axes]
    order = free + [rank - 1] + list(axes)
    flat = lambda t: t.transpose(order + [rank])
    Qt, Kt, Vt = flat(Q), flat(K), flat(V)
    nf = len(free) + 1
    T, S = Qt.shape[nf:-1], Kt.shape[nf:-1]
    Qf, Kf, Vf = [t.reshape(t.shape[:nf] + (-1, t.shape[-1])) for t in (Qt, Kt, Vt)]
    s = np.einsum("...td,...sd->...ts", Qf, Kf) / np.sqrt(Q.shape[-1])
    s = s.reshape(Qt.shape[:nf] + T + S)
    mask = None
    def meet(m):
        nonlocal mask
        m = np.asarray(m, bool)
        mask = m if mask is None else mask & m
    # Masks of queries change nothing in MultiHeadAttention of Keras 3.15, where they only travel on with the result.
    if grouped and "query_mask" in call: meet(call["query_mask"][..., None])
    if "value_mask" in call: meet(call["value_mask"][..., None, :])
    if "key_mask" in call: meet(call["key_mask"][..., None, :])
    if call.get("use_causal_mask"): meet((np.arange(S[0])[None] <= np.arange(T[0])[:, None])[None])
    if init.get("sliding_window"): meet((abs(np.arange(S[0])[None] - np.arange(T[0])[:, None]) < init["sliding_window"])[None])
    if "attention_mask" in call: meet(call["attention_mask"])
    last = tuple(range(nf, s.ndim))[-len(S):]
    if mask is None:
        P = softmax(s, last)
    else:
        while mask.ndim < s.ndim: mask = np.expand_dims(mask, mask.ndim - 2 * len(axes))
        P = softmax(np.where(mask, s, -1e9), last)
        if call.get("return_attention_scores") or init.get("dropout", 0) > 0 or rank != 3: P = P * mask
    O = np.einsum("...ts,...sd->...td", P.reshape(Qt.shape[:nf] + (int(np.prod(T)), -1)), Vf)
    O = O.reshape(Qt.shape[:nf] + T + (V.shape[-1],)).transpose(list(np.argsort(order)) + [rank])
    if init.get("use_gate"):
        O = O / (1 + np.exp(-(np.tensordot(q, w["gate/kernel"], 1) + w.get("gate/bias", 0.0))))
    return np.tensordot(O, p["attention_output"][0], 2) + p["attention_output"][1], P


def numpy_flat(w, init, x, call, additive):
    q, v, k = x[0], x[1], x[2] if len(x) > 2 else x[1]
    if additive or init.get("score_mode") == "concat":
        both = q[..., :, None, :] + k[..., None, :, :]
        if additive:
            s = (w.get("scale", 1.0) * np.tanh(both)).sum(-1)
        else:
            s = w["concat_score_weight"] * np.tanh(w.get("scale", 1.0) * both).sum(-1)
    else:
        s = q @ np.swapaxes(k, -1, -2) * w.get("scale", 1.0)
    masks = call.get("mask") or [None, None]
    if call.get("use_causal_mask"):
        s = np.where(np.arange(s.shape[-1])[None] <= np.arange(s.shape[-2])[:, None], s, -1e9)
    if masks[1] is not None: s = np.where(masks[1][..., None, :], s, -1e9)
    P = softmax(s, (-1,))
    O = P @ v
    if masks[0] is not None: O = O * masks[0][..., None]
    return O, P


def case(name, args, init, shapes, call=None):
    call = call or {}
    layer = getattr(keras.layers, name)(*args, **init)
    x = [rng.normal(size=s).astype("float32") for s in shapes]
    headed = name in ("MultiHeadAttention", "GroupQueryAttention")
    run = lambda: layer(*x, **call) if headed else layer(x, **call)
    try:
        run()
    except Exception:
        if not layer.built: raise
    layer.set_weights([rng.normal(size=w.shape).astype("float32") * 0.4 for w in layer.weights])
    w = {v.path.split("/", 1)[1]: np.asarray(v) for v in layer.weights}
    if headed: want, want_scores = numpy_headed(w, init, x, call, name == "GroupQueryAttention")
    else: want, want_scores = numpy_flat(w, init, x, call, name == "AdditiveAttention")
    try:
        y = run()
        source = "keras"
    except Exception as e:
        # Keras on jax fails where valueDim is not keyDim and no scores are asked for; the numbers are NumPy's.
        y, source = (want, want_scores) if call.get("return_attention_scores") else want, "numpy"
        print(name, init, call, str(e)[:80])
    scores = None
    if call.get("return_attention_scores"): y, scores = y
    np.testing.assert_allclose(np.asarray(y), want, atol=1e-5, rtol=1e-5)
    if scores is not None: np.testing.assert_allclose(np.asarray(scores), want_scores, atol=1e-5, rtol=1e-5)
    plain = lambda v: None if v is None else [plain(m) for m in v] if isinstance(v, (list, tuple)) else np.asarray(v).tolist()
    cases.append({
        "layer": name, "args": list(args), "init": init, "source": source, "x": [text(t) for t in x],
        "call": {k: plain(v) for k, v in call.items()},
        "weights": [{"path": v.path.split("/", 1)[1], "value": text(v)} for v in layer.weights],
        "y": text(y), "scores": None if scores is None else text(scores),
    })


def some(*shape):
    m = rng.random(shape) > 0.35
    return m


S = {"return_attention_scores": True}
M, G, A, B = "MultiHeadAttention", "GroupQueryAttention", "Attention", "AdditiveAttention"
qv = [(2, 3, 5), (2, 4, 6)]
case(M, (2, 3), {}, qv)
case(M, (2, 3), {}, qv, S)
case(M, (2, 3), {}, qv + [(2, 4, 7)])
case(M, (2, 3), {"value_dim": 4}, qv, S)
case(M, (2, 3), {"value_dim": 4}, qv)
case(M, (2, 3), {"use_bias": False}, qv)
case(M, (2, 3), {"output_shape": 8}, qv)
case(M, (2, 3), {"output_shape": [2, 4]}, qv, S)
case(M, (2, 3), {"use_gate": True}, qv)
case(M, (2, 3), {"use_gate": True, "value_dim": 4, "use_bias": False}, qv, S)
case(M, (3, 2), {}, [(2, 4, 5), (2, 4, 5)], {"use_causal_mask": True})
case(M, (3, 2), {}, [(2, 4, 5), (2, 3, 5)], {"use_causal_mask": True, **S})
case(M, (3, 2), {"sliding_window": 2}, [(2, 5, 4), (2, 5, 4)])
case(M, (3, 2), {"sliding_window": 2}, [(2, 5, 4), (2, 5, 4)], {"use_causal_mask": True, **S})
dead = np.array([[[1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1]]] * 2, bool)
case(M, (2, 3), {}, qv, {"attention_mask": dead})
case(M, (2, 3), {}, qv, {"attention_mask": dead, **S})
case(M, (2, 3), {"dropout": 0.3}, qv, {"attention_mask": dead})
case(M, (2, 3), {}, qv, {"attention_mask": some(2, 2, 3, 4)})
case(M, (2, 3), {}, qv, {"attention_mask": some(1, 3, 4), "value_mask": np.array([[1, 1, 1, 0], [1, 1, 0, 0]], bool)})
case(M, (2, 3), {}, qv, {"value_mask": np.array([[1, 1, 1, 0], [1, 1, 0, 0]], bool)})
case(M, (2, 3), {}, qv, {"query_mask": np.array([[1, 1, 0], [1, 0, 0]], bool)})
case(M, (2, 3), {}, qv, {"query_mask": np.array([[1, 1, 0], [1, 0, 0]], bool), "value_mask": some(2, 4), "key_mask": some(2, 4), "use_causal_mask": True, **S})
q4, v4 = (2, 3, 2, 5), (2, 2, 4, 6)
case(M, (2, 3), {}, [q4, v4])
case(M, (2, 3), {}, [q4, v4], S)
case(M, (2, 3), {"attention_axes": [2]}, [q4, (2, 3, 4, 6)], S)
case(M, (2, 3), {"attention_axes": 1}, [q4, (2, 4, 2, 6)], S)
case(M, (2, 3), {"attention_axes": [2, 1]}, [q4, v4], S)
case(M, (2, 3), {"attention_axes": [2], "output_shape": [2, 3]}, [q4, (2, 3, 4, 6)], {"attention_mask": some(2, 3, 2, 4)})
case(M, (2, 3), {}, [q4, v4], {"attention_mask": some(2, 3, 2, 2, 4), **S})
case(G, (3, 4, 2), {}, qv)
case(G, (3, 4, 2), {}, qv, S)
case(G, (3, 4, 1), {"use_bias": False}, qv + [(2, 4, 7)])
case(G, (3, 2, 2), {"use_gate": True}, qv)
case(G, (2, 4, 2), {}, [(2, 4, 5), (2, 4, 5)], {"use_causal_mask": True})
case(G, (2, 4, 2), {"sliding_window": 2}, [(2, 4, 5), (2, 4, 5)], S)
case(G, (2, 4, 2), {"dropout": 0.5}, qv, {"attention_mask": dead})
case(G, (2, 4, 2), {}, qv, {"attention_mask": dead})
case(G, (2, 4, 2), {}, qv, {"query_mask": np.array([[1, 1, 0], [1, 0, 0]], bool)})
case(G, (2, 4, 2), {}, qv, {"query_mask": np.array([[1, 1, 0], [1, 0, 0]], bool), "value_mask": np.array([[1, 1, 1, 0], [1, 1, 0, 0]], bool), **S})
f = [(2, 3, 4), (2, 5, 4)]
vm = np.array([[1, 1, 1, 0, 0], [0, 1, 0, 1, 1]], bool)
qm = np.array([[1, 1, 0], [0, 1, 1]], bool)
for name, inits in ((A, [{}, {"use_scale": True}, {"score_mode": "concat"}, {"score_mode": "concat", "use_scale": True}]), (B, [{}, {"use_scale": False}])):
    for init in inits:
        case(name, (), init, f, S)
        case(name, (), init, f, {"mask": [qm, vm]})
    case(name, (), inits[0], [(2, 3, 4), (2, 5, 6), (2, 5, 4)] if name == A else [(2, 3, 4), (2, 5, 4), (2, 5, 4)], S)
    case(name, (), inits[0], [(2, 4, 3), (2, 4, 3)], {"use_causal_mask": True, **S})
    case(name, (), inits[0], f, {"mask": [None, np.array([[0] * 5, [1] * 5], bool)], "use_causal_mask": True, **S})
    case(name, (), inits[0], [(2, 2, 3, 4), (2, 2, 5, 4)], S)
    case(name, (), {**inits[0], "dropout": 0.4}, f, {"mask": [None, vm]})
case(A, (), {}, [(3, 4), (5, 4)])
case(A, (), {}, [(2, 3, 4), (1, 5, 4)])

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "attention.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
print(len(cases))
