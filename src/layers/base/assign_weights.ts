/**
 * Values for all weights of a layer at once.
 *
 * @module
 */
import { showShape } from "../../shape/dim.ts";
import { InputError, ShapeError } from "../../shape/error.ts";
import type { Values } from "../../tensor/convert.ts";
import { tensor } from "../../tensor/creation.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { kindOf } from "../../tensor/options.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Variable } from "../../tensor/variable.ts";

/**
 * Assigns values to all weights of a layer, in their order.
 *
 * @throws {ShapeError} If there are too many or too few, or a shape is another. Nothing is assigned then.
 */
export function assignWeights(
  layer: { readonly name: string; readonly weights: readonly Variable[] },
  values: readonly (EagerTensor | Variable | Values)[],
): void {
  const { weights } = layer;
  if (!Array.isArray(values)) {
    throw new InputError(
      `Cannot set the weights of layer ${layer.name}: expected a list of values, received ${kindOf(values)}`,
    );
  }
  if (values.length !== weights.length) {
    throw new ShapeError(
      `Cannot set the weights of layer ${layer.name}: expected ${weights.length} values, received ${values.length}`,
    );
  }
  const tensors = values.map((value, index) => {
    if (!(value instanceof Tensor)) return tensor(value);
    if (value instanceof EagerTensor || value instanceof Variable) return value;
    throw new InputError(
      `Cannot set the weights of layer ${layer.name}: expected values for ${weights[index]!.path}, received ${value}`,
    );
  });
  weights.forEach(({ path, shape }, index) => {
    const received = showShape(tensors[index]!.shape);
    if (received === showShape(shape)) return;
    throw new ShapeError(
      `Cannot set the weights of layer ${layer.name}: expected shape ${showShape(shape)} for ${path}, ` +
        `received shape ${received}`,
    );
  });
  weights.forEach((weight, index) => weight.assign(tensors[index]!));
}
