"""Draws of layers over sequences: recurrent layers and their cells, wrappers, attention."""
from draw import ACTIVATIONS
from encode import Made
from layers_plain import case

CELLS = {"SimpleRNN": 1, "GRU": 1, "LSTM": 2}
SOFT = ["tanh", "sigmoid", "relu", "linear", "softsign", "hard_sigmoid"]


def cell_options(d, kind):
    options = d.some(0.3, activation=SOFT, use_bias=[False])
    options |= d.some(0.1, kernel_regularizer=["l2"], recurrent_regularizer=["l1"], bias_constraint=["non_neg"])
    if kind != "SimpleRNN":
        options |= d.some(0.3, recurrent_activation=SOFT)
    if kind == "GRU":
        options |= d.some(0.4, reset_after=[False])
    if kind == "LSTM":
        options |= d.some(0.3, unit_forget_bias=[False])
    return options


def sequence_options(d):
    return d.some(0.4, return_sequences=[True], return_state=[True], go_backwards=[True])


def sequence_call(d, batch, steps):
    call = d.some(0.2, training=[False, True])
    if d.chance(0.4):
        call["mask"] = d.mask([batch, steps])
    return call


def recurrent(d, name):
    batch, steps, width, units = d.batch(), d.size(1, 5), d.size(1, 4), d.size(1, 4)
    options = cell_options(d, name) | sequence_options(d) | d.base() | d.some(0.2, unroll=[True], stateful=[True], zero_output_for_mask=[True])
    call, carried = sequence_call(d, batch, steps), None
    if d.chance(0.3):
        states = [d.tensor([batch, units]) for _ in range(CELLS[name])]
        call["initial_state"] = states if len(states) > 1 or d.chance(0.5) else states[0]
    if options.get("unroll"):
        # Unrolled layers of Keras begin masked steps with zeros in place of the initial state.
        call.pop("mask", None)
    if "mask" in call and d.chance(0.4):
        carried = call.pop("mask")
    return case(name, [units], options, d.tensor([batch, steps, width], d.of("float32", "float32", "float16")), call, carried)


def cell(d, name):
    kind = name.removesuffix("Cell")
    batch, units = d.batch(), d.size(1, 4)
    states = [d.tensor([batch, units]) for _ in range(CELLS[kind])]
    return case(name, [units], cell_options(d, kind) | d.base(), [d.tensor([batch, d.size()]), states])


def made_cell(d, units):
    kind = d.of(*CELLS)
    return Made(f"{kind}Cell", [units], cell_options(d, kind))


def stacked(d, name):
    batch = d.batch()
    cells = [made_cell(d, d.size(1, 3)) for _ in range(2)]
    states = [[d.tensor([batch, each.args[0]]) for _ in range(CELLS[each.name.removesuffix("Cell")])] for each in cells]
    return case(name, [cells], {}, [d.tensor([batch, d.size(1, 3)]), states])


def rnn(d, name):
    batch, steps = d.batch(), d.size(1, 4)
    inner = made_cell(d, d.size(1, 3))
    if d.chance(0.3):
        inner = Made("StackedRNNCells", [[made_cell(d, d.size(1, 3)) for _ in range(2)]])
    options = sequence_options(d) | d.some(0.2, zero_output_for_mask=[True])
    return case(name, [inner], options, d.tensor([batch, steps, d.size(1, 3)]), sequence_call(d, batch, steps))


def bidirectional(d, name):
    batch, steps, kind, units = d.batch(), d.size(1, 4), d.of(*CELLS), d.size(1, 3)
    inner = Made(kind, [units], cell_options(d, kind) | d.some(0.5, return_sequences=[True]) | d.some(0.3, return_state=[True], go_backwards=[True]))
    options = d.some(0.7, merge_mode=["sum", "mul", "ave", "concat", None])
    if d.chance(0.2):
        same = {key: inner.options[key] for key in ("return_sequences", "return_state") if key in inner.options}
        options["backward_layer"] = Made(kind, [units], same | {"go_backwards": not inner.options.get("go_backwards", False)})
    call = sequence_call(d, batch, steps)
    if d.chance(0.2):
        call["initial_state"] = [d.tensor([batch, units]) for _ in range(2 * CELLS[kind])]
    return case(name, [inner], options, d.tensor([batch, steps, d.size(1, 3)]), call)


