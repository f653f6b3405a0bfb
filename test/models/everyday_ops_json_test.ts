import { assert, assertEquals } from "@std/assert";
import { type DType, type EagerTensor, modelFromJson, modelToJson, tensor } from "@strata/nn";
import { readFileSync } from "node:fs";

interface OpModel {
  readonly model: unknown;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly x: readonly (number | null)[];
  readonly y: { readonly dtype: DType; readonly shape: readonly number[]; readonly data: readonly (number | null)[] };
}

const models: { readonly [op: string]: OpModel } = JSON.parse(
  readFileSync(new URL("data/everyday_ops.json", import.meta.url), "utf8"),
);

/** Ops that are made of others for which Keras has no class. */
const NOT_WRITTEN = ["median", "nanmedian", "array_split"];

const numbers = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? NaN);

function check(how: string, text: string, { dtype, shape, x, y }: OpModel): void {
  const model = modelFromJson(text) as unknown as (x: EagerTensor) => EagerTensor;
  const result = model(tensor(numbers(x), shape, { dtype }) as EagerTensor);
  assertEquals([result.dtype, result.shape], [y.dtype, y.shape], how);
  const values = result.dataSync();
  numbers(y.data).forEach((want, place) => {
    const value = Number(values[place]);
    const fits = Object.is(value, want) || Math.abs(value - want) <= 1e-5 * Math.max(1, Math.abs(want));
    assert(fits, `${how}: at ${place} is ${value}, expected ${want}`);
  });
}

for (const [op, each] of Object.entries(models)) {
  Deno.test(`${op} is read from Keras's JSON, and written so that it comes back`, () => {
    const text = JSON.stringify(each.model);
    check("read", text, each);
    if (!NOT_WRITTEN.includes(op)) check("written", modelToJson(modelFromJson(text)), each);
  });
}
