/**
 * Which layer call a symbolic tensor came out of: models are made of these.
 *
 * @module
 */
import { SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { CallOptions } from "./context.ts";
import { mapStructure, type Structure } from "../tensor/structure.ts";

/** One call of a layer with symbolic tensors. */
export interface LayerCall {
  /** The layer. */
  readonly layer: object;
  /** What it was called with. */
  readonly input: Structure<Tensor | null>;
  /** The options given. */
  readonly options: CallOptions;
  /** What came out. */
  readonly output: Structure<Tensor>;
}

const calls = new WeakMap<SymbolicTensor, LayerCall>();

/** The outermost layer call that a tensor came out of; undefined for inputs and for results of ops between layers. */
export function callOf(tensor: SymbolicTensor): LayerCall | undefined {
  return calls.get(tensor);
}

/** Records a call, and gives its output as tensors of their own, so that each tensor came out of one call. */
export function recordCall(
  layer: object,
  input: Structure<Tensor | null>,
  options: CallOptions,
  output: unknown,
): Structure<Tensor> {
  const own = mapStructure(
    output as Structure<Tensor>,
    (tensor): Tensor =>
      tensor instanceof SymbolicTensor ? new SymbolicTensor(tensor.shape, tensor.dtype, tensor.source, tensor) : tensor,
  );
  const call: LayerCall = { layer, input, options, output: own };
  mapStructure(own, (tensor) => {
    if (tensor instanceof SymbolicTensor) calls.set(tensor, call);
  });
  return own;
}
