/**
 * The ops that Keras and Strata both have: Keras's class, and which option is which.
 *
 * @module
 */

/** An op as Keras has it. */
export interface KerasOp {
  /** The name of Strata's op. */
  readonly name: string;
  /** The name of the class. */
  readonly className: string;
  /** The module that the class is from. */
  readonly module: string;
  /** Options: Strata's name of each, and Keras's. */
  readonly options: { readonly [option: string]: string };
  /** Options that Strata's function takes by place, after the tensors. */
  readonly positional: readonly string[];
  /** Options that Strata's function takes by place, before the tensors. */
  readonly leading: readonly string[];
  /** Options that Keras has among the arguments of the call, by name. */
  readonly told: readonly string[];
  /** Whether the tensors are one list. */
  readonly isList: boolean;
  /** Whether a node of Strata's graph has all that Keras's options say. */
  readonly isWritten: boolean;
}

type Settings = Partial<Omit<KerasOp, "name" | "module">>;

const NUMPY = "keras.src.ops.numpy";
const NN = "keras.src.ops.nn";
const CORE = "keras.src.ops.core";
const MATH = "keras.src.ops.math";
const LINALG = "keras.src.ops.linalg";
const IMAGE = "keras.src.ops.image";

const REDUCTION: Settings = { options: { axis: "axis", keepDims: "keepdims" } };
const AXIS: Settings = { options: { axis: "axis" } };
const READ: Settings = { isWritten: false };
const PLANES: Settings = { options: { offset: "offset", axis1: "axis1", axis2: "axis2" } };
const DATA_FORMAT = { dataFormat: "data_format" };
const WINDOWS = { strides: "strides", padding: "padding", ...DATA_FORMAT };
const POOL: Settings = { options: { poolSize: "pool_size", ...WINDOWS }, positional: ["poolSize"] };
const ADAPTIVE: Settings = {
  options: { outputSize: "output_size", ...DATA_FORMAT },
  positional: ["outputSize"],
};
const CONVOLUTION: Settings = { options: { ...WINDOWS, dilationRate: "dilation_rate" } };
const BY_COUNT: Settings = { options: { k: "k" } };

