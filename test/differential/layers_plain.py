"""Draws of layers without space or time: dense, activations, shapes, merging, normalization, preprocessing."""
import math

from draw import ACTIVATIONS, REGULARIZERS
from encode import Made


def case(name, args, options, inputs, call=None, carried=None):
    return {"made": Made(name, args, options), "inputs": inputs, "call": call or {}, "carried": carried}


def shape_of(d, low=1, high=4):
    return [d.batch()] + d.sizes(d.size(low, high - 1), 1, 4)


def dense(d, name):
    options = d.some(activation=ACTIVATIONS, use_bias=[False]) | d.kernel_options() | d.base()
    return case(name, [d.size()], options, d.tensor(shape_of(d), d.of("float32", "float32", "float32", "int32", "float16")))


def einsum_dense(d, name):
    a, b, c, e = d.sizes(4, 1, 4)
    equation, output, shape, bias = d.of(
        ("abc,cd->abd", [None, e], [a, b, c], "d"),
        ("abc,cd->abd", [b, e], [a, b, c], "bd"),
        ("ab,bc->ac", e, [a, b], "c"),
        ("...x,xy->...y", e, [a, b, c], "y"),
        ("abc,cde->abde", [None, e, 2], [a, b, c], "de"),
        ("abcd,cde->abe", [None, e], [a, b, c, 2], None),
        ("abc,bcd->ad", e, [a, b, c], "d"),
    )
    options = d.some(activation=ACTIVATIONS) | d.kernel_options() | d.base()
    if bias and d.chance(0.6):
        options["bias_axes"] = bias
    return case(name, [equation, output], options, d.tensor(shape))


def embedding(d, name):
    count = d.size(2, 6)
    options = d.some(mask_zero=[True], embeddings_regularizer=REGULARIZERS, embeddings_constraint=["unit_norm"])
    reverse = name == "ReversibleEmbedding" and d.chance(0.5)
    width = d.size()
    options |= d.base()
    if name == "ReversibleEmbedding":
        options |= d.some(tie_weights=[False], logit_soft_cap=[2.0])
        if reverse:
            return case(name, [count, width], options, d.tensor([d.batch(), d.size(), width]), {"reverse": True})
    return case(name, [count, width], options, d.ids(shape_of(d, 1, 3), count, d.of("int32", "int32", "int64", "uint8")))


def activation(d, name):
    x = d.tensor(shape_of(d), d.of("float32", "float32", "float16"), -4, 4)
    choices = {
        "Activation": ([d.of(*ACTIVATIONS, "glu", "threshold", "hard_tanh", "soft_shrink", "squareplus", "sparse_sigmoid", "log_softmax")], {}),
        "ELU": ([], d.some(alpha=[0.5, 2.0, 0])),
        "LeakyReLU": ([], d.some(negative_slope=[0.0, 0.1, 0.5])),
        "ReLU": ([], d.some(max_value=[1.0, 2.5, 6], negative_slope=[0.0, 0.2], threshold=[0.0, 0.5, 1.0])),
        "PReLU": ([], d.some(shared_axes=[[1], [-1], 1, [1, 2]], alpha_regularizer=REGULARIZERS)),
        "ActivityRegularization": ([], d.some(0.7, l1=[0.1, 0.5], l2=[0.25, 1])),
        "Identity": ([], {}),
        "Rescaling": ([d.of(0.5, 2, 1 / 255, [0.5, 2.0])], d.some(offset=[1.0, -0.25])),
        "Masking": ([], d.some(mask_value=[0.5, 1, 0.0])),
        "Dropout": ([d.of(0, 0.3)], d.some(seed=[3], noise_shape=[None])),
        "AlphaDropout": ([d.of(0, 0.3)], d.some(seed=[3])),
        "GaussianDropout": ([d.of(0, 0.3)], d.some(seed=[3])),
        "GaussianNoise": ([d.of(0, 0.3)], d.some(seed=[3])),
    }
    args, options = choices[name]
    carried = d.mask(x.shape[:2]) if d.chance(0.3) and x.ndim > 2 else None
    call = d.some(training=[False]) if "Dropout" in name or "Noise" in name else {}
    if name == "Masking":
        x = x * (d.rng.random(x.shape[:-1] + (1,)) < 0.6)
        x = x.astype("float32")
    return case(name, args, options | d.base(), x, call, carried)


