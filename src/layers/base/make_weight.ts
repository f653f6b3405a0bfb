/**
 * The way layers make their weights.
 *
 * @module
 */
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { checkOptions } from "../../tensor/options.ts";
import { currentPath, whileEager } from "../../tensor/scope.ts";
import { Variable } from "../../tensor/variable.ts";
import { get as getConstraint } from "../weights/constraints.ts";
import { get as getInitializer } from "../weights/initializers.ts";
import { get as getRegularizer } from "../weights/regularizers.ts";
import { lockError } from "./fields.ts";
import { checkName } from "./naming.ts";
import type { WeightOptions, WeightShape } from "./options.ts";
import { stateOf } from "./state.ts";
import type { LayerNode } from "./layer_core.ts";

const WEIGHT_OPTIONS: readonly string[] = [
  "autocast",
  "constraint",
  "dtype",
  "initializer",
  "name",
  "regularizer",
  "shape",
  "trainable",
];

/** Makes a weight of a layer; its values are made when they are first read. */
export function makeWeight<S extends readonly (Dim | undefined)[], D extends DType>(
  layer: LayerNode,
  options: WeightOptions<S, D>,
): Variable<WeightShape<S>, D> {
  checkOptions(`Cannot make a weight of layer ${layer.name}`, options, WEIGHT_OPTIONS);
  const state = stateOf(layer);
  const name = options.name ?? (state.made.size === 0 ? "variable" : `variable_${state.made.size}`);
  checkName(name, `a weight of layer ${layer.name}`);
  const path = `${state.path ?? pathFor(layer.name)}/${name}`;
  if (state.built) throw lockError(layer, `weight ${name}`);
  const shape = Object.freeze((options.shape ?? []).map((dim) => dim ?? null)) as Shape as WeightShape<S>;
  if (!shape.every((dim) => typeof dim === "number" && Number.isSafeInteger(dim) && dim >= 0)) {
    throw new ShapeError(`Cannot make weight ${path}: expected a shape of known sizes, received ${showShape(shape)}`);
  }
  const dtype = options.dtype ?? layer.dtype as D;
  const float = dtype.startsWith("float");
  const initializer = getInitializer(options.initializer ?? (float ? "glorot_uniform" : "zeros"));
  const initialize = initializer.prepare(shape as readonly number[], dtype);
  const weight = new Variable<WeightShape<S>, D>(
    { shape, dtype, initialize: () => whileEager(initialize) as never },
    {
      name,
      path,
      trainable: (options.trainable ?? true) && layer.trainable,
      autocast: options.autocast ?? true,
      regularizer: getRegularizer(options.regularizer),
      constraint: getConstraint(options.constraint),
    },
  );
  state.made.add(weight);
  if (options.trainable ?? true) state.trainables.add(weight);
  return weight;
}

function pathFor(name: string): string {
  const around = currentPath();
  return around === "" ? name : `${around}/${name}`;
}
