"""Cases of layers: what Keras gives for a drawn layer, or that it refuses it."""
import json

import numpy as np

import layers_plain
import layers_space
import layers_time
from draw import Draw
from encode import Made, encode, is_tensor, tensor

DRAWS = layers_plain.DRAWS | layers_space.DRAWS | layers_time.DRAWS
LISTED = ("MultiHeadAttention", "GroupQueryAttention")


def tree(function, value):
    """The structure with the function applied to its tensors."""
    if isinstance(value, (list, tuple)):
        return [tree(function, each) for each in value]
    if isinstance(value, dict):
        return {key: tree(function, each) for key, each in value.items()}
    return function(value) if is_tensor(value) else value


def leaves(value):
    if isinstance(value, (list, tuple)):
        return [leaf for each in value for leaf in leaves(each)]
    if isinstance(value, dict):
        return [leaf for key in value for leaf in leaves(value[key])]
    return [value]


def weights_for(draw, layer):
    """Weights of any sign; variances are positive, and what counts is left as it is."""
    values = []
    for weight in layer.weights:
        low = 0.2 if "variance" in weight.path else -1.0
        is_float = np.dtype(weight.dtype).kind == "f" if weight.dtype != "bfloat16" else True
        drawn = draw.tensor(weight.shape, "float32", low, 1.0) if is_float else np.asarray(weight.value)
        values.append(drawn.astype(weight.dtype))
    return values


def call(name, layer, inputs, options):
    """MultiHeadAttention takes its inputs one by one."""
    if name in LISTED:
        return layer(*inputs, **options)
    if name.endswith("Cell") or name == "StackedRNNCells":
        return layer(*inputs, **options)
    return layer(inputs, **options)


def with_masks(keras, inputs, carried):
    arrays = tree(keras.ops.convert_to_tensor, inputs)
    if carried is None:
        return arrays
    masks = carried if isinstance(carried, list) else [carried]
    for array, mask in zip(leaves(arrays), masks):
        if mask is not None:
            keras.src.backend.set_keras_mask(array, keras.ops.convert_to_tensor(mask))
    return arrays


def reset(layer, values):
    layer.set_weights(values)
    for each in layer._flatten_layers():
        if getattr(each, "stateful", False) and hasattr(each, "reset_state"):
            each.reset_state()


def model_json(keras, name, drawn):
    """The layer in a functional model of all its tensors, as Keras writes it."""
    keras.utils.clear_session(free_memory=False)
    layer = drawn["made"].make(keras)
    symbols = []

    def symbol(array):
        symbols.append(keras.Input(batch_shape=(None, *array.shape[1:]), dtype=str(array.dtype), name=f"in{len(symbols)}"))
        return symbols[-1]

    inputs, options = tree(symbol, drawn["inputs"]), tree(symbol, drawn["call"])
    outputs = call(name, layer, inputs, options)
    return json.loads(keras.Model(symbols if len(symbols) > 1 else symbols[0], outputs).to_json())


def layer_case(keras, seed, name, number):
    """One case."""
    draw = Draw(seed, name, number)
    drawn = DRAWS[name](draw, name)
    made, carried = drawn["made"], drawn["carried"]
    result = {"id": f"{name}-{seed}-{number}", "made": made.encoded(), "inputs": encode(drawn["inputs"]), "call": encode(drawn["call"])}
    if carried is not None:
        result["carried"] = encode(carried)
    keras.utils.clear_session(free_memory=False)
    try:
        layer = made.make(keras)
        call(name, layer, with_masks(keras, drawn["inputs"], carried), tree(keras.ops.convert_to_tensor, drawn["call"]))
        values = weights_for(draw, layer)
        reset(layer, values)
        outputs = call(name, layer, with_masks(keras, drawn["inputs"], carried), tree(keras.ops.convert_to_tensor, drawn["call"]))
        losses = [np.asarray(loss) for loss in layer.losses]
    except Exception as error:  # Keras refuses with errors of many kinds, JAX's among them.
        return result | {"refused": f"{type(error).__name__}: {str(error).splitlines()[0][:120] if str(error) else ''}"}
    after = layer.get_weights()
    result["weights"] = [tensor(value) for value in values]
    result["paths"] = [weight.path for weight in layer.weights]
    result["outputs"] = [tensor(output) for output in leaves(outputs)]
    masks = [getattr(output, "_keras_mask", None) for output in leaves(outputs)]
    if any(mask is not None for mask in masks):
        result["masks"] = [None if mask is None else tensor(mask) for mask in masks]
    if losses:
        result["losses"] = [tensor(loss) for loss in losses]
    changed = {str(index): tensor(value) for index, (old, value) in enumerate(zip(values, after)) if not np.array_equal(old, value)}
    if changed:
        result["after"] = changed
    if carried is None and not name.endswith("Cell") and name != "StackedRNNCells":
        try:
            result["json"] = model_json(keras, name, drawn)
        except Exception:  # Not all that runs eagerly is a model: other axes than the first may depend on values.
            pass
    return result


def layer_cases(keras, seed, count):
    names = list(DRAWS)
    for number in range(count):
        yield layer_case(keras, seed, names[number % len(names)], number // len(names))
