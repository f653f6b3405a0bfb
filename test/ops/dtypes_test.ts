/**
 * The dtypes of results for operands of each dtype, and beside plain numbers, as Keras has them: eagerly and inferred.
 */
import { assertEquals } from "@std/assert";
import { readFileSync } from "node:fs";
import * as ops from "../../src/ops/mod.ts";
import { tensor } from "../../src/tensor/creation.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { input } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { type AnyOp, publicOp } from "./golden.ts";

/** Dtypes of results by those of operands: `"uint8"`, `"uint8,int32"` or `"uint8,float"`. */
type Table = { readonly [operands: string]: string };

const golden = JSON.parse(readFileSync(new URL("../golden/dtypes.json", import.meta.url), "utf8")) as {
  readonly [kind in "one" | "two" | "joining" | "clip"]: { readonly [name: string]: Table };
};

const NUMBERS: { readonly [name: string]: number } = { int: 2, float: 2.5 };

/** What Keras has and Strata does not. */
const MISSING = "angle conj real nextafter".split(" ");

/** As README says: there is no uint32, and numbers do not make float16 wider. */
function nearest(name: string, operands: string, wanted: string): string {
  if (wanted === "uint32") return "int32";
  const isHalf = ["float16,float", "float,float16"].includes(operands);
  return isHalf && ["arctan2", "logaddexp", "logaddexp2"].includes(name) ? "float16" : wanted;
}

/** How the operands of a dtype are made: with values, or for a graph. */
const WAYS: { readonly [way: string]: (dtype: DType, shape: readonly number[]) => Tensor } = {
  eager: (dtype, shape) => tensor(shape.length === 1 ? [0, 1] : [[1, 1], [0, 1]], { dtype }),
  symbolic: (dtype, shape) => input(shape, { dtype }),
};

const FORMS: { readonly [name: string]: AnyOp } = {
  where: (a, b) => ops.where(tensor([[true, false], [false, true]]), a as Tensor, b as Tensor) as Tensor,
};

/** Ops whose results have as many elements as their values say. */
const OF_VALUES = ["bincount"];

for (const kind of ["one", "two", "joining"] as const) {
  for (const [name, table] of Object.entries(golden[kind])) {
    if (MISSING.includes(name)) continue;
    Deno.test(`dtypes of ${name} are Keras's`, () => {
      const op = FORMS[name] ?? publicOp(name)!;
      for (const [way, make] of Object.entries(WAYS)) {
        if (way === "symbolic" && OF_VALUES.includes(name)) continue;
        const shape = OF_VALUES.includes(name) ? [2] : [2, 2];
        const found: Record<string, string> = {};
        const wanted: Record<string, string> = {};
        for (const [operands, dtype] of Object.entries(table)) {
          if (dtype === "raises") continue;
          const given = operands.split(",").map((each) => NUMBERS[each] ?? make(each as DType, shape));
          const result = kind === "joining" ? op(given) : op(...given);
          found[operands] = (Array.isArray(result) ? result[0] : result as Tensor).dtype;
          wanted[operands] = nearest(name, operands, dtype);
        }
        assertEquals(found, wanted, way);
      }
    });
  }
}

Deno.test("dtypes of clip are Keras's for bounds with and without fractions", () => {
  for (const [dtype, table] of Object.entries(golden.clip)) {
    const x = WAYS["eager"]!(dtype as DType, [2, 2]);
    assertEquals({ int: ops.clip(x, 0, 6).dtype, float: ops.clip(x, 0.5, 6.5).dtype } as Table, table, dtype);
  }
});

Deno.test("what Keras has and Strata does not is said above", () => {
  const names = Object.keys({ ...golden.one, ...golden.two, ...golden.joining });
  assertEquals(names.filter((name) => publicOp(name) === undefined).sort(), [...MISSING].sort());
});
