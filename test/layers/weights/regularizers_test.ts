import { assert, assertAlmostEquals, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type Anything, clearSession, Dense, Embedding, input, jit, Layer, ops, PReLU, Sequential } from "@strata/nn";
import { type Tensor, tensor, type Variable } from "@strata/nn";
import { ActivityRegularization } from "../../../src/layers/regularization/activity_regularization.ts";
import * as constraints from "../../../src/layers/weights/constraints.ts";
import * as regularizers from "../../../src/layers/weights/regularizers.ts";
import type { Values } from "../../../src/tensor/convert.ts";
import type { EagerTensor } from "../../../src/tensor/eager.ts";
import type { Numbers } from "../golden.ts";
import { readGolden, untyped } from "../golden_case.ts";
import { arrayOf, assertClose, callUntyped, layerTest } from "../layer_test_harness.ts";

interface Case {
  readonly className: string;
  readonly config: { readonly [option: string]: unknown };
  readonly full: { readonly [option: string]: unknown };
  readonly x: Numbers;
  readonly y: Numbers;
}

interface Golden {
  readonly regularizers: readonly Case[];
  readonly constraints: readonly Case[];
  readonly losses: {
    readonly x: Numbers;
    readonly weights: readonly Numbers[];
    readonly dense: readonly number[];
    readonly activity: readonly number[];
  };
}

const golden = readGolden<Golden>("regularization");

/** Options in camel case; Keras's defaults are float32, which is told apart by nothing but rounding. */
function camel(options: { readonly [option: string]: unknown }): { readonly [option: string]: unknown } {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      typeof value === "number" ? Number(value.toPrecision(6)) : value,
    ]),
  );
}

type Options = { readonly [option: string]: unknown };
type Made = ((x: Tensor) => Tensor) & { getConfig(): Options; serialize(): unknown };

for (const kind of ["regularizers", "constraints"] as const) {
  const module = { regularizers, constraints }[kind] as unknown as {
    readonly [name: string]: new (options: Options) => Made;
  } & { get(identifier: unknown): Made | null; serialize(made: unknown): unknown };
  for (const { className, config, full, x, y } of golden[kind]) {
    Deno.test(`${className}(${JSON.stringify(config)}) is Keras's`, () => {
      const made = new module[className]!(camel(config));
      const values = tensor(x as Values) as EagerTensor as Tensor;
      assertClose(className, made(values), y as Values);
      assertEquals(made.getConfig(), camel(full));
      const copy = module.get(JSON.parse(JSON.stringify(made.serialize())));
      assertEquals(module.serialize(copy), { className, config: camel(full) });
      assertClose("the copy", copy!(values), y as Values);
      const symbol = input(["rows", ...values.shape.slice(1)]) as Tensor;
      if (className === "OrthogonalRegularizer") return;
      assertEquals(made(symbol).shape.length, kind === "regularizers" ? 0 : values.shape.length);
    });
  }
}

Deno.test("regularizers and constraints are found by name, by configuration, and as what they are", () => {
  assertStrictEquals(regularizers.get(null), null);
  assertStrictEquals(constraints.get(undefined), null);
  const names = ["l1", "L1", "l2", "l1l2", "orthogonal_regularizer"] as const;
  for (const name of names) assert(regularizers.get(name as regularizers.RegularizerName) !== null);
  for (const name of ["max_norm", "non_neg", "unit_norm", "min_max_norm"] as const) {
    assert(constraints.get(name) instanceof constraints.Constraint);
  }
  const given = new regularizers.L1();
  assertStrictEquals(regularizers.get(given), given);
  assert(given instanceof regularizers.Regularizer && typeof given === "function");
  assertEquals(
    assertThrows(() => regularizers.get("l3" as never), RangeError).message,
    'Cannot find regularizer "l3": expected one of l1, l2, l1l2, orthogonal_regularizer',
  );
  assertEquals(
    assertThrows(() => constraints.get("l1" as never), RangeError).message,
    'Cannot find constraint "l1": expected one of max_norm, non_neg, unit_norm, min_max_norm',
  );
  assertThrows(() => regularizers.serialize((x) => x), TypeError);
  assertEquals(
    assertThrows(() => new regularizers.L1({ l1: -1 }), RangeError).message,
    "Cannot make L1: expected l1 to be a non-negative number, received -1",
  );
  assertThrows(() => new regularizers.L2({ l2: Infinity }), RangeError);
  assertThrows(() => new regularizers.OrthogonalRegularizer({ mode: "a" as never }), RangeError);
  assertThrows(() => new regularizers.OrthogonalRegularizer()(tensor([1, 2]) as Tensor), TypeError);
});

