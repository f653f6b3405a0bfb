import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  clearSession,
  Dense,
  input,
  Layer,
  ones,
  ops,
  SeedGenerator,
  type Tensor,
  Variable,
  zeros,
} from "@strata/nn";
import { arrayOf, callUntyped, errorOf } from "../layer_test_harness.ts";

/** A dense layer of any name. */
type Named = Dense<number>;

function dense(name: string): Named {
  return new Dense(1, { name, useBias: false });
}

function namesOf(layer: AnyLayer): string[] {
  return layer.layers.map(({ name }) => name);
}

function locked(layer: string, what: string): string {
  return `Cannot add ${what} to layer ${layer}: it is built already; state is made in the constructor or in build()`;
}

/** Applies all the layers that its fields hold, one after the other. */
class Holds extends Layer<Anything> {
  readonly field = dense("field");
  readonly array = [dense("array_0"), dense("array_1")];
  readonly record: { [key: string]: Named } = { a: dense("record_a") };
  readonly map = new Map([["key", dense("map_key")]]);
  readonly set = new Set([dense("set")]);
  readonly deep = [{ list: [new Map([["key", [dense("deep")]]])] }];
  readonly nothing = [null, undefined, 5, "text", { nested: [] }, new Map()];
  override call(x: Tensor): Tensor {
    return this.layers.reduce<Tensor>((y, layer) => callUntyped(layer, y), x);
  }
}

Deno.test("sublayers are found in fields, arrays, records, maps and sets, in the order of the fields", () => {
  const layer = new Holds({ name: "holds" });
  const names = ["field", "array_0", "array_1", "record_a", "map_key", "set", "deep"];
  assertEquals(namesOf(layer as AnyLayer), names);
  callUntyped(layer as AnyLayer, ones([1, 2]));
  assertEquals(layer.weights.map(({ path }) => path), names.map((name) => `holds/${name}/kernel`));
});

