/**
 * The nodes of a model that run on the processor if the provider is WebGPU.
 *
 * @module
 */
import { dtypeOfElementType } from "../../onnx/element_type.ts";
import type { OnnxModel, OnnxNode } from "../../onnx/model.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { ElementType } from "../../tensor/element_type.ts";
import { ON_PROCESSOR } from "./provider.ts";
import { WEBGPU_KERNELS } from "./webgpu_kernels.ts";

/** A node that runs on the processor. */
export interface FallbackNode {
  /** The node. */
  readonly node: OnnxNode;
  /** The dtype that it would have on the device. */
  readonly dtype: ElementType;
}

/** The operators that have a result of one dtype, whatever they are given. */
const RESULTS: { readonly [opType: string]: DType } = {
  ...Object.fromEntries(
    ["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "IsNaN", "IsInf"].map((opType) => [opType, "bool"]),
  ),
  Shape: "int64",
  ArgMax: "int64",
  ArgMin: "int64",
};

/**
 * The nodes of a model that no kernel of the device runs, or that are kept from it. Not among them are those that depend on constants and shapes
 * alone: where the shapes are known the engine computes them when it loads the model, and else they are small.
 */
export function fallbacksOf({ graph }: OnnxModel): FallbackNode[] {
  const dtypes = new Map<string, ElementType>(
    [...graph.inputs, ...graph.initializers].map(({ name, dtype }) => [name, dtype]),
  );
  const known = new Set<string>(graph.initializers.map(({ name }) => name));
  const fallbacks: FallbackNode[] = [];
  for (const node of graph.nodes) {
    const kernel = WEBGPU_KERNELS[node.opType];
    const dtype = dtypes.get(node.inputs[kernel?.inputs?.[0] ?? TYPED[node.opType] ?? 0] ?? "") ?? "float32";
    const isKnown = node.opType === "Shape" || node.inputs.every((name) => name === "" || known.has(name));
    const falls = node.name.endsWith(ON_PROCESSOR) || !kernel?.dtypes.some((taken) => taken === dtype);
    if (!isKnown && falls) fallbacks.push({ node, dtype });
    node.outputs.forEach((name, index) => {
      dtypes.set(name, resultOf(node, index) ?? dtype);
      if (isKnown) known.add(name);
    });
  }
  return fallbacks;
}

/** The input that has the dtype of the result, where it is not the first and no kernel tells. */
const TYPED: { readonly [opType: string]: number } = { OneHot: 2 };

function resultOf({ opType, attributes }: OnnxNode, index: number): DType | undefined {
  if (opType === "Cast" && attributes["to"]?.type === "int") return dtypeOfElementType(Number(attributes["to"].value));
  if (opType === "TopK" && index === 1) return "int64";
  return RESULTS[opType];
}
