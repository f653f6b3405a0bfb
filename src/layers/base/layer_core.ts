/**
 * The members of a layer that the modules beside the base class rely on.
 *
 * @module
 */
import type { Shape } from "../../shape/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { InputSpec } from "./input_spec.ts";
import type { Masks } from "./masks.ts";
import type { LayerConfig } from "./options.ts";

/** Shapes in the structure of a layer's input. */
export type Shapes = Structure<Shape | null>;

/** A layer as its users see it, without what it takes and gives. */
export interface LayerNode {
  readonly name: string;
  readonly className: string;
  readonly built: boolean;
  readonly trainable: boolean;
  /** The dtype of its weights. */
  readonly dtype: DType;
  /** The dtype that it computes in. */
  readonly computeDtype: DType;
  /** Whether inputs of other float dtypes, and weights, are converted to {@linkcode LayerNode.computeDtype}. */
  readonly autocast: boolean;
  readonly layers: readonly LayerNode[];
  readonly weights: readonly Variable[];
  readonly trainableWeights: readonly Variable[];
  getConfig(): LayerConfig;
}

/** A layer with what its class says for the base class alone. */
export interface LayerCore extends LayerNode {
  readonly inputSpec: Structure<InputSpec | null> | null;
  /** Whether masks go on to what the layer gives. */
  readonly supportsMasking: boolean;
  /** Whether the masks of the inputs are arguments of their own, which other tensors among the arguments leave alone. */
  readonly readsEachMask: boolean;
  /** Whether the class has a `build` of its own. */
  readonly hasOwnBuild: boolean;
  /** Whether the class has a `computeOutputShape` of its own. */
  readonly hasOwnOutputShape: boolean;
  /** The class's `build`, not the one that users call. */
  runBuild(shapes: Shapes): unknown;
  call(input: never, options: never): unknown;
  /** The mismatch of the input's shapes beyond `inputSpec`: the input, and the reason. */
  mismatch(shapes: Structure<Shape | null>): readonly [number | string, string] | undefined;
  /** The masks of what the layer gives. */
  computeMask(inputs: never, mask: Masks | null): Masks | null;
  computeOutputShape(inputShape: Shapes): Structure<Shape>;
}
