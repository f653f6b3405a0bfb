import { assertEquals } from "@std/assert";
import { clearSession, Flatten, modelFromJson, modelToJson, Sequential, tensor } from "@strata/nn";
import { readFileSync } from "node:fs";
import type { Values } from "../../src/tensor/convert.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";

interface Written {
  readonly config: { readonly layers: readonly { readonly class_name: string; readonly config: object }[] };
}

interface Case {
  /** The format as it was given to Keras. */
  readonly given: string;
  readonly json: Written;
  readonly x: Values;
  readonly y: Values;
}

const cases = JSON.parse(readFileSync(new URL("data/flatten.json", import.meta.url), "utf8")) as readonly Case[];

const flattenOf = ({ config }: Written): object => config.layers.find(({ class_name }) => class_name === "Flatten")!;

const run = (model: unknown, x: Values): unknown => (model as (x: Values) => EagerTensor)(x).array();

for (const { given, json, x, y } of cases) {
  const { shape } = tensor(x);
  Deno.test(`Flatten of [${shape}], ${given}, comes from Keras's JSON and goes back into it`, () => {
    clearSession();
    const model = modelFromJson(JSON.stringify(json));
    assertEquals(run(model, x), y as unknown);
    const written = JSON.parse(modelToJson(model)) as Written;
    assertEquals(without(flattenOf(written)), without(flattenOf(json)));
    assertEquals(run(modelFromJson(written), x), y as unknown);
    const own = new Sequential(new Flatten({ dataFormat: given as "channels_first", name: "flat" }));
    assertEquals(run(own, x), y as unknown);
    assertEquals(without(flattenOf(JSON.parse(modelToJson(own)) as Written)), without(flattenOf(json)));
  });
}

/** Without what Keras remembers of how it was built. */
function without(layer: object): unknown {
  const { build_config: _, ...rest } = layer as { readonly build_config?: unknown };
  return rest;
}
