"""Makes op_models.json: models of one op between an input and an output, as Keras writes them, and what they give.
Keras 3.15.1 with JAX on a CPU. Run as: KERAS_BACKEND=jax python test/models/data/make_op_models.py

Entry i of input k is sin(1.7 i + k) * 2 rounded to three digits.
"""

import json
import pathlib

import keras
import numpy as np
from keras import ops

T = (2, 4, 6)
CASES = {
    "Abs": (lambda x: ops.abs(x), [T]),
    "Argsort": (lambda x: ops.argsort(x, axis=1), [T]),
    "CountNonzero": (lambda x: ops.count_nonzero(x, axis=1), [T]),
    "Cumprod": (lambda x: ops.cumprod(x, axis=1), [T]),
    "Cumsum": (lambda x: ops.cumsum(x, axis=1), [T]),
    "Diag": (lambda x: ops.diag(x, k=1), [(4,4)]),
    "Diagonal": (lambda x: ops.diagonal(x, offset=1, axis1=0, axis2=2), [T]),
    "Diff": (lambda x: ops.diff(x, n=2, axis=1), [T]),
    "Einsum": (lambda x,y: ops.einsum("bij,bjk->bik", x, y), [T,(2,6,3)]),
    "FullLike": (lambda x: ops.full_like(x, 2.5), [T]),
    "Linspace": (lambda x,y: ops.linspace(x, y, num=5, endpoint=False, axis=1), [(2,3),(2,3)]),
    "Meshgrid": (lambda x,y: ops.meshgrid(x,y,indexing="ij"), [(3,),(4,)]),
    "Moveaxis": (lambda x: ops.moveaxis(x, 1, 2), [T]),
    "NanToNum": (lambda x: ops.nan_to_num(x, nan=1.0), [T]),
    "OnesLike": (lambda x: ops.ones_like(x, dtype="int32"), [T]),
    "ZerosLike": (lambda x: ops.zeros_like(x), [T]),
    "Outer": (lambda x,y: ops.outer(x,y), [(2,3),(4,)]),
    "Pad": (lambda x: ops.pad(x, ((0,0),(1,2),(0,1)), mode="constant", constant_values=3.0), [T]),
    "Pad reflect": (lambda x: ops.pad(x, ((0,0),(1,2),(0,1)), mode="reflect"), [T]),
    "Roll": (lambda x: ops.roll(x, 2, axis=1), [T]),
    "Round": (lambda x: ops.round(x, 1), [T]),
    "Sort": (lambda x: ops.sort(x, axis=1), [T]),
    "Split": (lambda x: ops.split(x, 2, axis=1), [T]),
    "Split at places": (lambda x: ops.split(x, [1,3], axis=1)[1], [T]),
    "Swapaxes": (lambda x: ops.swapaxes(x,1,2), [T]),
    "TakeAlongAxis": (lambda x: ops.take_along_axis(x, ops.argsort(x, axis=1), axis=1), [T]),
    "Tensordot": (lambda x,y: ops.tensordot(x,y,axes=[[2],[0]]), [T,(6,3)]),
    "Trace": (lambda x: ops.trace(x, offset=1, axis1=1, axis2=2), [T]),
    "Tril": (lambda x: ops.tril(x,k=1), [T]),
    "Triu": (lambda x: ops.triu(x,k=-1), [T]),
    "Inner": (lambda x,y: ops.inner(x,y), [T,(3,6)]),
    "SparseSigmoid": (lambda x: ops.sparse_sigmoid(x), [T]),
    "SoftShrink": (lambda x: ops.soft_shrink(x, 0.3), [T]),
    "SparsePlus": (lambda x: ops.sparse_plus(x), [T]),
    "Glu": (lambda x: ops.glu(x, axis=1), [T]),
    "HardTanh": (lambda x: ops.hard_tanh(x), [T]),
    "HardShrink": (lambda x: ops.hard_shrink(x, 0.3), [T]),
    "Threshold": (lambda x: ops.threshold(x, 0.1, -2.0), [T]),
    "MaxPool": (lambda x: ops.max_pool(x, 2, strides=1, padding="same"), [T]),
    "AdaptiveMaxPool": (lambda x: ops.adaptive_max_pool(x, (2,)), [T]),
    "AveragePool": (lambda x: ops.average_pool(x, 2, strides=2), [T]),
    "AdaptiveAveragePool": (lambda x: ops.adaptive_average_pool(x, (2,)), [T]),
    "Conv": (lambda x,k: ops.conv(x,k,strides=1,padding="same", dilation_rate=2), [T,(2,6,3)]),
    "DepthwiseConv": (lambda x,k: ops.depthwise_conv(x,k,padding="valid"), [T,(2,6,2)]),
    "SeparableConv": (lambda x,k,p: ops.separable_conv(x,k,p), [T,(2,6,2),(1,12,3)]),
    "OneHot": (lambda x: ops.one_hot(ops.cast(x,"int32"), 4, axis=-1), [T]),
    "Moments": (lambda x: ops.moments(x, axes=[1], keepdims=True), [T]),
    "Normalize": (lambda x: ops.normalize(x, axis=1, order=2), [T]),
    "DotProductAttention": (lambda q,k,v: ops.dot_product_attention(q,k,v), [(2,4,2,3),(2,5,2,3),(2,5,2,3)]),
    "Slice": (lambda x: ops.slice(x,[0,1,2],[2,2,3]), [T]),
    "Unstack": (lambda x: ops.unstack(x, axis=1), [T]),
    "TopK": (lambda x: ops.top_k(x, 2), [T]),
    "StopGradient": (lambda x: ops.stop_gradient(x), [T]),
    "GetItem": (lambda x: x[:, ::2, -1], [T]),
    "GetItem ellipsis": (lambda x: x[..., None, 1:-1], [T]),
    "Full": (lambda x: ops.full((2,3), x), [()]),
    "Std": (lambda x: ops.std(x, axis=1), [T]),
    "Where": (lambda x: ops.where(x>0, x, 0.5), [T]),
    "Clip": (lambda x: ops.clip(x, -1, 1), [T]),
    "Average": (lambda x: ops.average(x, axis=1), [T]),
    "Ravel": (lambda x: ops.ravel(x), [T]),
    "GetItem negative step": (lambda x: x[1, ::-2, 3:0:-1], [T]),
    "GetItem one index": (lambda x: x[-1], [T]),
    "GetItem new axis first": (lambda x: x[None, ..., 0], [T]),
    "Cumsum of all": (lambda x: ops.cumsum(x), [T]),
    "DotProductAttention causal": (lambda q, k, v: ops.dot_product_attention(q, k, v, is_causal=True, scale=0.5), [(2, 4, 2, 3)] * 3),
    "DotProductAttention bias": (lambda q, k, v, b: ops.dot_product_attention(q, k, v, bias=b), [(2, 4, 2, 3)] * 3 + [(2, 2, 4, 4)]),
    "Conv strides": (lambda x, k: ops.conv(x, k, strides=(2,), padding="valid"), [T, (3, 6, 2)]),
    "Tensordot of pairs": (lambda x, y: ops.tensordot(x, y, axes=[[0, 1], [1, 0]]), [(2, 3, 4), (3, 2, 5)]),
    "Split of three": (lambda x: ops.split(x, 3, axis=-1), [T]),
    "Sort last": (lambda x: ops.sort(x), [T]),
    "Unstack last": (lambda x: ops.unstack(x, 6, axis=-1), [T]),
    "Roll all": (lambda x: ops.roll(x, 3), [T]),
    "Diag of a vector": (lambda x: ops.diag(x, k=-1), [(3,)]),
}


def written(name, function, shapes):
    keras.utils.clear_session()
    inputs = [keras.Input(batch_shape=shape) for shape in shapes]
    outputs = function(*inputs)
    model = keras.Model(inputs, outputs if keras.tree.is_nested(outputs) else [outputs])
    x = [np.round(np.sin(1.7 * np.arange(int(np.prod(s))) + k) * 2, 3).astype("float32").reshape(s) for k, s in enumerate(shapes)]
    results = keras.tree.flatten(model(x))
    return {
        "name": name,
        "json": json.loads(model.to_json()),
        "inputs": [{"shape": list(a.shape), "values": [float(v) for v in a.ravel().astype("float64").round(3)]} for a in x],
        "outputs": [{"shape": list(y.shape), "dtype": str(y.dtype), "values": [float(f"{float(v):.7g}") for v in np.asarray(y).ravel()]} for y in results],
    }


models = [written(name, *case) for name, case in CASES.items()]
path = pathlib.Path(__file__).parent / "op_models.json"
path.write_text("[\n" + ",\n".join(json.dumps(m, separators=(",", ":")) for m in models) + "\n]\n")