/** By Keras's module and Strata's names. */
const TABLE: readonly (readonly [module: string, names: string, settings?: Settings])[] = [
  [
    NUMPY,
    "absolute negative sqrt square exp exp2 expm1 log log1p log2 log10 sin cos tan arcsin arccos arctan sinh cosh tanh " +
    "arcsinh arccosh arctanh sign floor ceil trunc reciprocal isnan isinf isfinite logicalNot",
  ],
  [
    NUMPY,
    "add subtract multiply divide power maximum minimum mod floorDivide matmul dot equal notEqual greater greaterEqual " +
    "less lessEqual logicalAnd logicalOr logicalXor arctan2 where logaddexp hypot",
  ],
  [NUMPY, "outer inner"],
  [
    NUMPY,
    "cbrt deg2rad rad2deg fabs sinc signbit heaviside isneginf isposinf fmod fmax fmin ldexp logaddexp2 divideNoNan " +
    "bitwiseAnd bitwiseOr bitwiseXor bitwiseInvert bitwiseLeftShift bitwiseRightShift gcd lcm copy",
  ],
  [NUMPY, "ravel fliplr flipud digitize bitwiseNot leftShift rightShift", READ],
  [NUMPY, "mean sum max min prod std any all argmax argmin", REDUCTION],
  [NUMPY, "variance", { ...REDUCTION, className: "Var" }],
  [NUMPY, "countNonzero", REDUCTION],
  [
    NUMPY,
    "amax amin median ptp nansum nanmean nanmax nanmin nanprod nanstd nanvar nanmedian nanargmax nanargmin",
    { ...READ, ...REDUCTION },
  ],
  [NUMPY, "quantile percentile nanquantile nanpercentile", {
    ...READ,
    options: { axis: "axis", method: "method", keepDims: "keepdims" },
  }],
  [NUMPY, "append nancumsum nancumprod", { ...READ, ...AXIS }],
  [NUMPY, "hsplit vsplit dsplit arraySplit", {
    ...READ,
    options: { sections: "indices_or_sections", axis: "axis" },
    positional: ["sections"],
  }],
  [NUMPY, "rot90", { ...READ, options: { k: "k", axes: "axes" } }],
  [NUMPY, "isin", { ...READ, className: "IsIn", options: { assumeUnique: "assume_unique", invert: "invert" } }],
  [NUMPY, "unravelIndex", { ...READ, options: { shape: "shape" }, positional: ["shape"] }],
  [NUMPY, "histogram", { ...READ, options: { bins: "bins", range: "range" } }],
  [NUMPY, "concatenate stack", { ...AXIS, isList: true }],
  [NUMPY, "hstack vstack dstack", { ...READ, isList: true }],
  [NUMPY, "average", { ...READ, options: { axis: "axis", weights: "weights" } }],
  [NUMPY, "kron corrcoef", READ],
  [NUMPY, "correlate", { ...READ, options: { mode: "mode" } }],
  [NUMPY, "vander", { ...READ, options: { n: "N", increasing: "increasing" } }],
  [NUMPY, "argpartition", { ...READ, options: { kth: "kth", axis: "axis" }, positional: ["kth"] }],
  [NN, "fold unfold", {
    ...READ,
    options: {
      outputSize: "output_size",
      kernelSize: "kernel_size",
      dilation: "dilation",
      padding: "padding",
      stride: "stride",
    },
    positional: ["outputSize", "kernelSize"],
  }],
  [NUMPY, "take", AXIS],
  [NUMPY, "takeSlice", { className: "GetItem" }],
  [NUMPY, "argsort sort cumsum cumprod takeAlongAxis", AXIS],
  [NUMPY, "diff", { options: { n: "n", axis: "axis" } }],
  [NUMPY, "diag tril triu", BY_COUNT],
  [NUMPY, "diagonal trace", PLANES],
  [NUMPY, "einsum", { options: { equation: "subscripts" }, leading: ["equation"] }],
  [NUMPY, "tensordot", { options: { axes: "axes" } }],
  [NUMPY, "zerosLike onesLike fullLike", { options: { dtype: "dtype" } }],
  [NUMPY, "full", { ...READ, options: { shape: "shape", dtype: "dtype" }, leading: ["shape"] }],
  [NUMPY, "arange", { ...READ, options: { dtype: "dtype" } }],
  [NUMPY, "linspace", {
    ...READ,
    options: { num: "num", endpoint: "endpoint", dtype: "dtype", axis: "axis" },
    positional: ["num"],
  }],
  [NUMPY, "meshgrid", { options: { indexing: "indexing" } }],
  [NUMPY, "moveaxis", {
    options: { source: "source", destination: "destination" },
    positional: ["source", "destination"],
  }],
  [NUMPY, "swapaxes", { options: { axis1: "axis1", axis2: "axis2" }, positional: ["axis1", "axis2"] }],
  [NUMPY, "nanToNum", { options: { nan: "nan", posinf: "posinf", neginf: "neginf" } }],
  [NUMPY, "pad", {
    options: { widths: "pad_width", mode: "mode", value: "constant_values" },
    positional: ["widths"],
    told: ["value"],
  }],
  [NUMPY, "roll", { options: { shift: "shift", axis: "axis" }, positional: ["shift"] }],
  [NUMPY, "round", { options: { decimals: "decimals" } }],
  [NUMPY, "split", { options: { sections: "indices_or_sections", axis: "axis" }, positional: ["sections"] }],
  [NUMPY, "reshape", { options: { shape: "newshape" }, positional: ["shape"] }],
  [NUMPY, "broadcastTo", { options: { shape: "shape" }, positional: ["shape"] }],
  [NUMPY, "transpose", { options: { axes: "axes" }, positional: ["axes"] }],
  [NUMPY, "squeeze", AXIS],
  [NUMPY, "expandDims", { ...AXIS, positional: ["axis"] }],
  [NUMPY, "flip", AXIS],
  [NUMPY, "tile", { options: { repeats: "repeats" }, positional: ["repeats"] }],
  [NUMPY, "repeat", { options: { repeats: "repeats", axis: "axis" }, positional: ["repeats"] }],
  [NUMPY, "clip", { options: { min: "x_min", max: "x_max" }, positional: ["min", "max"] }],
  [CORE, "cast", { options: { dtype: "dtype" }, positional: ["dtype"] }],
  [CORE, "stopGradient sliceUpdate"],
  [CORE, "scatter", { options: { shape: "shape" }, positional: ["shape"] }],
  [CORE, "scatterUpdate", { options: { reduction: "reduction" } }],
  [CORE, "slice", { options: { size: "shape" }, positional: ["size"] }],
  [CORE, "unstack", { options: { num: "num", axis: "axis" } }],
  [MATH, "rsqrt erf"],
  [MATH, "erfc erfinv"],
  [MATH, "segmentSum segmentProd segmentMax segmentMin", {
    options: { numSegments: "num_segments", sorted: "sorted" },
  }],
  [MATH, "inTopK", { ...READ, options: { k: "k" }, positional: ["k"] }],
  [MATH, "logsumexp", REDUCTION],
  [MATH, "topK", { ...BY_COUNT, positional: ["k"] }],
  [LINALG, "norm", { options: { ord: "ord", axis: "axis", keepDims: "keepdims" } }],
  [NN, "relu relu6 sigmoid silu softplus softsign hardSigmoid hardSilu logSigmoid selu mish squareplus tanhShrink"],
  [NN, "sparseSigmoid sparsePlus hardTanh"],
  [NN, "softmax logSoftmax", AXIS],
  [NN, "glu sparsemax", AXIS],
  [NN, "gelu", { options: { approximate: "approximate" } }],
  [NN, "elu celu", { options: { alpha: "alpha" } }],
  [NN, "leakyRelu", { options: { negativeSlope: "negative_slope" } }],
  [NN, "softShrink hardShrink", { options: { threshold: "threshold" } }],
  [NN, "threshold", {
    options: { threshold: "threshold", value: "default_value" },
    positional: ["threshold", "value"],
  }],
  [NN, "maxPool averagePool", POOL],
  [NN, "adaptiveMaxPool adaptiveAveragePool", ADAPTIVE],
  [NN, "conv depthwiseConv separableConv", CONVOLUTION],
  [NN, "convTranspose", { ...CONVOLUTION, options: { ...CONVOLUTION.options, outputPadding: "output_padding" } }],
  [NN, "oneHot", { options: { n: "num_classes", axis: "axis", dtype: "dtype" }, positional: ["n"] }],
  [NN, "multiHot", {
    ...READ,
    options: { numClasses: "num_classes", axis: "axis", dtype: "dtype" },
    positional: ["numClasses"],
  }],
  [NN, "moments", { options: { axes: "axes", keepDims: "keepdims" }, positional: ["axes"] }],
  [NN, "normalize", { options: { axis: "axis", order: "order", epsilon: "epsilon" } }],
  [NN, "dotProductAttention", {
    options: { bias: "bias", mask: "mask", scale: "scale", isCausal: "is_causal" },
    told: ["bias", "mask", "scale"],
  }],
  [IMAGE, "image.resize", {
    className: "Resize",
    options: {
      size: "size",
      interpolation: "interpolation",
      antialias: "antialias",
      cropToAspectRatio: "crop_to_aspect_ratio",
      padToAspectRatio: "pad_to_aspect_ratio",
      fillMode: "fill_mode",
      fillValue: "fill_value",
      ...DATA_FORMAT,
    },
    positional: ["size"],
  }],
  [IMAGE, "image.rgbToGrayscale", { ...READ, className: "RGBToGrayscale", options: DATA_FORMAT }],
  [IMAGE, "image.rgbToHsv", { ...READ, className: "RGBToHSV", options: DATA_FORMAT }],
  [IMAGE, "image.hsvToRgb", { ...READ, className: "HSVToRGB", options: DATA_FORMAT }],
  [IMAGE, "image.sobelEdges", { ...READ, className: "SobelEdges", options: DATA_FORMAT }],
  [IMAGE, "image.gaussianBlur", {
    ...READ,
    className: "GaussianBlur",
    options: { kernelSize: "kernel_size", sigma: "sigma", ...DATA_FORMAT },
  }],
  [IMAGE, "image.cropImages", { ...READ, className: "CropImages", options: sidesOf("cropping") }],
  [IMAGE, "image.padImages", { ...READ, className: "PadImages", options: sidesOf("padding") }],
  [IMAGE, "image.extractPatches", {
    ...READ,
    className: "ExtractPatches",
    options: {
      size: "size",
      strides: "strides",
      dilationRate: "dilation_rate",
      padding: "padding",
      ...DATA_FORMAT,
    },
    positional: ["size"],
  }],
  [IMAGE, "image.ssim", {
    ...READ,
    className: "SSIM",
    options: {
      maxVal: "max_val",
      filterSize: "filter_size",
      filterSigma: "filter_sigma",
      k1: "k1",
      k2: "k2",
      ...DATA_FORMAT,
    },
  }],
];

