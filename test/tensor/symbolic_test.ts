import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { clearSession, Dense, DTypeError, input, Lambda, ops, SymbolicTensor, Tensor } from "@strata/nn";

interface Readers {
  dataSync(): unknown;
  data(): unknown;
  array(): unknown;
  item(): unknown;
  [Symbol.iterator](): Iterator<unknown>;
}

function refused(action: () => unknown): string {
  return assertThrows(action, TypeError).message;
}

const reading =
  "; compute with ops on the tensor itself, return it to see its values, or call the layer with an eager tensor";
const readingOne = "; use the tensor itself in ops; ops.where chooses by a value, ops.take picks by one";
const iteration = "; take its parts with ops.unstack, ops.split or ops.take, or compute on all of them at once";
const arithmetic = "; use ops such as ops.add, ops.multiply, ops.less or ops.equal, and ops.where instead of branching";
const joining = "; use ops.add or ops.equal, and ops.where instead of branching; in texts write `${tensor}`";
const exists = "stands for values that exist only when its graph runs";

Deno.test("an input has a shape, a dtype and a name", () => {
  clearSession();
  const x = input(["batch", null, 3]);
  assert(x instanceof SymbolicTensor && x instanceof Tensor);
  assertEquals([x.shape, x.dtype, x.rank, x.size, x.kind, x.name] as unknown, [
    ["batch", null, 3],
    "float32",
    3,
    null,
    "symbolic",
    "input",
  ]);
  const named = input([2, 3], { dtype: "int64", name: "tokens" });
  assertEquals([named.size, named.dtype, named.name] as unknown, [6, "int64", "tokens"]);
  assertEquals([input([1]).name, input([1]).name], ["input_1", "input_2"]);
});

Deno.test("an input refuses dims that are none", () => {
  const cases = [[[-1], "[-1]"], [[1.5, 2], "[1.5, 2]"], [["a", NaN], "[a, NaN]"]] as const;
  for (const [shape, shown] of cases) {
    assertEquals(
      assertThrows(() => input(shape), RangeError).message,
      `Cannot make an input of shape ${shown}: expected each dim to be a non-negative integer, a name or null`,
    );
  }
  assertThrows(() => input([""]), RangeError);
  assertThrows(() => input([{}] as never), RangeError);
});

Deno.test("an input refuses a dtype that there is not", () => {
  assert(assertThrows(() => input([1], { dtype: "float8" as never }), DTypeError).message.includes("float8"));
});

Deno.test("values of a symbolic tensor cannot be read", () => {
  const x = input(["batch"], { name: "x" }) as unknown as Readers;
  const text = "SymbolicTensor [batch] float32 (input x)";
  assertEquals(refused(() => x.dataSync()), `Cannot read values: ${text} ${exists}${reading}`);
  assertEquals(refused(() => x.data()), `Cannot read values: ${text} ${exists}${reading}`);
  assertEquals(refused(() => x.array()), `Cannot read values: ${text} ${exists}${reading}`);
  assertEquals(refused(() => x.item()), `Cannot read a value: ${text} ${exists}${readingOne}`);
});

Deno.test("a symbolic tensor is no operand of operators", () => {
  const x = input(["batch"], { name: "x" });
  const text = "SymbolicTensor [batch] float32 (input x)";
  const number = `Cannot compute with a symbolic tensor by operators or compare it: ${text} ${exists}${arithmetic}`;
  const value = x as unknown as number;
  const cases = [() => Number(x), () => value * 2, () => -value, () => value < 2, () => Math.max(value, 0)];
  for (const action of cases) assertEquals(refused(action), number, String(action));
  const sum = `Cannot add a symbolic tensor by an operator or compare it: ${text} ${exists}${joining}`;
  assertEquals(refused(() => value + 1), sum);
  // deno-lint-ignore eqeqeq -- what it does is tested
  assertEquals(refused(() => value == 1), sum);
});

Deno.test("a symbolic tensor cannot be iterated over", () => {
  const x = input(["batch"], { name: "x" });
  const text = "SymbolicTensor [batch] float32 (input x)";
  const iterate = `Cannot iterate over a symbolic tensor: ${text} ${exists}${iteration}`;
  assertEquals(refused(() => [...x as unknown as Readers]), iterate);
  assertEquals(refused(() => Array.from(x as unknown as Iterable<unknown>)), iterate);
  assertEquals(
    refused(() => {
      const [first] = x as unknown as Readers;
      return first;
    }),
    iterate,
  );
});

Deno.test("the error names the op that made the tensor and the layer that is being traced", () => {
  const reader = new Lambda((x) => {
    (ops.exp(x) as unknown as Readers).item();
    return x;
  }, { name: "reader" });
  const message = refused(() => reader(input([1], { name: "x" })));
  assertEquals(
    message.split("\n")[0],
    `Cannot read a value: SymbolicTensor [1] float32 (exp in reader) ${exists}` +
      `; the layer being traced is reader${readingOne}`,
  );
});

Deno.test("a symbolic tensor can be written as text", () => {
  const y = ops.exp(input(["batch"], { name: "x" }));
  assertEquals(`${y}`, "SymbolicTensor [batch] float32 (exp)");
  assertEquals([y, y].join(), "SymbolicTensor [batch] float32 (exp),SymbolicTensor [batch] float32 (exp)");
});

Deno.test("a symbolic tensor prints its shape, dtype and origin", () => {
  const x = input(["batch", null], { name: "x", dtype: "float64" });
  assertEquals(String(x), "SymbolicTensor [batch, ?] float64 (input x)");
  assertEquals(`${x}`, "SymbolicTensor [batch, ?] float64 (input x)");
  assertEquals(Deno.inspect(x), "SymbolicTensor [batch, ?] float64 (input x)");
  const y = ops.exp(x);
  assertEquals(String(y), "SymbolicTensor [batch, ?] float64 (exp)");
  const z = new Dense(3, { name: "head", activation: (y) => ops.exp(y) })(input(["batch", 2]));
  assertEquals(String(z), "SymbolicTensor [batch, 3] float32 (exp in head)");
});

Deno.test("what comes out of a layer has the tensor inside as its root", () => {
  const x = input(["batch"]);
  const y = new Lambda((x) => x)(x) as SymbolicTensor;
  assert(y !== x);
  assertStrictEquals(y.root, x as SymbolicTensor);
  assertStrictEquals(x.root, x);
});
