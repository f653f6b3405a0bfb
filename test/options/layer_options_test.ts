import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Dense, DepthwiseConv2D, InputError, Layer, LSTM, type Tensor } from "@strata/nn";
import { EVERY_LAYER, layerClasses } from "../layers/every_layer.ts";
import signatures from "./signatures.json" with { type: "json" };

type Record_ = { readonly [name: string]: unknown };

function isPlain(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A layer of an example, with more options than it has. */
function makeWith(name: string, more: Record_): unknown {
  const { args, options = {} } = EVERY_LAYER[name]!;
  const given = [...args({})];
  const last = given.at(-1);
  const own = isPlain(last) ? given.pop() as object : {};
  return new (layerClasses().get(name)!)(...given, { ...own, ...options, ...more });
}

for (const name of layerClasses().keys()) {
  Deno.test(`${name} refuses options that it does not have, and names those that it has`, () => {
    const { options } = (signatures as Record<string, { options: string[] }>)[name]!;
    const error = assertThrows(() => makeWith(name, { name: "x", use_biass: false }), InputError);
    const list = [...options.filter((option) => option !== "name" && option !== "trainable" && option !== "dtype")];
    const [, listed = ""] = /^Cannot make layer x: \w+ has no option use_biass, received false; .*There are (.*)$/.exec(
      error.message,
    )!;
    for (const option of list) assert(listed.split(", ").includes(option), `${option} in ${listed}`);
    for (const value of [null, "relu", 3, [1], () => 1]) {
      const { args } = EVERY_LAYER[name]!;
      const positional = args({}).filter((argument) => !isPlain(argument));
      // Where the size may come first, what stands there is a size.
      if (name === "InputLayer" || name.startsWith("AveragePooling")) continue;
      assertThrows(() => new (layerClasses().get(name)!)(...positional, value), InputError);
    }
  });
}

Deno.test("the error of an option says which one is meant", () => {
  const attempt = (options: Record_) => assertThrows(() => new Dense(3, options), InputError).message;
  assertEquals(
    attempt({ use_bias: false }),
    "Cannot make layer dense: Dense has no option use_bias, received false; did you mean useBias? There are activation, " +
      "activityRegularizer, biasConstraint, biasInitializer, biasRegularizer, inputDim, kernelConstraint, " +
      "kernelInitializer, kernelRegularizer, useBias, name, trainable, dtype",
  );
  assertStringIncludes(attempt({ name: "out", activaton: "relu" }), "layer out: Dense has no option activaton");
  assertStringIncludes(attempt({ activaton: "relu" }), 'received "relu"; did you mean activation?');
  assertStringIncludes(attempt({ KernelInitialiser: "ones" }), "did you mean kernelInitializer?");
  assertStringIncludes(attempt({ units: 3 }), "has no option units, received 3; There are");
  assertEquals(
    assertThrows(() => new Dense(3, "relu" as never), InputError).message,
    "Cannot make layer dense: expected a record of options, such as { activation: ... }, received a string",
  );
});

Deno.test("layers that hand on their options refuse those of the layer inside", () => {
  assertThrows(
    () => new DepthwiseConv2D(3, { kernelInitializer: "ones" } as never),
    InputError,
    "depthwiseInitializer",
  );
  assertThrows(() => new LSTM(3, { resetAfter: true } as never), InputError, "Cannot make layer lstm: ");
});

Deno.test("a class of one's own may have options of its own, but not another spelling of those that there are", () => {
  class Scaled extends Layer {
    readonly factor: number;
    constructor(options: { readonly factor: number; readonly name?: string }) {
      super(options);
      this.factor = options.factor;
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  assertEquals(new Scaled({ factor: 2, name: "scaled" }).factor, 2);
  assertThrows(() => new Scaled({ factor: 2, Trainable: false } as never), InputError, "did you mean trainable?");
  class Plain extends Dense {}
  assertThrows(() => new Plain(3, { use_bias: false } as never), InputError, "did you mean useBias?");
});

Deno.test("an option that is undefined is none", () => {
  assertEquals(new Dense(3, { other: undefined } as never).useBias, true);
});