def conv_lstm(d, name):
    rank = int(name[8])
    batch, steps, channels, filters = d.of(1, 2), d.size(1, 3), d.size(1, 2), d.size(1, 2)
    space = d.sizes(rank, 2, 4 if rank < 3 else 3)
    first = d.chance(0.3)
    shape = [batch, steps] + ([channels, *space] if first else [*space, channels])
    options = {"data_format": "channels_first"} if first else {}
    options |= d.some(padding=["same"], use_bias=[False], unit_forget_bias=[False]) | sequence_options(d)
    options |= d.some(0.2, strides=[2], activation=["relu"], recurrent_activation=["hard_sigmoid", "sigmoid"])
    return case(name, [filters, d.size(1, 2)], options, d.tensor(shape), sequence_call(d, batch, steps))


def time_distributed(d, name):
    batch, steps = d.of(1, 2, 3), d.size(1, 4)
    inner, shape = d.of(
        (Made("Dense", [d.size()], {"activation": d.of(*ACTIVATIONS)}), d.sizes(d.size(1, 2), 1, 4)),
        (Made("Conv1D", [2, 2], {"padding": "same"}), [4, d.size(1, 3)]),
        (Made("LSTM", [2], {}), [3, d.size(1, 3)]),
        (Made("BatchNormalization", [], {"momentum": 0.5}), [d.size(1, 4)]),
        (Made("LayerNormalization", [], {}), [3, 2]),
        (Made("MaxPooling1D", [], {}), [4, 2]),
        (Made("Flatten", [], {}), [2, 3]),
        (Made("Softmax", [], {}), [3]),
    )
    call = d.some(0.5, training=[True, False])
    if d.chance(0.3):
        call["mask"] = d.mask([batch, steps])
    return case(name, [inner], {}, d.tensor([batch, steps, *shape]), call)


def attention(d, name):
    batch, queries, keys, width, values = d.batch(), *d.sizes(4, 1, 4)
    inputs = [d.tensor([batch, queries, width]), d.tensor([batch, keys, width if d.chance(0.5) else values])]
    if inputs[1].shape[-1] != width or d.chance(0.3):
        inputs.append(d.tensor([batch, keys, width]))
    options = d.some(use_scale=[True, False], dropout=[0.0]) | d.some(0.1, dtype=["float16"])
    if name == "Attention":
        options |= d.some(0.3, score_mode=["concat", "dot"])
    call = d.some(0.3, use_causal_mask=[True], return_attention_scores=[True], training=[False])
    if d.chance(0.4):
        call["mask"] = [d.mask([batch, queries]) if d.chance(0.6) else None, d.mask([batch, keys])]
    return case(name, [], options, inputs, call)


def headed(d, name):
    batch, queries, keys, width = d.batch(), *d.sizes(3, 1, 4)
    names = ["query", "value"] + (["key"] if d.chance(0.4) else [])
    other = d.size(1, 4)
    inputs = [d.tensor([batch, queries, width]), d.tensor([batch, keys, other]), d.tensor([batch, keys, width])][: len(names)]
    options = d.some(0.2, use_bias=[False], kernel_regularizer=["l2"], dtype=["float16"])
    if name == "MultiHeadAttention":
        args = [d.of(1, 2, 3), d.size(1, 3)]
        options |= d.some(0.3, value_dim=[2], output_shape=[3])
    else:
        shared = d.of(1, 2)
        args = [d.size(1, 3), shared * d.of(1, 2), shared]
    call = d.some(0.3, use_causal_mask=[True], return_attention_scores=[True], training=[False])
    if d.chance(0.4):
        call["attention_mask"] = d.mask([batch, queries, keys])
    for each, length in (("query_mask", queries), ("value_mask", keys)):
        if d.chance(0.25):
            call[each] = d.mask([batch, length])
    return case(name, args, options, inputs, call)


DRAWS = {
    **dict.fromkeys(CELLS, recurrent), **dict.fromkeys([f"{kind}Cell" for kind in CELLS], cell), "StackedRNNCells": stacked, "RNN": rnn,
    "Bidirectional": bidirectional, "ConvLSTM1D": conv_lstm, "ConvLSTM2D": conv_lstm, "ConvLSTM3D": conv_lstm, "TimeDistributed": time_distributed,
    "Attention": attention, "AdditiveAttention": attention, "MultiHeadAttention": headed, "GroupQueryAttention": headed,
}