def softmax(d, name):
    shape = shape_of(d, 2, 4)
    x = d.tensor(shape, low=-5, high=5)
    call = {}
    if d.chance(0.5):
        mask_shape = [1 if d.chance(0.2) else size for size in shape]
        call["mask"] = d.mask(mask_shape) if d.chance(0.8) else d.ids(mask_shape, 2, "int32")
    return case(name, [], d.some(axis=[-1, 1, [1, -1], [-1]]) | d.base(), x, call)


def reshaping(d, name):
    shape = [d.batch()] + d.sizes(d.size(1, 3), 1, 4)
    rank = len(shape)
    total = math.prod(shape[1:])
    x = d.tensor(shape, d.of("float32", "float32", "int32"))
    carried = d.mask(shape[:2]) if d.chance(0.3) and rank > 2 else None
    if name == "Flatten":
        return case(name, [], d.some(data_format=["channels_first", "channels_last"]) | d.base(), x, {}, carried)
    if name == "Permute":
        return case(name, [[int(axis) + 1 for axis in d.rng.permutation(rank - 1)]], d.base(), x)
    if name == "RepeatVector":
        return case(name, [d.size(1, 4)], d.base(), d.tensor([d.batch(), d.size()]))
    target = d.of([total], [-1], [1, total], [-1, 1], shape[:0:-1], [*shape[1:], 1], [total + 1])
    return case("Reshape", [target], d.base(), x, {}, carried)


def merging(d, name):
    shape = [d.batch()] + d.sizes(d.size(1, 3), 1, 4)
    count = 2 if name == "Subtract" else d.size(2, 3)
    shapes = [list(shape) for _ in range(count)]
    if name == "Concatenate":
        axis = d.of(-1, 1, -1, len(shape) - 1)
        for each in shapes:
            each[axis] = d.size(1, 4)
        options = {"axis": axis} if d.chance(0.8) else {}
        if not options:
            for each in shapes:
                each[1:-1] = shape[1:-1]
    else:
        options = {}
        if d.chance(0.3):
            shapes[1] = [shape[0]] + [1 if d.chance(0.5) else size for size in shape[1:]]
    dtypes = ["float32", "float32", d.of("float32", "int32", "float16")]
    inputs = [d.tensor(each, dtype) for each, dtype in zip(shapes, dtypes)]
    carried = [d.mask(each[:2]) if d.chance(0.8) else None for each in shapes] if len(shape) == 3 and d.chance(0.3) else None
    return case(name, [], options | d.base(), inputs, {}, carried)


def dot(d, name):
    batch, a, b, shared = d.sizes(4, 1, 4)
    first, second, axes = d.of(
        ([batch, shared], [batch, shared], 1), ([batch, shared], [batch, shared], -1), ([batch, a, shared], [batch, b, shared], 2),
        ([batch, a, shared], [batch, shared, b], [2, 1]), ([batch, shared, a], [batch, shared, b], 1),
        ([batch, a, shared], [batch, shared, b], (-1, 1)), ([batch, shared], [batch, a, shared], [1, 2]),
    )
    return case(name, [axes if isinstance(axes, int) else list(axes)], d.some(normalize=[True]) | d.base(), [d.tensor(first), d.tensor(second)])