/** The options of ops that change the sides of images. */
function sidesOf(what: "cropping" | "padding"): { readonly [option: string]: string } {
  const title = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  const sides = ["top", "left", "bottom", "right"].map((side) => [`${side}${title}`, `${side}_${what}`]);
  return { ...Object.fromEntries(sides), targetHeight: "target_height", targetWidth: "target_width", ...DATA_FORMAT };
}

const DEFAULTS = { options: {}, positional: [], leading: [], told: [], isList: false, isWritten: true };
const BY_NAME = new Map<string, KerasOp>();
const BY_CLASS = new Map<string, KerasOp>();
for (const [module, names, settings = {}] of TABLE) {
  for (const name of names.split(" ")) {
    const className = name.charAt(0).toUpperCase() + name.slice(1);
    const op: KerasOp = { name, className, module, ...DEFAULTS, ...settings };
    BY_NAME.set(name, op);
    BY_CLASS.set(op.className, op);
  }
}
BY_CLASS.set("TrueDivide", BY_NAME.get("divide")!);
BY_CLASS.set("Abs", BY_NAME.get("absolute")!);

/** The op that Strata has under a name; undefined where Keras has no class that says as much as its node. */
export function writtenOp(name: string): KerasOp | undefined {
  const op = BY_NAME.get(name);
  return op?.isWritten === true ? op : undefined;
}

/** The op that Keras has a class for; undefined where Strata does not know it. */
export function opOfClass(className: string): KerasOp | undefined {
  return BY_CLASS.get(className);
}