Deno.test("variables are found in fields, arrays, records, maps and sets", () => {
  const variable = (name: string, trainable = true) => new Variable(zeros([1]), { name, trainable });
  class Holds extends Layer<Anything> {
    readonly field = variable("field");
    readonly array = [variable("array", false)];
    readonly record = { a: variable("record") };
    readonly map = new Map([[1, variable("map")]]);
    readonly set = new Set([variable("set")]);
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const layer = new Holds();
  assertEquals(layer.weights.map(({ name }) => name), ["field", "record", "map", "set", "array"]);
  assertEquals(layer.nonTrainableWeights.map(({ name }) => name), ["array"]);
});

Deno.test("each thing is counted once, however often it is held", () => {
  const shared = dense("shared");
  class Shares extends Layer<Anything> {
    readonly one = shared;
    readonly list = [shared, shared];
    readonly other = { shared };
    override call(x: Tensor): Tensor {
      return shared(shared(x));
    }
  }
  const outer = [new Shares(), new Shares()];
  const layer = new Shares() as AnyLayer;
  callUntyped(layer, ones([2, 1]));
  assertEquals([layer.layers.length, layer.weights.length], [1, 1]);
  class Both extends Layer<Anything> {
    readonly parts = outer;
    override call(x: Tensor): Tensor {
      return this.parts.reduce<Tensor>((y, part) => callUntyped(part as AnyLayer, y), x);
    }
  }
  const both = new Both() as AnyLayer;
  callUntyped(both, ones([2, 1]));
  assertEquals([both.layers.length, both.weights.length], [2, 1]);
});

Deno.test("containers may hold themselves", () => {
  class Circular extends Layer<Anything> {
    readonly list: unknown[] = [dense("inner")];
    constructor() {
      super();
      this.list.push(this.list);
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  assertEquals(namesOf(new Circular() as AnyLayer), ["inner"]);
});

class Pair extends Layer<Anything> {
  first: Named | null = dense("first");
  second: Named | null = dense("second");
  override call(x: Tensor): Tensor {
    const y = this.first === null ? x : this.first(x);
    return this.second === null ? y : this.second(y);
  }
}

Deno.test("re-assigning a sublayer replaces it, before the build and after", () => {
  const before = new Pair({ name: "pair" });
  before.first = dense("other");
  callUntyped(before as AnyLayer, ones([1, 2]));
  assertEquals(before.weights.map(({ path }) => path), ["pair/other/kernel", "pair/second/kernel"]);

  const after = new Pair({ name: "pair" });
  callUntyped(after as AnyLayer, ones([1, 2]));
  after.first = new Dense(1, { name: "new", useBias: false, kernelInitializer: "ones" });
  after.second!.kernel.assign([[10]]);
  assertEquals(arrayOf(callUntyped(after as AnyLayer, [[1, 2]])), [[30]]);
  assertEquals(after.weights.map(({ path }) => path), ["pair/new/kernel", "pair/second/kernel"]);
  assertEquals(namesOf(after as AnyLayer), ["new", "second"]);
});

Deno.test("a sublayer that is set to null or deleted is gone", () => {
  const layer = new Pair();
  layer.first = null;
  assertEquals(namesOf(layer as AnyLayer), ["second"]);
  const deleted: { second?: Named | null } = layer;
  delete deleted.second;
  assertEquals(namesOf(layer as AnyLayer), []);
});

Deno.test("re-assigning an entry of an array, a record or a map replaces it", () => {
  const layer = new Holds();
  callUntyped(layer as AnyLayer, ones([1, 2]));
  layer.array[0] = dense("other_0");
  layer.record.a = dense("other_a");
  layer.map.set("key", dense("other_key"));
  callUntyped(layer as AnyLayer, ones([1, 2]));
  assertEquals(namesOf(layer as AnyLayer), [
    "field",
    "other_0",
    "array_1",
    "other_a",
    "other_key",
    "set",
    "deep",
  ]);
  assertEquals(layer.weights.length, 7);
});

Deno.test("re-assigning a variable replaces it and takes its place among the weights", () => {
  class Weights extends Layer<Anything> {
    a!: Variable;
    b!: Variable;
    override build(): void {
      this.a = this.addWeight({ name: "a" });
      this.b = this.addWeight({ name: "b" });
    }
    override call(x: Tensor): Tensor {
      return ops.multiply(x, this.a) as Tensor;
    }
  }
  const layer = new Weights();
  callUntyped(layer as AnyLayer, [1]);
  layer.a = new Variable(ones([]), { name: "other" });
  assertEquals(layer.weights.map(({ name }) => name).sort(), ["b", "other"]);
  assertEquals(arrayOf(callUntyped(layer as AnyLayer, [3])), [3]);
});

Deno.test("after the build, state in a new field is refused and the layer goes on", () => {
  clearSession();
  const states: { readonly [what: string]: () => unknown } = {
    layer: () => dense("late"),
    variable: () => new Variable(zeros([1])),
    generator: () => new SeedGenerator(1),
    array: () => [dense("late")],
    record: () => ({ late: new Variable(zeros([1])) }),
    map: () => new Map([["late", dense("late")]]),
    set: () => new Set([dense("late")]),
  };
  for (const [what, make] of Object.entries(states)) {
    const layer = new Pair({ name: "pair" });
    callUntyped(layer as AnyLayer, ones([1, 2]));
    const error = assertThrows(() => Object.assign(layer, { late: make() }), TypeError);
    assertEquals(error.message, locked("pair", "state in field late"), what);
    assertEquals([layer.weights.length, "late" in layer], [2, false], what);
    assertEquals(callUntyped(layer as AnyLayer, ones([1, 2])).shape, [1, 1], what);
  }
});

Deno.test("after the build, fields without state can be set", () => {
  const layer = new Pair();
  callUntyped(layer as AnyLayer, ones([1, 2]));
  Object.assign(layer, { note: "text", numbers: [1, 2], record: { a: 1 }, tensor: zeros([1]) });
  assertEquals((layer as unknown as { note: string }).note, "text");
});

Deno.test("addWeight after the build is refused, and so it is in call", () => {
  clearSession();
  const layer = dense("d");
  layer.build([null, 2]);
  assertEquals(assertThrows(() => layer.addWeight({ name: "w" }), TypeError).message, locked("d", "weight w"));
  assertEquals(layer.weights.length, 1);

  class AddsInCall extends Layer<Anything> {
    override call(x: Tensor): Tensor {
      this.addWeight({ name: "late" });
      return x;
    }
  }
  class FieldInCall extends Layer<Anything> {
    late: unknown;
    override call(x: Tensor): Tensor {
      this.late = dense("late");
      return x;
    }
  }
  for (const given of [ones([1]), input([1])]) {
    assertEquals(
      errorOf(() => callUntyped(new AddsInCall({ name: "l" }) as AnyLayer, given)).message.split("\n")[0],
      locked("l", "weight late"),
    );
    assertEquals(
      errorOf(() => callUntyped(new FieldInCall({ name: "l" }) as AnyLayer, given)).message.split("\n")[0],
      locked("l", "state in field late"),
    );
  }
});

Deno.test("after the build, what is added to a container is refused at the next call and the next look at weights", () => {
  const ways: { readonly [way: string]: (layer: Holds) => unknown } = {
    "push to an array": ({ array }) => array.push(dense("late")),
    "a key of a record": ({ record }) => record.late = dense("late"),
    "a key of a map": ({ map }) => map.set("late", dense("late")),
    "add to a set": ({ set }) => set.add(dense("late")),
    "push deep inside": ({ deep }) => deep[0]!.list.push(new Map([["late", [dense("late")]]])),
    "a variable in a container without state": ({ nothing }) => nothing.push(new Variable(zeros([1])) as never),
  };
  const looks: { readonly [look: string]: (layer: AnyLayer) => unknown } = {
    call: (layer) => callUntyped(layer, ones([1, 2])),
    "symbolic call": (layer) => callUntyped(layer, input(["batch", 2])),
    weights: (layer) => layer.weights,
    countParams: (layer) => layer.countParams(),
    setWeights: (layer) => layer.setWeights([]),
  };
  for (const [way, add] of Object.entries(ways)) {
    for (const [look, run] of Object.entries(looks)) {
      const layer = new Holds({ name: "holds" });
      callUntyped(layer as AnyLayer, ones([1, 2]));
      add(layer);
      const { message } = errorOf(() => run(layer as AnyLayer));
      assertEquals(
        message.split("\n")[0],
        locked("holds", "state in an array, a record, a map or a set"),
        `${way}, then ${look}`,
      );
    }
  }
});

Deno.test("what is taken out of a container after the build is gone", () => {
  const layer = new Holds();
  callUntyped(layer as AnyLayer, ones([1, 2]));
  layer.array.pop();
  layer.map.clear();
  delete layer.record.a;
  assertEquals(namesOf(layer as AnyLayer), ["field", "array_0", "set", "deep"]);
  assertEquals(layer.weights.length, 4);
  assertEquals(callUntyped(layer as AnyLayer, ones([1, 2])).shape, [1, 1]);
});

Deno.test("a layer held by two layers keeps the weights and the path that it got first", () => {
  const shared = dense("shared");
  class Holder extends Layer<Anything> {
    readonly inner = shared;
    override call(x: Tensor): Tensor {
      return this.inner(x);
    }
  }
  const [a, b] = [new Holder({ name: "a" }), new Holder({ name: "b" })];
  callUntyped(a as AnyLayer, ones([1, 2]));
  callUntyped(b as AnyLayer, ones([1, 2]));
  assertStrictEquals(a.weights[0], b.weights[0]);
  assertEquals(b.weights[0]!.path, "a/shared/kernel");
  assert(errorOf(() => callUntyped(b as AnyLayer, ones([1, 3]))).message.includes("have value 2"));
});

Deno.test("weights that no field holds are tracked", () => {
  class Unheld extends Layer<Anything> {
    override build(): void {
      this.addWeight({ name: "a" });
      this.addWeight({ name: "b", trainable: false });
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const layer = new Unheld();
  callUntyped(layer as AnyLayer, [1]);
  assertEquals(layer.weights.map(({ name }) => name), ["a", "b"]);
});

Deno.test("generators of random numbers are variables but no weights", () => {
  class Draws extends Layer<Anything> {
    readonly generators = [new SeedGenerator(1337)];
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const layer = new Draws();
  assertEquals([layer.weights.length, layer.variables.length, layer.trainableVariables.length], [0, 1, 0]);
  const [state] = layer.variables;
  assertEquals(Array.from(state!.dataSync(), Number), [1337, 0]);
  layer.generators[0]!.next();
  assertEquals(Array.from(state!.dataSync(), Number), [1337, 1]);
});
