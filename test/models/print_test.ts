import { assert, assertEquals } from "@std/assert";
import { inspect } from "node:util";
import {
  clearSession,
  Dense,
  input,
  Layer,
  Model,
  ops,
  Sequential,
  StringLookup,
  type Tensor,
  zeros,
} from "@strata/nn";

Deno.test("a model prints as one line: its name, layers, parameters, inputs and outputs", () => {
  clearSession();
  const model = new Sequential(input(["batch", 64]), new Dense(32), new Dense(10), { name: "net" });
  const text = "Sequential net: 2 layers, 2,410 parameters, [batch, 64] -> [batch, 10]";
  assertEquals([String(model), inspect(model), Deno.inspect(model)], [text, text, text]);
  assert(Deno.inspect({ model }).includes(`model: ${text}`));
  assertEquals(String(new Sequential(new Dense(3))), "Sequential sequential: 1 layer, not built");
});

Deno.test("models of several inputs and outputs, and with a call of their own, print as one line", () => {
  clearSession();
  const [a, b] = [input(["batch", 2]), input(["batch", 3])];
  const joined = new Dense(4)(ops.concatenate([a, b], { axis: 1 }));
  const model = new Model({ inputs: [a, b], outputs: { joined, first: a } });
  const shapes = "[[batch, 2], [batch, 3]] -> { joined: [batch, 4], first: [batch, 2] }";
  assert(
    String(model).startsWith("Model model: ") && String(model).endsWith(`24 parameters, ${shapes}`),
    String(model),
  );
  class Twice extends Model {
    readonly dense = new Dense(2);
    override call(x: Tensor): Tensor {
      return this.dense(x) as Tensor;
    }
  }
  const twice = new Twice();
  assertEquals(String(twice), "Twice twice: 1 layer, not built");
  twice(zeros([1, 3]));
  assertEquals(String(twice), "Twice twice: 1 layer, 8 parameters");
});

Deno.test("long options and many weights of a layer are not printed one by one", () => {
  clearSession();
  const lookup = new StringLookup({ vocabulary: Array.from({ length: 300 }, (_, index) => `word ${index}`) });
  assert(String(lookup).includes("vocabulary: [300 items]"), String(lookup));
  assert(String(lookup).length < 300);
  class Tower extends Layer {
    readonly denses = Array.from({ length: 20 }, () => new Dense(2));
    override call(x: Tensor): Tensor {
      return this.denses.reduce((y, dense) => dense(y) as Tensor, x);
    }
  }
  const tower = new Tower();
  tower(zeros([1, 2]));
  assertEquals(String(tower).split("\n").length, 13);
  assert(String(tower).endsWith("\n  and 29 more"));
});
