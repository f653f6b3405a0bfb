/**
 * The rows of calls, joined and taken apart.
 *
 * @module
 */
import { type HostTensor, hostTensors, type ValueSpec } from "../../engine/engine.ts";
import { typedArrayOf } from "../../tensor/typed_array.ts";
import type { TaskInputs } from "./task.ts";

/** The number of rows that a call has: the size of axis 0, where it is the same for all inputs and outputs. */
export function rowsOf({ inputs, outputs }: TaskInputs): number | undefined {
  const rows = inputs[0]?.shape[0];
  const isSame = ({ shape }: ValueSpec): boolean => shape[0] === rows;
  return outputs !== undefined && inputs.every(isSame) && outputs.every(isSame) ? rows : undefined;
}

/** The calls as one, with the rows of one after those of the other. */
export function joined(calls: readonly TaskInputs[]): TaskInputs {
  const [first] = calls as readonly [TaskInputs];
  if (calls.length === 1) return first;
  const rows = calls.reduce((sum, call) => sum + rowsOf(call)!, 0);
  const withRows = <T extends ValueSpec["dtype"]>(
    { dtype, shape }: { readonly dtype: T; readonly shape: readonly number[] },
  ) => {
    return { dtype, shape: [rows, ...shape.slice(1)] };
  };
  const tensors = calls.map(({ inputs }) => hostTensors(inputs));
  const inputs = tensors[0]!.map((spec, index): HostTensor => {
    const parts = tensors.map((inputs) => inputs[index]!.data);
    const data = new (typedArrayOf(spec.dtype))(parts.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const part of parts) {
      data.set(part as never, offset);
      offset += part.length;
    }
    return { ...withRows(spec), data };
  });
  return { inputs, outputs: first.outputs!.map(withRows) };
}

/** Some rows of results, copied. */
export function split(results: readonly HostTensor[], row: number, rows: number): HostTensor[] {
  return results.map(({ dtype, shape, data }) => {
    const stride = data.length / shape[0]!;
    return { dtype, shape: [rows, ...shape.slice(1)], data: data.slice(row * stride, (row + rows) * stride) };
  });
}