Deno.test("a layer's losses are Keras's: of its results by row, and of its weights", () => {
  const { x, weights, dense, activity } = golden.losses;
  const make = () =>
    new Dense(2, {
      kernelRegularizer: "l2",
      biasRegularizer: new regularizers.L1({ l1: 0.5 }),
      activityRegularizer: { className: "L1L2", config: { l1: 0.1, l2: 0.2 } },
    });
  const layer = make();
  callUntyped(untyped(layer), tensor(x as Values));
  layer.setWeights(weights as readonly Values[]);
  callUntyped(untyped(layer), tensor(x as Values));
  const check = (losses: readonly Tensor[], expected: readonly number[]) => {
    assertEquals(losses.length, expected.length);
    losses.forEach((loss, index) => assertClose(`loss ${index}`, loss, expected[index]!));
  };
  check(layer.losses, dense);
  const copy = Dense.fromConfig(JSON.parse(JSON.stringify(layer.getConfig())));
  callUntyped(untyped(copy), tensor(x as Values));
  copy.setWeights(weights as readonly Values[]);
  callUntyped(untyped(copy), tensor(x as Values));
  check(copy.losses, dense);
  layer.trainable = false;
  check(layer.losses, dense.slice(0, 1));

  const regularization = new ActivityRegularization({ l1: 0.1, l2: 0.2 });
  regularization(tensor(x as Values) as EagerTensor);
  check(regularization.losses, activity);
});

Deno.test("losses are those of the last call, of all layers inside, and of no rehearsal", () => {
  const one = new ActivityRegularization({ l1: 1 });
  const two = new ActivityRegularization({ l1: 2 });
  const model = new Sequential(one, two);
  const numbers = () => model.losses.map((loss) => arrayOf(loss));
  callUntyped(model, tensor([[1, 2], [3, 0]]));
  assertEquals(numbers(), [3, 6]);
  callUntyped(model, tensor([[1, 1]]));
  assertEquals(numbers(), [2, 4]);
  model.computeOutputShape([5, 2]);
  assertEquals(numbers(), [2, 4]);
});

Deno.test("losses of a compiled call are results like others", () => {
  class Twice extends Layer<Anything> {
    readonly inner = new Dense(1, { kernelInitializer: "ones", activityRegularizer: "l1", kernelRegularizer: "l2" });
    override call(x: Tensor): Tensor {
      const y = callUntyped(untyped(this.inner), x);
      this.addLoss(ops.sum(y) as Tensor);
      return callUntyped(untyped(this.inner), y);
    }
  }
  const layer = untyped(new Twice());
  const program = (jit as unknown as (fn: unknown, ...inputs: unknown[]) => (x: EagerTensor) => EagerTensor[])(
    (x: Tensor) => {
      const y = callUntyped(layer, x);
      return [y, ...layer.losses];
    },
    input(["batch", 1]),
  );
  // By hand: the kernel is 1, so that y = x; its own loss is 1 + 2 + 6, each call's 0.01 * 9 / 3, the kernel's 0.01.
  const [y, ...losses] = program(tensor([[1], [2], [6]]) as EagerTensor);
  assertEquals(y!.array(), [[1], [2], [6]]);
  losses.forEach((loss, index) => assertClose(`loss ${index}`, loss, [9, 0.03, 0.03, 0.01][index]!));
  assertEquals(losses.length, 4);
});

Deno.test("ActivityRegularization gives its input", () => {
  clearSession();
  layerTest({
    layer: (options) => untyped(new ActivityRegularization({ l1: 0.5, l2: 0.25, ...options })),
    input: tensor([[1, -2], [3, 4]]) as EagerTensor,
    expected: [[1, -2], [3, 4]],
    expectedShape: [2, 2],
    weightPaths: [],
    counts: { trainable: 0, nonTrainable: 0 },
  });
  assertThrows(() => new ActivityRegularization({ l1: -1 }), RangeError);
});

Deno.test("any weight takes regularizers and constraints by name, and keeps them in the configuration", () => {
  const embedding = new Embedding(3, 2, { embeddingsRegularizer: "l2", embeddingsConstraint: "non_neg" }).build([null]);
  embedding.setWeights([[[1, 2], [0, 0], [0, 1]]]);
  // 0.01 * (1 + 4 + 1)
  assertAlmostEquals((embedding.losses[0] as EagerTensor).item() as number, 0.06, 1e-6);
  assertEquals((embedding.embeddings.constraint!(tensor([-1, 2])) as EagerTensor).array(), [0, 2]);
  const copy = Embedding.fromConfig(embedding.getConfig()).build([null]);
  assertEquals(copy.getConfig().embeddingsRegularizer, { className: "L2", config: { l2: 0.01 } });
  const slopes = new PReLU({ alphaRegularizer: "l1" }).build([null, 2]);
  assertEquals(PReLU.fromConfig(slopes.getConfig()) instanceof PReLU, true);
  assertEquals(slopes.getConfig().alphaRegularizer, { className: "L1", config: { l1: 0.01 } });
  class Own extends Layer {
    weight!: Variable;
    override build(): void {
      this.weight = this.addWeight({ name: "w", shape: [2], initializer: "ones", regularizer: "l1" });
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const own = new Own();
  own.build();
  assertAlmostEquals((own.losses[0] as EagerTensor).item() as number, 0.02, 1e-7);
});
