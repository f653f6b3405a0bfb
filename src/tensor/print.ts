/**
 * The way tensors are printed.
 *
 * @module
 */
import type { Shape } from "../shape/dim.ts";
import { showShape } from "../shape/dim.ts";
import type { DType, TypedArrayOf } from "./dtype.ts";
import { isFloat } from "./promote.ts";

/** Sizes above this are abbreviated. */
const ABBREVIATE_ABOVE = 64;
/** The number of rows or columns that stand at each end of an abbreviated axis. */
const EDGE = 3;

/** One line that says what a tensor is: `EagerTensor [2, 2] float32`. */
export function describeTensor(name: string, spec: { readonly shape: Shape; readonly dtype: DType }): string {
  return `${name} ${showShape(spec.shape)} ${spec.dtype}`;
}

/** Name, shape, dtype and values; long axes are abbreviated. */
export function printTensor(
  name: string,
  spec: { readonly shape: Shape; readonly dtype: DType },
  data: TypedArrayOf<DType>,
): string {
  const shape = spec.shape as readonly number[];
  const head = describeTensor(name, spec);
  const values = printValues(data, shape, spec.dtype);
  return values.includes("\n") ? `${head}\n${values}` : `${head} ${values}`;
}

function printValues(data: TypedArrayOf<DType>, shape: readonly number[], dtype: DType): string {
  const abbreviate = data.length > ABBREVIATE_ABOVE;
  const print = printerOf(dtype);
  const shown = visible(shape, abbreviate);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const texts = new Map<number, string>();
  const collect = (axis: number, offset: number): void => {
    if (axis === shape.length) return void texts.set(offset, print(data[offset]!));
    for (const index of shown[axis]!) if (index >= 0) collect(axis + 1, offset + index * strides[axis]!);
  };
  collect(0, 0);
  const width = Math.max(0, ...[...texts.values()].map((text) => text.length));
  const level = (axis: number, offset: number): string => {
    if (axis === shape.length) return shape.length === 0 ? texts.get(offset)! : texts.get(offset)!.padStart(width);
    const parts = shown[axis]!.map((index) => index < 0 ? "..." : level(axis + 1, offset + index * strides[axis]!));
    const depth = shape.length - axis;
    return `[${parts.join(depth === 1 ? ", " : ",\n".padEnd(axis + 3, " "))}]`;
  };
  return level(0, 0);
}

/** The indices of each axis that are shown; -1 stands for the dots between. */
function visible(shape: readonly number[], abbreviate: boolean): number[][] {
  return shape.map((size) => {
    if (!abbreviate || size <= 2 * EDGE) return Array.from({ length: size }, (_, i) => i);
    const edge = Array.from({ length: EDGE }, (_, i) => i);
    return [...edge, -1, ...edge.map((i) => size - EDGE + i)];
  });
}

function printerOf(dtype: DType): (value: number | bigint) => string {
  if (dtype === "bool") return (value) => value ? "true" : "false";
  if (isFloat(dtype)) return printFloat;
  return String;
}

function printFloat(value: number | bigint): string {
  const number = Number(value);
  if (Number.isInteger(number) && Math.abs(number) < 1e7) return Object.is(number, -0) ? "-0" : String(number);
  return String(Number(number.toPrecision(5)));
}

/** Lets `console.log` in Deno, Bun and Node print instances by their `toString`. */
export function installInspect(constructor: { readonly prototype: { toString(): string } }): void {
  for (const symbol of ["Deno.customInspect", "nodejs.util.inspect.custom"]) {
    Object.defineProperty(constructor.prototype, Symbol.for(symbol), {
      value(this: { toString(): string }): string {
        return this.toString();
      },
      configurable: true,
      enumerable: false,
    });
  }
}
