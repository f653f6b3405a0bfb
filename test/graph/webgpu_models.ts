/** Models of one node for operators that layers are made of and ops are not, and what the device fails at. */
import type { HostTensor } from "../../src/engine/engine.ts";
import { float, int, ints, text } from "../../src/emission/emitter.ts";
import { host } from "../engine/models.ts";
import type { Probe } from "./kernel_models.ts";

/** A tensor of values between -1 and 1 that are not alike. */
function spread(shape: readonly number[], phase = 0): HostTensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  return host("float32", shape, Array.from({ length: size }, (_, index) => Math.sin(index * 1.7 + phase)));
}

function positive(shape: readonly number[]): HostTensor {
  const { data } = spread(shape);
  return host("float32", shape, Array.from(data as Float32Array, (value) => value + 1.5));
}

function probe(inputs: readonly HostTensor[], attributes: Probe["attributes"] = {}, outputs = 1): Probe {
  return { inputs, attributes, outputs: Array(outputs).fill("float32") };
}

const image = spread([2, 4, 7, 6]);
const row = spread([2, 4, 9]);
const block = spread([1, 2, 4, 5, 6]);
const [gamma, beta] = [positive([4]), spread([4], 1)];

/** What the device must give the processor's numbers for; the operator is what comes before the colon. */
export const LAYER_PROBES: Readonly<Record<string, Probe>> = {
  "Conv: strides and pads": probe([image, spread([5, 4, 3, 3], 1), spread([5], 2)], {
    strides: ints([2, 1]),
    pads: ints([1, 0, 1, 2]),
  }),
  "Conv: groups and dilations": probe([image, spread([6, 2, 3, 3], 1)], { group: int(2), dilations: ints([2, 1]) }),
  "Conv: each channel by itself, along one axis": probe([row, spread([4, 1, 3], 1)], { group: int(4) }),
  "Conv: three axes": probe([block, spread([3, 2, 2, 3, 2], 1)]),
  "ConvTranspose: strides, pads and output padding": probe([image, spread([4, 5, 3, 3], 1), spread([5], 2)], {
    strides: ints([2, 2]),
    pads: ints([1, 1, 1, 1]),
    output_padding: ints([1, 0]),
  }),
  "ConvTranspose: groups": probe([image, spread([4, 3, 3, 2], 1)], { group: int(2), dilations: ints([2, 1]) }),
  "ConvTranspose: one axis": probe([row, spread([4, 3, 3], 1)], { strides: ints([2]) }),
  "MaxPool: pads": probe([image], { kernel_shape: ints([2, 3]), strides: ints([2, 2]), pads: ints([0, 1, 0, 1]) }),
  "MaxPool: one axis": probe([row], { kernel_shape: ints([2]), strides: ints([2]) }),
  "MaxPool: three axes": probe([block], { kernel_shape: ints([2, 2, 2]), strides: ints([2, 2, 2]) }),
  "AveragePool: pads": probe([image], { kernel_shape: ints([2, 3]), strides: ints([2, 2]), pads: ints([0, 1, 0, 1]) }),
  "AveragePool: pads that count": probe([image], {
    kernel_shape: ints([2, 3]),
    pads: ints([0, 1, 0, 1]),
    count_include_pad: int(1),
  }),
  "AveragePool: three axes": probe([block], { kernel_shape: ints([2, 2, 2]) }),
  "GlobalAveragePool: two axes": probe([image]),
  "GlobalMaxPool: two axes": probe([image]),
  "BatchNormalization: inference": probe([image, gamma, beta, spread([4], 3), positive([4])], { epsilon: float(1e-3) }),
  "LayerNormalization: last axis": probe([spread([2, 3, 4]), gamma, beta], { axis: int(-1), epsilon: float(1e-3) }),
  "InstanceNormalization: two axes": probe([image, gamma, beta]),
  "LpNormalization: last axis": probe([row], { p: int(2) }),
  "LSTM: both directions": probe(
    [spread([4, 2, 3]), spread([2, 20, 3], 1), spread([2, 20, 5], 2), spread([2, 40], 3)],
    { hidden_size: int(5), direction: text("bidirectional") },
    3,
  ),
  "GRU: bias before the gate": probe(
    [spread([4, 2, 3]), spread([1, 15, 3], 1), spread([1, 15, 5], 2), spread([1, 30], 3)],
    { hidden_size: int(5), linear_before_reset: int(1) },
    2,
  ),
  "GRU: bias after the gate": probe(
    [spread([4, 2, 3]), spread([1, 15, 3], 1), spread([1, 15, 5], 2), spread([1, 30], 3)],
    { hidden_size: int(5) },
    2,
  ),
  "DepthToSpace: blocks": probe([image], { blocksize: int(2) }),
  "PRelu: slopes": probe([image, spread([4, 1, 1], 1)]),
  "Resize: nearest": probe([image, spread([0]), host("float32", [4], [1, 1, 2, 3])], {
    mode: text("nearest"),
    coordinate_transformation_mode: text("asymmetric"),
    nearest_mode: text("floor"),
  }),
  "Resize: linear": probe([image, spread([0]), host("float32", [4], [1, 1, 2, 3])], { mode: text("linear") }),
};

/** What the device claims, and fails at when it runs. */
export const FAILING_PROBES: Readonly<Record<string, Probe>> = {
  "MaxPool: indices": { ...probe([image], { kernel_shape: ints([2, 2]) }), outputs: ["float32", "int64"] },
  "BatchNormalization: training": probe([image, gamma, beta, spread([4], 3), positive([4])], {
    training_mode: int(1),
  }, 3),
  "ConvTranspose: three axes": probe([block, spread([2, 2, 2, 2, 2], 1)]),
};