def normalization(d, name):
    shape = [d.of(2, 3, 4)] + d.sizes(d.size(1, 3), 1, 4)
    rank = len(shape)
    x = d.tensor(shape, d.of("float32", "float32", "float32", "float16"))
    call, carried, axis = {}, None, int(d.rng.integers(1, rank))
    if name == "BatchNormalization":
        options = d.some(axis=[axis, axis - rank, -1], momentum=[0.5, 0.9], epsilon=[1e-3, 0.1], center=[False], scale=[False])
        call = d.some(0.7, training=[True, False])
        if d.chance(0.3) and rank > 2:
            mask = d.mask(shape[:-1])
            mask.reshape(-1)[0] = True
            call["mask"] = mask
    elif name in ("LayerNormalization", "RMSNormalization"):
        many = sorted({axis, rank - 1}) if d.chance(0.5) else [rank - 1, 1]
        axes = [axis, -1, many, many[::-1]] if name == "LayerNormalization" else [-1, rank - 1]
        options = d.some(axis=axes, epsilon=[1e-6, 0.1])
        options |= d.some(center=[False], scale=[False]) if name == "LayerNormalization" else {}
        carried = d.mask(shape[:2]) if d.chance(0.2) and rank > 2 else None
    elif name == "UnitNormalization":
        options = d.some(axis=[axis, -1, sorted({axis, rank - 1})])
    elif name == "GroupNormalization":
        groups = d.of(1, 2, -1, 3)
        place = d.of(-1, axis)
        shape[place] = abs(groups) * d.size(1, 2)
        x = d.tensor(shape)
        options = {"groups": groups, "axis": place} | d.some(epsilon=[0.1], center=[False], scale=[False])
    elif name == "SpectralNormalization":
        inner, x = d.of(
            (Made("Dense", [d.size()], {}), d.tensor([2, d.size(1, 4)])),
            (Made("Conv1D", [2, 2], {"padding": "same"}), d.tensor([2, 4, d.size(1, 3)])),
            (Made("Dense", [3], {"activation": "tanh", "use_bias": False}), d.tensor([2, 3, 2])),
        )
        return case(name, [inner], d.some(power_iterations=[2, 3]), x, d.some(0.6, training=[True, False]))
    else:
        width = shape[-1]
        options = {"axis": -1, "mean": [float(v) for v in d.tensor([width])], "variance": [float(v) for v in d.tensor([width], low=0.2)]}
        options = d.of(options, {"mean": 0.5, "variance": 2.25, "axis": None}) | d.some(invert=[True])
    return case(name, [], options | d.base(), x, call, carried)


def preprocessing(d, name):
    if name == "CategoryEncoding":
        count = d.size(3, 5)
        mode = d.of("one_hot", "multi_hot", "count")
        shape = d.of([3], [2, 4], [1, 3]) if mode != "one_hot" else d.of([3], [3, 1])
        x = d.ids(shape, count, d.of("int32", "int64"))
        call = {"count_weights": d.tensor(shape, low=0)} if mode == "count" and d.chance(0.4) else {}
        return case(name, [count], {"output_mode": mode} | d.some(0.1, dtype=["float16", "int32"]), x, call)
    if name == "Discretization":
        options = {"bin_boundaries": sorted({float(v) for v in d.tensor([d.size(1, 4)])})} | d.some(output_mode=["int", "one_hot", "multi_hot", "count"])
        shape = d.of([3, 1], [3]) if options.get("output_mode") == "one_hot" else [3, 2]
        return case(name, [], options, d.tensor(shape))
    data_format = d.some(0.3, data_format=["channels_first"])
    space, channels, batch = d.sizes(2, 3, 6), d.size(1, 3), d.sizes(1 if d.chance(0.8) else 0, 1, 2)
    shape = [*batch, channels, *space] if data_format else [*batch, *space, channels]
    x = d.tensor(shape)
    if name == "CenterCrop":
        return case(name, [d.size(1, space[0]), d.size(1, space[1])], data_format, x)
    options = d.some(interpolation=["nearest", "bilinear", "bicubic", "lanczos3"], crop_to_aspect_ratio=[True], antialias=[False])
    if not options.get("crop_to_aspect_ratio"):
        options |= d.some(0.2, pad_to_aspect_ratio=[True], fill_value=[1.0])
    return case(name, [d.size(1, 8), d.size(1, 8)], data_format | options, x)


DRAWS = {
    "Dense": dense, "EinsumDense": einsum_dense, "Embedding": embedding, "ReversibleEmbedding": embedding, "Softmax": softmax, "Dot": dot,
    **dict.fromkeys("Activation ELU LeakyReLU ReLU PReLU ActivityRegularization Identity Rescaling Masking Dropout AlphaDropout GaussianDropout "
                    "GaussianNoise".split(), activation),
    **dict.fromkeys("Flatten Permute RepeatVector Reshape".split(), reshaping),
    **dict.fromkeys("Add Average Concatenate Maximum Minimum Multiply Subtract".split(), merging),
    **dict.fromkeys("BatchNormalization LayerNormalization RMSNormalization UnitNormalization GroupNormalization SpectralNormalization "
                    "Normalization".split(), normalization),
    **dict.fromkeys("CategoryEncoding Discretization CenterCrop Resizing".split(), preprocessing),
}
