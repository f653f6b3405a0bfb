"""Draws of layers that slide over space: convolutions, pools, padding, cropping, up-sampling."""
from draw import ACTIVATIONS
from layers_plain import case


def image(d, rank, channels=None, low=1, high=6, dtype="float32"):
    """An input of so many spatial axes, and its data format."""
    space = d.sizes(rank, low, high if rank < 3 else 4)
    channels = channels or d.size(1, 4)
    first = d.chance(0.35)
    shape = [d.of(1, 2)] + ([channels, *space] if first else [*space, channels])
    options = {"data_format": "channels_first"} if first else d.some(0.2, data_format=["channels_last"])
    return d.tensor(shape, dtype), options


def rank_of(name):
    return next(rank for rank in (1, 2, 3) if f"{rank}D" in name)


def per_axis(d, rank, low=1, high=3):
    return d.size(low, high) if d.chance(0.6) else d.sizes(rank, low, high)


def convolution(d, name):
    rank = rank_of(name)
    groups = d.of(1, 1, 1, 2) if name.startswith("Conv") and "Transpose" not in name and "LSTM" not in name else 1
    x, options = image(d, rank, groups * d.size(1, 2), 3, 6)
    kernel = per_axis(d, rank)
    options |= d.some(activation=ACTIVATIONS, use_bias=[False], padding=["same", "valid"]) | d.base()
    options |= d.kernel_options(kernel="depthwise" if "Depth" in name or "Separable" in name else "kernel")
    if d.chance(0.4):
        # Strides of DepthwiseConv2D and SeparableConv2D are equal, as TensorFlow wants.
        options["strides"] = d.size(1, 3) if "Depth" in name or "Separable" in name else per_axis(d, rank)
    elif d.chance(0.4):
        options["dilation_rate"] = d.size(1, 2) if "Transpose" in name else per_axis(d, rank, 1, 2)
    if groups > 1:
        options["groups"] = groups
    if name == "Conv1D":
        options |= d.some(0.2, padding=["causal"])
    if "Transpose" in name and "strides" in options and d.chance(0.4):
        options["output_padding"] = 0 if options["strides"] == 1 else d.size(0, 1)
    if "Depth" in name or "Separable" in name:
        options |= d.some(depth_multiplier=[2])
    args = [kernel] if "Depth" in name else [groups * d.size(1, 3), kernel]
    return case(name, args, options, x)


def pooling(d, name):
    rank = rank_of(name)
    x, options = image(d, rank, None, 2, 6, d.of("float32", "float32", "float32", "float16"))
    options |= d.base()
    if name.startswith("Global"):
        carried = d.mask([x.shape[0], x.shape[1]]) if name == "GlobalAveragePooling1D" and not options.get("data_format") and d.chance(0.5) else None
        return case(name, [], options | d.some(keepdims=[True]), x, {}, carried)
    if name.startswith("Adaptive"):
        return case(name, [per_axis(d, rank, 1, 4)], options, x)
    options |= d.some(0.6, padding=["same", "valid"])
    if d.chance(0.5):
        options["strides"] = per_axis(d, rank)
    size = per_axis(d, rank, 1, 3)
    if name.startswith("Max"):
        return case(name, [], options | {"pool_size": size}, x)
    return case(name, [size], options, x)


def margins(d, rank):
    if d.chance(0.4):
        return d.size(0, 2)
    if rank > 1 and d.chance(0.4):
        return d.sizes(rank, 0, 2)
    pairs = [d.sizes(2, 0, 2) for _ in range(rank)]
    return pairs[0] if rank == 1 else pairs


def resizing(d, name):
    rank = rank_of(name)
    x, options = image(d, rank, None, 4, 6, d.of("float32", "float32", "int32"))
    if rank == 1 and (name.startswith("Cropping") or name.startswith("UpSampling")):
        options = {}
    option = {"Z": "padding", "C": "cropping", "U": "size"}[name[0]]
    value = per_axis(d, rank, 1, 3) if option == "size" else margins(d, rank)
    if rank == 1 and option == "size" and not isinstance(value, int):
        value = value[0]
    options = options | ({option: value} if d.chance(0.9) else {})
    if name == "UpSampling2D":
        # Whole numbers are rounded after resampling, where halves may go either way.
        options |= d.some(interpolation=["bilinear", "nearest", "bicubic"]) if x.dtype == "float32" else {}
    return case(name, [], options | d.base(), x)


def spatial_dropout(d, name):
    x, options = image(d, rank_of(name))
    if "1D" in name:
        options = {}
    return case(name, [d.of(0, 0.4)], options | d.base(), x, d.some(training=[False]))


def several(names, ranks=(1, 2, 3)):
    return [name.replace("#", f"{rank}D") for name in names.split() for rank in ranks]


DRAWS = {
    **dict.fromkeys(several("Conv# Conv#Transpose"), convolution),
    **dict.fromkeys(several("DepthwiseConv# SeparableConv#", (1, 2)), convolution),
    **dict.fromkeys(several("MaxPooling# AveragePooling# GlobalMaxPooling# GlobalAveragePooling# AdaptiveMaxPooling# AdaptiveAveragePooling#"), pooling),
    **dict.fromkeys(several("ZeroPadding# Cropping# UpSampling#"), resizing),
    **dict.fromkeys(several("SpatialDropout#"), spatial_dropout),
}
